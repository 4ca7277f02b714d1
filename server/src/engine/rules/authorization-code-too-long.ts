import { lifetimesOf, reportPlace } from '../facts/lifetimes.js';
import { sayDuration } from '../semantics/operators.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'authorization-code-too-long',
  item: 'token-expiry',
  title: 'An authorization code lives too long',
  why: 'A code passes through the browser, its history and its extensions. Seconds are enough for the exchange.',
  attack:
    'The attacker finds a code in a browser history or a referrer. As long as it lives and was not used, it can be exchanged for tokens.',
  remedy: 'Let codes end after one minute, at most ten, and after their first use.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 10.4.3', 'OAuth 2.1 §4.1.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst authorizationCode = jwt.sign({ sub: user.id, client_id }, key, { expiresIn: '1h' });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst authorizationCode = jwt.sign({ sub: user.id, client_id }, key, { expiresIn: '60s' });`,
    },
  ],
  on: 'TokenIssue',
  *check(fact, ctx) {
    if (textOf(fact.roles.use) !== 'code' || textOf(fact.roles.unit) !== undefined) return;
    const limit = ctx.limits.authorizationCodeMinutes * 60;
    for (const { seconds, place } of lifetimesOf(fact)) {
      if (seconds <= limit) continue;
      yield {
        at: reportPlace(fact, place),
        fix: {
          title: 'Let it live 5 minutes',
          kind: 'suggestion',
          steps: [{ lifetime: reportPlace(fact, place), was: seconds, seconds: Math.min(300, limit) }],
        },
        message: `The authorization code lives ${sayDuration(seconds)}; the limit is ${ctx.limits.authorizationCodeMinutes} minutes.`,
      };
      return;
    }
  },
});
