import { lifetimesOf, reportPlace } from '../facts/lifetimes.js';
import { sayDuration } from '../semantics/operators.js';
import { alternatives, numberOf, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

/** What is meant, as a multiple of what is read; texts of seconds are read as milliseconds. */
const MEANT: Readonly<Record<string, number>> = {
  milliseconds: 1 / 1000,
  seconds: 1000,
  minutes: 60,
  hours: 3600,
  days: 86_400,
};

export default defineRule({
  id: 'token-lifetime-in-wrong-unit',
  item: 'token-expiry',
  title: 'A lifetime is given in one unit and read in another',
  why: '`exp` counts seconds. Milliseconds in its place make a token that outlives its users.',
  attack:
    'The token that was meant for 15 minutes is valid for days, or for thousands of years. Whoever finds it needs no hurry.',
  remedy: 'Give a text with a unit (`15m`), or seconds: divide milliseconds by 1000.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 9.2.1'],
  examples: [
    {
      language: 'python',
      vulnerable: `import time\nimport jwt\n\ntoken = jwt.encode({"sub": user_id, "exp": time.time() * 1000 + 900_000}, KEY, algorithm="HS256")`,
      fixed: `import time\nimport jwt\n\ntoken = jwt.encode({"sub": user_id, "exp": int(time.time()) + 900}, KEY, algorithm="HS256")`,
    },
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: id }, key, { expiresIn: 15 * 60 * 1000 });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst token = jwt.sign({ sub: id }, key, { expiresIn: 15 * 60 });`,
    },
  ],
  on: 'TokenIssue',
  *check(fact) {
    const { roles, at } = fact;
    for (const option of alternatives(roles.expiresAt)) {
      if (option.kind === 'moment' && option.unit === 'ms') {
        yield {
          at: reportPlace(fact, option.place),
          message: '`exp` counts seconds and is given milliseconds: the token ends in tens of thousands of years.',
          related: [{ place: at, message: 'The token is issued here.' }],
        };
        return;
      }
      const n = numberOf(option);
      if (n !== undefined && n >= 0 && n < 1_000_000_000) {
        yield {
          at: reportPlace(fact, option.place),
          message: '`exp` is a moment, not a span: this one was in the past when the token was made.',
          severity: 'warning',
        };
        return;
      }
    }
    const unit = textOf(roles.unit);
    if (unit === undefined) return;
    const { seconds, place } = lifetimesOf(fact)[0] ?? { seconds: 0, place: undefined };
    const long = seconds > 3600;
    const factor = MEANT[unit];
    const written = place ?? roles.lifetime.place;
    yield {
      ...(written && factor !== undefined && seconds > 0
        ? {
            fix: {
              title: 'Give it in the unit in which it is read',
              kind: 'suggestion',
              steps: [{ lifetime: written, was: seconds, seconds: seconds * factor }],
            },
          }
        : {}),
      at: reportPlace(fact, place ?? roles.lifetime.place),
      message: `The lifetime is meant in ${unit} and read otherwise: the token lives ${sayDuration(seconds)}.`,
      severity: long ? 'error' : 'warning',
      related: [{ place: at, message: 'The token is issued here.' }],
    };
  },
});
