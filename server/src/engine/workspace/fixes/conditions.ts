/** Conditions: a comparison of a part becomes one of the whole, a check that can be skipped is always made. */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { Edit } from './edit.js';
import { parentExpr, type Source, type Sources, sourceOf, spotAt, textAt } from './source.js';

/** Two expressions that are compared by a call become an equality; a negation before it stays right. */
export function compareWhole(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const call = source && callAround(source, place);
  if (!source || !call || call.kind !== 'call') return undefined;
  const sides = sidesOf(source, call);
  if (!sides) return undefined;
  const [left, right] = sides;
  const parent = parentExpr(source, call);
  const isNegated = parent?.kind === 'unary' && parent.operator === '!';
  const equal = source.edits.equal(textAt(source, left.span), textAt(source, right.span));
  const target = isNegated ? parent : call;
  return [
    {
      path: source.path,
      span: target.span,
      text: isNegated ? equal.replace(/ ={2,3} /, (eq) => (eq === ' === ' ? ' !== ' : ' != ')) : equal,
    },
  ];
}

/** `a.startsWith(b)` and `HasPrefix(a, b)`: exactly two sides. */
function sidesOf(source: Source, call: Extract<Expr, { kind: 'call' }>): readonly [Expr, Expr] | undefined {
  const args = call.args.filter((a) => a.name === undefined && !a.spread);
  if (args.length !== call.args.length) return undefined;
  const [first, second] = args.map((a) => a.value);
  if (first && second && args.length === 2) return [first, second];
  if (!first || args.length !== 1 || call.callee.kind !== 'member') return undefined;
  const isText = first.kind === 'literal' || first.kind === 'name' || first.kind === 'member';
  return isText && source ? [call.callee.object, first] : undefined;
}

function callAround(source: Source, place: Place): Expr | undefined {
  const spot = spotAt(source, place);
  let expr = spot?.expr;
  for (let i = 0; expr && expr.kind !== 'call' && i < 3; i++) expr = parentExpr(source, expr);
  if (expr) return expr;
  // The squiggle may sit on the callee's last name.
  return source.index.calls.find(
    (call) => call.callee.kind === 'member' && call.callee.propertySpan.start === place.span.start,
  );
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
  // Of a test that is no plain name (`"aud" in claims`), the comparison alone is left.
  const isPlain = present.kind === 'name' || present.kind === 'member' || present.kind === 'index';
  const changed = isPlain ? source.edits.missingOr(textAt(source, present.span), code) : code;
  const isInside = parentExpr(source, both) !== undefined;
  return [{ path: source.path, span: both.span, text: isInside && isPlain ? `(${changed})` : changed }];
}

/** A comparison of two things; not a question whether one of them is there. */
function isComparison(expr: Expr): boolean {
  if (expr.kind === 'unary' && expr.operator === '!') return expr.operand.kind === 'call';
  if (expr.kind !== 'binary' || (expr.operator !== '==' && expr.operator !== '!=')) return false;
  return ![expr.left, expr.right].some((side) => side.kind === 'literal');
}
