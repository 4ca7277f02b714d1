import { claimsOf, placesOf, sayNames } from '../facts/claims.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'personal-data-in-token',
  item: 'token-payload',
  title: 'Personal data stands in the payload of a token',
  why: 'Tokens travel further than people think: proxies, analytics, crash reports, support tickets.',
  attack:
    'Nobody breaks in. The data leaves with every request, to every place that records requests, and stays there after the account is gone.',
  remedy: 'Put an id in, and fetch the rest where it is needed.',
  severities: ['warning', 'info'],
  precision: 'high',
  cwe: [359, 200],
  references: ['ASVS 14.2.6', 'OAuth 2.1 §7.1.1.2'],
  stricter:
    'OpenID Connect puts e-mail and name into ID tokens on purpose: here they are a hint, and none at all in an ID token that a scope asked for.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id, phone: user.phone, birthDate: user.birthDate }, key, { expiresIn: '15m' });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id, role: user.role }, key, { expiresIn: '15m' });`,
    },
  ],
  on: 'TokenIssue',
  *check(fact) {
    if (textOf(fact.roles.protection) === 'encrypted') return;
    const personal = claimsOf(fact).filter((c) => c.tells === 'personal');
    const contact = claimsOf(fact).filter((c) => c.tells === 'contact');
    const first = personal[0] ?? contact[0];
    if (!first) return;
    yield {
      at: first.place ?? fact.at,
      message: `${sayNames([...personal, ...contact].map((c) => c.name))} can be read by whoever holds the token.`,
      severity: personal.length > 0 ? 'warning' : 'info',
      related: [{ place: fact.at, message: 'The token is issued here.' }],
      fix: {
        title: 'Leave it out of the token',
        kind: 'suggestion',
        steps: [{ removeAll: placesOf([...personal, ...contact]) }],
      },
    };
  },
});
