/** A person ticks items, or takes a tick back. A tick counts for what was seen: if that is not there any more, it is refused. */
import type { FileReport } from '../../engine/index.js';
import type { MarkAnswer, MarkParams, ReviewedCode, UnmarkParams } from '../../protocol.js';
import { maskSecrets } from '../../report/mask.js';
import { codeBehind } from '../../review/code-behind.js';
import { markFor, type MarkFile, type ReviewMark, withMark, withoutMark } from '../../review/mark.js';
import { acceptedReports } from '../accepted.js';
import type { Snapshot } from '../engine.js';
import type { Located } from '../projects.js';
import type { Reviews } from '../reviews.js';
import { reviewedItems, type ReviewedState, type ReviewView } from './review.js';

/** Ticks items of one file, all or none. */
export async function mark(
  reviews: Reviews,
  view: ReviewView,
  located: Located,
  { marks }: MarkParams,
  now: string,
): Promise<MarkAnswer> {
  const { snapshot } = view;
  const report = acceptedReports(snapshot).report(located.path);
  if (report === undefined) return { refused: 'The file is not reviewed.' };
  const stateById = new Map(reviewedItems(view, report).map((state) => [state.id as string, state]));
  const by = await reviews.reviewer(located.project);
  const made: ReviewMark[] = [];
  for (const { item, fingerprint, note } of marks) {
    const state = stateById.get(item);
    const refused = refusal(state, fingerprint, note);
    if (refused !== undefined) return { refused };
    made.push({
      item: state!.id,
      verdict: state!.verdict!,
      fingerprint,
      by,
      at: now,
      ...(note === undefined || note.trim() === '' ? {} : { note: note.trim() }),
      code: masked(snapshot, report, state!.item),
    });
  }
  return change(reviews, located, snapshot, (file) => made.reduce<MarkFile>((all, one) => withMark(all, one), file));
}

/** Takes the tick of an item back. */
export function unmark(
  reviews: Reviews,
  snapshot: Snapshot,
  located: Located,
  { item }: UnmarkParams,
): Promise<MarkAnswer> {
  const state = snapshot.report(located.path)?.items.find(({ id }) => id === item);
  if (state === undefined) return Promise.resolve({ refused: 'The file is not reviewed.' });
  return change(reviews, located, snapshot, (file) => withoutMark(file, state.id));
}

/** What an item's mark rested on, and what the verdict rests on today; `undefined` without a mark. */
export function reviewedCode(view: ReviewView, path: string, item: string): ReviewedCode | undefined {
  const report = acceptedReports(view.snapshot).report(path);
  const state = report?.items.find(({ id }) => id === item);
  if (report === undefined || state === undefined) return undefined;
  const found = markFor(state, view.marksOf(path));
  return found && { before: found.code, today: masked(view.snapshot, report, state) };
}

async function change(
  reviews: Reviews,
  located: Located,
  snapshot: Snapshot,
  edit: (file: MarkFile) => MarkFile,
): Promise<MarkAnswer> {
  try {
    const warning = await reviews.change(located, snapshot, edit);
    return warning === undefined ? {} : { warning };
  } catch (error) {
    return { refused: `The review could not be kept: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function refusal(state: ReviewedState | undefined, fingerprint: string, note: string | undefined): string | undefined {
  if (state === undefined || state.verdict === 'na' || state.verdict === null) return 'The item is not relevant here.';
  if (state.item.fingerprint !== fingerprint) return 'The code has changed in the meantime: look again.';
  if (state.verdict === 'fail' && state.progress !== 'done')
    return 'This fails: put it right, or accept it with a reason.';
  if (state.verdict === 'review' && (note === undefined || note.trim() === ''))
    return 'This is a question: it needs an answer.';
  return undefined;
}

function masked(snapshot: Snapshot, report: FileReport, item: ReviewedState['item']): string {
  return maskSecrets(
    codeBehind(item, report, (path) => snapshot.textOf(path)),
    [],
  );
}
