import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'scope-granted-as-asked',
  item: 'scopes',
  title: 'A server grants whatever scope is asked for',
  why: 'The request is written by the client; if it decides, there is no decision.',
  attack: 'A client that was meant to read asks for `admin`, and gets it.',
  remedy:
    'Grant the intersection of what is asked, what the client is registered for and what the user may do; refuse the rest.',
  severities: ['error'],
  precision: 'high',
  cwe: [266],
  references: ['RFC 9700 §2.3', 'ASVS 10.4.11'],
  noFix: 'Which scopes a client may have is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\napp.post('/token', (req, res) => {\n  res.json({ access_token: jwt.sign({ sub: req.client.id, scope: req.body.scope }, KEY, { expiresIn: '10m' }) });\n});`,
      fixed: `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\napp.post('/token', (req, res) => {\n  const granted = req.body.scope.split(' ').filter((s) => req.client.scopes.includes(s));\n  res.json({ access_token: jwt.sign({ sub: req.client.id, scope: granted.join(' ') }, KEY, { expiresIn: '10m' }) });\n});`,
    },
  ],
  on: 'ScopeGrant',
  *check({ roles, at }) {
    if (textOf(roles.limitedBy) === 'nothing')
      yield { at, message: 'The new token gets the scopes that the request asks for.' };
  },
});
