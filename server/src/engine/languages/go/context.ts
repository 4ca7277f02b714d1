/**
 * What lowering carries along: the text, and what the function around says of names. Nothing here outlives one item.
 *
 * What Go has and the IR has no word for is a call or an index of a name that no program can have:
 * - `%assert(value, Type)` is the type assertion `value.(Type)`, with or without its second result;
 * - `%bytes` is the type `[]byte`, and called the conversion to it: `[]byte(x)` is `%bytes(x)`;
 * - `%slice[T]`, `%map[K, V]`, `%chan[T]`, `%func[Params, Results]`, `%struct`, `%interface` are the other unnamed types;
 *   pointers are unwrapped;
 * - the second result of `value, ok := m[k]`, `x.(T)` and `<-ch` is `%ok(m[k])`, `%ok(x)`, `%ok(ch)`, and without an argument
 *   where that would repeat a call: `[value, ok] = [m[k], %ok(m[k])]`;
 * - `%entries(xs)` and `%keys(xs)` are what `range` gives with a key; with the value alone it iterates `xs` itself.
 */
import type { Expr, ImportIR, NameExpr, Pattern } from '../../ir/ir.js';
import { namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';

/** How deep lowering follows nested code; what is deeper becomes `opaque`, so that no input exhausts the stack. */
const DEPTH_LIMIT = 400;

export interface Context {
  readonly text: string;
  /** All imports of the item. */
  readonly imports: ImportIR[];
  /** What the method around calls its receiver: that name is lowered as `this`. */
  readonly receiver: string | undefined;
  /** The named results of the function around: what a bare `return` returns. */
  readonly results: readonly NameExpr[];
  /** The number of the constant at hand in its group. */
  readonly iota: number | undefined;
  /** How deep the node at hand is nested in its item. */
  readonly depth: { now: number };
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

/** What holds after a declaration: one of the receiver's own name hides the receiver. */
export function afterDeclaration(ctx: Context, declaration: SyntaxNode | undefined): Context {
  if (declaration === undefined || ctx.receiver === undefined) return ctx;
  const isHidden = declaredNames(declaration).some((name) => textOf(ctx, name) === ctx.receiver);
  return isHidden ? { ...ctx, receiver: undefined } : ctx;
}

function declaredNames(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case 'var_declaration':
    case 'const_declaration':
    case 'var_spec_list':
      return namedChildren(node).flatMap(declaredNames);
    case 'var_spec':
    case 'const_spec':
      return childrenIn(node, 'name');
    case 'short_var_declaration':
    case 'range_clause':
    case 'receive_statement':
      return node.children.filter((part) => part.field === 'left').flatMap(namedChildren);
    default:
      return [];
  }
}

/** A name as the function knows it: the receiver is `this`. */
export function nameIn(ctx: Context, written: string): string {
  return written === ctx.receiver ? 'this' : written;
}

/** A name expression for an identifier node. */
export function nameExpression(ctx: Context, node: SyntaxNode): NameExpr {
  return { kind: 'name', span: spanOf(node), name: nameIn(ctx, textOf(ctx, node)) };
}

/** One of the names that no program can have, in place of a node. */
export function intrinsic(node: SyntaxNode, name: string): NameExpr {
  return { kind: 'name', span: spanOf(node), name: `%${name}` };
}

/** Nothing known but where it is. */
export function opaque(node: SyntaxNode, children: readonly Expr[] = []): Expr {
  return { kind: 'opaque', span: spanOf(node), children };
}

/** Binds the name that is written at a node; the blank name binds nothing. */
export function bindName(ctx: Context, node: SyntaxNode): Pattern | undefined {
  const written = textOf(ctx, node);
  return written === '_' ? undefined : { kind: 'bind', span: spanOf(node), name: nameIn(ctx, written) };
}

/** One expression as it is, several as a list. */
export function listOf(values: readonly Expr[], node: SyntaxNode): Expr {
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return opaque(node);
  if (values.length === 1) return first;
  const span = { start: first.span.start, end: last.span.end };
  return { kind: 'list', span, items: values.map((value) => ({ value })) };
}
