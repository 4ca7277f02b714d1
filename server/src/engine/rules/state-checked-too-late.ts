import { pathsOf, requestsOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'state-checked-too-late',
  item: 'state',
  title: '`state` is compared after the login has happened',
  why: 'A comparison that stops neither the exchange nor the sign-in protects nothing: by then the session is the attacker’s.',
  attack:
    'The victim’s browser opens the callback with the attacker’s code. The code is traded and the session written; the error that follows changes neither.',
  remedy: 'Compare `state` first, and return before the code is used.',
  severities: ['warning'],
  precision: 'medium',
  cwe: [352],
  references: ['RFC 9700 §4.7.1', 'OAuth 2.1 §7.10'],
  noFix: 'The comparison has to move before the exchange, with all that lies between.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/callback', async (req, res) => {\n  const answer = await fetch(TOKEN_URL, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: req.query.code, client_id: ID, client_secret: SECRET }) });\n  req.session.user = await answer.json();\n  if (!req.query.state || req.query.state !== req.session.state) return res.sendStatus(400);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/callback', async (req, res) => {\n  if (!req.query.state || req.query.state !== req.session.state) return res.sendStatus(400);\n  const answer = await fetch(TOKEN_URL, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: req.query.code, client_id: ID, client_secret: SECRET }) });\n  req.session.user = await answer.json();\n});`,
    },
  ],
  on: 'CallbackHandler',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (textOf(roles.order) !== 'late' || textOf(roles.failure) === 'continues') return;
    yield {
      at: roles.order.place ?? at,
      message: '`state` is compared only after the code was used and somebody was signed in.',
      touches: pathsOf(requestsOf(fact, ctx)),
    };
  },
});
