/** Fingerprints that belong to code and not to line numbers (`f1:…` for findings, `r1:…` for verdicts). */
import { hash } from '../base/hash.js';
import type { Span } from '../base/span.js';
import type { FileIndex } from '../semantics/file-index.js';

/** The leaf tokens of a stretch of text, without comments and white space. */
export function leafTokens(index: FileIndex, text: string, span: Span): readonly string[] {
  let clean = '';
  let at = span.start;
  for (const comment of index.file.comments) {
    if (comment.span.end <= at || comment.span.start >= span.end) continue;
    clean += `${text.slice(at, Math.max(at, comment.span.start))} `;
    at = comment.span.end;
  }
  clean += text.slice(at, span.end);
  return (
    clean
      .match(/[\p{L}\p{N}_$]+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^\s]/gu)
      ?.filter((token) => token !== ',' && token !== ';') ?? []
  );
}

/** The span of the smallest statement, field or setting around an offset. */
export function statementAround(index: FileIndex, span: Span, text: string): Span {
  let best: Span | undefined;
  for (const stmt of index.statements) {
    const s = stmt.kind === 'if' || stmt.kind === 'loop' || stmt.kind === 'try' ? headOf(stmt.span, text) : stmt.span;
    if (s.start <= span.start && span.end <= s.end && (!best || s.end - s.start < best.end - best.start)) best = s;
  }
  if (best) return best;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = text.indexOf('\n', span.end);
  return { start, end: end === -1 ? text.length : end };
}

function headOf(span: Span, text: string): Span {
  const end = text.indexOf('\n', span.start);
  return { start: span.start, end: end === -1 || end > span.end ? span.end : end };
}

/** The class and function around an offset, by name. */
export function containerOf(index: FileIndex, offset: number): string {
  const names: { start: number; name: string }[] = [];
  for (const owner of [...index.classes, ...index.functions]) {
    if (owner.name && owner.span.start <= offset && offset < owner.span.end)
      names.push({ start: owner.span.start, name: owner.name });
  }
  return names
    .sort((a, b) => a.start - b.start)
    .map((n) => n.name)
    .join('.');
}

/** A finding's fingerprint, before the counter for equal ones. */
export function findingKey(rule: string, index: FileIndex, text: string, span: Span): string {
  const statement = statementAround(index, span, text);
  return `${rule}\n${containerOf(index, span.start)}\n${leafTokens(index, text, statement).join(' ')}`;
}

/** `f1:` and the hash of a key and its counter. */
export function findingFingerprint(key: string, counter: number): string {
  return `f1:${hash(counter === 0 ? key : `${key}\n${counter}`)}`;
}

/** `r1:` and the hash of an item, its verdict and the sorted tokens of what it rests on. */
export function reviewFingerprint(item: string, verdict: string, tokens: readonly string[]): string {
  return `r1:${hash(`${item}\n${verdict}\n${[...tokens].sort().join('\n')}`)}`;
}
