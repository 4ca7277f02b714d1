/** What a rule is. One rule is one file: the file's name is the rule's id. */
import type { Place } from '../base/span.js';
import type { ChecklistItemId } from '../checklist/items.js';
import type { Severity } from '../checklist/report.js';
import type { Fact, FactKind } from '../facts/kinds.js';
import type { FixIntent } from './fix-intent.js';

export type { FixIntent, FixStep } from './fix-intent.js';

/** Limits of `authlens.config.json`. */
export interface Limits {
  readonly accessTokenMinutes: number;
  readonly refreshTokenDays: number;
  readonly oneTimeTokenHours: number;
  readonly authorizationCodeMinutes: number;
  readonly hmacSecretBytes: number;
}

/** What a rule yields: a factual sentence about a place. */
export interface Report {
  /** The smallest text that is wrong. */
  readonly at: Place;
  readonly message: string;
  /** Needed where the rule has more than one severity; the first is the default. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** Further facts whose files this makes `fail` (the fact that was checked is always one). */
  readonly touches?: readonly (Fact | string)[];
  /** What would put it right, the best first. Turned into edits only when asked for. */
  readonly fix?: FixIntent | readonly FixIntent[];
}

/** What rules and examiners may ask beside the fact at hand. */
export interface RuleContext {
  readonly limits: Limits;
  /** Facts of one kind in the file of the fact at hand. */
  facts<K extends FactKind>(kind: K): readonly Fact<K>[];
  /** Facts of one kind in the workspace, sorted by path and position. */
  all<K extends FactKind>(kind: K): readonly Fact<K>[];
  /** Whether one act has surely happened whenever the other does (in the same function). */
  dominates(before: Fact, after: Fact): boolean;
  /** Whether a file is test code. */
  isTest(path: string): boolean;
}

export interface RuleExample {
  readonly language: string;
  readonly vulnerable: string;
  readonly fixed: string;
}

interface RuleProse {
  /** A noun phrase for the defect, the same in every language; public, never changed. */
  readonly id: string;
  readonly item: ChecklistItemId;
  /** A short sentence that says what is wrong. */
  readonly title: string;
  readonly why: string;
  /** At most three sentences that a newer engineer can follow. */
  readonly attack: string;
  readonly remedy: string;
  readonly severities: readonly Severity[];
  readonly precision: 'high' | 'medium';
  readonly cwe: readonly number[];
  readonly references: readonly string[];
  readonly examples: readonly RuleExample[];
  /** Where the checklist is stricter than the standards: one sentence that says so. */
  readonly stricter?: string;
  /** Why no report of this rule carries a fix: one sentence. Absent where reports do. */
  readonly noFix?: string;
}

export interface FactRule<K extends FactKind = FactKind> extends RuleProse {
  readonly on: K;
  check(fact: Fact<K>, ctx: RuleContext): Iterable<Report>;
}

/** For what is missing from the workspace as a whole. */
export interface ProjectRule extends RuleProse {
  readonly scope: 'project';
  check(ctx: RuleContext): Iterable<Report>;
}

export type Rule = FactRule | ProjectRule;

/** Declares a rule; the type of the fact follows from `on`. */
export function defineRule<K extends FactKind>(rule: FactRule<K>): Rule;
export function defineRule(rule: ProjectRule): Rule;
export function defineRule(rule: unknown): Rule {
  return rule as Rule;
}
