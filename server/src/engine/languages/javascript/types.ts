/** Type annotations, as far as a reader of code wants to know them: names, generics, unions, shapes. */
import type { Expr, RecordEntry } from '../../ir/ir.js';
import type { TypeNodeType } from '../../syntax/node-types/typescript.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerExpression, lowerKey } from './expressions.js';
import { deeper, type Lowering, nameOf, opaque, textOf } from './lowering.js';

type LowerType = (node: SyntaxNode, lowering: Lowering) => Expr;

/** Lowers a type; a `type_annotation` is looked through. */
export function lowerType(node: SyntaxNode, lowering: Lowering): Expr {
  return deeper(
    lowering,
    () => {
      const lower = types[node.type as keyof typeof types];
      return lower === undefined ? opaque(node) : lower(node, lowering);
    },
    () => opaque(node),
  );
}

const types = {
  array_type: (node, lowering) => ({
    kind: 'index',
    span: spanOf(node),
    object: { kind: 'name', span: spanOf(node), name: 'Array' },
    index: only(node, lowering),
  }),
  call_expression: lowerExpression,
  conditional_type: (node) => opaque(node),
  const: nameOf,
  constructor_type: (node) => opaque(node),
  existential_type: (node) => opaque(node),
  extends_clause: only,
  flow_maybe_type: only,
  function_type: (node) => opaque(node),
  generic_type: (node, lowering) => {
    const name = child(node, 'name');
    const args = child(node, 'type_arguments');
    return {
      kind: 'index',
      span: spanOf(node),
      object: name === undefined ? opaque(node) : lowerType(name, lowering),
      index: args === undefined ? opaque(node) : severalTypes(args, lowering),
    };
  },
  identifier: nameOf,
  index_type_query: (node) => opaque(node),
  infer_type: (node) => opaque(node),
  intersection_type: (node, lowering) => joined(node, '&', lowering),
  literal_type: (node, lowering) => lowerExpression(namedChildren(node)[0], lowering),
  lookup_type: (node, lowering) => {
    const [object, index] = namedChildren(node);
    if (object === undefined || index === undefined) {
      return opaque(node);
    }
    const key = lowerType(index, lowering);
    const of = lowerType(object, lowering);
    return key.kind === 'literal' && typeof key.value === 'string'
      ? { kind: 'member', span: spanOf(node), object: of, property: key.value, propertySpan: key.span }
      : { kind: 'index', span: spanOf(node), object: of, index: key };
  },
  member_expression: lowerExpression,
  nested_identifier: lowerNested,
  nested_type_identifier: lowerNested,
  object_type: (node, lowering) => ({
    kind: 'record',
    span: spanOf(node),
    entries: namedChildren(node).flatMap((one) => (one.type === 'property_signature' ? [entry(one, lowering)] : [])),
  }),
  opting_type_annotation: only,
  optional_type: only,
  parenthesized_type: only,
  predefined_type: nameOf,
  readonly_type: only,
  rest_type: only,
  template_literal_type: (node) => opaque(node),
  this_type: nameOf,
  tuple_type: (node, lowering) => ({
    kind: 'list',
    span: spanOf(node),
    items: namedChildren(node).map((one) => ({ value: lowerType(child(one, 'type') ?? one, lowering) })),
  }),
  type_annotation: only,
  type_arguments: severalTypes,
  type_identifier: nameOf,
  type_query: (node, lowering) => ({
    kind: 'unary',
    span: spanOf(node),
    operator: 'typeof',
    operand: lowerExpression(namedChildren(node)[0], lowering),
  }),
  union_type: (node, lowering) => joined(node, '|', lowering),
} satisfies Record<TypeNodeType, LowerType> & Record<string, LowerType>;

function only(node: SyntaxNode, lowering: Lowering): Expr {
  const inside = namedChildren(node)[0];
  return inside === undefined ? opaque(node) : lowerType(inside, lowering);
}

/** One type argument is itself; several are a list. */
function severalTypes(node: SyntaxNode, lowering: Lowering): Expr {
  const inside = namedChildren(node).map((one) => lowerType(one, lowering));
  const [first] = inside;
  return first !== undefined && inside.length === 1
    ? first
    : { kind: 'list', span: spanOf(node), items: inside.map((value) => ({ value })) };
}

/** `A | B | C`. The grammar nests unions to the left, as deep as they are long. */
function joined(node: SyntaxNode, operator: string, lowering: Lowering): Expr {
  const parts: SyntaxNode[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === node.type) {
      waiting.push(...namedChildren(next).toReversed());
    } else {
      parts.push(next);
    }
  }
  const [first, ...others] = parts.map((part) => lowerType(part, lowering));
  if (first === undefined || others.length > 100) {
    return opaque(node);
  }
  return others.reduce<Expr>(
    (left, right) => ({
      kind: 'binary',
      span: { start: left.span.start, end: right.span.end },
      operator,
      left,
      right,
    }),
    first,
  );
}

function lowerNested(node: SyntaxNode, lowering: Lowering): Expr {
  const object = child(node, 'module') ?? child(node, 'object');
  const name = child(node, 'name') ?? child(node, 'property');
  if (object === undefined || name === undefined) {
    return opaque(node);
  }
  return {
    kind: 'member',
    span: spanOf(node),
    object: lowerType(object, lowering),
    property: textOf(name, lowering),
    propertySpan: spanOf(name),
  };
}

function entry(node: SyntaxNode, lowering: Lowering): RecordEntry {
  const type = child(node, 'type');
  return {
    span: spanOf(node),
    ...lowerKey(child(node, 'name'), lowering),
    value: type === undefined ? opaque(node) : lowerType(type, lowering),
  };
}
