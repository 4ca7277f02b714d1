/**
 * Which files a review reads: those that were named or lie below a named folder, and around a single named file its
 * project, since a verdict may rest on another file (a login route whose tokens are revoked elsewhere).
 */
import { stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import {
  readNamedFile,
  readSource,
  relativePath,
  repositoryTop,
  systemMessage,
  walk,
  type Walked,
} from '../hosts/files.js';
import { isReviewable } from '../hosts/reviewable.js';
import { byCodeUnits, type FileError, type SkippedFile } from '../report/report.js';

export interface Inputs {
  /** Everything that the engine gets, by path. */
  readonly files: readonly InputFile[];
  readonly skipped: readonly SkippedFile[];
  readonly errors: readonly FileError[];
}

export interface InputFile {
  readonly path: string;
  readonly text: string;
  /** `named`: shown whatever it holds; `found`: shown if it is about auth; `context`: only helps to understand others. */
  readonly role: 'named' | 'found' | 'context';
  readonly languageId?: string;
}

/** Reads what the command line names. Never throws: what can't be read is among the errors. */
export async function readInputs(
  cwd: string,
  paths: readonly string[],
  progress: (count: number) => void,
): Promise<Inputs> {
  const collected = new Collected(progress);
  for (const path of paths) {
    const target = resolve(cwd, path);
    const found = await stat(target).catch((error: unknown) => error as NodeJS.ErrnoException);
    if (found instanceof Error) {
      collected.add({ kind: 'error', path: shown(cwd, target), message: systemMessage(found) }, 'named');
    } else if (found.isDirectory()) {
      for await (const walked of walk({ root: cwd, folder: target, git: 'ask' })) collected.add(walked, 'found');
      await addConfigurationAbove(cwd, target, collected);
    } else {
      await addNamedFile(cwd, target, collected);
    }
  }
  return collected.inputs();
}

/** The files around one that is reviewed alone, without the file itself. */
export async function readContext(cwd: string, target: string, progress: (count: number) => void): Promise<Inputs> {
  const collected = new Collected(progress);
  await addProjectAround(cwd, target, collected);
  const { files } = collected.inputs();
  return { files: files.filter(({ path }) => path !== shown(cwd, target)), skipped: [], errors: [] };
}

/** A path as it is shown: relative to the working directory. */
export function shown(cwd: string, target: string): string {
  return relativePath(cwd, target) || '.';
}

class Collected {
  private readonly files = new Map<string, InputFile>();
  private readonly skipped = new Map<string, SkippedFile>();
  private readonly errors = new Map<string, FileError>();
  private readonly progress: (count: number) => void;

  constructor(progress: (count: number) => void) {
    this.progress = progress;
  }

  add(walked: Walked, role: InputFile['role']): void {
    const { path } = walked;
    if (walked.kind === 'file') {
      const known = this.files.get(path);
      if (known === undefined || ROLE_RANK[role] < ROLE_RANK[known.role]) {
        this.files.set(path, { path, text: walked.text, role });
      }
      this.progress(this.files.size);
    } else if (role !== 'context') {
      if (walked.kind === 'skipped') this.skipped.set(path, { path, reason: walked.reason });
      else this.errors.set(path, { path, message: walked.message });
    }
  }

  inputs(): Inputs {
    const byPath = (a: { path: string }, b: { path: string }) => byCodeUnits(a.path, b.path);
    return {
      files: [...this.files.values()].sort(byPath),
      // A file that was named is reviewed even if a walk passed over it.
      skipped: [...this.skipped.values()].filter(({ path }) => !this.files.has(path)).sort(byPath),
      errors: [...this.errors.values()].sort(byPath),
    };
  }
}

const ROLE_RANK = { named: 0, found: 1, context: 2 };

async function addNamedFile(cwd: string, target: string, collected: Collected): Promise<void> {
  const walked = await readNamedFile({ root: cwd, git: 'ask', file: target });
  if (walked.kind === 'file' && !isReviewable(walked.path)) {
    collected.add({ kind: 'skipped', path: walked.path, reason: 'unknown language' }, 'named');
    return;
  }
  collected.add(walked, 'named');
  if (walked.kind === 'file') await addProjectAround(cwd, target, collected);
}

async function addProjectAround(cwd: string, target: string, collected: Collected): Promise<void> {
  const project = await projectOf(target);
  if (project === undefined) return addConfigurationAbove(cwd, dirname(target), collected);
  for await (const walked of walk({ root: cwd, folder: project, git: 'ask' })) collected.add(walked, 'context');
  await addConfigurationAbove(cwd, project, collected);
}

/** A configuration file above what is reviewed holds for it too, up to the top of the repository or working directory. */
async function addConfigurationAbove(cwd: string, folder: string, collected: Collected): Promise<void> {
  const isBelow = folder === cwd || folder.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep);
  const top = (await repositoryTop(folder)) ?? (isBelow ? cwd : folder);
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ['authlens.config.json', join('.authlens', 'baseline.json')]) {
      const file = join(at, name);
      const walked = await readSource(shown(cwd, file), file);
      if (walked.kind === 'file') collected.add(walked, 'context');
    }
    if (at === top || dirname(at) === at) return;
  }
}

/** What marks a project's folder, by the endings of its files. */
const MANIFESTS: readonly (readonly [endings: RegExp, manifests: readonly string[]])[] = [
  [/\.(?:[cm]?[jt]sx?|vue|svelte)$/, ['package.json', 'deno.json']],
  [/\.py$/, ['pyproject.toml', 'requirements.txt', 'setup.py', 'setup.cfg', 'Pipfile', 'manage.py']],
  [/\.go$/, ['go.mod']],
  [/\.(?:java|kts?)$/, ['pom.xml', 'build.gradle', 'build.gradle.kts']],
  [/\.php$/, ['composer.json']],
  [/\.rb$/, ['Gemfile']],
];

/** The nearest folder, upwards within the repository, that holds a manifest of the file's own ecosystem. */
async function projectOf(target: string): Promise<string | undefined> {
  const manifests = ['authlens.config.json', ...(MANIFESTS.find(([endings]) => endings.test(target))?.[1] ?? [])];
  const top = await repositoryTop(dirname(target));
  for (let at = dirname(target); ; at = dirname(at)) {
    for (const name of manifests) {
      if ((await stat(join(at, name)).catch(() => undefined))?.isFile() === true) return at;
    }
    if (at === top || dirname(at) === at) return undefined;
  }
}
