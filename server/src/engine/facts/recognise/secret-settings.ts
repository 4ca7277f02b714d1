/** Secrets in configuration files, example files and instructions: settings whose name says that they hold one. */
import type { SettingIR } from '../../ir/ir.js';
import { isLiveCredential, isSecretName, purposeOf, words } from '../../semantics/credential-names.js';
import type { Value } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser } from '../recogniser.js';

export default defineRecogniser({
  name: 'secret-settings',
  phase: 'file',
  *recognise({ path, index }) {
    const file = /(?:example|sample|template|\.dist$|\.md$|\.mdx$|readme)/i.test(path) ? 'example' : 'configuration';
    for (const setting of index.file.settings) {
      const found = secretOf(setting);
      if (!found) continue;
      const { name, text, start } = found;
      const place = { path, span: { start, end: start + text.length } };
      const live = isLiveCredential(text);
      yield {
        kind: 'SecretUse',
        roles: withAbsent({
          purpose: literal(purposeOf(name)),
          value: settingValue(text, place),
          name: literal(name),
          file: literal(file),
          ...(live ? { form: literal('live-credential') } : {}),
        }),
        spans: {},
        at: text === '' ? { path, span: setting.keySpan } : place,
        path,
        library: 'secret-name',
      } as Fact;
    }
  },
});

const literal = (text: string): Value => ({ kind: 'literal', value: text });

/** The secret that a setting holds: its name, its text, where the text begins. */
function secretOf(setting: SettingIR): { name: string; text: string; start: number } | undefined {
  if (typeof setting.value !== 'string' && setting.value !== null) return undefined;
  const text = setting.value ?? '';
  // Quotes stand around the value, and are no part of it.
  const width = setting.valueSpan.end - setting.valueSpan.start;
  const start = setting.valueSpan.start + (width === text.length + 2 ? 1 : 0);
  const pair = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(text);
  if (pair?.[1] && /^\d+$/.test(setting.path.at(-1) ?? '')) {
    return isSecretName(pair[1])
      ? { name: pair[1], text: pair[2] ?? '', start: start + pair[1].length + 1 }
      : undefined;
  }
  const name = nameOf(setting.path);
  return name === undefined
    ? isLiveCredential(text)
      ? { name: setting.path.at(-1) ?? '', text, start }
      : undefined
    : { name, text, start };
}

/** `Jwt:Key`, `jwt.secret`, `GITHUB_CLIENT_SECRET`: the shortest tail of the path that names a secret. */
function nameOf(path: readonly string[]): string | undefined {
  const last = path.at(-1) ?? '';
  if (isSecretName(last)) return last;
  if (!/^(?:key|secret|value)$/i.test(last)) return undefined;
  const two = path.slice(-2).join('_');
  return isSecretName(two) && !/public/.test(words(two)) ? path.slice(-2).join('.') : undefined;
}

/** `${NAME}`, `${NAME:default}`, `${NAME:-default}`, `${NAME:?message}`, `$NAME:default`, or the text itself. */
function settingValue(text: string, place: NonNullable<Value['place']>): Value {
  const variable = /^\$\{?([A-Za-z_][\w.]*)(?::?([-?])?(?::)?([^}]*))?\}?$/.exec(text);
  if (!variable || !text.startsWith('$') || text.startsWith('$2')) {
    return /^(?:\$\{\{|\{\{|<[^>]*>$|%\w+%$|ENC\(|!|vault:|op:)/.test(text)
      ? { kind: 'environment', name: undefined, fallback: undefined, checked: true, place }
      : { kind: 'literal', value: text, place };
  }
  const [, name, mode, rest] = variable;
  const separator = text.indexOf(':');
  const fallback =
    separator === -1
      ? ''
      : text
          .slice(separator + 1)
          .replace(/^-/, '')
          .replace(/\}$/, '');
  if (mode === '?' || /^\$\{[^}]*:?\?/.test(text))
    return { kind: 'environment', name, fallback: undefined, checked: true, place };
  if (rest === undefined || fallback === '')
    return { kind: 'environment', name, fallback: undefined, checked: !text.includes('-'), place };
  const from = text.indexOf(fallback, separator);
  const inner = {
    path: place.path,
    span: { start: place.span.start + from, end: place.span.start + from + fallback.length },
  };
  return {
    kind: 'environment',
    name,
    fallback: { kind: 'literal', value: fallback, place: inner },
    checked: false,
    place,
  };
}
