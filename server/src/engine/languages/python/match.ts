/** `match` as a chain of `if`: every case is a test on the subject, with what it captures bound from the subject. */
import type { Expr, LetStmt, Stmt } from '../../ir/ir.js';
import { child, namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { type Context, deeper, nameIn, opaque, textOf, childrenIn } from './context.js';
import { indexOf, lowerDottedName, lowerExpression } from './expressions.js';
import { lowerBlock, nestBranches } from './statements.js';

/** The statement; a subject that is no plain path is kept in the name `$subject` of a block, so that it stands once. */
export function lowerMatch(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const subjects = childrenIn(node, 'subject');
  const written = subjects.length === 0 ? opaque(node) : indexOf(ctx, subjects);
  const kept: Expr = isPath(written) ? written : { kind: 'name', span: written.span, name: SUBJECT };
  const body = child(node, 'body');
  const cases = body === undefined ? [] : namedChildren(body).filter((part) => part.type === 'case_clause');
  const chain = lowerCases(ctx, cases, kept);
  if (kept === written) return chain;
  const target = { kind: 'bind', span: written.span, name: SUBJECT } as const;
  const keep: Stmt = { kind: 'let', span: written.span, target, value: written, declares: 'block' };
  return [{ kind: 'block', span: spanOf(node), body: [keep, ...chain] }];
}

const SUBJECT = '$subject';

function isPath(expression: Expr): boolean {
  if (expression.kind === 'name') return true;
  return expression.kind === 'member' && isPath(expression.object);
}

/** What a case demands of a value, and what it binds. No test: it always matches. */
interface Matched {
  readonly test?: Expr | undefined;
  readonly bindings: readonly LetStmt[];
}

const ANYTHING: Matched = { bindings: [] };

function lowerCases(ctx: Context, cases: readonly SyntaxNode[], subject: Expr): readonly Stmt[] {
  const branches = cases.map((node) => lowerCase(ctx, node, subject));
  const last = branches.at(-1);
  const endsOpen = last?.test === undefined;
  const tested = (endsOpen ? branches.slice(0, -1) : branches).map((branch) => ({
    ...branch,
    test: branch.test ?? ({ kind: 'literal', span: branch.span, value: true } as const),
  }));
  return nestBranches(tested, endsOpen ? (last?.then ?? []) : []);
}

function lowerCase(ctx: Context, node: SyntaxNode, subject: Expr) {
  const patterns = namedChildren(node).filter((part) => part.type === 'case_pattern');
  const [only] = patterns;
  const matched =
    patterns.length === 1 && only !== undefined
      ? lowerCasePattern(ctx, only, subject)
      : all(patterns.map((pattern, i) => lowerCasePattern(ctx, pattern, elementOf(subject, pattern, i))));
  const guard = child(node, 'guard');
  const guardNode = guard === undefined ? undefined : namedChildren(guard)[0];
  const condition = guardNode === undefined ? undefined : lowerExpression(ctx, guardNode);
  const body = lowerBlock(ctx, child(node, 'consequence'));
  const test = and(matched.test, condition);
  // A guard reads what the case binds, so then the bindings stand before the test.
  if (condition !== undefined) return { span: spanOf(node), before: matched.bindings, test, then: body };
  return { span: spanOf(node), before: [], test, then: [...matched.bindings, ...body] };
}

function lowerCasePattern(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  return deeper(
    ctx,
    () => ({ test: opaque(node), bindings: [] }),
    () => lowerPatternNode(ctx, node, subject),
  );
}

function lowerPatternNode(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const children = namedChildren(node);
  const [first] = children;
  switch (node.type) {
    case 'case_pattern':
      return lowerWrapped(ctx, node, subject);
    case 'as_pattern':
      return lowerAs(ctx, children, subject);
    case 'dotted_name':
      return children.length === 1 && first !== undefined ? capture(ctx, first, subject) : equals(ctx, node, subject);
    case 'union_pattern':
      return lowerUnion(ctx, node, subject);
    case 'class_pattern':
      return lowerClassPattern(ctx, node, subject);
    case 'keyword_pattern':
      return lowerKeyword(ctx, children, subject);
    case 'dict_pattern':
      return lowerDictPattern(ctx, node, subject);
    case 'list_pattern':
    case 'tuple_pattern':
      return lowerSequence(ctx, node, subject);
    case 'splat_pattern':
      return first === undefined ? ANYTHING : capture(ctx, first, opaque(node, [subject]));
    default:
      return equals(ctx, node, subject);
  }
}

/** A `case_pattern` holds one pattern, or `_`, or a number with its sign. */
function lowerWrapped(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const [inner] = namedChildren(node);
  if (inner === undefined) return ANYTHING;
  const isNegative = node.children[0]?.type === '-';
  return isNegative ? equalsNegative(ctx, inner, subject) : lowerCasePattern(ctx, inner, subject);
}

function isAfterMinus(node: SyntaxNode, part: SyntaxNode): boolean {
  return node.children[node.children.indexOf(part) - 1]?.type === '-';
}

/** A number with its sign, which the grammar leaves beside it. */
function equalsNegative(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const right: Expr = { kind: 'unary', span: spanOf(node), operator: '-', operand: lowerExpression(ctx, node) };
  return { test: compare('==', subject, right), bindings: [] };
}

function lowerAs(ctx: Context, [pattern, name]: readonly SyntaxNode[], subject: Expr): Matched {
  const inner = pattern === undefined ? ANYTHING : lowerCasePattern(ctx, pattern, subject);
  return name === undefined ? inner : all([inner, capture(ctx, name, subject)]);
}

function capture(ctx: Context, node: SyntaxNode, value: Expr): Matched {
  const written = textOf(ctx, node);
  if (written === '_') return ANYTHING;
  const span = spanOf(node);
  const target = { kind: 'bind', span, name: nameIn(ctx, written) } as const;
  return { bindings: [{ kind: 'let', span, target, value, declares: 'function' }] };
}

function equals(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const isPathToValue = node.type === 'dotted_name';
  const right = isPathToValue ? lowerDottedName(ctx, node) : lowerExpression(ctx, node);
  return { test: compare('==', subject, right), bindings: [] };
}

function compare(operator: string, left: Expr, right: Expr): Expr {
  return { kind: 'binary', span: right.span, operator, left, right };
}

function lowerUnion(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const alternatives = namedChildren(node).map((part) =>
    isAfterMinus(node, part) ? equalsNegative(ctx, part, subject) : lowerCasePattern(ctx, part, subject),
  );
  const bindings = alternatives.flatMap((alternative) => alternative.bindings);
  const tests = alternatives.flatMap(({ test }) => (test === undefined ? [] : [test]));
  const [firstTest, ...rest] = tests;
  if (firstTest === undefined || tests.length < alternatives.length) return { bindings };
  if (rest.length > MOST_ALTERNATIVES) return { test: opaque(node, tests), bindings };
  const span = spanOf(node);
  const test = rest.reduce<Expr>((left, right) => ({ kind: 'binary', span, operator: '||', left, right }), firstTest);
  return { test, bindings };
}

const MOST_ALTERNATIVES = 50;

/** `User(name, role="admin")`: an instance, with tests on its named attributes; positions have no known name. */
function lowerClassPattern(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const [type, ...inner] = namedChildren(node);
  if (type === undefined) return { test: opaque(node), bindings: [] };
  const isInstance: Matched = { test: compare('instanceof', subject, lowerDottedName(ctx, type)), bindings: [] };
  const positional = (pattern: SyntaxNode): boolean => namedChildren(pattern)[0]?.type !== 'keyword_pattern';
  const attributes = inner.map((pattern) =>
    lowerCasePattern(ctx, pattern, positional(pattern) ? opaque(pattern, []) : subject),
  );
  return all([isInstance, ...attributes]);
}

function lowerKeyword(ctx: Context, [name, pattern]: readonly SyntaxNode[], subject: Expr): Matched {
  if (name === undefined || pattern === undefined) return ANYTHING;
  return lowerCasePattern(ctx, pattern, memberOf(subject, name, textOf(ctx, name)));
}

function lowerDictPattern(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const keys = childrenIn(node, 'key');
  const values = childrenIn(node, 'value');
  const entries = keys.flatMap((key, i): Matched[] => {
    const pattern = values[i];
    if (pattern === undefined) return [];
    const lowered = lowerExpression(ctx, key);
    const known = lowered.kind === 'literal' && typeof lowered.value === 'string' ? lowered.value : undefined;
    const value: Expr =
      known === undefined
        ? { kind: 'index', span: spanOf(key), object: subject, index: lowered }
        : memberOf(subject, key, known);
    return [lowerCasePattern(ctx, pattern, value)];
  });
  const rest = namedChildren(node).filter((part) => part.type === 'splat_pattern');
  const shape: Matched = { test: opaque(node, []), bindings: [] };
  return all([shape, ...entries, ...rest.map((part) => lowerCasePattern(ctx, part, subject))]);
}

/** Elements before a star are known by index; how many there are is not tested. */
function lowerSequence(ctx: Context, node: SyntaxNode, subject: Expr): Matched {
  const elements = namedChildren(node);
  const isStar = (element: SyntaxNode): boolean => namedChildren(element)[0]?.type === 'splat_pattern';
  const star = elements.findIndex(isStar);
  const shape: Matched = { test: opaque(node, []), bindings: [] };
  const matched = elements.map((element, i) => {
    const beforeStar = star === -1 || i < star;
    const value = beforeStar ? elementOf(subject, element, i) : opaque(element, []);
    return lowerCasePattern(ctx, element, value);
  });
  return all([shape, ...matched]);
}

function elementOf(subject: Expr, node: SyntaxNode, position: number): Expr {
  const span = spanOf(node);
  return { kind: 'index', span, object: subject, index: { kind: 'literal', span, value: position } };
}

function memberOf(object: Expr, node: SyntaxNode, property: string): Expr {
  return { kind: 'member', span: spanOf(node), object, property, propertySpan: spanOf(node) };
}

/** Everything at once; what is too long to nest is not tested. */
function all(matched: readonly Matched[]): Matched {
  const tests = matched.flatMap(({ test }) => (test === undefined ? [] : [test]));
  const bindings = matched.flatMap((one) => one.bindings);
  const [first] = tests;
  if (first !== undefined && tests.length > MOST_ALTERNATIVES) {
    return { test: { kind: 'opaque', span: first.span, children: tests }, bindings };
  }
  return { test: tests.reduce<Expr | undefined>(and, undefined), bindings };
}

function and(left: Expr | undefined, right: Expr | undefined): Expr | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return {
    kind: 'binary',
    span: { start: Math.min(left.span.start, right.span.start), end: Math.max(left.span.end, right.span.end) },
    operator: '&&',
    left,
    right,
  };
}
