/** Every form of expression, as a table that the compiler keeps complete. */
import type { Argument, Expr, ListExpr, RecordEntry } from '../../ir/ir.js';
import type { ExpressionType, NodeType } from '../../syntax/node-types/python.js';
import { child, namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { lowerComprehension } from './comprehensions.js';
import { type Context, deeper, nameExpression, nameIn, opaque, textOf, childrenIn } from './context.js';
import { lowerLambda } from './functions.js';
import { lowerConcatenatedString, lowerFloat, lowerInteger, lowerString, plainText } from './literals.js';
import { lowerPattern } from './patterns.js';
import type { StatementType } from './statements.js';
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
export function lowerOptional(ctx: Context, parent: SyntaxNode, child: SyntaxNode | undefined): Expr {
  return child === undefined ? opaque(parent) : lowerExpression(ctx, child);
}

/** The arguments of a call; a generator expression is the only one. */
export function lowerArguments(ctx: Context, node: SyntaxNode | undefined): readonly Argument[] {
  if (node === undefined) return [];
  if (node.type !== 'argument_list') return [{ span: spanOf(node), value: lowerExpression(ctx, node) }];
  return namedChildren(node).map((part) => lowerArgument(ctx, part));
}

/** `a`, `a.b.c`: a dotted path as nested members. */
export function lowerDottedName(ctx: Context, node: SyntaxNode): Expr {
  const [first, ...rest] = namedChildren(node);
  if (first === undefined) return opaque(node);
  return rest.reduce<Expr>(
    (object, part) => ({
      kind: 'member',
      span: { start: node.start, end: part.end },
      object,
      property: textOf(ctx, part),
      propertySpan: spanOf(part),
    }),
    nameExpression(ctx, first),
  );
}

const expressions = {
  as_pattern: lowerFirst,
  attribute: lowerAttribute,
  await: lowerAwait,
  binary_operator: lowerBinary,
  boolean_operator: lowerBinary,
  call: lowerCall,
  comparison_operator: lowerComparison,
  concatenated_string: lowerConcatenatedString,
  conditional_expression: lowerConditional,
  dictionary: lowerDictionary,
  dictionary_comprehension: lowerComprehension,
  ellipsis: (_ctx, node) => opaque(node),
  false: (_ctx, node) => ({ kind: 'literal', span: spanOf(node), value: false }),
  float: lowerFloat,
  generator_expression: lowerComprehension,
  identifier: nameExpression,
  integer: lowerInteger,
  lambda: lowerLambda,
  list: lowerList,
  list_comprehension: lowerComprehension,
  list_splat: lowerUnknown,
  named_expression: lowerNamedExpression,
  none: (_ctx, node) => ({ kind: 'literal', span: spanOf(node), value: null }),
  not_operator: lowerNot,
  parenthesized_expression: lowerFirst,
  set: lowerList,
  set_comprehension: lowerComprehension,
  string: lowerString,
  subscript: lowerSubscript,
  true: (_ctx, node) => ({ kind: 'literal', span: spanOf(node), value: true }),
  tuple: lowerList,
  unary_operator: lowerUnary,
} satisfies Record<ExpressionType, LowerExpression>;

/** Nodes that are no expression of the grammar: most stand inside one, all may be met in broken code. */
const pieces = {
  aliased_import: lowerUnknown,
  argument_list: lowerUnknown,
  assignment: lowerNestedAssignment,
  augmented_assignment: lowerNestedAssignment,
  block: lowerUnknown,
  case_clause: lowerUnknown,
  case_pattern: lowerUnknown,
  chevron: lowerUnknown,
  class_pattern: lowerUnknown,
  comment: lowerUnknown,
  complex_pattern: lowerUnknown,
  constrained_type: lowerType,
  decorator: lowerUnknown,
  default_parameter: lowerUnknown,
  dict_pattern: lowerUnknown,
  dictionary_splat: lowerUnknown,
  dictionary_splat_pattern: lowerUnknown,
  dotted_name: lowerDottedName,
  elif_clause: lowerUnknown,
  else_clause: lowerUnknown,
  escape_interpolation: lowerUnknown,
  escape_sequence: lowerUnknown,
  except_clause: lowerUnknown,
  expression_list: lowerList,
  finally_clause: lowerUnknown,
  for_in_clause: lowerUnknown,
  format_expression: lowerUnknown,
  format_specifier: lowerUnknown,
  generic_type: lowerType,
  if_clause: lowerUnknown,
  import_prefix: lowerUnknown,
  interpolation: lowerUnknown,
  keyword_argument: lowerUnknown,
  keyword_pattern: lowerUnknown,
  keyword_separator: lowerUnknown,
  lambda_parameters: lowerUnknown,
  line_continuation: lowerUnknown,
  list_pattern: lowerList,
  list_splat_pattern: lowerUnknown,
  member_type: lowerType,
  module: lowerUnknown,
  pair: lowerUnknown,
  parameters: lowerUnknown,
  parenthesized_list_splat: lowerUnknown,
  pattern_list: lowerList,
  positional_separator: lowerUnknown,
  relative_import: lowerUnknown,
  slice: lowerUnknown,
  splat_pattern: lowerUnknown,
  splat_type: lowerType,
  string_content: lowerUnknown,
  string_end: lowerUnknown,
  string_start: lowerUnknown,
  tuple_pattern: lowerList,
  type: lowerType,
  type_conversion: lowerUnknown,
  type_parameter: lowerUnknown,
  typed_default_parameter: lowerUnknown,
  typed_parameter: lowerUnknown,
  union_pattern: lowerUnknown,
  union_type: lowerType,
  wildcard_import: lowerUnknown,
  with_clause: lowerUnknown,
  with_item: lowerUnknown,
  yield: lowerYield,
} satisfies Record<Exclude<NodeType, ExpressionType | StatementType>, LowerExpression>;

const tableByType: Readonly<Record<string, LowerExpression | undefined>> = { ...expressions, ...pieces };

function lowerUnknown(ctx: Context, node: SyntaxNode): Expr {
  return opaque(
    node,
    namedChildren(node).map((part) => lowerExpression(ctx, part)),
  );
}

/** What stands in parentheses, or before `as`. */
function lowerFirst(ctx: Context, node: SyntaxNode): Expr {
  return lowerOptional(ctx, node, namedChildren(node)[0]);
}

function lowerAttribute(ctx: Context, node: SyntaxNode): Expr {
  const property = child(node, 'attribute');
  const object = lowerOptional(ctx, node, child(node, 'object'));
  if (property === undefined) return opaque(node, [object]);
  return {
    kind: 'member',
    span: spanOf(node),
    object,
    property: textOf(ctx, property),
    propertySpan: spanOf(property),
  };
}

function lowerSubscript(ctx: Context, node: SyntaxNode): Expr {
  const object = lowerOptional(ctx, node, child(node, 'value'));
  const subscripts = childrenIn(node, 'subscript');
  const [only] = subscripts;
  if (only === undefined) return opaque(node, [object]);
  const text = subscripts.length === 1 ? plainText(ctx, only) : undefined;
  if (text !== undefined) {
    return { kind: 'member', span: spanOf(node), object, property: text, propertySpan: spanOf(only) };
  }
  return { kind: 'index', span: spanOf(node), object, index: indexOf(ctx, subscripts) };
}

/** One subscript as it is, several as a list. */
export function indexOf(ctx: Context, subscripts: readonly SyntaxNode[]): Expr {
  const values = subscripts.map((subscript) => lowerExpression(ctx, subscript));
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  const span = { start: subscripts[0]?.start ?? 0, end: subscripts.at(-1)?.end ?? 0 };
  return { kind: 'list', span, items: values.map((value) => ({ value })) };
}

function lowerCall(ctx: Context, node: SyntaxNode): Expr {
  return {
    kind: 'call',
    span: spanOf(node),
    form: 'call',
    callee: lowerOptional(ctx, node, child(node, 'function')),
    args: lowerArguments(ctx, child(node, 'arguments')),
  };
}

function lowerArgument(ctx: Context, node: SyntaxNode): Argument {
  if (node.type === 'keyword_argument') {
    const name = child(node, 'name');
    const value = lowerOptional(ctx, node, child(node, 'value'));
    if (name === undefined) return { span: spanOf(node), value };
    return { span: spanOf(node), name: textOf(ctx, name), nameSpan: spanOf(name), value };
  }
  const [inner] = namedChildren(node);
  if (node.type === 'list_splat' || node.type === 'dictionary_splat') {
    const spread = node.type === 'list_splat' ? 'list' : 'record';
    return { span: spanOf(node), spread, value: lowerOptional(ctx, node, inner) };
  }
  const parenthesisedSplat = node.type === 'parenthesized_expression' && inner?.type === 'list_splat';
  if (parenthesisedSplat) return lowerArgument(ctx, inner);
  return { span: spanOf(node), value: lowerExpression(ctx, node) };
}

function lowerList(ctx: Context, node: SyntaxNode): ListExpr {
  const items = namedChildren(node).map((part) => {
    const splat = part.type === 'list_splat' || part.type === 'list_splat_pattern';
    if (splat) return { value: lowerOptional(ctx, part, namedChildren(part)[0]), spread: true };
    return { value: lowerExpression(ctx, part) };
  });
  return { kind: 'list', span: spanOf(node), items };
}

function lowerDictionary(ctx: Context, node: SyntaxNode): Expr {
  return { kind: 'record', span: spanOf(node), entries: namedChildren(node).map((part) => lowerEntry(ctx, part)) };
}

/** One `key: value` or `**other` of a dictionary. */
export function lowerEntry(ctx: Context, node: SyntaxNode): RecordEntry {
  const span = spanOf(node);
  if (node.type === 'dictionary_splat') {
    return { span, spread: true, value: lowerOptional(ctx, node, namedChildren(node)[0]) };
  }
  const key = child(node, 'key');
  const value = child(node, 'value');
  if (key === undefined || value === undefined) return { span, spread: true, value: lowerUnknown(ctx, node) };
  const lowered = lowerExpression(ctx, key);
  const known = lowered.kind === 'literal' && lowered.value !== null;
  if (known) return { span, key: String(lowered.value), keySpan: spanOf(key), value: lowerExpression(ctx, value) };
  return { span, computedKey: lowered, value: lowerExpression(ctx, value) };
}

function lowerBinary(ctx: Context, node: SyntaxNode): Expr {
  const written = child(node, 'operator')?.type ?? '';
  return {
    kind: 'binary',
    span: spanOf(node),
    operator: operatorByKeyword[written] ?? written,
    left: lowerOptional(ctx, node, child(node, 'left')),
    right: lowerOptional(ctx, node, child(node, 'right')),
  };
}

const operatorByKeyword: Readonly<Record<string, string | undefined>> = {
  and: '&&',
  or: '||',
  is: '==',
  'is not': '!=',
  '<>': '!=',
};

/** `a < b < c` is `a < b && b < c`; a chain too long to nest is opaque. */
function lowerComparison(ctx: Context, node: SyntaxNode): Expr {
  const operands = namedChildren(node).map((part) => lowerExpression(ctx, part));
  const operators = node.children.filter((one) => one.field === 'operators').map((one) => one.type);
  const comparisons = operators.flatMap((written, i): Expr[] => {
    const left = operands[i];
    const right = operands[i + 1];
    if (left === undefined || right === undefined) return [];
    const span = { start: left.span.start, end: right.span.end };
    return [{ kind: 'binary', span, operator: operatorByKeyword[written] ?? written, left, right }];
  });
  const [first, ...rest] = comparisons;
  const broken = first === undefined || comparisons.length !== operators.length;
  if (broken || rest.length > LONGEST_CHAIN) return opaque(node, operands);
  if (rest.length === 0) return { ...first, span: spanOf(node) };
  return rest.reduce<Expr>(
    (left, right) => ({
      kind: 'binary',
      span: { start: node.start, end: right.span.end },
      operator: '&&',
      left,
      right,
    }),
    first,
  );
}

const LONGEST_CHAIN = 20;

function lowerConditional(ctx: Context, node: SyntaxNode): Expr {
  const [then, test, otherwise] = namedChildren(node);
  return {
    kind: 'choice',
    span: spanOf(node),
    test: lowerOptional(ctx, node, test),
    then: lowerOptional(ctx, node, then),
    otherwise: lowerOptional(ctx, node, otherwise),
  };
}

/** `name := value` also declares the name: the statement around does that, before itself. */
function lowerNamedExpression(ctx: Context, node: SyntaxNode): Expr {
  const name = child(node, 'name');
  const value = lowerOptional(ctx, node, child(node, 'value'));
  if (name === undefined) return opaque(node, [value]);
  const written = nameIn(ctx, textOf(ctx, name));
  const isNew = !ctx.scope.bound.has(written) && !ctx.scope.outer.has(written);
  if (isNew) ctx.scope.newNames.push(written);
  return { kind: 'assign', span: spanOf(node), target: lowerPattern(ctx, name), value };
}

/** The second `=` of `a = b = value`, where it cannot be a statement of its own. */
function lowerNestedAssignment(ctx: Context, node: SyntaxNode): Expr {
  const target = child(node, 'left');
  const value = lowerOptional(ctx, node, child(node, 'right'));
  if (target === undefined) return opaque(node, [value]);
  const operator = child(node, 'operator')?.type;
  const assigned = { kind: 'assign', span: spanOf(node), target: lowerPattern(ctx, target), value } as const;
  return operator === undefined ? assigned : { ...assigned, operator };
}

function lowerNot(ctx: Context, node: SyntaxNode): Expr {
  const operand = lowerOptional(ctx, node, child(node, 'argument'));
  return { kind: 'unary', span: spanOf(node), operator: '!', operand };
}

function lowerUnary(ctx: Context, node: SyntaxNode): Expr {
  const operand = lowerOptional(ctx, node, child(node, 'argument'));
  return { kind: 'unary', span: spanOf(node), operator: child(node, 'operator')?.type ?? '', operand };
}

function lowerAwait(ctx: Context, node: SyntaxNode): Expr {
  return { kind: 'unary', span: spanOf(node), operator: 'await', operand: lowerFirst(ctx, node) };
}

function lowerYield(ctx: Context, node: SyntaxNode): Expr {
  ctx.scope.yields = true;
  const [value] = namedChildren(node);
  const operand: Expr =
    value === undefined ? { kind: 'literal', span: spanOf(node), value: null } : lowerExpression(ctx, value);
  return { kind: 'unary', span: spanOf(node), operator: 'yield', operand };
}
