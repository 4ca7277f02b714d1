import { pathsOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'verifier-guessable',
  item: 'pkce',
  title: 'The code verifier comes from a source that can be guessed',
  why: 'PKCE is only as strong as the verifier is unknown.',
  attack:
    '`Math.random` and its like can be computed forward from a few outputs. With verifier and code the attacker finishes the login.',
  remedy: 'Draw 32 bytes from the platform’s cryptographic source, new for each login.',
  severities: ['warning'],
  precision: 'high',
  cwe: [338],
  references: ['RFC 9700 §4.5.3.1', 'OAuth 2.1 §7.5.1', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const verifier = Math.random().toString(36) + Math.random().toString(36);\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
      fixed: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
    },
  ],
  on: 'RandomValue',
  *check({ roles, at, path }, ctx) {
    if (textOf(roles.use) !== 'verifier' || textOf(roles.source) !== 'guessable') return;
    yield {
      at,
      message: 'The code verifier comes from a source that is not cryptographic.',
      touches: pathsOf(ctx.all('AuthorizationRequest').filter((r) => r.path === path)),
    };
  },
});
