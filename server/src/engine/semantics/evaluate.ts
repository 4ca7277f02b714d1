/** Expressions to values. */
import type { Place } from '../base/span.js';
import type { Expr, RecordExpr } from '../ir/ir.js';
import { evaluateCall } from './calls.js';
import { memberOf } from './members.js';
import { nameValue, isPresentBy } from './names.js';
import { combine, concat } from './operators.js';
import { NESTING_LIMIT, type Semantics, WORK_LIMIT } from './semantics.js';
import { CUT_SHORT, recall, remember } from './value-cache.js';
import {
  ABSENT,
  type Frame,
  UNKNOWN,
  type Value,
  alternatives,
  booleanOf,
  fieldOf,
  from,
  mapAlternatives,
  numberOf,
  oneOf,
  textOf,
} from './value.js';

/** The value of an expression. Remembered where no frame is involved. */
export function evaluateExpr(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): Value {
  if (expr.kind === 'literal') return { kind: 'literal', value: expr.value, place: { path, span: expr.span } };
  if (!frame) {
    const known = recall(s, expr) ?? s.memo.values.get(expr);
    if (known) {
      for (const read of known.reads) s.reads.add(read);
      return known.value;
    }
  }
  const { running } = s.memo;
  if ((running.has(expr) && !frame) || running.size > NESTING_LIMIT || ++s.memo.work > WORK_LIMIT) {
    s.reads.add(CUT_SHORT);
    return UNKNOWN;
  }
  if (frame) return compute(s, path, expr, frame);
  s.memo.running.add(expr);
  try {
    const { result, paths } = s.reads.record(() => compute(s, path, expr, undefined));
    if (!remember(s, expr, result, paths)) s.memo.values.set(expr, { value: result, reads: paths });
    return result;
  } finally {
    s.memo.running.delete(expr);
  }
}

function compute(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): Value {
  const value = (e: Expr) => evaluateExpr(s, path, e, frame);
  const place = { path, span: expr.span };
  switch (expr.kind) {
    case 'literal':
      return { kind: 'literal', value: expr.value, place };
    case 'regex':
      return { kind: 'regex', pattern: expr.pattern, flags: expr.flags, place };
    case 'name':
      return from(nameValue(s, path, expr, frame), place);
    case 'member':
      return from(narrow(s, path, expr, memberOf(s, value(expr.object), expr.property), frame), place);
    case 'index': {
      const object = value(expr.object);
      const index = value(expr.index);
      const text = textOf(index) ?? (numberOf(index) !== undefined ? String(numberOf(index)) : undefined);
      if (text !== undefined && object.kind !== 'list')
        return from(narrow(s, path, expr, memberOf(s, object, text), frame), place);
      if (object.kind === 'list') {
        const n = numberOf(index);
        if (n !== undefined)
          return object.items[n < 0 ? object.items.length + n : n] ?? (object.open ? UNKNOWN : ABSENT);
        return object.open || object.items.length === 0 ? { kind: 'element', object, index } : oneOf(object.items);
      }
      if (object.kind === 'external' && s.project.knowledge.member(object.name)?.gives !== undefined) {
        return { kind: 'environment', name: undefined, fallback: undefined, checked: false, place };
      }
      if (object.kind === 'record' && !object.open && object.fields.size > 0)
        return { kind: 'oneOf', values: [...object.fields.values(), ABSENT] };
      return { kind: 'element', object, index, place };
    }
    case 'call': {
      const given = evaluateCall(s, { path, call: expr, frame });
      return given.kind === 'duration' ? whole(given, place) : from(given, place);
    }
    case 'record':
      return record(s, path, expr, frame);
    case 'list': {
      const items: Value[] = [];
      let open = false;
      for (const item of expr.items) {
        const v = value(item.value);
        if (!item.spread) items.push(v);
        else if (v.kind === 'list') {
          items.push(...v.items);
          open ||= v.open;
        } else open = true;
      }
      return { kind: 'list', items, open, place };
    }
    case 'concat':
      return from(concat(expr.parts.map(value)), place);
    case 'binary':
      return whole(binary(s, path, expr.operator, expr.left, expr.right, frame), place);
    case 'unary': {
      const operand = value(expr.operand);
      if (expr.operator === '!') {
        const truth = booleanOf(operand);
        return truth === undefined
          ? { kind: 'derived', how: 'boolean', of: [operand], operator: '!' }
          : { kind: 'literal', value: !truth, place };
      }
      if (expr.operator === '-') {
        const n = numberOf(operand);
        return n === undefined
          ? { kind: 'operation', operator: '-', operands: [operand] }
          : { kind: 'literal', value: -n, place };
      }
      if (expr.operator === 'typeof' || expr.operator === 'void' || expr.operator === 'delete')
        return { kind: 'derived', how: expr.operator, of: [operand] };
      return operand;
    }
    case 'choice': {
      const truth = booleanOf(value(expr.test));
      if (truth !== undefined) return value(truth ? expr.then : expr.otherwise);
      // `x ? true : false` says what `x` says.
      if (expr.then.kind === 'literal' && expr.otherwise.kind === 'literal') {
        const [yes, no] = [expr.then.value, expr.otherwise.value];
        if (yes === true && no === false) return from(value(expr.test), place);
        if (yes === false && no === true)
          return { kind: 'derived', how: 'boolean', of: [value(expr.test)], operator: '!', place };
      }
      return oneOf([value(expr.then), value(expr.otherwise)]);
    }
    case 'lambda':
      return { kind: 'function', fn: expr.function, path, frame, place };
    case 'class':
      return { kind: 'class', cls: expr.class, path, place };
    case 'assign':
      return value(expr.value);
    case 'module': {
      const target = s.project.resolve(expr.specifier, path);
      if (target.kind === 'library')
        return { kind: 'external', name: `${s.project.ecosystem(path)}:${target.module}`, place };
      const first = target.kind === 'files' ? target.paths[0] : undefined;
      return first === undefined ? UNKNOWN : s.exported(first, '*');
    }
    case 'opaque':
      return { kind: 'operation', operator: 'opaque', operands: expr.children.map(value) };
  }
}

/** A number computed from parts that all stand here is written by the whole expression: `15 * 60`. */
function whole(value: Value, place: Place): Value {
  const own =
    (value.kind === 'literal' || value.kind === 'duration') &&
    value.place?.path === place.path &&
    value.place.span.start >= place.span.start &&
    value.place.span.end <= place.span.end;
  return own ? { ...value, place } : from(value, place);
}

/** An environment variable that a check before this place has shown to be set. */
function narrow(s: Semantics, path: string, expr: Expr, value: Value, frame: Frame | undefined): Value {
  if (value.kind !== 'environment' || value.checked || value.fallback) return value;
  return isPresentBy(s, path, expr, value, frame) ? { ...value, checked: true } : value;
}

function binary(s: Semantics, path: string, operator: string, l: Expr, r: Expr, frame: Frame | undefined): Value {
  const left = evaluateExpr(s, path, l, frame);
  if (operator === '||' || operator === '??') {
    const right = evaluateExpr(s, path, r, frame);
    return mapAlternatives(left, (v) => {
      if (v.kind === 'environment' && !v.fallback && !v.checked) {
        return right.kind === 'call' && exitsCall(s, path, r) ? { ...v, checked: true } : { ...v, fallback: right };
      }
      if (v.kind === 'absent' || (v.kind === 'literal' && (v.value === null || (operator === '||' && !v.value))))
        return right;
      if (v.kind === 'literal' || v.kind === 'record' || v.kind === 'list' || v.kind === 'function') return v;
      return oneOf([v, right]);
    });
  }
  if (operator === '&&') {
    const right = evaluateExpr(s, path, r, frame);
    const truth = booleanOf(left);
    if (truth !== undefined) return truth ? right : left;
    return { kind: 'operation', operator, operands: [left, right] };
  }
  return combine(operator, left, evaluateExpr(s, path, r, frame));
}

function exitsCall(s: Semantics, path: string, expr: Expr): boolean {
  return s.exits(path, [{ kind: 'expr', span: expr.span, value: expr }]);
}

function record(s: Semantics, path: string, expr: RecordExpr, frame: Frame | undefined): Value {
  const fields = new Map<string, Value>();
  const spreads: Value[] = [];
  let open = false;
  for (const entry of expr.entries) {
    if (entry.spread) {
      open = mergeSpread(s, path, entry.value, fields, spreads, frame) || open;
      continue;
    }
    const key = entry.key ?? (entry.computedKey ? textOf(evaluateExpr(s, path, entry.computedKey, frame)) : undefined);
    const value = evaluateExpr(s, path, entry.value, frame);
    if (key === undefined) open = true;
    else fields.set(key, from(value, { path, span: entry.value.span }));
  }
  const type = expr.type ? evaluateExpr(s, path, expr.type, frame) : undefined;
  const built: Value = { kind: 'record', fields, open, spreads, place: { path, span: expr.span } };
  if (type?.kind === 'class') return { ...built, of: { cls: type.cls, path: type.path } };
  return type?.kind === 'external' ? { ...built, type: type.name } : built;
}

/** Spreads a value into fields; whether unknown fields may have come along. */
function mergeSpread(
  s: Semantics,
  path: string,
  expr: Expr,
  fields: Map<string, Value>,
  spreads: Value[],
  frame: Frame | undefined,
): boolean {
  const optional = expr.kind === 'binary' && expr.operator === '&&';
  const value = evaluateExpr(s, path, optional ? expr.right : expr, frame);
  let open = false;
  const options = alternatives(value);
  for (const option of options) {
    if (option.kind === 'record') {
      for (const [key, field] of option.fields) {
        const before = fields.get(key) ?? ABSENT;
        fields.set(key, optional || options.length > 1 ? oneOf([field, before]) : field);
      }
      if (option.open) {
        open = true;
        spreads.push(...option.spreads);
      }
    } else if (option.kind !== 'absent' && option.kind !== 'literal') {
      open = true;
      spreads.push(option);
      for (const [key, before] of fields) {
        // Whatever was set before may be overwritten by what we do not know.
        const over = fieldOf(option, key);
        if (over.kind === 'unknown')
          fields.set(key, oneOf([before, { kind: 'member', object: option, property: key }]));
      }
    }
  }
  return open;
}
