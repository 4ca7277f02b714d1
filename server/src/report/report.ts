/**
 * The plain report that every format is written from: what the engine said of each file, with what people and history
 * add to it. Pure data; the same report gives the same bytes in every format.
 */
import type { FileReport, Finding, ItemState, Range, Severity, Verdict } from '../engine/index.js';

export interface Report {
  /** AuthLens's own version. */
  readonly version: string;
  /** By path. Files that hold nothing about authentication are left out unless they were named. */
  readonly files: readonly ReviewedFile[];
  readonly skipped: readonly SkippedFile[];
  readonly errors: readonly FileError[];
  /** How many files were looked at, shown or not. */
  readonly looked: number;
  /** What the report is held against, if it is about a change. */
  readonly change?: ReportedChange;
}

/** What a change did beside its findings. */
export interface ReportedChange {
  /** The revision as it was named, and the commit it meets. */
  readonly revision: string;
  readonly base: string;
  /** Findings of the base that are gone. */
  readonly fixed: readonly Finding[];
  /** What the change adds that could silence its reviewer. */
  readonly silencing: readonly AddedSilence[];
}

export interface AddedSilence {
  readonly kind: string;
  readonly path: string;
  readonly line?: number;
  readonly text: string;
}

export interface ReviewedFile extends Omit<FileReport, 'items' | 'findings'> {
  readonly items: readonly ReviewedItem[];
  readonly findings: readonly ReviewedFinding[];
  /** What the file holds, for code frames. */
  readonly text: string;
}

export interface ReviewedItem extends ItemState {
  readonly reviewed: ReviewMarkState | null;
  /** The verdict at the base, when the report is about a change. */
  readonly before: Verdict | null;
  /** Nobody has looked at it yet, and somebody must. */
  readonly open: boolean;
  /** For a stale mark: what it rested on, line by line against today. */
  readonly sinceReviewed: readonly ChangedLine[];
}

export interface ChangedLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

export interface ReviewedFinding extends Finding {
  /** Whether the change under review brought it; `null` when the report is not about a change. */
  readonly change: 'new' | 'unchanged' | null;
  /** Ways to put it right that the engine is sure of, or nearly so. */
  readonly fixes: readonly FindingFix[];
}

export interface FindingFix {
  readonly title: string;
  readonly edits: readonly { readonly path: string; readonly range: Range; readonly text: string }[];
}

/** Who looked at an item, and whether what they looked at is still there. */
export interface ReviewMarkState {
  readonly by: string;
  readonly at: string;
  readonly note: string | null;
  readonly stale: boolean;
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

export interface FileError {
  readonly path: string;
  readonly message: string;
}

export interface Summary {
  readonly files: number;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly verdicts: Readonly<Record<'fail' | 'review' | 'pass', number>>;
}

/** The counts at a report's end. Accepted findings count: they are still there. */
export function summarise(files: readonly ReviewedFile[]): Summary {
  const findings = { error: 0, warning: 0, info: 0 };
  const verdicts = { fail: 0, review: 0, pass: 0 };
  for (const file of files) {
    for (const finding of file.findings) findings[finding.severity] += 1;
    for (const { verdict } of file.items) {
      if (verdict === 'fail' || verdict === 'review' || verdict === 'pass') verdicts[verdict] += 1;
    }
  }
  return { files: files.length, findings, verdicts };
}

/** A finding with the file it sits in. */
export interface PlacedFinding {
  readonly file: ReviewedFile;
  readonly finding: ReviewedFinding;
}

/** All findings, by path, position and rule. */
export function findingsOf(report: Report): readonly PlacedFinding[] {
  return report.files.flatMap((file) => file.findings.map((finding) => ({ file, finding })));
}

/** Whether a file has anything to show. */
export function isAboutAuth(file: Pick<ReviewedFile, 'items' | 'findings'>): boolean {
  const relevant = file.items.some(({ verdict }) => verdict !== 'na' && verdict !== null);
  return relevant || file.findings.length > 0;
}

/** Order by UTF-16 code units: the same on every machine, whatever its language. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
