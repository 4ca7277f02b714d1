import { defineRule } from './rule.js';
import { isAbsent } from '../semantics/value.js';

export default defineRule({
  id: 'token-without-expiry',
  item: 'token-expiry',
  title: 'A token is issued that never expires',
  why: 'A signed token is valid until its `exp`. Without one it is valid for as long as the key is.',
  attack:
    'A token leaks: from a log, a backup, a stolen phone. Whoever finds it, this year or in five, is logged in as its owner. Nothing ends it but a new signing key, which logs everybody out.',
  remedy: 'Set a lifetime of 5 to 15 minutes, and renew with a refresh token that the server can revoke.',
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
  ],
  on: 'TokenIssue',
  *check({ roles, at }) {
    if (isAbsent(roles.lifetime) === true && isAbsent(roles.expiresAt) === true) {
      yield { at, message: 'The token is issued without an expiry: neither a lifetime nor `exp` is set.' };
    }
  },
});
