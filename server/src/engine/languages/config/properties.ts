/** Java's `.properties`: `a.b=c`, `a.b: c`, continued lines. The path is the key's dotted parts, as YAML nests them. */
import type { SettingIR } from '../../ir/ir.js';
import type { ConfigLanguage } from '../language.js';
import { bounded, lineComments, variableName } from './settings.js';

const LINE = /^([ \t]*)((?:\\.|[^\s=:\\#!])(?:\\.|[^\s=:\\])*)([ \t]*[=:][ \t]*|[ \t]+|(?=\r?$))/;

export const properties: ConfigLanguage = {
  languageId: 'properties',
  matches: (path) => /\.properties$/i.test(path),
  settings: bounded(propertySettings),
  comments: (text) => lineComments(text, /^\s*[#!]/),
  blank: (setting) => `\${${variableName(setting)}}`,
};

function* propertySettings(text: string): Iterable<SettingIR> {
  let at = 0;
  while (at < text.length) {
    const start = at;
    let end = lineEnd(text, at);
    const match = LINE.exec(text.slice(start, end));
    at = end + 1;
    if (match === null) continue;
    while (continues(text.slice(start, end)) && end < text.length) end = lineEnd(text, end + 1);
    at = end + 1;
    const [whole, indent = '', key = ''] = match;
    const valueStart = start + whole.length;
    const value = text.slice(valueStart, end).trimEnd();
    yield {
      path: plain(key).split('.'),
      keySpan: { start: start + indent.length, end: start + indent.length + key.length },
      value: plain(value.replace(/\\\r?\n[ \t]*/g, '')),
      valueSpan: { start: valueStart, end: valueStart + value.length },
    };
  }
}

function continues(line: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\\r?$/.test(line.slice(-40));
}

function plain(written: string): string {
  return written
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\([nrtf]|.)/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t', f: '\f' })[char] ?? char);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
