/** `.env` files: `KEY=value`, quotes, `export`, comments, values of several lines. */
import type { SettingIR } from '../../ir/ir.js';
import type { ConfigLanguage } from '../language.js';
import { bounded, fileName, HASH, lineComments } from './settings.js';

const KEY = /[ \t]*(?:(?:export|set|setenv)[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t]))[ \t]*/y;
/** A quoted value of several lines ends within this, or it was never meant as one. */
const MAX_QUOTED = 16_000;

export const dotenv: ConfigLanguage = {
  languageId: 'dotenv',
  matches: (path) =>
    /^(?:\.env(?:\..*|rc)?|.+\.env|(?:.*\.)?env[.\-_](?:.*[.\-_])?(?:example|template|sample|tmpl|tpl|dist|defaults?))$/i.test(
      fileName(path),
    ),
  settings: bounded(environmentSettings),
  comments: (text) => lineComments(text, HASH),
  blank: () => '',
};

/** The settings of an environment file's text. */
export function* environmentSettings(text: string): Iterable<SettingIR> {
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    KEY.lastIndex = at;
    const match = KEY.exec(text);
    if (match === null || KEY.lastIndex > end) {
      at = end + 1;
      continue;
    }
    const key = match[1] as string;
    const keyStart = at + match[0].indexOf(key);
    const value = readValue(text, KEY.lastIndex, end);
    yield {
      path: [key],
      keySpan: { start: keyStart, end: keyStart + key.length },
      value: value.value,
      valueSpan: { start: KEY.lastIndex, end: value.end },
    };
    at = lineEnd(text, value.end) + 1;
  }
}

function readValue(text: string, start: number, end: number): { value: string; end: number } {
  const quote = text[start];
  if (quote === '"' || quote === "'" || quote === '`') {
    const limit = Math.min(text.length, start + MAX_QUOTED);
    for (let i = start + 1; i < limit; i++) {
      if (text[i] === '\\' && quote !== "'") i++;
      else if (text[i] === quote) {
        const inner = text.slice(start + 1, i);
        return { value: quote === '"' ? unescaped(inner) : inner, end: i + 1 };
      }
    }
  }
  const line = text.slice(start, end);
  const comment = /(?:^|\s)#/.exec(line);
  const value = (comment === null ? line : line.slice(0, comment.index)).trimEnd();
  return { value, end: start + value.length };
}

function unescaped(inner: string): string {
  return inner.replace(/\\([nrt"\\$])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
