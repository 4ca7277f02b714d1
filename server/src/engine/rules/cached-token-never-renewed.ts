import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'cached-token-never-renewed',
  item: 'token-expiry',
  title: 'A cached machine token is used after its end',
  why: 'A token that is kept for ever is either refused one day, or was given a life without end so that it is not.',
  attack:
    'The service runs for weeks with one token. It fails at its end; under pressure, somebody makes the tokens live for a year, and one stolen from memory or a log is then good for as long.',
  remedy: 'Keep `expires_in` beside the token, and fetch a new one a minute before the end, or when a call is refused.',
  severities: ['warning'],
  precision: 'medium',
  cwe: [613],
  references: ['ASVS 10.4.8'],
  noFix: 'When the token is asked for again depends on how it is cached.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `let token;\nexport async function serviceToken() {\n  if (!token) {\n    const res = await fetch('https://login.example/oauth/token', {\n      method: 'POST',\n      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: ID, client_secret: SECRET }),\n    });\n    token = (await res.json()).access_token;\n  }\n  return token;\n}`,
      fixed: `let token;\nlet expiresAt = 0;\nexport async function serviceToken() {\n  if (!token || expiresAt < now()) {\n    const res = await fetch('https://login.example/oauth/token', {\n      method: 'POST',\n      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: ID, client_secret: SECRET }),\n    });\n    const answer = await res.json();\n    token = answer.access_token;\n    expiresAt = now() + answer.expires_in - 60;\n  }\n  return token;\n}`,
    },
  ],
  on: 'TokenCache',
  *check({ roles, at }) {
    if (textOf(roles.renewal) !== 'none') return;
    yield { at, message: 'The token is kept here, and nothing asks when it ends.' };
  },
});
