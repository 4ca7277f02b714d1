import { sayPurpose } from '../facts/secret-words.js';
import type { Fact } from '../facts/kinds.js';
import { environmentOf } from '../facts/secret-value.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'secret-shared-between-purposes',
  item: 'secrets',
  title: 'One secret serves two purposes',
  why: 'A key that does two jobs lets what was made for one be used for the other, and cannot be replaced for one alone.',
  attack:
    'A value that the server signs for a harmless purpose, a session cookie or a link, fits as a token of another kind, because the same key made both.',
  remedy: 'Give each purpose a secret of its own.',
  severities: ['info'],
  precision: 'high',
  cwe: [321],
  references: ['RFC 8725 \u00a73.8'],
  noFix: 'A second secret has to be made and set where the program runs.',
  examples: [
    {
      language: 'javascript',
      vulnerable:
        "const jwt = require('jsonwebtoken');\nconst session = require('express-session');\nconst secret = process.env.SESSION_SECRET;\nif (!secret) throw new Error('no secret');\nmodule.exports = { store: session({ secret }), sign: (id) => jwt.sign({ sub: id }, secret, { expiresIn: '15m' }) };",
      fixed:
        "const jwt = require('jsonwebtoken');\nconst session = require('express-session');\nconst secret = process.env.SESSION_SECRET;\nconst key = process.env.JWT_SECRET;\nif (!secret || !key) throw new Error('no secret');\nmodule.exports = { store: session({ secret }), sign: (id) => jwt.sign({ sub: id }, key, { expiresIn: '15m' }) };",
    },
  ],
  on: 'SecretUse',
  *check(fact, ctx) {
    const name = environmentOf(fact.roles.value)?.name;
    const purpose = family(fact);
    if (!name || !purpose || ctx.isTest(fact.path)) return;
    const other = ctx.all('SecretUse').find((f) => {
      const theirs = family(f);
      return (
        f !== fact &&
        theirs !== undefined &&
        theirs < purpose &&
        environmentOf(f.roles.value)?.name === name &&
        !ctx.isTest(f.path)
      );
    });
    if (!other) return;
    yield {
      at: fact.spans.value ? { path: fact.path, span: fact.spans.value } : fact.at,
      message: `\`${name}\` serves as ${sayPurpose(textOf(fact.roles.purpose))} here and as ${sayPurpose(textOf(other.roles.purpose))} elsewhere.`,
      related: [{ place: other.at, message: 'The other purpose.' }],
    };
  },
});

/** The purpose that a use shows; one that only a name tells is none. */
function family(fact: Fact<'SecretUse'>): string | undefined {
  if (fact.library === 'secret-name') return undefined;
  const purpose = textOf(fact.roles.purpose);
  return purpose === 'hmac-key' || purpose === 'session' || purpose === 'client-secret' || purpose === 'webhook'
    ? purpose
    : undefined;
}
