/** Conditions of a query as field → value pairs that all must hold: records, keyword arguments, operators, lambdas. */
import type { Argument, Expr } from '../../ir/ir.js';
import { returnsOf } from '../../semantics/calls.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Frame, type Value, textOf } from '../../semantics/value.js';

/** One equality that a query demands. */
export interface FieldTest {
  /** The field's own name, without its model or relation: `ownerId`. */
  readonly field: string;
  /** The field's whole name: `project.ownerId`. */
  readonly whole: string;
  readonly value: Value;
  /** Where the value is written, if it is an expression of its own. */
  readonly expr?: Expr;
}

interface At {
  readonly s: Semantics;
  readonly path: string;
  readonly frame: Frame | undefined;
}

/** What an expression in condition position demands. */
export function testsOf(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): readonly FieldTest[] {
  return read({ s, path, frame }, expr, '', 6);
}

/** What keyword arguments demand: `filter(owner=user, pk=pk)`. */
export function namedTests(
  s: Semantics,
  path: string,
  args: readonly Argument[],
  frame: Frame | undefined,
): readonly FieldTest[] {
  return args.flatMap((a) => {
    if (a.name) return [test(a.name.replaceAll('__', '.'), s.evaluate(path, a.value, frame), a.value)];
    if (a.spread === 'record') return fromValue(s.evaluate(path, a.value, frame), '', 3);
    return [];
  });
}

const CONJUNCTIONS = new Set(['AND', '$and', 'and']);
const DISJUNCTIONS = new Set(['OR', '$or', 'or', 'NOT', '$nor', '$not']);
const OPERATORS = new Set(['$eq', 'equals', 'eq', 'in', '$in', 'is']);
const RELATIONS = new Set(['some', 'every', 'is', '$elemMatch', 'has']);

function read(at: At, expr: Expr, prefix: string, depth: number): readonly FieldTest[] {
  if (depth === 0) return [];
  const { s, path, frame } = at;
  switch (expr.kind) {
    case 'record':
      return expr.entries.flatMap((entry) => {
        if (entry.spread) return read(at, entry.value, prefix, depth - 1);
        const key = entry.key ?? (entry.computedKey ? textOf(s.evaluate(path, entry.computedKey, frame)) : undefined);
        if (key === undefined || DISJUNCTIONS.has(key)) return [];
        if (CONJUNCTIONS.has(key))
          return entry.value.kind === 'list'
            ? entry.value.items.flatMap((item) => read(at, item.value, prefix, depth - 1))
            : read(at, entry.value, prefix, depth - 1);
        if (key === 'where' && prefix === '') return read(at, entry.value, prefix, depth - 1);
        if (entry.value.kind === 'record') {
          const inner = entry.value.entries[0];
          if (inner?.key && OPERATORS.has(inner.key) && !RELATIONS.has(inner.key))
            return [test(join(prefix, key), s.evaluate(path, inner.value, frame), inner.value)];
          if (inner?.key && RELATIONS.has(inner.key)) return read(at, inner.value, join(prefix, key), depth - 1);
          if (inner?.key?.startsWith('$')) return [];
          return read(at, entry.value, join(prefix, key), depth - 1);
        }
        return [test(join(prefix, key), s.evaluate(path, entry.value, frame), entry.value)];
      });
    case 'binary':
      if (expr.operator === '&&' || expr.operator === '&')
        return [...read(at, expr.left, prefix, depth - 1), ...read(at, expr.right, prefix, depth - 1)];
      if (expr.operator === '==') {
        const left = fieldName(expr.left);
        const right = fieldName(expr.right);
        const found: FieldTest[] = [];
        if (left) found.push(test(left, s.evaluate(path, expr.right, frame), expr.right));
        if (right && right !== left) found.push(test(right, s.evaluate(path, expr.left, frame), expr.left));
        return found;
      }
      return [];
    case 'lambda':
      return returnsOf(expr.function).flatMap((e) => (e ? read(at, e, prefix, depth - 1) : []));
    case 'list':
      return expr.items.flatMap((item) => read(at, item.value, prefix, depth - 1));
    case 'call': {
      const name =
        expr.callee.kind === 'name' ? expr.callee.name : expr.callee.kind === 'member' ? expr.callee.property : '';
      const first = expr.args[0]?.value;
      const second = expr.args[1]?.value;
      if (/^(and_?|all)$/i.test(name)) return expr.args.flatMap((a) => read(at, a.value, prefix, depth - 1));
      if (name === 'Q') return namedTests(s, path, expr.args, frame);
      if (/^(eq|equals|equal|inArray|in_)$/.test(name) && first) {
        if (second) {
          const field = fieldName(first) ?? textOf(s.evaluate(path, first, frame));
          return field ? [test(field, s.evaluate(path, second, frame), second)] : [];
        }
        const field = expr.callee.kind === 'member' ? fieldName(expr.callee.object) : undefined;
        return field ? [test(field, s.evaluate(path, first, frame), first)] : [];
      }
      // `String(a.userId) === …` is a comparison's side; a helper that makes a condition is followed by its value.
      return fromValue(s.evaluate(path, expr, frame), prefix, 3);
    }
    case 'name':
    case 'member': {
      const value = s.evaluate(path, expr, frame);
      if ((value.kind === 'result' || value.kind === 'call') && value.site.call !== (expr as Expr) && depth > 1)
        return read({ s, path: value.site.path, frame: value.site.frame }, value.site.call, prefix, depth - 2);
      return fromValue(value, prefix, 3);
    }
    default:
      return [];
  }
}

function fromValue(value: Value, prefix: string, depth: number): readonly FieldTest[] {
  if (depth === 0 || value.kind !== 'record') return [];
  return [...value.fields].flatMap(([key, field]) => {
    if (DISJUNCTIONS.has(key)) return [];
    if (key === 'where' && prefix === '') return fromValue(field, '', depth - 1);
    if (field.kind === 'record' && field.fields.size > 0) {
      const [inner, first] = [...field.fields][0] as [string, Value];
      if (OPERATORS.has(inner)) return [test(join(prefix, key), first)];
      return fromValue(field, join(prefix, key), depth - 1);
    }
    return [test(join(prefix, key), field)];
  });
}

function test(whole: string, value: Value, expr?: Expr): FieldTest {
  const field = whole.slice(whole.lastIndexOf('.') + 1);
  // `owner__id`, `project.owner.id`: the relation says whose id it is.
  const parts = whole.split('.');
  const relation = /^(id|pk|_id|exact|uuid)$/.test(field) && parts.length > 1 ? (parts.at(-2) as string) : undefined;
  return { field: relation ? `${relation}Id` : field, whole, value, ...(expr ? { expr } : {}) };
}

function join(prefix: string, key: string): string {
  return prefix ? `${prefix}.${key}` : key;
}

/** The field that a side of a comparison names: `Note.owner_id`, `n.userId`, `String(n.userId)`. */
function fieldName(expr: Expr): string | undefined {
  if (expr.kind === 'member') {
    if (expr.object.kind === 'member' && !/^[A-Z]/.test(expr.object.property) && /^(id|_id)$/.test(expr.property))
      return `${expr.object.property}.${expr.property}`;
    return expr.property;
  }
  if (
    expr.kind === 'call' &&
    expr.callee.kind === 'member' &&
    /^(toString|valueOf|lower|toLowerCase)$/.test(expr.callee.property)
  )
    return fieldName(expr.callee.object);
  if (
    expr.kind === 'call' &&
    expr.callee.kind === 'name' &&
    /^(String|Number|str|int)$/.test(expr.callee.name) &&
    expr.args[0]
  )
    return fieldName(expr.args[0].value);
  return undefined;
}
