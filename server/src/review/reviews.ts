/** The marks of many files, read from a store, with those of renamed files followed to where the code is now. */
import type { FileReport } from '../engine/index.js';
import { EMPTY_MARK_FILE, holds, type MarkFile, parseMarks, type ReviewMark } from './mark.js';
import type { ReviewStore } from './store.js';

export interface Reviews {
  /** The marks of a source file, or none. */
  of(path: string): MarkFile;
  /** The path under which a file's marks are kept, when it is not its own: it was renamed. */
  keptAt(path: string): string;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

export interface ReviewedSource {
  readonly path: string;
  report(): FileReport | undefined;
}

/**
 * Reads the marks of some files. A file without marks inherits those of a path that is gone, if they hold for its code:
 * the fingerprint says so, not the name.
 */
export async function readReviews(
  store: ReviewStore,
  sources: readonly ReviewedSource[],
  exists: (path: string) => boolean,
): Promise<Reviews> {
  const files = new Map<string, MarkFile>();
  const problems: { path: string; message: string }[] = [];
  const marked = await store.list();
  const read = async (path: string): Promise<MarkFile> => {
    const file = parseMarks((await store.read(path)) ?? '');
    if (file.problem !== undefined) problems.push({ path, message: file.problem });
    return file;
  };
  const wanted = new Set(sources.map(({ path }) => path));
  for (const path of marked) if (wanted.has(path)) files.set(path, await read(path));

  const moved = new Map<string, string>();
  const orphans = marked.filter((path) => !exists(path));
  if (orphans.length > 0) {
    const homeless = sources.filter(({ path }) => !files.has(path));
    for (const orphan of orphans) {
      const file = await read(orphan);
      const heir = heirOf(file.marks, homeless, moved);
      if (heir === undefined) continue;
      moved.set(heir, orphan);
      files.set(heir, file);
    }
  }
  return {
    of: (path) => files.get(path) ?? EMPTY_MARK_FILE,
    keptAt: (path) => moved.get(path) ?? path,
    problems,
  };
}

/** The file for which most of the marks hold; at least one. */
function heirOf(
  marks: readonly ReviewMark[],
  candidates: readonly ReviewedSource[],
  taken: ReadonlyMap<string, string>,
): string | undefined {
  let best: { path: string; count: number } | undefined;
  for (const { path, report } of candidates) {
    if (taken.has(path)) continue;
    const items = report()?.items ?? [];
    const count = marks.filter((mark) => items.some((item) => item.id === mark.item && holds(mark, item))).length;
    if (count > (best?.count ?? 0)) best = { path, count };
  }
  return best?.path;
}
