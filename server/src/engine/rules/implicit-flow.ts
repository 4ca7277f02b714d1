import { responseTypes } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'implicit-flow',
  item: 'oauth-flow',
  title: 'Tokens are asked for through the browser’s address',
  why: 'The access token travels in the address bar, where history, extensions, scripts and referrers can see it, and no client proves that it asked.',
  attack:
    'A page that the user visits next, or a script on yours, reads the fragment. The token is a bearer token, so the thief simply uses it.',
  remedy: 'Ask for `code`, add PKCE, and exchange the code for the token.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [598],
  references: ['RFC 9700 §2.1.2', 'OAuth 2.1 §10.1', 'ASVS 10.4.4'],
  noFix: 'The code flow needs an exchange, with a verifier, that is not there yet.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'token', client_id: ID, redirect_uri: location.origin, state });\nlocation.href = 'https://idp.example/authorize?' + query;`,
      fixed: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state });\nlocation.href = 'https://idp.example/authorize?' + query;`,
    },
  ],
  on: 'AuthorizationRequest',
  *check({ roles, at, path, spans }) {
    const types = responseTypes(roles.responseType);
    if (!types || types.length === 0) return;
    const place = spans.responseType ? { path, span: spans.responseType } : (roles.responseType.place ?? at);
    if (types.includes('token')) {
      yield {
        at: place,
        message: `The response type \`${types.join(' ')}\` sends the access token through the browser’s address.`,
      };
    } else if (
      types.length === 1 &&
      types[0] === 'id_token' &&
      textOf(roles.responseMode) !== 'form_post' &&
      roles.responseMode.kind !== 'unknown'
    ) {
      yield { at: place, message: 'The ID token is asked for through the browser’s address.', severity: 'warning' };
    }
  },
});
