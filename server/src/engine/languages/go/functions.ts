/** Functions, methods and literals of functions. A method's receiver becomes the name `this`. */
import type { Expr, FunctionIR, LetStmt, NameExpr, Param, Pattern, Stmt } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { bindName, type Context, childrenIn, listOf, nameIn, opaque, textOf } from './context.js';
import { lowerBlock } from './statements.js';
import { lowerType, parameterTypes } from './types.js';

/** `func f(…)`, `func (r *T) f(…)`. */
export function lowerFunction(ctx: Context, node: SyntaxNode): FunctionIR {
  const receiver = receiverOf(ctx, child(node, 'receiver'));
  const inside = { ...ctx, receiver: receiver?.variable, results: [] };
  return {
    ...lowerSignatureAndBody(inside, node),
    ...(receiver?.type === undefined ? {} : { receiver: receiver.type }),
  };
}

/** `func(…) {…}` as a value. It closes over the receiver around it, so it does not bind `this`. */
export function lowerFunctionLiteral(ctx: Context, node: SyntaxNode): Expr {
  const list = child(node, 'parameters');
  const names = list === undefined ? [] : namedChildren(list).flatMap((one) => childrenIn(one, 'name'));
  const isShadowed = names.some((name) => textOf(ctx, name) === ctx.receiver);
  const inside = { ...ctx, receiver: isShadowed ? undefined : ctx.receiver };
  return { kind: 'lambda', span: spanOf(node), function: { ...lowerSignatureAndBody(inside, node), arrow: true } };
}

/** The function of a method that an interface asks for, and nothing else. */
export function lowerSignatureAndBody(ctx: Context, node: SyntaxNode): FunctionIR {
  const name = child(node, 'name');
  const parameters = child(node, 'parameters');
  const result = child(node, 'result');
  const named = result === undefined ? [] : namedResults(ctx, result);
  const results = named.flatMap(({ target }): NameExpr[] =>
    target.kind === 'bind' ? [{ kind: 'name', span: target.span, name: target.name }] : [],
  );
  return {
    span: spanOf(node),
    name: name === undefined ? '' : textOf(ctx, name),
    nameSpan: name === undefined ? { start: node.start, end: node.start } : spanOf(name),
    params: parameters === undefined ? [] : namedChildren(parameters).flatMap((one) => lowerParameters(ctx, one)),
    ...(result === undefined ? {} : { returns: listOf(parameterTypes(ctx, result), result) }),
    decorators: [],
    body: [...named, ...lowerBlock({ ...ctx, results }, child(node, 'body'))],
  };
}

interface Receiver {
  readonly variable: string | undefined;
  readonly type: string | undefined;
}

function receiverOf(ctx: Context, list: SyntaxNode | undefined): Receiver | undefined {
  const declaration = list === undefined ? undefined : namedChildren(list)[0];
  if (declaration === undefined) return undefined;
  const variable = child(declaration, 'name');
  const type = namedType(child(declaration, 'type'));
  return {
    variable: variable === undefined ? undefined : textOf(ctx, variable),
    type: type === undefined ? undefined : textOf(ctx, type),
  };
}

/** The name in `*T`, `(T)`, `T[P]`. */
function namedType(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let type = node;
  while (type !== undefined && type.type !== 'type_identifier') type = namedChildren(type)[0];
  return type;
}

/** `a, b int` is two parameters; without a name it is one that nothing can read. */
function lowerParameters(ctx: Context, declaration: SyntaxNode): readonly Param[] {
  const typeNode = child(declaration, 'type');
  if (typeNode === undefined) return [];
  const rest = declaration.type === 'variadic_parameter_declaration' ? ({ rest: 'list' } as const) : {};
  const names = childrenIn(declaration, 'name');
  const targets = names.length === 0 ? [unnamed(typeNode)] : names.map((name) => bindName(ctx, name) ?? unnamed(name));
  return targets.map((target) => ({
    span: names.length < 2 ? spanOf(declaration) : target.span,
    target,
    type: lowerType(ctx, typeNode),
    ...rest,
    decorators: [],
  }));
}

function unnamed(node: SyntaxNode): Pattern {
  return { kind: 'place', span: spanOf(node), expression: opaque(node) };
}

/** Named results are variables of the function. */
function namedResults(ctx: Context, result: SyntaxNode): readonly LetStmt[] {
  if (result.type !== 'parameter_list') return [];
  return namedChildren(result).flatMap((declaration) => {
    const type = child(declaration, 'type');
    return childrenIn(declaration, 'name').map((name): LetStmt => {
      const span = spanOf(name);
      const target = { kind: 'bind', span, name: nameIn(ctx, textOf(ctx, name)) } as const;
      return { kind: 'let', span, target, ...(type ? { type: lowerType(ctx, type) } : {}), declares: 'function' };
    });
  });
}

/** A function as a statement. */
export function lowerFunctionStatement(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return [{ kind: 'function', span: spanOf(node), function: lowerFunction(ctx, node) }];
}
