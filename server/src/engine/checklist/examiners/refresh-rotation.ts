import { textOf, textsOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

const ENDS: Readonly<Record<string, string>> = {
  delete: 'The old refresh token is deleted when it is used',
  mark: 'The old refresh token is marked when it is used, and the lookup refuses it',
  replace: 'The stored refresh token is replaced by the new one',
  version: 'The old refresh token ends by a new version of the account’s tokens',
  blocklist: 'The old refresh token is put on a blocklist that is read',
  binding: 'The refresh token is bound to a key of the client',
  settings: 'The library replaces and ends the refresh token at each use',
};

const REUSE: Readonly<Record<string, string>> = {
  family: '; reuse ends the whole session.',
  rejected: '; reuse is refused.',
  unnoticed: '; a reused one looks like any unknown token.',
};

export default defineExaminer({
  item: 'refresh-rotation',
  *examine(path, ctx) {
    for (const { roles, at } of ctx.all('RefreshExchange')) {
      if (at.path !== path && !(textsOf(roles.files) ?? []).includes(path)) continue;
      if (textOf(roles.flaw) !== undefined) continue;
      const end = textOf(roles.end) ?? '';
      if (textOf(roles.side) === 'client') {
        const kept = textOf(roles.kept);
        if (kept === 'new' || kept === 'new or old' || kept === 'library')
          yield { evidence: 'The new refresh token of the response is kept.', at };
        else if (
          kept === 'access only' &&
          (textOf(roles.clientKind) === 'confidential' || textOf(roles.recognisedBy) === 'route')
        )
          yield {
            question:
              'Does the provider hand out a new refresh token at refresh? If so, this code must keep it; if not, is the client confidential, so that the token alone is worth nothing?',
            at,
          };
        continue;
      }
      if (end === 'unknown')
        yield {
          question:
            'Does this call make the presented refresh token unusable on every success path, and does the lookup refuse a token that was used before?',
          at: roles.end.place ?? at,
        };
      else if (ENDS[end])
        yield {
          evidence: `${ENDS[end]}${end === 'settings' || end === 'binding' ? '.' : REUSE[textOf(roles.reuse) ?? 'unnoticed']}`,
          at: roles.end.place ?? at,
        };
    }
    const issues = ctx
      .facts('TokenIssue')
      .filter(({ roles }) => textOf(roles.use) === 'refresh' && textOf(roles.useFrom) !== 'default');
    const issue = issues[0];
    if (issue && !ctx.all('RefreshExchange').some(({ roles }) => textOf(roles.side) !== 'client'))
      yield {
        question:
          'Refresh tokens are issued here, but no endpoint that exchanges them is in sight. Where are they exchanged, and is the old one ended there?',
        at: issue.at,
      };
  },
});
