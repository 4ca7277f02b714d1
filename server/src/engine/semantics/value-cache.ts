/**
 * Values that outlive a revision: an expression that is still there has the same value as long as no file that its value
 * was read from has changed. What depends on who calls a function is remembered for one revision only.
 */
import type { Expr } from '../ir/ir.js';
import type { FileIndex } from './file-index.js';
import type { ProjectView } from './project.js';
import type { Value } from './value.js';

export interface RememberedValue {
  readonly value: Value;
  readonly reads: ReadonlySet<string>;
}

interface Entry extends RememberedValue {
  readonly files: readonly (FileIndex | undefined)[];
  /** The last revision in which it was found valid. */
  epoch: object;
}

export interface ValueCache {
  readonly entries: WeakMap<Expr, Entry>;
}

/** The mark in a read set of what was asked of a function's callers. */
export const READ_USAGE = '\0usage';
/** The mark of an answer that was cut short by a cycle or a limit, and depends on where the question began. */
export const CUT_SHORT = '\0cut';

/** An empty cache. One for each workspace; begun anew when files come or go. */
export function valueCache(): ValueCache {
  return { entries: new WeakMap() };
}

/** The value of an expression from an earlier question, if it still holds. */
export function recall(cache: ValueCache, project: ProjectView, expr: Expr): RememberedValue | undefined {
  const entry = cache.entries.get(expr);
  if (!entry) return undefined;
  if (entry.epoch === project) return entry;
  let i = 0;
  for (const path of entry.reads) if (project.file(path) !== entry.files[i++]) return undefined;
  entry.epoch = project;
  return entry;
}

/** Remembers a value, unless it holds for this question or this revision only. */
export function remember(
  cache: ValueCache,
  project: ProjectView,
  expr: Expr,
  value: Value,
  reads: ReadonlySet<string>,
): boolean {
  if (reads.has(READ_USAGE) || reads.has(CUT_SHORT)) return false;
  cache.entries.set(expr, { value, reads, files: [...reads].map((path) => project.file(path)), epoch: project });
  return true;
}
