import { booleanOf, isAbsent, textOf } from '../semantics/value.js';
import { defineRule, type FixIntent } from './rule.js';

export default defineRule({
  id: 'jwt-algorithms-not-listed',
  item: 'jwt-algorithms',
  title: 'A token is verified without a list of accepted algorithms',
  why: "The token's header names the algorithm, and whoever sends the token writes the header. Without a list, the library, its version and the kind of key decide what is accepted.",
  attack:
    'The attacker takes your public key, which is public after all, signs a token with it as if it were a shared secret, and writes `HS256` into the header. A server that lets the header choose checks the token with that same key, and it fits.',
  remedy: 'List the one algorithm that the issuer signs with.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [347, 327],
  references: ['RFC 8725 §3.1', 'ASVS 9.1.2'],
  stricter:
    'RFC 8725 asks that the library be told the algorithms; where the type of the key already narrows the choice, the missing list is a `warning`, not a hole.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, process.env.JWT_SECRET);`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] });`,
    },
    {
      language: 'python',
      vulnerable: `from jose import jwt\n\nclaims = jwt.decode(token, PUBLIC_KEY)`,
      fixed: `from jose import jwt\n\nclaims = jwt.decode(token, PUBLIC_KEY, algorithms=["RS256"])`,
    },
  ],
  on: 'TokenVerify',
  *check(fact) {
    const { roles, at } = fact;
    if (textOf(roles.signature) === 'skipped' || booleanOf(roles.unsigned)) return;
    if (isAbsent(roles.algorithms) !== true) return;
    const choice = textOf(roles.choice);
    const key = textOf(roles.keyKind);
    const fix: FixIntent = {
      title: 'List the accepted algorithm',
      kind: key === undefined ? 'suggestion' : 'safe',
      steps: [{ set: 'algorithms', of: fact, ...(key ? { to: key === 'symmetric' ? ['HS256'] : ['RS256'] } : {}) }],
    };
    if (choice === 'token-chooses' || choice === 'caller-lists') {
      const message =
        key === 'symmetric'
          ? 'No algorithm is listed: the token picks any that fits the shared secret.'
          : "No algorithm is listed: the token's own header chooses how it is checked.";
      yield { at, message, severity: key === 'symmetric' ? 'warning' : 'error', fix };
    } else if (choice === 'key-fixes-family' && booleanOf(roles.articleList)) {
      yield {
        at,
        message: 'No algorithm is listed: only the type of the key narrows what is accepted.',
        severity: 'warning',
        fix,
      };
    }
  },
});
