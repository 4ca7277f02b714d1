/** Ignore-comments: `authlens-ignore RULE [until YYYY-MM-DD] -- REASON`. */
import type { Span } from '../base/span.js';
import type { FileIndex } from '../semantics/file-index.js';

export interface Suppression {
  readonly span: Span;
  readonly rule: string;
  readonly until: string | undefined;
  readonly reason: string | undefined;
  /** The text that it covers. */
  readonly covers: Span;
}

const FORM =
  /^\s*authlens-ignore(?:\s+(?!--|until\b)([\w*-]+))?(?:\s+until\s+(\d{4}-\d{2}-\d{2}))?(?:\s+--\s*(.*\S))?\s*$/;

/** The ignore-comments of a file and what each covers: the next statement if alone on its line, else its line. */
export function suppressionsOf(index: FileIndex, text: string): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const comment of index.file.comments) {
    if (!comment.text.includes('authlens-ignore')) continue;
    const match = FORM.exec(comment.text);
    if (!match) continue;
    found.push({
      span: comment.span,
      rule: match[1] ?? '',
      until: match[2],
      reason: match[3],
      covers: comment.alone ? coveredAfter(index, comment.span.end) : lineAround(text, comment.span),
    });
  }
  return found;
}

function lineAround(text: string, span: Span): Span {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = text.indexOf('\n', span.end);
  return { start, end: end === -1 ? text.length : end };
}

/** The outermost statement, declaration, member or setting that begins at or after an offset, the nearest of them. */
export function coveredAfter(index: FileIndex, offset: number): Span {
  let best: Span | undefined;
  for (const span of coverCandidates(index)) {
    if (span.start < offset) continue;
    if (!best || span.start < best.start || (span.start === best.start && span.end > best.end)) best = span;
  }
  return best ?? { start: offset, end: offset };
}

/** What a comment alone on its line can cover. */
export function* coverCandidates(index: FileIndex): Iterable<Span> {
  for (const stmt of index.statements) yield stmt.span;
  for (const fn of index.functions) {
    const [decorator] = fn.decorators;
    yield decorator ? { start: decorator.span.start, end: fn.span.end } : fn.span;
  }
  for (const cls of index.classes) for (const field of cls.fields) yield field.span;
  for (const expr of index.expressions) if (expr.kind === 'record') for (const entry of expr.entries) yield entry.span;
  for (const { keySpan, valueSpan } of index.file.settings)
    yield { start: keySpan.start, end: Math.max(keySpan.end, valueSpan.end) };
}
