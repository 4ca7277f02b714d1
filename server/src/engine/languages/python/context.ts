/**
 * What lowering carries along: the text, the imports found so far, and the scope it is in. Nothing here outlives one item.
 */
import type { Node } from 'web-tree-sitter';
import type { Span } from '../../base/span.js';
import type { Expr, ImportIR, NameExpr } from '../../ir/ir.js';

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
  /** Set when a `yield` is met. */
  yields: boolean;
}

/** A scope with nothing in it yet. */
export function newScope(kind: Scope['kind'], receiver: string | undefined): Scope {
  return { kind, receiver, outer: new Set(), yields: false };
}

/** Runs `lower` one level deeper, or gives `beyond` at the limit. */
export function deeper<T>(ctx: Context, beyond: () => T, lower: () => T): T {
  if (ctx.depth.now >= DEPTH_LIMIT) return beyond();
  ctx.depth.now++;
  const lowered = lower();
  ctx.depth.now--;
  return lowered;
}

/** The node's place in the file. */
export function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

/** The node's own text. */
export function textOf(ctx: Context, node: Node): string {
  return ctx.text.slice(node.startIndex, node.endIndex);
}

/** The child in a field of the grammar. */
export function field(node: Node, name: string): Node | undefined {
  return node.childForFieldName(name) ?? undefined;
}

/** The named children that mean something: without comments and line continuations. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter((child) => child.type !== 'comment' && child.type !== 'line_continuation');
}

/** A name as the scope knows it: the receiver is `this`. */
export function nameIn(ctx: Context, written: string): string {
  return written === ctx.scope.receiver ? 'this' : written;
}

/** Nothing known but where it is. */
export function opaque(node: Node, children: readonly Expr[] = []): Expr {
  return { kind: 'opaque', span: spanOf(node), children };
}

/** A name expression for an identifier node. */
export function nameExpression(ctx: Context, node: Node): NameExpr {
  return { kind: 'name', span: spanOf(node), name: nameIn(ctx, textOf(ctx, node)) };
}
