import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'jwt-algorithm-from-token',
  item: 'jwt-algorithms',
  title: "The token's own header chooses the algorithm",
  why: 'A check whose kind is chosen by the thing that is checked is no check.',
  attack:
    'The attacker writes the algorithm for which they hold a key: `HS256` with the public key as secret, or one that the library handles badly. The server looks it up in the header and agrees.',
  remedy: 'Use a constant list that belongs to the key.',
  severities: ['error'],
  precision: 'high',
  cwe: [347, 327],
  references: ['RFC 8725 §3.1', 'ASVS 9.1.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst { header } = jwt.decode(token, { complete: true });\nconst claims = jwt.verify(token, key, { algorithms: [header.alg] });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['RS256'] });`,
    },
    {
      language: 'python',
      vulnerable: `import jwt\n\nalg = jwt.get_unverified_header(token)["alg"]\nclaims = jwt.decode(token, KEY, algorithms=[alg])`,
      fixed: `import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["RS256"])`,
    },
  ],
  on: 'TokenVerify',
  *check(fact) {
    const { roles, spans, at, path } = fact;
    const key = textOf(roles.keyKind);
    if (textOf(roles.algorithmsFrom) !== 'token') return;
    yield {
      at: spans.algorithms ? { path, span: spans.algorithms } : (roles.algorithmsFrom.place ?? at),
      message: "The accepted algorithm is read from the token's own header.",
      fix: {
        title: 'List the accepted algorithm',
        kind: 'suggestion',
        steps: [{ set: 'algorithms', of: fact, to: [key === undefined || key === 'symmetric' ? 'HS256' : 'RS256'] }],
      },
    };
  },
});
