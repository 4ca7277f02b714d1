/** The edits that change calls and records: one more argument, one more entry, one less. */
import type { Span } from '../../base/span.js';
import type { Argument, CallExpr, RecordEntry, RecordExpr } from '../../ir/ir.js';
import type { Edit } from './edit.js';
import { beginsLine, indentAt, lineBreak, type Source } from './source.js';

/** An argument more: after the last positional one, or after all. */
export function insertArgument(
  source: Source,
  call: CallExpr,
  code: string,
  where: 'positional' | 'last',
): Edit | undefined {
  const before = where === 'last' ? call.args.at(-1) : call.args.findLast((a) => a.name === undefined);
  if (before) return { ...insertAfter(source, before.span, code), joins: where === 'last' };
  const first = call.args[0];
  if (first) return { path: source.path, span: point(first.span.start), text: `${code}, ` };
  const at = call.span.end - 1;
  if (source.text[at] !== ')') return undefined;
  return { path: source.path, span: point(at), text: code };
}

/** An argument before another one. */
export function insertArgumentBefore(source: Source, argument: Argument, code: string): Edit {
  return { path: source.path, span: point(argument.span.start), text: `${code}, ` };
}

/** An entry more, at the record's end. */
export function insertEntry(source: Source, record: RecordExpr, code: string): Edit | undefined {
  const last = record.entries.at(-1);
  if (last) return { ...insertAfter(source, last.span, code), joins: true };
  const open = source.text.indexOf('{', record.span.start);
  if (open === -1 || open >= record.span.end) return undefined;
  const inner = source.text.slice(open + 1, record.span.end - 1);
  if (inner.trim() !== '') return undefined;
  const [start, end] = source.edits
    .record(['x'])
    .replace(/^[^{]*/, '')
    .split('x') as [string, string];
  const write = (entries: readonly string[]) => start + entries.join(', ') + end;
  return {
    path: source.path,
    span: { start: open, end: record.span.end },
    text: write([code]),
    grows: { entries: [code], write },
  };
}

function insertAfter(source: Source, last: Span, code: string): Edit {
  const isOwnLine = beginsLine(source, last.start);
  const text = isOwnLine ? `,${lineBreak(source)}${indentAt(source, last.start)}${code}` : `, ${code}`;
  return { path: source.path, span: point(last.end), text };
}

/** The span of a list's member with the comma that goes with it. */
export function withComma(source: Source, span: Span, isFirst: boolean): Span {
  const after = /^\s*,[ \t]*/.exec(source.text.slice(span.end));
  const before = /,\s*$/.exec(source.text.slice(0, span.start));
  const isOwnLine = beginsLine(source, span.start);
  if (isOwnLine && after) {
    const lineStart = source.text.lastIndexOf('\n', span.start - 1) + 1;
    const rest = source.text.slice(span.end + after[0].length);
    const lineEnd = /^[ \t]*\r?\n/.exec(rest);
    if (lineEnd) return { start: lineStart, end: span.end + after[0].length + lineEnd[0].length };
  }
  if (before && !isFirst) return { start: span.start - before[0].length, end: span.end };
  if (after) return { start: span.start, end: span.end + after[0].length };
  return span;
}

/** An entry less. */
export function removeEntry(source: Source, record: RecordExpr, entry: RecordEntry): Edit {
  if (record.entries.length === 1) {
    const open = source.text.indexOf('{', record.span.start);
    return { path: source.path, span: { start: open, end: record.span.end }, text: '{}' };
  }
  return { path: source.path, span: withComma(source, entry.span, record.entries[0] === entry), text: '' };
}

/** An argument less. */
export function removeArgument(source: Source, call: CallExpr, argument: Argument): Edit {
  const isOnly = call.args.length === 1;
  const span = isOnly ? argument.span : withComma(source, argument.span, call.args[0] === argument);
  return { path: source.path, span, text: '' };
}

function point(at: number): Span {
  return { start: at, end: at };
}
