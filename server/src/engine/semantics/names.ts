/** Names to values: which definitions reach a use, what imports bring, what checks before a use have shown. */
import type { Expr, NameExpr, Stmt } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import { conditionsAfter } from './control.js';
import { type Binding, type Definition, type FileIndex, type PatternStep, isFunction } from './file-index.js';
import { memberOf } from './members.js';
import { combine } from './operators.js';
import type { Semantics } from './semantics.js';
import { annotationOf, callbackType } from './types.js';
import { exportsRead, nameRead, topRead } from './value-cache.js';
import {
  ABSENT,
  type Frame,
  UNKNOWN,
  type Value,
  alternatives,
  fieldOf,
  isAbsent,
  mapAlternatives,
  numberOf,
  oneOf,
} from './value.js';

/** The value of a name at its place. */
export function nameValue(s: Semantics, path: string, expr: NameExpr, frame: Frame | undefined): Value {
  const index = s.look(path);
  if (expr.name === 'this') return thisValue(s, path, index, expr, frame);
  const binding = index.lookup(expr.name, expr);
  if (isTop(binding)) s.reads.add(nameRead(path, expr.name));
  if (!binding) return outsideName(s, path, index, expr.name);
  return narrowed(s, path, binding, expr, bindingValue(s, path, binding, expr, frame), frame);
}

/** Whether a name is one of the file's own top level, or none of this file at all: both can change from elsewhere in it. */
function isTop(binding: Binding | undefined): boolean {
  return binding === undefined || binding.scope.parent === undefined;
}

function thisValue(s: Semantics, path: string, index: FileIndex, expr: NameExpr, frame: Frame | undefined): Value {
  const fn = index.functionOf(expr);
  for (let f = frame; f; f = f.parent) if (f.receiver && (f.fn === fn || fn?.arrow)) return f.receiver;
  const cls = index.classOf(expr);
  if (cls) return { kind: 'instance', cls, path, site: undefined };
  let holder = fn;
  // A closure has its method's receiver.
  while (holder && !holder.receiver && holder.arrow) holder = index.functionOf(holder);
  if (holder?.receiver) {
    const type = holder.receiver;
    for (const other of [path, ...s.project.packageFiles(path)]) s.reads.add(other);
    const receiver = s.project.packageFiles(path).flatMap(
      (p) =>
        s.project
          .file(p)
          ?.classes.filter((c) => c.name === type)
          .map((c) => ({ cls: c, path: p })) ?? [],
    );
    const found = index.classes.find((c) => c.name === type);
    if (found) return { kind: 'instance', cls: found, path, site: undefined };
    if (receiver[0]) return { kind: 'instance', ...receiver[0], site: undefined };
  }
  return UNKNOWN;
}

/** A name that this file does not bind: from a star import, from the package, or the language's own. */
function outsideName(s: Semantics, path: string, index: FileIndex, name: string): Value {
  for (const other of s.project.packageFiles(path)) {
    s.reads.add(nameRead(other, name));
    if (other !== path && s.project.file(other)?.top.bindings.has(name)) return s.exported(other, name);
  }
  for (const imported of index.imports) {
    if (imported.imported !== '*' || imported.local) continue;
    const target = s.project.resolve(imported.specifier, path);
    if (target.kind === 'files') for (const read of target.paths) s.reads.add(nameRead(read, name));
    const file =
      target.kind === 'files' ? target.paths.find((p) => s.project.file(p)?.top.bindings.has(name)) : undefined;
    if (file) return s.exported(file, name);
  }
  return { kind: 'external', name: `${s.project.ecosystem(path)}:${name}` };
}

/** The value of a binding at a node (or, without a node, after the module has run). */
export function bindingValue(
  s: Semantics,
  path: string,
  binding: Binding,
  at: IrNode | undefined,
  frame?: Frame,
): Value {
  const index = s.look(path);
  if (isTop(binding)) s.reads.add(nameRead(path, binding.name));
  const values = reaching(s, path, index, binding, at).map((definition) =>
    definitionValue(s, path, definition, binding, frame),
  );
  const plain = oneOf(values.length > 0 ? values : [UNKNOWN]);
  return withWrites(s, path, index, binding, at, plain, frame);
}

/** The definitions that can hold at a use. */
function reaching(
  s: Semantics,
  path: string,
  index: FileIndex,
  binding: Binding,
  at: IrNode | undefined,
): readonly Definition[] {
  const all = binding.definitions;
  if (all.length < 2 || !at)
    return all.length < 2
      ? all
      : all.filter(
          (d) => !(d.how === 'let' && d.value?.kind === 'literal' && d.value.value === null) || all.length === 1,
        );
  const here = index.functionOf(at);
  const sameFunction = all.every((d) => d.at < 0 || !d.node || index.functionOf(d.node) === here);
  if (!sameFunction) return all;
  let current: Definition[] = [];
  for (const definition of [...all].sort((a, b) => a.at - b.at)) {
    if (definition.at > at.span.start && !sharesLoop(index, definition, at)) continue;
    const replaces =
      definition.at < 0 ||
      (definition.node !== undefined && s.dominates(path, definition.node, at) && definition.at <= at.span.start);
    if (replaces && !definition.operator) current = [definition];
    else current.push(definition);
  }
  return current.length > 0 ? current : all;
}

function sharesLoop(index: FileIndex, definition: Definition, at: IrNode): boolean {
  for (let node: IrNode | undefined = definition.node; node; node = index.parentOf(node)) {
    if ('kind' in node && node.kind === 'loop' && node.span.start <= at.span.start && at.span.end <= node.span.end)
      return true;
  }
  return false;
}

function definitionValue(s: Semantics, path: string, d: Definition, binding: Binding, frame: Frame | undefined): Value {
  switch (d.how) {
    case 'import':
      return d.import ? importedValue(s, path, d.import.specifier, d.import.imported) : UNKNOWN;
    case 'function':
      return d.fn ? decoratedFunction(path, d, frame) : UNKNOWN;
    case 'class':
      return d.cls ? { kind: 'class', cls: d.cls, path } : UNKNOWN;
    case 'caught':
      return { kind: 'caught' };
    case 'param':
      return paramValue(s, path, d, binding, frame);
    case 'loop': {
      const over = d.value ? s.evaluate(path, d.value, frame) : UNKNOWN;
      return applySteps(s, path, elementOf(over), d.steps, frame);
    }
    case 'let': {
      if (!d.value) {
        if (d.type) return annotationOf(s, path, d.type, 0).value ?? ABSENT;
        return ABSENT;
      }
      if (s.memo.running.has(d)) return s.cut(UNKNOWN);
      s.memo.running.add(d);
      try {
        const given = s.evaluate(path, d.value, frame);
        if (given.kind !== 'list' && isErrorResult(d, binding.name)) return { kind: 'caught' };
        const value = applySteps(s, path, given, d.steps, frame);
        if (d.operator && d.operator !== '||=' && d.operator !== '??=') {
          return { kind: 'operation', operator: d.operator.slice(0, -1), operands: [value] };
        }
        return value;
      } finally {
        s.memo.running.delete(d);
      }
    }
  }
}

/** Whether a name is the second of several results, and by its name the failure: it holds nothing of the first. */
export function isErrorResult(d: Definition, name: string): boolean {
  const last = d.steps.at(-1);
  return last?.kind === 'item' && last.index > 0 && /^(?:e|err\w*|error)$/.test(name);
}

function decoratedFunction(path: string, d: Definition, frame: Frame | undefined): Value {
  return { kind: 'function', fn: d.fn as NonNullable<Definition['fn']>, path, frame };
}

function elementOf(over: Value): Value {
  return mapAlternatives(over, (v) => {
    if (v.kind === 'list' && !v.open && v.items.length > 0) return oneOf(v.items);
    return { kind: 'element', object: v, index: UNKNOWN };
  });
}

/** A parameter: the argument of the frame, an injected value, an object of its declared type, or itself. */
function paramValue(s: Semantics, path: string, d: Definition, binding: Binding, frame: Frame | undefined): Value {
  const fn = d.fn as NonNullable<Definition['fn']>;
  const index = d.paramIndex ?? 0;
  const param = fn.params[index];
  for (let f = frame; f; f = f.parent) {
    if (f.fn !== fn) continue;
    if (param?.rest === 'list') return { kind: 'list', items: f.args.slice(index), open: false };
    if (param?.rest === 'record') {
      const own = new Set(fn.params.flatMap((p) => (p.target.kind === 'bind' && !p.rest ? [p.target.name] : [])));
      const fields = new Map([...f.named].filter(([key]) => !own.has(key)));
      return { kind: 'record', fields, open: false, spreads: [] };
    }
    const given = (param?.target.kind === 'bind' ? f.named.get(param.target.name) : undefined) ?? f.args[index];
    if (given && !(given.kind === 'absent' && param?.default))
      return applySteps(
        s,
        path,
        given,
        d.steps.filter((step) => step.kind !== 'default' || isAbsent(given) !== false),
        frame,
      );
    if (param?.default) return applySteps(s, path, s.evaluate(path, param.default, frame), d.steps, frame);
    return f.args.length === 0 && f.named.size === 0 && f.depth === 0 ? parameter(s, path, d, binding) : ABSENT;
  }
  return parameter(s, path, d, binding);
}

function parameter(s: Semantics, path: string, d: Definition, binding: Binding): Value {
  const fn = d.fn as NonNullable<Definition['fn']>;
  const index = d.paramIndex ?? 0;
  const param = fn.params[index];
  const name = param?.target.kind === 'bind' ? param.target.name : binding.name;
  const itself = (type: string | undefined): Value => ({ kind: 'parameter', fn, path, index, name, type });
  const key = param ?? fn;
  if (s.memo.running.has(key)) return s.cut(itself(undefined));
  s.memo.running.add(key);
  try {
    const decorator = param?.decorators[0];
    if (decorator) {
      const value = s.evaluate(path, decorator.value);
      if (value.kind === 'result' || value.kind === 'external') return applySteps(s, path, value, d.steps, undefined);
    }
    const injected = param?.default?.kind === 'call' ? injectedValue(s, path, param.default) : undefined;
    if (injected) return handedIn(injected, itself(undefined));
    const annotation = param?.type ? annotationOf(s, path, param.type, 0) : {};
    if (annotation.injected) {
      const value = injectedValue(s, annotation.injected.path, annotation.injected.expr);
      if (value) return handedIn(value, itself(undefined));
    }
    const steps = d.steps;
    if (annotation.value) {
      // A type that only this file's reader knows (`interface AuthedRequest extends Request`) says less than the place the function is given to.
      const bare = annotation.type !== undefined && !annotation.type.includes('.') && !knowsType(s, annotation.type);
      const type = (bare ? callbackType(s, fn, path, index) : undefined) ?? annotation.type;
      const typed: Value =
        annotation.value.kind === 'object'
          ? itself(type)
          : annotation.value.kind === 'instance'
            ? { ...annotation.value, of: itself(undefined) }
            : annotation.value;
      return withDefault(
        s,
        path,
        applySteps(
          s,
          path,
          typed,
          steps.filter((x) => x.kind !== 'default'),
          undefined,
        ),
        steps,
      );
    }
    const type = callbackType(s, fn, path, index);
    const value = applySteps(
      s,
      path,
      (type === undefined ? iterated(s, fn, index) : undefined) ?? itself(type),
      steps.filter((x) => x.kind !== 'default'),
      undefined,
    );
    return withDefault(s, path, value, steps);
  } finally {
    s.memo.running.delete(key);
  }
}

function knowsType(s: Semantics, type: string): boolean {
  return s.project.knowledge.typeNamed(type) !== undefined || s.project.knowledge.call(type) !== undefined;
}

/** `list.some((item) => …)`: the parameter is an element of what the method is called on. */
function iterated(s: Semantics, fn: NonNullable<Definition['fn']>, index: number): Value | undefined {
  if (index !== 0) return undefined;
  for (const { site, index: position } of s.usage(fn).passed) {
    const callee = site.call.callee;
    if (position !== 0 || callee.kind !== 'member' || !ITERATORS.has(callee.property)) continue;
    return elementOf(s.evaluate(site.path, callee.object, site.frame));
  }
  return undefined;
}

const ITERATORS = new Set(['forEach', 'map', 'some', 'every', 'find', 'filter', 'flatMap', 'findIndex']);

function handedIn(value: Value, via: Value): Value {
  return mapAlternatives(value, (v) => (v.kind === 'unknown' ? via : { ...v, via }));
}

function withDefault(s: Semantics, path: string, value: Value, steps: readonly PatternStep[]): Value {
  const first = steps[0];
  if (first?.kind !== 'default' || steps.length > 1) return value;
  const fallback = s.evaluate(path, first.value);
  return isAbsent(fallback) ? value : oneOf([value, fallback]);
}

/** What `Depends(f)` gives: what `f` returns. `undefined` if the call is no injection. */
function injectedValue(s: Semantics, path: string, expr: Expr): Value | undefined {
  if (expr.kind !== 'call') return undefined;
  const site = { path, call: expr, frame: undefined };
  const injects = s.names(site).some((name) => {
    const gives = s.project.knowledge.call(name)?.gives;
    return gives !== undefined && 'apply' in gives;
  });
  return injects ? s.evaluate(path, expr) : undefined;
}

/** Walks a pattern's steps down from an assigned value. */
export function applySteps(
  s: Semantics,
  path: string,
  value: Value,
  steps: readonly PatternStep[],
  frame: Frame | undefined,
): Value {
  let current = value;
  for (const step of steps) {
    switch (step.kind) {
      case 'field':
        current = memberOf(s, current, step.name);
        break;
      case 'item':
        current = mapAlternatives(current, (v) =>
          v.kind === 'list'
            ? (v.items[step.index] ?? (v.open ? UNKNOWN : ABSENT))
            : { kind: 'element', object: v, index: { kind: 'literal', value: step.index } },
        );
        break;
      case 'rest':
        current = restOf(current, step.without);
        break;
      case 'default': {
        const absent = isAbsent(current);
        if (absent === false && current.kind !== 'environment') break;
        const fallback = s.evaluate(path, step.value, frame);
        if (current.kind === 'environment' && !current.fallback) current = { ...current, fallback };
        else
          current = absent ? fallback : oneOf([...alternatives(current).filter((v) => v.kind !== 'absent'), fallback]);
      }
    }
  }
  return current;
}

function restOf(value: Value, without: readonly string[]): Value {
  return mapAlternatives(value, (v) => {
    if (v.kind !== 'record') return v.kind === 'unknown' ? v : { kind: 'rest', object: v, without };
    const fields = new Map([...v.fields].filter(([key]) => !without.includes(key)));
    return { ...v, fields, spreads: v.spreads.map((spread): Value => ({ kind: 'rest', object: spread, without })) };
  });
}

/** Adds what is written to a record or list after it was made, as far as it can have happened at the use. */
function withWrites(
  s: Semantics,
  path: string,
  index: FileIndex,
  binding: Binding,
  at: IrNode | undefined,
  value: Value,
  frame: Frame | undefined,
): Value {
  const writes = writesTo(path, index, binding);
  if (writes.length === 0) return value;
  const here = at ? index.functionOf(at) : undefined;
  let current = value;
  for (const write of writes) {
    const sameFunction = at !== undefined && index.functionOf(write.node) === here;
    if (sameFunction && write.at > at.span.start) continue;
    if (s.memo.running.has(write) && s.cut(true)) continue;
    const sure = sameFunction
      ? s.dominates(path, write.node, at)
      : binding.scope.parent === undefined && index.functionOf(write.node) === undefined;
    s.memo.running.add(write);
    try {
      current = mapAlternatives(current, (v) => write.apply(s, v, sure, frame));
    } finally {
      s.memo.running.delete(write);
    }
  }
  return current;
}

interface Write {
  readonly node: IrNode;
  readonly at: number;
  apply(s: Semantics, value: Value, sure: boolean, frame: Frame | undefined): Value;
}

/** By binding, so that they go with the file's index. They must not hold on to one revision's semantics. */
const writesByBinding = new WeakMap<Binding, readonly Write[]>();
/** The names of a file's objects that are written to at all: most names are not, and are done with one look. */
const writtenNames = new WeakMap<FileIndex, ReadonlySet<string>>();

const NO_WRITES: readonly Write[] = [];

/** The writes to members of what a name holds, in source order. */
export function writesTo(path: string, index: FileIndex, binding: Binding): readonly Write[] {
  let names = writtenNames.get(index);
  if (!names) {
    names = namesWritten(index);
    writtenNames.set(index, names);
  }
  if (!names.has(binding.name)) return NO_WRITES;
  const known = writesByBinding.get(binding);
  if (known) return known;
  const writes: Write[] = [];
  const isBinding = (object: Expr | undefined) =>
    object?.kind === 'name' && object.name === binding.name && index.lookup(object.name, object) === binding;
  for (const write of index.memberWrites) {
    const target = write.target;
    const object = objectOf(target);
    if (target.kind === 'member' && object?.kind === 'member' && isBinding(object.object)) {
      // `url.searchParams.state = …`, `config.session.secret = …`
      writes.push({
        node: write.node,
        at: write.at,
        apply(s, value, sure, frame) {
          const inner = value.kind === 'record' ? value.fields.get(object.property) : undefined;
          if (inner?.kind !== 'record') return value;
          const written = applySteps(s, path, s.evaluate(path, write.value, frame), write.steps, frame);
          return setField(value, object.property, setField(inner, target.property, written, sure), true);
        },
      });
    }
    if (!isBinding(object)) continue;
    writes.push({
      node: write.node,
      at: write.at,
      apply(s, value, sure, frame) {
        if (target.kind !== 'member') return value.kind === 'record' ? { ...value, open: true } : value;
        const written = applySteps(s, path, s.evaluate(path, write.value, frame), write.steps, frame);
        return setField(value, target.property, written, sure);
      },
    });
  }
  for (const call of index.calls) {
    const { callee } = call;
    if (callee.kind !== 'member') continue;
    if (MUTATORS.has(callee.property) && isBinding(callee.object)) {
      writes.push({
        node: call,
        at: call.span.end,
        apply: (s, value, sure, frame) => mutate(s, path, callee.property, call.args, value, sure, frame),
      });
    }
    const inside = callee.object;
    if (MUTATORS.has(callee.property) && inside.kind === 'member' && isBinding(inside.object)) {
      // `url.searchParams.set('state', state)`
      const field = inside.property;
      writes.push({
        node: call,
        at: call.span.end,
        apply(s, value, sure, frame) {
          const inner = value.kind === 'record' ? value.fields.get(field) : undefined;
          if (inner?.kind !== 'record') return value;
          return setField(value, field, mutate(s, path, callee.property, call.args, inner, sure, frame), true);
        },
      });
    }
    if (FILLERS.has(callee.property) && isBinding(call.args[0]?.value)) {
      // `crypto.getRandomValues(bytes)` fills what it is given.
      writes.push({
        node: call,
        at: call.span.end,
        apply(s, value, sure, frame) {
          const random = s.names({ path, call, frame }).some((name) => {
            const gives = s.project.knowledge.call(name)?.gives;
            return gives !== undefined && 'random' in gives;
          });
          if (!random) return value;
          const filled: Value = { kind: 'random', source: 'cryptographic', bytes: numberOf(value) };
          return sure ? filled : oneOf([filled, value]);
        },
      });
    }
    if (callee.property === 'assign' && isBinding(call.args[0]?.value)) {
      writes.push({
        node: call,
        at: call.span.end,
        apply: (s, value, sure, frame) => mutate(s, path, 'update', call.args.slice(1), value, sure, frame),
      });
    }
  }
  for (const stmt of index.statements) {
    const gone = deletedMember(stmt);
    if (!gone || !isBinding(gone.object)) continue;
    writes.push({
      node: stmt,
      at: stmt.span.end,
      apply: (_s, value, sure) => setField(value, gone.property, ABSENT, sure),
    });
  }
  writes.sort((a, b) => a.at - b.at);
  writesByBinding.set(binding, writes);
  return writes;
}

function namesWritten(index: FileIndex): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (object: Expr | undefined) => {
    if (object?.kind === 'name') names.add(object.name);
  };
  for (const write of index.memberWrites) {
    const object = objectOf(write.target);
    add(object);
    if (object) add(objectOf(object));
  }
  for (const { callee, args } of index.calls) {
    if (callee.kind !== 'member') continue;
    if (MUTATORS.has(callee.property)) {
      add(callee.object);
      add(objectOf(callee.object));
    }
    if (callee.property === 'assign' || FILLERS.has(callee.property)) add(args[0]?.value);
  }
  for (const stmt of index.statements) add(deletedMember(stmt)?.object);
  return names;
}

function objectOf(target: Expr): Expr | undefined {
  return target.kind === 'member' || target.kind === 'index' ? target.object : undefined;
}

/** `delete a.b`, `del a["b"]`. */
function deletedMember(stmt: Stmt): Extract<Expr, { kind: 'member' }> | undefined {
  const gone =
    stmt.kind === 'expr' && stmt.value.kind === 'unary' && stmt.value.operator === 'delete'
      ? stmt.value.operand
      : undefined;
  return gone?.kind === 'member' ? gone : undefined;
}

const SETTERS = new Set(['set', 'append', 'add', 'Set', 'Add']);

const MUTATORS = new Set([
  'update',
  'push',
  'append',
  'extend',
  'setdefault',
  'pop',
  'unshift',
  'add',
  'insert',
  'set',
  'delete',
  'Set',
  'Add',
  'Del',
]);

/** Methods that write random bytes into their argument. */
const FILLERS = new Set(['getRandomValues', 'randomFillSync', 'randomFill', 'Read']);

function setField(value: Value, property: string, written: Value, sure: boolean): Value {
  if (value.kind === 'record') {
    const before = value.fields.get(property) ?? (value.open ? UNKNOWN : ABSENT);
    return { ...value, fields: new Map(value.fields).set(property, sure ? written : oneOf([written, before])) };
  }
  if (
    value.kind === 'literal' ||
    value.kind === 'absent' ||
    value.kind === 'instance' ||
    value.kind === 'external' ||
    value.kind === 'class' ||
    value.kind === 'function' ||
    value.kind === 'module'
  )
    return value;
  if (value.kind === 'result' || value.kind === 'object' || value.kind === 'parameter') return value;
  return {
    kind: 'record',
    fields: new Map([[property, written]]),
    open: true,
    spreads: [value],
    ...(value.place ? { place: value.place } : {}),
  };
}

function mutate(
  s: Semantics,
  path: string,
  method: string,
  args: readonly { name?: string; spread?: string; value: Expr }[],
  value: Value,
  sure: boolean,
  frame: Frame | undefined,
): Value {
  if (value.kind === 'list') {
    if (!['push', 'append', 'extend', 'unshift', 'add', 'insert'].includes(method)) return value;
    const items = args.filter((a) => !a.spread).map((a) => s.evaluate(path, a.value, frame));
    return {
      ...value,
      items: [...value.items, ...items],
      open: value.open || args.some((a) => a.spread) || method === 'extend',
    };
  }
  if (method === 'update') {
    let current: Value =
      value.kind === 'record' ? value : { kind: 'record', fields: new Map(), open: true, spreads: [value] };
    if (
      value.kind !== 'record' &&
      value.kind !== 'call' &&
      value.kind !== 'member' &&
      value.kind !== 'unknown' &&
      value.kind !== 'operation'
    )
      return value;
    for (const a of args) {
      const given = s.evaluate(path, a.value, frame);
      if (a.name) current = setField(current, a.name, given, sure);
      else if (given.kind === 'record') {
        for (const [key, field] of given.fields) current = setField(current, key, field, sure);
        if (given.open && current.kind === 'record') current = { ...current, open: true };
      } else if (current.kind === 'record') current = { ...current, open: true, spreads: [...current.spreads, given] };
    }
    return current;
  }
  const key = args[0] ? s.evaluate(path, args[0].value, frame) : UNKNOWN;
  const name = key.kind === 'literal' ? String(key.value) : undefined;
  if (value.kind !== 'record') return value;
  const sets = SETTERS.has(method) && args.length >= 2;
  if (name === undefined) {
    if (!sets) return value;
    // `for (const [k, v] of Object.entries(more)) form.set(k, v)`
    const over = key.kind === 'element' && key.object.kind === 'element' ? key.object.object : undefined;
    if (over?.kind !== 'record') return { ...value, open: true };
    let current: Value = value;
    for (const [field, given] of over.fields) current = setField(current, field, given, true);
    return over.open && current.kind === 'record' ? { ...current, open: true } : current;
  }
  if (sets && args[1]) return setField(value, name, s.evaluate(path, args[1].value, frame), sure);
  if (method === 'pop' || method === 'delete' || method === 'Del') return setField(value, name, ABSENT, sure);
  if (method === 'setdefault' && args[1]) {
    const before = fieldOf(value, name);
    return isAbsent(before) === false ? value : setField(value, name, s.evaluate(path, args[1].value, frame), sure);
  }
  return value;
}

/** What an import brings. */
function importedValue(s: Semantics, path: string, specifier: string, imported: string): Value {
  const target = s.project.resolve(specifier, path);
  if (target.kind === 'library') {
    const module = `${s.project.ecosystem(path)}:${target.module}`;
    return { kind: 'external', name: imported === '*' || imported === 'default' ? module : `${module}.${imported}` };
  }
  if (target.kind !== 'files') return UNKNOWN;
  for (const file of target.paths) {
    const value = s.exported(file, imported);
    if (value.kind !== 'unknown') return value;
  }
  if (imported !== '*' && imported !== 'default') {
    // `from package import submodule`
    const separator = specifier.endsWith('.') ? '' : '.';
    const inner = s.project.resolve(`${specifier}${separator}${imported}`, path);
    if (inner.kind === 'files' && inner.paths[0]) return { kind: 'module', path: inner.paths[0] };
  }
  return target.paths.length === 0
    ? UNKNOWN
    : imported === '*' && target.paths[0]
      ? { kind: 'module', path: target.paths[0] }
      : UNKNOWN;
}

/** The value of an exported name of a file, once the module has run; `unknown` if it has none. */
export function exportedValue(s: Semantics, path: string, name: string): Value {
  const index = s.project.file(path);
  if (!index) return UNKNOWN;
  s.reads.add(s.project.visibility(path) === 'exports' ? exportsRead(path) : nameRead(path, name));
  const key = `${path}\0${name}`;
  if (s.memo.running.has(key)) return s.cut(UNKNOWN);
  s.memo.running.add(key);
  try {
    return findExport(s, path, index, name);
  } finally {
    s.memo.running.delete(key);
  }
}

function findExport(s: Semantics, path: string, index: FileIndex, name: string): Value {
  const visibility = s.project.visibility(path);
  if (name !== '*' && visibility !== 'exports') {
    const binding = index.top.bindings.get(name);
    if (binding) return moduleLevel(s, path, index, binding);
    for (const imported of index.imports) {
      if (imported.imported === '*' && !imported.local) {
        const value = importedValue(s, path, imported.specifier, name);
        if (value.kind !== 'unknown') return value;
      }
    }
    return UNKNOWN;
  }
  if (visibility !== 'exports') return { kind: 'module', path };
  const whole = index.exports.filter((e) => e.name === '=').at(-1);
  if (name === '*' || name === 'default') {
    const preset = name === 'default' ? index.exports.find((e) => e.name === 'default') : undefined;
    if (preset) return exportValue(s, path, index, preset);
    if (whole) return exportValue(s, path, index, whole);
    return index.exports.length > 0 || name === '*' ? { kind: 'module', path } : UNKNOWN;
  }
  const named = index.exports.filter((e) => e.name === name).at(-1);
  if (named) return exportValue(s, path, index, named);
  if (whole) return memberOf(s, exportValue(s, path, index, whole), name);
  for (const star of index.exports) {
    if (star.name !== '*' || !star.from) continue;
    const value = importedValue(s, path, star.from, name);
    if (value.kind !== 'unknown') return value;
  }
  return UNKNOWN;
}

function exportValue(s: Semantics, path: string, index: FileIndex, e: FileIndex['exports'][number]): Value {
  if (e.from) return importedValue(s, path, e.from, e.local ?? e.name);
  if (e.value) return s.evaluate(path, e.value);
  const binding = e.local ? index.top.bindings.get(e.local) : undefined;
  return binding ? moduleLevel(s, path, index, binding) : UNKNOWN;
}

/** The value of a top-level binding once its module has run, with what the module's checks have shown. */
export function moduleLevel(s: Semantics, path: string, index: FileIndex, binding: Binding): Value {
  return narrowed(s, path, binding, undefined, bindingValue(s, path, binding, undefined), undefined, index);
}

/** Takes out of a name's value what checks before the use have ruled out: missing variables, absent values. */
function narrowed(
  s: Semantics,
  path: string,
  binding: Binding,
  at: NameExpr | undefined,
  value: Value,
  frame: Frame | undefined,
  index = s.look(path),
): Value {
  const open = alternatives(value).some(
    (v) =>
      (v.kind === 'environment' && !v.checked && !v.fallback) ||
      v.kind === 'absent' ||
      (v.kind === 'literal' && v.value === null),
  );
  if (!open) return value;
  const isBinding = (test: Expr) =>
    test.kind === 'name' && test.name === binding.name && index.lookup(test.name, test) === binding;
  if (!shownPresent(s, path, index, at, isBinding, frame)) return value;
  const left = alternatives(value).filter((v) => v.kind !== 'absent' && !(v.kind === 'literal' && v.value === null));
  if (left.length === 0) return value;
  return oneOf(left.map((v): Value => (v.kind === 'environment' && !v.fallback ? { ...v, checked: true } : v)));
}

/** Whether a check before the use has shown this variable of the environment to be set. */
export function isPresentBy(
  s: Semantics,
  path: string,
  at: Expr,
  wanted: Extract<Value, { kind: 'environment' }>,
  frame: Frame | undefined,
): boolean {
  if (wanted.name === undefined) return false;
  const key = `present\0${path}\0${wanted.name}\0${at.span.start}`;
  if (s.memo.running.has(key)) return s.cut(false);
  s.memo.running.add(key);
  try {
    const same = (test: Expr) => {
      if (
        test === at ||
        (test.kind !== 'member' && test.kind !== 'index' && test.kind !== 'name' && test.kind !== 'call')
      )
        return false;
      const value = s.evaluate(path, test, frame);
      return value.kind === 'environment' && value.name === wanted.name;
    };
    return shownPresent(s, path, s.look(path), at, same, frame);
  } finally {
    s.memo.running.delete(key);
  }
}

function shownPresent(
  s: Semantics,
  path: string,
  index: FileIndex,
  at: Expr | undefined,
  subject: (test: Expr) => boolean,
  frame: Frame | undefined,
): boolean {
  const conditions = at ? [...s.conditionsAt(path, at)] : [];
  const atTop = !at || index.functionOf(at) !== undefined;
  if (atTop) {
    s.reads.add(topRead(path));
    conditions.push(...topConditions(s, path, index));
  }
  for (let fn = at ? index.functionOf(at) : undefined; fn; fn = index.functionOf(fn)) {
    const holder = index.parentOf(fn);
    if (holder && !isFunction(holder)) conditions.push(...s.conditionsAt(path, holder));
  }
  return conditions.some((c) => impliesPresent(c.test, c.holds, subject));
}

const topByIndex = new WeakMap<FileIndex, ReturnType<typeof conditionsAfter>>();

/** What surely holds once a module has run. */
export function topConditions(s: Semantics, path: string, index: FileIndex) {
  let known = topByIndex.get(index);
  if (!known) {
    topByIndex.set(index, []);
    known = index.file.items.flatMap((item) =>
      conditionsAfter(item.statements, (call) => s.exits(path, [{ kind: 'expr', span: call.span, value: call }])),
    );
    topByIndex.set(index, known);
  }
  return known;
}

/** Whether a test with this outcome shows that its subject is there (not missing, not empty). */
export function impliesPresent(test: Expr, holds: boolean, subject: (e: Expr) => boolean): boolean {
  switch (test.kind) {
    case 'unary':
      return test.operator === '!' && impliesPresent(test.operand, !holds, subject);
    case 'binary': {
      const { operator, left, right } = test;
      if (operator === '&&')
        return holds && (impliesPresent(left, true, subject) || impliesPresent(right, true, subject));
      if (operator === '||')
        return !holds && (impliesPresent(left, false, subject) || impliesPresent(right, false, subject));
      const equal = operator === '==' || operator === '!=';
      if (equal && holds === (operator === '!=')) {
        if (isNothing(right)) return about(left, subject);
        if (isNothing(left)) return about(right, subject);
        // `typeof x !== 'string'` was false.
      }
      if (equal && holds === (operator === '==') && left.kind === 'unary' && left.operator === 'typeof')
        return subject(left.operand);
      // `x.length < 32` was false.
      if ((operator === '<' || operator === '<=') && !holds) return lengthOf(left, subject);
      if ((operator === '>' || operator === '>=') && holds) return lengthOf(left, subject);
      if (operator === 'instanceof') return holds && subject(left);
      return false;
    }
    case 'call': {
      const first = test.args[0]?.value;
      return (
        holds &&
        first !== undefined &&
        test.callee.kind === 'name' &&
        /^(bool|Boolean|isinstance|len)$/.test(test.callee.name) &&
        about(first, subject)
      );
    }
    default:
      return holds && about(test, subject);
  }
}

function about(e: Expr, subject: (e: Expr) => boolean): boolean {
  if (subject(e)) return true;
  if (e.kind === 'assign')
    return e.target.kind === 'bind'
      ? subject({ kind: 'name', span: e.span, name: e.target.name }) || subject(e.value)
      : false;
  // `x.trim()`, `x?.length`
  if (e.kind === 'call' && e.callee.kind === 'member') return subject(e.callee.object);
  return e.kind === 'member' && e.property === 'length' && subject(e.object);
}

function lengthOf(e: Expr, subject: (e: Expr) => boolean): boolean {
  if (e.kind === 'member' && e.property === 'length') return subject(e.object);
  if (e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === 'len')
    return e.args[0] !== undefined && subject(e.args[0].value);
  return false;
}

function isNothing(e: Expr): boolean {
  return e.kind === 'literal' && (e.value === null || e.value === '' || e.value === 'undefined');
}

export { combine };
