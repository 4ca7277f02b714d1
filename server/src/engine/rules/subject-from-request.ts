import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'subject-from-request',
  item: 'identity-source',
  title: 'An id in the request decides whose data is touched',
  why: 'Whoever writes the request writes this id. The token already says who is calling, and nobody can change it without breaking the signature; the moment the handler believes the request instead, being logged in as anyone means being everyone.',
  attack:
    'Mallory logs in as herself, so every check passes. She replays her own request with Alice’s id in it. The server reads, or writes, Alice’s data.',
  remedy:
    'Take the id from the verified principal and drop it from the request; where the path must carry it, compare and answer 404.',
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
app.get('/users/:userId/orders', auth, async (req, res) => res.json(await Order.find({ userId: req.params.userId })));`,
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
app.get('/me/orders', auth, async (req, res) => res.json(await Order.find({ userId: req.user.sub })));`,
    },
  ],
  on: 'ObjectAccess',
  *check({ roles, at }) {
    if (textOf(roles.key) !== 'subject') return;
    const source = textOf(roles.source) ?? 'request';
    const act = /create|update|delete/.test(textOf(roles.op) ?? '') ? 'changed' : 'read';
    yield {
      at,
      message: `The ${source === 'args' ? 'argument' : `${source}'s`} \`${textOf(roles.field) ?? 'id'}\` decides whose \`${textOf(roles.model) || 'data'}\` is ${act}.`,
    };
  },
});
