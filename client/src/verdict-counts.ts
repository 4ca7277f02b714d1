/** How many items of a checklist have which verdict. */
import type { ChecklistEntry } from '../../server/src/protocol.js';

export interface VerdictCounts {
  /** Items with a finding that is not accepted. */
  readonly fail: number;
  readonly review: number;
  readonly pass: number;
}

export function verdictCounts(items: readonly ChecklistEntry[]): VerdictCounts {
  const count = (verdict: ChecklistEntry['verdict']) => items.filter((entry) => entry.verdict === verdict).length;
  return { fail: items.filter(isOpenFail).length, review: count('review'), pass: count('pass') };
}

/** The counts in words, worst first; empty if nothing on the checklist is relevant. */
export function verdictSummary(items: readonly ChecklistEntry[]): string {
  const { fail, review, pass } = verdictCounts(items);
  const parts = [
    { count: fail, words: 'to fix' },
    { count: review, words: 'to review' },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0) return pass > 0 ? `${pass} in order` : '';
  return parts.map(({ count, words }) => `${count} ${words}`).join(' · ');
}

function isOpenFail(entry: ChecklistEntry): boolean {
  return (
    entry.verdict === 'fail' && entry.places.some((place) => place.kind === 'finding' && place.accepted === undefined)
  );
}
