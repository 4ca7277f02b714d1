import { type Value, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

function relatedPlaces(value: Value, message: string) {
  return value.kind === 'list' ? value.items.flatMap((i) => (i.place ? [{ place: i.place, message }] : [])) : [];
}

export default defineRule({
  id: 'object-without-ownership-check',
  item: 'endpoint-protection',
  title: 'An object is touched by its id without the check that its siblings have',
  why: 'The id in the address is the caller’s to choose. A sibling handler compares the owner; this one believes the number.',
  attack:
    'Mallory opens her own order, 1041, and changes the address to 1040. The token is valid and the order exists, so she gets it.',
  remedy: 'Put the owner into the query (`id` and owner), and answer 404 when nothing comes back.',
  severities: ['error'],
  precision: 'medium',
  cwe: [639, 862],
  references: ['ASVS 8.2.2'],
  noFix: 'The owner has to be part of the query, in the way that the model is asked.',
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
app.get('/notes', auth, async (req, res) => res.json(await Note.find({ owner: req.user.sub })));
app.delete('/notes/:id', auth, async (req, res) => {
  await Note.deleteOne({ _id: req.params.id });
  res.end();
});`,
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
app.get('/notes', auth, async (req, res) => res.json(await Note.find({ owner: req.user.sub })));
app.delete('/notes/:id', auth, async (req, res) => {
  await Note.deleteOne({ _id: req.params.id, owner: req.user.sub });
  res.end();
});`,
    },
  ],
  on: 'ObjectAccess',
  *check({ roles, at }) {
    if (textOf(roles.key) !== 'object' || textOf(roles.lacks) !== 'check') return;
    const op = textOf(roles.op) ?? 'read';
    const act = op === 'delete' ? 'delete' : op === 'update' ? 'change' : 'read';
    yield {
      at,
      message: `Any user can ${act} any \`${textOf(roles.model) ?? ''}\` by its id; \`${textOf(roles.sibling) ?? ''}\` checks the owner.`,
      related: relatedPlaces(roles.related, 'this one checks the owner'),
    };
  },
});
