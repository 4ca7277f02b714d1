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

/** `x && check` becomes `check`. */
export function dropCondition(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  const parent = spot && parentExpr(source, spot.expr);
  if (!source || !spot || parent?.kind !== 'binary' || parent.operator !== '&&') return undefined;
  const other = parent.left === spot.expr ? parent.right : parent.left;
  return [{ path: source.path, span: parent.span, text: textAt(source, other.span) }];
}
