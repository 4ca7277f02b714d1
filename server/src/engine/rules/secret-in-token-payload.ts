import { claimsOf, placesOf, sayNames } from '../facts/claims.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'secret-in-token-payload',
  item: 'token-payload',
  title: 'A secret stands in the payload of a signed token',
  why: 'A JWT is signed, not sealed: the payload is base64, and anyone who holds it can read it.',
  attack:
    "The attacker needs no key at all. They take a token from a log, a browser profile or their own session, decode it and read the hash, the card or the other service's token, and use it at leisure.",
  remedy: 'Keep it on the server, and look it up by the subject when it is needed.',
  severities: ['error', 'info'],
  precision: 'high',
  cwe: [200, 312, 522],
  references: ['ASVS 14.1.1', 'OAuth 2.1 §7.1.1.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id, password: user.passwordHash }, key, { expiresIn: '15m' });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id, role: user.role }, key, { expiresIn: '15m' });`,
    },
    {
      language: 'python',
      vulnerable: `import jwt\n\ntoken = jwt.encode({"sub": user.id, "iban": user.iban, "exp": end}, KEY, algorithm="HS256")`,
      fixed: `import jwt\n\ntoken = jwt.encode({"sub": user.id, "exp": end}, KEY, algorithm="HS256")`,
    },
  ],
  on: 'TokenIssue',
  *check(fact) {
    if (textOf(fact.roles.protection) === 'encrypted') return;
    const bad = claimsOf(fact).filter((c) => c.tells === 'credential' || c.tells === 'official');
    const first = bad[0];
    if (!first) return;
    yield {
      at: first.place ?? fact.at,
      message: `${sayNames(bad.map((c) => c.name))} can be read by whoever holds the token.`,
      severity: 'error',
      related: [{ place: fact.at, message: 'The token is issued here.' }],
      fix: { title: 'Leave it out of the token', kind: 'suggestion', steps: [{ removeAll: placesOf(bad) }] },
    };
  },
});
