import { sayPurpose, variableFor } from '../facts/secret-words.js';
import { literalFallback, literalTexts } from '../facts/secret-value.js';
import { alternatives, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

const SYMMETRIC = new Set(['hmac-key', 'session', 'cookie-signing', 'encryption-key']);

export default defineRule({
  id: 'weak-secret',
  item: 'secrets',
  title: 'A key is too short or empty',
  why: 'HS256 is as strong as its key. An empty or short key can be found by trying.',
  attack:
    'With one token in hand, a word list tries millions of keys per second on a laptop. When the signature fits, the attacker mints any token.',
  remedy: 'Use 32 random bytes from a cryptographic source, or an asymmetric key.',
  severities: ['error', 'info'],
  precision: 'high',
  cwe: [326, 521],
  references: ['ASVS 11.2.3', 'RFC 8725 \u00a73.5'],
  examples: [
    {
      language: 'javascript',
      vulnerable:
        "const jwt = require('jsonwebtoken');\nconst SECRET = process.env.JWT_SECRET || '';\nmodule.exports = (id) => jwt.sign({ sub: id }, SECRET, { expiresIn: '15m' });",
      fixed:
        "const jwt = require('jsonwebtoken');\nconst SECRET = process.env.JWT_SECRET;\nif (!SECRET) throw new Error('JWT_SECRET is not set');\nmodule.exports = (id) => jwt.sign({ sub: id }, SECRET, { expiresIn: '15m' });",
    },
  ],
  on: 'SecretUse',
  *check({ roles, at, path }, ctx) {
    if (ctx.isTest(path) || !SYMMETRIC.has(textOf(roles.purpose) ?? '')) return;
    const fallback = literalFallback(roles.value)?.fallback;
    const empty = [...literalTexts(roles.value), ...(fallback ? [fallback] : [])].find((v) => v.value === '');
    if (empty && textOf(roles.file) === 'code' && textOf(roles.whenMissing) !== 'throws') {
      const place = empty.place ?? at;
      yield {
        at: place,
        message: `The ${sayPurpose(textOf(roles.purpose))} can be empty here.`,
        fix: {
          title: 'Stop when the variable is not set',
          kind: 'suggestion',
          steps: [{ demand: place, ...variableFor(roles) }],
        },
      };
    }
    for (const value of alternatives(roles.value)) {
      if (value.kind !== 'random' || value.source !== 'cryptographic' || value.bytes === undefined) continue;
      if (value.bytes >= ctx.limits.hmacSecretBytes / 2) continue;
      yield {
        at: value.place ?? at,
        message: `The ${sayPurpose(textOf(roles.purpose))} has ${value.bytes} random bytes.`,
      };
    }
  },
});
