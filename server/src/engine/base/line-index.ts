/** Offsets to lines and back, for one text. */
import type { Span } from './span.js';

export interface LineIndex {
  /** 0-based line and UTF-16 character of an offset; offsets past the end are the end. */
  position(offset: number): { line: number; character: number };
  range(span: Span): { start: { line: number; character: number }; end: { line: number; character: number } };
  /** The offset at which a 0-based line begins. */
  lineStart(line: number): number;
  /** The text of a 0-based line, without its end. */
  lineText(line: number): string;
  readonly lineCount: number;
}

/** Builds the index in one pass over the text. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const position = (offset: number) => {
    const wanted = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: wanted - (starts[low] as number) };
  };
  return {
    position,
    range: (span) => ({ start: position(span.start), end: position(span.end) }),
    lineStart: (line) => starts[Math.min(line, starts.length - 1)] ?? 0,
    lineText(line) {
      const start = starts[line] ?? text.length;
      const end = (starts[line + 1] ?? text.length + 1) - 1;
      return text.slice(start, end).replace(/\r$/, '');
    },
    lineCount: starts.length,
  };
}
