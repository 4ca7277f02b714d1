import { isAbsent, numberOf, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-without-expiry',
  item: 'token-expiry',
  title: 'A token is issued that never expires',
  why: 'A signed token is valid for as long as the key is. Without `exp`, nothing you do to the account ends it.',
  attack:
    'A token leaks through a log, a laptop or a former employee. A year later it still opens the account, after the password change and after the dismissal.',
  remedy: 'Set a lifetime of 5 to 15 minutes for access tokens, and renew with a refresh token that you can revoke.',
  severities: ['error'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 9.2.1', 'OAuth 2.1 §7.1.3.5'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id }, key);`,
      fixed: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id }, key, { expiresIn: '15m' });`,
    },
    {
      language: 'python',
      vulnerable: `import jwt\n\ntoken = jwt.encode({"sub": user_id}, key, algorithm="HS256")`,
      fixed: `import jwt\nfrom datetime import datetime, timedelta, timezone\n\ntoken = jwt.encode({"sub": user_id, "exp": datetime.now(timezone.utc) + timedelta(minutes=15)}, key, algorithm="HS256")`,
    },
  ],
  on: 'TokenIssue',
  *check(fact) {
    const { roles, at } = fact;
    if (textOf(roles.protection) === 'encrypted' || textOf(roles.use) === 'refresh') return;
    const lifetime = roles.lifetime;
    if (textOf(lifetime) === 'never') {
      yield { at: lifetime.place ?? at, message: 'The setting gives tokens that never expire.' };
    } else if (isAbsent(lifetime) === true && isAbsent(roles.expiresAt) === true) {
      const name = textOf(roles.payload) ?? numberOf(roles.payload);
      yield {
        at,
        message:
          name === undefined
            ? 'The token is issued without an expiry: neither a lifetime nor `exp` is set.'
            : 'The token is issued without an expiry.',
        fix: ['lifetime', 'expiresAt'].map((set) => ({
          title: 'Let the token end after 15 minutes',
          kind: 'suggestion' as const,
          steps: [{ set, of: fact }],
        })),
      };
    }
  },
});
