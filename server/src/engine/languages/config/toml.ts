/**
 * TOML, read line by line: `smol-toml` keeps no ranges, and stops at the first error. Tables, dotted keys, strings of all
 * four forms, numbers, booleans, arrays and inline tables; what it does not know is passed over to the end of its line.
 */
import type { SettingIR } from '../../ir/ir.js';
import type { ConfigLanguage } from '../language.js';
import { bounded, HASH, lineComments, MAX_DEPTH } from './settings.js';

const KEY_PART = /[ \t]*(?:([\w-]+)|"((?:\\.|[^"\\\n])*)"|'([^'\n]*)')[ \t]*/y;
const SCALAR = /"((?:\\.|[^"\\\n])*)"|'([^'\n]*)'|([^\s,\]}#]+)/y;
/** A value of several lines ends within this, or it was never meant as one. */
const MAX_QUOTED = 16_000;
const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;

export const toml: ConfigLanguage = {
  languageId: 'toml',
  matches: (path) => /\.toml$/i.test(path),
  settings: bounded(tomlSettings),
  comments: (text) => lineComments(text, HASH),
  blank: () => '""',
};

/** The scalar settings of a TOML text. */
export function* tomlSettings(text: string): Iterable<SettingIR> {
  const reader = { text, at: 0 };
  let table: readonly string[] = [];
  while (reader.at < text.length) {
    take(reader, BLANK);
    const start = reader.at;
    if (text[reader.at] === '[') {
      const header = /\[{1,2}/y;
      take(reader, header);
      const key = readKey(reader);
      if (key) table = key.path;
      reader.at = lineEnd(text, start);
      continue;
    }
    const key = readKey(reader);
    if (key && text[reader.at] === '=') {
      reader.at++;
      yield* readValue(reader, [...table, ...key.path], key.span, 0);
    }
    // The rest of the line says nothing that is known.
    reader.at = Math.max(lineEnd(text, reader.at), start + 1);
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (match) reader.at += match[0].length;
  return match;
}

function readKey(reader: Reader): { path: readonly string[]; span: { start: number; end: number } } | undefined {
  const path: string[] = [];
  const start = reader.at;
  let end = start;
  for (;;) {
    const part = take(reader, KEY_PART);
    if (!part || path.length > MAX_DEPTH) return undefined;
    path.push(part[1] ?? part[2] ?? part[3] ?? '');
    end = reader.at - (part[0].length - part[0].trimEnd().length);
    if (reader.text[reader.at] !== '.') return { path, span: { start, end } };
    reader.at++;
  }
}

function* readValue(
  reader: Reader,
  path: readonly string[],
  keySpan: { start: number; end: number },
  depth: number,
): Iterable<SettingIR> {
  take(reader, /[ \t]*/y);
  const opening = reader.text[reader.at];
  if (opening === '[' || opening === '{') {
    const closing = opening === '[' ? ']' : '}';
    reader.at++;
    for (let i = 0; depth < MAX_DEPTH; i++) {
      take(reader, BLANK);
      const char = reader.text[reader.at];
      if (char === undefined) return;
      if (char === closing) break;
      const before = reader.at;
      if (opening === '{') {
        const key = readKey(reader);
        if (!key || reader.text[reader.at] !== '=') return;
        reader.at++;
        yield* readValue(reader, [...path, ...key.path], key.span, depth + 1);
      } else yield* readValue(reader, [...path, String(i)], keySpan, depth + 1);
      take(reader, BLANK);
      if (reader.text[reader.at] === ',') reader.at++;
      if (reader.at === before) return;
    }
    reader.at++;
    return;
  }
  const start = reader.at;
  const long = takeLong(reader);
  const match = long === undefined ? take(reader, SCALAR) : undefined;
  if (match === null) return;
  const [, basic, literal, bare] = match ?? [];
  const valueSpan = { start, end: reader.at };
  if (bare !== undefined) yield { path, keySpan, value: bareValue(bare), valueSpan };
  else {
    const value = long ?? literal ?? unescaped(basic ?? '');
    yield { path, keySpan, value, valueSpan };
  }
}

/** A string of several lines, between three quotes. */
function takeLong(reader: Reader): string | undefined {
  const { text, at } = reader;
  const quotes = text.slice(at, at + 3);
  if (quotes !== '"""' && quotes !== "'''") return undefined;
  const length = text.slice(at + 3, at + MAX_QUOTED).indexOf(quotes);
  if (length === -1) return undefined;
  reader.at = at + length + 6;
  const inner = text.slice(at + 3, at + 3 + length).replace(/^\r?\n/, '');
  return quotes === "'''" ? inner : unescaped(inner);
}

function bareValue(written: string): SettingIR['value'] {
  if (written === 'true' || written === 'false') return written === 'true';
  const number = Number(written.replaceAll('_', ''));
  return Number.isNaN(number) ? written : number;
}

function unescaped(inner: string): string {
  return inner
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\([nrt"\\])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
