/**
 * What a change introduced, told from what was there before. Pure: reports of the base and of today in, marks on today's
 * findings out. A finding is the same if its fingerprint is, in its own file first, else in any other: code that moved
 * brings nothing new.
 */
import type { FileReport, Finding, ItemState, Verdict } from '../engine/index.js';

export interface Comparison {
  /** Findings of today, by id. */
  readonly changeOf: ReadonlyMap<string, 'new' | 'unchanged'>;
  /** Findings of the base that are gone. */
  readonly fixed: readonly Finding[];
  /** An item at the base; `undefined` where its file did not exist. */
  before(path: string, item: string): ItemState | undefined;
}

/** Compares two sets of reports. `pathBefore` follows renames; it is `undefined` for a file that is new. */
export function compareReports(
  base: readonly FileReport[],
  today: readonly FileReport[],
  pathBefore: (path: string) => string | undefined,
): Comparison {
  const baseByPath = new Map(base.map((report) => [report.path, report]));
  const left = new Map<string, Finding[]>();
  for (const { findings } of base) for (const finding of findings) push(left, keyOf(finding), finding);
  const changeOf = new Map<string, 'new' | 'unchanged'>();
  const take = (finding: Finding, isMatch: (candidate: Finding) => boolean): boolean => {
    const candidates = left.get(keyOf(finding)) ?? [];
    const at = candidates.findIndex(isMatch);
    if (at < 0) return false;
    candidates.splice(at, 1);
    changeOf.set(finding.id, 'unchanged');
    return true;
  };
  const all = today.flatMap(({ findings }) => findings);
  const elsewhere = all.filter((finding) => {
    const path = pathBefore(finding.path);
    return path === undefined || !take(finding, (candidate) => candidate.path === path);
  });
  // Today's own files have taken theirs: what is left has moved, or is gone.
  for (const finding of elsewhere) if (!take(finding, () => true)) changeOf.set(finding.id, 'new');
  return {
    changeOf,
    fixed: [...left.values()].flat().sort(byPlace),
    before: (path, item) => {
      const before = pathBefore(path);
      const report = before === undefined ? undefined : baseByPath.get(before);
      return report?.items.find(({ id }) => id === item);
    },
  };
}

/** Whether a reviewer must look at an item again: its verdict, or what it rests on, is not what it was. */
export function hasChanged(item: ItemState, before: ItemState | undefined): boolean {
  return before === undefined || before.verdict !== item.verdict || before.fingerprint !== item.fingerprint;
}

/** Whether a verdict got worse. */
export function isWorse(before: Verdict | null, today: Verdict | null): boolean {
  return before !== null && today !== null && BADNESS[today] > BADNESS[before];
}

const BADNESS: Readonly<Record<Verdict, number>> = { na: 0, pass: 0, review: 1, fail: 2 };

function keyOf({ rule, fingerprint }: Finding): string {
  return `${rule}\n${fingerprint}`;
}

function byPlace(a: Finding, b: Finding): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
