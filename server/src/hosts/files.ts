/**
 * Walks a folder for files to review: what git ignores, dependencies and caches are passed over in silence; what is
 * binary, too large, machine-made or not decodable is named with the reason; what can't be read is an error. Links are
 * never followed, so that no walk leaves its folder or goes round in circles. Entries come in a fixed order.
 */
import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { git } from './git.js';
import { isEnvironmentExample, isEnvironmentFile, isForeignFolder, isReviewable } from './reviewable.js';
import { decodeSource, LARGEST_FILE, machineMade, type SkipReason } from './source-text.js';

/** What a walk meets. `path` is relative to the walk's root, with `/`. */
export type Walked =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: SkipReason }
  | { readonly kind: 'error'; readonly path: string; readonly message: string };

export interface WalkOptions {
  /** Absolute. Reported paths are relative to it. */
  readonly root: string;
  /** Absolute; the folder to walk, when it is not the root itself. */
  readonly folder?: string;
  /**
   * Whether git may be asked which `.env` files it tracks. In an untrusted workspace it may not; then, as without git,
   * those files are silent.
   */
  readonly git: 'ask' | 'never';
}

/** All files below a folder that are worth a look, by path. */
export async function* walk(options: WalkOptions): AsyncGenerator<Walked> {
  const folder = options.folder ?? options.root;
  const above = await ignoreRulesAbove(folder);
  // A folder that is named counts, even if a rule above it says that it does not.
  const rules = isIgnored(above, folder, 'folder') ? [] : above;
  const tracked = options.git === 'ask' ? await trackedEnvironmentFiles(folder) : new Set<string>();
  yield* walkFolder({ root: options.root, tracked }, folderBytes(folder), rules);
}

/** Reads one file that was named by a person: what was written by machines, or is ignored, counts then. */
export async function readNamedFile(options: WalkOptions & { readonly file: string }): Promise<Walked> {
  const path = relativePath(options.root, options.file);
  if (isEnvironmentFile(path) && !isEnvironmentExample(path)) {
    const tracked = options.git === 'ask' ? await trackedEnvironmentFiles(dirname(options.file)) : new Set<string>();
    if (!tracked.has(options.file)) return { kind: 'skipped', path, reason: 'not tracked by git' };
  }
  return readSource(path, options.file);
}

/** Reads one file if a walk of its root would come to it and find it worth a look; `undefined` if not. */
export async function readWalkedFile(options: WalkOptions & { readonly path: string }): Promise<Walked | undefined> {
  const { root, path } = options;
  const folders = path.split('/').slice(0, -1);
  if (folders.some(isForeignFolder)) return undefined;
  let folder = root;
  let rules = [...(await ignoreRulesAbove(root)), ...(await ignoreRulesOf(root, join(root, '.gitignore')))];
  for (const name of folders) {
    folder = join(folder, name);
    if (isIgnored(rules, folder, 'folder')) return undefined;
    rules = [...rules, ...(await ignoreRulesOf(folder, join(folder, '.gitignore')))];
  }
  const file = join(root, path);
  const asksGit = options.git === 'ask' && isEnvironmentFile(path);
  const tracked = asksGit ? await trackedEnvironmentFiles(root) : new Set<string>();
  if (!isWanted({ root, tracked }, rules, file)) return undefined;
  // A walk never follows a link.
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() ? withoutMachineMade(await readSource(path, file)) : undefined;
}

/** Reads and decodes one file. The reasons `generated` and `minified` are left to `machineMade`. */
export async function readSource(path: string, file: string | Buffer): Promise<Walked> {
  try {
    // Without O_NONBLOCK, opening a pipe that took a file's place would wait for ever.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat();
      if (!found.isFile()) return { kind: 'error', path, message: 'is not a regular file' };
      if (found.size > LARGEST_FILE) return { kind: 'skipped', path, reason: 'too large' };
      const source = decodeSource(await handle.readFile());
      return source.kind === 'text'
        ? { kind: 'file', path, text: source.text }
        : { kind: 'skipped', path, reason: source.reason };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { kind: 'error', path, message: systemMessage(error) };
  }
}

/** A path as reports show it: relative to the root, with `/`. */
export function relativePath(root: string, file: string): string {
  const path = relative(root, file);
  return sep === '/' ? path : path.split(sep).join('/');
}

/** What the system says of a failed read, in words for one line. */
export function systemMessage(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ELOOP':
      return 'is a link that leads back to itself';
    case 'EISDIR':
      return 'is a folder';
    case 'ENOSPC':
      return 'no space left on the disk';
    default:
      return error instanceof Error ? error.message.split('\n')[0]! : String(error);
  }
}

interface Walk {
  readonly root: string;
  /** Absolute paths of the `.env` files that git tracks. */
  readonly tracked: ReadonlySet<string>;
}

/** One `.gitignore`, and the folder that its patterns are relative to. */
interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

async function* walkFolder(walk: Walk, bytes: Buffer, outer: readonly IgnoreRules[]): AsyncGenerator<Walked> {
  const folder = printable(bytes);
  const entries = await listFolder(bytes);
  if ('message' in entries) {
    yield { kind: 'error', path: relativePath(walk.root, folder) || '.', message: entries.message };
    return;
  }
  if (isPythonEnvironment(entries)) return;
  const hasRules = entries.some((entry) => entry.isFile() && printable(entry.name) === '.gitignore');
  const rules = hasRules ? [...outer, ...(await ignoreRulesOf(folder, join(folder, '.gitignore')))] : outer;
  for (const entry of entries) {
    const name = printable(entry.name);
    const file = join(folder, name);
    const child = Buffer.concat([bytes, Buffer.from(sep), entry.name]);
    if (entry.isDirectory()) {
      if (isForeignFolder(name) || isIgnored(rules, file, 'folder')) continue;
      yield* walkFolder(walk, child, rules);
    } else if (entry.isFile() && isWanted(walk, rules, file)) {
      yield withoutMachineMade(await readSource(relativePath(walk.root, file), child));
    }
  }
}

function isWanted(walk: Walk, rules: readonly IgnoreRules[], file: string): boolean {
  if (isEnvironmentFile(file) && !isEnvironmentExample(file)) return walk.tracked.has(file);
  return isReviewable(file) && !isIgnored(rules, file, 'file');
}

function withoutMachineMade(walked: Walked): Walked {
  if (walked.kind !== 'file') return walked;
  const reason = machineMade(walked.path, walked.text);
  return reason === undefined ? walked : { kind: 'skipped', path: walked.path, reason };
}

/** A virtual environment under a name of its own tells itself by its marker file. */
function isPythonEnvironment(entries: readonly Dirent<Buffer>[]): boolean {
  return entries.some((entry) => entry.isFile() && printable(entry.name) === 'pyvenv.cfg');
}

/** Entries as bytes, since a name need not be valid UTF-8, sorted by what is shown. */
async function listFolder(folder: Buffer): Promise<readonly Dirent<Buffer>[] | { readonly message: string }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    return entries.sort((a, b) => Buffer.compare(a.name, b.name));
  } catch (error) {
    return { message: systemMessage(error) };
  }
}

/** The deepest rule that speaks of a path decides; a folder above that is ignored has ended the walk before. */
function isIgnored(rules: readonly IgnoreRules[], file: string, what: 'file' | 'folder'): boolean {
  for (const { folder, rules: own } of rules.toReversed()) {
    const path = relativePath(folder, file) + (what === 'folder' ? '/' : '');
    const answer = own.test(path);
    if (answer.ignored) return true;
    if (answer.unignored) return false;
  }
  return false;
}

/** The rules of all folders from the repository's top down to a folder, that folder's own not included. */
async function ignoreRulesAbove(folder: string): Promise<readonly IgnoreRules[]> {
  const top = await repositoryTop(folder);
  if (top === undefined) return [];
  const folders: string[] = [];
  for (let at = folder; at !== top; ) {
    at = dirname(at);
    folders.unshift(at);
  }
  const excluded = await ignoreRulesOf(top, join(top, '.git', 'info', 'exclude'));
  const own = await Promise.all(folders.map((above) => ignoreRulesOf(above, join(above, '.gitignore'))));
  return [...excluded, ...own.flat()];
}

async function ignoreRulesOf(folder: string, file: string): Promise<readonly IgnoreRules[]> {
  // No such file, or none that can be read: then nothing is ignored.
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? [] : [{ folder, rules: ignore({ allowRelativePaths: true }).add(text) }];
}

/** The nearest folder, upwards, that holds a `.git`. */
export async function repositoryTop(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = await stat(join(at, '.git')).catch(() => undefined);
    if (found !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

async function trackedEnvironmentFiles(folder: string): Promise<ReadonlySet<string>> {
  const answer = await git(folder, ['ls-files', '-z', '--', ':(glob,icase)**/.env*', ':(glob,icase)**/*.env']);
  if (answer.kind === 'refused') return new Set();
  const paths = answer.stdout
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
  return new Set(paths.map((path) => join(folder, path)));
}

function folderBytes(folder: string): Buffer {
  return Buffer.from(folder.endsWith(sep) && folder.length > 1 ? folder.slice(0, -1) : folder, 'utf8');
}

/** A file name as text; bytes that are no UTF-8 are written out. */
function printable(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join('');
}
