import { numberOf, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'verifier-too-short',
  item: 'pkce',
  title: 'The code verifier is too short',
  why: 'PKCE is only as strong as the verifier is unknown: RFC 7636 asks for 43 to 128 characters.',
  attack:
    'A short verifier can be tried out by whoever saw the challenge in the address. With the code, the attacker then finishes the login.',
  remedy: 'Draw 32 bytes from the cryptographic source and encode them with base64url: 43 characters.',
  severities: ['warning'],
  precision: 'high',
  cwe: [331],
  references: ['RFC 7636 §4.1', 'RFC 9700 §2.1.1', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const verifier = crypto.randomUUID();\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
      fixed: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
    },
  ],
  on: 'RandomValue',
  *check({ roles, at }) {
    if (textOf(roles.use) !== 'verifier' || textOf(roles.source) === 'guessable') return;
    const length = numberOf(roles.length);
    if (length !== undefined && length < 43)
      yield {
        at,
        message: `The code verifier has ${length} characters; 43 are the least.`,
        fix: { title: 'Draw 32 bytes', kind: 'suggestion', steps: [{ random: at }] },
      };
  },
});
