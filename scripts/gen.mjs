#!/usr/bin/env node
/**
 * Writes what can be derived: the lists of rules and libraries, their pages and the README's tables. `--check` writes
 * nothing and fails, naming the files, when one is stale. Works on a fresh clone after `npm install`, without a build.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const WIDTH = 120;
const isChecking = process.argv.includes('--check');

if (process.argv.includes('--help')) {
  console.log(
    'node scripts/gen.mjs          writes the generated files\nnode scripts/gen.mjs --check  fails if one is stale',
  );
  process.exit(0);
}

const RULES_FOLDER = 'docs/rules';
const ECOSYSTEMS = {
  npm: 'JavaScript and TypeScript (npm)',
  pypi: 'Python (PyPI)',
  go: 'Go',
  maven: 'Java and Kotlin (Maven)',
  nuget: 'C# (NuGet)',
  composer: 'PHP (Composer)',
  gem: 'Ruby (RubyGems)',
};

// The lists come first: what is written about rules and libraries is read through them.
const lists = [rulesIndex(), librariesIndex(), recognisersIndex(), examinersIndex(), messages()];
const staleLists = lists.filter(isStale);
if (isChecking && staleLists.length > 0) fail(staleLists);
staleLists.forEach(write);

const engine = await loadEngine();
const pages = [
  ...rulePages(engine),
  checklistPage(engine),
  librariesPage(engine),
  configSchema(engine),
  readme(engine),
];
if (!isChecking) pages.push(await fixesTable());
const stale = pages.filter(isStale);
const orphans = orphanedPages(engine);
if (isChecking) {
  fail([...stale, ...orphans.map((path) => ({ path }))]);
} else {
  stale.forEach(write);
  for (const path of orphans) {
    rmSync(join(root, path));
    console.log(`removed ${path}`);
  }
}

/** What the extension says to a person: the texts that a translation translates. */
function messages() {
  const texts = sourcesBelow('client/src')
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readText(file).matchAll(/l10n\s*\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map((hit) => hit[1]));
  const bundle = Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
  return { path: 'l10n/bundle.l10n.json', text: `${JSON.stringify(bundle, undefined, 2)}\n` };
}

function isStale({ path, text }) {
  return readText(path) !== text;
}

function write({ path, text }) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}

function fail(artefacts) {
  for (const { path } of artefacts) console.error(`stale: ${path} (run: node scripts/gen.mjs)`);
  process.exit(artefacts.length > 0 ? 1 : 0);
}

/** The engine's own values, from a bundle that is made in memory: no build is needed. */
async function loadEngine() {
  const { build } = await import('esbuild');
  const door = ['rules/index.js', 'libraries/index.js', 'docs/render.js', 'checklist/items.js', 'workspace/config.js'];
  const bundle = await build({
    stdin: {
      contents: door.map((file) => `export * from './${file}';`).join('\n'),
      resolveDir: join(root, 'server/src/engine'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['web-tree-sitter'],
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`);
}

/** `docs/fixes.md`: the engine itself is run on the rules' fixtures, so a check of it is left to the tests. */
async function fixesTable() {
  const { build } = await import('esbuild');
  const { offeredFixes } = await import('./offered-fixes.mjs');
  const folder = mkdtempSync(join(root, 'node_modules/.authlens-gen-'));
  try {
    const outfile = join(folder, 'engine.mjs');
    await build({
      stdin: {
        contents: "export * from './index.js';\nexport { fixesPage } from './docs/fixes-page.js';",
        resolveDir: join(root, 'server/src/engine'),
        loader: 'ts',
      },
      bundle: true,
      outfile,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'error',
    });
    const runnable = await import(pathToFileURL(outfile).href);
    const offered = await offeredFixes(root, runnable);
    return { path: 'docs/fixes.md', text: runnable.fixesPage(runnable.RULES, offered) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `docs/rules/<id>.md`, one for each rule. */
function rulePages({ RULES, LIBRARIES, rulePage }) {
  return RULES.map((rule) => {
    const known = LIBRARIES.filter((library) => rule.on !== undefined && factsOf(library).includes(rule.on));
    return { path: `${RULES_FOLDER}/${rule.id}.md`, text: rulePage(rule, known.map(({ name }) => name).sort()) };
  });
}

/** Pages of rules that are gone. */
function orphanedPages({ RULES }) {
  if (!existsSync(join(root, RULES_FOLDER))) return [];
  const names = new Set(RULES.map(({ id }) => `${id}.md`));
  return readdirSync(join(root, RULES_FOLDER))
    .filter((name) => !names.has(name))
    .map((name) => `${RULES_FOLDER}/${name}`);
}

function checklistPage({ RULES, checklistPage: page }) {
  return { path: 'docs/checklist.md', text: page(RULES) };
}

function librariesPage({ LIBRARIES }) {
  const sections = ecosystemsOf(LIBRARIES).map(([ecosystem, libraries]) =>
    [
      `## ${ecosystemName(ecosystem)}`,
      '',
      '| library | what is read from it |',
      '| --- | --- |',
      ...libraries.map(
        (library) =>
          `| [${library.name}](${library.docs}) | ${factsOf(library).map(inWords).join(', ') || 'values and types'} |`,
      ),
    ].join('\n'),
  );
  const head =
    '# Libraries\n\nWhat AuthLens knows by name, derived from its library models. Hand-written code over plain HTTP clients counts as much.';
  return { path: 'docs/libraries.md', text: `${[head, ...sections].join('\n\n')}\n` };
}

/** The schema of `authlens.config.json`, with every rule and the severities it may have. */
function configSchema({ RULES, DEFAULT_CONFIG }) {
  const texts = (description) => ({ description, type: 'array', items: { type: 'string' } });
  const limits = Object.entries(DEFAULT_CONFIG.limits).map(([name, amount]) => {
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return [name, { description: `Default: ${amount} (${words}).`, type: 'number', exclusiveMinimum: 0 }];
  });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'AuthLens configuration',
    description: 'Whatever changes a verdict. The nearest to a file wins; nothing is merged. Comments are allowed.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      rules: {
        description: 'A rule that is off can make nothing `pass`: its item is not checked then.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          RULES.map(({ id, title }) => [id, { description: title, enum: ['off', 'info', 'warning', 'error'] }]),
        ),
      },
      limits: { type: 'object', additionalProperties: false, properties: Object.fromEntries(limits) },
      exclude: texts('Files that are not looked at, as in a .gitignore.'),
      models: texts('Paths of your own library models.'),
      guards: texts('Names or patterns of guards that the code can’t tell.'),
      publicEndpoints: texts('Names or patterns of endpoints that are meant to be public.'),
      ai: {
        type: 'object',
        additionalProperties: false,
        properties: { allowed: { description: 'Whether language models may be asked.', type: 'boolean' } },
      },
    },
  };
  return { path: 'docs/schema/config-v1.json', text: `${JSON.stringify(schema, null, 2)}\n` };
}

/** The README, with the text between its markers made anew. */
function readme({ LIBRARIES, CHECKLIST }) {
  const parts = {
    items: [
      '| # | question | about |',
      '| --- | --- | --- |',
      ...CHECKLIST.map(({ number, question, about }) => {
        return `| ${number} | ${question} | ${about} |`;
      }),
    ],
    libraries: [
      '| ecosystem | libraries |',
      '| --- | --- |',
      ...ecosystemsOf(LIBRARIES).map(([ecosystem, libraries]) => {
        return `| ${ecosystemName(ecosystem)} | ${libraries.map(({ name }) => `\`${name}\``).join(', ')} |`;
      }),
    ],
  };
  const marked = /(<!-- \$generated:([a-z]+) -->\n)[\s\S]*?(<!-- \$end -->)/g;
  const text = readText('README.md').replace(marked, (_, begin, name, end) => {
    if (parts[name] === undefined) throw new Error(`README.md: there is nothing to generate by the name "${name}"`);
    return `${begin}\n${parts[name].join('\n')}\n\n${end}`;
  });
  return { path: 'README.md', text };
}

function ecosystemName(ecosystem) {
  return ECOSYSTEMS[ecosystem] ?? ecosystem;
}

/** Libraries by ecosystem, in a fixed order, sorted by name. */
function ecosystemsOf(libraries) {
  return Object.keys(ECOSYSTEMS)
    .map((ecosystem) => {
      const own = libraries.filter((library) => library.ecosystem === ecosystem);
      return [ecosystem, own.sort((a, b) => (a.name < b.name ? -1 : 1))];
    })
    .filter(([, own]) => own.length > 0);
}

/** The kinds of facts that a model's rows give, sorted. */
function factsOf(library) {
  const rows = Object.values(library).flatMap((part) => (Array.isArray(part) ? part : []));
  return [...new Set(rows.map((row) => row?.is).filter((kind) => typeof kind === 'string'))].sort();
}

/** `TokenVerify` → `token verify`. */
function inWords(kind) {
  return kind.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase();
}

/** `rules/index.ts`: every file of the folder with a default export. */
function rulesIndex() {
  return listOf({
    folder: 'server/src/engine/rules',
    about: 'Every rule there is: the files of this folder, sorted by id.',
    name: 'RULES',
    type: { name: 'Rule', file: 'server/src/engine/rules/rule.ts' },
  });
}

/** `libraries/index.ts`: every file below the folder with a default export. */
function librariesIndex() {
  return listOf({
    folder: 'server/src/engine/libraries',
    about: 'Every library model there is: the files below this folder, sorted.',
    name: 'LIBRARIES',
    type: { name: 'LibraryModel', file: 'server/src/engine/facts/library-model.ts' },
  });
}

/** `facts/recognise/index.ts`: every recogniser of facts by the code's own shape. */
function recognisersIndex() {
  return listOf({
    folder: 'server/src/engine/facts/recognise',
    about: 'Every recogniser there is: the files of this folder, sorted.',
    name: 'RECOGNISERS',
    type: { name: 'Recogniser', file: 'server/src/engine/facts/recogniser.ts' },
  });
}

/** `checklist/examiners/index.ts`: every item's examiner. */
function examinersIndex() {
  return listOf({
    folder: 'server/src/engine/checklist/examiners',
    about: 'Every examiner there is: the files of this folder, sorted.',
    name: 'EXAMINERS',
    type: { name: 'Examiner', file: 'server/src/engine/checklist/examiner.ts' },
  });
}

function listOf({ folder, about, name, type }) {
  const files = sourcesBelow(folder).filter((path) => /^export default /m.test(readText(path) ?? ''));
  const typed = new RegExp(`^export (?:interface|type) ${type.name}\\b`, 'm').test(readText(type.file) ?? '');
  const imports = files.map((path) => `import ${identifier(folder, path)} from '${specifier(folder, path)}';`);
  const names = files.map((path) => identifier(folder, path));
  const typeImport = typed ? [`import type { ${type.name} } from '${specifier(folder, type.file)}';`] : [];
  const head = `export const ${name}${typed ? `: readonly ${type.name}[]` : ''} = [`;
  const tail = typed ? '];' : '] as const;';
  const text = [
    `/** ${about} Generated by \`scripts/gen.mjs\`. */`,
    ...typeImport,
    ...imports,
    ...(typeImport.length + imports.length > 0 ? [''] : []),
    ...list(head, names, tail),
    '',
  ].join('\n');
  return { path: `${folder}/index.ts`, text };
}

/** A list as the formatter writes it: on one line where it fits. */
function list(head, entries, tail) {
  const line = head + entries.join(', ') + tail;
  return line.length <= WIDTH ? [line] : [head, ...entries.map((entry) => `  ${entry},`), tail];
}

/** TypeScript files below a folder but its own index, sorted by path. */
function sourcesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts') && path !== `${folder}/index.ts`)
    .sort();
}

function specifier(folder, path) {
  const to = relative(folder, path).split(sep).join('/').replace(/\.ts$/, '.js');
  return to.startsWith('.') ? to : `./${to}`;
}

/** `npm/google-auth-library.ts` → `npmGoogleAuthLibrary`. */
function identifier(folder, path) {
  const words = path.slice(folder.length + 1, -'.ts'.length).split(/[^A-Za-z0-9]+/);
  return words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}

function readText(path) {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
}
