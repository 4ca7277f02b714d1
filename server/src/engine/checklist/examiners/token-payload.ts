import type { Fact } from '../../facts/kinds.js';
import { isAbsent, textOf } from '../../semantics/value.js';
import { fieldOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'token-payload',
  *examine(_path, ctx) {
    for (const fact of ctx.facts('TokenIssue')) {
      const { roles, at } = fact;
      if (isAbsent(roles.payload) === true) continue;
      if (textOf(roles.protection) === 'encrypted') {
        yield { evidence: 'The token is encrypted.', at };
      } else if (textOf(roles.whole) === 'unknown') {
        yield {
          question:
            'The payload comes from an object that is not seen here. Which fields can it hold, and who adds fields to it?',
          at: roles.whole.place ?? at,
        };
      } else {
        const names = namesOf(fact);
        yield {
          evidence:
            names.length > 0
              ? `The claims are ${names.map((n) => `\`${n}\``).join(', ')}.`
              : 'Only registered claims go into the token.',
          at,
        };
      }
    }
  },
});

function namesOf(fact: Fact<'TokenIssue'>): readonly string[] {
  const { claims } = fact.roles;
  return claims.kind === 'list' ? claims.items.flatMap((item) => textOf(fieldOf(item, 'name')) ?? []) : [];
}
