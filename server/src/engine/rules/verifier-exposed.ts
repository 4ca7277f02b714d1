import { isAbsent } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'verifier-exposed',
  item: 'pkce',
  title: 'The code verifier travels in clear',
  why: 'The verifier is the key to the code: it must not travel by the way that the code travels.',
  attack:
    'Whoever sees the login address (history, proxy, log) has the verifier, and with the code they finish the login.',
  remedy: 'Keep the verifier in this browser’s session or an `HttpOnly` cookie; send only its SHA-256.',
  severities: ['warning'],
  precision: 'high',
  cwe: [598, 200],
  references: ['RFC 9700 §2.1.1', 'OAuth 2.1 §7.5.1'],
  noFix: 'The verifier has to be kept on this side until the answer comes.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = btoa(JSON.stringify({ nonce: crypto.randomUUID(), verifier }));\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
      fixed: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
    },
  ],
  on: 'AuthorizationRequest',
  *check({ roles, at }) {
    if (isAbsent(roles.exposed) === false)
      yield {
        at,
        message: 'The code verifier travels in the address of the request.',
        ...(roles.exposed.place
          ? { fix: { title: 'Keep the verifier here', kind: 'suggestion', steps: [{ remove: roles.exposed.place }] } }
          : {}),
      };
  },
});
