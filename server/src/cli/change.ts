/**
 * `--since`: the change under review. What decides about findings (configuration, baseline) is taken from the merge base,
 * so that a change cannot acquit itself; what it would have added is listed.
 */
import { join, resolve, sep } from 'node:path';
import { addedLines, type Silencing } from '../changes/silencing.js';
import { readSource, relativePath, repositoryTop } from '../hosts/files.js';
import { type ChangedFile, changeSince, type RepositoryChange } from '../hosts/git-history.js';
import { isReviewable } from '../hosts/reviewable.js';
import { byCodeUnits } from '../report/report.js';
import { parseBaseline } from '../review/baseline.js';
import { parseMarks } from '../review/mark.js';
import type { Change } from './engine-door.js';
import type { InputFile, Inputs } from './inputs.js';
import { UsageError } from './terminal.js';

/** A change, in paths as they are shown. */
export interface ChangePlan {
  readonly revision: string;
  readonly base: string;
  readonly authors: ReadonlySet<string>;
  /** Today's inputs, with what decides about findings as it was at the base. */
  readonly inputs: Inputs;
  /** What turns today's workspace into the base's. */
  readonly toBase: readonly Change[];
  /** Paths of the base whose files are gone. */
  readonly deleted: readonly string[];
  /** Where a file was at the base; `undefined` for a new one. */
  pathBefore(path: string): string | undefined;
  isTouched(path: string): boolean;
  /** What the change adds to configuration, baseline and marks. */
  readonly silencing: readonly Silencing[];
}

/** Reads the change since a revision, and turns the inputs of a whole run into those of a comparison. */
export async function planChange(
  cwd: string,
  revision: string,
  paths: readonly string[],
  inputs: Inputs,
): Promise<ChangePlan> {
  const top = await repositoryTop(cwd);
  if (top === undefined) throw new UsageError('--since: this folder is in no git repository');
  const answer = await changeSince(top, revision);
  if (answer.kind === 'refused') throw new UsageError(`--since: ${answer.message}`);
  const files = shownFiles(cwd, top, answer.change).filter(isWithin(cwd, paths));
  const today = await todaysTexts(cwd, files);
  const before = new Map(files.flatMap((file) => (file.path === undefined ? [] : [[file.path, file.before?.path]])));
  const touched = new Set(before.keys());
  return {
    revision,
    base: answer.change.base,
    authors: new Set(answer.change.authors.map((name) => name.toLowerCase())),
    inputs: governedByBase(inputs, files, today),
    toBase: files.flatMap(toBase),
    deleted: files.flatMap((file) => (file.path === undefined && file.before !== undefined ? [file.before.path] : [])),
    pathBefore: (path) => (touched.has(path) ? before.get(path) : path),
    isTouched: (path) => touched.has(path),
    silencing: files.flatMap((file) => silencingOf(file, today)),
  };
}

/** Files that decide what counts as a finding. */
const GOVERNING = /(?:^|\/)(?:authlens\.config\.json|\.authlens\/baseline\.json)$/;
const MARKS = /(?:^|\/)\.authlens\/reviews\/.+\.jsonl$/;

function shownFiles(cwd: string, top: string, change: RepositoryChange): readonly ChangedFile[] {
  const show = (path: string) => relativePath(cwd, join(top, path));
  return change.files.map(({ path, before }) => ({
    path: path === undefined ? undefined : show(path),
    before: before === undefined ? undefined : { ...before, path: show(before.path) },
  }));
}

/** Whether a file lies below what was named; what governs lies above it, and counts all the same. */
function isWithin(cwd: string, paths: readonly string[]): (file: ChangedFile) => boolean {
  const named = paths.map((path) => resolve(cwd, path));
  const isNamed = (path: string | undefined) => {
    if (path === undefined) return false;
    if (GOVERNING.test(path) || MARKS.test(path)) return true;
    const file = resolve(cwd, path);
    return named.some((one) => file === one || file.startsWith(one.endsWith(sep) ? one : one + sep));
  };
  return ({ path, before }) => isNamed(path) || isNamed(before?.path);
}

async function todaysTexts(cwd: string, files: readonly ChangedFile[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { path } of files) {
    if (path === undefined || !(isReviewable(path) || MARKS.test(path))) continue;
    const walked = await readSource(path, resolve(cwd, path));
    if (walked.kind === 'file') texts.set(path, walked.text);
  }
  return texts;
}

/** Today's files, but those that govern as they were; a changed file counts even if an ignore-rule now hides it. */
function governedByBase(inputs: Inputs, files: readonly ChangedFile[], today: ReadonlyMap<string, string>): Inputs {
  const byPath = new Map(inputs.files.map((file) => [file.path, file]));
  const known = new Set([...byPath.keys(), ...inputs.skipped.map(({ path }) => path)]);
  for (const { path, before } of files) {
    const governs = GOVERNING.test(path ?? before!.path);
    if (governs && path !== undefined) byPath.delete(path);
    if (governs && before?.text !== undefined) {
      byPath.set(before.path, { path: before.path, text: before.text, role: 'context' });
    }
    if (governs || path === undefined || known.has(path) || !isReviewable(path)) continue;
    const text = today.get(path);
    if (text !== undefined) byPath.set(path, { path, text, role: 'found' } satisfies InputFile);
  }
  return { ...inputs, files: [...byPath.values()].sort((a, b) => byCodeUnits(a.path, b.path)) };
}

function toBase({ path, before }: ChangedFile): readonly Change[] {
  if (GOVERNING.test(path ?? before!.path)) return [];
  const gone: readonly Change[] = path !== undefined && path !== before?.path ? [{ kind: 'remove', path }] : [];
  if (before === undefined || !isReviewable(before.path)) return gone;
  return [
    ...gone,
    before.text === undefined
      ? { kind: 'remove', path: before.path }
      : { kind: 'write', path: before.path, text: before.text },
  ];
}

function silencingOf({ path, before }: ChangedFile, texts: ReadonlyMap<string, string>): readonly Silencing[] {
  const today = path === undefined ? undefined : texts.get(path);
  if (path === undefined || today === undefined) return [];
  const touched = { path, before: before?.text ?? '', today };
  if (path.endsWith('authlens.config.json')) {
    return addedLines('configuration', touched, (line) =>
      /\w/.test(line) && !line.startsWith('//') ? line : undefined,
    );
  }
  if (MARKS.test(path)) {
    return addedLines('review mark', touched, (line) => {
      const [mark] = parseMarks(line).marks;
      return mark === undefined ? undefined : `${mark.item}, by ${mark.by}`;
    });
  }
  return GOVERNING.test(path) ? addedEntries(path, touched.before, today) : [];
}

function addedEntries(path: string, before: string, today: string): readonly Silencing[] {
  const entries = (text: string) => {
    const file = parseBaseline(text);
    return file.kind === 'baseline' ? file.entries : [];
  };
  const known = new Set(entries(before).map(({ fingerprint }) => fingerprint));
  return entries(today)
    .filter(({ fingerprint }) => !known.has(fingerprint))
    .map((entry) => ({ kind: 'baseline', path, text: `${entry.rule} in ${entry.path}: ${entry.reason}` }));
}
