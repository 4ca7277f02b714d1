import { sayDuration } from '../../semantics/operators.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'token-expiry',
  *examine(path, ctx) {
    for (const { roles, at } of ctx.facts('TokenIssue')) {
      const lifetime = roles.lifetime.kind === 'duration' ? roles.lifetime : roles.expiresAt;
      if (lifetime.kind === 'duration' && lifetime.seconds !== undefined) {
        yield { evidence: `The token lives ${sayDuration(lifetime.seconds)}.`, at };
      }
    }
    void path;
  },
});
