import { textOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'identity-source',
  *examine(path, ctx) {
    for (const { roles, at } of ctx.facts('AccessStatement')) {
      if (textOf(roles.item) !== 'identity-source') continue;
      const question = textOf(roles.question);
      const evidence = textOf(roles.evidence);
      if (question !== undefined) yield { question, at };
      else if (evidence !== undefined) yield { evidence, at };
    }
    void path;
  },
});
