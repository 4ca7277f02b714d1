/** Composite literals: a record where elements have keys, a list where they have none. */
import type { Expr, RecordEntry } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { type Context, deeper, opaque, textOf } from './context.js';
import { lowerExpression, lowerOptional } from './expressions.js';
import { lowerType } from './types.js';

/** `T{…}`. */
export function lowerComposite(ctx: Context, node: SyntaxNode): Expr {
  const body = child(node, 'body');
  if (body === undefined) return opaque(node);
  return { ...lowerElements(ctx, body, child(node, 'type')), span: spanOf(node) };
}

/** `{…}` of a type that is written before it, or that the type around it says. */
export function lowerElements(ctx: Context, body: SyntaxNode, type: SyntaxNode | undefined): Expr {
  return deeper(
    ctx,
    () => opaque(body),
    () => lowerBody(ctx, body, type),
  );
}

function lowerBody(ctx: Context, body: SyntaxNode, type: SyntaxNode | undefined): Expr {
  const elements = namedChildren(body);
  const typed = type === undefined ? {} : { type: lowerType(ctx, type) };
  const isSequence = type !== undefined && SEQUENCES.has(type.type);
  const hasKeys = elements.some((element) => element.type === 'keyed_element');
  const isRecord = !isSequence && (hasKeys || elements.length === 0);
  const span = spanOf(body);
  if (isRecord) {
    const entries = elements.map((element) => lowerEntry(ctx, element, type));
    return { kind: 'record', span, entries, ...typed };
  }
  const items = elements.map((element) => ({ value: lowerElement(ctx, valuePart(element), elementType(type)) }));
  return { kind: 'list', span, items, ...typed };
}

const SEQUENCES: ReadonlySet<string> = new Set(['slice_type', 'array_type', 'implicit_length_array_type']);

function valuePart(element: SyntaxNode): SyntaxNode {
  return element.type === 'keyed_element' ? (child(element, 'value') ?? element) : element;
}

/** What the elements of a slice, an array or a map need not say again. */
function elementType(type: SyntaxNode | undefined): SyntaxNode | undefined {
  if (type === undefined) return undefined;
  const element = type.type === 'map_type' ? child(type, 'value') : child(type, 'element');
  return element?.type === 'pointer_type' ? namedChildren(element)[0] : element;
}

function lowerElement(ctx: Context, node: SyntaxNode, type: SyntaxNode | undefined): Expr {
  const inner = node.type === 'literal_element' ? namedChildren(node)[0] : node;
  if (inner?.type === 'literal_value') return lowerElements(ctx, inner, type);
  return lowerOptional(ctx, node, inner);
}

/** A plain name is a field, but in a map it is a variable. */
function lowerEntry(ctx: Context, element: SyntaxNode, type: SyntaxNode | undefined): RecordEntry {
  const span = spanOf(element);
  const key = child(element, 'key');
  const keyNode = key === undefined ? undefined : (namedChildren(key)[0] ?? key);
  const value = lowerElement(ctx, valuePart(element), elementType(type));
  if (keyNode === undefined) return { span, value };
  const isField = keyNode.type === 'identifier' && type?.type !== 'map_type';
  if (isField) return { span, key: textOf(ctx, keyNode), keySpan: spanOf(keyNode), value };
  const lowered = lowerExpression(ctx, keyNode);
  const isKnown = lowered.kind === 'literal' && lowered.value !== null;
  if (isKnown) return { span, key: String(lowered.value), keySpan: spanOf(keyNode), value };
  return { span, computedKey: lowered, value };
}
