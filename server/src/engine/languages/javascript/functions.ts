/** Functions, methods, arrows: all are one `FunctionIR`. */
import type { Decorator, FunctionIR, Param, Stmt } from '../../ir/ir.js';
import { child, hasToken, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerExpression, lowerKey } from './expressions.js';
import { type Lowering, opaque, startOf, textOf } from './lowering.js';
import { lowerTarget } from './patterns.js';
import { lowerStatements } from './statements.js';
import { lowerType } from './types.js';

/** Lowers a function; decorators that stand before it are handed in. */
export function lowerFunction(
  node: SyntaxNode,
  lowering: Lowering,
  decorators: readonly Decorator[] = decoratorsOf(node, lowering),
): FunctionIR {
  const name = child(node, 'name');
  const { key, keySpan } =
    name?.type === 'identifier' ? { key: undefined, keySpan: undefined } : lowerKey(name, lowering);
  const returns = child(node, 'return_type');
  const body = lowerBody(child(node, 'body'), lowering);
  const directive = directiveOf(body[0]);
  return {
    span: spanOf(node),
    name: key ?? (name?.type === 'identifier' ? textOf(name, lowering) : ''),
    nameSpan: keySpan ?? (name === undefined ? startOf(node) : spanOf(name)),
    params: lowerParams(node, lowering),
    ...(returns === undefined ? {} : { returns: lowerType(returns, lowering) }),
    decorators,
    body: directive === undefined ? body : body.slice(1),
    ...(hasToken(node, 'async') ? { async: true } : {}),
    ...(hasToken(node, '*') || node.type.startsWith('generator_') ? { generator: true } : {}),
    ...(node.type === 'arrow_function' ? { arrow: true } : {}),
    ...(isStatic(node) ? { static: true } : {}),
    ...(hasToken(node, 'get') ? { accessor: 'get' } : hasToken(node, 'set') ? { accessor: 'set' } : {}),
    ...(directive === undefined ? {} : { directive }),
  };
}

/** Whether a member is static; the grammars say it in two ways. */
export function isStatic(node: SyntaxNode): boolean {
  return node.children.some((one) => one.type === 'static' || one.type === 'static get');
}

function lowerBody(body: SyntaxNode | undefined, lowering: Lowering): readonly Stmt[] {
  if (body === undefined) {
    return [];
  }
  if (body.type === 'statement_block') {
    return lowerStatements(namedChildren(body), lowering);
  }
  return [{ kind: 'exit', span: spanOf(body), how: 'return', value: lowerExpression(body, lowering) }];
}

/** `'use server'` and its like as a function's first statement; `'use strict'` says nothing here. */
function directiveOf(first: Stmt | undefined): string | undefined {
  const text = first?.kind === 'expr' && first.value.kind === 'literal' ? first.value.value : undefined;
  return typeof text === 'string' && text.startsWith('use ') && text !== 'use strict' ? text : undefined;
}

/** The decorators among a node's children. */
export function decoratorsOf(node: SyntaxNode, lowering: Lowering): readonly Decorator[] {
  return node.children.flatMap((one) => (one.type === 'decorator' ? [lowerDecorator(one, lowering)] : []));
}

/** Lowers one `@decorator`. */
export function lowerDecorator(node: SyntaxNode, lowering: Lowering): Decorator {
  const value = namedChildren(node)[0];
  return { span: spanOf(node), value: value === undefined ? opaque(node) : lowerExpression(value, lowering) };
}

function lowerParams(node: SyntaxNode, lowering: Lowering): readonly Param[] {
  const single = child(node, 'parameter');
  if (single !== undefined) {
    return [{ span: spanOf(single), target: lowerTarget(single, lowering), decorators: [] }];
  }
  const list = child(node, 'parameters');
  return list === undefined ? [] : namedChildren(list).flatMap((one) => lowerParam(one, lowering));
}

function lowerParam(node: SyntaxNode, lowering: Lowering): readonly Param[] {
  const isTyped = node.type === 'required_parameter' || node.type === 'optional_parameter';
  const pattern = isTyped ? (child(node, 'pattern') ?? child(node, 'name')) : node;
  if (pattern === undefined || pattern.type === 'this') {
    // `this: Type` is no parameter, only a promise about the receiver.
    return [];
  }
  const hasDefault = pattern.type === 'assignment_pattern';
  const target = hasDefault ? child(pattern, 'left') : pattern;
  const fallback = hasDefault ? child(pattern, 'right') : isTyped ? child(node, 'value') : undefined;
  const type = isTyped ? child(node, 'type') : undefined;
  return [
    {
      span: spanOf(node),
      target: lowerTarget(target, lowering),
      ...(fallback === undefined ? {} : { default: lowerExpression(fallback, lowering) }),
      ...(type === undefined ? {} : { type: lowerType(type, lowering) }),
      ...(pattern.type === 'rest_pattern' ? { rest: 'list' } : {}),
      decorators: decoratorsOf(node, lowering),
      ...(isTyped && declaresField(node) ? { property: true } : {}),
    },
  ];
}

function declaresField(node: SyntaxNode): boolean {
  return node.children.some(
    (one) => one.type === 'accessibility_modifier' || one.type === 'override_modifier' || one.type === 'readonly',
  );
}
