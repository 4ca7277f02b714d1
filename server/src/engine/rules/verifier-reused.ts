import { isPublicKind } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'verifier-reused',
  item: 'pkce',
  title: 'One code verifier serves more than one login',
  why: 'PKCE is only as strong as the verifier is unknown. A constant is read once, and known for ever.',
  attack:
    'The attacker reads the verifier from the bundle, or from one login of their own. With any victim’s code they finish the victim’s login.',
  remedy: 'Draw a new verifier inside the function that starts the login, and keep it in this browser’s session.',
  severities: ['error'],
  precision: 'high',
  cwe: [338, 344],
  references: ['RFC 9700 §4.5.3.1', 'OAuth 2.1 §7.5.1', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const verifier = 'a-fixed-code-verifier-that-is-43-characters-long-1';\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
      fixed: `const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));\nconst state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await hash(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
    },
  ],
  on: 'RandomValue',
  *check({ roles, at }) {
    if (textOf(roles.use) !== 'verifier') return;
    const source = textOf(roles.source);
    if (source === 'constant')
      yield {
        at,
        message: 'The code verifier is a constant.',
        fix: { title: 'Draw it for each login', kind: 'suggestion', steps: [{ random: at }] },
      };
    // A page makes its module's values anew with each load.
    else if (source === 'once' && !isPublicKind(roles.client))
      yield { at, message: 'The code verifier is drawn once, when the program starts, and serves every login.' };
  },
});
