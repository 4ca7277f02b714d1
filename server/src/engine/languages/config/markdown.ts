/** Markdown: the settings in its code fences, of configuration and of setup commands. */
import type { SettingIR } from '../../ir/ir.js';
import type { ConfigLanguage } from '../language.js';
import { environmentSettings } from './dotenv.js';
import { jsonSettings } from './json.js';
import { bounded, lineComments, type SettingsReader } from './settings.js';
import { dockerSettings, shellSettings } from './shell.js';
import { tomlSettings } from './toml.js';
import { yamlSettings } from './yaml.js';

const READERS: Readonly<Record<string, SettingsReader>> = {
  ...named('env dotenv ini properties conf cfg', environmentSettings),
  ...named('sh bash shell zsh fish console terminal shellsession powershell ps1 pwsh bat cmd', shellSettings),
  ...named('dockerfile docker', dockerSettings),
  ...named('json jsonc json5', jsonSettings),
  ...named('yaml yml', yamlSettings),
  ...named('toml', tomlSettings),
};

export const markdown: ConfigLanguage = {
  languageId: 'markdown',
  matches: (path) => /\.(?:md|mdx|markdown)$/i.test(path),
  settings: bounded(fencedSettings),
  comments: (text) => lineComments(text, /^\s*<!--(?=.*-->\s*$)/),
};

/** A code fence: its first word, and its lines without the fence's own indentation. */
export interface Fence {
  readonly language: string;
  readonly lines: readonly { readonly text: string; readonly start: number }[];
}

/** The code fences of a Markdown text. One that is still open ends with the file. */
export function fencesOf(text: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { mark: string; indent: number; language: string; lines: { text: string; start: number }[] } | undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    if (open === undefined) {
      const opening =
        /^([ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,3}[.)])[ \t]+)*)(`{3,}|~{3,})[ \t]*\{?\.?([^\s`{},:]*)[^`]*$/.exec(line);
      if (opening) {
        const [, before = '', mark = '', language = ''] = opening;
        open = { mark, indent: before.length, language: language.toLowerCase(), lines: [] };
        fences.push(open);
      }
    } else if (new RegExp(`^[ \\t>]*\\${open.mark[0]}{${open.mark.length},}[ \\t\\r]*$`).test(line)) open = undefined;
    else {
      const cut = Math.min(open.indent, /^[ \t>]*/.exec(line)?.[0].length ?? 0);
      open.lines.push({ text: line.slice(cut), start: start + cut });
    }
    start += line.length + 1;
  }
  return fences;
}

function* fencedSettings(text: string): Iterable<SettingIR> {
  for (const fence of fencesOf(text)) {
    const read =
      READERS[fence.language] ?? (fence.language === '' || fence.language === 'text' ? plainReader(fence) : undefined);
    if (!read) continue;
    const place = placesOf(fence);
    for (const setting of read(fence.lines.map((line) => line.text).join('\n'))) {
      yield {
        ...setting,
        keySpan: { start: place(setting.keySpan.start), end: place(setting.keySpan.end) },
        valueSpan: { start: place(setting.valueSpan.start), end: place(setting.valueSpan.end) },
      };
    }
  }
}

/** A fence that names no language is an environment file if every line is a setting, blank or a comment. */
function plainReader(fence: Fence): SettingsReader | undefined {
  const lines = fence.lines.filter(({ text }) => text.trim() !== '');
  return lines.length > 0 && lines.every(({ text }) => /^\s*(?:#|(?:export\s+)?[A-Z_][A-Z0-9_]*=)/.test(text))
    ? environmentSettings
    : undefined;
}

/** From an offset in the fence's lines to the offset in the file. */
function placesOf(fence: Fence): (offset: number) => number {
  const starts: number[] = [];
  let inner = 0;
  for (const line of fence.lines) {
    starts.push(inner);
    inner += line.text.length + 1;
  }
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return (fence.lines[low]?.start ?? 0) + offset - (starts[low] ?? 0);
  };
}

function named(words: string, reader: SettingsReader): Record<string, SettingsReader> {
  return Object.fromEntries(words.split(' ').map((word) => [word, reader]));
}
