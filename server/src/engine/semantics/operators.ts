/** Arithmetic and text on values: numbers, durations and moments fold; what does not is kept as an operation. */
import { type Value, numberOf, oneOf, alternatives } from './value.js';

const DAY = 86_400;

/** The value of `left operator right`, for operators that are no control flow. */
export function combine(operator: string, left: Value, right: Value): Value {
  if (left.kind === 'oneOf' || right.kind === 'oneOf') {
    const pairs = alternatives(left).flatMap((l) => alternatives(right).map((r) => combine(operator, l, r)));
    return oneOf(pairs.slice(0, 16));
  }
  if (COMPARISONS.has(operator)) return { kind: 'derived', how: 'comparison', of: [left, right], operator };
  if (operator === '%' && left.kind === 'literal' && typeof left.value === 'string') {
    return formatted(left, right.kind === 'list' && !right.open ? right.items : [right]);
  }
  const plain = fold(operator, left, right);
  if (plain) return plain;
  // A number from the environment with a fallback: the fallback decides, and the answer still says so.
  if (left.kind === 'environment' && left.fallback) {
    return { ...left, fallback: combine(operator, left.fallback, right) };
  }
  if (right.kind === 'environment' && right.fallback) {
    return { ...right, fallback: combine(operator, left, right.fallback) };
  }
  if (operator === '+' && (isText(left) || isText(right))) return concat([left, right]);
  return { kind: 'operation', operator, operands: [left, right] };
}

/** A text with `%s` and the like in it, filled in. A text that is not known keeps its parts as an operation. */
export function formatted(text: Value, values: readonly Value[]): Value {
  if (text.kind !== 'literal' || typeof text.value !== 'string') {
    return { kind: 'operation', operator: 'format', operands: [text, ...values] };
  }
  const parts: Value[] = [];
  let next = 0;
  let end = 0;
  for (const verb of text.value.matchAll(/%[-+# 0]*\d*(?:\.\d+)?([a-zA-Z%])/g)) {
    parts.push({ ...text, value: text.value.slice(end, verb.index) + (verb[1] === '%' ? '%' : '') });
    const value = verb[1] === '%' ? undefined : values[next++];
    if (value) parts.push(value);
    end = verb.index + verb[0].length;
  }
  parts.push({ ...text, value: text.value.slice(end) }, ...values.slice(next));
  return concat(parts.filter((part) => part.kind !== 'literal' || part.value !== ''));
}

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'instanceof', 'matches']);

function fold(operator: string, left: Value, right: Value): Value | undefined {
  const a = numberOf(left);
  const b = numberOf(right);
  const place = left.place ?? right.place;
  const here = place ? { place } : {};
  if (a !== undefined && b !== undefined) {
    const number = arithmetic(operator, a, b);
    return number === undefined ? undefined : { kind: 'literal', value: number, ...here };
  }
  if (left.kind === 'literal' && right.kind === 'literal' && operator === '+') {
    return { kind: 'literal', value: `${left.value}${right.value}`, ...here };
  }
  if (left.kind === 'duration' || right.kind === 'duration') return foldDuration(operator, left, right, here);
  if (left.kind === 'moment') return foldMoment(operator, left, right, here);
  if (right.kind === 'moment' && operator === '+') return foldMoment(operator, right, left, here);
  return undefined;
}

function arithmetic(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    case '//':
      return b === 0 ? undefined : Math.floor(a / b);
    case '%':
      return b === 0 ? undefined : a % b;
    case '**':
      return a ** b;
    default:
      return undefined;
  }
}

function foldDuration(
  operator: string,
  left: Value,
  right: Value,
  here: { place?: NonNullable<Value['place']> },
): Value | undefined {
  if (left.kind === 'duration' && right.kind === 'duration') {
    const seconds = both(left.seconds, right.seconds, (a, b) => arithmetic(operator, a, b));
    return { kind: 'duration', seconds, ...here };
  }
  const duration = left.kind === 'duration' ? left : right.kind === 'duration' ? right : undefined;
  const other = left.kind === 'duration' ? right : left;
  if (!duration) return undefined;
  if (other.kind === 'moment' && (operator === '+' || operator === '-')) {
    const plus = both(other.plus, duration.seconds, (a, b) => (operator === '+' ? a + b : a - b));
    return {
      kind: 'moment',
      unit: other.unit,
      plus,
      ...(duration.by ? { by: duration.by } : plus === undefined ? { by: duration } : {}),
      ...placeOf(duration, here),
    };
  }
  if (operator === '*' || operator === '/') {
    const n = numberOf(other);
    const seconds = both(duration.seconds, n, (a, b) => arithmetic(operator, a, b));
    return { kind: 'duration', seconds, ...(n === undefined ? { by: other } : {}), ...here };
  }
  // A date that we know nothing of, plus a duration: a lifetime all the same.
  if ((operator === '+' || operator === '-') && other.kind !== 'literal') {
    return { kind: 'operation', operator, operands: [left, right] };
  }
  return undefined;
}

function foldMoment(
  operator: string,
  moment: Extract<Value, { kind: 'moment' }>,
  other: Value,
  here: { place?: NonNullable<Value['place']> },
): Value | undefined {
  const n = numberOf(other);
  const perSecond = moment.unit === 'ms' ? 1000 : 1;
  if (operator === '+' || operator === '-') {
    if (other.kind === 'moment') return { kind: 'operation', operator, operands: [moment, other] };
    const sign = operator === '+' ? 1 : -1;
    const plus = both(moment.plus, n, (a, b) => a + (sign * b) / perSecond);
    return {
      kind: 'moment',
      unit: moment.unit,
      plus,
      ...(n === undefined ? { by: other } : {}),
      ...placeOf(other, here),
    };
  }
  if ((operator === '/' || operator === '//') && n === 1000 && moment.unit === 'ms') return { ...moment, unit: 's' };
  if (operator === '*' && n === 1000 && moment.unit === 's') return { ...moment, unit: 'ms' };
  return undefined;
}

function placeOf(value: Value, here: { place?: NonNullable<Value['place']> }): { place?: NonNullable<Value['place']> } {
  return value.place ? { place: value.place } : here;
}

function both(
  a: number | undefined,
  b: number | undefined,
  apply: (a: number, b: number) => number | undefined,
): number | undefined {
  return a === undefined || b === undefined ? undefined : apply(a, b);
}

function isText(value: Value): boolean {
  return value.kind === 'concat' || (value.kind === 'literal' && typeof value.value === 'string');
}

/** A text put together from parts; literal when all parts are. */
export function concat(parts: readonly Value[]): Value {
  const flat = parts.flatMap((p) => (p.kind === 'concat' ? p.parts : [p]));
  if (flat.every((p) => p.kind === 'literal')) {
    return {
      kind: 'literal',
      value: flat.map((p) => (p.kind === 'literal' ? String(p.value) : '')).join(''),
      ...(flat[0]?.place ? { place: flat[0].place } : {}),
    };
  }
  return { kind: 'concat', parts: flat };
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  msec: 0.001,
  msecs: 0.001,
  millisecond: 0.001,
  milliseconds: 0.001,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hrs: 3600,
  hour: 3600,
  hours: 3600,
  d: DAY,
  day: DAY,
  days: DAY,
  w: 7 * DAY,
  week: 7 * DAY,
  weeks: 7 * DAY,
  y: 365.25 * DAY,
  yr: 365.25 * DAY,
  yrs: 365.25 * DAY,
  year: 365.25 * DAY,
  years: 365.25 * DAY,
};

/**
 * A duration text of the `ms` grammar in seconds (`15m`, `7 days`, `1y`). Digits alone are read in `bareUnit` seconds;
 * `undefined` if the text is no duration.
 */
export function parseDuration(text: string, bareUnit = 0.001): number | undefined {
  if (text.length > 100) return undefined;
  const match = /^\s*(-?\d*\.?\d+)\s*([a-z]+)?\s*$/i.exec(text);
  if (!match) return undefined;
  const amount = Number(match[1]);
  if (!match[2]) return amount * bareUnit;
  const unit = UNITS[match[2].toLowerCase()];
  return unit === undefined ? undefined : amount * unit;
}

/** An amount of seconds as a person would say it: "15 minutes", "7 days". */
export function sayDuration(seconds: number): string {
  const steps: readonly [number, string][] = [
    [365 * DAY, 'year'],
    [DAY, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ];
  for (const [size, name] of steps) {
    if (Math.abs(seconds) < size && size > 1) continue;
    const amount = Math.round((seconds / size) * 10) / 10;
    if (size > 1 && seconds < 2 * size && seconds % size !== 0) continue;
    return `${amount} ${name}${amount === 1 ? '' : 's'}`;
  }
  return `${seconds} seconds`;
}
