/**
 * An examiner says, for one checklist item and one file, what was looked at: evidence for `pass`, questions for
 * `review`. Findings come from rules alone; an item is never `pass` because nothing was seen.
 */
import type { Place } from '../base/span.js';
import type { RuleContext } from '../rules/rule.js';
import type { ChecklistItemId } from './items.js';

export type Statement =
  /** Something the item rests on that is in order. */
  | { readonly evidence: string; readonly at: Place }
  /** What a person must decide. */
  | { readonly question: string; readonly at: Place };

export interface Examiner {
  readonly item: ChecklistItemId;
  /** Looks at the facts of one file (`ctx.facts`), and at the workspace where the item asks for it. */
  examine(path: string, ctx: RuleContext): Iterable<Statement>;
}

/** Declares an examiner; its file in `examiners/` is named after the item. */
export function defineExaminer(examiner: Examiner): Examiner {
  return examiner;
}
