/** Assignments: plain, annotated, augmented, and chains of them. */
import type { Expr, LetStmt, Pattern, Stmt } from '../../ir/ir.js';
import { child, spanOf, type SyntaxNode } from '../../syntax/read.js';
import type { Context } from './context.js';
import { lowerExpression, lowerOptional } from './expressions.js';
import { lowerPattern } from './patterns.js';
import { lowerType } from './types.js';

/** `a = v`, `a: T = v`, `a += v`, `a = b = v`. */
export function lowerAssignment(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  if (node.type === 'augmented_assignment') return [lowerAugmented(ctx, node)];
  const chain = chainOf(node);
  const last = chain.at(-1) ?? node;
  const right = child(last, 'right');
  const value = right === undefined ? undefined : lowerExpression(ctx, right);
  const targets = chain.flatMap((link) => {
    const left = child(link, 'left');
    return left === undefined ? [] : [lowerPattern(ctx, left)];
  });
  const [only] = targets;
  if (only === undefined) return [{ kind: 'expr', span: spanOf(node), value: lowerOptional(ctx, node, right) }];
  if (targets.length === 1) return [{ ...letOf(ctx, node, { target: only, value }), ...annotation(ctx, node) }];
  return lowerChain(ctx, node, { targets, value: value ?? lowerOptional(ctx, node, right) });
}

function chainOf(node: SyntaxNode): readonly SyntaxNode[] {
  const chain = [node];
  for (let right = child(node, 'right'); right?.type === 'assignment'; right = child(right, 'right')) chain.push(right);
  return chain;
}

function annotation(ctx: Context, node: SyntaxNode): { type?: Expr } {
  const type = child(node, 'type');
  return type === undefined ? {} : { type: lowerType(ctx, type) };
}

function lowerAugmented(ctx: Context, node: SyntaxNode): Stmt {
  const left = child(node, 'left');
  const value = lowerOptional(ctx, node, child(node, 'right'));
  if (left === undefined) return { kind: 'expr', span: spanOf(node), value };
  const operator = child(node, 'operator')?.type ?? '';
  return { kind: 'let', span: spanOf(node), target: lowerPattern(ctx, left), value, operator };
}

/** The value goes to the first plain name, and from there to the others, so that a call in it stands once. */
function lowerChain(
  ctx: Context,
  node: SyntaxNode,
  { targets, value }: { readonly targets: readonly Pattern[]; readonly value: Expr },
): readonly Stmt[] {
  const bound = targets.find((target) => target.kind === 'bind');
  if (bound === undefined) return [nestedAssignment(ctx, node, { targets, value })];
  const others = targets.filter((target) => target !== bound);
  const name: Expr = { kind: 'name', span: bound.span, name: bound.name };
  return [
    letOf(ctx, node, { target: bound, value }),
    ...others.map((target) => letOf(ctx, node, { target, value: name })),
  ];
}

function nestedAssignment(
  ctx: Context,
  node: SyntaxNode,
  { targets, value }: { readonly targets: readonly Pattern[]; readonly value: Expr },
): Stmt {
  const [first, ...rest] = targets;
  const nested = rest.reduceRight<Expr>(
    (inner, target) => ({
      kind: 'assign',
      span: { start: target.span.start, end: node.end },
      target,
      value: inner,
    }),
    value,
  );
  if (first === undefined) return { kind: 'expr', span: spanOf(node), value };
  return letOf(ctx, node, { target: first, value: nested });
}

/** An assignment declares its names in the function, but for those that `global` and `nonlocal` give away. */
function letOf(
  ctx: Context,
  node: SyntaxNode,
  { target, value }: { readonly target: Pattern; readonly value: Expr | undefined },
): LetStmt {
  const declares = declaresAny(ctx, target) ? ({ declares: 'function' } as const) : {};
  return { kind: 'let', span: spanOf(node), target, ...(value === undefined ? {} : { value }), ...declares };
}

function declaresAny(ctx: Context, target: Pattern): boolean {
  switch (target.kind) {
    case 'bind':
      return !ctx.scope.outer.has(target.name);
    case 'place':
      return false;
    case 'fields':
      return [...target.fields.map((one) => one.target), target.rest].some((one) => one && declaresAny(ctx, one));
    case 'items':
      return [...target.items, target.rest].some((one) => one !== undefined && declaresAny(ctx, one));
  }
}
