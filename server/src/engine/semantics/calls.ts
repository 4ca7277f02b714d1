/** Calls to values: workspace functions are followed, library calls give what their model says. */
import type { Expr, FunctionIR, Stmt } from '../ir/ir.js';
import { externalBase } from './classes.js';
import type { CallKnowledge, Gives } from './knowledge.js';
import { addressOf, formOf } from './forms.js';
import { settingNamed } from './elsewhere.js';
import { memberOf } from './members.js';
import { formatted } from './operators.js';
import { DEPTH_LIMIT, type Semantics } from './semantics.js';
import { namesOf } from './types.js';
import {
  ABSENT,
  type CallSite,
  type Frame,
  UNKNOWN,
  type Value,
  alternatives,
  fieldOf,
  mapAlternatives,
  numberOf,
  oneOf,
  textOf,
} from './value.js';

/** The value that a call gives. */
export function evaluateCall(s: Semantics, site: CallSite): Value {
  const callee = s.callee(site);
  const results = alternatives(callee)
    .slice(0, 6)
    .map((option) => callOf(s, site, option));
  return oneOf(results);
}

function callOf(s: Semantics, site: CallSite, callee: Value): Value {
  switch (callee.kind) {
    case 'function':
      return callFunction(s, site, callee);
    case 'class':
      return { kind: 'instance', cls: callee.cls, path: callee.path, site };
    case 'external':
      return libraryCall(s, site, callee.name, undefined);
    case 'absent': {
      // A method of a text that is made of a record (`json.dumps(x).encode()`): no field of the record.
      const written = site.call.callee;
      if (written.kind !== 'member') return { kind: 'call', callee, site };
      const any = s.project.knowledge.anyMethod(s.project.ecosystem(site.path), written.property);
      return any?.gives
        ? give(s, site, any, written.property, s.evaluate(site.path, written.object, site.frame))
        : { kind: 'call', callee, site };
    }
    case 'member': {
      for (const name of namesOf(s, callee)) {
        const known = s.project.knowledge.call(name);
        if (known) return give(s, site, known, name, callee.object);
      }
      const any = s.project.knowledge.anyMethod(s.project.ecosystem(site.path), callee.property);
      if (any?.gives) return give(s, site, any, callee.property, callee.object);
      const name = namesOf(s, callee)[0];
      if (name)
        return {
          kind: 'result',
          callee: name,
          site,
          type: any?.returns === 'receiver' ? s.typeOf(callee.object) : undefined,
        };
      return { kind: 'call', callee, site };
    }
    case 'result':
    case 'object': {
      for (const name of namesOf(s, callee)) {
        const known = s.project.knowledge.call(name);
        if (known) return give(s, site, known, name, callee);
      }
      return { kind: 'call', callee, site };
    }
    default:
      return { kind: 'call', callee, site };
  }
}

function libraryCall(s: Semantics, site: CallSite, name: string, receiver: Value | undefined): Value {
  const known = s.project.knowledge.call(name);
  if (known) return give(s, site, known, name, receiver);
  if (site.call.callee.kind === 'member') {
    const any = s.project.knowledge.anyMethod(s.project.ecosystem(site.path), site.call.callee.property);
    // A method of a library's own value: `SomeLibrary.create().toString()`.
    if (any?.gives && 'same' in any.gives && any.gives.same === 'receiver') {
      return s.evaluate(site.path, site.call.callee.object, site.frame);
    }
  }
  const isNew = site.call.form === 'new';
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
  const type = isNew || /^[A-Z]/.test(last) ? (s.project.knowledge.typeNamed(name) ?? name) : undefined;
  return { kind: 'result', callee: name, site, type };
}

function give(s: Semantics, site: CallSite, known: CallKnowledge, name: string, receiver: Value | undefined): Value {
  if (known.gives) {
    const given = givenValue(s, site, known.gives, receiver);
    if (given) return given;
  }
  const type = known.returns === 'receiver' ? (receiver ? s.typeOf(receiver) : undefined) : known.returns;
  const isNew = site.call.form === 'new' || /[.:][A-Z]\w*$/.test(name);
  return {
    kind: 'result',
    callee: name,
    site,
    type: type ?? (isNew ? (s.project.knowledge.typeNamed(name) ?? name) : undefined),
  };
}

function givenValue(s: Semantics, site: CallSite, gives: Gives, receiver: Value | undefined): Value | undefined {
  const at = (path: string) => (path === 'receiver' && receiver ? receiver : s.access(site, path).value);
  if ('same' in gives) return at(gives.same);
  if ('literal' in gives) return { kind: 'literal', value: gives.literal };
  if ('environmentRecord' in gives) return { kind: 'external', name: 'environment' };
  if ('settings' in gives) return undefined;
  if ('setting' in gives) {
    const name = textOf(at(gives.setting));
    const found = name === undefined ? undefined : settingNamed(s, s.project.ecosystem(site.path), name)?.value;
    const fallback = gives.fallback ? at(gives.fallback) : ABSENT;
    return found ?? (fallback.kind === 'absent' ? undefined : fallback);
  }
  if ('environment' in gives) {
    const fallback = gives.fallback ? at(gives.fallback) : ABSENT;
    const missing = fallback.kind === 'absent' || (fallback.kind === 'literal' && fallback.value === null);
    return {
      kind: 'environment',
      name: textOf(at(gives.environment)),
      fallback: missing ? undefined : fallback,
      checked: gives.missing === 'throws' && missing,
    };
  }
  if ('random' in gives) {
    const bytes = typeof gives.bytes === 'number' ? gives.bytes : gives.bytes ? numberOf(at(gives.bytes)) : undefined;
    return { kind: 'random', source: gives.random, bytes };
  }
  if ('moment' in gives) return momentOf(gives, at);
  if ('duration' in gives) return durationOf(s, site, gives.duration);
  if ('seconds' in gives) return { kind: 'duration', seconds: gives.seconds };
  if ('results' in gives) {
    const items = gives.results.map((one) => givenValue(s, site, one, receiver) ?? UNKNOWN);
    return { kind: 'list', items, open: false };
  }
  if ('format' in gives) {
    const all = at('args');
    return all.kind === 'list' && !all.open ? formatted(at(gives.format), all.items.slice(1)) : UNKNOWN;
  }
  if ('merge' in gives) {
    const named = site.call.args.filter((a) => a.name !== undefined);
    const merged = mergeOf(at(gives.merge));
    if (named.length === 0 || merged.kind !== 'record') return merged;
    // `dict(a=1, b=2)`
    const fields = new Map(merged.fields);
    for (const a of named) fields.set(a.name as string, s.evaluate(site.path, a.value, site.frame));
    return { ...merged, fields };
  }
  if ('derived' in gives) return { kind: 'derived', how: gives.derived, of: [at(gives.of ?? 'arg 0')] };
  if ('items' in gives) return at(gives.items);
  if ('fieldsOf' in gives) return formOf(at(gives.fieldsOf), gives.type);
  if ('address' in gives) return addressOf(s, at(gives.address), gives.type, gives.query);
  if ('member' in gives) {
    const key = textOf(at(gives.member));
    return key === undefined ? undefined : memberOf(s, at(gives.of), key);
  }
  if ('apply' in gives) {
    const fn = at(gives.apply);
    const to = gives.to ? [at(gives.to)] : [];
    if (fn.kind === 'function' && !gives.to) return injected(s, fn);
    if (fn.kind === 'function') return applyFunction(s, site, fn, to, new Map());
    if (fn.kind === 'class') return { kind: 'instance', cls: fn.cls, path: fn.path, site: undefined };
    if (fn.kind === 'external')
      return { kind: 'result', callee: fn.name, site, type: s.project.knowledge.call(fn.name)?.returns };
    // A dependency that is an object: what calling it gives is the library's to say.
    const type = s.typeOf(fn);
    return type
      ? { kind: 'result', callee: `${type}#call`, site, type: s.project.knowledge.call(`${type}#call`)?.returns }
      : undefined;
  }
  if ('schemaOf' in gives) return schemaRecord(s, site, at(gives.schemaOf), at('arg 0'));
  return undefined;
}

/** What a dependency returns: whoever injects it fills its parameters, so they are what their declarations say. */
function injected(s: Semantics, callee: Extract<Value, { kind: 'function' }>): Value {
  const { fn, path } = callee;
  if (s.memo.running.has(fn)) return UNKNOWN;
  s.reads.add(path);
  s.memo.running.add(fn);
  try {
    const returns = returnsOf(fn);
    const yields = returns.length === 0 && fn.body.length > 0;
    return yields ? UNKNOWN : oneOf(returns.map((value) => (value ? s.evaluate(path, value, callee.frame) : ABSENT)));
  } finally {
    s.memo.running.delete(fn);
  }
}

function momentOf(gives: Extract<Gives, { moment: unknown }>, at: (path: string) => Value): Value {
  const plus = gives.plus ? at(gives.plus) : undefined;
  const n = plus?.kind === 'duration' ? plus.seconds : plus ? numberOf(plus) : 0;
  const added = n === undefined ? undefined : n * (gives.per ?? 1);
  const base = gives.of ? at(gives.of) : undefined;
  return mapAlternatives(base ?? { kind: 'moment', unit: gives.moment, plus: 0 }, (b) => {
    if (b.kind === 'moment') {
      const sum = b.plus === undefined || added === undefined ? undefined : b.plus + added;
      const by = added === undefined && plus ? plus : b.by;
      return {
        kind: 'moment',
        unit: gives.moment,
        plus: sum,
        ...(by ? { by } : {}),
        ...(plus?.place ? { place: plus.place } : b.place ? { place: b.place } : {}),
      };
    }
    if (b.kind === 'absent') return { kind: 'moment', unit: gives.moment, plus: 0 };
    return { kind: 'derived', how: 'moment', of: [b] };
  });
}

function durationOf(s: Semantics, site: CallSite, units: Readonly<Record<string, number>>): Value {
  let seconds: number | undefined = 0;
  let by: Value | undefined;
  let place: Value['place'];
  for (const [key, unit] of Object.entries(units)) {
    const given = s.access(site, /^\d+$/.test(key) ? `arg ${key}` : `named ${key}`).value;
    if (given.kind === 'absent') continue;
    const settled = given.kind === 'environment' && given.fallback ? given.fallback : given;
    const n = numberOf(settled);
    if (n === undefined) by = given;
    if (given.kind === 'environment') by = given;
    seconds = n === undefined || seconds === undefined ? undefined : seconds + n * unit;
    place = settled.place ?? given.place;
  }
  return { kind: 'duration', seconds, ...(by ? { by } : {}), ...(place ? { place } : {}) };
}

function mergeOf(all: Value): Value {
  if (all.kind !== 'list') return UNKNOWN;
  let fields = new Map<string, Value>();
  const spreads: Value[] = [];
  let open = all.open;
  for (const item of all.items) {
    if (item.kind === 'record') {
      fields = new Map([...fields, ...item.fields]);
      open ||= item.open;
      spreads.push(...item.spreads);
    } else if (item.kind !== 'absent') {
      open = true;
      spreads.push(item);
    }
  }
  return { kind: 'record', fields, open, spreads };
}

/** `schema.parse(process.env)`: each key of the schema is read, and demanded unless it has a default or is optional. */
function schemaRecord(s: Semantics, site: CallSite, schema: Value, input: Value): Value {
  if (schema.kind !== 'record') return { kind: 'result', callee: 'schema', site, type: undefined };
  const isEnvironment = input.kind === 'external' && s.project.knowledge.member(input.name)?.gives !== undefined;
  const fields = new Map<string, Value>();
  for (const [key, rule] of schema.fields) {
    const chain = schemaChain(s, rule);
    const source: Value = isEnvironment
      ? { kind: 'environment', name: key, fallback: undefined, checked: true }
      : memberOf(s, input, key);
    const fallback = chain.fallback;
    if (source.kind === 'environment') {
      fields.set(key, {
        ...source,
        fallback,
        checked: !fallback && !chain.optional,
        ...(rule.place ? { place: rule.place } : {}),
      });
    } else fields.set(key, fallback ? oneOf([source, fallback]) : source);
  }
  return { kind: 'record', fields, open: false, spreads: [] };
}

function schemaChain(s: Semantics, rule: Value): { fallback: Value | undefined; optional: boolean } {
  let fallback: Value | undefined;
  let optional = false;
  let current: Value | undefined = rule;
  for (let i = 0; current && i < 12; i++) {
    const site: CallSite | undefined = current.kind === 'result' || current.kind === 'call' ? current.site : undefined;
    if (!site || site.call.callee.kind !== 'member') break;
    const method = site.call.callee.property;
    if (method === 'default') fallback ??= s.access(site, 'arg 0').value;
    if (method === 'optional' || method === 'nullish') optional = true;
    current = s.evaluate(site.path, site.call.callee.object, site.frame);
  }
  return { fallback, optional };
}

/** The frame in which a workspace function runs when this call calls it. */
export function frameOf(s: Semantics, site: CallSite, callee: Extract<Value, { kind: 'function' }>): Frame {
  const { args, named } = argumentsOf(s, site);
  return {
    fn: callee.fn,
    args,
    named,
    receiver: callee.receiver,
    parent: callee.frame ?? site.frame,
    depth: (site.frame?.depth ?? 0) + 1,
  };
}

function callFunction(s: Semantics, site: CallSite, callee: Extract<Value, { kind: 'function' }>): Value {
  const { args, named } = argumentsOf(s, site);
  return applyFunction(s, site, callee, args, named);
}

function argumentsOf(s: Semantics, site: CallSite): { args: readonly Value[]; named: ReadonlyMap<string, Value> } {
  const args: Value[] = [];
  const named = new Map<string, Value>();
  for (const argument of site.call.args) {
    const value = s.evaluate(site.path, argument.value, site.frame);
    if (argument.name) named.set(argument.name, value);
    else if (argument.spread === 'list' && value.kind === 'list') args.push(...value.items);
    else if (argument.spread === 'record' && value.kind === 'record')
      for (const [key, v] of value.fields) named.set(key, v);
    else args.push(argument.spread ? UNKNOWN : value);
  }
  return { args, named };
}

/** What a workspace function returns for these arguments. */
export function applyFunction(
  s: Semantics,
  site: CallSite,
  callee: Extract<Value, { kind: 'function' }>,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value {
  const { fn, path } = callee;
  const depth = (site.frame?.depth ?? 0) + 1;
  if (depth > DEPTH_LIMIT) return s.cut(UNKNOWN);
  for (let f: Frame | undefined = site.frame; f; f = f.parent) if (f.fn === fn) return s.cut(UNKNOWN);
  const running = s.memo.running;
  if (running.has(fn)) return s.cut(UNKNOWN);
  const frame: Frame = { fn, args, named, receiver: callee.receiver, parent: callee.frame ?? site.frame, depth };
  running.add(fn);
  try {
    const returns = returnsOf(fn);
    if (returns.length === 0) return fn.body.length === 0 ? UNKNOWN : ABSENT;
    const values = returns.map((value) => (value ? s.evaluate(path, value, frame) : ABSENT));
    const result = oneOf(values);
    // A wrapper that only shapes what it was given stays readable; anything else is known by its call.
    return result.kind === 'unknown' ? { kind: 'call', callee, site } : result;
  } finally {
    running.delete(fn);
  }
}

const returnsByFunction = new WeakMap<FunctionIR, readonly (Expr | undefined)[]>();

/** The expressions that a function returns, in order; not those of functions inside it. */
export function returnsOf(fn: FunctionIR): readonly (Expr | undefined)[] {
  let known = returnsByFunction.get(fn);
  if (!known) {
    const found: (Expr | undefined)[] = [];
    collectReturns(fn.body, found);
    known = found;
    returnsByFunction.set(fn, known);
  }
  return known;
}

function collectReturns(list: readonly Stmt[], found: (Expr | undefined)[]): void {
  for (const stmt of list) {
    if (stmt.kind === 'exit') {
      if (stmt.how === 'return') found.push(stmt.value);
    } else if (stmt.kind === 'if') {
      collectReturns(stmt.then, found);
      collectReturns(stmt.otherwise, found);
    } else if (stmt.kind === 'loop' || stmt.kind === 'block') collectReturns(stmt.body, found);
    else if (stmt.kind === 'try') {
      collectReturns(stmt.body, found);
      for (const handler of stmt.handlers) collectReturns(handler.body, found);
      collectReturns(stmt.finally, found);
    }
  }
}

export { externalBase, fieldOf };
