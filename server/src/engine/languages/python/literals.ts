/** Text and numbers: prefixes, escapes, f-strings, implicit concatenation. */
import type { Expr, LiteralExpr } from '../../ir/ir.js';
import { child, hasToken, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { type Context, opaque, textOf } from './context.js';
import { lowerExpression } from './expressions.js';

/** `"…"`, `b'…'`, `r"…"`, `f"…"`: a literal, or a `concat` when something is interpolated. */
export function lowerString(ctx: Context, node: SyntaxNode): Expr {
  const pieces = piecesOf(ctx, node);
  const [only] = pieces;
  if (only === undefined) return { kind: 'literal', span: spanOf(node), value: '' };
  if (pieces.length === 1 && only.kind === 'literal') return { ...only, span: spanOf(node) };
  return { kind: 'concat', span: spanOf(node), parts: pieces };
}

/** `"a" "b"`: one literal when all are, else a `concat` of all their parts. */
export function lowerConcatenatedString(ctx: Context, node: SyntaxNode): Expr {
  const pieces = namedChildren(node).flatMap((part) => (part.type === 'string' ? piecesOf(ctx, part) : []));
  const texts = pieces.filter((piece): piece is LiteralExpr => piece.kind === 'literal');
  if (texts.length === pieces.length) {
    return { kind: 'literal', span: spanOf(node), value: texts.map((text) => text.value).join('') };
  }
  return { kind: 'concat', span: spanOf(node), parts: pieces };
}

/** An integer of any base, with underscores or Python 2's suffix and octal form. */
export function lowerInteger(ctx: Context, node: SyntaxNode): Expr {
  const written = textOf(ctx, node).replaceAll('_', '').replace(/[lL]$/, '');
  const oldOctal = /^0[0-7]+$/.test(written);
  return numberOr(node, Number(oldOctal ? `0o${written.slice(1)}` : written));
}

/** A decimal number; imaginary numbers are opaque. */
export function lowerFloat(ctx: Context, node: SyntaxNode): Expr {
  return numberOr(node, Number(textOf(ctx, node).replaceAll('_', '')));
}

/** The text of a string node when it is one plain literal. */
export function plainText(ctx: Context, node: SyntaxNode): string | undefined {
  if (node.type !== 'string') return undefined;
  const lowered = lowerString(ctx, node);
  return lowered.kind === 'literal' && typeof lowered.value === 'string' ? lowered.value : undefined;
}

function numberOr(node: SyntaxNode, value: number): Expr {
  return Number.isNaN(value) ? opaque(node) : { kind: 'literal', span: spanOf(node), value };
}

function piecesOf(ctx: Context, node: SyntaxNode): Expr[] {
  const children = namedChildren(node);
  const opening = children[0];
  if (opening?.type !== 'string_start') return [];
  const prefix = textOf(ctx, opening)
    .replace(/["']+$/, '')
    .toLowerCase();
  if (!prefix.includes('f') && !prefix.includes('t')) return [wholeText(ctx, node, prefix)];
  return children.flatMap((child) => interpolatedPieces(ctx, child, prefix));
}

function wholeText(ctx: Context, node: SyntaxNode, prefix: string): LiteralExpr {
  const opening = namedChildren(node)[0];
  const closing = namedChildren(node).at(-1);
  const start = opening?.end ?? node.start;
  const end = closing?.type === 'string_end' ? closing.start : node.end;
  return { kind: 'literal', span: spanOf(node), value: decodeEscapes(ctx.text.slice(start, end), prefix) };
}

function interpolatedPieces(ctx: Context, child: SyntaxNode, prefix: string): Expr[] {
  if (child.type === 'string_content') {
    const written = textOf(ctx, child).replaceAll('{{', '{').replaceAll('}}', '}');
    return [{ kind: 'literal', span: spanOf(child), value: decodeEscapes(written, prefix) }];
  }
  if (child.type === 'interpolation' || child.type === 'format_expression') return interpolation(ctx, child);
  return [];
}

/** The value, and what its format specifier computes: a format changes how a value looks, not what flows. */
function interpolation(ctx: Context, node: SyntaxNode): Expr[] {
  const expression = child(node, 'expression');
  if (expression === undefined) return [];
  const pieces: Expr[] = [];
  const showsItself = hasToken(node, '=');
  if (showsItself) pieces.push({ kind: 'literal', span: spanOf(expression), value: `${textOf(ctx, expression)}=` });
  pieces.push(lowerExpression(ctx, expression));
  const format = child(node, 'format_specifier');
  if (format === undefined) return pieces;
  return pieces.concat(namedChildren(format).flatMap((part) => interpolatedPieces(ctx, part, '')));
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

const ESCAPE = /\\(?:\r?\n|([abfnrtv\\'"])|([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;

function decodeEscapes(written: string, prefix: string): string {
  if (prefix.includes('r') || !written.includes('\\')) return written;
  return written.replace(ESCAPE, (all, simple?: string, octal?: string, ...hexadecimal: (string | undefined)[]) => {
    if (simple !== undefined) return ESCAPES[simple] ?? all;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const digits = hexadecimal.slice(0, 3).find((group) => group !== undefined);
    if (digits === undefined) return '';
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
