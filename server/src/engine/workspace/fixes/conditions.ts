/** Conditions: a comparison of a part becomes one of the whole, a check that can be skipped is always made. */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { FixTarget } from '../../rules/fix-intent.js';
import type { Edit } from './edit.js';
import { fill } from './names.js';
import { lineAfter, parentExpr, type Source, type Sources, sourceOf, spotAt, textAt } from './source.js';

/** Two expressions that are compared by a call become an equality; a negation before it stays right. */
export function compareWhole(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const test = source && testAround(source, place);
  const sides = test && sidesOf(test);
  if (!source || !test || !sides) return undefined;
  const [left, right] = sides;
  const parent = parentExpr(source, test);
  const isNegated = parent?.kind === 'unary' && parent.operator === '!';
  const equal = source.edits.equal(textAt(source, left.span), textAt(source, right.span));
  const target = isNegated ? parent : test;
  return [
    {
      path: source.path,
      span: target.span,
      text: isNegated ? equal.replace(/ ={2,3} /, (eq) => (eq === ' === ' ? ' !== ' : ' != ')) : equal,
    },
  ];
}

/** `a.startsWith(b)`, `HasPrefix(a, b)`, `b in a`: exactly two sides. */
function sidesOf(test: Expr): readonly [Expr, Expr] | undefined {
  if (test.kind === 'binary') return test.operator === 'in' ? [test.right, test.left] : undefined;
  if (test.kind !== 'call') return undefined;
  const args = test.args.filter((a) => a.name === undefined && !a.spread);
  if (args.length !== test.args.length) return undefined;
  const [first, second] = args.map((a) => a.value);
  if (first && second && args.length === 2) return [first, second];
  if (!first || args.length !== 1 || test.callee.kind !== 'member') return undefined;
  const isText = first.kind === 'literal' || first.kind === 'name' || first.kind === 'member';
  // `!a!.b(c)`: the grammar binds the negation to `a`.
  return isText && test.callee.object.kind !== 'unary' ? [test.callee.object, first] : undefined;
}

function testAround(source: Source, place: Place): Expr | undefined {
  let expr = spotAt(source, place)?.expr;
  const isTest = (one: Expr) => one.kind === 'call' || (one.kind === 'binary' && one.operator === 'in');
  for (let i = 0; expr && !isTest(expr) && i < 3; i++) expr = parentExpr(source, expr);
  if (expr) return expr;
  // The squiggle may sit on the callee's last name.
  return source.index.calls.find(
    (call) => call.callee.kind === 'member' && call.callee.propertySpan.start === place.span.start,
  );
}

/** `a || b`, a choice: the other one is left. */
export function dropAlternative(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  let expr = source && spotAt(source, place)?.expr;
  for (let i = 0; source && expr && i < 3; i++) {
    const parent: Expr | undefined = parentExpr(source, expr);
    const other = parent && otherOf(parent, expr);
    if (parent && other) return [{ path: source.path, span: parent.span, text: textAt(source, other.span) }];
    // What only shapes the value goes with it.
    expr = parent?.kind === 'member' || parent?.kind === 'call' || parent?.kind === 'index' ? parent : undefined;
  }
  return undefined;
}

function otherOf(parent: Expr, expr: Expr): Expr | undefined {
  if (parent.kind === 'binary' && (parent.operator === '||' || parent.operator === '??'))
    return parent.left === expr ? parent.right : parent.left;
  if (parent.kind === 'choice' && parent.test !== expr) return parent.then === expr ? parent.otherwise : parent.then;
  return undefined;
}

/** A `return` on the line after a statement. */
export function endAfter(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  const statement = spot && source.index.statementOf(spot.expr);
  if (!source || statement?.kind !== 'expr') return undefined;
  const list = source.index.listOf(statement);
  // A body without braces takes no second statement.
  const holder = source.index.parentOf(statement);
  if (holder && 'kind' in holder && holder.kind === 'if' && list?.length === 1) {
    const before = source.text.slice(0, statement.span.start).trimEnd();
    if (!before.endsWith('{') && !before.endsWith(':')) return undefined;
  }
  const { at, text } = lineAfter(source, statement.span, source.edits.giveUp);
  return [{ path: source.path, span: { start: at, end: at }, text, joins: true }];
}

/** `x && x != y` becomes `!x || x != y`; the place is `x`, or the whole condition. */
export function demandCompared(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source || !spot) return undefined;
  const isBoth = (expr: Expr | undefined) => expr?.kind === 'binary' && expr.operator === '&&';
  const both = isBoth(spot.expr) ? spot.expr : parentExpr(source, spot.expr);
  if (both?.kind !== 'binary' || both.operator !== '&&') return undefined;
  const [check, ...more] = [both.left, both.right].filter(isComparison);
  if (!check || more.length > 0) return undefined;
  const present = both.left === check ? both.right : both.left;
  const code = textAt(source, check.span);
  const isPlain = present.kind === 'name' || present.kind === 'member' || present.kind === 'index';
  const asked = textAt(source, present.span);
  const { edits } = source;
  const changed = isPlain ? edits.missingOr(asked, code) : edits.or(edits.not(asked), code);
  const isInside = parentExpr(source, both) !== undefined;
  return [{ path: source.path, span: both.span, text: isInside ? `(${changed})` : changed }];
}

/** A comparison of two things; not a question whether one of them is there. */
function isComparison(expr: Expr): boolean {
  if (expr.kind === 'unary' && expr.operator === '!') return expr.operand.kind === 'call';
  if (expr.kind !== 'binary' || (expr.operator !== '==' && expr.operator !== '!=')) return false;
  return ![expr.left, expr.right].some((side) => side.kind === 'literal' && (side.value === null || side.value === ''));
}

/** `scope.includes(x)`, `x in scope`, `scope == x`: among the words of `scope`. */
export function inWords(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const test = source && comparisonAround(source, place);
  const sides = test && (sidesOf(test) ?? equalSides(test));
  if (!source || !test || !sides) return undefined;
  const [text, item] = sides;
  const { edits } = source;
  // What may be missing stays so.
  const isOptional = test.kind === 'call' && test.callee.kind === 'member' && test.callee.optional === true;
  const words = edits.words(textAt(source, text.span) + (isOptional ? '?' : ''));
  const contains = edits.contains(words, textAt(source, item.span));
  const isUnequal = test.kind === 'binary' && test.operator === '!=';
  const filled = fill(source, isUnequal ? edits.not(contains) : contains, undefined);
  return filled && [{ path: source.path, span: test.span, text: filled.code }, ...filled.edits];
}

function comparisonAround(source: Source, place: Place): Expr | undefined {
  let expr = spotAt(source, place)?.expr;
  for (let i = 0; expr && i < 3; i++) {
    if (sidesOf(expr) || equalSides(expr)) return expr;
    expr = parentExpr(source, expr);
  }
  return undefined;
}

function equalSides(expr: Expr): readonly [Expr, Expr] | undefined {
  if (expr.kind !== 'binary' || (expr.operator !== '==' && expr.operator !== '!=')) return undefined;
  return expr.left.kind === 'literal' ? [expr.right, expr.left] : [expr.left, expr.right];
}

/** `if (!user) return` → `if (!user || !user.isActive) return`, after the statement that loads `user`. */
export function alsoReject(sources: Sources, of: FixTarget, field: string, when: boolean): readonly Edit[] | undefined {
  const source = sourceOf(sources, of.path);
  const load = of.node && source?.index.statementOf(of.node);
  if (!source || load?.kind !== 'let' || load.target.kind !== 'bind') return undefined;
  const { name } = load.target;
  const later = (source.index.listOf(load) ?? []).filter((stmt) => stmt.span.start > load.span.end);
  const check = later.find((stmt) => stmt.kind === 'if' && asksMissing(stmt.test, name));
  if (check?.kind !== 'if' || !source.s.exits(source.path, check.then)) return undefined;
  const { edits } = source;
  const asked = when ? `${name}.${field}` : edits.not(`${name}.${field}`);
  const text = edits.or(textAt(source, check.test.span), asked);
  return [{ path: source.path, span: check.test.span, text }];
}

/** `!user`, `user is None`; alone, or with other reasons. */
function asksMissing(test: Expr, name: string): boolean {
  const isName = (expr: Expr) => expr.kind === 'name' && expr.name === name;
  if (test.kind === 'unary' && test.operator === '!') return isName(test.operand);
  if (test.kind !== 'binary') return false;
  if (test.operator === '||') return asksMissing(test.left, name) || asksMissing(test.right, name);
  if (test.operator !== '==') return false;
  const isNothing = (expr: Expr) => expr.kind === 'literal' && expr.value === null;
  return (isName(test.left) && isNothing(test.right)) || (isName(test.right) && isNothing(test.left));
}

/** `p in path` → whether `path` begins with it; the place is the test, or what runs it over a list. */
export function comparePrefix(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place)?.expr;
  if (!source || !spot) return undefined;
  const inside = source.index.expressions.filter(
    (expr) => expr.span.start >= spot.span.start && expr.span.end <= spot.span.end && isPart(expr),
  );
  const [test] = inside;
  const sides = test && inside.length === 1 ? sidesOf(test) : undefined;
  if (!test || !sides) return undefined;
  const [text, part] = sides;
  const filled = fill(source, source.edits.startsWith(textAt(source, text.span), textAt(source, part.span)), undefined);
  return filled && [{ path: source.path, span: test.span, text: filled.code }, ...filled.edits];
}

/** A search for a part of a text. */
function isPart(expr: Expr): boolean {
  if (expr.kind === 'binary') return expr.operator === 'in';
  return (
    expr.kind === 'call' &&
    expr.callee.kind === 'member' &&
    /^(?:includes|Contains|contains)$/.test(expr.callee.property)
  );
}
