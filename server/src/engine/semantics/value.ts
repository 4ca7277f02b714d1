/**
 * What is statically known about an expression. `unknown` is an answer, never an error. Rules do not match on this
 * union; they ask three-valued questions (`can`, `must`) and take texts and numbers out with the readers below.
 */
import type { Place } from '../base/span.js';
import type { CallExpr, ClassIR, FunctionIR } from '../ir/ir.js';

/** One call as it is met: in which file, in which frame of calls. Arguments are evaluated when asked for. */
export interface CallSite {
  readonly path: string;
  readonly call: CallExpr;
  readonly frame: Frame | undefined;
}

/** The arguments that a function of the workspace was called with, while its body is evaluated. */
export interface Frame {
  readonly fn: FunctionIR;
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly receiver: Value | undefined;
  readonly parent: Frame | undefined;
  readonly depth: number;
}

interface Origin {
  /** The parameter through which a framework handed it in: what its declaration says is true of it too. */
  readonly via?: Value;
  /** Where the value was written: the literal, the setting, the variable's name. */
  readonly place?: Place;
}

export type Value = Origin &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    | { readonly kind: 'regex'; readonly pattern: string; readonly flags: string }
    /** One of these, by a branch or a fallback. `when` says of a member in which case it holds. */
    | { readonly kind: 'oneOf'; readonly values: readonly Value[] }
    | { readonly kind: 'list'; readonly items: readonly Value[]; readonly open: boolean }
    /** `open`: it may hold more fields than these (an unknown spread). */
    | {
        readonly kind: 'record';
        readonly fields: ReadonlyMap<string, Value>;
        readonly open: boolean;
        readonly spreads: readonly Value[];
        /** A literal of a library's type. */
        readonly type?: string;
        /** A literal of a workspace class. */
        readonly of?: { readonly cls: ClassIR; readonly path: string };
      }
    | { readonly kind: 'absent' }
    /** A variable of the environment. `checked`: the program stops when it is missing. */
    | {
        readonly kind: 'environment';
        readonly name: string | undefined;
        readonly fallback: Value | undefined;
        readonly checked: boolean;
      }
    | { readonly kind: 'random'; readonly source: 'cryptographic' | 'guessable'; readonly bytes: number | undefined }
    /** Now plus so many seconds (`undefined`: not known), as seconds, milliseconds or a date object. */
    | {
        readonly kind: 'moment';
        readonly unit: 's' | 'ms' | 'object';
        readonly plus: number | undefined;
        readonly by?: Value;
      }
    /** A duration object (`timedelta`, `time.Duration`). */
    | { readonly kind: 'duration'; readonly seconds: number | undefined; readonly by?: Value }
    | { readonly kind: 'concat'; readonly parts: readonly Value[] }
    /** Computed from others in a way that keeps no text of them: a hash, a length, a comparison. */
    | {
        readonly kind: 'derived';
        readonly how: string;
        readonly of: readonly Value[];
        /** Of a comparison, and `!` of a negation. */
        readonly operator?: string;
      }
    | {
        readonly kind: 'function';
        readonly fn: FunctionIR;
        readonly path: string;
        readonly frame: Frame | undefined;
        readonly receiver?: Value;
      }
    | { readonly kind: 'class'; readonly cls: ClassIR; readonly path: string }
    /** `of`: the parameter or field that is declared to hold it, where nobody saw it made. */
    | {
        readonly kind: 'instance';
        readonly cls: ClassIR;
        readonly path: string;
        readonly site: CallSite | undefined;
        readonly of?: Value;
      }
    /** A name of a library or of the language's own globals: `npm:jsonwebtoken.verify`, `pypi:os.environ`. */
    | { readonly kind: 'external'; readonly name: string }
    /** What a call of a library's function gave. `type` when the models say what it is. */
    | { readonly kind: 'result'; readonly callee: string; readonly site: CallSite; readonly type: string | undefined }
    /** An object of a library's type that we did not see made: a typed parameter, an injected service. */
    | { readonly kind: 'object'; readonly type: string; readonly of?: Value }
    | { readonly kind: 'member'; readonly object: Value; readonly property: string }
    | { readonly kind: 'element'; readonly object: Value; readonly index: Value }
    /** All but the named fields of a record that is not known. */
    | { readonly kind: 'rest'; readonly object: Value; readonly without: readonly string[] }
    | {
        readonly kind: 'parameter';
        readonly fn: FunctionIR;
        readonly path: string;
        readonly index: number;
        readonly name: string;
        readonly type: string | undefined;
      }
    /** A call of something that is not known: a method of a parameter, a function that could not be resolved. */
    | { readonly kind: 'call'; readonly callee: Value; readonly site: CallSite }
    | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Value[] }
    | { readonly kind: 'module'; readonly path: string }
    | { readonly kind: 'caught' }
    | { readonly kind: 'unknown' }
  );

export type ValueOf<K extends Value['kind']> = Extract<Value, { kind: K }>;

export const UNKNOWN: Value = { kind: 'unknown' };
export const ABSENT: Value = { kind: 'absent' };

/** The same value, said to come from this place unless it already has one. */
export function from(value: Value, place: Place | undefined): Value {
  if (value.place || !place) return value;
  return { ...value, place };
}

/** The alternatives of a value; itself if it has none. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'oneOf' ? value.values : [value];
}

/** A value that is one of these; flat, without repeats of the same object. */
export function oneOf(values: readonly Value[]): Value {
  const flat = [...new Set(values.flatMap(alternatives))];
  if (flat.length === 1) return flat[0] as Value;
  if (flat.length === 0) return UNKNOWN;
  return { kind: 'oneOf', values: flat.slice(0, 16) };
}

/** Applies a function to every alternative. */
export function mapAlternatives(value: Value, apply: (value: Value) => Value): Value {
  return value.kind === 'oneOf' ? oneOf(value.values.map(apply)) : apply(value);
}

/** Whether nothing is known of at least one alternative. */
export function mayBeUnknown(value: Value): boolean {
  return alternatives(value).some((v) => !isKnown(v));
}

/** Whether a value is settled: a literal, absent, or a list or record of such. */
export function isKnown(value: Value): boolean {
  switch (value.kind) {
    case 'literal':
    case 'absent':
    case 'regex':
      return true;
    case 'list':
      return !value.open && value.items.every(isKnown);
    case 'oneOf':
      return value.values.every(isKnown);
    default:
      return false;
  }
}

/**
 * Whether the test holds of some literal the value can be: `true` surely for one alternative, `false` for none,
 * `undefined` when it cannot be told. Lists are tested member by member; absent is `false`.
 */
export function can(value: Value, test: (literal: string | number | boolean | null) => boolean): boolean | undefined {
  let unsure = false;
  for (const alternative of alternatives(value)) {
    const answer = canOne(alternative, test);
    if (answer) return true;
    if (answer === undefined) unsure = true;
  }
  return unsure ? undefined : false;
}

function canOne(value: Value, test: (literal: string | number | boolean | null) => boolean): boolean | undefined {
  if (value.kind === 'literal') return test(value.value);
  if (value.kind === 'absent') return false;
  if (value.kind === 'list') {
    let unsure = value.open;
    for (const item of value.items) {
      const answer = can(item, test);
      if (answer) return true;
      if (answer === undefined) unsure = true;
    }
    return unsure ? undefined : false;
  }
  if (value.kind === 'environment' && value.fallback) return can(value.fallback, test) || undefined;
  return undefined;
}

/** Whether the test holds of every alternative: `true`, `false` (surely not of one), or `undefined`. */
export function must(value: Value, test: (literal: string | number | boolean | null) => boolean): boolean | undefined {
  let unsure = false;
  for (const alternative of alternatives(value)) {
    if (alternative.kind === 'literal') {
      if (!test(alternative.value)) return false;
    } else if (alternative.kind === 'absent') return false;
    else unsure = true;
  }
  return unsure ? undefined : true;
}

/** Whether a value is surely absent, surely there, or cannot be told. */
export function isAbsent(value: Value): boolean | undefined {
  const answers = alternatives(value).map((v) =>
    v.kind === 'absent' || (v.kind === 'literal' && v.value === null) ? true : v.kind === 'unknown' ? undefined : false,
  );
  if (answers.every((a) => a === true)) return true;
  if (answers.every((a) => a === false)) return false;
  return undefined;
}

/** The text of a literal, or `undefined`. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** The number of a literal, or `undefined`. */
export function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined;
}

/** The truth of a literal `true` or `false`, or `undefined`. */
export function booleanOf(value: Value | undefined): boolean | undefined {
  return value?.kind === 'literal' && typeof value.value === 'boolean' ? value.value : undefined;
}

/** The texts of a list of literals or of a single literal; `undefined` if any part is not known. */
export function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (!value) return undefined;
  const single = textOf(value);
  if (single !== undefined) return [single];
  if (value.kind !== 'list' || value.open) return undefined;
  const texts = value.items.map(textOf);
  return texts.every((t) => t !== undefined) ? (texts as string[]) : undefined;
}

/** The value with what steps in for missing variables of the environment, where something does. */
export function settled(value: Value): Value {
  if (value.kind === 'environment') return value.fallback ?? value;
  if (value.kind === 'list') return { ...value, items: value.items.map(settled) };
  return value;
}

/** The field of a record: its value, `absent`, or `unknown` where the record is open. */
export function fieldOf(value: Value, name: string): Value {
  return mapAlternatives(value, (v) => {
    if (v.kind === 'record') return v.fields.get(name) ?? (v.open ? UNKNOWN : ABSENT);
    if (v.kind === 'absent' || v.kind === 'literal') return ABSENT;
    return UNKNOWN;
  });
}

/** The parts that a value was put together from: operands, parts, receivers, wrapped values; itself first. Bounded. */
export function* partsOf(value: Value, depth = 6): Generator<Value> {
  yield value;
  if (depth === 0) return;
  const inner = directParts(value);
  for (const part of inner) yield* partsOf(part, depth - 1);
}

/** The values right inside a value. */
export function directParts(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'oneOf':
      return value.values;
    case 'list':
      return value.items;
    case 'record':
      return [...value.fields.values(), ...value.spreads];
    case 'concat':
      return value.parts;
    case 'derived':
      return value.of;
    case 'operation':
      return value.operands;
    case 'member':
    case 'rest':
      return [value.object];
    case 'element':
      return [value.object, value.index];
    case 'environment':
      return value.fallback ? [value.fallback] : [];
    case 'call':
      return [value.callee];
    case 'instance':
    case 'object':
      return value.of ? [value.of] : [];
    case 'moment':
    case 'duration':
      return value.by ? [value.by] : [];
    default:
      return [];
  }
}
