// Writes the files of a new rule, library or language, with the gaps marked by `…`.
//   npm run new rule <id>                       one-time-token-too-long
//   npm run new library <ecosystem> <name>      pypi argon2-cffi
//   npm run new language <id>                   kotlin
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const engine = 'server/src/engine';
const NAME = /^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*$/;

const ENDINGS = { npm: 'ts', pypi: 'py', go: 'go', maven: 'java', nuget: 'cs', composer: 'php', gem: 'rb' };
const COMMENTS = { pypi: '#', gem: '#' };
const RECIPES = { rule, library, language };
const [kind, ...names] = process.argv.slice(2);
const recipe = RECIPES[kind];
const files = recipe !== undefined && recipe.length === names.length ? recipe(...names) : undefined;
if (files === undefined || !names.every((name) => NAME.test(name))) {
  console.error('npm run new rule <id> | library <ecosystem> <name> | language <id>');
  process.exit(2);
}
const present = Object.keys(files).filter((file) => existsSync(path.join(root, file)));
if (present.length > 0) {
  console.error(`is already there: ${present.join(', ')}`);
  process.exit(2);
}
for (const [file, text] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  console.log(`wrote ${file}`);
}
console.log('Fill in every `…`, the fixture first; then: npm run gen && npm test');

function rule(id) {
  return {
    [`${engine}/rules/${id}.ts`]: `import { defineRule } from './rule.js';

export default defineRule({
  id: '${id}',
  item: '…',
  title: '…',
  why: '…',
  attack: '…',
  remedy: '…',
  severities: ['error'],
  precision: 'high',
  cwe: [],
  references: [],
  examples: [{ language: 'javascript', vulnerable: \`…\`, fixed: \`…\` }],
  on: '…',
  *check({ roles, at }) {
    yield { at, message: '….' };
  },
});
`,
    [`test/fixtures/rules/${id}/found.js`]: `// …\n//    ^^^ ${id}\n`,
    [`test/fixtures/rules/${id}/look_alike.py`]: '# … the nearest innocent code, which must stay silent\n',
  };
}

function library(ecosystem, name) {
  return {
    [`${engine}/libraries/${ecosystem}/${name}.ts`]: `import type { LibraryModel } from '../../facts/library-model.js';

export default {
  name: '${name}',
  ecosystem: '${ecosystem}',
  modules: ['${name}'],
  docs: 'https://…',
  calls: [
    // One row for each call: a callable, the fact that it is, where its roles are, what happens when the caller is silent.
    { call: '…', is: '…', roles: {}, defaults: {}, source: 'https://…' },
  ],
} as const satisfies LibraryModel;
`,
    [`test/fixtures/libraries/${ecosystem}/${name}.${ENDINGS[ecosystem] ?? 'txt'}`]: `${COMMENTS[ecosystem] ?? '//'} … one call for each row, with the fact that it must give\n`,
  };
}

function language(id) {
  return {
    [`${engine}/languages/${id}/adapter.ts`]: `/** ${id}: … */
import type { Language } from '../language.js';
import { lower } from './lower.js';
import { resolve } from './resolve.js';

export const ${identifier(id)}: Language = {
  extensions: { '.…': '${id}' },
  grammar: () => '${id}',
  items: (root) => root.namedChildren.filter((node) => node !== null),
  lower,
  comments: () => [],
  lineComment: '//',
  resolve,
  visibility: 'exports',
  ecosystem: '…',
};
`,
    [`${engine}/languages/${id}/lower.ts`]: `/** One top-level node as an item. Total: what it does not know becomes \`opaque\`. */
import type { Node } from 'web-tree-sitter';
import type { Item } from '../../ir/ir.js';

export function lower(node: Node, text: string): Item {
  …
}
`,
    [`${engine}/languages/${id}/resolve.ts`]: `/** Where an import leads. Pure: it only asks which files exist. */
import type { ImportTarget, ProjectFiles } from '../language.js';

export function resolve(specifier: string, from: string, project: ProjectFiles): ImportTarget {
  …
}
`,
  };
}

function identifier(id) {
  return id.replace(/[-.]([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
