/** YAML configuration: compose files, workflows, `application.yml`, Kubernetes objects. An alias of a scalar is its scalar. */
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Document,
  type Node,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import type { SettingIR } from '../../ir/ir.js';
import type { Span } from '../../base/span.js';
import type { ConfigLanguage } from '../language.js';
import { bounded, fileName, HASH, lineComments, MAX_DEPTH, nestsForever, variableName } from './settings.js';

export const yaml: ConfigLanguage = {
  languageId: 'yaml',
  matches: (path) => /\.ya?ml$/i.test(path) && !/^(?:pnpm-lock|pubspec\.lock)/i.test(fileName(path)),
  settings: bounded(yamlSettings),
  comments: (text) => lineComments(text, HASH),
  blank: (setting) => `\${${variableName(setting)}}`,
};

/** The scalar settings of a YAML text, of all its documents. */
export function* yamlSettings(text: string): Iterable<SettingIR> {
  if (nestsForever(text)) return;
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
  if (!Array.isArray(documents)) return;
  for (const document of documents) if (document.contents) yield* within(document, document.contents, [], undefined);
}

function* within(
  document: Document,
  node: unknown,
  path: readonly string[],
  key: Node | undefined,
): Iterable<SettingIR> {
  if (path.length > MAX_DEPTH) return;
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      yield* within(document, pair.value, [...path, String(pair.key.value)], pair.key);
    }
  } else if (isSeq(node)) {
    for (const [i, item] of node.items.entries()) yield* listed(document, item, path, i);
  } else if (isAlias(node)) {
    const target = node.resolve(document);
    // Only scalars: maps and lists may nest aliases of aliases, and stand elsewhere themselves.
    if (isScalar(target) && key) yield* scalar(target, path, key, spanOf(node));
  } else if (isScalar(node)) {
    yield* scalar(node, path, key ?? node, spanOf(node));
  } else if (node === null && key) {
    const { end } = spanOf(key);
    yield { path, keySpan: spanOf(key), value: null, valueSpan: { start: end, end } };
  }
}

/** An item of a list. `- KEY=value` and `{ name: KEY, value: … }` are settings of environment variables. */
function* listed(document: Document, item: unknown, path: readonly string[], i: number): Iterable<SettingIR> {
  const span = isScalar(item) && typeof item.value === 'string' ? spanOf(item) : undefined;
  const assigned = span && /^([A-Za-z_][\w.-]*)=([\s\S]*)$/.exec((item as Scalar<string>).value);
  if (assigned && span) {
    const [, name = '', value = ''] = assigned;
    const quoted = (item as Scalar).type?.startsWith('QUOTE') ? 1 : 0;
    const keySpan = { start: span.start + quoted, end: span.start + quoted + name.length };
    yield { path: [...path, name], keySpan, value, valueSpan: { start: keySpan.end + 1, end: span.end - quoted } };
    return;
  }
  const name = isMap(item) ? item.get('name', true) : undefined;
  const value = isMap(item) ? item.get('value', true) : undefined;
  if (isScalar(name) && isScalar(value) && typeof name.value === 'string') {
    yield* scalar(value, [...path, name.value], name, spanOf(value));
    return;
  }
  yield* within(document, item, [...path, String(i)], isScalar(item) ? item : undefined);
}

function* scalar(node: Scalar, path: readonly string[], key: Node, valueSpan: Span): Iterable<SettingIR> {
  const { value } = node;
  if (path.length === 0) return;
  const plain =
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : String(value);
  yield { path, keySpan: spanOf(key), value: plain, valueSpan };
}

function spanOf(node: Node): Span {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
}
