/** Edits that put a finding right. Computed when the menu opens; nothing is kept. */
import { overlaps, type Span } from '../base/span.js';
import type { FileReport, Finding, Range } from '../checklist/report.js';
import type { FixIntent } from '../rules/fix-intent.js';
import type { FileState } from './project.js';
import { clash, type Edit, grownTogether, isSame } from './fixes/edit.js';
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
