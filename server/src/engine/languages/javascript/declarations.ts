/** TypeScript's declarations that are values at run time: enums and import aliases. */
import type { Expr, RecordEntry, Stmt } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerExpression, lowerKey } from './expressions.js';
import { type Lowering, opaque } from './lowering.js';
import { lowerTarget } from './patterns.js';
import { lowerType } from './types.js';

/** An enum is a record; members without a value count on from the one before. */
export function lowerEnum(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  const body = child(node, 'body');
  let next: number | undefined = 0;
  const entries = (body === undefined ? [] : namedChildren(body)).map((member): RecordEntry => {
    const written = child(member, 'value');
    const value: Expr =
      written !== undefined
        ? lowerExpression(written, lowering)
        : next === undefined
          ? opaque(member)
          : { kind: 'literal', span: spanOf(member), value: next };
    next = value.kind === 'literal' && typeof value.value === 'number' ? value.value + 1 : undefined;
    return { span: spanOf(member), ...lowerKey(child(member, 'name') ?? member, lowering), value };
  });
  return [
    {
      kind: 'let',
      span: spanOf(node),
      target: lowerTarget(child(node, 'name'), lowering),
      value: { kind: 'record', span: body === undefined ? spanOf(node) : spanOf(body), entries },
      declares: 'block',
    },
  ];
}

/** `import X = A.B`. */
export function lowerImportAlias(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  const [name, value] = namedChildren(node);
  return name === undefined || value === undefined
    ? []
    : [
        {
          kind: 'let',
          span: spanOf(node),
          target: lowerTarget(name, lowering),
          value: lowerType(value, lowering),
          declares: 'block',
        },
      ];
}
