/** How far the review of a file has come. */
import type { Accepted, ChecklistItemId, Verdict } from '../engine/index.js';
import type { MarkState } from './mark.js';

/** What is asked of an item's state here: a report's item and an editor's have it. */
export interface Reviewable {
  readonly id: ChecklistItemId;
  readonly verdict: Verdict | null;
  readonly findings: readonly string[];
  readonly reviewed: MarkState | null;
}

/** `open`: somebody must look; `done`: somebody has; `settled`: nobody needs to. */
export type ItemProgress = 'open' | 'done' | 'settled';

/**
 * Whether an item waits for somebody. `pass` and `review` need a mark that holds. A `fail` can't be ticked away: it is
 * open until it is put right or every finding behind it is accepted with a reason.
 */
export function itemProgress(item: Reviewable, acceptedById: ReadonlyMap<string, Accepted | null>): ItemProgress {
  switch (item.verdict) {
    case 'na':
    case null:
      return 'settled';
    case 'fail': {
      const areAccepted =
        item.findings.length > 0 && item.findings.every((id) => (acceptedById.get(id) ?? null) !== null);
      return areAccepted ? 'done' : 'open';
    }
    case 'pass':
    case 'review':
      return item.reviewed !== null && !item.reviewed.stale ? 'done' : 'open';
  }
}

export type FileProgress = 'fresh' | 'in review' | 'reviewed' | 'stale';

/** The state of a file, from its items. A file with nothing relevant is reviewed. */
export function fileProgress(
  items: readonly Reviewable[],
  acceptedById: ReadonlyMap<string, Accepted | null>,
): FileProgress {
  const progress = items.map((item) => itemProgress(item, acceptedById));
  if (!progress.includes('open')) return 'reviewed';
  if (items.some(({ reviewed }) => reviewed?.stale === true)) return 'stale';
  return items.some(({ reviewed }) => reviewed !== null) ? 'in review' : 'fresh';
}
