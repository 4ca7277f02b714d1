/** Moving lowered code: an item whose text is the same elsewhere in the file is the same but for its spans. */
import type { Item } from './ir.js';

/** A copy of an item with every span moved by `delta`. What the item holds twice, the copy holds twice. */
export function shiftItem(item: Item, delta: number): Item {
  return delta === 0 ? item : shifted(item, delta, new Map());
}

function shifted<T>(value: T, delta: number, known: Map<object, object>): T {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const before = known.get(value);
  if (before !== undefined) {
    return before as T;
  }
  let copy: object;
  if (Array.isArray(value)) {
    copy = value.map((one) => shifted(one, delta, known));
  } else if (isSpan(value)) {
    copy = { start: value.start + delta, end: value.end + delta };
  } else {
    const fields: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(value)) {
      fields[key] = shifted(field, delta, known);
    }
    copy = fields;
  }
  known.set(value, copy);
  return copy as T;
}

function isSpan(value: object): value is { readonly start: number; readonly end: number } {
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}
