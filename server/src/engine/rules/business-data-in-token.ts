import { claimsOf, placesOf, sayNames } from '../facts/claims.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'business-data-in-token',
  item: 'token-payload',
  title: 'Business data stands in the payload of a token',
  why: 'What the server decides by belongs to the server; in a token it is public, and old as soon as it changes.',
  attack:
    'The attacker decodes their own token and reads the discount, the limit or the internal flag that was not meant for them. An old token keeps the old value.',
  remedy: 'Look it up by the id when it is needed.',
  severities: ['warning', 'info'],
  precision: 'medium',
  cwe: [200],
  references: ['ASVS 14.2.6'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id, creditLimit: user.creditLimit }, key, { expiresIn: '15m' });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id }, key, { expiresIn: '15m' });`,
    },
  ],
  on: 'TokenIssue',
  *check(fact) {
    if (textOf(fact.roles.protection) === 'encrypted') return;
    const business = claimsOf(fact).filter((c) => c.tells === 'business');
    const foreign = claimsOf(fact).filter((c) => c.tells === 'foreign');
    const first = business[0] ?? foreign[0];
    if (!first) return;
    yield {
      at: first.place ?? fact.at,
      message: `${sayNames([...business, ...foreign].map((c) => c.name))} can be read by whoever holds the token.`,
      severity: business.length > 0 ? 'warning' : 'info',
      related: [{ place: fact.at, message: 'The token is issued here.' }],
      fix: {
        title: 'Leave it out of the token',
        kind: 'suggestion',
        steps: [{ removeAll: placesOf([...business, ...foreign]) }],
      },
    };
  },
});
