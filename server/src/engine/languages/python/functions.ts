/** Functions, lambdas and their parameters. A method's first parameter is its receiver: it becomes the name `this`. */
import type { Decorator, Expr, FunctionIR, Param, Stmt } from '../../ir/ir.js';
import type { ParameterType } from '../../syntax/node-types/python.js';
import { child, hasToken, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { type Context, deeper, newScope, opaque, textOf } from './context.js';
import { lowerExpression, lowerOptional } from './expressions.js';
import { bindName, lowerPattern } from './patterns.js';
import { lowerBlock } from './statements.js';
import { lowerType } from './types.js';

/** A `def`, with the decorators that stand above it. In a class it is a method. */
export function lowerFunction(ctx: Context, node: SyntaxNode, decoratorNodes: readonly SyntaxNode[]): FunctionIR {
  const decorators = lowerDecorators(ctx, decoratorNodes);
  const nameNode = child(node, 'name');
  const name = nameNode === undefined ? '' : textOf(ctx, nameNode);
  const role = roleOf(ctx, name, decorators);
  const parameterNodes = namedChildren(child(node, 'parameters') ?? node).filter((part) => part.type in parameters);
  const receiver = role.isMethod && !role.isStatic ? receiverOf(ctx, parameterNodes) : undefined;
  const scope = newScope('function', receiver?.name ?? inheritedReceiver(ctx, role, parameterNodes));
  const inside = { ...ctx, scope };
  const params = lowerParameters(ctx, inside, receiver === undefined ? parameterNodes : parameterNodes.slice(1));
  const returns = child(node, 'return_type');
  const body = lowerFunctionBody(inside, child(node, 'body'));
  return {
    span: spanOf(node),
    name: role.isMethod && name === '__init__' ? 'constructor' : name,
    nameSpan: nameNode === undefined ? { start: node.start, end: node.start } : spanOf(nameNode),
    params,
    ...(returns === undefined ? {} : { returns: lowerType(ctx, returns) }),
    decorators,
    body,
    ...(hasToken(node, 'async') ? { async: true } : {}),
    ...(scope.yields ? { generator: true } : {}),
    // A function within a function does not bind `this`: Python's `self` is an ordinary closed-over name there.
    ...(ctx.scope.kind === 'function' ? { arrow: true } : {}),
    ...(role.isStatic || role.isClassMethod ? { static: true } : {}),
    ...(role.accessor === undefined ? {} : { accessor: role.accessor }),
  };
}

/** `lambda a: b`. */
export function lowerLambda(ctx: Context, node: SyntaxNode): Expr {
  const parameterList = child(node, 'parameters');
  const parameterNodes = parameterList === undefined ? [] : namedChildren(parameterList);
  const scope = newScope('function', shadowed(ctx, parameterNodes) ? undefined : ctx.scope.receiver);
  const inside = { ...ctx, scope };
  const params = lowerParameters(ctx, inside, parameterNodes);
  const value = lowerOptional(inside, node, child(node, 'body'));
  const span = spanOf(node);
  return {
    kind: 'lambda',
    span,
    function: {
      span,
      name: '',
      nameSpan: { start: span.start, end: span.start },
      params,
      decorators: [],
      body: [{ kind: 'exit', span: value.span, how: 'return', value }],
      arrow: true,
    },
  };
}

/** What stands above a definition. */
export function lowerDecorators(ctx: Context, nodes: readonly SyntaxNode[]): readonly Decorator[] {
  return nodes.map((node) => ({ span: spanOf(node), value: lowerOptional(ctx, node, namedChildren(node)[0]) }));
}

interface Role {
  readonly isMethod: boolean;
  readonly isStatic: boolean;
  readonly isClassMethod: boolean;
  readonly accessor: 'get' | 'set' | undefined;
}

function roleOf(ctx: Context, name: string, decorators: readonly Decorator[]): Role {
  const isMethod = ctx.scope.kind === 'class';
  const names = isMethod ? decorators.map(({ value }) => lastName(value)) : [];
  const isGetter = names.some((decorator) => decorator === 'property' || decorator === 'cached_property');
  const accessor = isGetter ? 'get' : names.includes('setter') ? 'set' : undefined;
  const alwaysOnClass = name === '__new__' || name === '__init_subclass__' || name === '__class_getitem__';
  return {
    isMethod,
    isStatic: names.includes('staticmethod'),
    isClassMethod: isMethod && (alwaysOnClass || names.includes('classmethod')),
    accessor,
  };
}

function lastName(expression: Expr): string | undefined {
  if (expression.kind === 'name') return expression.name;
  return expression.kind === 'member' ? expression.property : undefined;
}

function receiverOf(ctx: Context, nodes: readonly SyntaxNode[]): { readonly name: string } | undefined {
  const [first] = nodes;
  if (first === undefined) return undefined;
  const node = first.type === 'identifier' ? first : (child(first, 'name') ?? namedChildren(first)[0]);
  return node?.type === 'identifier' && !first.type.includes('splat') ? { name: textOf(ctx, node) } : undefined;
}

function inheritedReceiver(ctx: Context, role: Role, nodes: readonly SyntaxNode[]): string | undefined {
  return role.isMethod || shadowed(ctx, nodes) ? undefined : ctx.scope.receiver;
}

/** Whether a parameter of this name hides the receiver of the method around it. */
function shadowed(ctx: Context, nodes: readonly SyntaxNode[]): boolean {
  return nodes.some((node) => {
    const name = node.type === 'identifier' ? node : (child(node, 'name') ?? namedChildren(node)[0]);
    return name !== undefined && textOf(ctx, name) === ctx.scope.receiver;
  });
}

function lowerFunctionBody(inside: Context, body: SyntaxNode | undefined): readonly Stmt[] {
  return deeper(
    inside,
    () => [],
    () => lowerBlock(inside, body),
  );
}

interface Place {
  /** Where defaults and annotations are evaluated: around the function. */
  readonly around: Context;
  /** Where the parameter itself lives. */
  readonly inside: Context;
}

type LowerParameter = (place: Place, node: SyntaxNode) => Param | undefined;

const parameters = {
  default_parameter: lowerNamed,
  dictionary_splat_pattern: lowerSplat,
  identifier: lowerPlain,
  keyword_separator: nothing,
  list_splat_pattern: lowerSplat,
  positional_separator: nothing,
  tuple_pattern: lowerPlain,
  typed_default_parameter: lowerNamed,
  typed_parameter: lowerTyped,
} satisfies Record<ParameterType, LowerParameter>;

const parameterByType: Readonly<Record<string, LowerParameter | undefined>> = parameters;

function lowerParameters(around: Context, inside: Context, nodes: readonly SyntaxNode[]): readonly Param[] {
  return nodes.flatMap((node) => parameterByType[node.type]?.({ around, inside }, node) ?? []);
}

function nothing(): undefined {
  return undefined;
}

function lowerPlain({ inside }: Place, node: SyntaxNode): Param {
  return { span: spanOf(node), target: lowerPattern(inside, node), decorators: [] };
}

function lowerNamed({ around, inside }: Place, node: SyntaxNode): Param {
  const name = child(node, 'name') ?? node;
  const value = child(node, 'value');
  const type = child(node, 'type');
  return {
    span: spanOf(node),
    target: lowerPattern(inside, name),
    ...(value === undefined ? {} : { default: lowerExpression(around, value) }),
    ...(type === undefined ? {} : { type: lowerType(around, type) }),
    decorators: [],
  };
}

function lowerTyped(place: Place, node: SyntaxNode): Param {
  const [target] = namedChildren(node);
  const type = child(node, 'type');
  const lower = target === undefined ? undefined : parameterByType[target.type];
  const plain = (target === undefined ? undefined : lower?.(place, target)) ?? unnamed(node);
  return {
    ...plain,
    span: spanOf(node),
    ...(type === undefined ? {} : { type: lowerType(place.around, type) }),
  };
}

function unnamed(node: SyntaxNode): Param {
  return {
    span: spanOf(node),
    target: { kind: 'place', span: spanOf(node), expression: opaque(node) },
    decorators: [],
  };
}

function lowerSplat({ inside }: Place, node: SyntaxNode): Param {
  const [name] = namedChildren(node);
  const rest = node.type === 'list_splat_pattern' ? 'list' : 'record';
  const target = name === undefined ? unnamed(node).target : bindName(inside, name);
  return { span: spanOf(node), target, rest, decorators: [] };
}
