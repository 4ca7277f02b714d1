import { isReference, sayPurpose, variableFor } from '../facts/secret-words.js';
import { literalFallback, literalTexts } from '../facts/secret-value.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'secret-in-code',
  item: 'secrets',
  title: 'A secret is a literal in the code',
  why: 'Who can read the repository can sign tokens: every colleague, every fork, every backup, every assistant that the code was pasted into.',
  attack:
    "The attacker finds the key in the code, in a fork or in an old clone. They sign a token with an administrator's id and send it. Your server cannot tell it from its own.",
  remedy:
    'Read it from the environment or a secret store, replace the key (it is burnt), and refuse to start without it.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [798, 321],
  references: ['ASVS 13.3.1', 'RFC 8725 \u00a73.5', 'OAuth 2.1 \u00a72.4.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable:
        "const jwt = require('jsonwebtoken');\nconst SECRET = 'a-very-long-signing-key-0123456789';\nmodule.exports = (id) => jwt.sign({ sub: id }, SECRET, { expiresIn: '15m' });",
      fixed:
        "const jwt = require('jsonwebtoken');\nconst SECRET = process.env.JWT_SECRET;\nif (!SECRET) throw new Error('JWT_SECRET is not set');\nmodule.exports = (id) => jwt.sign({ sub: id }, SECRET, { expiresIn: '15m' });",
    },
    {
      language: 'python',
      vulnerable:
        'import jwt\nKEY = "a-very-long-signing-key-0123456789"\n\ndef issue(claims):\n    return jwt.encode(claims, KEY, algorithm="HS256")',
      fixed:
        'import os\nimport jwt\nKEY = os.environ["JWT_SECRET"]\n\ndef issue(claims):\n    return jwt.encode(claims, KEY, algorithm="HS256")',
    },
  ],
  on: 'SecretUse',
  *check({ roles, at, path }, ctx) {
    const live = textOf(roles.form) === 'live-credential';
    if (textOf(roles.file) !== 'code' || (ctx.isTest(path) && !live)) return;
    if (literalFallback(roles.value)) return;
    for (const literal of literalTexts(roles.value)) {
      const text = String(literal.value);
      if (text === '' || isReference(text)) continue;
      const place = literal.place ?? at;
      if (ctx.isTest(place.path) && !live) continue;
      const purpose = sayPurpose(textOf(roles.purpose));
      yield {
        at: place,
        severity: ctx.isTest(path) ? 'warning' : 'error',
        message: live
          ? 'A live credential stands here as a literal.'
          : `The ${purpose} is a literal of ${text.length} characters.`,
        related:
          place.path === at.path && place.span.start === at.span.start
            ? []
            : [{ place: at, message: 'It is used here.' }],
        fix: {
          title: 'Read it from the environment',
          kind: 'suggestion',
          steps: [{ demand: place, ...variableFor(roles) }],
        },
      };
    }
  },
});
