import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'endpoint-without-guard',
  item: 'endpoint-protection',
  title: 'An endpoint that touches data asks nobody who is calling',
  why: 'The bouncer stands at one door, and this one is beside it. Routes are added one by one, and the one added last is the one nobody put behind the check.',
  attack: 'Nobody breaks in. Someone sends the request without a token, and it works.',
  remedy:
    'Guard the router, not the route, so that the next route is closed by default; mark the few open ones by name.',
  severities: ['error', 'warning', 'info'],
  precision: 'medium',
  cwe: [306, 862],
  references: ['ASVS 8.2.1', 'ASVS 8.3.1'],
  noFix: 'Only its author knows who may call it, and how the project asks.',
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
app.get('/notes', auth, (req, res) => res.json(Note.find({ owner: req.user.sub })));
app.delete('/notes/:id', async (req, res) => {
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
app.get('/notes', auth, (req, res) => res.json(Note.find({ owner: req.user.sub })));
app.delete('/notes/:id', auth, async (req, res) => {
  await Note.deleteOne({ _id: req.params.id, owner: req.user.sub });
  res.end();
});`,
    },
  ],
  on: 'Endpoint',
  *check({ roles, at }) {
    if (textOf(roles.lacks) !== 'caller') return;
    const name = `${textOf(roles.method) ?? ''} ${textOf(roles.route) ?? ''}`.trim();
    const severity =
      textOf(roles.severity) === 'warning' ? 'warning' : textOf(roles.severity) === 'info' ? 'info' : 'error';
    yield { at, severity, message: `Nothing in front of \`${name}\` checks who is calling.` };
  },
});
