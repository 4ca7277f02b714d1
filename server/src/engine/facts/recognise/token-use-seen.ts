/**
 * A function called `refresh` may well take an access token: it takes a refresh token only where the workspace makes
 * some, or where the token is called one.
 */
import { textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { defineRecogniser } from '../recogniser.js';
import { literal, withRoles } from './token-use.js';

export default defineRecogniser({
  name: 'token-use-seen',
  phase: 'workspace',
  order: 1,
  refine(fact, view) {
    if (fact.kind !== 'TokenVerify') return undefined;
    const { roles } = fact as Fact<'TokenVerify'>;
    if (textOf(roles.use) !== 'refresh' || textOf(roles.useFrom) !== 'function') return undefined;
    const issued = view.all('TokenIssue');
    if (issued.length === 0 || issued.some((issue) => textOf(issue.roles.use) === 'refresh')) return undefined;
    return withRoles(fact, { use: literal('access') });
  },
});
