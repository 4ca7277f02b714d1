/** The engine as the command line uses it. */
import type { FileReport } from '../engine/index.js';
import type { RuleInfo } from '../engine/docs/render.js';

export interface WorkspaceOptions {
  grammar(name: string): Promise<Uint8Array>;
  runtime(): Promise<Uint8Array>;
  readonly today: string;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly languageId?: string }
  | { readonly kind: 'remove'; readonly path: string };

export interface Workspace {
  apply(changes: readonly Change[]): Promise<void>;
  snapshot(): Snapshot;
  dispose(): void;
}

export interface Snapshot {
  readonly paths: readonly string[];
  report(path: string): FileReport | undefined;
}

/** What the command line needs of the engine: replaced by a fake in tests. */
export interface Engine {
  createWorkspace(options: WorkspaceOptions): Promise<Workspace>;
  readonly rules: readonly RuleInfo[];
}
