/** Every form of expression: one row each, and the compiler names the form that has none. */
import type { Argument, CallExpr, ConcatExpr, Expr, ListExpr, LiteralExpr, RecordEntry } from '../../ir/ir.js';
import type { ExpressionType as JavascriptExpression } from '../../syntax/node-types/javascript.js';
import type { ExpressionType as TypescriptExpression } from '../../syntax/node-types/typescript.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerBinary } from './chains.js';
import { lowerClass } from './classes.js';
import { lowerFunction } from './functions.js';
import { lowerJsx, lowerJsxExpression } from './jsx.js';
import { decodeEscapes, readNumber } from './literals.js';
import { deeper, type Lowering, nameOf, opaque, textOf } from './lowering.js';
import { lowerTarget } from './patterns.js';

type LowerExpression = (node: SyntaxNode, lowering: Lowering) => Expr;

/** Lowers an expression. Total: without a node, or with one that is no expression, it is `opaque`. */
export function lowerExpression(node: SyntaxNode | undefined, lowering: Lowering): Expr {
  if (node === undefined) {
    return { kind: 'opaque', span: { start: 0, end: 0 }, children: [] };
  }
  return deeper(
    lowering,
    () => {
      const lower = node.start === node.end ? undefined : expressions[node.type as keyof typeof expressions];
      return lower === undefined ? lowerUnknown(node, lowering) : lower(node, lowering);
    },
    () => opaque(node),
  );
}

/** Whether a node type is an expression. */
export function isExpression(node: SyntaxNode): boolean {
  return Object.hasOwn(expressions, node.type);
}

/** The expressions in syntax that is not understood: the outermost ones, wherever they stand. */
export function expressionsIn(node: SyntaxNode, lowering: Lowering): readonly Expr[] {
  return deeper(
    lowering,
    () =>
      namedChildren(node).flatMap((one) =>
        isExpression(one) ? [lowerExpression(one, lowering)] : expressionsIn(one, lowering),
      ),
    () => [],
  );
}

function lowerUnknown(node: SyntaxNode, lowering: Lowering): Expr {
  return opaque(node, expressionsIn(node, lowering));
}

const expressions = {
  array: lowerArray,
  arrow_function: lowerLambda,
  as_expression: inner,
  assignment_expression: lowerAssignment,
  augmented_assignment_expression: lowerAssignment,
  await_expression: (node, lowering) => unary(node, 'await', namedChildren(node)[0], lowering),
  binary_expression: lowerBinary,
  call_expression: lowerCall,
  class: lowerClassExpression,
  // Declarations are expressions where they stand for a value: `export default class {}`, or in broken code.
  class_declaration: lowerClassExpression,
  abstract_class_declaration: lowerClassExpression,
  computed_property_name: inner,
  false: (node) => literal(node, false),
  function_declaration: lowerLambda,
  function_expression: lowerLambda,
  generator_function: lowerLambda,
  generator_function_declaration: lowerLambda,
  identifier: lowerIdentifier,
  import: nameOf,
  instantiation_expression: inner,
  internal_module: lowerUnknown,
  jsx_element: lowerJsx,
  jsx_expression: lowerJsxExpression,
  jsx_self_closing_element: lowerJsx,
  member_expression: lowerMember,
  meta_property: lowerMetaProperty,
  new_expression: lowerNew,
  non_null_expression: inner,
  null: (node) => literal(node, null),
  number: (node, lowering) => {
    const value = readNumber(textOf(node, lowering));
    return value === undefined ? opaque(node) : literal(node, value);
  },
  object: lowerObject,
  parenthesized_expression: inner,
  private_property_identifier: nameOf,
  regex: (node, lowering) => {
    const pattern = child(node, 'pattern');
    const flags = child(node, 'flags');
    return {
      kind: 'regex',
      span: spanOf(node),
      pattern: pattern === undefined ? '' : textOf(pattern, lowering),
      flags: flags === undefined ? '' : textOf(flags, lowering),
    };
  },
  satisfies_expression: inner,
  sequence_expression: lowerSequence,
  string: (node, lowering) => literal(node, stringValue(node, lowering)),
  subscript_expression: lowerSubscript,
  super: nameOf,
  template_string: lowerTemplate,
  ternary_expression: (node, lowering) => ({
    kind: 'choice',
    span: spanOf(node),
    test: lowerExpression(child(node, 'condition'), lowering),
    then: lowerExpression(child(node, 'consequence'), lowering),
    otherwise: lowerExpression(child(node, 'alternative'), lowering),
  }),
  this: (node) => ({ kind: 'name', span: spanOf(node), name: 'this' }),
  true: (node) => literal(node, true),
  type_assertion: inner,
  unary_expression: lowerUnary,
  undefined: (node) => literal(node, null),
  update_expression: lowerUpdate,
  yield_expression: (node, lowering) => unary(node, 'yield', namedChildren(node)[0], lowering),
} satisfies Record<JavascriptExpression | TypescriptExpression, LowerExpression> & Record<string, LowerExpression>;

function literal(node: SyntaxNode, value: LiteralExpr['value']): LiteralExpr {
  return { kind: 'literal', span: spanOf(node), value };
}

function unary(node: SyntaxNode, operator: string, operand: SyntaxNode | undefined, lowering: Lowering): Expr {
  return {
    kind: 'unary',
    span: spanOf(node),
    operator,
    operand:
      operand === undefined
        ? { kind: 'literal', span: { start: node.end, end: node.end }, value: null }
        : lowerExpression(operand, lowering),
  };
}

/** What parentheses, casts and assertions wrap: the first expression in it (a type assertion's type comes first). */
function inner(node: SyntaxNode, lowering: Lowering): Expr {
  const children = namedChildren(node);
  const value = node.type === 'type_assertion' ? children.at(-1) : children[0];
  return value === undefined ? opaque(node) : lowerExpression(value, lowering);
}

function lowerIdentifier(node: SyntaxNode, lowering: Lowering): Expr {
  const name = nameOf(node, lowering);
  return name.name === 'undefined' ? literal(node, null) : name;
}

function lowerLambda(node: SyntaxNode, lowering: Lowering): Expr {
  return { kind: 'lambda', span: spanOf(node), function: lowerFunction(node, lowering) };
}

function lowerClassExpression(node: SyntaxNode, lowering: Lowering): Expr {
  return { kind: 'class', span: spanOf(node), class: lowerClass(node, lowering) };
}

function lowerAssignment(node: SyntaxNode, lowering: Lowering): Expr {
  const operator = child(node, 'operator')?.type;
  return {
    kind: 'assign',
    span: spanOf(node),
    target: lowerTarget(child(node, 'left'), lowering),
    value: lowerExpression(child(node, 'right'), lowering),
    ...(operator === undefined ? {} : { operator }),
  };
}

/** `i++` is `i += 1`. */
function lowerUpdate(node: SyntaxNode, lowering: Lowering): Expr {
  return {
    kind: 'assign',
    span: spanOf(node),
    target: lowerTarget(child(node, 'argument'), lowering),
    value: literal(node, 1),
    operator: child(node, 'operator')?.type === '--' ? '-=' : '+=',
  };
}

function lowerUnary(node: SyntaxNode, lowering: Lowering): Expr {
  const operator = child(node, 'operator')?.type ?? '';
  const argument = child(node, 'argument');
  const lowered = unary(node, operator, argument, lowering);
  if (lowered.kind === 'unary' && lowered.operand.kind === 'literal') {
    const value = lowered.operand.value;
    if (operator === '-' && typeof value === 'number') {
      return literal(node, -value);
    }
    if (operator === 'void') {
      return literal(node, null);
    }
  }
  return lowered;
}

/** The value is the last; the others matter only if they do something. */
function lowerSequence(node: SyntaxNode, lowering: Lowering): Expr {
  const parts = sequenceParts(node).map((part) => lowerExpression(part, lowering));
  const last = parts.at(-1);
  return last !== undefined && parts.slice(0, -1).every((part) => part.kind === 'literal') ? last : opaque(node, parts);
}

/** The parts of `a, b, c`, however the grammar nests them. */
export function sequenceParts(node: SyntaxNode): readonly SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === 'sequence_expression') {
      waiting.push(...namedChildren(next).toReversed());
    } else {
      parts.push(next);
    }
  }
  return parts;
}

function lowerMember(node: SyntaxNode, lowering: Lowering): Expr {
  const property = child(node, 'property');
  const object = lowerExpression(child(node, 'object'), lowering);
  if (property === undefined) {
    return opaque(node, [object]);
  }
  return {
    kind: 'member',
    span: spanOf(node),
    object,
    property: textOf(property, lowering),
    propertySpan: spanOf(property),
    ...(child(node, 'optional_chain') === undefined ? {} : { optional: true }),
  };
}

function lowerSubscript(node: SyntaxNode, lowering: Lowering): Expr {
  const object = lowerExpression(child(node, 'object'), lowering);
  const index = lowerExpression(child(node, 'index'), lowering);
  if (index.kind === 'literal' && typeof index.value === 'string') {
    return {
      kind: 'member',
      span: spanOf(node),
      object,
      property: index.value,
      propertySpan: index.span,
      ...(child(node, 'optional_chain') === undefined ? {} : { optional: true }),
    };
  }
  return { kind: 'index', span: spanOf(node), object, index };
}

/** `import.meta` and `new.target`: a member of a name that nothing declares. */
function lowerMetaProperty(node: SyntaxNode, lowering: Lowering): Expr {
  const [object = '', property = ''] = textOf(node, lowering).split('.', 2);
  const dot = node.start + object.length;
  return {
    kind: 'member',
    span: spanOf(node),
    object: { kind: 'name', span: { start: node.start, end: dot }, name: object.trim() },
    property: property.trim(),
    propertySpan: { start: Math.min(dot + 1, node.end), end: node.end },
  };
}

function lowerCall(node: SyntaxNode, lowering: Lowering): Expr {
  const callee = child(node, 'function');
  const args = child(node, 'arguments');
  if (args?.type === 'template_string') {
    const template = templateParts(args, lowering);
    return { kind: 'concat', span: spanOf(node), parts: template, tag: lowerExpression(callee, lowering) };
  }
  const specifier = callee !== undefined && loadsModule(callee, lowering) ? moduleSpecifier(args, lowering) : undefined;
  if (specifier !== undefined) {
    return { kind: 'module', span: spanOf(node), specifier };
  }
  return {
    kind: 'call',
    span: spanOf(node),
    form: 'call',
    callee: lowerExpression(callee, lowering),
    args: lowerArguments(args, lowering),
  };
}

function loadsModule(callee: SyntaxNode, lowering: Lowering): boolean {
  return callee.type === 'import' || (callee.type === 'identifier' && textOf(callee, lowering) === 'require');
}

/** The text of the only (or, for `import(x, { with })`, the first) argument. */
function moduleSpecifier(args: SyntaxNode | undefined, lowering: Lowering): string | undefined {
  const first = args === undefined ? undefined : namedChildren(args)[0];
  const value = first === undefined ? undefined : lowerExpression(first, lowering);
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

function lowerNew(node: SyntaxNode, lowering: Lowering): CallExpr {
  return {
    kind: 'call',
    span: spanOf(node),
    form: 'new',
    callee: lowerExpression(child(node, 'constructor'), lowering),
    args: lowerArguments(child(node, 'arguments'), lowering),
  };
}

/** The arguments of a call. */
export function lowerArguments(node: SyntaxNode | undefined, lowering: Lowering): readonly Argument[] {
  return (node === undefined ? [] : namedChildren(node)).map((argument) =>
    argument.type === 'spread_element'
      ? { span: spanOf(argument), spread: 'list', value: inner(argument, lowering) }
      : { span: spanOf(argument), value: lowerExpression(argument, lowering) },
  );
}

function lowerArray(node: SyntaxNode, lowering: Lowering): ListExpr {
  const items: ListExpr['items'][number][] = [];
  let filled = false;
  for (const one of node.children) {
    if (one.named) {
      items.push(
        one.type === 'spread_element'
          ? { value: inner(one, lowering), spread: true }
          : { value: lowerExpression(one, lowering) },
      );
      filled = true;
    } else if (one.type === ',') {
      // A comma with nothing before it leaves a hole.
      if (!filled) {
        items.push({ value: { kind: 'literal', span: { start: node.start, end: node.start }, value: null } });
      }
      filled = false;
    }
  }
  return { kind: 'list', span: spanOf(node), items };
}

function lowerObject(node: SyntaxNode, lowering: Lowering): Expr {
  return {
    kind: 'record',
    span: spanOf(node),
    entries: namedChildren(node).map((entry) => lowerEntry(entry, lowering)),
  };
}

function lowerEntry(node: SyntaxNode, lowering: Lowering): RecordEntry {
  switch (node.type) {
    case 'pair':
      return {
        span: spanOf(node),
        ...lowerKey(child(node, 'key'), lowering),
        value: lowerExpression(child(node, 'value'), lowering),
      };
    case 'method_definition':
      return {
        span: spanOf(node),
        ...lowerKey(child(node, 'name'), lowering),
        value: { kind: 'lambda', span: spanOf(node), function: lowerFunction(node, lowering) },
      };
    case 'shorthand_property_identifier':
      return {
        span: spanOf(node),
        key: textOf(node, lowering),
        keySpan: spanOf(node),
        shorthand: true,
        value: lowerIdentifier(node, lowering),
      };
    case 'spread_element':
      return { span: spanOf(node), spread: true, value: inner(node, lowering) };
    default:
      return { span: spanOf(node), computedKey: opaque(node), value: lowerUnknown(node, lowering) };
  }
}

/** The key of an entry, a member or a field: its text when it is known, else the expression that computes it. */
export function lowerKey(
  node: SyntaxNode | undefined,
  lowering: Lowering,
): Pick<RecordEntry, 'key' | 'keySpan' | 'computedKey'> {
  if (node === undefined) {
    return {};
  }
  if (node.type === 'property_identifier' || node.type === 'private_property_identifier') {
    return { key: textOf(node, lowering), keySpan: spanOf(node) };
  }
  const value = lowerExpression(node, lowering);
  return value.kind === 'literal' && value.value !== null
    ? { key: String(value.value), keySpan: spanOf(node) }
    : { computedKey: value };
}

/** The value of a `string` node. */
export function stringValue(node: SyntaxNode, lowering: Lowering): string {
  const raw = textOf(node, lowering);
  const closed = raw.length > 1 && raw.endsWith(raw[0] ?? '');
  return decodeEscapes(raw.slice(1, closed ? -1 : undefined));
}

function lowerTemplate(node: SyntaxNode, lowering: Lowering): LiteralExpr | ConcatExpr {
  const parts = templateParts(node, lowering);
  const only = parts[0];
  if (parts.length === 0 || (parts.length === 1 && only?.kind === 'literal' && !hasSubstitution(node))) {
    return literal(node, only?.kind === 'literal' ? only.value : '');
  }
  return { kind: 'concat', span: spanOf(node), parts };
}

function hasSubstitution(node: SyntaxNode): boolean {
  return node.children.some((one) => one.type === 'template_substitution');
}

/** The texts and expressions of a template; empty texts are left out. */
function templateParts(node: SyntaxNode, lowering: Lowering): readonly Expr[] {
  const parts: Expr[] = [];
  const closed = node.end - node.start > 1 && lowering.text[node.end - 1] === '`';
  let from = node.start + 1;
  const addText = (until: number) => {
    const value = decodeEscapes(lowering.text.slice(from, until));
    if (value !== '') {
      parts.push({ kind: 'literal', span: { start: from, end: until }, value });
    }
  };
  for (const one of node.children) {
    if (one.type === 'template_substitution') {
      addText(one.start);
      parts.push(inner(one, lowering));
      from = one.end;
    }
  }
  addText(closed ? node.end - 1 : node.end);
  return parts;
}
