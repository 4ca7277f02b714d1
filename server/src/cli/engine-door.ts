/** The engine as the command line uses it. */
import type { FileReport, Range, Span } from '../engine/index.js';
import type { RuleInfo } from '../engine/docs/render.js';

export interface WorkspaceOptions {
  grammar(name: string): Promise<Uint8Array>;
  runtime(): Promise<Uint8Array>;
  readonly today: string;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

/** Where the engine's grammars come from. */
export type Grammars = Pick<WorkspaceOptions, 'grammar' | 'runtime'>;

export type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly languageId?: string }
  | { readonly kind: 'remove'; readonly path: string };

export interface Workspace {
  apply(changes: readonly Change[]): Promise<void>;
  snapshot(): Snapshot;
  dispose(): void;
}

export interface Fix {
  readonly title: string;
  readonly rule: string;
  readonly kind: 'safe' | 'suggestion';
  readonly edits: readonly {
    readonly path: string;
    readonly span: Span;
    readonly range: Range;
    readonly text: string;
  }[];
}

export interface Snapshot {
  readonly paths: readonly string[];
  report(path: string): FileReport | undefined;
  fixes(path: string, span: Span): readonly Fix[];
}

/** What the command line needs of the engine: replaced by a fake in tests. */
export interface Engine {
  createWorkspace(options: WorkspaceOptions): Promise<Workspace>;
  readonly RULES: readonly RuleInfo[];
}
