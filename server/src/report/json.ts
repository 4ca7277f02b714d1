/** The report for programs: version 1 of the shape that `docs/schema/report-v1.json` describes. */
import type { Evidence, Question, Range, Related } from '../engine/index.js';
import type { Report, ReviewedFile, ReviewedFinding, ReviewedItem, ReviewMarkState, Summary } from './report.js';
import { summarise } from './report.js';

export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: 'authlens'; readonly version: string };
  readonly files: readonly JsonFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly summary: Summary;
}

export interface JsonFile {
  readonly path: string;
  readonly language: string;
  readonly items: readonly JsonItem[];
  readonly findings: readonly JsonFinding[];
}

/** 1-based, columns in UTF-16 code units, `end` exclusive. */
export interface JsonRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface JsonPlace {
  readonly message: string;
  readonly path: string;
  readonly range: JsonRange;
}

export interface JsonItem {
  readonly id: string;
  readonly verdict: string | null;
  readonly findings: readonly string[];
  readonly evidence: readonly JsonPlace[];
  readonly question: { readonly text: string; readonly path: string; readonly range: JsonRange } | null;
  readonly reviewed: ReviewMarkState | null;
  readonly before: string | null;
}

export interface JsonFinding {
  readonly id: string;
  readonly rule: string;
  readonly item: string | null;
  readonly severity: string;
  readonly message: string;
  readonly fingerprint: string;
  readonly range: JsonRange;
  readonly related: readonly JsonPlace[];
  readonly fixable: boolean;
  readonly accepted: { readonly by: string; readonly reason: string; readonly until?: string } | null;
  readonly change: string | null;
}

/** The report as text, ending in a line end. */
export function renderJson(report: Report): string {
  return writeJson(jsonReport(report));
}

/** The one way in which a JSON report is written, so that equal reports are equal bytes. */
export function writeJson(report: JsonReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The report as plain data. */
export function jsonReport(report: Report): JsonReport {
  return {
    version: 1,
    tool: { name: 'authlens', version: report.version },
    files: report.files.map(jsonFile),
    skipped: report.skipped.map(({ path, reason }) => ({ path, reason })),
    errors: report.errors.map(({ path, message }) => ({ path, message })),
    summary: summarise(report.files),
  };
}

function jsonFile(file: ReviewedFile): JsonFile {
  return {
    path: file.path,
    language: file.language,
    items: file.items.map(jsonItem),
    findings: file.findings.map(jsonFinding),
  };
}

function jsonItem(item: ReviewedItem): JsonItem {
  return {
    id: item.id,
    verdict: item.verdict,
    findings: item.findings,
    evidence: item.evidence.map(jsonPlace),
    question: jsonQuestion(item.questions[0]),
    reviewed: item.reviewed,
    before: item.before,
  };
}

function jsonFinding(finding: ReviewedFinding): JsonFinding {
  return {
    id: finding.id,
    rule: finding.rule,
    item: finding.item,
    severity: finding.severity,
    message: finding.message,
    fingerprint: finding.fingerprint,
    range: jsonRange(finding.range),
    related: finding.related.map(jsonPlace),
    fixable: finding.fixable,
    accepted: finding.accepted,
    change: finding.change,
  };
}

function jsonPlace({ message, path, range }: Evidence | Related): JsonPlace {
  return { message, path, range: jsonRange(range) };
}

function jsonQuestion(question: Question | undefined): JsonItem['question'] {
  return question === undefined ? null : { text: question.text, path: question.path, range: jsonRange(question.range) };
}

function jsonRange({ start, end }: Range): JsonRange {
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}
