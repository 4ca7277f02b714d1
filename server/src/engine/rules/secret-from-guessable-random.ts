import { sayPurpose } from '../facts/secret-words.js';
import { partsOf, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

/** Short codes that people type have a form that a random text has not. */
const CODE = /otp|pin|code|digits/i;

export default defineRule({
  id: 'secret-from-guessable-random',
  item: 'secrets',
  title: 'A key or token comes from a random source that can be guessed',
  why: '`Math.random` and its like are made for games: after a few outputs the next ones can be computed.',
  attack:
    "The attacker asks for a few tokens of their own and works out the generator's state. Then they compute the token that was made for somebody else, and use it first.",
  remedy: "Draw at least 16 bytes (32 for keys) from the platform's cryptographic source.",
  severities: ['error'],
  precision: 'high',
  cwe: [338, 330],
  references: ['ASVS 11.5.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: 'const resetToken = Math.random().toString(36).slice(2);\nmodule.exports = resetToken;',
      fixed:
        "const crypto = require('crypto');\nconst resetToken = crypto.randomBytes(32).toString('hex');\nmodule.exports = resetToken;",
    },
    {
      language: 'python',
      vulnerable: 'import random\nimport string\n\nreset_token = "".join(random.choices(string.ascii_letters, k=32))',
      fixed: 'import secrets\n\nreset_token = secrets.token_urlsafe(32)',
    },
  ],
  on: 'SecretUse',
  *check({ roles, at, path }, ctx) {
    if (ctx.isTest(path)) return;
    const guessable = [...partsOf(roles.value, 8)].some(
      (part) => part.kind === 'random' && part.source === 'guessable',
    );
    if (!guessable && textOf(roles.purpose) !== 'token') return;
    const name = textOf(roles.name);
    yield {
      at,
      message: `${name ? `\`${name}\`` : `The ${sayPurpose(textOf(roles.purpose))}`} comes from a source that can be guessed.`,
      fix: {
        title: 'Make it from a cryptographic source',
        kind: 'suggestion',
        steps: [{ random: at, keepForm: CODE.test(name ?? '') }],
      },
    };
  },
});
