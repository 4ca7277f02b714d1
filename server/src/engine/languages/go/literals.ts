/** Text and numbers. */
import type { Expr } from '../../ir/ir.js';
import { type SyntaxNode, spanOf } from '../../syntax/read.js';
import { type Context, opaque, textOf } from './context.js';

/** `"…"` and `` `…` ``. */
export function lowerString(ctx: Context, node: SyntaxNode): Expr {
  return { kind: 'literal', span: spanOf(node), value: stringText(ctx, node) };
}

/** The text that a string literal stands for. */
export function stringText(ctx: Context, node: SyntaxNode): string {
  const written = textOf(ctx, node);
  const quote = written.charAt(0);
  const isClosed = written.length > 1 && written.endsWith(quote);
  const inner = written.slice(1, isClosed ? -1 : undefined);
  return quote === '`' ? inner.replaceAll('\r', '') : decodeEscapes(inner);
}

/** `'a'`: the character as text. */
export function lowerRune(ctx: Context, node: SyntaxNode): Expr {
  return { kind: 'literal', span: spanOf(node), value: decodeEscapes(textOf(ctx, node).slice(1, -1)) };
}

/** An integer of any base, with underscores and the old octal form. */
export function lowerInteger(ctx: Context, node: SyntaxNode): Expr {
  const written = textOf(ctx, node).replaceAll('_', '');
  const oldOctal = /^0[0-7]+$/.test(written);
  return numberOr(node, Number(oldOctal ? `0o${written.slice(1)}` : written));
}

/** A decimal number; hexadecimal and imaginary ones are opaque. */
export function lowerFloat(ctx: Context, node: SyntaxNode): Expr {
  return numberOr(node, Number(textOf(ctx, node).replaceAll('_', '')));
}

function numberOr(node: SyntaxNode, value: number): Expr {
  return Number.isNaN(value) ? opaque(node) : { kind: 'literal', span: spanOf(node), value };
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

const ESCAPE = /\\(?:([abfnrtv\\'"])|([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;

function decodeEscapes(written: string): string {
  if (!written.includes('\\')) return written;
  return written.replace(ESCAPE, (all, simple?: string, octal?: string, ...hexadecimal: (string | undefined)[]) => {
    if (simple !== undefined) return ESCAPES[simple] ?? all;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const digits = hexadecimal.slice(0, 3).find((group) => group !== undefined) ?? '';
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
