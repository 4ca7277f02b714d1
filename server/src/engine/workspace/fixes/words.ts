/** Words in a text: scopes with spaces (or commas) between them. */
import type { Expr } from '../../ir/ir.js';
import type { Edit } from './edit.js';
import type { Source } from './source.js';

/** The edit that takes words out of a literal's text; something must be left. */
export function planText(
  source: Source,
  expr: Expr,
  words: readonly string[],
  instead?: string,
): readonly Edit[] | undefined {
  if (expr.kind !== 'literal' || typeof expr.value !== 'string') return undefined;
  const written = source.text.slice(expr.span.start, expr.span.end);
  const parts = expr.value.split(/([\s,]+)/);
  const named = parts.filter((part) => words.includes(part));
  if (named.length === 0) return undefined;
  const kept = parts.filter((part, i) => i % 2 === 0 && part !== '' && !words.includes(part));
  const count = parts.filter((part, i) => i % 2 === 0 && part !== '').length;
  if (instead !== undefined) kept.push(instead);
  if (kept.length === 0 || (instead === undefined && kept.length === count)) return undefined;
  const separator = parts.find((_, i) => i % 2 === 1) ?? ' ';
  const at = written.indexOf(expr.value);
  if (at === -1) return undefined;
  const start = expr.span.start + at;
  return [{ path: source.path, span: { start, end: start + expr.value.length }, text: kept.join(separator) }];
}
