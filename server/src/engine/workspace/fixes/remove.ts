/** Taking things out: an option, an argument, an entry, an item, a word. */
import type { Place } from '../../base/span.js';
import type { Expr, RecordExpr } from '../../ir/ir.js';
import { planText } from './words.js';
import type { Edit } from './edit.js';
import { removeArgument, removeEntry, withComma } from './insert.js';
import { parentExpr, type Source, type Sources, sourceOf, type Spot, spotAt, withHolder } from './source.js';

/** Takes out what stands at a place, with what would be left empty around it; a switch by itself is turned over. */
export function removeAt(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source || !spot) return undefined;
  const edit = removeSpot(source, spot) ?? removeWrite(source, spot.expr) ?? turnOver(source, spot.expr);
  return edit && [edit];
}

/** Takes out several: entries of one record go with one another. */
export function removeAllAt(sources: Sources, places: readonly Place[]): readonly Edit[] | undefined {
  if (places.length === 0) return undefined;
  const edits: Edit[] = [];
  const done = new Set<RecordExpr>();
  for (const place of places) {
    const source = sourceOf(sources, place.path);
    const spot = source && spotAt(source, place);
    if (!source || !spot) return undefined;
    const record = spot.entry?.record;
    if (!record) {
      const made = removeAt(sources, place);
      if (!made) return undefined;
      edits.push(...made);
      continue;
    }
    if (done.has(record)) continue;
    done.add(record);
    const gone = places
      .filter((other) => other.path === place.path)
      .map((other) => spotAt(source, other)?.entry)
      .filter((entry) => entry?.record === record)
      .map((entry) => entry?.entry);
    const kept = record.entries.findIndex((entry) => !gone.includes(entry));
    if (kept === -1) return undefined;
    record.entries.forEach((entry, i) => {
      if (!gone.includes(entry)) return;
      edits.push({ path: source.path, span: withComma(source, entry.span, i < kept), text: '' });
    });
  }
  return edits;
}

/** `payload.email = …`: the whole statement goes. */
function removeWrite(source: Source, expr: Expr): Edit | undefined {
  const parent = source.index.parentOf(expr);
  if (!parent || !('kind' in parent) || parent.kind !== 'let' || parent.target.kind !== 'place') return undefined;
  if (parent.value !== expr || parent.declares !== undefined) return undefined;
  const list = source.index.listOf(parent);
  if (!list || list.length < 2) return undefined;
  const start = source.text.lastIndexOf('\n', parent.span.start - 1) + 1;
  const end = source.text.indexOf('\n', parent.span.end);
  return { path: source.path, span: { start, end: end === -1 ? source.text.length : end + 1 }, text: '' };
}

function removeSpot(source: Source, spot: Spot): Edit | undefined {
  if (spot.entry) {
    const { record, entry } = spot.entry;
    if (record.entries.length > 1) return removeEntry(source, record, entry);
    const around = withHolder(source, { expr: record });
    const canGo = around.argument ? isLastOrNamed(around.argument) : around.entry !== undefined;
    return canGo ? removeSpot(source, around) : removeEntry(source, record, entry);
  }
  if (spot.argument) {
    const { call, argument } = spot.argument;
    return isLastOrNamed(spot.argument) ? removeArgument(source, call, argument) : undefined;
  }
  const parent = parentExpr(source, spot.expr);
  if (parent?.kind === 'list' && parent.items.length > 1)
    return {
      path: source.path,
      span: withComma(source, spot.expr.span, parent.items[0]?.value === spot.expr),
      text: '',
    };
  return undefined;
}

/** An argument before others gives its place a meaning; that one stays. */
function isLastOrNamed({ call, argument }: NonNullable<Spot['argument']>): boolean {
  return argument.name !== undefined || call.args.filter((a) => a.name === undefined).at(-1) === argument;
}

function turnOver(source: Source, expr: Expr): Edit | undefined {
  if (expr.kind !== 'literal' || typeof expr.value !== 'boolean') return undefined;
  return { path: source.path, span: expr.span, text: source.edits.literal(!expr.value, source.text) };
}

/** Takes words out of the list, or the text with spaces, that stands at a place; something must be left. */
export function dropWords(
  sources: Sources,
  place: Place,
  words: readonly string[],
  instead?: string,
): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source || !spot) return undefined;
  const { expr } = spot;
  const parent = parentExpr(source, expr);
  const list = expr.kind === 'list' ? expr : parent?.kind === 'list' ? parent : undefined;
  if (list) {
    const isGone = (item: Expr) =>
      item.kind === 'literal' && typeof item.value === 'string' && words.includes(item.value);
    const gone = list.items.filter((item) => isGone(item.value));
    const [first] = gone;
    if (instead !== undefined && first && gone.length === 1)
      return [{ path: source.path, span: first.value.span, text: source.edits.literal(instead, source.text) }];
    if (gone.length > 0 && gone.length === list.items.length) return undefined;
    if (gone.length > 0) return removeItems(source, list.items, isGone);
  }
  return planText(source, expr, words, instead);
}

/** Neighbours go with one edit. */
function removeItems(
  source: Source,
  items: readonly { readonly value: Expr }[],
  isGone: (item: Expr) => boolean,
): readonly Edit[] {
  const edits: Edit[] = [];
  const kept = items.findIndex((item) => !isGone(item.value));
  items.forEach(({ value }, i) => {
    if (!isGone(value)) return;
    edits.push({ path: source.path, span: withComma(source, value.span, i < kept), text: '' });
  });
  return edits;
}
