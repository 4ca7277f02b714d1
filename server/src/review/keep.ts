/** Writes marks of one file, follows a rename, and never writes over a file that can't be trusted. */
import type { FileReport } from '../engine/index.js';
import { formatMarks, type MarkFile, parseMarks } from './mark.js';
import { readReviews } from './reviews.js';
import type { ReviewStore } from './store.js';

/** A corrupt file that was put out of the way. */
export interface SetAside {
  /** The source path under which the marks were kept. */
  readonly path: string;
  readonly problem: string;
  readonly aside: string;
}

/** Whose marks are changed. `path` is the store's own. */
export interface MarkedFile {
  readonly path: string;
  report(): FileReport | undefined;
}

/** Changes the marks of a file. Tells what was set aside, if anything. */
export async function keepMarks(
  store: ReviewStore,
  file: MarkedFile,
  exists: (path: string) => boolean,
  change: (marks: MarkFile) => MarkFile,
): Promise<SetAside | undefined> {
  const { path } = file;
  const reviews = await readReviews(store, [file], exists);
  const keptAt = reviews.keptAt(path);
  const { marks, unknown, problem } = parseMarks((await store.read(keptAt)) ?? '');
  const setAside = problem === undefined ? undefined : { path: keptAt, problem, aside: await store.setAside(keptAt) };
  await store.write(path, formatMarks(change({ marks, unknown })));
  if (keptAt !== path && setAside === undefined) await store.remove(keptAt);
  return setAside;
}
