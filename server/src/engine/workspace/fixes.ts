/** Edits that put a finding right. Computed when the menu opens; nothing is kept. */
import type { Span } from '../base/span.js';
import type { FileReport, Range } from '../checklist/report.js';
import type { WorkspaceFacts } from './facts.js';
import type { FileState } from './project.js';

export interface Fix {
  readonly title: string;
  readonly rule: string;
  /** `safe` fixes can be applied to a whole file at once. */
  readonly kind: 'safe' | 'suggestion';
  readonly edits: readonly {
    readonly path: string;
    readonly span: Span;
    readonly range: Range;
    readonly text: string;
  }[];
}

export interface FixQuery {
  readonly files: ReadonlyMap<string, FileState>;
  readonly facts: WorkspaceFacts;
  readonly report: FileReport | undefined;
  readonly path: string;
  readonly span: Span;
}

/** The fixes for findings that touch a span. */
export function fixesFor(_query: FixQuery): readonly Fix[] {
  return [];
}
