/** The part of the engine that the command line speaks to, so that a test may put another in its place. */
import type { RuleInfo } from '../engine/index.js';
import type { Change, Snapshot as FullSnapshot, WorkspaceOptions } from '../engine/index.js';

export type { Change };

export type Snapshot = Pick<FullSnapshot, 'report' | 'fixes' | 'problems'>;

export interface Workspace {
  apply(changes: readonly Change[]): Promise<void>;
  snapshot(): Snapshot;
  dispose(): void;
}

/** Where the engine's grammars come from. */
export type Grammars = Pick<WorkspaceOptions, 'grammar' | 'runtime'>;

export interface Engine {
  createWorkspace(options: WorkspaceOptions): Promise<Workspace>;
  readonly RULES: readonly RuleInfo[];
}
