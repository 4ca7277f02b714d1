/** Keeping a value out of what is shown: a log line, an error, an answer. */
import type { Place } from '../../base/span.js';
import type { Edit } from './edit.js';
import { removeEntry } from './insert.js';
import { parentExpr, type Sources, sourceOf, spotAt, textAt } from './source.js';

const REDACTED = '[redacted]';

/** An entry among others goes; elsewhere `[redacted]` stands in the value's place. */
export function redact(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source || !spot) return undefined;
  const { path, text } = source;
  if (spot.entry && spot.entry.record.entries.length > 1)
    return [removeEntry(source, spot.entry.record, spot.entry.entry)];
  const literal = source.edits.literal(REDACTED, text);
  if (spot.entry?.entry.shorthand)
    return [{ path, span: spot.entry.entry.span, text: source.edits.entry(spot.entry.entry.key ?? '', literal, text) }];
  const parent = parentExpr(source, spot.expr);
  const { interpolation } = source.edits;
  if (parent?.kind === 'concat' && interpolation) {
    const { start, end } = spot.expr.span;
    const open = text.slice(0, start).match(/\$?\{\s*$/)?.[0];
    const close = text.slice(end).match(/^(?:![rsa])?(?::[^{}'"]*)?\s*\}/)?.[0];
    if (open && close) return [{ path, span: { start: start - open.length, end: end + close.length }, text: REDACTED }];
  }
  return [{ path, span: spot.expr.span, text: literal }];
}

/** An error's name or message in place of the whole error. */
export function errorText(sources: Sources, place: Place): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source || spot?.expr.kind !== 'name' || !source.edits.errorText) return undefined;
  const code = source.edits.errorText(textAt(source, spot.expr.span));
  const { entry } = spot;
  if (entry?.entry.shorthand && entry.entry.key !== undefined)
    return [
      { path: source.path, span: entry.entry.span, text: source.edits.entry(entry.entry.key, code, source.text) },
    ];
  return [{ path: source.path, span: spot.expr.span, text: code }];
}
