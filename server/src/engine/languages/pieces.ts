/**
 * A text that does not parse, cut where top-level code begins by its layout: at the first column. A parser that meets a
 * statement being typed makes fragments of all that follows; piece by piece, only the broken one is broken, and nothing
 * else has to be parsed again at the next key.
 */
import type { Span } from '../base/span.js';
import type { BracketRules } from '../syntax/closers.js';

/** What goes on with a statement, although it stands in the first column. */
const CONTINUES = /^(?:[\s})\];,.+*|&?:=<>]|else\b|elif\b|except\b|finally\b|catch\b)/;

/** The pieces of a text, in order, without gaps. */
export function piecesOf(text: string, rules: BracketRules | undefined): readonly Span[] {
  const starts: number[] = [];
  const strings = rules?.longStrings ?? [];
  let inside: string | undefined;
  let afterDecorator = false;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    const line = text.slice(at, end);
    if (inside === undefined && !CONTINUES.test(line)) {
      if (!afterDecorator) starts.push(at);
      afterDecorator = line.startsWith('@');
    }
    inside = stringAfter(line, strings, inside);
    at = end;
  }
  return starts.map((start, i) => ({ start: i === 0 ? 0 : start, end: starts[i + 1] ?? text.length }));
}

/** The long string that is still open at the end of a line. */
function stringAfter(line: string, strings: readonly string[], open: string | undefined): string | undefined {
  let inside = open;
  for (let at = 0; at < line.length; ) {
    const delimiter = inside ?? strings.find((s) => line.startsWith(s, at));
    if (delimiter !== undefined && line.startsWith(delimiter, at) && line[at - 1] !== '\\') {
      inside = inside === undefined ? delimiter : undefined;
      at += delimiter.length;
    } else at++;
  }
  return inside;
}
