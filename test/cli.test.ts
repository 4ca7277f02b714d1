/** The built command line, as a child process. */
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import type { JsonReport } from '../server/src/report/json.js';

const cli = resolve('dist/cli.cjs');
const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('docs/schema/report-v1.json', 'utf8')));

describe('the built command line', function () {
  this.timeout(60_000);
  before(() => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs'], { encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
  });

  it('reviews the examples, and finds the clean one clean', () => {
    const report = json(authlens(['check', 'examples', '--format', 'json']));
    assert.ok(report.summary.findings.error > 0);
    const clean = report.files.find(({ path }) => path.startsWith('examples/done-right/'));
    assert.deepEqual(clean?.findings, []);
    assert.equal(clean?.items.find(({ id }) => id === 'token-expiry')?.verdict, 'pass');
    assert.equal(
      clean?.items.some(({ verdict }) => verdict === 'fail'),
      false,
    );
  });

  it('writes the same bytes for the same input, whatever the jobs', () => {
    const once = authlens(['check', 'examples', '--format', 'json']).stdout;
    assert.equal(authlens(['check', 'examples', '--format', 'json', '--jobs', '1']).stdout, once);
  });

  it('keeps code and message apart: 2 beats 1', () => {
    const { status, stdout, stderr } = authlens(['check', 'examples', 'gone.ts', '--format', 'json']);
    assert.equal(status, 2);
    assert.equal(stderr, 'authlens: gone.ts: does not exist\n');
    assert.ok(json({ stdout }).files.length > 0);
  });

  it('reviews a snippet from standard input', () => {
    const snippet = "const jwt = require('jsonwebtoken');\nexport const t = (u) => jwt.sign({ sub: u.id }, key);\n";
    const { status, stdout } = authlens(['check', '--stdin', '--format', 'json'], snippet);
    assert.equal(status, 1);
    assert.equal(json({ stdout }).files[0]?.findings[0]?.rule, 'token-without-expiry');
  });

  it('survives broken, huge, binary and hostile input', () => {
    const folder = mkdtempSync(join(tmpdir(), 'authlens-odd-'));
    try {
      writeFileSync(join(folder, 'broken.js'), "jwt.sign({ sub: 1 }, key, { expiresIn: '\n function ((( {{{ `");
      writeFileSync(join(folder, 'deep.js'), `${'['.repeat(20_000)}`);
      writeFileSync(join(folder, 'deep.py'), `x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}`);
      writeFileSync(join(folder, 'long.ts'), `jwt.sign({}, '${'a'.repeat(900_000)}');`);
      writeFileSync(join(folder, 'binary.py'), Buffer.from([0, 1, 2, 255]));
      writeFileSync(join(folder, 'empty.ts'), '');
      writeFileSync(join(folder, 'chain.js'), `const a = 1${' + 1'.repeat(30_000)};`);
      const { status, stderr, stdout } = authlens(['check', folder, '--format', 'json']);
      assert.ok(status === 0 || status === 1, `${status}: ${stderr}`);
      assert.equal(stderr, '');
      assert.equal(json({ stdout }).skipped[0]?.reason, 'binary');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('becomes a language server for any editor', async () => {
    const server = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const params = { processId: null, rootUri: null, capabilities: {} };
      const request = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
      server.stdin.write(`Content-Length: ${request.length}\r\n\r\n${request}`);
      const [answer] = (await once(server.stdout, 'data')) as [Buffer];
      assert.match(answer.toString('utf8'), /"name":"authlens"|Content-Length/);
    } finally {
      server.kill();
    }
  });

  it('is not upset by a reader that closes early', async () => {
    const quoted = `"${process.execPath}" "${cli}" rules | head -1`;
    const stderr = await new Promise<string>((done) => {
      execFile('sh', ['-c', quoted], (_error, _stdout, errors) => done(errors));
    });
    assert.equal(stderr, '');
  });

  it('explains every rule it lists', () => {
    const ids = [...authlens(['rules']).stdout.matchAll(/^ {2}([a-z][a-z0-9-]+) {2}/gm)].map((match) => match[1]!);
    assert.ok(ids.length > 0);
    assert.equal(authlens(['explain', ids[0]!]).status, 0);
    assert.equal(authlens(['--version']).stdout.trim(), JSON.parse(readFileSync('package.json', 'utf8')).version);
    assert.equal(authlens(['--help']).status, 0);
  });
});

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function authlens(args: readonly string[], input = ''): Ran {
  const options = { encoding: 'utf8' as const, input, maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } };
  return spawnSync(process.execPath, [cli, ...args], options);
}

function json({ stdout }: { readonly stdout: string }): JsonReport {
  const report = JSON.parse(stdout) as JsonReport;
  assert.ok(isValid(report), JSON.stringify(isValid.errors));
  return report;
}
