/** Where the review marks of a folder are kept: in its repository, or in the editor's private storage. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReviewPlace, ReviewStorage } from '../review/store.js';
import { relativePath, repositoryTop } from './files.js';
import { userName } from './git-history.js';
import { reviewFolder } from './review-folder.js';

/** The place for a folder that is named by URI; `undefined` where nothing can be kept. */
export async function reviewPlace(folder: string, storage: ReviewStorage): Promise<ReviewPlace | undefined> {
  if (!folder.startsWith('file:')) return privatePlace(folder, storage, () => true);
  const root = fileURLToPath(folder);
  const top = await repositoryTop(root);
  const base = top ?? root;
  const keyOf = (path: string) => relativePath(base, join(root, path));
  const exists = (key: string) => existsSync(join(base, key));
  if (storage.kind === 'repository') return { store: reviewFolder(base), keyOf, exists };
  const place = await privatePlace(base, storage, exists);
  return place && { ...place, keyOf };
}

/** The name under which a person marks: git's, or the machine's where git may not be asked or does not know. */
export async function reviewerName(folder: string | undefined, git: 'ask' | 'never'): Promise<string> {
  const fromGit = git === 'ask' && folder?.startsWith('file:') ? await userName(fileURLToPath(folder)) : undefined;
  return fromGit ?? userInfo().username;
}

/** One folder of marks for each base, so that equal paths in two repositories stay apart. */
async function privatePlace(
  base: string,
  { folder }: ReviewStorage,
  exists: (key: string) => boolean,
): Promise<ReviewPlace | undefined> {
  if (!folder?.startsWith('file:')) return undefined;
  const name = createHash('sha256').update(base).digest('hex').slice(0, 16);
  const own = join(fileURLToPath(folder), name);
  await mkdir(own, { recursive: true });
  return { store: reviewFolder(own), keyOf: (path) => path, exists };
}
