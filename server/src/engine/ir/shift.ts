/** Moving lowered code: an item whose text is the same elsewhere in the file is the same but for its spans. */
import type { Span } from '../base/span.js';
import type { Item } from './ir.js';

/** A copy of an item with every span moved by `delta`. What the item holds twice, the copy holds twice. */
export function shiftItem(item: Item, delta: number): Item {
  return delta === 0 ? item : mapped(item, ({ start, end }) => ({ start: start + delta, end: end + delta }), new Map());
}

/** A copy of an item with no span beyond the end of the text. */
export function clampItem(item: Item, limit: number): Item {
  const clamp = ({ start, end }: Span) => ({ start: Math.min(start, limit), end: Math.min(end, limit) });
  return item.span.end <= limit ? item : mapped(item, clamp, new Map());
}

function mapped<T>(value: T, move: (span: Span) => Span, known: Map<object, object>): T {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const before = known.get(value);
  if (before !== undefined) {
    return before as T;
  }
  let copy: object;
  if (Array.isArray(value)) {
    copy = value.map((one) => mapped(one, move, known));
  } else if (isSpan(value)) {
    copy = move(value);
  } else {
    const fields: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(value)) {
      fields[key] = mapped(field, move, known);
    }
    copy = fields;
  }
  known.set(value, copy);
  return copy as T;
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}
