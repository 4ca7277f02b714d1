/** What has changed in a repository since a revision, read from real history. Nothing of the repository is run. */
import { git, type GitSettings, withoutFilters } from './git.js';
import { LARGEST_FILE } from './source-text.js';

/** A change of the working tree against the merge base. Paths are relative to the repository's top. */
export interface RepositoryChange {
  /** The merge base. */
  readonly base: string;
  readonly files: readonly ChangedFile[];
  /** Names of those who wrote the change, without repeats. */
  readonly authors: readonly string[];
}

export interface ChangedFile {
  /** `undefined`: deleted. */
  readonly path: string | undefined;
  /** `undefined`: new. A renamed file has its old path here. */
  readonly before: { readonly path: string; readonly text: string | undefined } | undefined;
}

export type ChangeAnswer =
  | { readonly kind: 'change'; readonly change: RepositoryChange }
  | { readonly kind: 'refused'; readonly message: string };

/** The change of the working tree, untracked files included, against the merge base of a revision and `HEAD`. */
export async function changeSince(top: string, revision: string): Promise<ChangeAnswer> {
  const commit = await ask(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit === undefined) return refused(await whyUnknown(top, revision));
  const base = await ask(top, ['merge-base', '--end-of-options', commit, 'HEAD']);
  if (base === undefined) return refused(await whyUnrelated(top, revision));
  const settings = await withoutFilters(top);
  const changed = await changedFiles(top, base, settings);
  if (typeof changed === 'string') return refused(changed);
  const texts = await readBlobs(
    top,
    changed.flatMap(({ blob }) => (blob === undefined ? [] : [blob])),
  );
  if (typeof texts === 'string') return refused(texts);
  const files = changed.map(({ path, beforePath, blob }): ChangedFile => {
    const before = beforePath === undefined ? undefined : { path: beforePath, text: texts.get(blob!) };
    return { path, before };
  });
  const authors = await authorsOf(top, base, changed.length > 0);
  return { kind: 'change', change: { base, files: [...files, ...(await untrackedFiles(top))], authors } };
}

/** git's name for whoever works here. */
export async function userName(top: string): Promise<string | undefined> {
  return ask(top, ['config', '--get', 'user.name']);
}

interface RawChange {
  readonly path: string | undefined;
  readonly beforePath: string | undefined;
  readonly blob: string | undefined;
}

const SUBMODULE = '160000';
const LINK = '120000';

async function changedFiles(top: string, base: string, settings: GitSettings): Promise<readonly RawChange[] | string> {
  const options = ['--raw', '-z', '--no-abbrev', '-M', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all'];
  const answer = await git(top, ['diff', ...options, '--end-of-options', base, '--'], { settings });
  if (answer.kind === 'refused') return answer.message;
  const fields = answer.stdout.toString('utf8').split('\0');
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [modeBefore, mode, blob, , status] = fields[at]!.slice(1).split(' ');
    const isPair = status!.startsWith('R') || status!.startsWith('C');
    const first = fields[at + 1]!;
    const second = isPair ? fields[at + 2]! : first;
    at += isPair ? 3 : 2;
    // Other repositories and links are passed over, as in a walk.
    const isOrdinary = (one: string | undefined) => one !== SUBMODULE && one !== LINK && one !== '000000';
    const path = status === 'D' || !isOrdinary(mode) ? undefined : second;
    const isOld = isOrdinary(modeBefore) && !status!.startsWith('C') && status !== 'A';
    if (path === undefined && !isOld) continue;
    changes.push({ path, beforePath: isOld ? first : undefined, blob: isOld ? blob : undefined });
  }
  return changes;
}

async function untrackedFiles(top: string): Promise<readonly ChangedFile[]> {
  const answer = await git(top, ['ls-files', '-z', '--others', '--exclude-standard']);
  if (answer.kind === 'refused') return [];
  const paths = answer.stdout.toString('utf8').split('\0');
  return paths.filter((path) => path !== '' && !path.endsWith('/')).map((path) => ({ path, before: undefined }));
}

/** The texts of blobs by id; those too large to be reviewed are left out. */
async function readBlobs(top: string, ids: readonly string[]): Promise<ReadonlyMap<string, string> | string> {
  const unique = [...new Set(ids)];
  const sizes = await git(top, ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'], {
    input: lines(unique),
  });
  if (sizes.kind === 'refused') return sizes.message;
  const wanted: string[] = [];
  for (const line of sizes.stdout.toString('utf8').split('\n')) {
    const [id, type, size] = line.split(' ');
    if (type === 'missing') return 'the base is not whole here (a partial clone): fetch its files first';
    if (type === 'blob' && Number(size) <= LARGEST_FILE) wanted.push(id!);
  }
  const answer = await git(top, ['cat-file', '--batch'], { input: lines(wanted) });
  if (answer.kind === 'refused') return answer.message;
  const texts = new Map<string, string>();
  for (let at = 0; at < answer.stdout.length; ) {
    const end = answer.stdout.indexOf(0x0a, at);
    const [id, , size] = answer.stdout.subarray(at, end).toString('utf8').split(' ');
    texts.set(
      id!,
      answer.stdout
        .subarray(end + 1, end + 1 + Number(size))
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
    at = end + 1 + Number(size) + 1;
  }
  return texts;
}

async function authorsOf(top: string, base: string, isDirty: boolean): Promise<readonly string[]> {
  const format = '%an%n%(trailers:key=Co-authored-by,valueonly)';
  const answer = await git(top, ['log', '--no-mailmap', `--format=${format}`, '--end-of-options', `${base}..HEAD`]);
  const written = answer.kind === 'refused' ? [] : answer.stdout.toString('utf8').split('\n');
  const own = isDirty ? [(await userName(top)) ?? ''] : [];
  const names = [...written, ...own].map((line) => line.replace(/<[^>]*>/g, '').trim()).filter((name) => name !== '');
  return [...new Set(names)].sort();
}

async function whyUnknown(top: string, revision: string): Promise<string> {
  if ((await ask(top, ['rev-parse', '--verify', '--quiet', 'HEAD'])) === undefined)
    return 'this repository has no commit yet';
  const hint = (await isShallow(top))
    ? ' (the history here is cut off: fetch it whole, with git fetch --unshallow)'
    : '';
  return `there is no revision "${revision}"${hint}`;
}

async function whyUnrelated(top: string, revision: string): Promise<string> {
  return (await isShallow(top))
    ? `the history here is cut off before "${revision}" and HEAD meet: fetch it whole, with git fetch --unshallow`
    : `"${revision}" and HEAD have no history in common`;
}

async function isShallow(top: string): Promise<boolean> {
  return (await ask(top, ['rev-parse', '--is-shallow-repository'])) === 'true';
}

/** The first line of an answer, or `undefined`. */
async function ask(top: string, args: readonly string[]): Promise<string | undefined> {
  const answer = await git(top, args);
  const line = answer.kind === 'output' ? answer.stdout.toString('utf8').split('\n')[0]!.trim() : '';
  return line === '' ? undefined : line;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function refused(message: string): ChangeAnswer {
  return { kind: 'refused', message };
}
