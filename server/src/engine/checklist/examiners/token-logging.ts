import { isAbsent, textOf, textsOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'token-logging',
  *examine(path, ctx) {
    for (const { roles, at } of ctx.facts('CredentialFlow')) {
      const redactor = textOf(roles.redactor);
      if (isAbsent(roles.redactor) === true || textOf(roles.sink) !== 'log') continue;
      const kind = textsOf(roles.kinds)?.[0] ?? 'a credential';
      yield {
        question: `This log entry may carry the ${kind}. Does \`${redactor}\` remove it here, nested fields included?`,
        at,
      };
    }
    const [first] = ctx.facts('Credential').toSorted((a, b) => a.at.span.start - b.at.span.start);
    if (!first) return;
    const logs = ctx.facts('LogWrite').length;
    const errors = ctx.facts('ErrorResponse').length;
    const kind = textOf(first.roles.kind) ?? 'credential';
    const looked = [
      logs > 0 ? `${logs} log ${logs === 1 ? 'entry' : 'entries'}` : '',
      errors > 0 ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
    ].filter((text) => text !== '');
    yield {
      evidence:
        looked.length > 0
          ? `${looked.join(' and ')} of this file ${logs + errors === 1 ? 'holds' : 'hold'} neither the ${kind} nor another credential.`
          : `Nothing in this file logs the ${kind} or answers it in an error.`,
      at: first.at,
    };
    void path;
  },
});
