/** Lifetimes: the same form, another length. */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { Edit } from './edit.js';
import { fill, unusedImports } from './names.js';
import { type Source, type Sources, sourceOf, spotAt } from './source.js';

/** Changes what stands at a place, and is `was` seconds long, to so many seconds. */
export function changeLifetime(
  sources: Sources,
  place: Place,
  was: number,
  seconds: number,
): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  return source && spot ? change(source, spot.expr, was, seconds, 4) : undefined;
}

function change(source: Source, expr: Expr, was: number, seconds: number, depth: number): readonly Edit[] | undefined {
  if (depth === 0) return undefined;
  const { path, s } = source;
  const value = s.evaluate(path, expr);
  if (value.kind === 'literal' && typeof value.value === 'number')
    return replaceNumber(source, expr, value.value, was, seconds);
  if (value.kind === 'literal' && typeof value.value === 'string') {
    const text = value.value.trim();
    if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) {
      const number = scaled(Number(text), was, seconds);
      return number === undefined ? undefined : [edit(source, expr, source.edits.literal(String(number), source.text))];
    }
    return /^[\d.]+\s*[a-z]+$/i.test(text)
      ? [edit(source, expr, source.edits.literal(sayShort(seconds, text), source.text))]
      : undefined;
  }
  if (value.kind === 'duration' && source.edits.duration) {
    const filled = fill(source, source.edits.duration(seconds), undefined);
    return filled && isMaking(expr)
      ? [edit(source, expr, filled.code), ...filled.edits, ...unusedImports(source, [])]
      : undefined;
  }
  // A moment: what is added to now.
  for (const part of partsOf(expr)) {
    const inner = s.evaluate(path, part);
    const isLength =
      inner.kind === 'duration' || (inner.kind === 'literal' && typeof inner.value === 'number' && isWritten(part));
    if (isLength) return change(source, part, was, seconds, depth - 1);
  }
  for (const part of partsOf(expr)) {
    const found = change(source, part, was, seconds, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/** Numbers and their products; not a name, whose definition is elsewhere. */
function isWritten(expr: Expr): boolean {
  if (expr.kind === 'literal') return true;
  return expr.kind === 'binary' && isWritten(expr.left) && isWritten(expr.right);
}

/** `timedelta(hours=24)`, `24 * time.Hour`: not a name. */
function isMaking(expr: Expr): boolean {
  return expr.kind === 'call' || expr.kind === 'binary' || expr.kind === 'member';
}

function partsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === 'binary') return [expr.right, expr.left];
  if (expr.kind === 'call')
    return [...expr.args.map((a) => a.value), ...(expr.callee.kind === 'member' ? [expr.callee.object] : [])];
  if (expr.kind === 'choice') return [expr.then, expr.otherwise];
  return [];
}

function replaceNumber(
  source: Source,
  expr: Expr,
  value: number,
  was: number,
  seconds: number,
): readonly Edit[] | undefined {
  const number = scaled(value, was, seconds);
  if (number === undefined || !isWritten(expr)) return undefined;
  const perSecond = value / was;
  const isPlain = seconds % 60 === 0 && seconds > 60 && Number.isInteger(perSecond);
  const code = isPlain
    ? [`${seconds / 60} * 60`, ...(perSecond === 1 ? [] : [String(perSecond)])].join(' * ')
    : String(number);
  return [edit(source, expr, code)];
}

/** The number that says so many seconds, in the unit in which this one says what it says. */
function scaled(value: number, was: number, seconds: number): number | undefined {
  const number = (value / was) * seconds;
  const rounded = Math.round(number);
  return Number.isFinite(number) && rounded > 0 && Math.abs(number - rounded) < 1e-6 ? rounded : undefined;
}

/** `15m`, `30d`. */
export function shortTime(seconds: number): string {
  const { count, short } = inUnit(seconds);
  return `${count}${short}`;
}

/** The same with a word for the unit where such a word stands. */
function sayShort(seconds: number, like: string): string {
  const { count, short, long } = inUnit(seconds);
  const unit = like.replace(/^[\d.]+/, '');
  return unit.trim().length <= 1
    ? `${count}${unit.startsWith(' ') ? ' ' : ''}${short}`
    : `${count} ${long}${count === 1 ? '' : 's'}`;
}

const UNITS = [
  { size: 86_400, short: 'd', long: 'day' },
  { size: 3600, short: 'h', long: 'hour' },
  { size: 60, short: 'm', long: 'minute' },
] as const;

function inUnit(seconds: number) {
  const unit = UNITS.find(({ size }) => seconds % size === 0) ?? { size: 1, short: 's', long: 'second' };
  return { ...unit, count: seconds / unit.size };
}

function edit(source: Source, expr: Expr, text: string): Edit {
  return { path: source.path, span: expr.span, text };
}
