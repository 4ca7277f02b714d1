import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'guard-continues-after-failure',
  item: 'endpoint-protection',
  title: 'A guard lets the request go on after its check failed',
  why: 'A check whose failure changes nothing is a comment.',
  attack:
    'The token is garbage; the refusal is written, or the error caught and forgotten. The handler runs as if it had been fine.',
  remedy: 'End the request on every path that did not succeed; let an unexpected error mean no.',
  severities: ['error', 'warning'],
  precision: 'medium',
  cwe: [636, 863],
  references: ['ASVS 16.5.3', 'ASVS 8.3.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');
const app = express();
function requireLogin(req, res, next) {
  if (!req.session.userId) {
    res.status(401).json({ error: 'log in' });
  }
  next();
}
app.delete('/notes/:id', requireLogin, async (req, res) => res.json(await Note.deleteOne({ _id: req.params.id })));`,
      fixed: `const express = require('express');
const app = express();
function requireLogin(req, res, next) {
  if (!req.session.userId) {
    return res.status(401).json({ error: 'log in' });
  }
  next();
}
app.delete('/notes/:id', requireLogin, async (req, res) => res.json(await Note.deleteOne({ _id: req.params.id, owner: req.session.userId })));`,
    },
  ],
  on: 'GuardFlaw',
  *check({ roles, at }) {
    yield {
      at,
      ...(textOf(roles.how) === 'answered'
        ? { fix: { title: 'End the request here', kind: 'suggestion', steps: [{ endAfter: at }] } }
        : {}),
      severity: textOf(roles.severity) === 'warning' ? 'warning' : 'error',
      message:
        textOf(roles.how) === 'answered'
          ? 'The request goes on after it was refused: the refusal does not end it.'
          : textOf(roles.how) === 'anonymous'
            ? 'A user who is gone becomes anonymous, and the request goes on.'
            : 'The request goes on after the check failed.',
    };
  },
});
