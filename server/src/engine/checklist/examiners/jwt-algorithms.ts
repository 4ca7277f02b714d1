import { booleanOf, isAbsent, settled, textOf, textsOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'jwt-algorithms',
  *examine(_path, ctx) {
    for (const { roles, at } of ctx.facts('TokenVerify')) {
      if (textOf(roles.signature) === 'skipped' || booleanOf(roles.unsigned)) continue;
      const listed = textsOf(settled(roles.algorithms));
      if (listed && listed.length > 0) {
        yield {
          evidence: `Only ${listed.map((a) => `\`${a}\``).join(', ')} ${listed.length === 1 ? 'is' : 'are'} accepted.`,
          at,
        };
      } else if (isAbsent(roles.algorithms) === true) {
        const choice = textOf(roles.choice);
        if (choice === 'library-fixes') yield { evidence: 'The library accepts one configured algorithm.', at };
        else if (choice === 'key-fixes-one' || (choice === 'key-fixes-family' && !booleanOf(roles.articleList)))
          yield { evidence: 'The key decides which algorithm is accepted.', at };
      } else {
        yield {
          question:
            'The accepted algorithms come from somewhere that is not seen here. Which are they in production, and can anyone but the operator set them?',
          at: roles.algorithms.place?.path === at.path ? roles.algorithms.place : at,
        };
      }
    }
    for (const { roles, at } of ctx.facts('TokenDecode')) {
      if (textOf(roles.reaches) === 'caller')
        yield {
          question:
            'This reads the token without checking its signature. Does anything that decides who the user is, or what they may do, use the result?',
          at,
        };
    }
  },
});
