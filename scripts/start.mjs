// npm start              reviews examples/
// npm start -- PATH…     reviews your code; further options go to `authlens check`
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureDependencies } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');
ensureDependencies();
const { build } = await import('./build.mjs');
await build();

const own = process.argv.slice(2);
const hasTarget = own.some((argument) => !argument.startsWith('-'));
// The examples are full of findings on purpose: seeing them is a success.
const review = hasTarget ? own : ['examples', '--fail-on', 'never', ...own];
const cwd = hasTarget ? (process.env.INIT_CWD ?? process.cwd()) : root;
const got = spawnSync(process.execPath, [path.join(root, 'dist/cli.cjs'), 'check', ...review], {
  cwd,
  stdio: 'inherit',
});
process.exitCode = got.status ?? 2;
