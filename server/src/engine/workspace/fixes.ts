/** Edits that put a finding right. Computed when the menu opens; nothing is kept. */
import { overlaps, type Span } from '../base/span.js';
import type { FileReport, Finding, Range } from '../checklist/report.js';
import type { FixIntent } from '../rules/fix-intent.js';
import { statementAround } from './fingerprint.js';
import type { FileState } from './project.js';
import { applyEdits, clash, type Edit, grownTogether, isSame } from './fixes/edit.js';
import { planFix } from './fixes/plan.js';
import type { Sources } from './fixes/source.js';

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

export interface FixQuery extends Sources {
  readonly report: FileReport | undefined;
  /** What rules would do about a finding, by its id. */
  readonly intents: ReadonlyMap<string, readonly FixIntent[]>;
}

/** The fixes for findings that touch a span. */
export function fixesFor(query: FixQuery, span: Span): readonly Fix[] {
  const findings = query.report?.findings.filter((finding) => overlaps(finding.span, span)) ?? [];
  return findings.flatMap((finding) => fixesOf(query, finding));
}

function fixesOf(query: FixQuery, finding: Finding): readonly Fix[] {
  // Intents of one title are ways to do the same: the first that can be carried out is shown.
  const fixes = new Map<string, Fix>();
  for (const intent of query.intents.get(finding.id) ?? []) {
    if (fixes.has(intent.title)) continue;
    const edits = planFix(query, intent);
    if (edits) fixes.set(intent.title, toFix(query.files, intent, finding.rule, edits));
  }
  return [...fixes.values()];
}

/** Whether one of these can be carried out. */
export function isFixable(sources: Sources, intents: readonly FixIntent[]): boolean {
  return intents.some((intent) => planFix(sources, intent) !== undefined);
}

/**
 * All safe fixes of a file in one, each finding's first; what clashes with an earlier one is left for a second run.
 * `undefined` where there is none. Accepted findings stay as they are.
 */
export function fixAllOf(query: FixQuery): Fix | undefined {
  const taken: Edit[] = [];
  for (const finding of query.report?.findings ?? []) {
    if (finding.accepted) continue;
    for (const intent of query.intents.get(finding.id) ?? []) {
      if (intent.kind !== 'safe') continue;
      const edits = planFix(query, intent);
      if (!edits) continue;
      const fresh = edits.filter((edit) => !taken.some((other) => isSame(edit, other)));
      if (fresh.some((edit) => taken.some((other) => clash(edit, other)))) continue;
      taken.push(...fresh);
      break;
    }
  }
  if (taken.length === 0) return undefined;
  return toFix(
    query.files,
    { title: 'Fix all that is certain in this file', kind: 'safe', steps: [] },
    '',
    grownTogether(taken),
  );
}

/** How the statement reads after the first fix of a finding: the remedy, in this code. Short, or `undefined`. */
export function fixedCode(query: FixQuery, finding: Finding): string | undefined {
  const fix = fixesOf(query, finding)[0];
  // Imports and helpers stand elsewhere; the change itself is the one nearest to the finding.
  const distance = (edit: Fix['edits'][number]) =>
    edit.path === finding.path ? Math.abs(edit.span.start - finding.span.start) : Number.MAX_SAFE_INTEGER;
  const main = fix && [...fix.edits].sort((a, b) => distance(a) - distance(b))[0];
  const state = main && query.files.get(main.path);
  if (!fix || !main || !state) return undefined;
  const around = statementAround(state.index(), main.span, state.text);
  const start = state.text.lastIndexOf('\n', Math.min(around.start, main.span.start) - 1) + 1;
  const lineEnd = state.text.indexOf('\n', Math.max(around.end, main.span.end));
  const end = lineEnd === -1 ? state.text.length : lineEnd;
  const edits = fix.edits
    .filter((edit) => edit.path === main.path && start <= edit.span.start && edit.span.end <= end)
    .map(({ span, text }) => ({ text, span: { start: span.start - start, end: span.end - start } }));
  const lines = applyEdits(state.text.slice(start, end), edits).trimEnd().split(/\r?\n/);
  if (lines.length > MAX_LINES) return undefined;
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  return lines.map((line) => line.slice(Math.min(...indents))).join('\n');
}

/** A longer statement is not read in a hover. */
const MAX_LINES = 14;

function toFix(
  files: ReadonlyMap<string, FileState>,
  { title, kind }: FixIntent,
  rule: string,
  edits: readonly Edit[],
): Fix {
  return {
    title,
    rule,
    kind,
    edits: [...edits]
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start))
      .flatMap(({ path, span, text }) => {
        const state = files.get(path);
        return state ? [{ path, span, text, range: state.lines.range(span) }] : [];
      }),
  };
}
