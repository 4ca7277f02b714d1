/** One client's session: reads its root folders, follows changes on disk, and says when answers may have changed. */
import {
  DidChangeWatchedFilesNotification,
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type TextDocuments,
} from 'vscode-languageserver';
import {
  changedMethod,
  type ChangedParams,
  type FileChecklist,
  type FileReview,
  type ReviewParams,
  type ReviewScope,
  type ScopeReview,
} from '../protocol.js';
import type { ReviewedFile } from '../report/report.js';
import { isAboutAuth as isShown } from '../report/report.js';
import type { Abilities } from './abilities.js';
import { acceptedReports } from './accepted.js';
import type { OpenDocument } from './documents.js';
import type { Snapshot } from './engine.js';
import { diagnostics, openFindings, problems } from './features/diagnostics.js';
import { reviewedFile } from './features/report.js';
import { fileChecklist, fileReview, isAboutAuth, type ReviewView } from './features/review.js';
import { throwIfCancelled } from './guard.js';
import { afterPause } from './pause.js';
import type { Project } from './project.js';
import { type Projects, uriOf } from './projects.js';
import type { Reviews } from './reviews.js';
import { type Source, SteadyFindings, TYPING_PAUSE } from './steady.js';
import { plainUri } from './uris.js';

/** How long changes must pause before diagnostics are pushed and others are told. */
const PAUSE = 150;
/** How long a first answer waits for the other files of the workspace: what it says may rest on them. */
const PATIENCE = 2000;

/** A check that takes less, in milliseconds, is in nobody's way. */
const CHEAP = 50;
/** How long an answer waits for a pause in typing. */
const LONGEST_WAIT = 800;

export interface SessionOptions {
  readonly connection: Connection;
  readonly documents: TextDocuments<OpenDocument>;
  readonly projects: Projects;
  readonly reviews: Reviews;
  readonly abilities: Abilities;
  log(message: string): void;
}

export class Session {
  readonly projects: Projects;
  readonly abilities: Abilities;
  readonly reviews: Reviews;
  /** Called after each change of a workspace. */
  readonly announce: () => void;
  readonly #options: SessionOptions;
  readonly #steady = new SteadyFindings(() => Date.now());
  /** Once typing pauses, what was kept back is shown. */
  readonly #lookAgain = afterPause(TYPING_PAUSE, () => {
    this.#refresh();
    this.announce();
  });
  /** The checklists of open documents as they were last answered. */
  readonly #lastGood = new Map<string, FileChecklist>();
  /** How long a check took, in milliseconds, and when somebody has edited last. */
  #cost = 0;
  #editedAt = 0;
  #revision = 0;
  #loading = 0;
  #firstLoad: Promise<unknown> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.projects = options.projects;
    this.abilities = options.abilities;
    this.reviews = options.reviews;
    this.announce = afterPause(PAUSE, () => void this.#attempt('announce', () => this.#announceNow()));
  }

  /** The client is ready: reads the root folders and follows what happens there. */
  begin(): void {
    const { connection } = this.#options;
    for (const project of this.projects.all) this.#load(project);
    if (this.abilities.watchesFiles) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
    }
    if (this.abilities.changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        void this.#attempt('folders', async () => {
          for (const folder of removed) this.projects.remove(folder.uri);
          for (const folder of added) this.#load(await this.projects.add(folder.uri));
          // Open documents may have got another home.
          for (const document of this.#options.documents.all()) await this.projects.open(document);
        });
      });
    }
  }

  changedOnDisk(uris: readonly string[]): void {
    void this.#attempt('watched files', async () => {
      this.reviews.forget();
      const files = uris.filter((uri) => !uri.endsWith('/.gitignore'));
      await this.projects.changedOnDisk(files);
      if (files.length < uris.length) for (const project of this.projects.all) this.#load(project);
      this.#refresh();
      this.announce();
    });
  }

  /**
   * Lets what has come in the meantime be taken in before something is computed. Where that takes long, it also waits
   * until typing pauses: nobody reads what the next keystroke makes old, and the keystroke would wait behind it.
   */
  async calm(token?: CancellationToken): Promise<void> {
    for (;;) {
      const wait = this.#cost < CHEAP ? 0 : this.#editedAt + Math.min(this.#cost, LONGEST_WAIT) - Date.now();
      await new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, wait)));
      if (token !== undefined) throwIfCancelled(token);
      if (wait <= 0) return;
    }
  }

  /** Takes note of an open document's new text. */
  edited(document: OpenDocument): void {
    this.#editedAt = Date.now();
    this.#steady.edited(document);
    void this.projects.edit(document);
  }

  closed(uri: string): void {
    this.#steady.closed(uri);
    this.#lastGood.delete(uri);
    void this.projects.close(uri);
  }

  async diagnosticsOf(uri: string, token?: CancellationToken): Promise<Diagnostic[]> {
    await this.#firstLoad;
    await this.calm(token);
    const { project, path } = await this.projects.locate(uri);
    const snapshot = await project.snapshot();
    const start = Date.now();
    const found = openFindings(snapshot, path);
    // Whoever asks first of a snapshot pays.
    const cost = Date.now() - start;
    this.#cost = cost > 2 ? cost : this.#cost * 0.9;
    const wrong = problems(snapshot, path);
    const document = this.#options.documents.get(uri);
    if (document === undefined) return [...wrong, ...diagnostics(project, found, this.abilities)];
    const source = sourceOf(snapshot, path);
    if (this.#steady.holdsBack(uri, found, source)) this.#lookAgain();
    return [...wrong, ...diagnostics(project, this.#steady.settle(document, found, source), this.abilities)];
  }

  /** A file's checklist, or its last good state while somebody is typing there. */
  async checklistOf(uri: string, token: CancellationToken): Promise<FileChecklist | null> {
    await this.#firstLoad;
    await this.calm(token);
    const located = await this.projects.locate(uri);
    const snapshot = await located.project.snapshot();
    return this.#checklist(await this.viewOf(located.project, snapshot, [located.path]), uri, located.path) ?? null;
  }

  /** The files of a scope. */
  async review({ scope, uri, details }: ReviewParams, token: CancellationToken): Promise<ScopeReview> {
    await this.#firstLoad;
    await this.calm(token);
    const files: FileReview[] = [];
    const wrong: string[] = [];
    for (const { view, paths } of await this.#scope(scope, uri)) {
      const wanted = new Set(details.map(plainUri));
      for (const path of paths) {
        throwIfCancelled(token);
        const own = uriOf(view.project, path);
        const isWanted = scope === 'file' || wanted.has(plainUri(own));
        const file = isWanted
          ? this.#checklist(view, own, path)
          : (this.#kept(view, own, path) ?? fileReview(view, path));
        if (file !== undefined && (scope === 'file' || isAboutAuth(file))) files.push(brief(file, isWanted));
      }
      wrong.push(
        ...view.problems,
        ...acceptedReports(view.snapshot).problems.map(({ path, message }) => `${path}: ${message}`),
      );
    }
    return { revision: this.#revision, files, problems: [...new Set(wrong)], reading: this.#loading > 0 };
  }

  /** The files of a scope as reports show them, and how many were looked at. */
  async reportFiles(scope: ReviewScope, uri: string | undefined): Promise<{ files: ReviewedFile[]; looked: number }> {
    const files: ReviewedFile[] = [];
    let looked = 0;
    for (const { view, paths } of await this.#scope(scope, uri)) {
      looked += paths.length;
      for (const path of paths) {
        const file = reviewedFile(view, path);
        if (file !== undefined && (scope === 'file' || isShown(file))) files.push(file);
      }
    }
    return { files, looked };
  }

  async viewOf(project: Project, snapshot: Snapshot, paths: readonly string[]): Promise<ProblematicView> {
    const marks = await this.reviews.marksOf(project, snapshot, paths);
    return {
      project,
      snapshot,
      marksOf: (path) => marks.of(path),
      problems: marks.problems.map(({ path, message }) => `${path}: ${message}`),
    };
  }

  async #scope(
    scope: ReviewScope,
    uri: string | undefined,
  ): Promise<{ view: ProblematicView; paths: readonly string[] }[]> {
    if (scope === 'file') {
      if (uri === undefined) return [];
      const { project, path } = await this.projects.locate(uri);
      const snapshot = await project.snapshot();
      return [{ view: await this.viewOf(project, snapshot, [path]), paths: [path] }];
    }
    const scopes = [];
    for (const project of this.projects.all) {
      const snapshot = await project.snapshot();
      scopes.push({ view: await this.viewOf(project, snapshot, snapshot.paths), paths: snapshot.paths });
    }
    return scopes;
  }

  /** Half a statement makes no verdict: what was answered before stays. */
  #checklist(view: ReviewView, uri: string, path: string): FileChecklist | undefined {
    const kept = this.#kept(view, uri, path);
    if (kept !== undefined) return kept;
    const checklist = fileChecklist(view, path);
    if (checklist !== undefined && this.#options.documents.get(uri)) this.#lastGood.set(uri, checklist);
    return checklist;
  }

  #kept(view: ReviewView, uri: string, path: string): FileChecklist | undefined {
    const kept = this.#lastGood.get(uri);
    if (kept === undefined) return undefined;
    const found = openFindings(view.snapshot, path);
    if (!this.#steady.holdsBack(uri, found, sourceOf(view.snapshot, path))) return undefined;
    this.#lookAgain();
    return kept;
  }

  async #announceNow(): Promise<void> {
    this.#revision += 1;
    const { connection, documents } = this.#options;
    if (this.abilities.commands) {
      const params: ChangedParams = { revision: this.#revision, reading: this.#loading > 0 };
      await connection.sendNotification(changedMethod, params);
    }
    if (this.abilities.pullsDiagnostics) return;
    for (const { uri, version } of documents.all()) {
      const found = await this.diagnosticsOf(uri);
      // Still open, and not overtaken: a newer change announces itself.
      if (documents.get(uri)?.version === version) {
        await connection.sendDiagnostics({ uri, version, diagnostics: found });
      }
    }
  }

  #load(project: Project): void {
    this.#loading += 1;
    const loaded = this.#attempt('reading files', async () => {
      const progress = await this.#progress();
      try {
        await this.projects.load(project, (files) => progress?.report(`${files} files`));
      } finally {
        progress?.done();
        this.#loading -= 1;
      }
      this.#refresh();
      this.announce();
    });
    this.#firstLoad = Promise.race([
      Promise.all([this.#firstLoad, loaded]),
      new Promise((resolve) => setTimeout(resolve, PATIENCE)),
    ]);
  }

  async #progress() {
    if (!this.abilities.showsProgress) return undefined;
    const progress = await this.#options.connection.window.createWorkDoneProgress();
    progress.begin('AuthLens: reading files');
    return progress;
  }

  #refresh(): void {
    if (this.abilities.pullsDiagnostics && this.abilities.refreshesDiagnostics) {
      this.#options.connection.languages.diagnostics.refresh();
    }
  }

  async #attempt(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#options.log(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
}

interface ProblematicView extends ReviewView {
  /** What is wrong with the marks. */
  readonly problems: readonly string[];
}

function sourceOf(snapshot: Snapshot, path: string): Source {
  return {
    broken: snapshot.broken(path),
    statementAt: (offset) => snapshot.statementAt(path, offset) ?? { start: offset, end: offset },
  };
}

/** Items are left out where nobody asked for them. */
function brief(file: FileReview, isWanted: boolean): FileReview {
  if (isWanted) return file;
  const { uri, state, verdicts, progress } = file;
  return { uri, state, verdicts, progress };
}
