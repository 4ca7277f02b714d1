/** What is bound or written: names, places, and the lists of both. */
import type { Pattern } from '../../ir/ir.js';
import type { PatternType } from '../../syntax/node-types/python.js';
import { namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { type Context, deeper, nameIn, opaque, textOf } from './context.js';
import { lowerExpression } from './expressions.js';

type LowerPattern = (ctx: Context, node: SyntaxNode) => Pattern;

/** The target of an assignment, a loop, a `with` or a parameter. Total: anything else is a place. */
export function lowerPattern(ctx: Context, node: SyntaxNode): Pattern {
  return deeper(
    ctx,
    () => ({ kind: 'place', span: spanOf(node), expression: opaque(node) }),
    () => (tableByType[node.type] ?? lowerPlace)(ctx, node),
  );
}

/** Binds a name that is written at `node`. */
export function bindName(ctx: Context, node: SyntaxNode): Pattern {
  const name = nameIn(ctx, textOf(ctx, node));
  ctx.scope.bound.add(name);
  return { kind: 'bind', span: spanOf(node), name };
}

const patterns = {
  attribute: lowerPlace,
  identifier: bindName,
  list_pattern: lowerItems,
  list_splat_pattern: lowerInner,
  subscript: lowerPlace,
  tuple_pattern: lowerItems,
} satisfies Record<PatternType, LowerPattern>;

const tableByType: Readonly<Record<string, LowerPattern | undefined>> = {
  ...patterns,
  // The targets of `with … as (a, b)` and `except … as e` are parsed as expressions.
  as_pattern_target: lowerInner,
  expression_list: lowerItems,
  list: lowerItems,
  list_splat: lowerInner,
  parenthesized_expression: lowerInner,
  pattern_list: lowerItems,
  tuple: lowerItems,
};

function lowerPlace(ctx: Context, node: SyntaxNode): Pattern {
  return { kind: 'place', span: spanOf(node), expression: lowerExpression(ctx, node) };
}

function lowerInner(ctx: Context, node: SyntaxNode): Pattern {
  const [inner] = namedChildren(node);
  return inner === undefined ? lowerPlace(ctx, node) : lowerPattern(ctx, inner);
}

/** `a, *rest, b`: what follows the star is a field of the rest, counted from the end (`-1`), as its index is not known. */
function lowerItems(ctx: Context, node: SyntaxNode): Pattern {
  const targets = namedChildren(node);
  const star = targets.findIndex((target) => target.type === 'list_splat_pattern' || target.type === 'list_splat');
  const lower = (target: SyntaxNode): Pattern => lowerPattern(ctx, target);
  const span = spanOf(node);
  const starred = targets[star];
  if (starred === undefined) return { kind: 'items', span, items: targets.map(lower) };
  const items = targets.slice(0, star).map(lower);
  const rest = lower(starred);
  const afterStar = targets.slice(star + 1);
  if (afterStar.length === 0) return { kind: 'items', span, items, rest };
  const fields = afterStar.map((target, i) => ({ key: String(i - afterStar.length), target: lower(target) }));
  const tail = { start: starred.start, end: afterStar.at(-1)?.end ?? starred.end };
  return { kind: 'items', span, items, rest: { kind: 'fields', span: tail, fields, rest } };
}
