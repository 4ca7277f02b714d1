/** One client's session: reads its root folders, follows changes on disk, and says when answers may have changed. */
import {
  DidChangeWatchedFilesNotification,
  type Connection,
  type Diagnostic,
  type TextDocuments,
} from 'vscode-languageserver';
import { changedMethod, type ChangedParams } from '../protocol.js';
import type { Abilities } from './abilities.js';
import type { OpenDocument } from './documents.js';
import { diagnostics, openFindings, problems } from './features/diagnostics.js';
import { afterPause } from './pause.js';
import type { Project } from './project.js';
import type { Projects } from './projects.js';
import { SteadyFindings, TYPING_PAUSE } from './steady.js';

/** How long changes must pause before diagnostics are pushed and others are told. */
const PAUSE = 150;
/** How long a first answer waits for the other files of the workspace: what it says may rest on them. */
const PATIENCE = 2000;

export interface SessionOptions {
  readonly connection: Connection;
  readonly documents: TextDocuments<OpenDocument>;
  readonly projects: Projects;
  readonly abilities: Abilities;
  log(message: string): void;
}

export class Session {
  readonly projects: Projects;
  readonly abilities: Abilities;
  /** Called after each change of a workspace. */
  readonly announce: () => void;
  readonly #options: SessionOptions;
  readonly #steady = new SteadyFindings(() => Date.now());
  /** Once typing pauses, what was kept back is shown. */
  readonly #lookAgain = afterPause(TYPING_PAUSE, () => {
    this.#refresh();
    this.announce();
  });
  #revision = 0;
  #loading = 0;
  #firstLoad: Promise<unknown> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.projects = options.projects;
    this.abilities = options.abilities;
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
      const files = uris.filter((uri) => !uri.endsWith('/.gitignore'));
      await this.projects.changedOnDisk(files);
      if (files.length < uris.length) for (const project of this.projects.all) this.#load(project);
      this.#refresh();
    });
  }

  /** Takes note of an open document's new text. */
  edited(document: OpenDocument): void {
    this.#steady.edited(document);
    void this.projects.edit(document);
  }

  closed(uri: string): void {
    this.#steady.closed(uri);
    void this.projects.close(uri);
  }

  async diagnosticsOf(uri: string): Promise<Diagnostic[]> {
    await this.#firstLoad;
    const { project, path } = await this.projects.locate(uri);
    const snapshot = await project.snapshot();
    const found = openFindings(snapshot, path);
    const wrong = problems(snapshot, path);
    const document = this.#options.documents.get(uri);
    if (document === undefined) return [...wrong, ...diagnostics(project, found, this.abilities)];
    const broken = snapshot.broken(path);
    if (broken.length > 0 && this.#steady.isTyping(uri)) this.#lookAgain();
    return [...wrong, ...diagnostics(project, this.#steady.settle(document, found, broken), this.abilities)];
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
