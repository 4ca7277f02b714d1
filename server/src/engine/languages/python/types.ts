/** Annotations, lowered as expressions: `A[B]` is an `index`, `A | B` a `binary`. */
import type { Node } from 'web-tree-sitter';
import type { Expr } from '../../ir/ir.js';
import { type Context, deeper, field, opaque, parts, spanOf, textOf } from './context.js';
import { lowerExpression } from './expressions.js';
import { plainText } from './literals.js';

/** An annotation. A quoted name is the name. */
export function lowerType(ctx: Context, node: Node): Expr {
  return deeper(
    ctx,
    () => opaque(node),
    () => lowerTypeNode(ctx, node),
  );
}

function lowerTypeNode(ctx: Context, node: Node): Expr {
  const [first, second] = parts(node);
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
  readonly first: Node;
  readonly second: Node;
}

/** `List[int]`, where the arguments are a `type_parameter`. */
function generic(ctx: Context, node: Node, { first, second }: Pair): Expr {
  const index = typeList(ctx, second, { of: textOf(ctx, first), types: parts(second) });
  return { kind: 'index', span: spanOf(node), object: lowerExpression(ctx, first), index };
}

/** `typing.List[int]`, which the grammar reads as an expression. */
function subscript(ctx: Context, node: Node): Expr {
  const object = field(node, 'value');
  const types = node.childrenForFieldName('subscript').filter((child) => child.isNamed);
  if (object === undefined || types.length === 0) return opaque(node);
  const index = typeList(ctx, node, { of: textOf(ctx, object), types });
  return { kind: 'index', span: spanOf(node), object: lowerType(ctx, object), index };
}

interface TypeArguments {
  readonly of: string;
  readonly types: readonly Node[];
}

/** One argument as it is, several as a list. What `Literal[…]` holds is text, not the names of types. */
function typeList(ctx: Context, node: Node, { of, types }: TypeArguments): Expr {
  const areValues = /(^|\.)Literal$/.test(of);
  const lowered = types.map((type) => (areValues ? lowerValue(ctx, type) : lowerType(ctx, type)));
  const [only] = lowered;
  if (only !== undefined && lowered.length === 1) return only;
  const span = { start: types[0]?.startIndex ?? node.startIndex, end: types.at(-1)?.endIndex ?? node.endIndex };
  return { kind: 'list', span, items: lowered.map((value) => ({ value })) };
}

function lowerValue(ctx: Context, node: Node): Expr {
  const [inner] = parts(node);
  return lowerExpression(ctx, node.type === 'type' && inner !== undefined ? inner : node);
}

function union(ctx: Context, node: Node, { first, second }: Pair): Expr {
  const left = lowerType(ctx, first);
  const right = lowerType(ctx, second);
  return { kind: 'binary', span: spanOf(node), operator: '|', left, right };
}

function member(ctx: Context, node: Node, { first, second }: Pair): Expr {
  return {
    kind: 'member',
    span: spanOf(node),
    object: lowerType(ctx, first),
    property: textOf(ctx, second),
    propertySpan: spanOf(second),
  };
}

/** `"app.User"`: a forward reference is the name itself; any other text stays text. */
function quotedName(ctx: Context, node: Node): Expr {
  const text = plainText(ctx, node);
  const opening = node.firstNamedChild;
  const isDottedName = text !== undefined && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(text);
  if (!isDottedName || opening === null) return lowerExpression(ctx, node);
  const start = opening.endIndex;
  const [root = '', ...properties] = text.split('.');
  let end = start + root.length;
  let lowered: Expr = { kind: 'name', span: { start, end }, name: root };
  for (const property of properties) {
    const propertySpan = { start: end + 1, end: end + 1 + property.length };
    end = propertySpan.end;
    lowered = { kind: 'member', span: { start, end }, object: lowered, property, propertySpan };
  }
  return lowered;
}
