/** The checklist of more than one file: an item shows its worst verdict and the files behind it. */
import { CHECKLIST, type ChecklistItem, type Verdict } from '../engine/index.js';
import type { ReviewedFile, ReviewedItem } from './report.js';

export interface FoldedItem {
  readonly item: ChecklistItem;
  readonly verdict: Verdict | null;
  /** The files in which the item has that verdict, by path; none for `na`. */
  readonly behind: readonly { readonly file: ReviewedFile; readonly state: ReviewedItem }[];
}

const WORST_FIRST: readonly (Verdict | null)[] = ['fail', 'review', null, 'pass', 'na'];

/** All sixteen items over some files. */
export function foldChecklist(files: readonly ReviewedFile[]): readonly FoldedItem[] {
  return CHECKLIST.map((item) => {
    const states = files.flatMap((file) => {
      const state = file.items.find(({ id }) => id === item.id);
      return state === undefined ? [] : [{ file, state }];
    });
    const verdict = worstOf(states.map(({ state }) => state.verdict));
    const behind = verdict === 'na' ? [] : states.filter(({ state }) => state.verdict === verdict);
    return { item, verdict, behind };
  });
}

/** `fail` > `review` > `null` > `pass` > `na`; `na` for no verdict at all. */
export function worstOf(verdicts: readonly (Verdict | null)[]): Verdict | null {
  const worst = WORST_FIRST.find((candidate) => verdicts.includes(candidate));
  return worst === undefined ? 'na' : worst;
}
