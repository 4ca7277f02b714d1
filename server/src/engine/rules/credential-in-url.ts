import { sayKinds, severityOf } from '../facts/leaks/say.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'credential-in-url',
  item: 'token-logging',
  title: 'A credential is put into a URL',
  why: 'URLs are logged by every server and proxy on the way, kept in the browser history and passed on in the `Referer` header.',
  attack:
    "The access log of a proxy, or the `Referer` header of the next page, holds the full address. Whoever reads either has the token, without touching the user's machine.",
  remedy:
    'Send it in the `Authorization` header or the body. For WebSockets and downloads, fetch a one-time ticket first and put that into the address.',
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [598],
  references: ['ASVS 14.2.1', 'RFC 9700 §4.3.2'],
  noFix: 'The receiver has to accept it in a header or body.',
  examples: [
    {
      language: 'javascript',
      vulnerable: 'await fetch(`https://api.example/userinfo?access_token=${accessToken}`);',
      fixed: "await fetch('https://api.example/userinfo', { headers: { Authorization: `Bearer ${accessToken}` } });",
    },
  ],
  on: 'CredentialFlow',
  *check({ roles, at }) {
    if (textOf(roles.sink) !== 'url') return;
    const gravity = severityOf(roles.gravity);
    yield {
      at,
      severity: gravity === 'info' ? 'warning' : gravity,
      message: `The address holds ${sayKinds(roles.kinds)}, in the parameter \`${textOf(roles.parameter) ?? ''}\`.`,
    };
  },
});
