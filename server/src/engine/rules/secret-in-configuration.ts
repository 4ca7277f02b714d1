import { literalFallback, literalTexts } from '../facts/secret-value.js';
import { looksReal } from '../semantics/credential-names.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'secret-in-configuration',
  item: 'secrets',
  title: 'A secret stands in a committed configuration file',
  why: 'A committed file is read by everyone who can read the repository, and by everyone who ever could: its history stays.',
  attack:
    'The attacker reads the file in a fork, a backup or a leaked laptop. With a signing key they mint tokens; with a client secret they ask for tokens in your name.',
  remedy:
    'Keep the value in the environment or a secret store, leave a blank in the file, and replace the secret: it is burnt.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [798, 312],
  references: ['ASVS 13.3.1'],
  examples: [
    {
      language: 'yaml',
      vulnerable: 'jwt:\n  secret: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b\n',
      fixed: 'jwt:\n  secret: ${JWT_SECRET}\n',
    },
    {
      language: 'toml',
      vulnerable: '[vars]\nGITHUB_CLIENT_SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"\n',
      fixed: '[vars]\nGITHUB_CLIENT_ID = "Iv1.abc"\n',
    },
  ],

  on: 'SecretUse',
  *check({ roles, at, path }, ctx) {
    const file = textOf(roles.file);
    if (file !== 'configuration' && file !== 'example') return;
    const live = textOf(roles.form) === 'live-credential';
    if (ctx.isTest(path) && !live) return;
    const fallback = literalFallback(roles.value);
    const literal = fallback?.fallback ?? literalTexts(roles.value)[0];
    if (!literal || literal.value === '') return;
    const text = String(literal.value);
    if (file === 'example' && !looksReal(text)) return;
    const name = textOf(roles.name) ?? 'The setting';
    yield {
      at: literal.place ?? at,
      severity: ctx.isTest(path) ? 'warning' : 'error',
      message: fallback
        ? `The secret \`${name}\` has a literal default in a committed file.`
        : `The secret \`${name}\` stands in a committed file.`,
      fix: { title: 'Take the secret out of the file', kind: 'suggestion', steps: [{ blank: literal.place ?? at }] },
    };
  },
});
