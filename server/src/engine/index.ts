/**
 * The engine's only door. Everything that leaves it is plain data (`structuredClone` works on it). It does no I/O, reads
 * no clock and draws no random number: the same input gives the same answer.
 */
export type { Place, Span } from './base/span.js';
export type { ChecklistItem, ChecklistItemId } from './checklist/items.js';
export { CHECKLIST, itemById } from './checklist/items.js';
export type {
  Accepted,
  Evidence,
  FileReport,
  Finding,
  ItemState,
  Located,
  Position,
  Question,
  Range,
  Related,
  Severity,
  Verdict,
} from './checklist/report.js';
export type { RuleExample, RuleInfo } from './docs/render.js';
export { aboutWords, itemText, ruleHover, rulePage, ruleText } from './docs/render.js';
export { renderRule } from './docs/render-rule.js';
export { languageIdOf } from './languages/index.js';
export { RULES } from './rules/index.js';
export type { Rule } from './rules/rule.js';
export type {
  Change,
  Fix,
  Hover,
  IgnorePlace,
  Owner,
  Snapshot,
  Workspace,
  WorkspaceOptions,
} from './workspace/workspace.js';
export { createWorkspace } from './workspace/workspace.js';
