import { booleanOf, can } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'jwt-none-accepted',
  item: 'jwt-algorithms',
  title: 'Unsigned tokens are accepted',
  why: '`none` means "no signature". To accept it is to accept whatever anybody types.',
  attack:
    "The attacker decodes any token, changes `sub` to an administrator's id, sets `alg` to `none` and drops the signature. The server reads it as genuine.",
  remedy: 'Take `none` out, and require a signed token.',
  severities: ['error'],
  precision: 'high',
  cwe: [347],
  references: ['RFC 8725 §3.2', 'ASVS 9.1.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['HS256', 'none'] });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['HS256'] });`,
    },
  ],
  on: 'TokenVerify',
  *check(fact) {
    const { roles, spans, at, path } = fact;
    if (can(roles.algorithms, (a) => typeof a === 'string' && a.toLowerCase() === 'none') === true) {
      const place = roles.algorithms.place ?? (spans.algorithms ? { path, span: spans.algorithms } : at);
      const title = 'Take `none` out';
      yield {
        at: place,
        fix: [
          { title, kind: 'safe', steps: [{ dropWords: place, words: ['none', 'None', 'NONE'] }] },
          { title, kind: 'suggestion', steps: [{ set: 'algorithms', of: fact }] },
        ],
        message: 'The list of accepted algorithms holds `none`: an unsigned token passes.',
      };
    } else if (booleanOf(roles.unsigned)) {
      yield { at, message: 'A token without a signature passes here.' };
    }
  },
});
