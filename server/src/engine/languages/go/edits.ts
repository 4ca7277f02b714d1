/** How fixes are written in Go. */
import type { FileIR } from '../../ir/ir.js';
import type { LanguageEdits } from '../language.js';
import { packageName } from './imports.js';

/** The edits of Go. */
export const edits: LanguageEdits = {
  literal: (value) => (value === null ? 'nil' : typeof value === 'string' ? JSON.stringify(value) : String(value)),
  hasTypedFields: true,
  list: (items) => `[]string{${items.join(', ')}}`,
  entry: (key, value) => `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}: ${value}`,
  record: (entries) => `map[string]any{${entries.join(', ')}}`,
  duration: (seconds) => {
    for (const [unit, size] of UNITS)
      if (seconds % size === 0) return `${seconds === size ? '' : `${seconds / size} * `}{{time.${unit}}}`;
    return `${seconds} * {{time.Second}}`;
  },
  equal: (left, right) => `${left} == ${right}`,
  missingOr: (expression, check) => `${expression} == "" || ${check}`,
  random: () => '{{crypto/rand.Text}}()',
  demand: (name) => ({
    code: `requiredVariable(${JSON.stringify(name)})`,
    helper: {
      name: 'requiredVariable',
      code: 'func requiredVariable(name string) string {\n\tvalue := {{os.Getenv}}(name)\n\tif value == "" {\n\t\tpanic(name + " is not set")\n\t}\n\treturn value\n}',
    },
  }),
  variable: (begin) =>
    /^\s*const\s+\w/.test(begin) ? begin.replace('const', 'var') : isInConstants(begin) ? undefined : begin,
  words: (expression) => `{{strings.Fields}}(${expression})`,
  or: (left, right) => `${left} || ${right}`,
  not: (test) => (/^[\w.]+$/.test(test) ? `!${test}` : `!(${test})`),
  startsWith: (text, prefix) => `{{strings.HasPrefix}}(${text}, ${prefix})`,
  contains: (list, item) => `{{slices.Contains}}(${list}, ${item})`,
  giveUp: 'return',
  stop: (message) => `panic(${JSON.stringify(message)})`,
  addImport,
};

/** A line of a group of constants: `Secret = "…"` without `var` or `:=`. */
function isInConstants(begin: string): boolean {
  return /^\s+[A-Z]\w*\s*=\s*$/.test(begin) && !/[.[\]]/.test(begin);
}

const UNITS = [
  ['Hour', 3600],
  ['Minute', 60],
] as const;

function addImport(file: FileIR, text: string, module: string, names: readonly string[]) {
  const imports = file.items.flatMap((item) => item.imports);
  const usual = packageName(module);
  const isTaken = imports.some((one) => one.local === usual);
  const local = isTaken ? `${module.replace(/\W/g, '')}` : usual;
  const locals = names.map((name) => `${local}.${name}`);
  const spec = `${isTaken ? `${local} ` : ''}${JSON.stringify(module)}`;
  const standard = imports.filter((one) => !one.specifier.includes('.'));
  const before = (module.includes('.') ? imports : standard).findLast((one) => one.specifier < module);
  const beside = before ?? (module.includes('.') ? imports.at(-1) : standard[0]) ?? imports[0];
  if (!beside) {
    const end = text.indexOf('\n', text.search(/^package\s/m));
    const at = end === -1 ? text.length : end;
    return { at, text: `\n\nimport ${spec}`, locals };
  }
  const lineStart = text.lastIndexOf('\n', beside.span.start - 1) + 1;
  const isInGroup = !/^\s*import\b/.test(text.slice(lineStart, beside.span.start));
  const line = isInGroup ? `\t${spec}` : `import ${spec}`;
  if (before || !isInGroup) {
    const end = text.indexOf('\n', beside.span.end);
    return { at: end === -1 ? text.length : end, text: `\n${line}`, locals };
  }
  return { at: lineStart, text: `${line}\n`, locals };
}
