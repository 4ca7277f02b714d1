/** What the engine says of a file: findings, and the checklist that is folded from findings and evidence. Plain data. */
import type { Place, Span } from '../base/span.js';
import type { ChecklistItemId } from './items.js';

export type Severity = 'error' | 'warning' | 'info';
export type Verdict = 'fail' | 'review' | 'pass' | 'na';

/** 0-based line and UTF-16 character, as LSP has it. Command-line output adds one. */
export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Located {
  readonly path: string;
  readonly span: Span;
  readonly range: Range;
}

export interface Related extends Located {
  readonly message: string;
}

/** Why a finding is accepted as it is. Acceptance never changes a verdict. */
export interface Accepted {
  readonly by: 'comment' | 'baseline';
  readonly reason: string;
  readonly until?: string;
}

export interface Finding extends Located {
  /** `path#rule@line:column` (1-based), unique in a report. */
  readonly id: string;
  readonly rule: string;
  /** `null` for the tool's own findings about ignore-comments. */
  readonly item: ChecklistItemId | null;
  readonly severity: Severity;
  /** One factual sentence about this place. */
  readonly message: string;
  readonly related: readonly Related[];
  /** `f1:…`: belongs to code, not to a line number (`names.md`). */
  readonly fingerprint: string;
  readonly fixable: boolean;
  readonly accepted: Accepted | null;
  /** Files whose item this finding makes `fail`: its own, and those that rest on it. */
  readonly files: readonly string[];
}

/** Something that was looked at and found in order: the ground of a `pass`. */
export interface Evidence extends Located {
  readonly message: string;
}

/** What a person must decide. */
export interface Question extends Located {
  readonly text: string;
}

export interface ItemState {
  readonly id: ChecklistItemId;
  /** `null`: not checked, because a rule of the item is off or does not exist. */
  readonly verdict: Verdict | null;
  /** Ids of the findings behind it, of this file or of others. */
  readonly findings: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly questions: readonly Question[];
  /** `r1:…`: the fingerprint of what the verdict rests on; absent for `na`. */
  readonly fingerprint?: string;
  /** The statements whose tokens that is made of; absent for `na`. */
  readonly restsOn?: readonly Located[];
}

export interface FileReport {
  readonly path: string;
  readonly language: string;
  /** All sixteen, in order. */
  readonly items: readonly ItemState[];
  /** Findings that sit in this file, by position then rule. */
  readonly findings: readonly Finding[];
}

export type { Place };
