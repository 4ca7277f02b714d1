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
    const verdict = WORST_FIRST.find((candidate) => states.some(({ state }) => state.verdict === candidate)) ?? 'na';
    const behind = verdict === 'na' ? [] : states.filter(({ state }) => state.verdict === verdict);
    return { item, verdict, behind };
  });
}
