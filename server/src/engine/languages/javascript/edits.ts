/** How fixes are written in JavaScript and TypeScript: with the quotes and the kind of imports that the file has. */
import type { FileIR } from '../../ir/ir.js';
import type { LanguageEdits } from '../language.js';

/** The edits of JavaScript, TypeScript and components. */
export const edits: LanguageEdits = {
  literal: (value, text) => (typeof value === 'string' ? quoted(value, text) : String(value)),
  list: (items) => `[${items.join(', ')}]`,
  entry: (key, value, text) => `${IDENTIFIER.test(key) ? key : quoted(key, text)}: ${value}`,
  record: (entries) => `{ ${entries.join(', ')} }`,
  restyle: (code, text) =>
    quoteOf(text) === "'" ? code : code.replace(/'([^'"\\]*)'/g, (_, inner: string) => `"${inner}"`),
  equal: (left, right) => `${left} === ${right}`,
  missingOr: (expression, check) => `!${expression} || ${check}`,
  random: (bytes, file, text) =>
    isForNode(file, text)
      ? `{{crypto.randomBytes}}(${bytes}).toString(${quoted('base64url', text)})`
      : `Array.from(crypto.getRandomValues(new Uint8Array(${bytes})), (byte) => byte.toString(16).padStart(2, ${quoted('0', text)})).join(${quoted('', text)})`,
  unguessable: (call) =>
    /^Math\.random\(\)$/.test(call) ? '(crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32)' : undefined,
  demand: (name, text) => ({
    code: `requiredVariable(${quoted(name, text)})`,
    helper: {
      name: 'requiredVariable',
      code: `function requiredVariable(name${typed(text)}) {\n  const value = process.env[name];\n  if (!value) throw new Error(\`\${name} is not set\`);\n  return value;\n}`,
    },
  }),
  demandInto: (name, variable, text) => ({
    code: environment(name, text),
    check: `if (!${variable}) throw new Error(${quoted(`${name} is not set`, text)})${semicolon(text)}`,
  }),
  words: (expression) => `${expression}.split(' ')`,
  or: (left, right) => `${left} || ${right}`,
  not: (test) => (/^[\w.]+$/.test(test) ? `!${test}` : `!(${test})`),
  startsWith: (text, prefix) => `${text}.startsWith(${prefix})`,
  contains: (list, item) => `${list}.includes(${item})`,
  ownOrigin: 'window.location.origin',
  giveUp: 'return;',
  stop: (message, text) => `throw new Error(${quoted(message, text)})${semicolon(text)}`,
  addImport,
  interpolation: { open: '${', close: '}' },
  errorText: (expression) => `${expression}.message`,
};

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

function environment(name: string, text: string): string {
  return /\bimport\.meta\.env\b/.test(text) ? `import.meta.env.${name}` : `process.env.${name}`;
}

function quoteOf(text: string): string {
  // Of a component, only its script counts.
  const code = /<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? text;
  const count = (mark: string) => code.split(mark).length;
  return count('"') > count("'") ? '"' : "'";
}

function quoted(value: string, text: string): string {
  const mark = quoteOf(text);
  return mark + value.replace(/\\/g, '\\\\').replaceAll(mark, `\\${mark}`).replace(/\n/g, '\\n') + mark;
}

/** A file without semicolons is kept so. */
function semicolon(text: string): string {
  const lines = text.split('\n').filter((line) => /[\w)\]'"`]\s*$|;\s*$/.test(line));
  const ended = lines.filter((line) => /;\s*$/.test(line)).length;
  return lines.length > 0 && ended * 5 < lines.length ? '' : ';';
}

/** The annotation of a parameter, in a file that has such annotations. */
function typed(text: string): string {
  return /\w\??: (?:string|number|boolean|Request|unknown|any)\b/.test(text) ? ': string' : '';
}

/** Browsers, workers and edge functions have no Node modules. */
function isForNode(file: FileIR, text: string): boolean {
  if (file.language === 'vue' || file.language === 'svelte' || file.directive === 'use client') return false;
  if (/\b(?:window|document|localStorage|sessionStorage)\.|\bimport\.meta\.env\b|\bchrome\./.test(text)) return false;
  return /\brequire\(|\bprocess\.|['"]node:|from ['"](?:express|fastify|koa|@nestjs\/)/.test(text);
}

const NODE = new Set(['crypto', 'fs', 'path', 'url', 'util']);

function addImport(file: FileIR, text: string, module: string, names: readonly string[]) {
  const specifier = NODE.has(module) ? `node:${module}` : module;
  const imports = file.items.flatMap((item) => item.imports);
  const last = file.items.findLast((item) => item.imports.length > 0 && item.statements.length === 0);
  const isCommon = imports.length === 0 && /\brequire\(/.test(text);
  const end = semicolon(text);
  const line = isCommon
    ? `const { ${names.join(', ')} } = require(${quoted(specifier, text)})${end}`
    : `import { ${names.join(', ')} } from ${quoted(specifier, text)}${end}`;
  if (last) {
    const at = lineEnd(text, last.span.end);
    return { at, text: `\n${line}`, locals: names };
  }
  const first = file.items.find((item) => item.statements.some((s) => !isDirective(text, s.span.start)));
  const at = first ? lineStart(text, first.span.start) : lineStart(text, text.length);
  return { at, text: `${line}\n`, locals: names };
}

function isDirective(text: string, at: number): boolean {
  return /^['"]use \w+['"]/.test(text.slice(at, at + 20));
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
