/**
 * The house checks itself: layers, words that the engine may not use, and claims that must match their source. Each failure
 * says in one line what to do.
 */
import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { LANGUAGES } from '../server/src/engine/languages/index.js';

const root = path.resolve(import.meta.dirname, '../..');
const engine = 'server/src/engine';

interface Layer {
  /** Folders, files or packages that may be imported. */
  readonly may: readonly string[];
  /** … and those of which only types may be. */
  readonly types?: readonly string[];
}

/** What may be asked of a value, by rules too: readers and words, no evaluation. */
const readers = [
  `${engine}/semantics/value.ts`,
  `${engine}/semantics/operators.ts`,
  `${engine}/semantics/credential-names.ts`,
  `${engine}/facts/secret-value.ts`,
  `${engine}/facts/secret-words.ts`,
];

/** Which layer may import which (ARCHITECTURE.md); a file belongs to the longest prefix. Its own folder is always allowed. */
const LAYERS: Readonly<Record<string, Layer>> = {
  [`${engine}/base`]: { may: [] },
  [`${engine}/syntax`]: { may: [`${engine}/base`, 'web-tree-sitter'] },
  [`${engine}/ir`]: { may: [`${engine}/base`] },
  [`${engine}/languages`]: {
    may: [`${engine}/base`, `${engine}/syntax`, `${engine}/ir`, 'jsonc-parser', 'smol-toml', 'yaml'],
    types: ['web-tree-sitter'],
  },
  [`${engine}/semantics`]: { may: [`${engine}/base`, `${engine}/ir`], types: [`${engine}/languages/language.ts`] },
  [`${engine}/facts`]: { may: [`${engine}/base`, `${engine}/ir`, `${engine}/semantics`] },
  [`${engine}/libraries`]: { may: [], types: [`${engine}/facts`] },
  [`${engine}/checklist`]: {
    may: [`${engine}/base`, ...readers],
    types: [`${engine}/facts`, `${engine}/rules/rule.ts`],
  },
  [`${engine}/rules`]: { may: [`${engine}/base`, `${engine}/facts`, `${engine}/checklist`, ...readers] },
  [`${engine}/docs`]: {
    may: [`${engine}/checklist`, `${engine}/rules`, `${engine}/libraries`, ...readers],
    types: [`${engine}/facts`],
  },
  [`${engine}/workspace`]: { may: [engine, 'web-tree-sitter', 'jsonc-parser', 'ignore'] },
  [`${engine}/index.ts`]: { may: [engine] },
  'server/src/hosts': {
    may: [`${engine}/index.ts`, 'node:', 'ignore'],
    types: ['server/src/lsp/engine.ts', 'server/src/review/store.ts'],
  },
  'server/src/lsp': {
    may: [
      `${engine}/index.ts`,
      'server/src/hosts',
      'server/src/protocol.ts',
      'server/src/report',
      'server/src/review',
      'server/src/changes',
      'vscode-languageserver',
      'vscode-languageserver-textdocument',
    ],
  },
  'server/src/report': { may: [`${engine}/index.ts`] },
  'server/src/review': { may: [`${engine}/index.ts`] },
  'server/src/changes': { may: [`${engine}/index.ts`] },
  'server/src/cli': {
    may: [
      `${engine}/index.ts`,
      'server/src/hosts',
      'server/src/report',
      'server/src/review',
      'server/src/changes',
      'commander',
      'node:',
    ],
  },
  'server/src/protocol.ts': { may: [], types: [`${engine}/index.ts`] },
  'client/src': { may: ['vscode', 'vscode-languageclient', 'server/src/protocol.ts', 'node:'] },
};

describe('the house', () => {
  it('keeps every import inside its layer', () => {
    const wrong: string[] = [];
    for (const edge of [...sources('server/src'), ...sources('client/src')].flatMap(importsOf)) {
      const prefix = Object.keys(LAYERS)
        .filter((key) => isWithin(edge.from, key))
        .sort((a, b) => b.length - a.length)[0];
      if (prefix === undefined || isWithin(edge.to, prefix)) continue;
      const { may, types = [] } = LAYERS[prefix]!;
      const allowed = edge.typeOnly ? [...may, ...types] : may;
      if (!allowed.some((target) => isWithin(edge.to, target))) wrong.push(`${edge.from} → ${edge.to}`);
    }
    assert.deepEqual(wrong, [], 'move the code, or argue for the edge in docs/decisions and add it to LAYERS');
  });

  it('keeps clocks, chance and swallowed errors out of the engine', () => {
    // Library models name the language's own clock and chance as data.
    const wrong = sources(engine)
      .filter((file) => !file.startsWith(`${engine}/libraries/`) && !file.startsWith(`${engine}/rules/secret-from`))
      .flatMap((file) =>
        [...code(file).matchAll(/\bnew Date\b|\bDate\.|\bMath\.random\b|\bcatch\s*\{/g)].map(
          (hit) => `${file}: ${hit[0]}`,
        ),
      );
    assert.deepEqual(wrong, [], 'take the date as an input; catch only what you name, and rethrow the rest');
  });

  it('gives every runtime dependency its line in ARCHITECTURE.md', () => {
    const page = read('ARCHITECTURE.md');
    const missing = Object.keys(manifest().dependencies).filter((name) => !page.includes(`\`${name}\``));
    assert.deepEqual(missing, [], 'say there why each of these is needed');
  });

  it('declares exactly the settings and commands that the client uses', () => {
    const { commands, configuration } = manifest().contributes;
    const text = sources('client/src').map(code).join('\n');
    const settings = [...text.matchAll(/\.get\('([\w.]+)'/g)].map((hit) => `authlens.${hit[1]}`);
    // The language client reads its own.
    assert.deepEqual(sorted(Object.keys(configuration.properties)), sorted([...settings, 'authlens.trace.server']));
    const registered = [...text.matchAll(/registerCommand\(\s*'([\w.]+)'/g)].map((hit) => hit[1]!);
    assert.deepEqual(sorted(commands.map(({ command }) => command)), sorted(registered));
  });

  it('starts with every language of code that there is an adapter for', () => {
    const adapted = LANGUAGES.flatMap((language) => Object.values(language.extensions));
    const list = /CODE_LANGUAGES = \[([^\]]*)\]/.exec(read('client/src/languages.ts'))![1]!;
    const sent = [...list.matchAll(/'(\w+)'/g)].map((hit) => hit[1]!);
    assert.deepEqual(sorted(sent), sorted([...new Set(adapted)]), 'complete CODE_LANGUAGES in client/src/languages.ts');
    assert.deepEqual(
      sorted(manifest().activationEvents),
      sorted(sent.map((language) => `onLanguage:${language}`)),
      'complete activationEvents in package.json, and injectTo of its grammar',
    );
  });

  it('says in the README how to test, with the command that CI runs', () => {
    assert.match(read('README.md'), /^npm test\b/m);
    assert.match(read('.ci/run'), /^npm test$/m);
  });
});

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found = code(file).matchAll(
    /^(?:import|export)\s+(type\s)?[^'";]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => {
    const specifier = match[2] ?? match[3]!;
    const to = specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts')
      : specifier;
    return { from: file, to, typeOnly: match[1] !== undefined };
  });
}

function isWithin(file: string, prefix: string): boolean {
  return file === prefix || file.startsWith(prefix.endsWith(':') ? prefix : `${prefix}/`);
}

/** A file's text without comments. */
function code(file: string): string {
  return read(file).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

function sources(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

function manifest(): Manifest {
  return JSON.parse(read('package.json')) as Manifest;
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
