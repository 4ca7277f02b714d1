import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'jwt-decoded-not-verified',
  item: 'jwt-algorithms',
  title: 'A token that was only decoded decides who somebody is',
  why: 'To decode is to read, not to check. The payload is base64 text that anyone can write.',
  attack:
    "The attacker pastes a payload with an administrator's id between two dots. The code reads it and serves the administrator's data.",
  remedy: 'Verify first, with a key and a list of algorithms, and use only the verified result.',
  severities: ['error', 'warning'],
  precision: 'medium',
  cwe: [347],
  references: ['RFC 8725 §3.1', 'ASVS 9.1.1'],
  noFix: 'A verification needs the key and the issuer, and only its author knows them.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nmodule.exports = (req, res, next) => {\n  req.user = jwt.decode(req.headers.authorization.slice(7));\n  next();\n};`,
      fixed: `const jwt = require('jsonwebtoken');\nmodule.exports = (req, res, next) => {\n  req.user = jwt.verify(req.headers.authorization.slice(7), process.env.JWT_SECRET, { algorithms: ['HS256'], issuer: ISS, audience: AUD });\n  next();\n};`,
    },
    {
      language: 'python',
      vulnerable: `from jose import jwt\n\ndef current_user(token):\n    claims = jwt.get_unverified_claims(token)\n    return load_user(claims["sub"])`,
      fixed: `from jose import jwt\n\ndef current_user(token):\n    claims = jwt.decode(token, KEY, algorithms=["RS256"], issuer=ISS, audience=AUD)\n    return load_user(claims["sub"])`,
    },
  ],
  on: 'TokenDecode',
  *check({ roles, at }) {
    if (textOf(roles.reaches) !== 'decision') return;
    const direct = textOf(roles.source) === 'token endpoint';
    yield {
      at,
      message: direct
        ? 'The ID token is only decoded: neither signature nor issuer, audience and expiry are checked.'
        : 'The token is only decoded, and its claims decide who is calling or what they may do.',
      severity: direct ? 'warning' : 'error',
    };
  },
});
