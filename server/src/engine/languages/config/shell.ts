/** Settings in shell commands and Dockerfiles, as setup instructions show them. */
import type { SettingIR } from '../../ir/ir.js';

/** `KEY=value` as a word of its own: after `export`, `-e`, `--from-literal=`, `config:set`, before a command. */
const ASSIGNMENT =
  /(?<=^|[\s;&|(]|--from-literal=|--env=|-e)((?:\$env:)?)([A-Za-z_][A-Za-z0-9_]*)[ \t]?=[ \t]?("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^\s'"|;&)#]*)/g;
const DOCKER_PAIR = /^\s*(?:ENV|ARG)[ \t]+([A-Za-z_]\w*)[ \t]+(\S.*?)\s*$/;

/** The settings of lines of shell commands. */
export function* shellSettings(text: string): Iterable<SettingIR> {
  for (const { line, start } of linesOf(text)) {
    if (/^\s*#/.test(line)) continue;
    for (const match of line.matchAll(ASSIGNMENT)) yield settingOf(match, start);
  }
}

/** The settings of a Dockerfile's `ENV` and `ARG` lines. */
export function* dockerSettings(text: string): Iterable<SettingIR> {
  for (const { line, start } of linesOf(text)) {
    if (!/^\s*(?:ENV|ARG)\b/.test(line)) continue;
    const pair = DOCKER_PAIR.exec(line);
    if (pair && !/^\S*=/.test(pair[1] + line.slice(line.indexOf(pair[1] as string) + (pair[1] as string).length))) {
      const [, key = '', value = ''] = pair;
      const keyStart = start + line.indexOf(key);
      const valueStart = start + line.indexOf(value, line.indexOf(key) + key.length);
      yield {
        path: [key],
        keySpan: { start: keyStart, end: keyStart + key.length },
        value: unquoted(value),
        valueSpan: { start: valueStart, end: valueStart + value.length },
      };
    } else for (const match of line.matchAll(ASSIGNMENT)) yield settingOf(match, start);
  }
}

function settingOf(match: RegExpExecArray, start: number): SettingIR {
  const [whole, shell = '', key = '', value = ''] = match;
  const keyStart = start + match.index + shell.length;
  const valueStart = start + match.index + whole.length - value.length;
  return {
    path: [key],
    keySpan: { start: keyStart, end: keyStart + key.length },
    value: unquoted(value),
    valueSpan: { start: valueStart, end: valueStart + value.length },
  };
}

function unquoted(written: string): string {
  return /^(["']).*\1$/s.test(written) ? written.slice(1, -1) : written;
}

function* linesOf(text: string): Iterable<{ line: string; start: number }> {
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.length < 2_000) yield { line, start };
    start += line.length + 1;
  }
}
