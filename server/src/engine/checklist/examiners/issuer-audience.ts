import type { Value } from '../../semantics/value.js';
import { alternatives, booleanOf, isAbsent, textOf, textsOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'issuer-audience',
  *examine(_path, ctx) {
    for (const { roles, at } of ctx.facts('TokenVerify')) {
      if (textOf(roles.signature) === 'skipped') continue;
      if (isAbsent(roles.issuer) === true || isAbsent(roles.audience) === true) continue;
      const empty = booleanOf(roles.emptyMeansSkip)
        ? [roles.issuer, roles.audience].flatMap((v) => mayBeEmpty(v) ?? [])
        : [];
      if (empty.length > 0) {
        yield {
          question: `The check is skipped when the value is empty. Is \`${empty[0]}\` always set in production, and does the service refuse to start without it?`,
          at,
        };
      } else {
        yield { evidence: `Issuer ${say(roles.issuer)} and audience ${say(roles.audience)} are required.`, at };
      }
    }
  },
});

/** The name of a variable that may be missing or empty. */
function mayBeEmpty(value: Value): string | undefined {
  for (const option of alternatives(value)) {
    if (option.kind === 'environment' && !option.checked && !option.fallback) return option.name ?? 'the setting';
  }
  return undefined;
}

function say(value: Value): string {
  const texts = textsOf(value);
  if (texts && !(texts.length === 1 && texts[0] === 'checked')) return texts.map((t) => `\`${t}\``).join(', ');
  return value.kind === 'environment' && value.name ? `from \`${value.name}\`` : '(as configured)';
}
