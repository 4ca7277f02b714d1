import { lifetimesOf, reportPlace } from '../facts/lifetimes.js';
import { sayDuration } from '../semantics/operators.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

const USES: Readonly<Record<string, string>> = {
  reset: 'password-reset',
  'verify-email': 'verification',
  'magic-link': 'login-link',
  invite: 'invitation',
};

export default defineRule({
  id: 'one-time-token-too-long',
  item: 'token-expiry',
  title: 'A reset, verification or invitation token lives too long',
  why: 'Such a token opens an account by itself, and it lies in a mailbox, where it is found long after it was needed.',
  attack:
    'The attacker searches an old mailbox, a forwarded mail or a proxy log for links. A link that is days old still sets a new password.',
  remedy: 'Let it end after an hour, at most after a day, and after its first use.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613, 640],
  references: ['ASVS 6.4.1'],
  stricter:
    'The standards ask for a short life without a number: the limit of 24 hours is a house limit, and a setting.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst resetToken = jwt.sign({ sub: user.id, purpose: 'reset' }, key, { expiresIn: '7d' });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst resetToken = jwt.sign({ sub: user.id, purpose: 'reset' }, key, { expiresIn: '1h' });`,
    },
  ],
  on: 'TokenIssue',
  *check(fact, ctx) {
    const name = USES[textOf(fact.roles.use) ?? ''];
    if (!name || textOf(fact.roles.unit) !== undefined) return;
    const limit = ctx.limits.oneTimeTokenHours * 3600;
    for (const { seconds, place } of lifetimesOf(fact)) {
      if (seconds <= limit) continue;
      yield {
        at: reportPlace(fact, place),
        fix: {
          title: 'Let it live an hour',
          kind: 'suggestion',
          steps: [{ lifetime: reportPlace(fact, place), was: seconds, seconds: Math.min(3600, limit) }],
        },
        message: `The ${name} token lives ${sayDuration(seconds)}; the limit is ${ctx.limits.oneTimeTokenHours} hours.`,
        related: [{ place: fact.at, message: 'The token is issued here.' }],
      };
      return;
    }
  },
});
