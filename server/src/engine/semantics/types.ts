/** Types of libraries on values, and the full names of callees. A full name is `ecosystem:module.name` or `type#method`. */
import type { Expr, FunctionIR } from '../ir/ir.js';
import { externalBase } from './classes.js';
import type { Semantics } from './semantics.js';
import { exportsRead, nameRead } from './value-cache.js';
import { type CallSite, type Value, alternatives } from './value.js';

/** The library type of a value, as far as it is known. */
export function typeOf(s: Semantics, value: Value): string | undefined {
  switch (value.kind) {
    case 'object':
      return value.type;
    case 'result':
      return value.type ?? `${value.callee}()`;
    case 'parameter':
      return value.type;
    case 'instance': {
      const base = externalBase(s, value.cls, value.path);
      return base ? (s.project.knowledge.base(base)?.type ?? base) : undefined;
    }
    case 'member': {
      const type = typeOf(s, value.object);
      return type ? s.project.knowledge.member(`${type}#${value.property}`)?.type : undefined;
    }
    case 'external':
      return s.project.knowledge.member(value.name)?.type;
    case 'record': {
      const base = value.of ? externalBase(s, value.of.cls, value.of.path) : undefined;
      return value.type ?? base;
    }
    case 'element': {
      // The type of a library's result is that of the first of several results (`token, err := …`).
      const isFirst = value.index.kind === 'literal' && value.index.value === 0;
      return isFirst && value.object.kind === 'result' ? value.object.type : undefined;
    }
    case 'oneOf':
      for (const option of value.values) {
        const type = typeOf(s, option);
        if (type) return type;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** All full names that a call may mean. */
export function calleeNames(s: Semantics, site: CallSite): readonly string[] {
  const callee = s.callee(site);
  const names = new Set<string>();
  for (const option of alternatives(callee)) for (const name of namesOf(s, option)) names.add(name);
  if (site.call.callee.kind === 'name' && site.call.callee.name === 'super') superNames(s, site, names);
  return [...names];
}

/** `super(…)` constructs the base; of a mixin (`extends PassportStrategy(Strategy)`) what was mixed in. */
function superNames(s: Semantics, site: CallSite, names: Set<string>): void {
  for (const base of s.index(site.path).classOf(site.call)?.bases ?? []) {
    const given = base.kind === 'call' ? base.args.map((a) => a.value) : [base];
    for (const expr of given) {
      const value = s.evaluate(site.path, expr);
      if (value.kind === 'external') names.add(value.name);
    }
  }
}

/** The full names of a value that stands as a callee. */
export function namesOf(s: Semantics, value: Value): readonly string[] {
  if (value.kind === 'external') return [value.name];
  if (value.kind === 'class') {
    const base = externalBase(s, value.cls, value.path);
    return base ? [base] : [];
  }
  if (value.kind === 'result' || value.kind === 'object') {
    // An object that is called itself: `config('NAME')`.
    const type = typeOf(s, value);
    return type ? [`${type}#call`] : [];
  }
  if (value.kind !== 'member') return [];
  const names: string[] = [];
  for (const object of alternatives(value.object)) {
    const type = typeOf(s, object);
    if (type) names.push(`${type}#${value.property}`);
    // A library's object that is not typed further: `app.locals.x()`.
    else if (object.kind === 'external') names.push(`${object.name}.${value.property}`);
    else if (object.kind === 'instance') {
      const base = externalBase(s, object.cls, object.path);
      if (base) names.push(`${base}#${value.property}`);
    }
  }
  return names;
}

export interface Annotation {
  /** A library's type by its full name. */
  readonly type?: string;
  /** What a parameter or field of this type holds. */
  readonly value?: Value;
  /** What a dependency-injection marker in the type gives: `Annotated[User, Depends(f)]`. */
  readonly injected?: { readonly path: string; readonly expr: Expr };
}

/** What a type annotation says. Follows aliases, also of other files. */
export function annotationOf(s: Semantics, path: string, type: Expr, depth: number): Annotation {
  if (depth > 5) return {};
  if (type.kind === 'literal' && typeof type.value === 'string') return {};
  if (type.kind === 'index') return indexAnnotation(s, path, type, depth);
  if (type.kind === 'binary') {
    // `X | None`
    const left = annotationOf(s, path, type.left, depth + 1);
    return (left.value ?? left.injected) ? left : annotationOf(s, path, type.right, depth + 1);
  }
  if (type.kind === 'unary') return annotationOf(s, path, type.operand, depth + 1);
  if (type.kind === 'name') {
    const alias = aliasOf(s, path, type.name, type, depth);
    if (alias) return alias;
  }
  if (type.kind !== 'name' && type.kind !== 'member') return {};
  const value = s.evaluate(path, type);
  if (value.kind === 'class') return { value: { kind: 'instance', cls: value.cls, path: value.path, site: undefined } };
  if (value.kind === 'external') {
    const known = s.project.knowledge.typeNamed(value.name) ?? value.name;
    return { type: known, value: { kind: 'object', type: known } };
  }
  return {};
}

function indexAnnotation(
  s: Semantics,
  path: string,
  type: Extract<Expr, { kind: 'index' }>,
  depth: number,
): Annotation {
  const args = type.index.kind === 'list' ? type.index.items.map((i) => i.value) : [type.index];
  for (const arg of args.slice(type.index.kind === 'list' ? 1 : 0)) {
    if (arg.kind === 'call')
      return { ...annotationOf(s, path, args[0] as Expr, depth + 1), injected: { path, expr: arg } };
  }
  const outer = annotationOf(s, path, type.object, depth + 1);
  if (outer.type && args[0]) {
    const known = s.project.knowledge.typeNamed(`${outer.type}<>`);
    if (known === 'first') return annotationOf(s, path, args[0], depth + 1);
  }
  return outer;
}

/** `CurrentUser = Annotated[…]`: the alias's own annotation. */
function aliasOf(s: Semantics, path: string, name: string, at: Expr, depth: number): Annotation | undefined {
  const index = s.project.file(path);
  const binding = index?.lookup(name, at) ?? index?.top.bindings.get(name);
  if (!binding?.scope.parent) s.reads.add(nameRead(path, name));
  const definition = binding?.definitions.at(-1);
  if (!definition) return undefined;
  if (definition.how === 'let' && definition.value && ['index', 'binary', 'call'].includes(definition.value.kind)) {
    return annotationOf(s, path, definition.value, depth + 1);
  }
  if (definition.import) {
    const target = s.project.resolve(definition.import.specifier, path);
    const file = target.kind === 'files' ? target.paths[0] : undefined;
    if (!file) return undefined;
    s.reads.add(nameRead(file, definition.import.imported));
    const there = s.project.file(file)?.top.bindings.get(definition.import.imported);
    const value = there?.definitions.at(-1)?.value;
    if (value && value.kind === 'index') return annotationOf(s, file, value, depth + 1);
  }
  return undefined;
}

/** The type of a parameter by where its function is given: `app.get('/x', (req, res) => …)`. */
export function callbackType(s: Semantics, fn: FunctionIR, path: string, index: number): string | undefined {
  const param = fn.params[index];
  const name = param?.target.kind === 'bind' ? param.target.name : undefined;
  for (const passed of s.usage(fn).passed) {
    for (const callee of s.names(passed.site)) {
      const types = s.project.knowledge.callbackTypes(callee, passed.index, passed.name);
      // A function of one parameter more is the error handler: the error comes first.
      const type = types?.[types.length > 2 && fn.params.length === types.length + 1 ? index - 1 : index];
      if (type) return type;
    }
  }
  const handled = fileHandlerName(s, fn, path);
  const byFile = handled ? s.project.knowledge.fileHandler(path, handled)?.[index] : undefined;
  if (byFile) return byFile;
  return name
    ? s.project.knowledge.conventionalType(s.project.ecosystem(path), name, index, fn.params.length)
    : undefined;
}

/** The name under which a function stands at the top of its file: its own, its variable's, a key of an exported record. */
function fileHandlerName(s: Semantics, fn: FunctionIR, path: string): string | undefined {
  const index = s.project.file(path);
  s.reads.add(exportsRead(path));
  if (!index || index.functionOf(fn)) return undefined;
  if (fn.name) return index.exports.some((e) => e.name === 'default' && e.local === fn.name) ? 'default' : fn.name;
  let node = index.parentOf(fn);
  for (let i = 0; node && i < 4; i++) {
    if ('kind' in node && node.kind === 'let') return node.target.kind === 'bind' ? node.target.name : undefined;
    node = index.parentOf(node);
  }
  return 'default';
}
