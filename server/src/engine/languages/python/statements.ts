/** Every form of statement, as a table that the compiler keeps complete. */
import type { Expr, Pattern, Stmt, TryStmt } from '../../ir/ir.js';
import type { CompoundStatementType, SimpleStatementType } from '../../syntax/node-types/python.js';
import { child, namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { lowerAssignment } from './assignments.js';
import { lowerClass } from './classes.js';
import { type Context, deeper, opaque, textOf, childrenIn } from './context.js';
import { lowerExpression, lowerOptional } from './expressions.js';
import { lowerFunction } from './functions.js';
import { collectImport, collectImportFrom } from './imports.js';
import { lowerMatch } from './match.js';
import { lowerPattern } from './patterns.js';
import { lowerType } from './types.js';

/** The node types that are statements. */
export type StatementType = CompoundStatementType | SimpleStatementType;

type LowerStatement = (ctx: Context, node: SyntaxNode) => readonly Stmt[];

/** Turns any node into statements. Total: what is no statement is an expression, or what could be read of it. */
export function lowerStatement(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return deeper(
    ctx,
    () => [{ kind: 'expr', span: spanOf(node), value: opaque(node) }],
    () => lowerWithNewNames(ctx, node),
  );
}

/** What `:=` binds in a statement is declared before it. */
function lowerWithNewNames(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const ofStatementAround = ctx.scope.newNames;
  ctx.scope.newNames = [];
  const lowered = (tableByType[node.type] ?? lowerLoose)(ctx, node);
  const span = { start: node.start, end: node.start };
  const declared = ctx.scope.newNames.map((name): Stmt => {
    return { kind: 'let', span, target: { kind: 'bind', span, name }, declares: 'function' };
  });
  ctx.scope.newNames = ofStatementAround;
  return declared.length === 0 ? lowered : [...declared, ...lowered];
}

/** The statements of some nodes, in order. */
export function lowerStatements(ctx: Context, nodes: readonly SyntaxNode[]): readonly Stmt[] {
  return nodes.flatMap((node) => lowerStatement(ctx, node));
}

/** The body of a compound statement; broken code may lack it. */
export function lowerBlock(ctx: Context, block: SyntaxNode | undefined): readonly Stmt[] {
  return block === undefined ? [] : lowerStatements(ctx, namedChildren(block));
}

const statements = {
  assert_statement: lowerAssert,
  break_statement: (_ctx, node) => [{ kind: 'exit', span: spanOf(node), how: 'break' }],
  class_definition: (ctx, node) => [{ kind: 'class', span: spanOf(node), class: lowerClass(ctx, node, []) }],
  continue_statement: (_ctx, node) => [{ kind: 'exit', span: spanOf(node), how: 'continue' }],
  decorated_definition: lowerDecorated,
  delete_statement: lowerDelete,
  exec_statement: lowerBuiltinStatement,
  expression_statement: lowerExpressionStatement,
  for_statement: lowerFor,
  function_definition: (ctx, node) => [
    { kind: 'function', span: spanOf(node), function: lowerFunction(ctx, node, []) },
  ],
  future_import_statement: lowerImportFrom,
  global_statement: lowerOuterNames,
  if_statement: lowerIf,
  import_from_statement: lowerImportFrom,
  import_statement: lowerImport,
  match_statement: lowerMatch,
  nonlocal_statement: lowerOuterNames,
  pass_statement: () => [],
  print_statement: lowerBuiltinStatement,
  raise_statement: lowerRaise,
  return_statement: lowerReturn,
  try_statement: lowerTry,
  type_alias_statement: lowerTypeAlias,
  while_statement: lowerWhile,
  with_statement: lowerWith,
} satisfies Record<StatementType, LowerStatement>;

const tableByType: Readonly<Record<string, LowerStatement | undefined>> = {
  ...statements,
  block: lowerBlock,
  // Broken code: an error holds the pieces of what was being written, and clauses may have lost their statement.
  ERROR: lowerPieces,
  elif_clause: lowerPieces,
  else_clause: lowerPieces,
  except_clause: lowerPieces,
  finally_clause: lowerPieces,
  case_clause: lowerPieces,
  module: lowerPieces,
};

function lowerPieces(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return lowerStatements(ctx, namedChildren(node));
}

function lowerLoose(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return [{ kind: 'expr', span: spanOf(node), value: lowerExpression(ctx, node) }];
}

function lowerImport(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  collectImport(ctx, node);
  return [];
}

function lowerImportFrom(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  collectImportFrom(ctx, node);
  return [];
}

function lowerOuterNames(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  for (const name of namedChildren(node)) ctx.scope.outer.add(textOf(ctx, name));
  return [];
}

function lowerExpressionStatement(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const children = namedChildren(node);
  return children.flatMap((child): readonly Stmt[] => {
    const isAssignment = child.type === 'assignment' || child.type === 'augmented_assignment';
    if (isAssignment) return lowerAssignment(ctx, child);
    const span = children.length === 1 ? spanOf(node) : spanOf(child);
    return [{ kind: 'expr', span, value: lowerExpression(ctx, child) }];
  });
}

function lowerDecorated(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const definition = child(node, 'definition');
  const decorators = namedChildren(node).filter((part) => part.type === 'decorator');
  if (definition === undefined) return lowerPieces(ctx, node);
  const span = spanOf(node);
  if (definition.type === 'class_definition') {
    return [{ kind: 'class', span, class: lowerClass(ctx, definition, decorators) }];
  }
  return [{ kind: 'function', span, function: lowerFunction(ctx, definition, decorators) }];
}

/** `assert test, message` throws when the test fails. */
function lowerAssert(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const [test, message] = namedChildren(node);
  const span = spanOf(node);
  const operand = lowerOptional(ctx, node, test);
  const failed: Expr = { kind: 'unary', span: operand.span, operator: '!', operand };
  const value = message === undefined ? {} : { value: lowerExpression(ctx, message) };
  return [{ kind: 'if', span, test: failed, then: [{ kind: 'exit', span, how: 'throw', ...value }], otherwise: [] }];
}

function lowerDelete(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const operands = namedChildren(node).flatMap((part) =>
    part.type === 'expression_list' ? namedChildren(part) : [part],
  );
  return operands.map((operand) => {
    const value: Expr = {
      kind: 'unary',
      span: spanOf(node),
      operator: 'delete',
      operand: lowerExpression(ctx, operand),
    };
    return { kind: 'expr', span: spanOf(node), value };
  });
}

/** Python 2's `print a, b` and `exec code` are calls. */
function lowerBuiltinStatement(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const name = node.type === 'print_statement' ? 'print' : 'exec';
  const span = spanOf(node);
  const nameSpan = { start: span.start, end: span.start + name.length };
  const args = namedChildren(node).map((part) => ({ span: spanOf(part), value: lowerExpression(ctx, part) }));
  const callee: Expr = { kind: 'name', span: nameSpan, name };
  return [{ kind: 'expr', span, value: { kind: 'call', span, form: 'call', callee, args } }];
}

function lowerRaise(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const cause = child(node, 'cause');
  const raised = namedChildren(node).find((part) => part.start !== cause?.start);
  // Python 2's `raise Type, message`: the type says what is thrown.
  const exception = raised?.type === 'expression_list' ? namedChildren(raised)[0] : raised;
  const value = exception === undefined ? {} : { value: lowerExpression(ctx, exception) };
  return [...causeOf(ctx, cause), { kind: 'exit', span: spanOf(node), how: 'throw', ...value }];
}

/** `from error` says nothing, but a call there happens. */
function causeOf(ctx: Context, cause: SyntaxNode | undefined): readonly Stmt[] {
  const silent = cause === undefined || cause.type === 'identifier' || cause.type === 'none';
  return silent ? [] : [{ kind: 'expr', span: spanOf(cause), value: lowerExpression(ctx, cause) }];
}

function lowerReturn(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const [returned] = namedChildren(node);
  const value = returned === undefined ? {} : { value: lowerExpression(ctx, returned) };
  return [{ kind: 'exit', span: spanOf(node), how: 'return', ...value }];
}

function lowerTypeAlias(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const left = child(node, 'left');
  const right = child(node, 'right');
  const name = firstIdentifier(left);
  if (name === undefined || right === undefined) return lowerPieces(ctx, node);
  const target = lowerPattern(ctx, name);
  return [{ kind: 'let', span: spanOf(node), target, value: lowerType(ctx, right), declares: 'function' }];
}

function firstIdentifier(type: SyntaxNode | undefined): SyntaxNode | undefined {
  let node = type;
  while (node !== undefined && node.type !== 'identifier') node = namedChildren(node)[0];
  return node;
}

/** `elif` nests in `otherwise`; from the depth limit on the branches follow one another instead. */
function lowerIf(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const alternatives = childrenIn(node, 'alternative');
  const lastAlternative = alternatives.at(-1);
  const otherwise = lastAlternative?.type === 'else_clause' ? lowerBlock(ctx, child(lastAlternative, 'body')) : [];
  const branches = [node, ...alternatives.filter((alternative) => alternative.type === 'elif_clause')];
  const lowered = branches.map((branch) => ({
    span: { start: branch.start, end: node.end },
    before: [],
    test: lowerOptional(ctx, branch, child(branch, 'condition')),
    then: lowerBlock(ctx, child(branch, 'consequence')),
  }));
  return nestBranches(lowered, otherwise);
}

interface Branch {
  readonly span: { readonly start: number; readonly end: number };
  /** What is bound before the test. */
  readonly before: readonly Stmt[];
  readonly test: Expr;
  readonly then: readonly Stmt[];
}

/** The branches of an `if` or `match`, each in the `otherwise` of the one before; the last of very many stand side by side. */
export function nestBranches(branches: readonly Branch[], otherwise: readonly Stmt[]): readonly Stmt[] {
  const withRest = ({ before, ...branch }: Branch, rest: readonly Stmt[]): readonly Stmt[] => [
    ...before,
    { kind: 'if', ...branch, otherwise: rest },
  ];
  const flat = branches.slice(MOST_NESTED_BRANCHES).flatMap((branch) => withRest(branch, []));
  return branches
    .slice(0, MOST_NESTED_BRANCHES)
    .reduceRight<readonly Stmt[]>((rest, branch) => withRest(branch, rest), [...flat, ...otherwise]);
}

const MOST_NESTED_BRANCHES = 100;

function lowerFor(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const target = child(node, 'left');
  const over = lowerOptional(ctx, node, child(node, 'right'));
  const binding = target === undefined ? {} : { binding: lowerPattern(ctx, target) };
  const body = lowerBlock(ctx, child(node, 'body'));
  return [{ kind: 'loop', span: spanOf(node), ...binding, over, body }, ...lowerLoopElse(ctx, node, body)];
}

function lowerWhile(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const test = lowerOptional(ctx, node, child(node, 'condition'));
  const body = lowerBlock(ctx, child(node, 'body'));
  return [{ kind: 'loop', span: spanOf(node), test, body }, ...lowerLoopElse(ctx, node, body)];
}

/** A loop's `else` runs after it, unless the loop was left by `break`: then nobody can tell whether it runs. */
function lowerLoopElse(ctx: Context, node: SyntaxNode, body: readonly Stmt[]): readonly Stmt[] {
  const alternative = child(node, 'alternative');
  if (alternative === undefined) return [];
  const then = lowerBlock(ctx, child(alternative, 'body'));
  if (!body.some(breaks)) return then;
  const keyword = { start: alternative.start, end: alternative.start + 'else'.length };
  const test: Expr = { kind: 'opaque', span: keyword, children: [] };
  return [{ kind: 'if', span: spanOf(alternative), test, then, otherwise: [] }];
}

function breaks(statement: Stmt): boolean {
  switch (statement.kind) {
    case 'exit':
      return statement.how === 'break';
    case 'if':
      return statement.then.some(breaks) || statement.otherwise.some(breaks);
    case 'block':
      return statement.body.some(breaks);
    case 'try':
      return [statement, ...statement.handlers].some(({ body }) => body.some(breaks)) || statement.finally.some(breaks);
    default:
      return false;
  }
}

/** `else` runs when nothing was raised, so it belongs to the body. */
function lowerTry(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const clauses = namedChildren(node);
  const clause = (type: string): SyntaxNode | undefined => clauses.find((child) => child.type === type);
  const alternative = clause('else_clause');
  const ending = clause('finally_clause');
  const body = lowerBlock(ctx, child(node, 'body'));
  const otherwise = alternative === undefined ? [] : lowerBlock(ctx, child(alternative, 'body'));
  return [
    {
      kind: 'try',
      span: spanOf(node),
      body: [...body, ...otherwise],
      handlers: clauses.filter((child) => child.type === 'except_clause').map((child) => lowerHandler(ctx, child)),
      finally: ending === undefined ? [] : lowerBlock(ctx, blockIn(ending)),
    },
  ];
}

function blockIn(clause: SyntaxNode): SyntaxNode | undefined {
  return namedChildren(clause).find((part) => part.type === 'block');
}

/** `except A`, `except (A, B) as e`, Python 2's `except A, e`. */
function lowerHandler(ctx: Context, node: SyntaxNode): TryStmt['handlers'][number] {
  const [caught, bound] = childrenIn(node, 'value');
  const inner = caught?.type === 'as_pattern' ? namedChildren(caught) : [caught, child(node, 'alias') ?? bound];
  const [type, target] = inner;
  const types = type?.type === 'tuple' ? namedChildren(type) : type === undefined ? [] : [type];
  const binding: { binding?: Pattern } = target === undefined ? {} : { binding: lowerPattern(ctx, target) };
  return {
    span: spanOf(node),
    ...binding,
    types: types.map((part) => lowerExpression(ctx, part)),
    body: lowerBlock(ctx, blockIn(node)),
  };
}

/** `with a as b, c:` is a block that begins with what is entered. */
function lowerWith(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const clause = namedChildren(node).find((part) => part.type === 'with_clause');
  const entered = clause === undefined ? [] : namedChildren(clause).map((item) => lowerWithItem(ctx, item));
  return [{ kind: 'block', span: spanOf(node), body: [...entered, ...lowerBlock(ctx, child(node, 'body'))] }];
}

function lowerWithItem(ctx: Context, node: SyntaxNode): Stmt {
  const entered = child(node, 'value') ?? node;
  const [value, target] = entered.type === 'as_pattern' ? namedChildren(entered) : [entered];
  const lowered = lowerOptional(ctx, node, value);
  if (target === undefined) return { kind: 'expr', span: spanOf(node), value: lowered };
  return {
    kind: 'let',
    span: spanOf(node),
    target: lowerPattern(ctx, target),
    value: lowered,
    declares: 'function',
  };
}
