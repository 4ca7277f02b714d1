/** Moving lowered code: an item whose text is the same elsewhere in the file is the same but for its spans. */
import type { Span } from '../base/span.js';
import type { Item } from './ir.js';

const spansByItem = new WeakMap<Item, readonly { start: number; end: number }[]>();

/**
 * Moves an item by `delta`, in place: it stays the same object, so that everything that is remembered of its nodes stays
 * valid, and places that share its spans move along. What was computed from the file before the move is dead by then.
 */
export function moveItem(item: Item, delta: number): void {
  if (delta === 0) return;
  let spans = spansByItem.get(item);
  if (!spans) {
    const found = new Set<{ start: number; end: number }>();
    collectSpans(item, found, new Set());
    spans = [...found];
    spansByItem.set(item, spans);
  }
  for (const span of spans) {
    span.start += delta;
    span.end += delta;
  }
}

function collectSpans(value: unknown, found: Set<{ start: number; end: number }>, known: Set<object>): void {
  if (typeof value !== 'object' || value === null || known.has(value)) return;
  known.add(value);
  if (Array.isArray(value)) for (const one of value) collectSpans(one, found, known);
  else if (isSpan(value)) found.add(value);
  else for (const field of Object.values(value)) collectSpans(field, found, known);
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
