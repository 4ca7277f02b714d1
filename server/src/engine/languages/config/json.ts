/** JSON configuration, with comments and trailing commas. */
import { type Node, parseTree } from 'jsonc-parser';
import type { SettingIR } from '../../ir/ir.js';
import type { ConfigLanguage } from '../language.js';
import { bounded, fileName, lineComments, MAX_DEPTH, nestsForever } from './settings.js';

/** Locks, caches and tools' own files: long, and never about auth. */
const NOT_CONFIGURATION =
  /^(?:package-lock|npm-shrinkwrap|composer\.lock|deno\.lock|packages\.lock|project\.assets|[jt]sconfig.*|jsconfig.*|turbo|nx|lerna|biome|tslint|\.eslintrc|\.prettierrc.*|components|manifest|vercel\.lock|bun\.lock)\.?(?:jsonc?)?$/i;
/** Where data, translations and contracts live rather than configuration. */
const DATA =
  /(?:^|\/)(?:locales?|i18n|lang|translations|messages|__snapshots__|snapshots|schemas?|openapi|swagger|migrations|drizzle|public|static|assets)\//i;

export const json: ConfigLanguage = {
  languageId: 'json',
  matches: (path) =>
    /\.jsonc?$/i.test(path) &&
    !NOT_CONFIGURATION.test(fileName(path)) &&
    !(DATA.test(path) && !/config|settings|secret|credential|key/i.test(fileName(path))),
  settings: bounded(jsonSettings),
  comments: (text) => lineComments(text, /(?<=^|\s)\/\//),
  blank: () => '""',
};

/** The scalar settings of a JSON text. */
export function* jsonSettings(text: string): Iterable<SettingIR> {
  if (nestsForever(text)) return;
  const root = parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true });
  if (root) yield* within(root, [], root);
}

function* within(node: Node, path: readonly string[], key: Node): Iterable<SettingIR> {
  if (path.length > MAX_DEPTH) return;
  if (node.type === 'object') {
    for (const property of node.children ?? []) {
      const [name, value] = property.children ?? [];
      if (name && value) yield* within(value, [...path, String(name.value)], name);
    }
  } else if (node.type === 'array') {
    for (const [i, item] of (node.children ?? []).entries()) yield* within(item, [...path, String(i)], item);
  } else if (path.length > 0) {
    yield { path, keySpan: spanOf(key), value: node.value as SettingIR['value'], valueSpan: spanOf(node) };
  }
}

function spanOf(node: Node): { start: number; end: number } {
  return { start: node.offset, end: node.offset + node.length };
}
