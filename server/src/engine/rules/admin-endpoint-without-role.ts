import { type Value, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

function relatedPlaces(value: Value, message: string) {
  return value.kind === 'list' ? value.items.flatMap((i) => (i.place ? [{ place: i.place, message }] : [])) : [];
}

export default defineRule({
  id: 'admin-endpoint-without-role',
  item: 'endpoint-protection',
  title: 'An administrative endpoint asks only for a login',
  why: 'Authentication is the bouncer, authorization the VIP list. “Logged in” is true for everyone who can sign up.',
  attack: 'The attacker registers like any customer. The admin page asks only whether he is logged in, and he is.',
  remedy: 'Ask for the role or permission, on the server, for the whole section.',
  severities: ['error'],
  precision: 'medium',
  cwe: [862, 285],
  references: ['ASVS 8.2.1', 'ASVS 8.3.1'],
  noFix: 'Only its author knows which role is asked for, and how the project asks for one.',
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
app.get('/admin/users', auth, async (req, res) => res.json(await User.find()));`,
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
app.get('/admin/users', auth, adminOnly, async (req, res) => res.json(await User.find()));`,
    },
  ],
  on: 'Endpoint',
  *check({ roles, at }) {
    if (textOf(roles.lacks) !== 'role') return;
    const section = textOf(roles.section) !== undefined;
    const name = `${textOf(roles.method) ?? ''} ${textOf(roles.route) ?? ''}`.trim();
    yield {
      at,
      message: section
        ? 'The administrative routes only ask for a login.'
        : `\`${name}\` is administrative and only asks for a login.`,
      related: relatedPlaces(roles.related, 'one of these routes'),
    };
  },
});
