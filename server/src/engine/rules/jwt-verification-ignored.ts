import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'jwt-verification-ignored',
  item: 'jwt-algorithms',
  title: 'The outcome of a verification has no effect',
  why: 'A check that nobody listens to lets everybody through.',
  attack:
    'The attacker sends a token with any signature. The verification fails, nobody notices, and the request goes on as if it had succeeded.',
  remedy: 'Wait for the result, look at the error first, and reject when it is there.',
  severities: ['error'],
  precision: 'high',
  cwe: [347, 252],
  references: ['RFC 8725 §3.3', 'ASVS 9.1.1'],
  noFix: 'What happens to a request with a bad token is decided by what surrounds it.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\njwt.verify(token, key, { algorithms: ['HS256'] }, (err, claims) => {\n  req.user = claims;\n  next();\n});`,
      fixed: `const jwt = require('jsonwebtoken');\njwt.verify(token, key, { algorithms: ['HS256'] }, (err, claims) => {\n  if (err) return res.sendStatus(401);\n  req.user = claims;\n  next();\n});`,
    },
  ],
  on: 'TokenVerify',
  *check({ roles, at }) {
    const why = textOf(roles.handled);
    if (why === undefined || why === 'by library') return;
    yield { at, message: `The verification has no effect: ${why}.` };
  },
});
