/**
 * Whether a value is what the client sent: a field of the body, a query parameter, a cookie. Works on any value, wherever
 * it has travelled: through destructuring, schemas, helpers, conversions.
 */
import type { CallExpr, Decorator, Expr, FunctionIR, Param } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { Semantics } from '../semantics/semantics.js';
import { annotationOf, namesOf } from '../semantics/types.js';
import { type CallSite, type Value, textOf } from '../semantics/value.js';

export type InputSource = 'body' | 'query' | 'path' | 'header' | 'host' | 'cookie' | 'message' | 'args';

export interface RequestInput {
  readonly source: InputSource;
  /** The field, parameter, header or cookie; absent where it is computed, or where the whole object is meant. */
  readonly name: string | undefined;
  /** The whole object: no field was picked. */
  readonly whole: boolean;
  /** The schema, model or declared type that the object has passed. */
  readonly schema?: Value;
  /** A validator's answer, whose `data` or `value` is the input. */
  readonly answer?: boolean;
}

const DEPTH = 14;

/** What of the request a value is, or `undefined`. A value that is only computed from input (a hash, a lookup) is not input. */
export function requestInputOf(s: Semantics, value: Value): RequestInput | undefined {
  return look(s, value, DEPTH);
}

/** The first input that a value contains at any depth: in a record, a text, a sum, an argument. Bounded. */
export function inputsIn(s: Semantics, value: Value, depth = 5): readonly RequestInput[] {
  const own = requestInputOf(s, value);
  if (own) return [own];
  if (depth === 0) return [];
  switch (value.kind) {
    case 'oneOf':
      return value.values.flatMap((v) => inputsIn(s, v, depth - 1));
    case 'list':
      return value.items.flatMap((v) => inputsIn(s, v, depth - 1));
    case 'record':
      return [...value.fields.values(), ...value.spreads].flatMap((v) => inputsIn(s, v, depth - 1));
    case 'concat':
      return value.parts.flatMap((v) => inputsIn(s, v, depth - 1));
    case 'operation':
      return value.operands.flatMap((v) => inputsIn(s, v, depth - 1));
    case 'derived':
      return value.of.flatMap((v) => inputsIn(s, v, depth - 1));
    default:
      return [];
  }
}

function look(s: Semantics, value: Value, depth: number): RequestInput | undefined {
  if (depth <= 0) return undefined;
  switch (value.kind) {
    case 'oneOf':
      for (const option of value.values) {
        const found = look(s, option, depth - 1);
        if (found) return found;
      }
      return undefined;
    case 'member': {
      for (const name of namesOf(s, value)) {
        const said = says(s, name);
        if (said) return { source: said.source, name: undefined, whole: true };
      }
      // `new URL(request.url).searchParams`
      const inner = look(s, value.object, depth - 1);
      if (inner && value.property === 'searchParams') return { source: 'query', name: undefined, whole: true };
      return inner && narrowed(inner, value.property);
    }
    case 'external':
      return externalInput(s, value.name);
    case 'result': {
      const said = says(s, value.callee);
      if (said) return atCall(s, value.site, said);
      if (value.via?.kind === 'parameter' && value.site.call.args.length === 0) return declaredForm(value.via);
      return received(s, value.site, depth);
    }
    case 'call':
      return received(s, value.site, depth);
    case 'element': {
      const inner = look(s, value.object, depth - 1);
      return inner && narrowed(inner, textOf(value.index));
    }
    case 'rest':
      return look(s, value.object, depth - 1);
    case 'instance':
      if (value.of) {
        const inner = look(s, value.of, depth - 1);
        return inner && { ...inner, schema: { kind: 'class', cls: value.cls, path: value.path } };
      }
      return undefined;
    case 'object':
      return value.of && look(s, value.of, depth - 1);
    case 'record':
      return value.fields.size === 0 && value.spreads.length === 1 && value.spreads[0]
        ? look(s, value.spreads[0], depth - 1)
        : undefined;
    case 'operation':
      return value.operator === '&&' && value.operands[1] ? look(s, value.operands[1], depth - 1) : undefined;
    case 'parameter':
      return parameterInput(s, value);
    default:
      return undefined;
  }
}

const ANSWERS = new Set(['data', 'value', 'output', 'cleaned_data', 'validated_data']);

function narrowed(inner: RequestInput, name: string | undefined): RequestInput {
  if (inner.answer) return name !== undefined && ANSWERS.has(name) ? { ...inner, answer: false } : inner;
  if (inner.whole || inner.source === 'args') return { source: inner.source, name, whole: false };
  return inner;
}

interface Said {
  readonly source: InputSource;
  readonly nameAt: string | undefined;
}

function says(s: Semantics, name: string): Said | undefined {
  for (const saying of s.project.knowledge.says(name)) {
    if (saying.is === 'RequestInput') return { source: saying.fixed.source as InputSource, nameAt: saying.roles.name };
  }
  return undefined;
}

function atCall(s: Semantics, site: CallSite, said: Said): RequestInput {
  if (said.nameAt === undefined)
    return { source: sourceByArgument(s, site) ?? said.source, name: undefined, whole: true };
  const given = s.access(site, said.nameAt).value;
  if (given.kind === 'absent' || given.kind === 'record' || given.kind === 'external')
    return { source: said.source, name: undefined, whole: true };
  return { source: said.source, name: textOf(given), whole: false };
}

/** `c.req.valid('query')`: the argument says which part of the request is meant. */
function sourceByArgument(s: Semantics, site: CallSite): InputSource | undefined {
  const first = site.call.args.length === 1 ? textOf(s.access(site, 'arg 0').value) : undefined;
  switch (first) {
    case 'query':
      return 'query';
    case 'param':
      return 'path';
    case 'header':
      return 'header';
    case 'cookie':
      return 'cookie';
    default:
      return undefined;
  }
}

/** `flask.request.args.page`: the longest beginning that a model speaks of; what follows is the name. */
function externalInput(s: Semantics, name: string): RequestInput | undefined {
  let at = name.length;
  for (let i = 0; i < 5 && at > 0; i++) {
    const said = says(s, name.slice(0, at));
    if (said) {
      const rest = name.slice(at + 1);
      return { source: said.source, name: rest ? rest.split('.')[0] : undefined, whole: rest === '' };
    }
    at = name.lastIndexOf('.', at - 1);
  }
  return undefined;
}

const PICKS = new Set([
  'get',
  'getAll',
  'getlist',
  'getList',
  'get_all',
  'pop',
  'setdefault',
  'getFirst',
  'param',
  'at',
]);
const SHAPES = new Set([
  'json',
  'formData',
  'form',
  'text',
  'trim',
  'strip',
  'toString',
  'toLowerCase',
  'toUpperCase',
  'lower',
  'upper',
  'to_dict',
  'dict',
  'model_dump',
  'copy',
  'items',
  'entries',
  'values',
  'filter',
  'map',
  'slice',
  'split',
  'decode',
  'replace',
  'unwrap',
  'asdict',
  'model_copy',
  'toJSON',
  'toObject',
  'default',
  'then',
  'first',
  'find',
]);
const VALIDATES = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateAsync',
  'validateSync',
  'cast',
  'load',
  'loads',
  'model_validate',
  'parse_obj',
  'assert',
  'decode',
  'check',
  'validateSafe',
]);

/** Input that came through a call: picked from a receiver, shaped by it, validated, wrapped. */
function received(s: Semantics, site: CallSite, depth: number): RequestInput | undefined {
  const { callee, args } = site.call;
  const first = args[0]?.value;
  const inputOf = (expr: Expr) => look(s, s.evaluate(site.path, expr, site.frame), depth - 2);
  if (callee.kind === 'member') {
    const method = callee.property;
    if (VALIDATES.has(method) && first && args.length <= 3) {
      const inner = inputOf(first);
      if (inner?.whole)
        return {
          ...inner,
          schema: s.evaluate(site.path, callee.object, site.frame),
          answer: /^safe|^validate$/.test(method),
        };
      if (inner) return inner;
    }
    if (PICKS.has(method)) {
      const inner = inputOf(callee.object);
      if (inner) return first ? narrowed(inner, textOf(s.evaluate(site.path, first, site.frame))) : inner;
    }
    if (SHAPES.has(method)) {
      const inner = inputOf(callee.object);
      if (inner) return inner;
    }
  }
  // `new ObjectId(req.params.id)`, `UUID(raw)`, `new URL(request.url)`
  const last = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  if (
    first &&
    args.length <= 2 &&
    (/^(UUID|ObjectId|URL|Types|Decimal|Id|ID)$/.test(last) || /^(parse|decode)\w*$/.test(last))
  )
    return inputOf(first);
  return undefined;
}

/** Parameters that the framework fills from the request, by the route that stands over the function, or as a server function's arguments. */
function parameterInput(s: Semantics, value: Extract<Value, { kind: 'parameter' }>): RequestInput | undefined {
  const { fn, path, index } = value;
  const param = fn.params[index];
  if (!param) return undefined;
  for (const decorator of fn.decorators) {
    const found = byRoute(s, path, fn, param, decorator, value.name);
    if (found !== 'no route') return found;
  }
  if (index === 1 && resolverField(s, path, fn)) return { source: 'args', name: undefined, whole: true };
  if (isServerFunction(s, path, fn)) return { source: 'args', name: value.name || undefined, whole: false };
  return byRegistration(s, value) ?? byInjection(s, value) ?? besideRequest(s, value);
}

/** A parameter of a function that routes depend on: filled from the request as theirs are. */
function byInjection(s: Semantics, value: Extract<Value, { kind: 'parameter' }>): RequestInput | undefined {
  const param = value.fn.params[value.index];
  const injected = s.usage(value.fn).passed.some((p) =>
    s.names(p.site).some((n) => {
      const gives = s.project.knowledge.call(n)?.gives;
      return gives !== undefined && 'apply' in gives && gives.to === undefined;
    }),
  );
  if (!injected || !param) return undefined;
  const found = byDeclaration(s, value.path, param, value.name, value.fn);
  return found?.source === 'query' && /(^|_)(id|slug|uuid|pk)$/.test(value.name) ? { ...found, source: 'path' } : found;
}

/** A view that nobody in sight calls or registers: what follows its request comes from the path. */
function besideRequest(s: Semantics, value: Extract<Value, { kind: 'parameter' }>): RequestInput | undefined {
  const { fn, path, index, name } = value;
  const first = fn.params[0]?.target;
  if (value.type !== undefined || index === 0 || first?.kind !== 'bind' || !name) return undefined;
  const usage = s.usage(fn);
  if (usage.calls.length > 0 || usage.passed.length > 0 || fn.params[index]?.type) return undefined;
  const known = s.project.knowledge;
  const type = known.conventionalType(s.project.ecosystem(path), first.name, 0, 1);
  const here = known.conventionalType(s.project.ecosystem(path), first.name, 0, fn.params.length);
  if (
    type === undefined ||
    here !== type ||
    /^(res|response|reply|next|done|call_next|get_response|args|kwargs|format|queryset|obj|view)$/.test(name)
  )
    return undefined;
  return { source: 'path', name, whole: false };
}

function byRoute(
  s: Semantics,
  path: string,
  fn: FunctionIR,
  param: Param,
  decorator: Decorator,
  name: string,
): RequestInput | undefined | 'no route' {
  if (decorator.value.kind !== 'call') return 'no route';
  const site: CallSite = { path, call: decorator.value, frame: undefined };
  for (const full of s.names(site)) {
    for (const saying of s.project.knowledge.says(full)) {
      const fills = saying.fixed.parameters;
      if (saying.is !== 'Route' || !fills) continue;
      const template = saying.roles.path ? (textOf(s.access(site, saying.roles.path).value) ?? '') : '';
      if (parametersOf(template).includes(name)) return { source: 'path', name, whole: false };
      // A decorator in between may hand in more than the path does.
      if (fills === 'path') return template === '' ? { source: 'path', name, whole: false } : undefined;
      return byDeclaration(s, path, param, name, fn);
    }
  }
  return 'no route';
}

/** The parameters that a path template names: `/x/{id}`, `/x/<int:id>`, `/x/:id`, `/x/[id]`. */
export function parametersOf(template: string): readonly string[] {
  return [...template.matchAll(/[{<]\s*(?:\w+\s*:\s*)?(\w+)(?::\w+)?\s*[}>]|:(\w+)|\[(?:\.\.\.)?(\w+)\]/g)].map(
    (m) => (m[1] ?? m[2] ?? m[3]) as string,
  );
}

/** A parameter of a function whose parameters are all filled: by its marker (`Query()`), its type, or as a query parameter. */
function byDeclaration(
  s: Semantics,
  path: string,
  param: Param,
  name: string,
  fn: FunctionIR,
): RequestInput | undefined {
  void fn;
  const markers: { path: string; call: CallExpr }[] = [];
  if (param.default?.kind === 'call') markers.push({ path, call: param.default });
  const annotation = param.type ? annotationOf(s, path, param.type, 0) : {};
  if (annotation.injected?.expr.kind === 'call')
    markers.push({ path: annotation.injected.path, call: annotation.injected.expr });
  const isModel = annotation.value?.kind === 'instance';
  for (const marker of markers) {
    for (const full of s.names({ ...marker, frame: undefined })) {
      const gives = s.project.knowledge.call(full)?.gives;
      if (gives && 'apply' in gives) return undefined;
      const said = says(s, full);
      if (said)
        return {
          source: said.source,
          name: isModel ? undefined : (textOf(s.access({ ...marker, frame: undefined }, 'named alias').value) ?? name),
          whole:
            isModel ||
            (said.source === 'body' && annotation.type === undefined && /^(dict|Dict)/.test(typeText(param))),
        };
    }
  }
  if (isModel) return { source: 'body', name: undefined, whole: true };
  if (/^(dict|Dict)/.test(typeText(param))) return { source: 'body', name: undefined, whole: true };
  // A type that models speak of is handed in by the framework: the request, the response, background tasks.
  if (annotation.type !== undefined && s.project.knowledge.isType(annotation.type)) return undefined;
  return { source: 'query', name, whole: false };
}

/** `form: LoginForm = Depends()`: the class says what the request must hold. */
function declaredForm(via: Extract<Value, { kind: 'parameter' }>): RequestInput | undefined {
  const param = via.fn.params[via.index];
  const type =
    param?.type?.kind === 'index' && param.type.index.kind === 'list' ? param.type.index.items[0]?.value : param?.type;
  const name = type?.kind === 'name' ? type.name : type?.kind === 'member' ? type.property : '';
  return name ? { source: /Form/.test(name) ? 'body' : 'query', name: undefined, whole: true } : undefined;
}

function typeText(param: Param): string {
  const type = param.type;
  if (type?.kind === 'name') return type.name;
  if (type?.kind === 'index' && type.object.kind === 'name') return type.object.name;
  return '';
}

/** The kind and field that a function resolves: it stands in `Query`, `Mutation` or `Subscription` of a record of resolvers. */
export function resolverField(
  s: Semantics,
  path: string,
  fn: FunctionIR,
): { readonly kind: string; readonly field: string } | undefined {
  const index = s.project.file(path);
  let node: IrNode | undefined = index?.parentOf(fn);
  let inner: Expr | undefined;
  for (let i = 0; index && node && i < 5; i++) {
    if ('kind' in node && node.kind === 'record') {
      const held = inner;
      const field = node.entries.find((e) => e.value === held)?.key;
      const outer = index.parentOf(node);
      const kind =
        outer && 'kind' in outer && outer.kind === 'record'
          ? outer.entries.find((e) => e.value === node)?.key
          : outer && 'kind' in outer && outer.kind === 'let' && outer.target.kind === 'bind'
            ? outer.target.name
            : undefined;
      return field && kind && /^(Query|Mutation|Subscription)$/.test(kind) ? { kind, field } : undefined;
    }
    if (!('kind' in node) || (node.kind !== 'lambda' && node.kind !== 'call')) return undefined;
    inner = node;
    node = index.parentOf(node);
  }
  return undefined;
}

/** Whether a function is one that clients call by its name: exported from a `'use server'` file, or marked so itself. */
export function isServerFunction(s: Semantics, path: string, fn: FunctionIR): boolean {
  if (fn.directive === 'use server') return true;
  const index = s.project.file(path);
  if (index?.file.directive !== 'use server' || index.functionOf(fn)) return false;
  return index.exports.some(
    (e) =>
      (e.local ?? e.name) === fn.name ||
      (e.value?.kind === 'lambda' && e.value.function === fn) ||
      isNamed(s, path, e.local ?? e.name, fn),
  );
}

function isNamed(s: Semantics, path: string, name: string, fn: FunctionIR): boolean {
  const value = s.project.file(path)?.top.bindings.get(name)?.definitions.at(-1)?.value;
  return value?.kind === 'lambda' && value.function === fn;
}

/** Routes that name their handler elsewhere (`add_url_rule`, `path('x/<id>', view)`): every parameter but a request comes from the path. */
function byRegistration(s: Semantics, value: Extract<Value, { kind: 'parameter' }>): RequestInput | undefined {
  if (value.type !== undefined) return undefined;
  for (const passed of s.usage(value.fn).passed) {
    for (const full of s.names(passed.site)) {
      for (const saying of s.project.knowledge.says(full)) {
        if (saying.is !== 'Route' || !saying.roles.path) continue;
        const template = textOf(s.access(passed.site, saying.roles.path).value) ?? '';
        if (parametersOf(template).includes(value.name)) return { source: 'path', name: value.name, whole: false };
      }
    }
  }
  return undefined;
}
