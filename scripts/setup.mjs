// Installs the npm dependencies when they are missing or older than package-lock.json.
//   node scripts/setup.mjs
// Uses only Node's own modules: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');

/** Makes sure that node_modules holds what package-lock.json says. */
export function ensureDependencies() {
  const modules = path.join(root, 'node_modules');
  const present = lstatSync(modules, { throwIfNoEntry: false });
  // A linked folder belongs to another checkout: installing through the link would take it apart.
  if (present?.isSymbolicLink()) return;
  const stamp = path.join(modules, '.authlens-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies (npm ci)…');
  // Install scripts are never run: nothing here needs one.
  const got = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (got.status !== 0) throw new Error(`npm ci ended with ${got.status ?? got.error?.message ?? got.signal}`);
  writeFileSync(stamp, wanted);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureDependencies();
