/**
 * Where in a file the same thing is meant: `data`, `await res.json()` and `(await res.json())` are one place, `req.body` and
 * `const body = req.body` too. And which credentials are read from, or written to, each such place.
 */
import type { Expr, Pattern } from '../../ir/ir.js';
import { type CredentialKind, credentialKind, headerKind } from '../../semantics/credential-kinds.js';
import type { Binding, FileIndex, PatternStep } from '../../semantics/file-index.js';

/** A place's key, and whether a body was read out of it on the way. */
export interface Place {
  readonly key: string;
  readonly opened: boolean;
}

const DEPTH = 12;
/** Accessors that read what a response or a wrapped value holds. */
const BODY_CALLS = new Set([
  'json',
  'text',
  'blob',
  'data',
  'body',
  'getBody',
  'readBody',
  'get_json',
  'formData',
  'form',
]);
const BODY_MEMBERS = new Set(['data', 'text', 'content', 'value', 'output']);
/** Calls that give the same thing in another shape. */
const SHAPES = new Set(['dict', 'model_dump', 'toJSON', 'toObject', 'to_dict', 'copy', 'lean', 'asdict', 'unwrap']);
const CHECKS = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'validate',
  'validateAsync',
  'model_validate',
]);

const ids = new WeakMap<Binding, number>();
let lastId = 0;

/** What a binding is called in keys. */
function bindingKey(binding: Binding): string {
  let id = ids.get(binding);
  if (id === undefined) {
    id = ++lastId;
    ids.set(binding, id);
  }
  return `${binding.name}@${id}`;
}

/** The place that an expression means; `undefined` for what is computed. */
export function placeOf(index: FileIndex, expr: Expr, depth = DEPTH): Place | undefined {
  if (depth === 0) return undefined;
  switch (expr.kind) {
    case 'name': {
      const binding = index.lookup(expr.name, expr);
      if (!binding) return { key: expr.name, opened: false };
      return definedAs(index, binding, depth) ?? { key: bindingKey(binding), opened: false };
    }
    case 'member': {
      const object = placeOf(index, expr.object, depth - 1);
      if (!object) return undefined;
      if (BODY_MEMBERS.has(expr.property)) return { key: object.key, opened: true };
      return { key: `${object.key}.${expr.property}`, opened: object.opened };
    }
    case 'unary':
      return expr.operator === '!' ? undefined : placeOf(index, expr.operand, depth - 1);
    case 'binary':
      return expr.operator === '??' || expr.operator === '||' ? placeOf(index, expr.left, depth - 1) : undefined;
    case 'call':
      return placeOfCall(index, expr, depth);
    default:
      return undefined;
  }
}

function placeOfCall(index: FileIndex, expr: Extract<Expr, { kind: 'call' }>, depth: number): Place | undefined {
  const { callee, args } = expr;
  const [first] = args;
  if (callee.kind === 'member') {
    const object = () => placeOf(index, callee.object, depth - 1);
    if (args.length === 0 && SHAPES.has(callee.property)) return object();
    if (args.length <= 1 && BODY_CALLS.has(callee.property) && first?.value.kind !== 'record') {
      const inner = object();
      if (inner) return { key: inner.key, opened: true };
    }
    if (callee.property === 'get' && first?.value.kind === 'literal') {
      const inner = object();
      return inner && { key: `${inner.key}.${String(first.value.value)}`, opened: inner.opened };
    }
    if (CHECKS.has(callee.property) && first) return placeOf(index, first.value, depth - 1);
    return undefined;
  }
  // `vars(x)`, `dict(x)`, `asdict(x)`
  if (
    callee.kind === 'name' &&
    first &&
    args.length === 1 &&
    /^(?:dict|vars|asdict|deepcopy|structuredClone)$/.test(callee.name)
  )
    return placeOf(index, first.value, depth - 1);
  return undefined;
}

function definedAs(index: FileIndex, binding: Binding, depth: number): Place | undefined {
  const [only] = binding.definitions;
  if (!only || binding.definitions.length > 1 || only.how !== 'let' || !only.value || only.operator) return undefined;
  const place = placeOf(index, only.value, depth - 1);
  return place && withSteps(place, only.steps);
}

function withSteps(place: Place, steps: readonly PatternStep[]): Place | undefined {
  let { key, opened } = place;
  for (const step of steps) {
    if (step.kind === 'field') {
      if (BODY_MEMBERS.has(step.name)) opened = true;
      else key += `.${step.name}`;
    } else if (step.kind === 'rest' || step.kind === 'item') return undefined;
  }
  return { key, opened };
}

/** How a credential was seen to be in a place. */
export interface Held {
  readonly name: string;
  readonly kind: CredentialKind;
  /** Read as a key (`x["password"]`, `x.get("password")`, destructured), not as an attribute. */
  readonly asKey: boolean;
}

interface Places {
  readonly held: ReadonlyMap<string, readonly Held[]>;
  /** Places of which the body is read by a call: the thing itself prints nothing of it. */
  readonly responses: ReadonlySet<string>;
}

const byFile = new WeakMap<FileIndex, Places>();

/** The credentials that the file reads from, or writes to, each place. */
export function placesIn(index: FileIndex): Places {
  const known = byFile.get(index);
  if (known) return known;
  const held = new Map<string, Held[]>();
  const responses = new Set<string>();
  const add = (object: Expr, name: string, asKey: boolean) => {
    const place = placeOf(index, object);
    const parentIsHeaders = /headers$/i.test(place?.key ?? '');
    const kind = parentIsHeaders ? headerKind(name) : name === 'authorization' ? undefined : credentialKind(name);
    if (!place || !kind) return;
    const list = held.get(place.key) ?? [];
    if (list.some((h) => h.name === name && h.asKey === asKey)) return;
    list.push({ name, kind, asKey });
    held.set(place.key, list);
  };
  const mayMatter = (name: string) => credentialKind(name) !== undefined || headerKind(name) !== undefined;
  for (const expr of index.expressions) {
    if (expr.kind === 'member' && mayMatter(expr.property)) add(expr.object, expr.property, isSubscript(expr));
    if (expr.kind === 'call' && expr.callee.kind === 'member') {
      const name = expr.args[0]?.value;
      if (
        /^(?:get|pop|getlist)$/.test(expr.callee.property) &&
        name?.kind === 'literal' &&
        typeof name.value === 'string'
      ) {
        if (mayMatter(name.value)) add(expr.callee.object, name.value, true);
      }
      if (/^(?:json|text|blob|formData)$/.test(expr.callee.property) && expr.args.length === 0) {
        const place = placeOf(index, expr.callee.object);
        if (place) responses.add(place.key);
      }
    }
  }
  const patterns = (pattern: Pattern, value: Expr | undefined) => {
    if (!value || pattern.kind !== 'fields') return;
    for (const field of pattern.fields) if (mayMatter(field.key)) add(value, field.key, true);
  };
  for (const stmt of index.statements) if (stmt.kind === 'let') patterns(stmt.target, stmt.value);
  for (const expr of index.expressions) if (expr.kind === 'assign') patterns(expr.target, expr.value);
  const places = { held, responses };
  byFile.set(index, places);
  return places;
}

/** Whether a member was written as a subscript: then its text has quotes. */
function isSubscript(expr: Extract<Expr, { kind: 'member' }>): boolean {
  return expr.propertySpan.end - expr.propertySpan.start > expr.property.length;
}
