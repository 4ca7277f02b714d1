/**
 * One root folder and its workspace. Changes are collected and applied in order, never two at once; what a person types
 * goes before what is still to be read from disk. A request waits for what was said before it, then works on a snapshot.
 */
import type { Change, Snapshot, Workspace } from './engine.js';

export interface ProjectOptions {
  /** The root folder's URI without a slash at its end; `undefined` for documents that belong to no folder. */
  readonly root: string | undefined;
  readonly workspace: Workspace;
  /** Called after each application of changes. */
  changed(): void;
  log(message: string): void;
}

export class Project {
  readonly root: string | undefined;
  readonly #options: ProjectOptions;
  readonly #waiting: Change[] = [];
  #tail: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(options: ProjectOptions) {
    this.root = options.root;
    this.#options = options;
  }

  /** Applies changes after whatever is waiting. Changes that come in the meantime are applied together. */
  change(changes: readonly Change[]): Promise<void> {
    this.#waiting.push(...changes);
    this.#tail = this.#tail.then(() => this.#applyWaiting());
    return this.#tail;
  }

  /** The workspace as it stands after everything that was said before. */
  async snapshot(): Promise<Snapshot> {
    await this.#tail;
    return this.#options.workspace.snapshot();
  }

  dispose(): void {
    this.#disposed = true;
    void this.#tail.then(() => this.#options.workspace.dispose());
  }

  async #applyWaiting(): Promise<void> {
    const changes = this.#waiting.splice(0);
    if (changes.length === 0 || this.#disposed) return;
    try {
      await this.#options.workspace.apply(changes);
    } catch (error) {
      // The queue goes on: one file that can't be taken must not stop the others.
      this.#options.log(`apply: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    this.#options.changed();
  }
}
