/** What engine and server are given on Node: files, grammars as bytes from the installation's own folder, today's date. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkspaceOptions } from '../engine/index.js';
import { readWalkedFile, walk, type Walked } from './files.js';
import { reviewerName, reviewPlace } from './review-places.js';
import { isEnvironmentExample, isEnvironmentFile } from './reviewable.js';
import { LARGEST_FILE, machineMade } from './source-text.js';

/** Everything that a workspace asks of its surroundings. */
export function nodeWorkspaceOptions(log: WorkspaceOptions['log']): WorkspaceOptions {
  return { grammar: readGrammar, runtime: readRuntime, today: today(), log };
}

/** The files of root folders that are named by URI; none of a root that is not on this machine's disk. */
export const nodeServerHost = {
  workspaceOptions: nodeWorkspaceOptions,
  async *readFolder(root: string, git: 'ask' | 'never'): AsyncGenerator<Walked> {
    if (isOnDisk(root)) yield* walk({ root: fileURLToPath(root), git });
  },
  async readFile(root: string, path: string, git: 'ask' | 'never'): Promise<Walked | undefined> {
    return isOnDisk(root) ? readWalkedFile({ root: fileURLToPath(root), git, path }) : undefined;
  },
  async refusal(
    root: string | undefined,
    path: string,
    text: string,
    git: 'ask' | 'never',
  ): Promise<string | undefined> {
    if (text.length > LARGEST_FILE) return 'too large';
    if (!isEnvironmentFile(path) || isEnvironmentExample(path)) return machineMade(path, text);
    // The place for secrets is a file that git does not track: then what stands there is right.
    const found = root === undefined ? undefined : await this.readFile(root, path, git);
    return found === undefined ? 'not tracked by git' : undefined;
  },
  reviewPlace,
  reviewerName,
};

function isOnDisk(uri: string): boolean {
  return uri.startsWith('file:');
}

/** The date of this machine's calendar, `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function readGrammar(name: string): Promise<Uint8Array> {
  const root = installation();
  const copied = join(root, 'syntaxes', `${name}.wasm`);
  if (existsSync(copied)) return readFile(copied);
  // A checkout that is not built yet: take it from where the build would.
  const table = JSON.parse(await readFile(join(root, 'syntaxes', 'grammars.json'), 'utf8')) as GrammarTable;
  const row = table[name];
  if (row === undefined) throw new Error(`There is no grammar for ${name}.`);
  return readFile(join(root, 'node_modules', row.package, row.wasm));
}

async function readRuntime(): Promise<Uint8Array> {
  const root = installation();
  const copied = join(root, 'syntaxes', 'web-tree-sitter.wasm');
  return readFile(existsSync(copied) ? copied : join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm'));
}

type GrammarTable = Readonly<Record<string, { readonly package: string; readonly wasm: string } | undefined>>;

/** The folder that holds `syntaxes/`: two above a bundle in `dist/`, further above compiled tests. */
export function installation(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (existsSync(join(at, 'syntaxes', 'grammars.json'))) return at;
    if (dirname(at) === at) throw new Error('The folder `syntaxes` is missing from this installation.');
  }
}
