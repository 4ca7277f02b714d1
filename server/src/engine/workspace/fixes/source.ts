/** One file as fixes see it: its text, its names, its language's way to write. */
import type { Place, Span } from '../../base/span.js';
import type { Argument, CallExpr, Expr, RecordEntry, RecordExpr, Stmt } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { LanguageEdits } from '../../languages/language.js';
import type { FileIndex } from '../../semantics/file-index.js';
import type { Semantics } from '../../semantics/semantics.js';
import type { FileState } from '../project.js';

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly index: FileIndex;
  readonly edits: LanguageEdits;
  readonly s: Semantics;
}

export interface Sources {
  readonly files: ReadonlyMap<string, FileState>;
  readonly s: Semantics;
}

/** A file that fixes can be written in. */
export function sourceOf({ files, s }: Sources, path: string): Source | undefined {
  const state = files.get(path);
  const edits = state?.language?.edits;
  return state && edits ? { path, text: state.text, index: state.index(), edits, s } : undefined;
}

/** The text of a span. */
export function textAt(source: Source, span: Span): string {
  return source.text.slice(span.start, span.end);
}

/** The white space before the first character of a line. */
export function indentAt(source: Source, at: number): string {
  const start = source.text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(source.text.slice(start))?.[0] ?? '';
}

/** Whether nothing but white space stands before it on its line. */
export function beginsLine(source: Source, at: number): boolean {
  return source.text.slice(source.text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}

/** The line break that the file has. */
export function lineBreak(source: Source): string {
  return source.text.includes('\r\n') ? '\r\n' : '\n';
}

/** What stands at a place: the expression with that span, or the argument or entry whose span it is. */
export interface Spot {
  readonly expr: Expr;
  readonly argument?: { readonly call: CallExpr; readonly argument: Argument };
  readonly entry?: { readonly record: RecordExpr; readonly entry: RecordEntry };
}

const same = (a: Span, b: Span) => a.start === b.start && a.end === b.end;

/** The spot at a place; the outermost expression that has just this span. */
export function spotAt(source: Source, { span }: Place): Spot | undefined {
  let spot: Spot | undefined;
  for (const expr of source.index.expressions) {
    if (same(expr.span, span)) {
      spot = { expr };
      break;
    }
    if (expr.kind === 'call') {
      const argument = expr.args.find((a) => same(a.span, span) || (a.nameSpan && same(a.nameSpan, span)));
      if (argument) spot ??= { expr: argument.value, argument: { call: expr, argument } };
    }
    if (expr.kind === 'record') {
      const entry = expr.entries.find((e) => same(e.span, span) || (e.keySpan && same(e.keySpan, span)));
      if (entry) spot ??= { expr: entry.value, entry: { record: expr, entry } };
    }
  }
  return spot && withHolder(source, spot);
}

/** An expression with the argument or entry that it is the value of. */
export function withHolder(source: Source, spot: Spot): Spot {
  if (spot.argument || spot.entry) return spot;
  const parent = source.index.parentOf(spot.expr);
  if (!parent || !('kind' in parent)) return spot;
  if (parent.kind === 'call') {
    const argument = parent.args.find((a) => a.value === spot.expr);
    return argument ? { ...spot, argument: { call: parent, argument } } : spot;
  }
  if (parent.kind === 'record') {
    const entry = parent.entries.find((e) => e.value === spot.expr);
    return entry ? { ...spot, entry: { record: parent, entry } } : spot;
  }
  return spot;
}

/** The parent that is an expression. */
export function parentExpr(source: Source, node: IrNode): Expr | undefined {
  const parent = source.index.parentOf(node);
  if (!parent || !('kind' in parent) || source.index.listOf(parent)) return undefined;
  return parent as Expr;
}

/** The statement around a node, and whether the node is all that it says. */
export function statementOf(source: Source, node: IrNode): Stmt | undefined {
  return source.index.statementOf(node);
}

/** What makes a line of its own after the line on which a statement ends. */
export function lineAfter(source: Source, stmt: Span, code: string): { readonly at: number; readonly text: string } {
  const end = source.text.indexOf('\n', stmt.end);
  const at = end === -1 ? source.text.length : source.text[end - 1] === '\r' ? end - 1 : end;
  const indent = indentAt(source, stmt.start);
  return {
    at,
    text: code
      .split('\n')
      .map((line) => `${lineBreak(source)}${line && indent}${line}`)
      .join(''),
  };
}

/** What makes a line of its own before a statement. */
export function lineBefore(source: Source, stmt: Span, code: string): { readonly at: number; readonly text: string } {
  const at = source.text.lastIndexOf('\n', stmt.start - 1) + 1;
  const indent = indentAt(source, stmt.start);
  return {
    at,
    text: code
      .split('\n')
      .map((line) => `${line && indent}${line}${lineBreak(source)}`)
      .join(''),
  };
}
