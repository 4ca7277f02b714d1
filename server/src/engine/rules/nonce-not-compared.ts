import { flowOf, isGiven, pathsOf, responseTypes } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'nonce-not-compared',
  item: 'state',
  title: 'A nonce is sent and never compared',
  why: 'The nonce ties the ID token to this login.',
  attack:
    'A token that was stolen elsewhere, or issued for another login, is played into your callback, and its owner is logged in here.',
  remedy: 'Keep the nonce beside `state`, and compare it with the ID token’s after verifying the signature.',
  severities: ['warning', 'info'],
  precision: 'high',
  cwe: [294],
  references: ['RFC 9700 §4.7.1', 'ASVS 10.5.1'],
  noFix: 'What this browser kept has to be read, and only its author knows where it is.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst nonce = crypto.randomUUID();\nsessionStorage.setItem('nonce', nonce);\nconst query = new URLSearchParams({ response_type: 'code id_token', client_id: ID, redirect_uri: location.origin, state, nonce });\nlocation.href = 'https://idp.example/authorize?' + query;\nasync function check(idToken) {\n  const { payload } = await jwtVerify(idToken, keys, { issuer, audience });\n  return payload.sub;\n}`,
      fixed: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst nonce = crypto.randomUUID();\nsessionStorage.setItem('nonce', nonce);\nconst query = new URLSearchParams({ response_type: 'code id_token', client_id: ID, redirect_uri: location.origin, state, nonce });\nlocation.href = 'https://idp.example/authorize?' + query;\nasync function check(idToken) {\n  const { payload } = await jwtVerify(idToken, keys, { issuer, audience });\n  if (payload.nonce !== sessionStorage.getItem('nonce')) throw new Error('nonce');\n  return payload.sub;\n}`,
    },
  ],
  on: 'AuthorizationRequest',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (textOf(roles.stateBy) !== 'caller' || !isGiven(roles.nonce)) return;
    const checks = ctx.all('StateCheck').filter((c) => textOf(c.roles.subject) === 'nonce');
    const verified = checks.filter((c) => textOf(c.roles.compares) === 'none');
    if (checks.length > verified.length || verified.length === 0) return;
    const front = responseTypes(roles.responseType)?.includes('id_token') === true;
    const { callbacks } = flowOf(fact, ctx);
    yield {
      at: verified[0]?.at ?? at,
      message: 'The ID token is verified, and its `nonce` is not compared with the one that was sent.',
      severity: front ? 'warning' : 'info',
      related: [{ place: at, message: 'The nonce is sent here.' }],
      touches: pathsOf([fact], callbacks),
    };
  },
});
