import { lifetimesOf, reportPlace } from '../facts/lifetimes.js';
import { sayDuration } from '../semantics/operators.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'refresh-token-too-long',
  item: 'token-expiry',
  title: 'A refresh token has no end, or a late one',
  why: 'A refresh token is a login that needs no password. One without an end is a login for ever.',
  attack:
    'The attacker copies the refresh token out of a backup or an old phone. Months later it still yields fresh access tokens, one after the other.',
  remedy: 'Give refresh tokens an absolute end of at most 90 days, and rotate them at each use.',
  severities: ['warning', 'info'],
  precision: 'high',
  cwe: [613],
  references: ['RFC 9700 §4.14.2', 'ASVS 10.4.8'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst refreshToken = jwt.sign({ sub: user.id }, REFRESH_KEY, { expiresIn: '1y' });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst refreshToken = jwt.sign({ sub: user.id }, REFRESH_KEY, { expiresIn: '30d' });`,
    },
  ],
  on: 'TokenIssue',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (textOf(roles.use) !== 'refresh' || textOf(roles.unit) !== undefined) return;
    if (textOf(roles.lifetime) === 'never') {
      yield { at: roles.lifetime.place ?? at, message: 'Refresh tokens have no end.' };
      return;
    }
    if (isAbsent(roles.lifetime) === true && isAbsent(roles.expiresAt) === true) {
      yield {
        at,
        message: 'The refresh token is issued without an end.',
        fix: ['lifetime', 'expiresAt'].map((set) => ({
          title: 'Let the token end',
          kind: 'suggestion' as const,
          steps: [{ set, of: fact, seconds: 30 * 86_400 }],
        })),
      };
      return;
    }
    const limit = ctx.limits.refreshTokenDays * 86_400;
    for (const { seconds, place } of lifetimesOf(fact)) {
      if (seconds <= limit) continue;
      yield {
        at: reportPlace(fact, place),
        fix: {
          title: 'Let it live 30 days',
          kind: 'suggestion',
          steps: [{ lifetime: reportPlace(fact, place), was: seconds, seconds: Math.min(30 * 86_400, limit) }],
        },
        message: `The refresh token lives ${sayDuration(seconds)}; the limit is ${ctx.limits.refreshTokenDays} days.`,
        related: [{ place: at, message: 'The token is issued here.' }],
      };
      return;
    }
  },
});
