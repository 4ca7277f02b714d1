/** A workspace over texts in memory, with the real grammars. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorkspace, type Snapshot, type Workspace } from '../../server/src/engine/index.js';

const require = createRequire(import.meta.url);
const grammarFolder = join(dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm');
const table = JSON.parse(readFileSync('syntaxes/grammars.json', 'utf8')) as Record<
  string,
  { package: string; wasm: string }
>;

/** Errors that the engine logged; a test that sees one fails. */
export const logged: string[] = [];

/** Opens a workspace with these files. */
export async function workspaceOf(
  files: Readonly<Record<string, string>>,
  options: { readonly everyFile?: boolean } = {},
): Promise<Workspace> {
  const workspace = await createWorkspace({
    ...options,
    today: '2026-11-24',
    runtime: async () => readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: async (name) => readFileSync(wasmFile(name)),
    log: (level, message) => {
      if (level === 'error') logged.push(message);
    },
  });
  await workspace.apply(Object.entries(files).map(([path, text]) => ({ kind: 'write', path, text })));
  return workspace;
}

/** The snapshot of a workspace with these files. */
export async function snapshotOf(files: Readonly<Record<string, string>>): Promise<Snapshot> {
  return (await workspaceOf(files)).snapshot();
}

function wasmFile(name: string): string {
  const row = table[name];
  if (!row) return join(grammarFolder, `tree-sitter-${name}.wasm`);
  const folder = dirname(require.resolve(`${row.package}/package.json`));
  for (const candidate of [join(folder, row.wasm), join(folder, 'wasm', row.wasm)]) {
    try {
      readFileSync(candidate);
      return candidate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return join(folder, row.wasm);
}
