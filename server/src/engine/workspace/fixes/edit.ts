/** One change of a text, and how several are put together. */
import { overlaps, type Span } from '../../base/span.js';

export interface Edit {
  readonly path: string;
  readonly span: Span;
  readonly text: string;
  /** An insertion that another one at the same place may follow: an entry after an entry, a line after a line. */
  readonly joins?: boolean;
  /** A record that is made here, and may hold the entries of another one that would be made at the same place. */
  readonly grows?: { readonly entries: readonly string[]; write(entries: readonly string[]): string };
}

/** Edits that make a record at one place make one record. */
export function grownTogether(edits: readonly Edit[]): readonly Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const at = result.findIndex((other) => other.grows && edit.grows && isAtSamePlace(other, edit));
    const other = result[at];
    if (!other?.grows || !edit.grows) {
      result.push(edit);
      continue;
    }
    const entries = [...other.grows.entries, ...edit.grows.entries];
    result[at] = { ...other, text: other.grows.write(entries), grows: { ...other.grows, entries } };
  }
  return result;
}

function isAtSamePlace(a: Edit, b: Edit): boolean {
  return a.path === b.path && a.span.start === b.span.start && a.span.end === b.span.end;
}

/** A text with edits applied; they must not clash. */
export function applyEdits(text: string, edits: readonly { readonly span: Span; readonly text: string }[]): string {
  let result = text;
  const ordered = edits
    .map((edit, i) => ({ edit, i }))
    .sort((a, b) => b.edit.span.start - a.edit.span.start || b.i - a.i);
  for (const { edit } of ordered) result = result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end);
  return result;
}

/** Whether two edits cannot both be made. */
export function clash(a: Edit, b: Edit): boolean {
  if (a.grows && b.grows && isAtSamePlace(a, b)) return false;
  if (a.path !== b.path || !overlaps(a.span, b.span)) return false;
  const isInsertion = (e: Edit) => e.span.start === e.span.end;
  if (isInsertion(a) && isInsertion(b)) return !(a.joins && b.joins);
  if (isInsertion(a) || isInsertion(b)) {
    // An insertion right beside a replaced text is no clash.
    const [point, other] = isInsertion(a) ? [a.span.start, b.span] : [b.span.start, a.span];
    return other.start < point && point < other.end;
  }
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

/** Edits without repeats of the same one. */
export function distinct(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter((edit, i) => edits.findIndex((other) => isSame(edit, other)) === i);
}

/** Whether two edits say the same. */
export function isSame(a: Edit, b: Edit): boolean {
  return a.path === b.path && a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}
