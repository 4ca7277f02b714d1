/**
 * Review marks: a person looked at an item of a file and was satisfied. A mark belongs to code, through the fingerprint
 * of what the verdict rested on; it never changes a verdict. Pure: texts in, texts out.
 */
import { CHECKLIST, type ChecklistItemId, type ItemState, type Verdict } from '../engine/index.js';

export interface ReviewMark {
  readonly item: ChecklistItemId;
  readonly verdict: Verdict;
  /** `r1:…`, as it was when the mark was made. */
  readonly fingerprint: string;
  /** git's `user.name`: unauthenticated. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly note?: string;
  /** What the verdict rested on, masked: for the diff when it has changed. */
  readonly code: string;
}

/** One file of marks: `.authlens/reviews/<path of the source file>.jsonl`. */
export interface MarkFile {
  readonly marks: readonly ReviewMark[];
  /** Lines that a later version may understand: kept as they are. */
  readonly unknown: readonly string[];
  /** Why the file can't be trusted as a whole, if so; what could be read is above all the same. */
  readonly problem?: string;
}

export const EMPTY_MARK_FILE: MarkFile = { marks: [], unknown: [] };

/** Reads a file of marks. Total: a line that is no JSON makes the file corrupt, and no other line unread. */
export function parseMarks(text: string): MarkFile {
  const marks: ReviewMark[] = [];
  const unknown: string[] = [];
  let problem: string | undefined;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(line)) {
      problem ??= `line ${at + 1}: a merge conflict is not resolved`;
      continue;
    }
    const value = jsonOf(line);
    if (value === undefined) problem ??= `line ${at + 1}: is no review mark`;
    else if (isMark(value)) marks.push(value);
    else unknown.push(line);
  }
  return { marks, unknown, ...(problem === undefined ? {} : { problem }) };
}

/** Writes a file of marks: one a line, sorted by item, so that branches merge. */
export function formatMarks({ marks, unknown }: MarkFile): string {
  const lines = [...marks]
    .sort((a, b) => compare(a.item, b.item) || compare(a.at, b.at))
    .map(({ item, verdict, fingerprint, by, at, note, code }) =>
      JSON.stringify({ item, verdict, fingerprint, by, at, ...(note === undefined ? {} : { note }), code }),
    );
  return [...lines, ...unknown].map((line) => `${line}\n`).join('');
}

/** A file of marks with one more; earlier marks of the same item give way. */
export function withMark(file: MarkFile, mark: ReviewMark): MarkFile {
  return { ...file, marks: [...file.marks.filter(({ item }) => item !== mark.item), mark] };
}

/** A file of marks without those of an item. */
export function withoutMark(file: MarkFile, item: ChecklistItemId): MarkFile {
  return { ...file, marks: file.marks.filter((mark) => mark.item !== item) };
}

/** What a mark says of an item today. */
export interface MarkState {
  readonly by: string;
  readonly at: string;
  readonly note: string | null;
  /** What it rested on has changed since. */
  readonly stale: boolean;
}

/** The mark that holds for an item: of several, after a merge, the newest whose fingerprint holds, or else the newest. */
export function markFor(item: ItemState, marks: readonly ReviewMark[]): ReviewMark | undefined {
  const own = marks.filter((mark) => mark.item === item.id).sort((a, b) => compare(b.at, a.at));
  return own.find((mark) => holds(mark, item)) ?? own[0];
}

/** Whether what a mark rested on is still there. */
export function holds(mark: ReviewMark, item: ItemState): boolean {
  return item.fingerprint !== undefined && mark.fingerprint === item.fingerprint;
}

/** An item's mark as reports show it; an item that is not relevant any more has none. */
export function markState(item: ItemState, marks: readonly ReviewMark[]): MarkState | null {
  const mark = item.verdict === 'na' ? undefined : markFor(item, marks);
  if (mark === undefined) return null;
  return { by: mark.by, at: mark.at, note: mark.note ?? null, stale: !holds(mark, item) };
}

const ITEMS: ReadonlySet<string> = new Set(CHECKLIST.map(({ id }) => id));
const VERDICTS: ReadonlySet<unknown> = new Set(['fail', 'review', 'pass', 'na']);

function isMark(value: unknown): value is ReviewMark {
  if (typeof value !== 'object' || value === null) return false;
  const mark = value as Readonly<Record<string, unknown>>;
  const isText = (field: unknown) => typeof field === 'string' && field !== '';
  return (
    ITEMS.has(mark.item as string) &&
    VERDICTS.has(mark.verdict) &&
    [mark.fingerprint, mark.by, mark.at].every(isText) &&
    typeof mark.code === 'string' &&
    (mark.note === undefined || typeof mark.note === 'string')
  );
}

function jsonOf(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
