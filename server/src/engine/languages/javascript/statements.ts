/** Every form of statement: one row each, and the compiler names the form that has none. */
import type { Expr, LetStmt, Stmt, TryStmt } from '../../ir/ir.js';
import type { StatementType as JavascriptStatement } from '../../syntax/node-types/javascript.js';
import type { StatementType as TypescriptStatement } from '../../syntax/node-types/typescript.js';
import { child, hasToken, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerClass } from './classes.js';
import { lowerEnum, lowerImportAlias } from './declarations.js';
import { expressionsIn, isExpression, lowerExpression, sequenceParts } from './expressions.js';
import { lowerFunction } from './functions.js';
import { deeper, type Lowering, opaque } from './lowering.js';
import { lowerExportedDeclaration } from './modules.js';
import { lowerTarget } from './patterns.js';
import { lowerSwitch } from './switch.js';
import { lowerType } from './types.js';

type LowerStatement = (node: SyntaxNode, lowering: Lowering) => readonly Stmt[];

/** Lowers nodes in statement position, one after the other. Total: also nodes that are no statements. */
export function lowerStatements(nodes: readonly SyntaxNode[], lowering: Lowering): readonly Stmt[] {
  return nodes.flatMap((node) => lowerStatement(node, lowering));
}

function lowerStatement(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  return deeper(
    lowering,
    () => {
      const lower = statements[node.type as keyof typeof statements];
      return lower === undefined ? lowerUnknown(node, lowering) : lower(node, lowering);
    },
    () => [expressionStatement(opaque(node))],
  );
}

/** Broken code: the statements and expressions inside are kept, wherever they stand. */
function lowerUnknown(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  if (isExpression(node)) {
    return [expressionStatement(lowerExpression(node, lowering))];
  }
  const inside = namedChildren(node);
  return inside.some((one) => Object.hasOwn(statements, one.type))
    ? lowerStatements(inside, lowering)
    : expressionsIn(node, lowering).map(expressionStatement);
}

const nothing: LowerStatement = () => [];

const statements = {
  abstract_class_declaration: lowerClassStatement,
  ambient_declaration: nothing,
  break_statement: (node) => [{ kind: 'exit', span: spanOf(node), how: 'break' }],
  class_declaration: lowerClassStatement,
  continue_statement: (node) => [{ kind: 'exit', span: spanOf(node), how: 'continue' }],
  debugger_statement: nothing,
  do_statement: lowerWhile,
  empty_statement: nothing,
  enum_declaration: lowerEnum,
  export_statement: lowerExportedDeclaration,
  expression_statement: (node, lowering) =>
    namedChildren(node).flatMap((one) => lowerExpressionStatement(one, spanOf(node), lowering)),
  for_in_statement: lowerForIn,
  for_statement: lowerFor,
  function_declaration: lowerFunctionStatement,
  function_signature: nothing,
  generator_function_declaration: lowerFunctionStatement,
  if_statement: (node, lowering) => {
    const otherwise = child(node, 'alternative');
    return [
      {
        kind: 'if',
        span: spanOf(node),
        test: lowerExpression(child(node, 'condition'), lowering),
        then: lowerBlock(child(node, 'consequence'), lowering),
        otherwise: otherwise === undefined ? [] : lowerBlock(namedChildren(otherwise)[0], lowering),
      },
    ];
  },
  import_alias: lowerImportAlias,
  import_statement: nothing,
  interface_declaration: nothing,
  internal_module: lowerNamespace,
  labeled_statement: (node, lowering) => lowerOptional(child(node, 'body'), lowering),
  lexical_declaration: (node, lowering) => lowerDeclaration(node, 'block', lowering),
  module: lowerNamespace,
  return_statement: (node, lowering) => [lowerExit(node, 'return', lowering)],
  statement_block: (node, lowering) => [
    { kind: 'block', span: spanOf(node), body: lowerStatements(namedChildren(node), lowering) },
  ],
  switch_statement: lowerSwitch,
  throw_statement: (node, lowering) => [lowerExit(node, 'throw', lowering)],
  try_statement: (node, lowering) => [lowerTry(node, lowering)],
  type_alias_declaration: nothing,
  using_declaration: (node, lowering) => lowerDeclaration(node, 'block', lowering),
  variable_declaration: (node, lowering) => lowerDeclaration(node, 'function', lowering),
  while_statement: lowerWhile,
  with_statement: (node, lowering) => [
    {
      kind: 'block',
      span: spanOf(node),
      body: [
        expressionStatement(lowerExpression(child(node, 'object'), lowering)),
        ...lowerBlock(child(node, 'body'), lowering),
      ],
    },
  ],
} satisfies Record<JavascriptStatement | TypescriptStatement, LowerStatement>;

/** An expression as a statement. */
export function expressionStatement(value: Expr): Stmt {
  return { kind: 'expr', span: value.span, value };
}

/** An assignment in statement position is a `let`; a sequence is as many statements; the rest is an expression. */
export function lowerExpressionStatement(node: SyntaxNode, span: Stmt['span'], lowering: Lowering): readonly Stmt[] {
  if (node.type === 'internal_module') {
    return lowerNamespace(node, lowering);
  }
  if (node.type === 'sequence_expression') {
    return sequenceParts(node).flatMap((part) => lowerExpressionStatement(part, spanOf(part), lowering));
  }
  const value = lowerExpression(node, lowering);
  if (value.kind === 'assign') {
    const { target, operator } = value;
    return [{ kind: 'let', span, target, value: value.value, ...(operator === undefined ? {} : { operator }) }];
  }
  return [{ kind: 'expr', span, value }];
}

/** The statements of a body: a block's own, or the one statement. */
export function lowerBlock(node: SyntaxNode | undefined, lowering: Lowering): readonly Stmt[] {
  if (node?.type === 'statement_block') {
    return deeper(
      lowering,
      () => lowerStatements(namedChildren(node), lowering),
      () => [expressionStatement(opaque(node))],
    );
  }
  return lowerOptional(node, lowering);
}

function lowerOptional(node: SyntaxNode | undefined, lowering: Lowering): readonly Stmt[] {
  return node === undefined ? [] : lowerStatement(node, lowering);
}

function lowerFunctionStatement(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  return [{ kind: 'function', span: spanOf(node), function: lowerFunction(node, lowering) }];
}

function lowerClassStatement(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  return [{ kind: 'class', span: spanOf(node), class: lowerClass(node, lowering) }];
}

/** `namespace X { … }` and `module X { … }` are looked through; `declare module 'x'` declares nothing that runs. */
function lowerNamespace(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  return child(node, 'name')?.type === 'string' ? [] : lowerBlock(child(node, 'body'), lowering);
}

function lowerDeclaration(node: SyntaxNode, declares: 'block' | 'function', lowering: Lowering): readonly Stmt[] {
  return namedChildren(node).flatMap((one): readonly Stmt[] => {
    if (one.type !== 'variable_declarator') {
      return lowerUnknown(one, lowering);
    }
    const value = child(one, 'value');
    const type = child(one, 'type');
    const statement: LetStmt = {
      kind: 'let',
      span: spanOf(one),
      target: lowerTarget(child(one, 'name'), lowering),
      declares,
      ...(value === undefined ? {} : { value: lowerExpression(value, lowering) }),
      ...(type === undefined ? {} : { type: lowerType(type, lowering) }),
    };
    return [statement];
  });
}

function lowerExit(node: SyntaxNode, how: 'return' | 'throw', lowering: Lowering): Stmt {
  const value = namedChildren(node)[0];
  return {
    kind: 'exit',
    span: spanOf(node),
    how,
    ...(value === undefined ? {} : { value: lowerExpression(value, lowering) }),
  };
}

function lowerWhile(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  return [
    {
      kind: 'loop',
      span: spanOf(node),
      test: lowerExpression(child(node, 'condition'), lowering),
      body: lowerBlock(child(node, 'body'), lowering),
    },
  ];
}

/** `for (init; test; step) body` is a block of the initialiser and a loop that ends with the step. */
function lowerFor(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  const init = child(node, 'initializer');
  const test = child(node, 'condition');
  const step = child(node, 'increment');
  const before =
    init === undefined
      ? []
      : isExpression(init)
        ? lowerExpressionStatement(init, spanOf(init), lowering)
        : lowerStatement(init, lowering);
  const condition = test === undefined || test.type === 'empty_statement' ? undefined : unwrapStatement(test);
  const loop: Stmt = {
    kind: 'loop',
    span: spanOf(node),
    ...(condition === undefined ? {} : { test: lowerExpression(condition, lowering) }),
    body: [
      ...lowerBlock(child(node, 'body'), lowering),
      ...(step === undefined ? [] : lowerExpressionStatement(step, spanOf(step), lowering)),
    ],
  };
  return before.length === 0 ? [loop] : [{ kind: 'block', span: spanOf(node), body: [...before, loop] }];
}

function unwrapStatement(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === 'expression_statement' ? namedChildren(node)[0] : node;
}

/** `for … of`; `for (k in o)` goes over `Object.keys(o)`. */
function lowerForIn(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  const iterated = lowerExpression(child(node, 'right'), lowering);
  const overKeys = child(node, 'operator')?.type === 'in' || hasToken(node, 'in');
  return [
    {
      kind: 'loop',
      span: spanOf(node),
      binding: lowerTarget(child(node, 'left'), lowering),
      over: overKeys ? keysOf(iterated) : iterated,
      body: lowerBlock(child(node, 'body'), lowering),
    },
  ];
}

function keysOf(value: Expr): Expr {
  const span = value.span;
  return {
    kind: 'call',
    span,
    form: 'call',
    callee: {
      kind: 'member',
      span,
      object: { kind: 'name', span, name: 'Object' },
      property: 'keys',
      propertySpan: span,
    },
    args: [{ span, value }],
  };
}

function lowerTry(node: SyntaxNode, lowering: Lowering): TryStmt {
  const handler = child(node, 'handler');
  const parameter = handler === undefined ? undefined : child(handler, 'parameter');
  const finalizer = child(node, 'finalizer');
  return {
    kind: 'try',
    span: spanOf(node),
    body: lowerBlock(child(node, 'body'), lowering),
    handlers:
      handler === undefined
        ? []
        : [
            {
              span: spanOf(handler),
              ...(parameter === undefined ? {} : { binding: lowerTarget(parameter, lowering) }),
              types: [],
              body: lowerBlock(child(handler, 'body'), lowering),
            },
          ],
    finally: finalizer === undefined ? [] : lowerBlock(child(finalizer, 'body'), lowering),
  };
}
