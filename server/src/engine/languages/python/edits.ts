/** How fixes are written in Python. */
import type { FileIR } from '../../ir/ir.js';
import type { LanguageEdits } from '../language.js';

/** The edits of Python. */
export const edits: LanguageEdits = {
  literal: (value, text) => {
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    return typeof value === 'string' ? quoted(value, text) : String(value);
  },
  list: (items) => `[${items.join(', ')}]`,
  entry: (key, value, text) => `${quoted(key, text)}: ${value}`,
  record: (entries) => `{${entries.join(', ')}}`,
  named: (name, value) => `${name}=${value}`,
  restyle: (code, text) =>
    quoteOf(text) === '"' ? code : code.replace(/"([^'"\\]*)"/g, (_, inner: string) => `'${inner}'`),
  duration: (seconds) => {
    for (const [unit, size] of UNITS)
      if (seconds % size === 0) return `{{datetime.timedelta}}(${unit}=${seconds / size})`;
    return `{{datetime.timedelta}}(seconds=${seconds})`;
  },
  equal: (left, right) => `${left} == ${right}`,
  missingOr: (expression, check) => `not ${expression} or ${check}`,
  random: (bytes) => `{{secrets.token_urlsafe}}(${bytes})`,
  unguessable: (call) =>
    /^random\.(?!seed|SystemRandom)\w+\(/.test(call)
      ? call.replace(/^random\./, '{{secrets.SystemRandom}}().')
      : undefined,
  demand: (name, text) => ({ code: `{{os.environ}}[${quoted(name, text)}]` }),
  bytes: (literal) => (/^b["']/i.test(literal) ? (code) => `${code}.encode()` : undefined),
  words: (expression) => `${expression}.split()`,
  startsWith: (text, prefix) => `${text}.startswith(${prefix})`,
  or: (left, right) => `${left} or ${right}`,
  not: (test) => (/^[\w.]+$/.test(test) ? `not ${test}` : `not (${test})`),
  contains: (list, item) => `${item} in ${list}`,
  giveUp: 'return',
  stop: (message, text) => `raise RuntimeError(${quoted(message, text)})`,
  addImport,
  interpolation: { open: '{', close: '}' },
  errorText: (expression) => `type(${expression}).__name__`,
};

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const;

function quoteOf(text: string): string {
  const count = (mark: string) => text.split(mark).length;
  return count("'") > count('"') ? "'" : '"';
}

function quoted(value: string, text: string): string {
  const mark = quoteOf(text);
  return mark + value.replace(/\\/g, '\\\\').replaceAll(mark, `\\${mark}`).replace(/\n/g, '\\n') + mark;
}

/** A module of which nothing but one name is used by custom is imported whole. */
const WHOLE = new Set(['os', 'secrets', 'hmac', 'jwt', 'time']);

function addImport(file: FileIR, text: string, module: string, names: readonly string[]) {
  const line = WHOLE.has(module) ? `import ${module}` : `from ${module} import ${[...names].sort().join(', ')}`;
  const locals = names.map((name) => (WHOLE.has(module) ? `${module}.${name}` : name));
  const last = file.items.findLast((item) => item.imports.length > 0 && item.statements.length === 0);
  if (last) {
    const end = text.indexOf('\n', last.span.end);
    return { at: end === -1 ? text.length : end, text: `\n${line}`, locals };
  }
  const first = file.items[0];
  const isDocstring = first?.statements.length === 1 && /^[rR]?(?:"""|'''|"|')/.test(text.slice(first.span.start));
  const place = isDocstring ? file.items[1] : first;
  const at = place ? text.lastIndexOf('\n', place.span.start - 1) + 1 : text.length;
  return { at, text: `${line}\n`, locals };
}
