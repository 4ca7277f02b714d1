import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'owner-from-request',
  item: 'identity-source',
  title: 'The owner of a record comes from the request',
  why: 'Whoever writes the request writes this id. The token already says who is calling, and nobody can change it without breaking the signature.',
  attack:
    'Mallory logs in as herself, so every check passes. She sends Alice’s id as the owner. What she made now stands in Alice’s name.',
  remedy: 'Set the owner from the verified principal, and drop the field from the request.',
  severities: ['error', 'warning'],
  precision: 'medium',
  cwe: [639, 863],
  references: ['ASVS 8.2.2', 'ASVS 8.3.1'],
  noFix: 'The caller is known under a name that differs from project to project.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();
function auth(req, res, next) {
  try {
    req.user = jwt.verify(req.headers.authorization.slice(7), key, { algorithms: ['HS256'] });
  } catch (error) {
    return res.status(401).end();
  }
  next();
}
app.post('/notes', auth, async (req, res) => res.json(await Note.create({ text: req.body.text, userId: req.body.userId })));`,
      fixed: `const express = require('express');
const jwt = require('jsonwebtoken');
const app = express();
function auth(req, res, next) {
  try {
    req.user = jwt.verify(req.headers.authorization.slice(7), key, { algorithms: ['HS256'] });
  } catch (error) {
    return res.status(401).end();
  }
  next();
}
app.post('/notes', auth, async (req, res) => res.json(await Note.create({ text: req.body.text, userId: req.user.sub })));`,
    },
  ],
  on: 'ObjectAccess',
  *check({ roles, at }) {
    if (textOf(roles.key) !== 'owner') return;
    yield {
      at,
      message: `The owner of the \`${textOf(roles.model) || 'record'}\` comes from the request: \`${textOf(roles.field) ?? ''}\`.`,
    };
  },
});
