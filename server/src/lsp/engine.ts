/** The part of the engine that this server speaks to, so that a test may put another in its place. */
import type { FileReport, Range, Severity, Span } from '../engine/index.js';

export interface WorkspaceOptions {
  grammar(name: string): Promise<Uint8Array>;
  runtime(): Promise<Uint8Array>;
  readonly today: string;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly languageId?: string }
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[]; readonly text: string }
  | { readonly kind: 'remove'; readonly path: string };

export interface Hover {
  readonly span: Span;
  readonly range: Range;
  readonly markdown: string;
  readonly finding?: string;
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
  readonly revision: number;
  readonly paths: readonly string[];
  report(path: string): FileReport | undefined;
  hover(path: string, offset: number): Hover | undefined;
  fixes(path: string, span: Span): readonly Fix[];
  /** Spans that do not parse. */
  broken(path: string): readonly Span[];
}

export interface Workspace {
  apply(changes: readonly Change[]): Promise<void>;
  snapshot(): Snapshot;
  dispose(): void;
}

export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly severities: readonly Severity[];
}

export interface Engine {
  createWorkspace(options: WorkspaceOptions): Promise<Workspace>;
  readonly RULES: readonly RuleInfo[];
  renderRule(id: string, as: 'markdown' | 'text'): string | undefined;
}
