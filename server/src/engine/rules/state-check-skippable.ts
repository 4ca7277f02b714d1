import { pathsOf, requestsOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'state-check-skippable',
  item: 'state',
  title: 'The check of `state` can be skipped',
  why: 'A check that passes when a value is missing, or that goes on after it failed, proves nothing: the attacker leaves the value out.',
  attack:
    'The attacker sends the victim a callback link with their own code and without `state`, or to a browser that has no login under way. The check lets it through, and the victim is logged in to the attacker’s account.',
  remedy:
    'Refuse the request if the presented or the kept value is missing, or if they differ; and return, so that the code is not used.',
  severities: ['error'],
  precision: 'high',
  cwe: [352, 636],
  references: ['RFC 9700 §4.7.1', 'OAuth 2.1 §7.10', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/callback', async (req, res) => {\n  if (req.query.state && req.query.state !== req.session.state) return res.sendStatus(400);\n  await fetch(TOKEN_URL, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: req.query.code, client_id: ID, client_secret: SECRET }) });\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/callback', async (req, res) => {\n  if (!req.query.state || req.query.state !== req.session.state) return res.sendStatus(400);\n  await fetch(TOKEN_URL, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: req.query.code, client_id: ID, client_secret: SECRET }) });\n});`,
    },
  ],
  on: 'CallbackHandler',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (textOf(roles.failure) === 'continues') {
      yield {
        at: roles.failure.place ?? at,
        message: 'A wrong `state` is noticed, and the login goes on all the same.',
        touches: pathsOf(requestsOf(fact, ctx)),
      };
    } else if (
      textOf(roles.missing) === 'skips' &&
      ['equality', 'lookup'].includes(textOf(roles.check) ?? '') &&
      textOf(roles.bound) !== 'no'
    ) {
      yield {
        at: roles.missing.place ?? at,
        message: 'The check of `state` passes when a value is missing.',
        ...(roles.missing.place
          ? {
              fix: {
                title: 'Always compare `state`',
                kind: 'suggestion',
                steps: [{ demandCompared: roles.missing.place }],
              },
            }
          : {}),
        touches: pathsOf(requestsOf(fact, ctx)),
      };
    }
  },
});
