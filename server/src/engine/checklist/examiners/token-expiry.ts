import type { Place } from '../../base/span.js';
import { sayDuration } from '../../semantics/operators.js';
import { type Value, alternatives, isAbsent, textOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'token-expiry',
  *examine(_path, ctx) {
    for (const { roles, at } of ctx.facts('TokenIssue')) {
      const given = roles.lifetime.kind === 'absent' ? roles.expiresAt : roles.lifetime;
      // What a setting decides is looked at where it is set.
      if (isAbsent(given) === true || textOf(given) === 'never' || textOf(given) === 'by settings') continue;
      const known = alternatives(given).flatMap((v) =>
        v.kind === 'duration' && v.seconds !== undefined ? [v.seconds] : [],
      );
      if (known.length === alternatives(given).filter((v) => v.kind !== 'absent').length) {
        const longest = Math.max(...known);
        const use = textOf(roles.use) ?? 'access';
        const common = use === 'access' && longest > 900 ? ' (5 to 15 minutes are common)' : '';
        yield { evidence: `The ${use} token lives ${sayDuration(longest)}${common}.`, at };
      } else if (known.length === 0) {
        yield {
          question: `The lifetime ${whereFrom(given)}. What is it in production, and in which unit?`,
          at: placeIn(given, at),
        };
      }
    }
    for (const { roles, at } of ctx.facts('TokenCache')) {
      const renewal = textOf(roles.renewal);
      if (renewal === 'before end') yield { evidence: 'The cached token is renewed before its end.', at };
      else if (renewal === 'on 401') yield { evidence: 'The cached token is renewed when it is refused.', at };
    }
    const issued = ctx.all('TokenIssue');
    for (const { roles, at } of ctx.facts('TokenVerify')) {
      if (textOf(roles.signature) === 'skipped') continue;
      if (textOf(roles.expiry) === 'required') yield { evidence: 'A token without `exp` is refused.', at };
      else if (textOf(roles.expiry) === 'checked' && issued.length === 0 && textOf(roles.issuerKind) !== 'provider')
        yield {
          question: 'A token without `exp` is accepted here. Does the issuer always set one, and how long is it?',
          at,
        };
    }
  },
});

function whereFrom(value: Value): string {
  for (const option of alternatives(value)) {
    const by = option.kind === 'duration' || option.kind === 'moment' ? option.by : option;
    if (by?.kind === 'environment' && by.name) return `comes from \`${by.name}\`, which is not in the workspace`;
    if (by?.kind === 'parameter') return `comes from the parameter \`${by.name}\``;
  }
  return 'comes from configuration that is not seen here';
}

function placeIn(value: Value, at: Place): Place {
  return value.place?.path === at.path ? value.place : at;
}
