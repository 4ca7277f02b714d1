import { isPublicKind, ownerOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'password-grant',
  item: 'oauth-flow',
  title: 'A password for another party’s server is collected',
  why: 'The user types the password of another service into your program, so your program must be trusted with everything, and second factors do not work.',
  attack:
    'Whoever gets into this process or its logs has passwords, not one token. The user cannot withdraw anything but by changing the password.',
  remedy: 'Send the user to the authorization server (code flow with PKCE), and never see the password.',
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [522],
  references: ['RFC 9700 §2.4', 'OAuth 2.1 §10', 'ASVS 10.4.4'],
  noFix: 'The authorization code flow needs a page to return to, which is not there yet.',
  examples: [
    {
      language: 'python',
      vulnerable: `import requests\n\ndef sign_in(user, password):\n    return requests.post("https://sso.example/realms/main/protocol/openid-connect/token", data={"grant_type": "password", "username": user, "password": password, "client_id": "web"})`,
      fixed: `import requests\n\ndef finish(code, verifier):\n    return requests.post("https://sso.example/realms/main/protocol/openid-connect/token", data={"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "client_id": "web"})`,
    },
  ],
  on: 'TokenRequest',
  *check(fact) {
    const { roles, at, path, spans } = fact;
    if (textOf(roles.grantType) !== 'password') return;
    const place = spans.grantType ? { path, span: spans.grantType } : at;
    if (textOf(roles.side) === 'serves') {
      // A login form that only looks like the grant knows no clients.
      if (roles.clientId.kind === 'absent') return;
      yield { at: place, message: 'This authorization server serves the password grant.' };
      return;
    }
    if (ownerOf(fact) !== 'provider') return;
    yield {
      at: place,
      message: 'The user’s password is sent to another party’s token endpoint (password grant).',
      severity: isPublicKind(roles.client) ? 'error' : 'warning',
    };
  },
});
