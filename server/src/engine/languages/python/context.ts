/**
 * What lowering carries along: the text, the imports found so far, and the scope it is in. Nothing here outlives one item.
 */
import type { Expr, ImportIR, NameExpr } from '../../ir/ir.js';
import { spanOf, type SyntaxNode } from '../../syntax/read.js';

/** How deep lowering follows nested code; what is deeper becomes `opaque`, so that no input exhausts the stack. */
export const DEPTH_LIMIT = 400;

export interface Context {
  readonly text: string;
  /** All imports of the item, wherever they stand. */
  readonly imports: ImportIR[];
  readonly scope: Scope;
  /** How deep the node at hand is nested in its item. */
  readonly depth: { now: number };
}

/** The nearest module, class or function. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  /** What the method around it calls its first parameter: `self`, `cls`. That name is lowered as `this`. */
  readonly receiver?: string | undefined;
  /** Names that `global` or `nonlocal` gives away: assigning them declares nothing here. */
  readonly outer: Set<string>;
  /** Names that are bound here so far. */
  readonly bound: Set<string>;
  /** Names that `:=` binds for the first time, in the statement at hand. */
  newNames: string[];
  /** Set when a `yield` is met. */
  yields: boolean;
}

/** A scope with nothing in it yet. */
export function newScope(kind: Scope['kind'], receiver: string | undefined): Scope {
  return { kind, receiver, outer: new Set(), bound: new Set(), newNames: [], yields: false };
}

/** Runs `lower` one level deeper, or gives `beyond` at the limit. */
export function deeper<T>(ctx: Context, beyond: () => T, lower: () => T): T {
  if (ctx.depth.now >= DEPTH_LIMIT) return beyond();
  ctx.depth.now++;
  const lowered = lower();
  ctx.depth.now--;
  return lowered;
}

/** The node's own text. */
export function textOf(ctx: Context, node: SyntaxNode): string {
  return ctx.text.slice(node.start, node.end);
}

/** The named children that fill a field, of which the grammar allows several. */
export function childrenIn(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.named && child.field === field);
}

/** A name as the scope knows it: the receiver is `this`. */
export function nameIn(ctx: Context, written: string): string {
  return written === ctx.scope.receiver ? 'this' : written;
}

/** Nothing known but where it is. */
export function opaque(node: SyntaxNode, children: readonly Expr[] = []): Expr {
  return { kind: 'opaque', span: spanOf(node), children };
}

/** A name expression for an identifier node. */
export function nameExpression(ctx: Context, node: SyntaxNode): NameExpr {
  return { kind: 'name', span: spanOf(node), name: nameIn(ctx, textOf(ctx, node)) };
}
