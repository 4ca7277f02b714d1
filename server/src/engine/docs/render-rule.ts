/** A rule by its id, in words. */
import { RULES } from '../rules/index.js';
import { type RuleInfo, rulePage, ruleText } from './render.js';

/** A rule's page as Markdown, or its text for a terminal; `undefined` for an id that nobody has. */
export function renderRule(id: string, as: 'markdown' | 'text'): string | undefined {
  const rule = (RULES as readonly RuleInfo[]).find((candidate) => candidate.id === id);
  if (rule === undefined) return undefined;
  return as === 'markdown' ? rulePage(rule, []) : ruleText(rule);
}
