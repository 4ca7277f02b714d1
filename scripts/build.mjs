// Bundles the extension, the language server and the command line into dist/, and copies the grammars into syntaxes/.
//   node scripts/build.mjs [--force]      does nothing when the last build was made from the same text
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const syntaxes = path.join(root, 'syntaxes');
const stampFile = path.join(dist, '.built-from');

/** Entry → bundle. An entry that does not exist (yet) is left out. */
const ENTRIES = {
  client: 'client/src/extension.ts',
  server: 'server/src/server.node.ts',
  cli: 'server/src/cli.node.ts',
  mcp: 'server/src/mcp.node.ts',
};
const EXECUTABLE = new Set(['cli', 'mcp']);

// web-tree-sitter finds itself through `import.meta.url`, which a CommonJS bundle does not have; so do our own hosts.
const META = { 'import.meta.url': 'authlensModuleUrl' };
const META_BANNER = 'const authlensModuleUrl = require("node:url").pathToFileURL(__filename).href;';

/** Builds what is not up to date. */
export async function build({ force = false } = {}) {
  const stamp = stampOfSources();
  if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { build: bundle } = await import('esbuild');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  copyGrammars();
  const present = Object.entries(ENTRIES).filter(([, file]) => existsSync(path.join(root, file)));
  const results = await Promise.all(
    present.map(([name, file]) =>
      bundle({
        absWorkingDir: root,
        entryPoints: [file],
        outfile: `dist/${name}.cjs`,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        external: ['vscode'],
        alias: { 'web-tree-sitter': path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
        // The ES module builds: UMD ones hide their requires from the bundler.
        mainFields: ['module', 'main'],
        define: META,
        banner: { js: `${EXECUTABLE.has(name) ? '#!/usr/bin/env node\n' : ''}${META_BANNER}` },
        minifySyntax: true,
        minifyWhitespace: true,
        sourcemap: 'linked',
        sourcesContent: false,
        legalComments: 'none',
        metafile: true,
        logLevel: 'warning',
      }),
    ),
  );
  for (const [name] of present) if (EXECUTABLE.has(name)) chmodSync(path.join(dist, `${name}.cjs`), 0o755);
  writeFileSync(
    path.join(dist, 'third-party-notices.txt'),
    notices(results.flatMap((r) => Object.keys(r.metafile.inputs))),
  );
  writeFileSync(stampFile, stamp);
}

/** The grammar table: language → npm package, version, file, licence, ABI. */
export function grammarTable() {
  return JSON.parse(readFileSync(path.join(syntaxes, 'grammars.json'), 'utf8'));
}

function copyGrammars() {
  for (const [name, grammar] of Object.entries(grammarTable())) {
    const folder = path.join(root, 'node_modules', grammar.package);
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    if (version !== grammar.version)
      throw new Error(
        `syntaxes/grammars.json wants ${grammar.package} ${grammar.version} for ${name}, installed is ${version}`,
      );
    copyFileSync(path.join(folder, grammar.wasm), path.join(syntaxes, `${name}.wasm`));
  }
  copyFileSync(
    path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm'),
    path.join(syntaxes, 'web-tree-sitter.wasm'),
  );
}

/** A digest of everything that a build is made from. */
function stampOfSources() {
  const digest = createHash('sha256');
  const files = ['client', 'server'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  const single = ['syntaxes/grammars.json', 'scripts/build.mjs', 'package.json', 'package-lock.json'];
  for (const file of [...files, ...single.map((name) => path.join(root, name))].sort()) {
    digest
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return digest.digest('hex');
}

/** The licences of all that is bundled or copied. */
function notices(inputs) {
  const packages = new Set(Object.values(grammarTable()).map((grammar) => grammar.package));
  packages.add('web-tree-sitter');
  for (const input of inputs) {
    const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(input);
    if (found?.[1]) packages.add(found[1]);
  }
  return [...packages]
    .sort()
    .map((name) => {
      const folder = path.join(root, 'node_modules', name);
      const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      const licence = readdirSync(folder).find((file) => /^(licen[cs]e|copying)/i.test(file));
      const text = licence ? readFileSync(path.join(folder, licence), 'utf8').trim() : '';
      return `${name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { ensureDependencies } = await import('./setup.mjs');
  ensureDependencies();
  await build({ force: process.argv.includes('--force') });
}
