import { sayPurpose, variableFor } from '../facts/secret-words.js';
import { literalFallback } from '../facts/secret-value.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'secret-with-literal-fallback',
  item: 'secrets',
  title: 'A literal steps in when the secret is missing',
  why: "The fallback is meant for the developer's machine, and it is what runs when a deployment forgets the variable. Nothing fails, so nobody notices.",
  attack:
    'The attacker tries well-known placeholders against one of your tokens, offline, in seconds. One fits, because one deployment forgot the variable. From then on they sign any token they like.',
  remedy: 'Refuse to start when the variable is missing, and set it to 32 random bytes.',
  severities: ['error'],
  precision: 'high',
  cwe: [798, 321],
  references: ['ASVS 13.3.1', 'RFC 8725 \u00a73.5'],
  examples: [
    {
      language: 'javascript',
      vulnerable:
        "const jwt = require('jsonwebtoken');\nconst SECRET = process.env.JWT_SECRET || 'dev-secret';\nmodule.exports = (id) => jwt.sign({ sub: id }, SECRET, { expiresIn: '15m' });",
      fixed:
        "const jwt = require('jsonwebtoken');\nconst SECRET = process.env.JWT_SECRET;\nif (!SECRET) throw new Error('JWT_SECRET is not set');\nmodule.exports = (id) => jwt.sign({ sub: id }, SECRET, { expiresIn: '15m' });",
    },
    {
      language: 'python',
      vulnerable: 'import os\nSECRET_KEY = os.getenv("SECRET_KEY", "change-me")',
      fixed: 'import os\nSECRET_KEY = os.environ["SECRET_KEY"]',
    },
  ],
  on: 'SecretUse',
  *check({ roles, at, path }, ctx) {
    if (ctx.isTest(path)) return;
    const found = literalFallback(roles.value);
    if (!found || String(found.fallback.value) === '') return;
    const place = found.fallback.place ?? at;
    yield {
      at: place,
      message: `This literal is the ${sayPurpose(textOf(roles.purpose))} when \`${found.name ?? 'the variable'}\` is not set.`,
      related: place.path === at.path ? [] : [{ place: at, message: 'It is used here.' }],
      fix: {
        title: 'Stop when the variable is not set',
        kind: 'suggestion',
        steps: [{ demand: place, ...variableFor(roles) }],
      },
    };
  },
});
