import { environmentOf } from '../facts/secret-value.js';
import { CLIENT_PREFIXES } from '../semantics/credential-names.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'secret-in-client-bundle',
  item: 'secrets',
  title: 'A secret is compiled into what the client downloads',
  why: 'Variables with this prefix are copied into the JavaScript that every visitor downloads.',
  attack:
    'The attacker opens the developer tools and searches the bundle. The secret stands there in clear. They use it as your server would.',
  remedy: 'Move the call that needs it to the server. Give the client an id, not a secret.',
  severities: ['error'],
  precision: 'high',
  cwe: [540, 522],
  references: ['ASVS 13.3.1', 'OAuth 2.1 \u00a72.4.1'],
  noFix: 'The call that needs the secret has to move to a server, and only its author knows which.',
  examples: [
    {
      language: 'typescript',
      vulnerable:
        'const secret = import.meta.env.VITE_GOOGLE_CLIENT_SECRET;\nexport const body = new URLSearchParams({ client_secret: secret });',
      fixed:
        'const id = import.meta.env.VITE_GOOGLE_CLIENT_ID;\nexport const body = new URLSearchParams({ client_id: id });',
    },
  ],
  on: 'SecretUse',
  *check({ roles, at, path }, ctx) {
    if (ctx.isTest(path)) return;
    const name = environmentOf(roles.value)?.name ?? textOf(roles.name);
    if (!name || !CLIENT_PREFIXES.test(name)) return;
    if (textOf(roles.file) === 'example') return;
    yield {
      at: environmentOf(roles.value)?.place ?? at,
      message: `\`${name}\` is copied into the bundle that every client downloads.`,
    };
  },
});
