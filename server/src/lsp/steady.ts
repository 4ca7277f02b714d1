/**
 * What is shown while a statement is being typed. Half a statement lacks things that are about to be written: what is
 * found there for the first time waits until typing pauses, and while the statement does not parse, what was shown there
 * before stays. What was put right goes at once.
 */
import type { Finding, Span } from '../engine/index.js';
import type { OpenDocument } from './documents.js';
import type { TextEdit } from './engine.js';

/** How long typing must pause for a statement to count as written, in milliseconds. */
export const TYPING_PAUSE = 1000;

/** More text than this at once was not typed. */
const LONGEST_KEYSTROKE = 4;

interface Shown {
  /** Where `findings` stand, moved along with every edit. */
  readonly findings: readonly Finding[];
  /** The last keystroke: when, where, and on which line. */
  readonly typed?: { readonly at: number; readonly offset: number; readonly line: Span };
}

/** Remembers for each open document what is shown, and whether somebody is typing. */
export class SteadyFindings {
  readonly #shownByUri = new Map<string, Shown>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes note of a change of a document. */
  edited({ uri, content, edits }: OpenDocument): void {
    const shown = this.#shownByUri.get(uri);
    if (edits === undefined) {
      this.#shownByUri.delete(uri);
      return;
    }
    const findings = (shown?.findings ?? []).map((finding) => ({ ...finding, span: moved(finding.span, edits) }));
    const [edit] = edits;
    const isKeystroke = edits.length === 1 && edit!.text.length <= LONGEST_KEYSTROKE;
    if (!isKeystroke) return void this.#shownByUri.set(uri, { findings });
    const offset = edit!.start + edit!.text.length;
    const line = lineAt(content.getText(), edit!.start);
    this.#shownByUri.set(uri, { findings, typed: { at: this.#now(), offset, line } });
  }

  closed(uri: string): void {
    this.#shownByUri.delete(uri);
  }

  isTyping(uri: string): boolean {
    const typed = this.#shownByUri.get(uri)?.typed;
    return typed !== undefined && this.#now() - typed.at < TYPING_PAUSE;
  }

  /** What to show now, given what the engine says now. */
  settle(document: OpenDocument, found: readonly Finding[], source: Source): readonly Finding[] {
    const findings = this.#steady(document.uri, found, source);
    this.#shownByUri.set(document.uri, { ...this.#shownByUri.get(document.uri), findings });
    return findings.map((finding) => (found.includes(finding) ? finding : placed(finding, document)));
  }

  /** Whether something is shown otherwise than it is found, because somebody is typing there. */
  holdsBack(uri: string, found: readonly Finding[], source: Source): boolean {
    const findings = this.#steady(uri, found, source);
    return findings.length !== found.length || findings.some((finding) => !found.includes(finding));
  }

  #steady(uri: string, found: readonly Finding[], source: Source): readonly Finding[] {
    const shown = this.#shownByUri.get(uri);
    if (shown?.typed === undefined || !this.isTyping(uri)) return found;
    const { offset, line } = shown.typed;
    return steady(shown.findings, found, union(line, source.statementAt(offset)), source.broken);
  }
}

/** What the engine knows of the text. */
export interface Source {
  /** What does not parse. */
  readonly broken: readonly Span[];
  /** The statement around an offset. */
  statementAt(offset: number): Span;
}

/** In the statement that is being typed, nothing new is shown, and as long as it is broken nothing goes. */
export function steady(
  shown: readonly Finding[],
  found: readonly Finding[],
  typed: Span,
  broken: readonly Span[],
): readonly Finding[] {
  const brokenHere = broken.filter((span) => touches(span, typed));
  const statement = brokenHere.reduce(union, typed);
  const isKnown = (finding: Finding) =>
    shown.some(({ rule, span }) => rule === finding.rule && touches(span, finding.span));
  if (brokenHere.length === 0) return found.filter((finding) => !touches(finding.span, statement) || isKnown(finding));
  const elsewhere = found.filter((finding) => !touches(finding.span, statement));
  const here = shown.filter((finding) => touches(finding.span, statement));
  return [...elsewhere, ...here].sort((a, b) => a.span.start - b.span.start);
}

function moved(span: Span, edits: readonly TextEdit[]): Span {
  return edits.reduce(
    ({ start, end }, edit) => ({ start: movedOffset(start, edit), end: movedOffset(end, edit) }),
    span,
  );
}

function movedOffset(offset: number, edit: TextEdit): number {
  if (offset <= edit.start) return offset;
  return Math.max(edit.start, offset - (edit.end - edit.start)) + edit.text.length;
}

function placed(finding: Finding, { content }: OpenDocument): Finding {
  const { start, end } = finding.span;
  return { ...finding, range: { start: content.positionAt(start), end: content.positionAt(end) } };
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}

function union(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
