import { textOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'scopes',
  *examine(path, ctx) {
    for (const { roles, at } of ctx.all('ScopeRequest')) {
      if (at.path !== path) continue;
      const level = textOf(roles.level);
      const use = textOf(roles.use);
      const scope = textOf(roles.scope);
      if (textOf(roles.from) === 'configuration') yield { question: 'Which scopes are set in production?', at };
      else if (level === 'identity') yield { evidence: `\`${scope}\` says who somebody is, and no more.`, at };
      else if (level === 'neutral' || level === 'admin' || textOf(roles.from) === 'request') continue;
      else if (scope !== undefined && /\.default$/.test(scope))
        yield {
          question: 'Which permissions were granted to this application at the provider? Only those it uses?',
          at,
        };
      else if (textOf(roles.grant) === 'client') yield { evidence: `\`${scope}\` is one named right of an API.`, at };
      else if (use === 'used' || use === 'read') yield { evidence: `\`${scope}\` is used here.`, at };
      else if (use === 'identity' && (level === 'full' || level === 'write')) continue;
      else if (scope !== undefined)
        yield { question: `\`${scope}\` goes beyond saying who somebody is. Which feature needs it, and where?`, at };
      else yield { question: 'Which scopes does this request ask for, and which of them are used?', at };
    }
    for (const { roles, at } of ctx.facts('ScopeCheck')) {
      const comparison = textOf(roles.comparison);
      if (comparison === 'membership' || comparison === 'library')
        yield { evidence: 'The scope is looked for as a whole name.', at };
    }
    for (const { roles, at } of ctx.facts('ScopeGrant'))
      if (textOf(roles.limitedBy) === 'list')
        yield { evidence: 'What is asked for is held against what may be granted.', at };
  },
});
