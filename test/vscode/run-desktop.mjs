// The same in-host suite in the desktop VS Code, on a machine that may download it (see CONTRIBUTING.md).
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from '../../scripts/build.mjs';
import { buildSuite, suiteFolder } from './harness/build-suite.mjs';

const root = path.resolve(import.meta.dirname, '../..');
await build();
await buildSuite();
const workspace = mkdtempSync(path.join(tmpdir(), 'suite-'));
cpSync(path.join(root, 'test/vscode/workspace'), workspace, { recursive: true });
await runTests({
  version: process.env.VSCODE_VERSION ?? 'stable',
  extensionDevelopmentPath: root,
  extensionTestsPath: path.join(suiteFolder, 'index.cjs'),
  launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
});
