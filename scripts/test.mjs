// npm test: installs if needed, builds, type-checks, lints, compares generated files, runs the tests.
// The last line is `N passed, N failed`; tests are counted from mocha's own report, every other step that fails counts as one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureDependencies } from './setup.mjs';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'out');
const report = path.join(root, 'test-results/mocha.json');

ensureDependencies();
const steps = [
  ['Build', 'scripts/build.mjs'],
  ['Type check', 'node_modules/typescript/bin/tsc', '-b'],
  ['Lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error', '.'],
  ...(existsSync(path.join(root, 'scripts/gen.mjs')) ? [['Generated files', 'scripts/gen.mjs', '--check']] : []),
];

mkdirSync(out, { recursive: true });
mkdirSync(path.dirname(report), { recursive: true });
writeFileSync(path.join(out, 'package.json'), '{"type":"module"}\n');
rmSync(report, { force: true });
removeOrphans();

let [passed, failed] = [0, 0];
for (const [title, ...command] of steps) {
  const ok = node(command);
  console.log(`${ok ? '✔' : '✘'} ${title}`);
  if (!ok) failed += 1;
}
const ok = node(['node_modules/mocha/bin/mocha.js', '--reporter', './scripts/mocha-reporter.cjs'], {
  MOCHA_REPORT: report,
});
const stats = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { passed: 0, failed: 1 };
passed += stats.passed;
failed += stats.failed;
// A run that mocha calls failed, or in which nothing ran, is not green whatever the counts say.
if (failed === 0 && (!ok || passed === 0)) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function node(command, env = {}) {
  const got = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 1, 2],
    env: { ...process.env, ...env },
  });
  return got.status === 0;
}

/** Compiled tests whose source is gone would still run. */
function removeOrphans() {
  const compiled = path.join(out, 'test');
  if (!existsSync(compiled)) return;
  for (const entry of readdirSync(compiled, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.test.js')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const source = path.join(root, 'test', path.relative(compiled, file).replace(/\.js$/, '.ts'));
    if (!existsSync(source)) rmSync(file);
  }
}
