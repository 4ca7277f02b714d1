// Packages the extension, installs it into a real editor, and runs the UI tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const report = path.join(root, 'test-results/ui.json');
mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });

const node = (...command) =>
  spawnSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 1, 2],
    env: { ...process.env, MOCHA_REPORT: report },
  });

const packaged = node('scripts/package.mjs');
const got =
  packaged.status === 0
    ? node(
        'node_modules/mocha/bin/mocha.js',
        '--no-config',
        '--timeout=90000',
        '--reporter=./scripts/mocha-reporter.cjs',
        'test/vscode/ui/*.test.mjs',
      )
    : packaged;
process.exitCode = got.status ?? 1;
