// Starts one real editor server on a free loopback port, with a throw-away profile. No authentication, so loopback only.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  openSync,
  closeSync,
  readFileSync,
} from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureEditor } from './setup.mjs';

// Built-in extensions the tests see. Without copilot, git, github and the rest a window is ready sooner and logs less.
const BUILTINS = [
  'javascript',
  'typescript-basics',
  'python',
  'json',
  'markdown-basics',
  'markdown-language-features',
  'theme-defaults',
  'theme-seti',
  'configuration-editing',
];

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.agentHost.enabled': false,
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const s = net
      .createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = s.address();
        s.close(() => resolve(port));
      });
  });

/**
 * options.automation  lets the URL payload load an extension from source and run a suite (and opens window.driver); off = as a user has it
 * options.builtins    names of built-in extensions, or 'all'
 * options.vsix        packages to install first
 * options.folders     extension folders to put beside them as they are (test doubles)
 * options.settings    user settings on top of SETTINGS
 * options.env         extra environment for the server, and so for the extension host
 */
export async function startEditor({
  automation = true,
  builtins = process.env.EDITOR_BUILTINS ?? BUILTINS,
  vsix = [],
  folders = [],
  settings = {},
  env = {},
} = {}) {
  const { node, entry, vscode } = ensureEditor();
  const dir = mkdtempSync(path.join(tmpdir(), 'editor-'));
  const userData = path.join(dir, 'data');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  writeFileSync(path.join(dir, 'config.yaml'), '{}\n'); // else code-server writes one with a password into the home folder
  const common = [
    entry,
    '--config',
    path.join(dir, 'config.yaml'),
    '--user-data-dir',
    userData,
    '--extensions-dir',
    path.join(dir, 'extensions'),
  ];
  if (builtins !== 'all') {
    const chosen = path.join(dir, 'builtins');
    mkdirSync(chosen);
    for (const name of builtins) symlinkSync(path.join(vscode, 'extensions', name), path.join(chosen, name));
    common.push('--builtin-extensions-dir', chosen);
  }
  const environment = { ...process.env, XDG_DATA_HOME: path.join(dir, 'xdg'), ...env }; // code-server logs and beats there
  delete environment.VSCODE_IPC_HOOK_CLI; // set inside a code-server terminal: the command would go to that server
  for (const folder of folders) {
    // before any vsix: only a first start takes up what lies in the folder
    const { publisher, name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    cpSync(folder, path.join(dir, 'extensions', `${publisher}.${name}-${version}`), { recursive: true });
  }
  for (const file of vsix) {
    const got = spawnSync(node, [...common, '--install-extension', path.resolve(file), '--force'], {
      env: environment,
      encoding: 'utf8',
    });
    if (got.status !== 0 || !/successfully installed/.test(got.stdout))
      throw new Error(`install of ${file} failed:\n${got.stdout}${got.stderr}`);
  }

  const port = await freePort();
  const logFile = path.join(dir, 'server.log');
  const out = openSync(logFile, 'w');
  const child = spawn(
    node,
    [
      ...common,
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--auth',
      'none',
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-workspace-trust',
      '--disable-getting-started-override',
      '--ignore-last-opened',
      ...(automation ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env: environment, stdio: ['ignore', out, out], detached: true },
  );
  closeSync(out);
  const log = () => readFileSync(logFile, 'utf8');

  // The server leads its own process group: one signal reaches it, the extension hosts and the language servers.
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      /* already gone */
    }
  };
  const atExit = () => signal('SIGKILL');
  process.once('exit', atExit); // an interrupted run leaves nothing behind
  const stop = async () => {
    const gone = new Promise((r) =>
      child.exitCode === null && child.signalCode === null ? child.once('exit', r) : r(),
    );
    signal('SIGTERM');
    const hard = setTimeout(signal, 3000, 'SIGKILL');
    await gone;
    clearTimeout(hard);
    signal('SIGKILL'); // children that outlived it
    process.off('exit', atExit);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };

  for (const end = Date.now() + 30_000; ; ) {
    if (child.exitCode !== null) throw new Error(`server exited with ${child.exitCode}:\n${log()}`);
    if (
      await fetch(`http://127.0.0.1:${port}/healthz`).then(
        (r) => r.ok,
        () => false,
      )
    )
      break;
    if (Date.now() > end) {
      await stop();
      throw new Error('server did not answer in 30 s');
    }
    await new Promise((r) => setTimeout(r, 100));
  }

  const authority = `127.0.0.1:${port}`;
  return {
    dir,
    port,
    authority,
    log,
    stop,
    /** Changes user settings while the editor runs. */
    set: (more) =>
      writeFileSync(
        path.join(userData, 'User', 'settings.json'),
        JSON.stringify({ ...SETTINGS, ...settings, ...more }),
      ),
    extensions: () => readdirSync(path.join(dir, 'extensions')),
    /** A path of this machine as the remote extension host's workbench names it. */
    remote: (file) => `vscode-remote://${authority}${path.resolve(file)}`,
    url(folder, payload = []) {
      const q = new URLSearchParams({
        folder: path.resolve(folder),
        payload: JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]),
      });
      return `http://${authority}/?${q}`;
    },
  };
}
