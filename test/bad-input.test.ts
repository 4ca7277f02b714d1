/**
 * Bad input, by mistake or on purpose, ends with a clear message, a skipped file or an empty answer: nothing hangs, nothing
 * throws, and nothing else is lost. Time is the process's own, so that a busy machine fails nothing.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createWorkspace, type FileReport } from '../server/src/engine/index.js';
import { nodeWorkspaceOptions } from '../server/src/hosts/node.js';
import type { JsonReport } from '../server/src/report/json.js';

const GOOD = "const jwt = require('jsonwebtoken');\nmodule.exports = (user, key) => jwt.sign({ sub: user.id }, key);\n";

/** Seconds that one file may cost. Most cost a tenth of it. */
const LIMIT = 12;

const DEEP = 60_000;
const around = (open: string, inner: string, close: string, depth = DEEP) =>
  open.repeat(depth) + inner + close.repeat(depth);

const HOSTILE: Readonly<Record<string, string>> = {
  'brackets.js': `const token = ${around('[', '', ']')};`,
  'parentheses.js': `const token = ${around('(', '1', ')')};`,
  'blocks.js': `let token; ${around('{', '', '}')}`,
  'functions.js': `let token; ${around('function f(){', '', '}')}`,
  'templates.js': `let token = ${around('`$'.concat('{'), '1', '}`')}`,
  'members.js': `let token = a${'.b'.repeat(DEEP)}`,
  'sums.js': `let token = ${"'a' + ".repeat(DEEP)}'b'`,
  'open.js': `const token = ${'{['.repeat(DEEP / 2)}`,
  'elements.jsx': `let token = ${around('<a>', '', '</a>', 20_000)}`,
  'types.ts': `let token: ${around('A<', 'b', '>', 20_000)}`,
  'parentheses.py': `token = ${around('(', '1', ')')}`,
  'dictionaries.py': `token = ${around('{1:', '1', '}')}`,
  'elifs.py': `token = 1\nif a:\n  b\n${'elif c:\n  d\n'.repeat(10_000)}`,
  'formats.py': `token = ${around("f'{", '1', "}'", 8_000)}`,
  'parentheses.go': `package a\nvar token = ${around('(', '1', ')')}`,
  'blocks.go': `package a\nfunc token() ${around('{', '', '}')}`,
  'deep.json': around('{"token":', '1', '}'),
  'open.json': '{"token":'.repeat(DEEP),
  'flow.yaml': `token: ${around('[', '', ']')}`,
  'dashes.yaml': `token:\n  ${'- '.repeat(DEEP)}a`,
  'aliases.yaml': [
    'a: &a [token]',
    ...[...'bcdefghijk'].map((x, i) => `${x}: &${x} [${aliases('abcdefghij'[i])}]`),
  ].join('\n'),
  'deep.toml': `token = ${around('[', '', ']')}`,
  'quotes.md': `${'> '.repeat(DEEP)}token`,
  'scripts.vue': `${'<script>'.repeat(4_000)}let token;`,
  // What could make a pattern of ours look again and again.
  'stars.js': `/* token ${'*'.repeat(500_000)} */ let a;`,
  'capitals.js': `const secret = '${'A'.repeat(500_000)}'; const ${'A'.repeat(200_000)}_SECRET = secret;`,
  'digits.js': `const jwt = require('jsonwebtoken'); jwt.sign({}, k, { expiresIn: '${'9'.repeat(300_000)}x' });`,
  'blanks.js': `let token = 1${' '.repeat(500_000)}; // authlens-ignore ${' '.repeat(50_000)}x`,
  'dashes.js': `// authlens-ignore a${' --'.repeat(100_000)}\nlet token;`,
  'statement.js': `db.query("SELECT ${'a '.repeat(100_000)} WHERE token = ${'('.repeat(50_000)} or", [token]);`,
  'pattern.js': `if (/^(a|a)*(.*)*(\\w+.*.*.*.*.*.*)+$/.test(req.query.redirect)) res.redirect(req.query.redirect);`,
  'literal.js': `const token = '${'a1B2'.repeat(450_000)}';`,
  'minified.js': `var token = ${'function(a,b){return a.b(c,"d")&&e[1]};'.repeat(3_000)}`,
  'huge.js': `var token = ${'function(a,b){return a.b(c,"d")&&e[1]};'.repeat(130_000)}`,
  'binary.js': `token${String.fromCharCode(...Array.from({ length: 30_000 }, (_, i) => i % 256))}`,
  'surrogates.js': `let token = "${'\ud800'.repeat(10_000)}\udc00";`,
  'truncated.js': GOOD.slice(0, 90),
  'blank.env': `SECRET_TOKEN=${'$'.repeat(50_000)}${'{'.repeat(50_000)}`,
  'slashes.properties': `secret.token=${'\\'.repeat(50_001)}\n${'a'.repeat(50_000)}`,
};

function aliases(name: string | undefined): string {
  return Array.from({ length: 9 }, () => `*${name}`).join(', ');
}

/** Whether the flaw of the good file's own was found. */
function finds(report: FileReport | undefined): boolean {
  return report?.findings.some(({ rule }) => rule === 'token-without-expiry') === true;
}

describe('bad input to the engine', function () {
  this.timeout(180_000);

  for (const [path, text] of Object.entries(HOSTILE)) {
    it(`${path}, ${Math.ceil(text.length / 1024)} KiB`, async () => {
      const said: string[] = [];
      const workspace = await createWorkspace(nodeWorkspaceOptions((_level, message) => said.push(message)));
      const before = process.cpuUsage().user;
      await workspace.apply([
        { kind: 'write', path, text },
        { kind: 'write', path: 'good.js', text: GOOD },
      ]);
      const snapshot = workspace.snapshot();
      assert.ok(snapshot.report(path));
      assert.ok(finds(snapshot.report('good.js')));
      // And while it is typed.
      await workspace.apply([{ kind: 'edit', path, edits: [{ start: 0, end: 0, text: ' ' }], text: ` ${text}` }]);
      assert.ok(workspace.snapshot().report(path));
      workspace.dispose();
      const seconds = (process.cpuUsage().user - before) / 1_000_000;
      assert.ok(seconds < LIMIT, `${seconds} s`);
      assert.deepEqual(said, []);
    });
  }

  it('10,000 imports in a circle', async () => {
    const workspace = await createWorkspace(nodeWorkspaceOptions(() => {}));
    const before = process.cpuUsage().user;
    const count = 10_000;
    await workspace.apply(
      Array.from({ length: count }, (_, i) => ({
        kind: 'write' as const,
        path: `m${i}.js`,
        text: `import { token as next } from './m${(i + 1) % count}.js';\nexport const token = next;\n`,
      })),
    );
    await workspace.apply([
      { kind: 'write', path: 'good.js', text: `import { token } from './m0.js';\n${GOOD.replace('user.id', 'token')}` },
    ]);
    assert.ok(finds(workspace.snapshot().report('good.js')));
    workspace.dispose();
    const seconds = (process.cpuUsage().user - before) / 1_000_000;
    assert.ok(seconds < 60, `${seconds} s`);
  });
});

describe('bad input to the command line', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs'], { encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    folder = mkdtempSync(join(tmpdir(), 'authlens-bad-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('says what it skipped and why, and loses nothing else', () => {
    const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
    write('minified.js', 'var token=function(a){return a};'.repeat(160_000));
    write('bundle.js', `${'var token=function(a){return a};'.repeat(1_000)}\n`);
    write('binary.py', Buffer.from([0x74, 0x6f, 0x6b, 0x65, 0x6e, 0, 1, 2, 255, 254]));
    write('latin.py', Buffer.concat([Buffer.from('token = "'), Buffer.from([0xe9, 0xff]), Buffer.from('"\n')]));
    write('half.js', Buffer.from([0xff, 0xfe, 0x41]));
    write('sixteen.js', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, 'utf16le')]));
    write('with space.js', GOOD);
    write('-rf.js', GOOD);
    write('naïve ключ 🔑.js', GOOD);
    write('new\nline.js', GOOD);
    write('quote\'".js', GOOD);
    symlinkSync('loop-a', join(folder, 'loop-b'));
    symlinkSync('loop-b', join(folder, 'loop-a'));
    symlinkSync('.', join(folder, 'self'));
    symlinkSync('nowhere.js', join(folder, 'dangling.js'));
    mkdirSync(join(folder, 'closed'));
    writeFileSync(join(folder, 'closed', 'a.js'), GOOD);
    chmodSync(join(folder, 'closed'), 0);
    const { status, stdout, stderr } = authlens(['check', '--format', 'json', '--fail-on', 'never']);
    chmodSync(join(folder, 'closed'), 0o755);
    const report = JSON.parse(stdout) as JsonReport;
    const names = ['-rf.js', 'naïve ключ 🔑.js', 'new\nline.js', 'quote\'".js', 'sixteen.js', 'with space.js'];
    // Whoever may read everything reads the closed folder too.
    const mayAll = process.getuid?.() === 0;
    assert.deepEqual(
      report.files
        .filter(({ findings }) => findings.length > 0)
        .map(({ path }) => path)
        .sort(),
      [...names, ...(mayAll ? ['closed/a.js'] : [])].sort(),
    );
    assert.deepEqual(Object.fromEntries(report.skipped.map(({ path, reason }) => [path, reason])), {
      'binary.py': 'binary',
      'bundle.js': 'minified',
      'half.js': 'not decodable',
      'latin.py': 'not decodable',
      'minified.js': 'too large',
    });
    if (mayAll) {
      assert.equal(status, 0, stderr);
    } else {
      assert.equal(status, 2);
      assert.equal(stderr, 'authlens: closed: permission denied\n');
    }
  });

  it('reads a file whose name looks like an option', () => {
    const { stdout } = authlens(['check', '--format', 'json', '--', '-rf.js']);
    assert.deepEqual(
      (JSON.parse(stdout) as JsonReport).files.map(({ path }) => path),
      ['-rf.js'],
    );
  });

  it('tells in one line each what cannot be read', () => {
    const { status, stderr } = authlens(['check', 'loop-a', 'gone.js', 'dangling.js', '--fail-on', 'never']);
    assert.equal(status, 2);
    assert.deepEqual(stderr.trimEnd().split('\n').sort(), [
      'authlens: dangling.js: does not exist',
      'authlens: gone.js: does not exist',
      'authlens: loop-a: is a link that leads back to itself',
    ]);
  });

  function authlens(args: readonly string[]) {
    return spawnSync(process.execPath, [resolve('dist/cli.cjs'), ...args], { cwd: folder, encoding: 'utf8' });
  }
});
