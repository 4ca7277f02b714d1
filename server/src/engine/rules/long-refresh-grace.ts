import { sayDuration } from '../semantics/operators.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'long-refresh-grace',
  item: 'refresh-rotation',
  title: 'A used refresh token is accepted again for long',
  why: 'A grace of some seconds lets a client whose answer was lost try again. Minutes or hours give a thief the same: within them a used token is as good as a new one.',
  attack:
    'An attacker reads a refresh token from a log a minute after it was used. The grace is an hour, so the server takes it for a second try and answers with new tokens.',
  remedy: 'Keep the grace below a minute, and end the session when a used token comes later than that.',
  severities: ['info'],
  precision: 'high',
  cwe: [294],
  references: ['RFC 9700 §4.14.2'],
  examples: [
    {
      language: 'python',
      vulnerable: `OAUTH2_PROVIDER = {"ROTATE_REFRESH_TOKEN": True, "REFRESH_TOKEN_GRACE_PERIOD_SECONDS": 3600}`,
      fixed: `OAUTH2_PROVIDER = {"ROTATE_REFRESH_TOKEN": True, "REFRESH_TOKEN_GRACE_PERIOD_SECONDS": 30}`,
    },
  ],
  on: 'RefreshExchange',
  *check({ roles, at }) {
    if (roles.grace.kind !== 'duration' || roles.grace.seconds === undefined || roles.grace.seconds <= 60) return;
    yield { at, message: `A used refresh token is accepted again for ${sayDuration(roles.grace.seconds)}.` };
  },
});
