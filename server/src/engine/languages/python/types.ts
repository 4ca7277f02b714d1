/** Annotations, lowered as expressions: `A[B]` is an `index`, `A | B` a `binary`. */
import type { Expr } from '../../ir/ir.js';
import { child, namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { type Context, deeper, opaque, textOf, childrenIn } from './context.js';
import { lowerExpression } from './expressions.js';
import { plainText } from './literals.js';

/** An annotation. A quoted name is the name. */
export function lowerType(ctx: Context, node: SyntaxNode): Expr {
  return deeper(
    ctx,
    () => opaque(node),
    () => lowerTypeNode(ctx, node),
  );
}

function lowerTypeNode(ctx: Context, node: SyntaxNode): Expr {
  const [first, second] = namedChildren(node);
  switch (node.type) {
    case 'type':
    case 'splat_type':
    case 'constrained_type':
      return first === undefined ? opaque(node) : lowerType(ctx, first);
    case 'generic_type':
      return first === undefined || second === undefined ? opaque(node) : generic(ctx, node, { first, second });
    case 'union_type':
      return first === undefined || second === undefined ? opaque(node) : union(ctx, node, { first, second });
    case 'member_type':
      return first === undefined || second === undefined ? opaque(node) : member(ctx, node, { first, second });
    case 'string':
      return quotedName(ctx, node);
    case 'subscript':
      return subscript(ctx, node);
    default:
      return lowerExpression(ctx, node);
  }
}

interface Pair {
  readonly first: SyntaxNode;
  readonly second: SyntaxNode;
}

/** `List[int]`, where the arguments are a `type_parameter`. */
function generic(ctx: Context, node: SyntaxNode, { first, second }: Pair): Expr {
  const index = typeList(ctx, second, { of: textOf(ctx, first), types: namedChildren(second) });
  return { kind: 'index', span: spanOf(node), object: lowerExpression(ctx, first), index };
}

/** `typing.List[int]`, which the grammar reads as an expression. */
function subscript(ctx: Context, node: SyntaxNode): Expr {
  const object = child(node, 'value');
  const types = childrenIn(node, 'subscript');
  if (object === undefined || types.length === 0) return opaque(node);
  const index = typeList(ctx, node, { of: textOf(ctx, object), types });
  return { kind: 'index', span: spanOf(node), object: lowerType(ctx, object), index };
}

interface TypeArguments {
  readonly of: string;
  readonly types: readonly SyntaxNode[];
}

/** One argument as it is, several as a list. What `Literal[…]` holds is text, not the names of types. */
function typeList(ctx: Context, node: SyntaxNode, { of, types }: TypeArguments): Expr {
  const areValues = /(^|\.)Literal$/.test(of);
  const lowered = types.map((type) => (areValues ? lowerValue(ctx, type) : lowerType(ctx, type)));
  const [only] = lowered;
  if (only !== undefined && lowered.length === 1) return only;
  const span = { start: types[0]?.start ?? node.start, end: types.at(-1)?.end ?? node.end };
  return { kind: 'list', span, items: lowered.map((value) => ({ value })) };
}

function lowerValue(ctx: Context, node: SyntaxNode): Expr {
  const [inner] = namedChildren(node);
  return lowerExpression(ctx, node.type === 'type' && inner !== undefined ? inner : node);
}

function union(ctx: Context, node: SyntaxNode, { first, second }: Pair): Expr {
  const left = lowerType(ctx, first);
  const right = lowerType(ctx, second);
  return { kind: 'binary', span: spanOf(node), operator: '|', left, right };
}

function member(ctx: Context, node: SyntaxNode, { first, second }: Pair): Expr {
  return {
    kind: 'member',
    span: spanOf(node),
    object: lowerType(ctx, first),
    property: textOf(ctx, second),
    propertySpan: spanOf(second),
  };
}

/** `"app.User | None"`: a forward reference is the name itself; any other text stays text. */
function quotedName(ctx: Context, node: SyntaxNode): Expr {
  const text = plainText(ctx, node);
  const opening = namedChildren(node)[0];
  const isReference = text !== undefined && /^\s*[A-Za-z_][\w.]*(\s*\|\s*[A-Za-z_][\w.]*)*\s*$/.test(text);
  if (!isReference || opening === undefined) return lowerExpression(ctx, node);
  const names = [...text.matchAll(/[\w.]+/g)].map((match) => pathAt(match[0], opening.end + match.index));
  return names.reduce((left, right) => {
    const span = { start: left.span.start, end: right.span.end };
    return { kind: 'binary', span, operator: '|', left, right };
  });
}

/** A dotted path that is written at an offset. */
function pathAt(path: string, start: number): Expr {
  const [root = '', ...properties] = path.split('.');
  let end = start + root.length;
  const span = { start, end };
  let lowered: Expr = root === 'None' ? { kind: 'literal', span, value: null } : { kind: 'name', span, name: root };
  for (const property of properties) {
    const propertySpan = { start: end + 1, end: end + 1 + property.length };
    end = propertySpan.end;
    lowered = { kind: 'member', span: { start, end }, object: lowered, property, propertySpan };
  }
  return lowered;
}
