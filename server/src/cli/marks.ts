/** The review marks of this repository, by paths as they are shown. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileReport } from '../engine/index.js';
import { relativePath, repositoryTop, systemMessage } from '../hosts/files.js';
import { reviewFolder } from '../hosts/review-folder.js';
import type { FileError } from '../report/report.js';
import type { ReviewMark } from '../review/mark.js';
import { readReviews } from '../review/reviews.js';
import type { ReviewStore } from '../review/store.js';

export interface Marks {
  of(path: string): readonly ReviewMark[];
  readonly errors: readonly FileError[];
}

/** Where this repository's marks are, and how its paths are told from shown ones. */
export interface MarkPlace {
  readonly top: string;
  readonly store: ReviewStore;
  /** From a shown path to the repository's own. */
  inRepository(path: string): string;
  /** The shown path of a file of marks. */
  shownFile(path: string): string;
}

/** The marks of the repository around a folder; without one, of the folder itself. */
export async function markPlace(cwd: string): Promise<MarkPlace> {
  const top = (await repositoryTop(cwd)) ?? cwd;
  return {
    top,
    store: reviewFolder(top),
    inRepository: (path) => relativePath(top, join(cwd, path)),
    shownFile: (path) => relativePath(cwd, join(top, '.authlens', 'reviews', `${path}.jsonl`)),
  };
}

/** Reads the marks of some files. What can't be read is told, and nothing is ticked by it. */
export async function readMarks(cwd: string, reports: readonly FileReport[]): Promise<Marks> {
  const place = await markPlace(cwd);
  // Files outside the repository have no marks.
  const sources = reports
    .map((report) => ({ path: place.inRepository(report.path), report: () => report }))
    .filter(({ path }) => !path.startsWith('../'));
  try {
    const reviews = await readReviews(place.store, sources, (path) => existsSync(join(place.top, path)));
    return {
      of: (path) => reviews.of(place.inRepository(path)).marks,
      errors: reviews.problems.map(({ path, message }) => ({ path: place.shownFile(path), message })),
    };
  } catch (error) {
    return {
      of: () => [],
      errors: [{ path: relativePath(cwd, join(place.top, '.authlens')), message: systemMessage(error) }],
    };
  }
}
