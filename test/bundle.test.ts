/** What was built, as child processes: the bundles start, find their grammars, and answer. */
import * as assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';

const root = path.resolve(import.meta.dirname, '../..');
const vulnerable = `const jwt = require('jsonwebtoken');
exports.signIn = (user) => jwt.sign({ sub: user.id }, process.env.JWT_SECRET);
`;

describe('the bundles', function () {
  this.timeout(60_000);

  before(() => {
    const built = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
  });

  const hasCommandLine = existsSync(path.join(root, 'server/src/cli.node.ts'));
  if (hasCommandLine)
    it('review a file from the command line', () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
      writeFileSync(path.join(folder, 'login.js'), vulnerable);
      try {
        const got = spawnSync(process.execPath, [path.join(root, 'dist/cli.cjs'), 'check', '--format', 'json', '.'], {
          cwd: folder,
          encoding: 'utf8',
        });
        assert.equal(got.status, 1, got.stderr);
        const { files } = JSON.parse(got.stdout);
        assert.deepEqual(
          files[0].findings.map(({ rule }: { rule: string }) => rule),
          ['token-without-expiry', 'token-without-revocation'],
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

  for (const [name, ...command] of [
    ['the server', 'dist/server.cjs', '--stdio'],
    ...(hasCommandLine ? [['authlens lsp', 'dist/cli.cjs', 'lsp', '--stdio']] : []),
  ]) {
    it(`${name} answers an editor over stdio`, async () => {
      const child = spawn(process.execPath, command, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
      const connection = connect(child);
      try {
        await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: PULLS });
        await connection.sendNotification('initialized', {});
        const textDocument = { uri: 'untitled:Untitled-1', languageId: 'javascript', version: 1, text: vulnerable };
        await connection.sendNotification('textDocument/didOpen', { textDocument });
        const report: { items: { code: string }[] } = await connection.sendRequest('textDocument/diagnostic', {
          textDocument: { uri: textDocument.uri },
        });
        assert.deepEqual(
          report.items.map(({ code }) => code),
          ['token-without-expiry', 'token-without-revocation'],
        );
        await connection.sendRequest('shutdown');
        const exited = new Promise((resolve) => child.once('exit', resolve));
        await connection.sendNotification('exit');
        assert.equal(await exited, 0);
      } finally {
        connection.dispose();
        child.kill();
      }
    });
  }
});

const PULLS = { textDocument: { diagnostic: {} } };

function connect(child: ChildProcess): ProtocolConnection {
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  connection.listen();
  return connection;
}
