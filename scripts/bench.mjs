// npm run bench: builds, then runs every benchmark in test/bench/.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { ensureDependencies } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'test/bench');
ensureDependencies();
await build();
spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd: root, stdio: 'inherit' });
for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
  if (!file.endsWith('.bench.mjs')) continue;
  const got = spawnSync(process.execPath, [path.join(folder, file), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (got.status !== 0) process.exitCode = 1;
}
