import { isSecret } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'secret-in-public-client',
  item: 'oauth-flow',
  title: 'A client secret is shipped to users',
  why: 'What is shipped to a browser or phone is published, and a published secret proves nothing.',
  attack: 'Anybody opens the bundle, reads the secret and asks for tokens as your application.',
  remedy: 'Register a public client without a secret and use PKCE, or move the exchange to your server.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [522],
  references: ['RFC 9700 §2.5', 'OAuth 2.1 §8.1.1', 'ASVS 10.1.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `async function callback(code) {\n  const verifier = sessionStorage.getItem('verifier');\n  await fetch('https://idp.example/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: ID, code_verifier: verifier, client_secret: import.meta.env.VITE_CLIENT_SECRET }) });\n}`,
      fixed: `async function callback(code) {\n  const verifier = sessionStorage.getItem('verifier');\n  await fetch('https://idp.example/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: ID, code_verifier: verifier }) });\n}`,
    },
  ],
  on: 'TokenRequest',
  *check(fact) {
    const { roles, at, path, spans } = fact;
    const kind = textOf(roles.client);
    if (textOf(roles.side) === 'serves' || textOf(roles.grantType) === 'client_credentials') return;
    if (kind !== 'browser' && kind !== 'mobile' && kind !== 'desktop') return;
    if (!isSecret(roles.clientSecret)) return;
    const place = spans.clientSecret ? { path, span: spans.clientSecret } : at;
    yield {
      at: place,
      fix: { title: 'Leave the secret out', kind: 'suggestion', steps: [{ remove: place }] },
      message: `The client secret is part of what ${kind === 'browser' ? 'the browser downloads' : 'users install'}.`,
    };
  },
});
