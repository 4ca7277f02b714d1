/** Every form of expression, as a table that the compiler keeps complete. */
import type { Argument, Expr } from '../../ir/ir.js';
import type { ExpressionType, NodeType, StatementType, TypeNodeType } from '../../syntax/node-types/go.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerComposite, lowerElements } from './composites.js';
import { type Context, deeper, intrinsic, listOf, nameExpression, opaque, textOf } from './context.js';
import { lowerFunctionLiteral } from './functions.js';
import { lowerFloat, lowerInteger, lowerRune, lowerString } from './literals.js';
import { lowerType } from './types.js';

type LowerExpression = (ctx: Context, node: SyntaxNode) => Expr;

/** Turns any node into an expression. Total: what is no expression is opaque and keeps the expressions inside. */
export function lowerExpression(ctx: Context, node: SyntaxNode): Expr {
  return deeper(
    ctx,
    () => opaque(node),
    () => (tableByType[node.type] ?? lowerUnknown)(ctx, node),
  );
}

/** A child that should be there; broken code may lack it. */
export function lowerOptional(ctx: Context, parent: SyntaxNode, node: SyntaxNode | undefined): Expr {
  return node === undefined ? opaque(parent) : lowerExpression(ctx, node);
}

/** The expressions of an `expression_list`, or the one that stands for it. */
export function lowerExpressions(ctx: Context, node: SyntaxNode): readonly Expr[] {
  const nodes = node.type === 'expression_list' ? namedChildren(node) : [node];
  return nodes.map((one) => lowerExpression(ctx, one));
}

const expressions = {
  binary_expression: lowerBinary,
  call_expression: lowerCall,
  composite_literal: lowerComposite,
  false: (_ctx, node) => ({ kind: 'literal', span: spanOf(node), value: false }),
  float_literal: lowerFloat,
  func_literal: lowerFunctionLiteral,
  identifier: nameExpression,
  imaginary_literal: lowerUnknown,
  index_expression: lowerIndex,
  int_literal: lowerInteger,
  interpreted_string_literal: lowerString,
  iota: lowerIota,
  nil: (_ctx, node) => ({ kind: 'literal', span: spanOf(node), value: null }),
  parenthesized_expression: lowerFirst,
  raw_string_literal: lowerString,
  rune_literal: lowerRune,
  selector_expression: lowerSelector,
  slice_expression: lowerSlice,
  true: (_ctx, node) => ({ kind: 'literal', span: spanOf(node), value: true }),
  type_assertion_expression: lowerAssertion,
  type_conversion_expression: lowerConversion,
  type_instantiation_expression: lowerInstantiation,
  unary_expression: lowerUnary,
} satisfies Record<ExpressionType, LowerExpression>;

const types = {
  array_type: lowerType,
  channel_type: lowerType,
  function_type: lowerType,
  generic_type: lowerType,
  interface_type: lowerType,
  map_type: lowerType,
  negated_type: lowerType,
  parenthesized_type: lowerType,
  pointer_type: lowerType,
  qualified_type: lowerType,
  slice_type: lowerType,
  struct_type: lowerType,
  type_identifier: lowerType,
} satisfies Record<TypeNodeType, LowerExpression>;

/** Nodes that are no expression of the grammar: most stand inside one, all may be met in broken code. */
const pieces = {
  argument_list: lowerUnknown,
  blank_identifier: lowerUnknown,
  comment: lowerUnknown,
  communication_case: lowerUnknown,
  const_spec: lowerUnknown,
  default_case: lowerUnknown,
  dot: lowerUnknown,
  escape_sequence: lowerUnknown,
  expression_case: lowerUnknown,
  expression_list: (ctx, node) => listOf(lowerExpressions(ctx, node), node),
  field_declaration: lowerUnknown,
  field_declaration_list: lowerUnknown,
  field_identifier: nameExpression,
  for_clause: lowerUnknown,
  function_declaration: lowerFunctionLiteral,
  implicit_length_array_type: lowerType,
  import_declaration: lowerUnknown,
  import_spec: lowerUnknown,
  import_spec_list: lowerUnknown,
  interpreted_string_literal_content: lowerUnknown,
  keyed_element: lowerUnknown,
  label_name: lowerUnknown,
  literal_element: lowerFirst,
  literal_value: (ctx, node) => lowerElements(ctx, node, undefined),
  method_declaration: lowerFunctionLiteral,
  method_elem: lowerUnknown,
  package_clause: lowerUnknown,
  package_identifier: nameExpression,
  parameter_declaration: lowerUnknown,
  parameter_list: lowerUnknown,
  range_clause: lowerUnknown,
  raw_string_literal_content: lowerUnknown,
  receive_statement: lowerUnknown,
  source_file: lowerUnknown,
  statement_list: lowerUnknown,
  type_alias: lowerUnknown,
  type_arguments: lowerUnknown,
  type_case: lowerUnknown,
  type_constraint: lowerType,
  type_elem: lowerType,
  type_parameter_declaration: lowerUnknown,
  type_parameter_list: lowerUnknown,
  type_spec: lowerUnknown,
  var_spec: lowerUnknown,
  var_spec_list: lowerUnknown,
  variadic_argument: lowerFirst,
  variadic_parameter_declaration: lowerUnknown,
} satisfies Record<Exclude<NodeType, ExpressionType | StatementType | TypeNodeType>, LowerExpression>;

const tableByType: Readonly<Record<string, LowerExpression | undefined>> = { ...expressions, ...types, ...pieces };

function lowerUnknown(ctx: Context, node: SyntaxNode): Expr {
  return opaque(
    node,
    namedChildren(node).map((part) => lowerExpression(ctx, part)),
  );
}

function lowerFirst(ctx: Context, node: SyntaxNode): Expr {
  return lowerOptional(ctx, node, namedChildren(node)[0]);
}

function lowerBinary(ctx: Context, node: SyntaxNode): Expr {
  return {
    kind: 'binary',
    span: spanOf(node),
    operator: child(node, 'operator')?.type ?? '',
    left: lowerOptional(ctx, node, child(node, 'left')),
    right: lowerOptional(ctx, node, child(node, 'right')),
  };
}

/** Also a channel's `<-`. */
function lowerUnary(ctx: Context, node: SyntaxNode): Expr {
  const operand = lowerOptional(ctx, node, child(node, 'operand'));
  return { kind: 'unary', span: spanOf(node), operator: child(node, 'operator')?.type ?? '', operand };
}

function lowerSelector(ctx: Context, node: SyntaxNode): Expr {
  const object = lowerOptional(ctx, node, child(node, 'operand'));
  const property = child(node, 'field');
  if (property === undefined) return opaque(node, [object]);
  return {
    kind: 'member',
    span: spanOf(node),
    object,
    property: textOf(ctx, property),
    propertySpan: spanOf(property),
  };
}

function lowerIndex(ctx: Context, node: SyntaxNode): Expr {
  const object = lowerOptional(ctx, node, child(node, 'operand'));
  const index = lowerOptional(ctx, node, child(node, 'index'));
  const isText = index.kind === 'literal' && typeof index.value === 'string';
  if (!isText) return { kind: 'index', span: spanOf(node), object, index };
  return { kind: 'member', span: spanOf(node), object, property: String(index.value), propertySpan: index.span };
}

function lowerSlice(ctx: Context, node: SyntaxNode): Expr {
  const object = lowerOptional(ctx, node, child(node, 'operand'));
  const bounds = namedChildren(node).filter((part) => part.field !== 'operand');
  const span = { start: object.span.end, end: node.end };
  const index: Expr = { kind: 'opaque', span, children: bounds.map((bound) => lowerExpression(ctx, bound)) };
  return { kind: 'index', span: spanOf(node), object, index };
}

/** Type arguments choose among instances of one function, so a call has none. */
function lowerCall(ctx: Context, node: SyntaxNode): Expr {
  return {
    kind: 'call',
    span: spanOf(node),
    form: 'call',
    callee: lowerOptional(ctx, node, child(node, 'function')),
    args: namedChildren(child(node, 'arguments') ?? node).flatMap((part) =>
      part.field === 'function' || part.field === 'type_arguments' ? [] : [lowerArgument(ctx, part)],
    ),
  };
}

function lowerArgument(ctx: Context, node: SyntaxNode): Argument {
  const value = lowerExpression(ctx, node);
  return node.type === 'variadic_argument'
    ? { span: spanOf(node), spread: 'list', value }
    : { span: spanOf(node), value };
}

function lowerAssertion(ctx: Context, node: SyntaxNode): Expr {
  const value = lowerOptional(ctx, node, child(node, 'operand'));
  const typeNode = child(node, 'type');
  if (typeNode === undefined) return opaque(node, [value]);
  const type = lowerType(ctx, typeNode);
  return {
    kind: 'call',
    span: spanOf(node),
    form: 'call',
    callee: intrinsic(typeNode, 'assert'),
    args: [
      { span: value.span, value },
      { span: type.span, value: type },
    ],
  };
}

/** A conversion is a call of the type. The grammar also reads a generic function's call as one. */
function lowerConversion(ctx: Context, node: SyntaxNode): Expr {
  const value = lowerOptional(ctx, node, child(node, 'operand'));
  const typeNode = child(node, 'type');
  if (typeNode === undefined) return opaque(node, [value]);
  const generic = typeNode.type === 'generic_type' ? child(typeNode, 'type') : undefined;
  const callee = lowerType(ctx, generic ?? typeNode);
  return { kind: 'call', span: spanOf(node), form: 'call', callee, args: [{ span: value.span, value }] };
}

function lowerInstantiation(ctx: Context, node: SyntaxNode): Expr {
  const type = child(node, 'type');
  return type === undefined ? lowerUnknown(ctx, node) : lowerType(ctx, type);
}

function lowerIota(ctx: Context, node: SyntaxNode): Expr {
  return ctx.iota === undefined ? opaque(node) : { kind: 'literal', span: spanOf(node), value: ctx.iota };
}
