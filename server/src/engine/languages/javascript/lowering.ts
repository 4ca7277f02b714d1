/** What every part of the lowering carries along: the text, and how deep it is. */
import type { Span } from '../../base/span.js';
import type { Expr, NameExpr, OpaqueExpr } from '../../ir/ir.js';
import { type SyntaxNode, spanOf } from '../../syntax/read.js';

/** One item being lowered. */
export interface Lowering {
  readonly text: string;
  /** How many expressions and statements enclose the current one. */
  depth: number;
}

/** Code nested deeper than this is `opaque`: nobody writes it, and the stack is finite. */
export const MAX_DEPTH = 400;

/** Runs one level deeper; too deep gives the other answer. */
export function deeper<T>(lowering: Lowering, lower: () => T, tooDeep: () => T): T {
  if (lowering.depth >= MAX_DEPTH) {
    return tooDeep();
  }
  lowering.depth++;
  try {
    return lower();
  } finally {
    lowering.depth--;
  }
}

/** The source text of a node. */
export function textOf(node: SyntaxNode, lowering: Lowering): string {
  return lowering.text.slice(node.start, node.end);
}

/** A name expression with the text of a node. */
export function nameOf(node: SyntaxNode, lowering: Lowering): NameExpr {
  return { kind: 'name', span: spanOf(node), name: textOf(node, lowering) };
}

/** What is not understood; the expressions inside stay. */
export function opaque(node: SyntaxNode, children: readonly Expr[] = []): OpaqueExpr {
  return { kind: 'opaque', span: spanOf(node), children };
}

/** The empty span where a node begins: the place of a name that is not written. */
export function startOf(node: SyntaxNode): Span {
  return { start: node.start, end: node.start };
}
