import { responseTypes } from '../checklist/flows.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'nonce-missing',
  item: 'state',
  title: 'No nonce, while the ID token comes through the browser',
  why: 'The nonce ties the ID token to this login.',
  attack:
    'A token that was stolen elsewhere, or issued for another login, is played into your callback, and its owner is logged in here.',
  remedy: 'Send a random `nonce`, keep it beside `state`, and compare it with the verified ID token’s.',
  severities: ['warning'],
  precision: 'high',
  cwe: [294],
  references: ['RFC 9700 §4.7.1', 'ASVS 10.5.1'],
  noFix: 'The nonce has to be kept until the answer comes, and compared then.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst nonce = crypto.randomUUID();\nsessionStorage.setItem('nonce', nonce);\nconst query = new URLSearchParams({ response_type: 'code id_token', client_id: ID, redirect_uri: location.origin, state });\nlocation.href = 'https://idp.example/authorize?' + query;\n`,
      fixed: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst nonce = crypto.randomUUID();\nsessionStorage.setItem('nonce', nonce);\nconst query = new URLSearchParams({ response_type: 'code id_token', client_id: ID, redirect_uri: location.origin, state, nonce });\nlocation.href = 'https://idp.example/authorize?' + query;\n`,
    },
  ],
  on: 'AuthorizationRequest',
  *check({ roles, at }) {
    const types = responseTypes(roles.responseType);
    if (types?.includes('id_token') && textOf(roles.stateBy) === 'caller' && isAbsent(roles.nonce) === true)
      yield { at, message: 'An ID token is asked for through the browser without a `nonce`.' };
  },
});
