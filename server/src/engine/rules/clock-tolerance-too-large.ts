import { sayDuration } from '../semantics/operators.js';
import { alternatives } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'clock-tolerance-too-large',
  item: 'token-expiry',
  title: 'The clock tolerance is larger than 10 minutes',
  why: 'The tolerance is added to the life of every token. It is there for clocks that differ by seconds.',
  attack: 'A stolen token goes on working for as long as the tolerance lasts after its end, and nobody sees why.',
  remedy: 'Allow seconds, at most a few minutes.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 9.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['HS256'], clockTolerance: 3600 });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['HS256'], clockTolerance: 30 });`,
    },
  ],
  on: 'TokenVerify',
  *check({ roles, at }) {
    for (const option of alternatives(roles.clockTolerance)) {
      if (option.kind !== 'duration' || option.seconds === undefined || option.seconds <= 600) continue;
      yield {
        at: option.place ?? at,
        fix: {
          title: 'Allow one minute',
          kind: 'suggestion',
          steps: [{ lifetime: option.place ?? at, was: option.seconds, seconds: 60 }],
        },
        message: `Tokens are accepted for ${sayDuration(option.seconds)} after their end.`,
      };
      return;
    }
  },
});
