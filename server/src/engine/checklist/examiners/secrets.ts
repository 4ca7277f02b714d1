import { environmentOf, isDemanded, literalFallback, literalTexts } from '../../facts/secret-value.js';
import { sayPurpose } from '../../facts/secret-words.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'secrets',
  *examine(path, ctx) {
    for (const { roles, at } of ctx.facts('SecretUse')) {
      const purpose = sayPurpose(textOf(roles.purpose));
      const file = textOf(roles.file);
      const variable = environmentOf(roles.value);
      const name = variable?.name ?? textOf(roles.name);
      if (file === 'example' || (file === 'configuration' && !variable)) {
        if (literalTexts(roles.value).length > 0) yield { evidence: `\`${name}\` has no real value here.`, at };
        continue;
      }
      if (literalFallback(roles.value) || literalTexts(roles.value).length > 0) continue;
      if (textOf(roles.purpose) === 'token') continue;
      if (isDemanded(roles.value)) {
        yield { evidence: `The ${purpose} is read from \`${name}\`, and the program stops when it is missing.`, at };
      } else if (variable && textOf(roles.whenMissing) === 'throws') {
        yield { evidence: `The ${purpose} is read from \`${name}\`; the library refuses to start without it.`, at };
      } else if (variable) {
        yield {
          question: `\`${name ?? 'The variable'}\` is read without a check. What happens when it is not set: does the service refuse to start, or does it run with an empty key?`,
          at,
        };
      } else if (isFromElsewhere(roles.value)) {
        yield {
          question: `The ${purpose} comes from configuration that is not visible here. Is it set, strong, and kept out of the repository wherever this runs?`,
          at,
        };
      }
    }
    void path;
  },
});

/** A value that some configuration or store hands over; a parameter is the caller's matter. */
function isFromElsewhere(value: Value): boolean {
  return alternatives(value).some(
    (v) => v.kind === 'result' || v.kind === 'member' || v.kind === 'external' || v.kind === 'call',
  );
}
