import { type Value, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

function relatedPlaces(value: Value, message: string) {
  return value.kind === 'list' ? value.items.flatMap((i) => (i.place ? [{ place: i.place, message }] : [])) : [];
}

export default defineRule({
  id: 'sibling-role-missing',
  item: 'endpoint-protection',
  title: 'A write needs less than its sibling on the same model',
  why: 'Authentication is the bouncer, authorization the VIP list. One write on this model asks for a role; this one lets in everyone who can sign up.',
  attack: 'The attacker registers like any customer. Creating is for administrators, but nobody asks before deleting.',
  remedy: 'Ask for the role or permission, on the server, for all writes of the model.',
  severities: ['error'],
  precision: 'medium',
  cwe: [862, 285],
  references: ['ASVS 8.2.1', 'ASVS 8.3.1'],
  noFix: 'Whether the same role is meant is for its author to say.',
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
function adminOnly(req, res, next) {
  if (req.user.role !== 'admin') return res.status(403).end();
  next();
}
app.post('/products', auth, adminOnly, async (req, res) => res.json(await Product.create({ name: req.body.name })));
app.delete('/products/:id', auth, async (req, res) => res.json(await Product.deleteOne({ _id: req.params.id })));`,
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
function adminOnly(req, res, next) {
  if (req.user.role !== 'admin') return res.status(403).end();
  next();
}
app.post('/products', auth, adminOnly, async (req, res) => res.json(await Product.create({ name: req.body.name })));
app.delete('/products/:id', auth, adminOnly, async (req, res) => res.json(await Product.deleteOne({ _id: req.params.id })));`,
    },
  ],
  on: 'Endpoint',
  *check({ roles, at }) {
    if (textOf(roles.lacks) !== 'sibling-role') return;
    const name = `${textOf(roles.method) ?? ''} ${textOf(roles.route) ?? ''}`.trim();
    yield {
      at,
      message: `\`${name}\` asks for less than \`${textOf(roles.sibling) ?? ''}\`, a write on the same model.`,
      related: relatedPlaces(roles.related, 'this write asks for a role'),
    };
  },
});
