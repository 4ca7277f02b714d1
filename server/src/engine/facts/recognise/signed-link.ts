/** Tokens of mailed links that are no JWTs: how long one lives is said where it is opened. */
import type { Expr } from '../../ir/ir.js';
import { ONE_TIME_USES, useOfName } from '../../semantics/token-uses.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser } from '../recogniser.js';
import { literal, useByNames } from './token-use.js';

export default defineRecogniser({
  name: 'signed-link',
  phase: 'file',
  order: 3,
  *recognise(view) {
    for (const link of view.facts('LinkOpen')) {
      const use = textUse(link) ?? useByNames(link, view, ['token']);
      if (use === undefined || !ONE_TIME_USES.has(use)) continue;
      yield {
        ...link,
        kind: 'TokenIssue',
        roles: withAbsent({ lifetime: link.roles.lifetime, use: literal(use), protection: literal('signed') }),
      } as unknown as Fact;
    }
  },
});

/** `salt="email-confirm"`. */
function textUse(link: Fact<'LinkOpen'>) {
  const call = link.node as Expr | undefined;
  if (call?.kind !== 'call') return undefined;
  for (const { value } of call.args) {
    const use = value.kind === 'literal' && typeof value.value === 'string' ? useOfName(value.value) : undefined;
    if (use) return use;
  }
  return undefined;
}
