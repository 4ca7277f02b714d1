import { isCodeExchange, isGiven, lacksChallenge, pathsOf, requestsOf } from '../checklist/flows.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'verifier-not-presented',
  item: 'pkce',
  title: 'Challenge and verifier do not come together',
  why: 'A challenge that nobody checks protects nothing: a strict server refuses this exchange, a lax one accepts it.',
  attack: 'Whoever gets hold of the code exchanges it, as if there were no PKCE.',
  remedy: 'Keep the verifier with this browser’s session when the login starts, and send it with the code.',
  severities: ['warning'],
  precision: 'high',
  cwe: [345],
  references: ['RFC 9700 §2.1.1', 'OAuth 2.1 §4.1.3', 'ASVS 10.1.2'],
  noFix: 'The verifier has to be kept between the two requests.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;\nasync function callback(code) {\n  await fetch('https://idp.example/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: ID }) });\n}`,
      fixed: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;\nasync function callback(code) {\n  await fetch('https://idp.example/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id: ID, code_verifier: verifier }) });\n}`,
    },
  ],
  on: 'TokenRequest',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (!isCodeExchange(fact) || textOf(roles.verifierBy) !== 'caller') return;
    const requests = requestsOf(fact, ctx);
    if (requests.length === 0) return;
    const sends = (r: (typeof requests)[number]) => isGiven(r.roles.challenge) || isGiven(r.roles.verifier);
    if (isAbsent(roles.verifier) === true && requests.every(sends))
      yield {
        at,
        message: 'A code challenge was sent, and the exchange presents no `code_verifier`.',
        touches: pathsOf(requests),
      };
    else if (isGiven(roles.verifier) && requests.every((r) => lacksChallenge(r) && textOf(r.roles.pkceBy) !== 'off'))
      yield {
        at,
        message: 'A `code_verifier` is presented, and the request sends no `code_challenge`.',
        touches: pathsOf(requests),
      };
  },
});
