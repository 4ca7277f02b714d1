/** `object.property`, for every kind of object. */
import type { ClassIR, FunctionIR, NameExpr } from '../ir/ir.js';
import { isPublicField, settingsField } from './classes.js';
import { filesOf, literalsOf, methodNamed } from './methods.js';
import type { FileIndex } from './file-index.js';
import { settingNamed } from './elsewhere.js';
import { typeOf } from './types.js';
import type { Semantics } from './semantics.js';
import { ABSENT, UNKNOWN, type Value, mapAlternatives, oneOf } from './value.js';

const GLOBAL_OBJECT = new Set(['npm:window', 'npm:globalThis', 'npm:self', 'npm:global']);

/** The value of a member. A member of something unknown stays a `member`, so that it can be recognised later. */
export function memberOf(s: Semantics, object: Value, property: string): Value {
  if (object.kind === 'oneOf') return mapAlternatives(object, (v) => memberOf(s, v, property));
  switch (object.kind) {
    case 'record': {
      const field = object.fields.get(property);
      if (field) return field;
      const declared = object.of ? declaredMember(s, object, object.of, property) : undefined;
      if (declared) return declared;
      if (object.type && isOfType(s, object.type, property)) {
        const gives = s.project.knowledge.member(`${object.type}#${property}`)?.gives;
        return gives && 'same' in gives ? object : { kind: 'member', object, property };
      }
      if (!object.open) return ABSENT;
      const spread = object.spreads.at(-1);
      if (object.spreads.length === 1 && spread) return memberOf(s, spread, property);
      return { kind: 'member', object, property };
    }
    case 'list':
      if (property === 'length' && !object.open) return { kind: 'literal', value: object.items.length };
      if (/^\d+$/.test(property)) return object.items[Number(property)] ?? (object.open ? UNKNOWN : ABSENT);
      return { kind: 'member', object, property };
    case 'external': {
      const known = s.project.knowledge.member(object.name);
      // `os.environ.get` is a function; `process.env.GET` a variable.
      if (
        known?.gives &&
        'environmentRecord' in known.gives &&
        !s.project.knowledge.call(`${object.name}.${property}`)
      ) {
        return { kind: 'environment', name: property, fallback: undefined, checked: known.gives.missing === 'throws' };
      }
      if (known?.gives && 'settings' in known.gives) {
        const set = settingNamed(s, object.name.slice(0, object.name.indexOf(':')), property);
        if (set) return set.value;
      }
      const gives = s.project.knowledge.member(`${object.name}.${property}`)?.gives;
      if (gives && 'seconds' in gives) return { kind: 'duration', seconds: gives.seconds };
      if (gives && 'literal' in gives) return { kind: 'literal', value: gives.literal };
      // The global object's members are the globals.
      if (GLOBAL_OBJECT.has(object.name)) return { kind: 'external', name: `npm:${property}` };
      const name = property === 'default' ? object.name : `${object.name}.${property}`;
      return { kind: 'external', name };
    }
    case 'environment':
      // A method or field of the variable's text.
      return { kind: 'member', object, property };
    case 'module':
      return moduleMember(s, object.path, property);
    case 'instance':
      return instanceMember(s, object, property);
    case 'class':
      return classMember(s, object, property);
    case 'absent':
      return ABSENT;
    case 'literal':
      if (object.value === null) return ABSENT;
      if (property === 'length' && typeof object.value === 'string')
        return { kind: 'literal', value: object.value.length };
      return { kind: 'member', object, property };
    default: {
      const type = typeOf(s, object);
      // An object whose fields are the environment itself: a worker's `env`.
      const whole = type ? s.project.knowledge.member(type)?.gives : undefined;
      if (whole && 'environmentRecord' in whole)
        return { kind: 'environment', name: property, fallback: undefined, checked: false };
      const known = type ? s.project.knowledge.member(`${type}#${property}`) : undefined;
      if (known?.gives && ('environmentRecord' in known.gives || 'settings' in known.gives))
        return { kind: 'external', name: `${type}#${property}` };
      return { kind: 'member', object, property };
    }
  }
}

/** What a literal of a workspace class has though it does not say it: what its embedded parts hold, and its methods. */
function declaredMember(
  s: Semantics,
  object: Extract<Value, { kind: 'record' }>,
  { cls, path }: { readonly cls: ClassIR; readonly path: string },
  property: string,
): Value | undefined {
  for (const base of cls.bases) {
    const name = base.kind === 'name' ? base.name : base.kind === 'member' ? base.property : undefined;
    const part = name === undefined ? undefined : object.fields.get(name);
    const promoted = part ? memberOf(s, part, property) : ABSENT;
    if (promoted.kind !== 'absent') return promoted;
  }
  return lookInClass(s, cls, path, property, object, 0);
}

/** Whether a library type has this method or property of its own, beside the fields of a record. */
function isOfType(s: Semantics, type: string, property: string): boolean {
  const { knowledge } = s.project;
  const name = `${type}#${property}`;
  return (
    knowledge.call(name) !== undefined ||
    knowledge.member(name) !== undefined ||
    knowledge.anyMethod(type.slice(0, type.indexOf(':')), property) !== undefined
  );
}

function moduleMember(s: Semantics, path: string, property: string): Value {
  const value = s.exported(path, property);
  if (value.kind !== 'unknown') return value;
  for (const other of s.project.packageFiles(path)) {
    const found = other === path ? UNKNOWN : s.exported(other, property);
    if (found.kind !== 'unknown') return found;
  }
  // A Python package's submodule: `app.security`.
  const folder = path.replace(/\/?[^/]*$/, '');
  for (const candidate of [`${folder}/${property}`, property]) {
    for (const ending of ['.py', '/__init__.py']) {
      const file = (candidate + ending).replace(/^\//, '');
      if (path.endsWith('__init__.py') && s.project.file(file)) return { kind: 'module', path: file };
    }
  }
  return UNKNOWN;
}

/** The value of a field or method of an instance of a workspace class, its bases included. */
function instanceMember(s: Semantics, object: Extract<Value, { kind: 'instance' }>, property: string): Value {
  const found = lookInClass(s, object.cls, object.path, property, object, 0);
  if (found) return found;
  return { kind: 'member', object, property };
}

function lookInClass(
  s: Semantics,
  cls: ClassIR,
  path: string,
  property: string,
  receiver: Value,
  depth: number,
): Value | undefined {
  if (depth > 5) return undefined;
  const method = methodNamed(s, cls, path, property);
  if (method) {
    const { fn } = method;
    if (fn.accessor !== 'get') return { kind: 'function', fn, path: method.path, frame: undefined, receiver };
    return s.memo.running.has(fn) ? s.cut(UNKNOWN) : getterValue(s, fn, method.path, receiver);
  }
  const field = fieldValue(s, cls, path, property, receiver);
  if (field) return field;
  for (const base of cls.bases) {
    const value = s.evaluate(path, base);
    if (value.kind === 'class') {
      const inherited = lookInClass(s, value.cls, value.path, property, receiver, depth + 1);
      if (inherited) return inherited;
    }
  }
  return undefined;
}

function getterValue(s: Semantics, method: FunctionIR, path: string, receiver: Value): Value {
  s.memo.running.add(method);
  try {
    const frame = { fn: method, args: [], named: new Map<string, Value>(), receiver, parent: undefined, depth: 1 };
    const values: Value[] = [];
    for (const stmt of method.body)
      if (stmt.kind === 'exit' && stmt.how === 'return' && stmt.value) values.push(s.evaluate(path, stmt.value, frame));
    return values.length ? oneOf(values) : UNKNOWN;
  } finally {
    s.memo.running.delete(method);
  }
}

function fieldValue(s: Semantics, cls: ClassIR, path: string, property: string, receiver: Value): Value | undefined {
  const values: Value[] = [];
  const field = cls.fields.find((f) => f.name === property);
  if (field) {
    const settings = settingsField(s, cls, path, field);
    if (settings) return settings;
    if (field.value && receiver.kind === 'instance' && receiver.of)
      // A default of a declared object: whoever made it may have given another.
      return { kind: 'member', object: receiver, property };
    if (field.value) values.push(s.evaluate(path, field.value));
    else if (field.type) {
      const injected = isPublicField(s, path, field.type);
      const from: Value | undefined =
        receiver.kind === 'instance' && receiver.of ? { kind: 'member', object: receiver, property } : undefined;
      if (from && (injected?.kind === 'instance' || injected?.kind === 'object'))
        values.push({ ...injected, of: from });
      else if (injected) values.push(injected);
    }
  }
  const made = literalsOf(s, cls, path).flatMap(({ literal, path: other }) => {
    const given = literal.entries.find((entry) => entry.key === property)?.value;
    return !given || (s.memo.running.has(given) && s.cut(true)) ? [] : [s.evaluate(other, given)];
  });
  // Nobody outside the package can set a field with a small initial, so what its type may hold beyond that is no option.
  if (made.length > 0 && /^[a-z_]/.test(property)) values.length = 0;
  values.push(...made);
  const declared = values.length - made.length;
  const maker = cls.methods.find((m) => m.name === 'constructor');
  const site = receiver.kind === 'instance' ? receiver.site : undefined;
  for (const { index, path: other } of filesOf(s, path)) {
    for (const write of index.memberWrites) {
      const target = write.target;
      if (target.kind !== 'member' || target.property !== property || target.object.kind !== 'name') continue;
      const fn = index.functionOf(write.node);
      const isOwn =
        target.object.name === 'this'
          ? index.classOf(write.node) === cls || receiverAround(index, fn) === cls.name
          : holdsLiteralOf(index, target.object, cls.name);
      if (!fn || !isOwn) continue;
      const frame = fn === maker && site ? constructorFrame(s, maker, site) : undefined;
      if (s.memo.running.has(write) && s.cut(true)) continue;
      s.memo.running.add(write);
      try {
        values.push(s.evaluate(other, write.value, frame));
      } finally {
        s.memo.running.delete(write);
      }
    }
  }
  if (values.length > declared + made.length && /^[a-z_]/.test(property) && s.project.visibility(path) === 'package')
    values.splice(0, declared);
  if (s.project.file(path)) {
    const param = maker?.params.find((p) => p.property && p.target.kind === 'bind' && p.target.name === property);
    if (param && maker) {
      const position = maker.params.indexOf(param);
      const given = site ? s.access(site, `arg ${position}`).value : ABSENT;
      if (given.kind !== 'absent') values.push(given);
      else if (param.type)
        values.push(isPublicField(s, path, param.type) ?? parameterValue(maker, path, position, property));
      else values.push(parameterValue(maker, path, position, property));
    }
  }
  const known = values.filter((v) => !(v.kind === 'literal' && v.value === null));
  if (known.length > 0) return oneOf(known);
  // What a declared object holds is known by where it is read from.
  if (values.length === 0 && receiver.kind === 'instance' && receiver.of) return undefined;
  return values.length > 0 ? oneOf(values) : field ? UNKNOWN : undefined;
}

/** Whether a variable holds a literal of that struct: `s := &Server{…}; s.store = …`. */
function holdsLiteralOf(index: FileIndex, name: NameExpr, type: string): boolean {
  const definitions = index.lookup(name.name, name)?.definitions ?? [];
  return definitions.some(({ value }) => {
    const made = value?.kind === 'unary' ? value.operand : value;
    return made?.kind === 'record' && made.type?.kind === 'name' && made.type.name === type;
  });
}

function receiverAround(index: FileIndex, fn: FunctionIR | undefined): string | undefined {
  let around = fn;
  while (around?.arrow && !around.receiver) around = index.functionOf(around);
  return around?.receiver;
}

function parameterValue(fn: FunctionIR, path: string, index: number, name: string): Value {
  return { kind: 'parameter', fn, path, index, name, type: undefined };
}

function constructorFrame(
  s: Semantics,
  fn: FunctionIR,
  site: NonNullable<Extract<Value, { kind: 'instance' }>['site']>,
) {
  const args = site.call.args
    .filter((a) => !a.name && !a.spread)
    .map((a) => s.evaluate(site.path, a.value, site.frame));
  const named = new Map<string, Value>();
  for (const a of site.call.args) if (a.name) named.set(a.name, s.evaluate(site.path, a.value, site.frame));
  return { fn, args, named, receiver: undefined, parent: site.frame, depth: (site.frame?.depth ?? 0) + 1 };
}

function classMember(s: Semantics, object: Extract<Value, { kind: 'class' }>, property: string): Value {
  const method = object.cls.methods.find((m) => m.name === property);
  if (method) return { kind: 'function', fn: method, path: object.path, frame: undefined };
  const field = object.cls.fields.find((f) => f.name === property);
  if (field?.value) return s.evaluate(object.path, field.value);
  const nested = object.cls.body.find((stmt) => stmt.kind === 'class' && stmt.class.name === property);
  if (nested?.kind === 'class') return { kind: 'class', cls: nested.class, path: object.path };
  for (const base of object.cls.bases) {
    const value = s.evaluate(object.path, base);
    if (value.kind === 'class' && value.cls !== object.cls) return memberOf(s, value, property);
  }
  return { kind: 'member', object, property };
}
