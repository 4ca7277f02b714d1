import { isGiven } from '../checklist/flows.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'plain-challenge-sent',
  item: 'pkce',
  title: 'The code challenge is the verifier itself',
  why: 'With `plain` the challenge is the verifier, so the request that travels through the browser carries the key.',
  attack: 'Whoever sees the login address (history, proxy, log) and the code can finish the login.',
  remedy: 'Send the SHA-256 of the verifier, and `code_challenge_method=S256`.',
  severities: ['warning'],
  precision: 'high',
  cwe: [345, 319],
  references: ['RFC 9700 §2.1.1', 'OAuth 2.1 §7.5.1', 'ASVS 10.4.6'],
  stricter: 'RFC 9700 says that clients should use S256; ASVS and this checklist demand it.',
  noFix: 'The challenge has to be the hash of the verifier, which is made elsewhere.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: verifier, code_challenge_method: 'plain' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
      fixed: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
    },
  ],
  on: 'AuthorizationRequest',
  *check(fact) {
    const { roles, at, path, spans } = fact;
    const method = textOf(roles.challengeMethod);
    const place = spans.challengeMethod ? { path, span: spans.challengeMethod } : at;
    if (method !== undefined && method.toLowerCase() === 'plain')
      yield { at: place, message: 'The challenge method is `plain`: the challenge is the verifier itself.' };
    else if (isGiven(roles.challenge) && isAbsent(roles.challengeMethod) === true && textOf(roles.pkceBy) === 'caller')
      yield { at, message: 'A challenge without a method is read as `plain`.' };
    else if (roles.challenge.kind === 'random' && method !== undefined)
      yield { at: place, message: 'The challenge is the random verifier itself, not its hash.' };
  },
});
