/** `switch`, type switch and `select` as chains of `if`. */
import type { Expr, Stmt } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { afterDeclaration, bindName, type Context, childrenIn, opaque, textOf } from './context.js';
import { binding } from './declarations.js';
import { lowerExpression, lowerExpressions, lowerOptional } from './expressions.js';
import { lowerBlock, lowerStatement, withInitializer } from './statements.js';
import { lowerType } from './types.js';

/** `switch x { case a, b: … }`; without a subject the cases are the tests. */
export function lowerSwitch(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return withInitializer(ctx, node, (inside) => lowerSwitchBody(inside, node));
}

function lowerSwitchBody(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const value = child(node, 'value');
  const written = value === undefined ? undefined : lowerExpression(ctx, value);
  const { subject, keep } = kept(written);
  const branches = cases(node).map((one) => {
    const list = child(one, 'value');
    const labels = list === undefined ? [] : lowerExpressions(ctx, list);
    const tests = labels.map((label) => (subject === undefined ? label : compare('==', subject, label)));
    return { span: spanOf(one), test: testOf(one, tests), body: lowerCaseBody(ctx, one), falls: fallsThrough(one) };
  });
  return wrap(node, keep, chain(node, passedOn(branches)));
}

/** `switch v := x.(type) { case A: … }`: every case tests `instanceof` and binds `v`. */
export function lowerTypeSwitch(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return withInitializer(ctx, node, (inside) => lowerTypeSwitchBody(inside, node));
}

function lowerTypeSwitchBody(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const { subject, keep } = kept(lowerOptional(ctx, node, child(node, 'value')));
  const alias = child(node, 'alias');
  const name = alias === undefined ? undefined : namedChildren(alias)[0];
  const isHidden = name !== undefined && textOf(ctx, name) === ctx.receiver;
  const inside = isHidden ? { ...ctx, receiver: undefined } : ctx;
  const target = name === undefined ? undefined : bindName(inside, name);
  const value = subject ?? opaque(node);
  const bound: readonly Stmt[] =
    target === undefined ? [] : [{ kind: 'let', span: target.span, target, value, declares: 'block' }];
  const branches = cases(node).map((one) => {
    const tests = childrenIn(one, 'type').map((type) => typeTest(value, lowerType(ctx, type)));
    return { span: spanOf(one), test: testOf(one, tests), body: [...bound, ...lowerCaseBody(inside, one)] };
  });
  return wrap(node, keep, chain(node, branches));
}

/** `select`: nobody can tell which case runs; its communication comes first in its body. */
export function lowerSelect(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const branches = cases(node).map((one) => {
    const communication = child(one, 'communication');
    const first = communication === undefined ? [] : lowerCommunication(ctx, communication);
    return {
      span: spanOf(one),
      test: testOf(one, []),
      body: [...first, ...lowerCaseBody(afterDeclaration(ctx, communication), one)],
    };
  });
  return chain(node, branches);
}

interface Branch {
  readonly span: Stmt['span'];
  /** Absent for `default`. */
  readonly test: Expr | undefined;
  readonly body: readonly Stmt[];
}

const CASES: ReadonlySet<string> = new Set(['expression_case', 'type_case', 'communication_case', 'default_case']);

function cases(node: SyntaxNode): readonly SyntaxNode[] {
  return namedChildren(node).filter((part) => CASES.has(part.type));
}

/** A subject that is no plain path is computed once, into the name `$subject`. */
function kept(written: Expr | undefined): { readonly subject: Expr | undefined; readonly keep: readonly Stmt[] } {
  if (written === undefined || isPath(written)) return { subject: written, keep: [] };
  const { span } = written;
  const target = { kind: 'bind', span, name: SUBJECT } as const;
  const keep: Stmt = { kind: 'let', span, target, value: written, declares: 'block' };
  return { subject: { kind: 'name', span, name: SUBJECT }, keep: [keep] };
}

const SUBJECT = '$subject';

function isPath(expression: Expr): boolean {
  if (expression.kind === 'name') return true;
  return expression.kind === 'member' && isPath(expression.object);
}

function wrap(node: SyntaxNode, before: readonly Stmt[], statements: readonly Stmt[]): readonly Stmt[] {
  return before.length === 0 ? statements : [{ kind: 'block', span: spanOf(node), body: [...before, ...statements] }];
}

function compare(operator: string, left: Expr, right: Expr): Expr {
  return { kind: 'binary', span: right.span, operator, left, right };
}

function typeTest(value: Expr, type: Expr): Expr {
  const isNil = type.kind === 'literal' && type.value === null;
  return compare(isNil ? '==' : 'instanceof', value, type);
}

/** Any of the tests; a case that has none that can be told is opaque. */
function testOf(node: SyntaxNode, tests: readonly Expr[]): Expr | undefined {
  if (node.type === 'default_case') return undefined;
  const [first, ...rest] = tests;
  if (first === undefined) return { kind: 'opaque', span: { start: node.start, end: node.start + 4 }, children: [] };
  if (rest.length > MOST_ALTERNATIVES) return { kind: 'opaque', span: first.span, children: tests };
  return rest.reduce<Expr>((left, right) => {
    const span = { start: first.span.start, end: right.span.end };
    return { kind: 'binary', span, operator: '||', left, right };
  }, first);
}

const MOST_ALTERNATIVES = 50;

/** A `break` at the end of a case says what happens anyway. */
function lowerCaseBody(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const list = statementsIn(node);
  if (list === undefined) return [];
  const lowered = lowerBlock(ctx, list);
  const last = namedChildren(list).at(-1);
  return last !== undefined && isPlainBreak(last) ? lowered.slice(0, -1) : lowered;
}

function statementsIn(node: SyntaxNode): SyntaxNode | undefined {
  return namedChildren(node).find((part) => part.type === 'statement_list');
}

function isPlainBreak(node: SyntaxNode): boolean {
  return node.type === 'break_statement' && namedChildren(node).length === 0;
}

function lowerCommunication(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  if (node.type !== 'receive_statement') return lowerStatement(ctx, node);
  const left = child(node, 'left');
  const right = child(node, 'right');
  if (right === undefined) return [];
  if (left === undefined) return [{ kind: 'expr', span: spanOf(node), value: lowerExpression(ctx, right) }];
  const declares = node.children.some((part) => part.type === ':=');
  return [binding(ctx, { span: spanOf(node), left, right, declares })];
}

function fallsThrough(node: SyntaxNode): boolean {
  const list = statementsIn(node);
  return list !== undefined && namedChildren(list).at(-1)?.type === 'fallthrough_statement';
}

/** `fallthrough` goes on with the next body, a few times at most. */
function passedOn(branches: readonly (Branch & { readonly falls: boolean })[]): readonly Branch[] {
  return branches.map((branch, i) => {
    const bodies = [branch.body];
    for (let at = i; branches[at]?.falls === true && at - i < MOST_FALLTHROUGHS; at++) {
      bodies.push(branches[at + 1]?.body ?? []);
    }
    return { ...branch, body: bodies.flat() };
  });
}

const MOST_FALLTHROUGHS = 5;

/**
 * The branches, each in the `otherwise` of the one before, `default` last; the last of very many stand side by side. A
 * `break` at the end of a case does nothing; one in the middle leaves the switch, so then a loop that runs once is around.
 */
function chain(node: SyntaxNode, branches: readonly Branch[]): readonly Stmt[] {
  const otherwise = branches.find((branch) => branch.test === undefined)?.body ?? [];
  const tested = branches.flatMap(({ span, test, body }) => (test === undefined ? [] : [{ span, test, then: body }]));
  const flat = tested.slice(MOST_NESTED).map((branch): Stmt => ({ kind: 'if', ...branch, otherwise: [] }));
  const nested = tested
    .slice(0, MOST_NESTED)
    .reduceRight<readonly Stmt[]>(
      (rest, branch) => [{ kind: 'if', ...branch, otherwise: rest }],
      [...flat, ...otherwise],
    );
  if (!cases(node).some(isLeft)) return nested;
  const span = spanOf(node);
  const leave: Stmt = { kind: 'exit', span: { start: node.end - 1, end: node.end }, how: 'break' };
  return [{ kind: 'loop', span, body: [...nested, leave] }];
}

const MOST_NESTED = 100;

/** Whether a `break` within the case leaves the switch; one with a label, or of an inner loop, does not. */
function isLeft(one: SyntaxNode): boolean {
  const list = statementsIn(one);
  const last = list === undefined ? undefined : namedChildren(list).at(-1);
  const waiting = [...namedChildren(one)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isPlainBreak(node) && node !== last) return true;
    if (!BREAKABLE.has(node.type)) waiting.push(...namedChildren(node));
  }
  return false;
}

const BREAKABLE: ReadonlySet<string> = new Set([
  'expression_switch_statement',
  'for_statement',
  'func_literal',
  'select_statement',
  'type_switch_statement',
]);
