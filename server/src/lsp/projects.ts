/**
 * The root folders of the window, each with a workspace of its own, and one more for documents that belong to none
 * (untitled ones, and files from elsewhere). What is open wins over what is on disk.
 */
import { languageIdOf } from '../engine/index.js';
import type { Change, Engine, WorkspaceOptions } from './engine.js';
import type { ReviewPlace, ReviewStorage } from '../review/store.js';
import type { OpenDocument } from './documents.js';
import { Project } from './project.js';
import { pathBelow, plainUri, uriBelow } from './uris.js';

/** A file as a host reads it: its text, or why there is none. */
export type ReadFile =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: string }
  | { readonly kind: 'error'; readonly path: string; readonly message: string };

/** What the server needs of the machine it runs on. */
export interface ServerHost {
  /** AuthLens's own version. */
  readonly version: string;
  workspaceOptions(log: WorkspaceOptions['log']): WorkspaceOptions;
  /** All files below a root folder that are worth a look. Never throws. */
  readFolder(root: string, git: 'ask' | 'never'): AsyncIterable<ReadFile>;
  /** One file, if a walk of its root folder would come to it. Never throws. */
  readFile(root: string, path: string, git: 'ask' | 'never'): Promise<ReadFile | undefined>;
  /** Why a document is not reviewed although somebody opened it; `undefined` if it is. Never throws. */
  refusal(root: string | undefined, path: string, text: string, git: 'ask' | 'never'): Promise<string | undefined>;
  /** Where the review marks of a folder are kept; `undefined` where nothing can be. */
  reviewPlace(folder: string, storage: ReviewStorage): Promise<ReviewPlace | undefined>;
  /** The name under which a person marks. */
  reviewerName(folder: string | undefined, git: 'ask' | 'never'): Promise<string>;
}

/** Where a document is: in which workspace, and under which path. */
export interface Located {
  readonly project: Project;
  readonly path: string;
}

/** Small enough that an edit never waits long behind it. */
const FILES_AT_ONCE = 8;

export interface ProjectsOptions {
  readonly engine: Engine;
  readonly host: ServerHost;
  readonly git: 'ask' | 'never';
  isOpen(uri: string): boolean;
  changed(): void;
  log: WorkspaceOptions['log'];
}

export class Projects {
  readonly #options: ProjectsOptions;
  readonly #projects: Project[] = [];
  readonly #refused = new Set<string>();
  #loose: Promise<Project> | undefined;
  /** What was said of documents and files is taken in one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: ProjectsOptions) {
    this.#options = options;
  }

  get all(): readonly Project[] {
    return this.#projects;
  }

  async add(root: string): Promise<Project> {
    const project = await this.#create(root.replace(/\/$/, ''));
    this.#projects.push(project);
    return project;
  }

  remove(root: string): void {
    const at = this.#projects.findIndex((project) => plainUri(project.root!) === plainUri(root.replace(/\/$/, '')));
    if (at >= 0) this.#projects.splice(at, 1)[0]!.dispose();
  }

  /** Where a document is, once everything that was said before is taken in. */
  async locate(uri: string): Promise<Located> {
    await this.#queue;
    return this.#place(uri);
  }

  open(document: OpenDocument): Promise<void> {
    return this.#inTurn('open', async () => {
      const { project, path } = await this.#place(document.uri);
      const text = document.content.getText();
      const refusal = await this.#options.host.refusal(project.root, path, text, this.#options.git);
      if (refusal !== undefined) {
        this.#options.log('info', `${path}: not reviewed, ${refusal}`);
        this.#refused.add(document.uri);
        void project.change([{ kind: 'remove', path }]);
        return;
      }
      this.#refused.delete(document.uri);
      // The path's own ending tells the language as it does everywhere else; the editor's word counts where none does.
      const known = languageIdOf(path) !== undefined;
      void project.change([{ kind: 'write', path, text, ...(known ? {} : { languageId: document.languageId }) }]);
    });
  }

  edit(document: OpenDocument): Promise<void> {
    const { edits } = document;
    if (edits === undefined) return this.open(document);
    // The document moves on while this waits for its turn.
    const text = document.content.getText();
    return this.#inTurn('edit', async () => {
      if (this.#refused.has(document.uri)) return;
      const { project, path } = await this.#place(document.uri);
      void project.change([{ kind: 'edit', path, edits, text }]);
    });
  }

  /** A closed document is again what it is on disk. */
  close(uri: string): Promise<void> {
    return this.#inTurn('close', async () => {
      this.#refused.delete(uri);
      const { project, path } = await this.#place(uri);
      await this.#readAgain(project, [path]);
    });
  }

  /** Reads all files of a root folder, some at a time. */
  async load(project: Project, progress: (files: number) => void): Promise<void> {
    let batch: Change[] = [];
    let files = 0;
    const flush = async () => {
      // A document may have been opened while its file was being read.
      const changes = batch.filter((change) => !this.#options.isOpen(uriOf(project, change.path)));
      batch = [];
      if (changes.length > 0) await project.change(changes);
      progress(files);
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
    };
    for await (const read of this.#options.host.readFolder(project.root!, this.#options.git)) {
      if (read.kind === 'error') this.#options.log('warn', `${read.path}: ${read.message}`);
      if (read.kind === 'skipped') this.#options.log('debug', `${read.path}: skipped, ${read.reason}`);
      if (read.kind !== 'file') continue;
      files += 1;
      batch.push({ kind: 'write', path: read.path, text: read.text });
      if (batch.length >= FILES_AT_ONCE) await flush();
    }
    await flush();
  }

  /** Takes note of files that were written, made or removed on disk. */
  changedOnDisk(uris: readonly string[]): Promise<void> {
    return this.#inTurn('watched files', async () => {
      const pathsByProject = new Map<Project, Set<string>>();
      for (const uri of uris) {
        if (this.#options.isOpen(uri)) continue;
        const found = this.#placeOnDisk(uri);
        if (found === undefined) continue;
        const paths = pathsByProject.get(found.project) ?? new Set();
        pathsByProject.set(found.project, paths.add(found.path));
      }
      for (const [project, paths] of pathsByProject) await this.#readAgain(project, [...paths].sort());
    });
  }

  /** The deepest root folder that holds the document, else the workspace of those without one. */
  async #place(uri: string): Promise<Located> {
    const found = this.#placeOnDisk(uri);
    if (found !== undefined) return found;
    this.#loose ??= this.#create(undefined);
    return { project: await this.#loose, path: uri };
  }

  #placeOnDisk(uri: string): Located | undefined {
    return this.#projects
      .map((project) => ({ project, path: pathBelow(project.root!, uri) }))
      .filter((found): found is Located => found.path !== undefined)
      .sort((a, b) => a.path.length - b.path.length)[0];
  }

  #inTurn(what: string, step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.#options.log('error', `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
    return this.#queue;
  }

  async #readAgain(project: Project, paths: readonly string[]): Promise<void> {
    const known = (await project.snapshot()).paths;
    const changes: Change[] = [];
    for (const path of paths) {
      const { root } = project;
      const read = root === undefined ? undefined : await this.#options.host.readFile(root, path, this.#options.git);
      if (read?.kind === 'file') changes.push({ kind: 'write', path, text: read.text });
      else changes.push(...removals(path, known));
    }
    await project.change(changes.filter((change) => !this.#options.isOpen(uriOf(project, change.path))));
  }

  async #create(root: string | undefined): Promise<Project> {
    const { engine, host, log, changed } = this.#options;
    const workspace = await engine.createWorkspace(host.workspaceOptions(log));
    return new Project({ root, workspace, changed, log: (message) => log('error', message) });
  }
}

/** A folder that is gone takes along what was in it. */
function removals(path: string, known: readonly string[]): Change[] {
  const within = known.filter((other) => other.startsWith(`${path}/`));
  return [path, ...within].map((gone) => ({ kind: 'remove', path: gone }));
}

/** The URI of a path of a project. */
export function uriOf(project: Project, path: string): string {
  return project.root === undefined ? path : uriBelow(project.root, path);
}
