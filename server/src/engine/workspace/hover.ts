/** What a hover says: of a finding, or of any recognised call. */
import { contains, type Place, type Span } from '../base/span.js';
import type { FileReport, Finding, Range } from '../checklist/report.js';
import { RULES } from '../rules/index.js';
import type { Rule } from '../rules/rule.js';
import { ruleHover } from '../docs/render.js';
import { describeFact, type FactSurroundings } from '../docs/describe-fact.js';
import { BY_WEIGHT, UNSAID } from '../docs/fact-words.js';
import type { Fact } from '../facts/kinds.js';
import { LIBRARIES } from '../libraries/index.js';
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
  /** How a finding's statement reads once it is put right. */
  readonly fixed: (finding: Finding) => string | undefined;
}

/** The hover at an offset, or `undefined` where there is nothing to say. */
export function hoverAt({ files, facts, report, path, offset, fixed }: HoverQuery): Hover | undefined {
  const state = files.get(path);
  if (!state) return undefined;
  const at = { start: offset, end: offset };
  const finding = report?.findings.find((f) => contains(f.span, at));
  const rule = finding ? (RULES as readonly Rule[]).find((r) => r.id === finding.rule) : undefined;
  if (finding && rule) {
    const code = fixed(finding);
    return {
      span: finding.span,
      range: finding.range,
      finding: finding.id,
      markdown: ruleHover(rule, { language: state.languageId, ...(code === undefined ? {} : { code }) }),
    };
  }
  const fact = weightiest(facts.of(path).filter((f) => contains(f.at.span, at) && !UNSAID.has(f.kind)));
  if (!fact) return undefined;
  const where = (place: Place) => whereIs(files, state, fact, place);
  const library = libraryOf(facts, fact);
  return {
    span: fact.at.span,
    range: state.lines.range(fact.at.span),
    markdown: describeFact(fact, { where, ...(library ? { library } : {}) }),
  };
}

/** The library of a fact as the code names it: the module that is called, else the model's first. */
function libraryOf(facts: WorkspaceFacts, fact: Fact): FactSurroundings['library'] {
  const model = LIBRARIES.find(({ name }) => name === fact.library);
  const called = fact.site ? facts.s.names(fact.site).map((name) => name.replace(/^\w+:/, '')) : [];
  const module = model?.modules.find((one) => one !== '' && called.some((name) => name.startsWith(one)));
  const own = module ?? model?.modules[0];
  if (model && own) return { name: own, docs: model.docs };
  const name = called[0]?.split('#')[0]?.replace(/\.[^./]*$/, '') ?? model?.name;
  return name ? { name } : undefined;
}

/** Of several facts at one place: the smallest, then the one whose kind says most. */
function weightiest(facts: readonly Fact[]): Fact | undefined {
  const width = ({ at }: Fact) => at.span.end - at.span.start;
  const weight = ({ kind }: Fact) => (BY_WEIGHT.indexOf(kind) + BY_WEIGHT.length + 1) % (BY_WEIGHT.length + 1);
  return [...facts].sort((a, b) => width(a) - width(b) || weight(a) - weight(b))[0];
}

/** A place in another file, or on another line, as a reader finds it. */
function whereIs(files: ReadonlyMap<string, FileState>, here: FileState, fact: Fact, place: Place): string | undefined {
  const there = files.get(place.path);
  if (!there) return undefined;
  const line = there.lines.range(place.span).start.line + 1;
  if (place.path !== here.path) return `\`${place.path}:${line}\``;
  const own = fact.node?.span ?? fact.at.span;
  const isHere = line === here.lines.range(fact.at.span).start.line + 1;
  return isHere || contains(own, place.span) ? undefined : `line ${line}`;
}
