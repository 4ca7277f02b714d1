/** Random values from a source that nobody can guess. */
import type { Place, Span } from '../../base/span.js';
import type { CallExpr, Expr } from '../../ir/ir.js';
import type { Edit } from './edit.js';
import { fill, unusedImports } from './names.js';
import { type Source, type Sources, sourceOf, spotAt, textAt } from './source.js';

/** How many bytes a random value has: what a token, a state or a verifier needs. */
const RANDOM_BYTES = 32;

/** Replaces the value at a place; only its guessable calls where its form has to stay, or where it is a part of more. */
export function randomAt(sources: Sources, place: Place, keepForm: boolean): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source || !spot) return undefined;
  if (keepForm || !isWhole(source, spot.expr)) return inPlace(source, spot.expr);
  const filled = fill(source, source.edits.random(RANDOM_BYTES, source.index.file, source.text), undefined);
  if (!filled) return undefined;
  const { span } = spot.expr;
  return [{ path: source.path, span, text: filled.code }, ...filled.edits, ...unusedImports(source, [span])];
}

/** Whether an expression is a value by itself, made once: what a name, a field, an option or a caller gets. */
function isWhole(source: Source, expr: Expr): boolean {
  const { index } = source;
  const parent = index.parentOf(expr);
  if (!parent || !('kind' in parent)) return false;
  const isValue =
    (index.listOf(parent) !== undefined && (parent.kind === 'let' || parent.kind === 'exit')) ||
    parent.kind === 'record' ||
    parent.kind === 'assign' ||
    (parent.kind === 'call' && parent.args.some((a) => a.value === expr));
  if (!isValue || ('operator' in parent && parent.operator)) return false;
  for (let node = index.parentOf(expr); node; node = index.parentOf(node))
    if ('kind' in node && node.kind === 'loop') return false;
  return parent.kind !== 'call' || !isGuessable(source, expr);
}

function inPlace(source: Source, expr: Expr): readonly Edit[] | undefined {
  const calls = source.index.calls.filter(
    (call) => call.span.start >= expr.span.start && call.span.end <= expr.span.end && isGuessable(source, call),
  );
  if (calls.length === 0) return undefined;
  const edits: Edit[] = [];
  const spans: Span[] = [];
  for (const call of calls) {
    const code = unguessable(source, call);
    const filled = code === undefined ? undefined : fill(source, code, undefined);
    if (!filled) return undefined;
    edits.push({ path: source.path, span: call.span, text: filled.code }, ...filled.edits);
    spans.push(call.span);
  }
  return [...edits, ...unusedImports(source, spans)];
}

function isGuessable(source: Source, expr: Expr): expr is CallExpr {
  return expr.kind === 'call' && unguessable(source, expr) !== undefined;
}

function unguessable(source: Source, call: CallExpr): string | undefined {
  return source.edits.unguessable?.(textAt(source, call.span));
}
