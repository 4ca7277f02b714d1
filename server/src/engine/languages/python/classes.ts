/** Classes: annotated and assigned names are fields, functions are methods, and everything else stays in the body. */
import type { ClassIR, Expr, Field, FunctionIR, Stmt } from '../../ir/ir.js';
import { child, namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { type Context, deeper, newScope, textOf } from './context.js';
import { lowerExpression, lowerOptional } from './expressions.js';
import { lowerDecorators } from './functions.js';
import { lowerStatements } from './statements.js';

/** A `class`, with the decorators that stand above it. */
export function lowerClass(ctx: Context, node: SyntaxNode, decoratorNodes: readonly SyntaxNode[]): ClassIR {
  const nameNode = child(node, 'name');
  const bodyNode = child(node, 'body');
  const inside = { ...ctx, scope: newScope('class', undefined) };
  const statements = deeper(
    ctx,
    () => [],
    () => lowerStatements(inside, bodyNode === undefined ? [] : namedChildren(bodyNode)),
  );
  return {
    span: spanOf(node),
    name: nameNode === undefined ? '' : textOf(ctx, nameNode),
    nameSpan: nameNode === undefined ? { start: node.start, end: node.start } : spanOf(nameNode),
    bases: lowerBases(ctx, child(node, 'superclasses')),
    decorators: lowerDecorators(ctx, decoratorNodes),
    fields: statements.flatMap(fieldOf),
    methods: statements.flatMap(methodOf),
    body: statements.filter((statement) => statement.kind !== 'function'),
  };
}

function lowerBases(ctx: Context, node: SyntaxNode | undefined): readonly Expr[] {
  if (node === undefined) return [];
  return namedChildren(node).flatMap((part): Expr[] => {
    if (part.type === 'keyword_argument' || part.type === 'dictionary_splat') return [];
    if (part.type === 'list_splat') return [lowerOptional(ctx, part, namedChildren(part)[0])];
    return [lowerExpression(ctx, part)];
  });
}

function methodOf(statement: Stmt): FunctionIR[] {
  return statement.kind === 'function' ? [statement.function] : [];
}

function fieldOf(statement: Stmt): Field[] {
  if (statement.kind !== 'let' || statement.target.kind !== 'bind' || statement.operator !== undefined) return [];
  const { span, target, type, value } = statement;
  return [
    {
      span,
      name: target.name,
      nameSpan: target.span,
      ...(type === undefined ? {} : { type }),
      ...(value === undefined ? {} : { value }),
      decorators: [],
    },
  ];
}
