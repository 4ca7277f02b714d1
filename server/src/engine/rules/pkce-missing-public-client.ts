import { clientOf, configuredWith, flowOf, isCodeFlow, lacksChallenge, pathsOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

const SAY: Readonly<Record<string, string>> = {
  browser: 'a browser',
  mobile: 'a mobile app',
  desktop: 'a desktop app',
  cli: 'a command-line tool',
};

export default defineRule({
  id: 'pkce-missing-public-client',
  item: 'pkce',
  title: 'A public client sends no code challenge',
  why: 'This client has no secret, so whoever holds the code can turn it into tokens.',
  attack:
    'Another app on the phone registers the same link scheme, or a script reads the redirect, and gets the code first. It exchanges the code, and is the user.',
  remedy:
    'Make a random verifier for each login, send its SHA-256 as the challenge, present the verifier at the exchange.',
  severities: ['error'],
  precision: 'high',
  cwe: [345],
  references: ['RFC 9700 §2.1.1', 'OAuth 2.1 §7.5.1', 'RFC 8252 §8.1', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
      fixed: `const state = crypto.randomUUID();\nsessionStorage.setItem('state', state);\nconst query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: location.origin, state, code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' });\nwindow.location.href = 'https://idp.example/authorize?' + query;`,
    },
  ],
  on: 'AuthorizationRequest',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (!isCodeFlow(fact) || !lacksChallenge(fact)) return;
    if (clientOf(fact, ctx) !== 'public') return;
    const kind = SAY[textOf(roles.client) ?? ''];
    yield {
      at,
      fix: [
        { title: 'Send a code challenge', kind: 'suggestion', steps: [{ set: 'challenge', of: fact }] },
        ...(roles.pkceBy.place
          ? [{ title: 'Send a code challenge', kind: 'suggestion' as const, steps: [{ remove: roles.pkceBy.place }] }]
          : []),
      ],
      message: kind
        ? `The authorization request of ${kind} carries no \`code_challenge\`.`
        : 'The code is exchanged without a client secret, and the request carries no `code_challenge`.',
      touches: pathsOf(flowOf(fact, ctx).callbacks, flowOf(fact, ctx).exchanges, configuredWith(fact, ctx)),
    };
  },
});
