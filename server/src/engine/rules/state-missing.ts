import { flowOf, hasSoundPkce, pathsOf } from '../checklist/flows.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'state-missing',
  item: 'state',
  title: 'An authorization request carries no `state`',
  why: 'The callback is an address that anybody can call with anybody’s code. Only a secret of this browser proves that it asked for this answer.',
  attack:
    'The attacker starts a login, keeps the code, and makes the victim’s browser open your callback with it. The victim now works in the attacker’s account, or has linked the attacker’s identity to their own.',
  remedy:
    'Make a random `state` for each login, keep it in the session or an `HttpOnly` cookie, and refuse the answer in the callback if either is missing or they differ, before the code is used.',
  severities: ['error'],
  precision: 'high',
  cwe: [352],
  references: ['RFC 9700 §2.1', 'RFC 9700 §4.7.1', 'OAuth 2.1 §7.10', 'ASVS 10.2.1'],
  noFix: 'A `state` has to be kept until the answer comes, and compared then.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: CB, scope: 'openid' });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  req.session.state = crypto.randomUUID();\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: CB, scope: 'openid', state: req.session.state });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
    },
  ],
  on: 'AuthorizationRequest',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (textOf(roles.stateBy) !== 'caller' || isAbsent(roles.state) !== true) return;
    if (hasSoundPkce(fact, ctx)) return;
    yield {
      at,
      fix: { title: 'Send a `state` and compare it', kind: 'suggestion', steps: [{ set: 'state', of: fact }] },
      message: 'The authorization request carries no `state`.',
      touches: pathsOf(flowOf(fact, ctx).callbacks),
    };
  },
});
