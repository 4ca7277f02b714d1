import { lifetimesOf, reportPlace } from '../facts/lifetimes.js';
import { sayDuration } from '../semantics/operators.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'access-token-too-long',
  item: 'token-expiry',
  title: 'An access token lives too long',
  why: 'Nobody can take a stateless token back; its lifetime is the time that a thief has.',
  attack:
    'The attacker steals a token on Monday with one line of injected script. Until it ends, every request is theirs, and logging out changes nothing.',
  remedy: 'Let access tokens live 5 to 15 minutes, and renew them with a refresh token that rotates.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613],
  references: ['OAuth 2.1 §7.1.3.5', 'ASVS 7.3.2'],
  stricter:
    'The standards ask for "short-lived" and name no number: the limit of 60 minutes is a house limit, and a setting.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id }, key, { expiresIn: '7d' });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: user.id }, key, { expiresIn: '15m' });`,
    },
    {
      language: 'python',
      vulnerable: `import time\nimport jwt\n\ntoken = jwt.encode({"sub": user_id, "exp": int(time.time()) + 86400}, key, algorithm="HS256")`,
      fixed: `import time\nimport jwt\n\ntoken = jwt.encode({"sub": user_id, "exp": int(time.time()) + 900}, key, algorithm="HS256")`,
    },
  ],
  on: 'TokenIssue',
  *check(fact, ctx) {
    const use = textOf(fact.roles.use);
    if (use !== 'access' && use !== 'id' && use !== 'mfa' && use !== 'service' && use !== undefined) return;
    if (textOf(fact.roles.protection) === 'encrypted' || textOf(fact.roles.unit) !== undefined) return;
    const limit = ctx.limits.accessTokenMinutes * 60;
    for (const { seconds, place } of lifetimesOf(fact)) {
      if (seconds <= limit) continue;
      yield {
        at: reportPlace(fact, place),
        fix: {
          title: 'Let it live 15 minutes',
          kind: 'suggestion',
          steps: [{ lifetime: reportPlace(fact, place), was: seconds, seconds: Math.min(900, limit) }],
        },
        message: `The access token lives ${sayDuration(seconds)}; the limit is ${ctx.limits.accessTokenMinutes} minutes.`,
        related: [{ place: fact.at, message: 'The token is issued here.' }],
      };
      return;
    }
  },
});
