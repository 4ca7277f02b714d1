// npm run package → authlens.vsix, with the grammars inside: nothing is downloaded at run time.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from './build.mjs';
import { ensureDependencies } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');
ensureDependencies();
await build();
const got = spawnSync(
  process.execPath,
  [
    'node_modules/@vscode/vsce/vsce',
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '-o',
    'authlens.vsix',
  ],
  { cwd: root, stdio: ['ignore', 1, 2] },
);
process.exitCode = got.status ?? 1;
