/** `for` in its four forms. */
import type { Expr, LoopStmt, Stmt } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { afterDeclaration, type Context, intrinsic } from './context.js';
import { lowerTargets } from './declarations.js';
import { lowerExpression, lowerOptional } from './expressions.js';
import { lowerBlock, lowerStatement, withInitializer } from './statements.js';

/** `for {}`, `for test {}`, `for init; test; update {}`, `for k, v := range xs {}`. */
export function lowerFor(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const span = spanOf(node);
  const bodyNode = child(node, 'body');
  const head = namedChildren(node).find((part) => part.field !== 'body');
  if (head?.type === 'for_clause') {
    return withInitializer(ctx, head, (inside) => [{ kind: 'loop', span, ...lowerForClause(inside, head, bodyNode) }]);
  }
  const body = lowerBlock(afterDeclaration(ctx, head), bodyNode);
  if (head === undefined) return [{ kind: 'loop', span, body }];
  if (head.type === 'range_clause') return [{ kind: 'loop', span, ...lowerRange(ctx, head), body }];
  return [{ kind: 'loop', span, test: lowerExpression(ctx, head), body }];
}

function lowerForClause(
  ctx: Context,
  clause: SyntaxNode,
  bodyNode: SyntaxNode | undefined,
): Pick<LoopStmt, 'test' | 'body'> {
  const condition = child(clause, 'condition');
  const update = child(clause, 'update');
  const after = update === undefined ? [] : lowerStatement(ctx, update);
  const test = condition === undefined ? {} : { test: lowerExpression(ctx, condition) };
  return { ...test, body: [...lowerBlock(ctx, bodyNode), ...after] };
}

/** The value alone is an element of what is ranged over; with a key it is a pair of `%entries`, without a value one of `%keys`. */
function lowerRange(ctx: Context, clause: SyntaxNode): Pick<LoopStmt, 'binding' | 'over'> {
  const over = lowerOptional(ctx, clause, child(clause, 'right'));
  const left = child(clause, 'left');
  const target = left === undefined ? undefined : lowerTargets(afterDeclaration(ctx, clause), left);
  if (target === undefined) return { over };
  if (target.kind !== 'items') return { binding: target, over: callOf(clause, 'keys', over) };
  const [key, value] = target.items;
  if (key !== undefined && value !== undefined) return { binding: target, over: callOf(clause, 'entries', over) };
  if (value !== undefined) return { binding: value, over };
  return key === undefined ? { over } : { binding: key, over: callOf(clause, 'keys', over) };
}

function callOf(node: SyntaxNode, name: string, over: Expr): Expr {
  const callee = intrinsic(node, name);
  return { kind: 'call', span: over.span, form: 'call', callee, args: [{ span: over.span, value: over }] };
}
