/** What a hover says: of a finding, or of any recognised call. */
import type { Span } from '../base/span.js';
import { contains } from '../base/span.js';
import type { FileReport, Range } from '../checklist/report.js';
import { RULES } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import { ruleHover } from '../docs/render.js';
import { describeFact } from '../docs/describe-fact.js';
import type { WorkspaceFacts } from './facts.js';
import type { FileState } from './project.js';

export interface Hover {
  readonly span: Span;
  readonly range: Range;
  readonly markdown: string;
  /** The id of the finding that it explains. */
  readonly finding?: string;
}

export interface HoverQuery {
  readonly files: ReadonlyMap<string, FileState>;
  readonly facts: WorkspaceFacts;
  readonly report: FileReport | undefined;
  readonly path: string;
  readonly offset: number;
}

/** The hover at an offset, or `undefined` where there is nothing to say. */
export function hoverAt({ files, facts, report, path, offset }: HoverQuery): Hover | undefined {
  const state = files.get(path);
  if (!state) return undefined;
  const at = { start: offset, end: offset };
  const finding = report?.findings.find((f) => contains(f.span, at));
  const rule = finding ? (RULES as readonly Rule[]).find((r) => r.id === finding.rule) : undefined;
  if (finding && rule) {
    return {
      span: finding.span,
      range: finding.range,
      finding: finding.id,
      markdown: ruleHover(rule, { language: state.languageId }),
    };
  }
  const fact = facts.of(path).find((f) => contains(f.at.span, at));
  if (!fact) return undefined;
  return { span: fact.at.span, range: state.lines.range(fact.at.span), markdown: describeFact(fact) };
}
