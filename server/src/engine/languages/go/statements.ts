/** Every form of statement, as a table that the compiler keeps complete. */
import type { Expr, Pattern, Stmt } from '../../ir/ir.js';
import type { StatementType } from '../../syntax/node-types/go.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { afterDeclaration, type Context, deeper, listOf, opaque } from './context.js';
import { lowerAssignment, lowerConst, lowerShortVar, lowerTypeDeclaration, lowerVar } from './declarations.js';
import { lowerExpression, lowerExpressions, lowerOptional } from './expressions.js';
import { lowerFunctionStatement } from './functions.js';
import { collectImports } from './imports.js';
import { lowerFor } from './loops.js';
import { lowerSelect, lowerSwitch, lowerTypeSwitch } from './switches.js';

type LowerStatement = (ctx: Context, node: SyntaxNode) => readonly Stmt[];

/** Turns any node into statements. Total: what is no statement is an expression, or what could be read of it. */
export function lowerStatement(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return deeper(
    ctx,
    () => [{ kind: 'expr', span: spanOf(node), value: opaque(node) }],
    () => (tableByType[node.type] ?? lowerLoose)(ctx, node),
  );
}

/** The statements of a block or a case, without what is none of them. */
export function lowerBlock(ctx: Context, block: SyntaxNode | undefined): readonly Stmt[] {
  if (block === undefined) return [];
  let inside = ctx;
  return namedChildren(block).flatMap((part) => {
    const lowered = lowerStatement(inside, part);
    inside = afterDeclaration(inside, part);
    return lowered;
  });
}

/** `init; …` opens a block of its own. */
export function withInitializer(
  ctx: Context,
  node: SyntaxNode,
  lower: (inside: Context) => readonly Stmt[],
): readonly Stmt[] {
  const initializer = child(node, 'initializer');
  if (initializer === undefined) return lower(ctx);
  const before = lowerStatement(ctx, initializer);
  return [{ kind: 'block', span: spanOf(node), body: [...before, ...lower(afterDeclaration(ctx, initializer))] }];
}

const statements = {
  assignment_statement: lowerAssignment,
  block: (ctx, node) => [{ kind: 'block', span: spanOf(node), body: lowerBlock(ctx, node) }],
  break_statement: (_ctx, node) => [{ kind: 'exit', span: spanOf(node), how: 'break' }],
  const_declaration: lowerConst,
  continue_statement: (_ctx, node) => [{ kind: 'exit', span: spanOf(node), how: 'continue' }],
  dec_statement: lowerStep,
  defer_statement: lowerFirst,
  empty_statement: () => [],
  expression_statement: lowerExpressionStatement,
  expression_switch_statement: lowerSwitch,
  // Handled by the switch around it.
  fallthrough_statement: () => [],
  for_statement: lowerFor,
  go_statement: lowerFirst,
  goto_statement: lowerLoose,
  if_statement: lowerIf,
  inc_statement: lowerStep,
  labeled_statement: lowerLabeled,
  return_statement: lowerReturn,
  select_statement: lowerSelect,
  send_statement: lowerSend,
  short_var_declaration: lowerShortVar,
  type_declaration: lowerTypeDeclaration,
  type_switch_statement: lowerTypeSwitch,
  var_declaration: lowerVar,
} satisfies Record<StatementType, LowerStatement>;

const tableByType: Readonly<Record<string, LowerStatement | undefined>> = {
  ...statements,
  function_declaration: lowerFunctionStatement,
  import_declaration: lowerImports,
  method_declaration: lowerFunctionStatement,
  package_clause: () => [],
  statement_list: lowerBlock,
  // Broken code: an error holds the pieces of what was being written.
  ERROR: lowerBlock,
  default_case: lowerBlock,
  source_file: lowerBlock,
};

function lowerLoose(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return [{ kind: 'expr', span: spanOf(node), value: lowerExpression(ctx, node) }];
}

/** `defer f()` and `go f()` call `f`, later or beside. */
function lowerFirst(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return [{ kind: 'expr', span: spanOf(node), value: lowerOptional(ctx, node, namedChildren(node)[0]) }];
}

function lowerImports(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  collectImports(ctx, node);
  return [];
}

/** `panic(x)` throws. */
function lowerExpressionStatement(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const value = lowerOptional(ctx, node, namedChildren(node)[0]);
  const isPanic = value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'panic';
  if (!isPanic) return [{ kind: 'expr', span: spanOf(node), value }];
  const thrown = value.args[0]?.value;
  return [{ kind: 'exit', span: spanOf(node), how: 'throw', ...(thrown === undefined ? {} : { value: thrown }) }];
}

/** `x++`, `x--`. */
function lowerStep(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const operand = lowerOptional(ctx, node, namedChildren(node)[0]);
  const span = spanOf(node);
  const target: Pattern =
    operand.kind === 'name'
      ? { kind: 'bind', span: operand.span, name: operand.name }
      : { kind: 'place', span: operand.span, expression: operand };
  const value: Expr = { kind: 'literal', span: { start: operand.span.end, end: node.end }, value: 1 };
  return [{ kind: 'let', span, target, value, operator: node.type === 'inc_statement' ? '+=' : '-=' }];
}

function lowerIf(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return withInitializer(ctx, node, (inside) => [
    {
      kind: 'if',
      span: spanOf(node),
      test: lowerOptional(inside, node, child(node, 'condition')),
      then: lowerBlock(inside, child(node, 'consequence')),
      otherwise: lowerAlternative(inside, child(node, 'alternative')),
    },
  ]);
}

function lowerAlternative(ctx: Context, node: SyntaxNode | undefined): readonly Stmt[] {
  return node?.type === 'if_statement' ? lowerStatement(ctx, node) : lowerBlock(ctx, node);
}

function lowerLabeled(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return namedChildren(node).flatMap((part) => (part.field === 'label' ? [] : lowerStatement(ctx, part)));
}

/** Several results are a list; a bare `return` returns the named ones. */
function lowerReturn(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const [list] = namedChildren(node);
  const values = list === undefined ? ctx.results : lowerExpressions(ctx, list);
  const value = values.length === 0 ? {} : { value: listOf(values, node) };
  return [{ kind: 'exit', span: spanOf(node), how: 'return', ...value }];
}

function lowerSend(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const left = lowerOptional(ctx, node, child(node, 'channel'));
  const right = lowerOptional(ctx, node, child(node, 'value'));
  const span = spanOf(node);
  return [{ kind: 'expr', span, value: { kind: 'binary', span, operator: '<-', left, right } }];
}
