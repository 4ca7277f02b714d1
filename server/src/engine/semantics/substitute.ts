/** A value of a function's body as one of its callers gives it: parameters become arguments. */
import type { FunctionIR } from '../ir/ir.js';
import { memberOf } from './members.js';
import type { Semantics } from './semantics.js';
import { concat } from './operators.js';
import { ABSENT, type CallSite, type Frame, type Value, oneOf } from './value.js';

/** The arguments of a call, as a frame in which the function's body can be evaluated. */
export function frameOf(s: Semantics, site: CallSite, fn: FunctionIR): Frame {
  const args: Value[] = [];
  const named = new Map<string, Value>();
  for (const argument of site.call.args) {
    const value = s.evaluate(site.path, argument.value, site.frame);
    if (argument.name) named.set(argument.name, value);
    else if (argument.spread === 'list' && value.kind === 'list') args.push(...value.items);
    else args.push(value);
  }
  const callee = site.call.callee;
  const receiver = callee.kind === 'member' ? s.evaluate(site.path, callee.object, site.frame) : undefined;
  return { fn, args, named, receiver, parent: site.frame, depth: (site.frame?.depth ?? 0) + 1 };
}

/** Puts a frame's arguments in the place of its function's parameters, as deep as `depth`. */
export function substitute(s: Semantics, value: Value, frame: Frame, depth = 6): Value {
  if (depth === 0) return value;
  const sub = (v: Value) => substitute(s, v, frame, depth - 1);
  const place = value.place ? { place: value.place } : {};
  switch (value.kind) {
    case 'parameter': {
      if (value.fn !== frame.fn) return value;
      return frame.named.get(value.name) ?? frame.args[value.index] ?? ABSENT;
    }
    case 'member':
      return memberOf(s, sub(value.object), value.property);
    case 'element':
      return { ...value, object: sub(value.object), index: sub(value.index) };
    case 'oneOf':
      return oneOf(value.values.map(sub));
    case 'concat':
      return { ...concat(value.parts.map(sub)), ...place };
    case 'operation':
      return { ...value, operands: value.operands.map(sub) };
    case 'derived':
      return { ...value, of: value.of.map(sub) };
    case 'list':
      return { ...value, items: value.items.map(sub) };
    case 'record':
      return {
        ...value,
        fields: new Map([...value.fields].map(([key, v]) => [key, sub(v)])),
        spreads: value.spreads.map(sub),
      };
    default:
      return value;
  }
}

/** Whether a value holds a parameter of that function. */
export function hasParameterOf(value: Value, fn: FunctionIR, depth = 6): boolean {
  if (depth === 0) return false;
  const inner = (v: Value) => hasParameterOf(v, fn, depth - 1);
  switch (value.kind) {
    case 'parameter':
      return value.fn === fn;
    case 'member':
    case 'rest':
      return inner(value.object);
    case 'element':
      return inner(value.object) || inner(value.index);
    case 'oneOf':
      return value.values.some(inner);
    case 'concat':
      return value.parts.some(inner);
    case 'operation':
      return value.operands.some(inner);
    case 'derived':
      return value.of.some(inner);
    case 'list':
      return value.items.some(inner);
    case 'record':
      return [...value.fields.values(), ...value.spreads].some(inner);
    default:
      return false;
  }
}
