// Bundles the in-host suite: one file for each test file. mocha stays outside, the runner comes from node_modules.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');
export const suiteFolder = path.join(root, 'out/vscode');

export async function buildSuite() {
  const files = readdirSync(path.join(root, 'test/vscode/in-host')).filter(
    (file) => file === 'index.ts' || file.endsWith('.test.ts'),
  );
  rmSync(suiteFolder, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: files.map((file) => `test/vscode/in-host/${file}`),
    outdir: suiteFolder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: true,
    logLevel: 'warning',
  });
}
