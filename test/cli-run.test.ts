/** The command line around a fake engine: options, files, formats, exit codes. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { type CommandLine, run } from '../server/src/cli/main.js';
import { guessLanguage } from '../server/src/cli/guess-language.js';
import type { JsonReport } from '../server/src/report/json.js';
import { wordsEngine } from './harness/words-engine.js';

const schema = JSON.parse(readFileSync(resolve('docs/schema/report-v1.json'), 'utf8'));
const isValid = new Ajv({ strict: false }).compile(schema);

/** A terminal's colour sequence. */
const SGR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

describe('authlens', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'authlens-cli-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  it('exits 0, 1 and 2 as the findings and errors say', async () => {
    lay({
      'good.js': 'PASS(secrets)',
      'warn.js': 'WARN(secrets)',
      'bad.js': 'FAIL(secrets)',
      'note.js': 'INFO(secrets)',
    });
    assert.equal((await authlens('check', 'good.js')).code, 0);
    assert.equal((await authlens('check', 'bad.js')).code, 1);
    assert.equal((await authlens('check', 'warn.js')).code, 1);
    assert.equal((await authlens('check', 'note.js')).code, 0);
    assert.equal((await authlens('check', 'note.js', '--fail-on', 'info')).code, 1);
    assert.equal((await authlens('check', 'warn.js', '--fail-on', 'error')).code, 0);
    assert.equal((await authlens('check', 'bad.js', '--fail-on', 'never')).code, 0);
    const missing = await authlens('check', 'bad.js', 'gone.js', '--format', 'json');
    assert.equal(missing.code, 2);
    assert.equal(missing.errors, 'authlens: gone.js: does not exist\n');
    assert.equal(json(missing).files[0]?.path, 'bad.js');
    assert.deepEqual(json(missing).errors, [{ path: 'gone.js', message: 'does not exist' }]);
  });

  it('tells a usage error in one line', async () => {
    for (const args of [
      ['check', '--format', 'xml'],
      ['check', '--nonsense'],
      ['check', '--fail-on', 'always'],
      ['check', '--rule', 'no-such-rule'],
      ['check', '--item', 'no-such-item'],
      ['check', '--shard', '4/3'],
      ['check', '--today', '2026-02-30'],
      ['check', '--jobs', 'many'],
      ['check', '--stdin', 'a.js'],
      ['explain', 'no-such-rule'],
      ['merge', 'gone.json'],
      ['nonsense'],
    ]) {
      const { code, errors, output } = await authlens(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(errors, /^authlens: [^\n]+\n$/, args.join(' '));
      assert.equal(output, '');
    }
  });

  it('writes JSON that its schema allows, in a fixed order', async () => {
    lay({ 'b.py': 'FAIL(secrets)\nASK(state)', 'a/z.js': '  WARN(pkce) PASS(scopes)', 'none.js': 'nothing' });
    lay({ 'x.min.js': 'FAIL(secrets)' });
    const report = json(await authlens('check', '--format', 'json'));
    assert.deepEqual(
      report.files.map(({ path }) => path),
      ['a/z.js', 'b.py'],
    );
    assert.deepEqual(report.skipped, [{ path: 'x.min.js', reason: 'minified' }]);
    assert.deepEqual(report.summary, {
      files: 2,
      findings: { error: 1, warning: 1, info: 0 },
      verdicts: { fail: 2, review: 1, pass: 1 },
    });
    assert.deepEqual(report.files[0]?.findings[0]?.range, {
      start: { line: 1, column: 3 },
      end: { line: 1, column: 13 },
    });
  });

  it('lists a file that holds nothing only if it was named', async () => {
    lay({ 'none.js': 'nothing' });
    assert.equal(json(await authlens('check', '--format', 'json')).files.length, 0);
    assert.equal(json(await authlens('check', 'none.js', '--format', 'json')).files.length, 1);
    assert.match((await authlens('check')).output, /Nothing about authentication .* was found in 1 file\./);
  });

  it('leaves out other rules, and calls nothing in order that it did not look at', async () => {
    lay({ 'a.js': 'FAIL(secrets) PASS(pkce) WARN(state)' });
    const verdicts = async (...args: string[]) => {
      const [file] = json(await authlens('check', '--format', 'json', ...args)).files;
      return Object.fromEntries(
        file!.items.filter(({ verdict }) => verdict !== null).map((item) => [item.id, item.verdict]),
      );
    };
    assert.deepEqual(await verdicts('--item', 'secrets'), { secrets: 'fail' });
    assert.deepEqual(await verdicts('--rule', 'state-wrong', '--item', 'pkce'), { state: 'fail', pkce: 'pass' });
    assert.equal((await authlens('check', '--item', 'pkce')).code, 0);
  });

  it('reviews a snippet, whose language it finds by itself', async () => {
    const python = 'import jwt\n\ndef login(user):\n    return FAIL(token-expiry)\n';
    const report = json(await authlensWith(python, 'check', '--stdin', '--format', 'json'));
    assert.equal(report.files[0]?.path, 'stdin.py');
    assert.equal(report.files[0]?.language, 'python');
    const named = json(
      await authlensWith(python, 'check', '--stdin', '--stdin-path', 'src/new.py', '--format', 'json'),
    );
    assert.equal(named.files[0]?.path, 'src/new.py');
    const told = json(await authlensWith('PASS(state)', 'check', '--stdin', '--language', 'go', '--format', 'json'));
    assert.equal(told.files[0]?.language, 'go');
  });

  it('joins shards to the bytes of a single run', async () => {
    for (let i = 0; i < 20; i++)
      lay({ [`f${i}.js`]: `${'\n'.repeat(i)}FAIL(secrets) ASK(state)`, [`m${i}.min.js`]: '' });
    const whole = await authlens('check', '--format', 'json');
    for (const part of [1, 2, 3]) {
      const { output } = await authlens(
        'check',
        '--format',
        'json',
        '--shard',
        `${part}/3`,
        '--output',
        `${part}.json`,
      );
      assert.equal(output, '');
    }
    const merged = await authlens('merge', '3.json', '1.json', '2.json');
    assert.equal(merged.output, whole.output);
  });

  it('loses one file and not the run when the engine fails', async () => {
    lay({ 'a.js': 'THROW', 'b.js': 'PASS(secrets)' });
    const broken = await authlens('check', '--format', 'json');
    assert.equal(broken.code, 2);
    assert.equal(json(broken).files.length, 1);
    assert.match(broken.errors, /^authlens: a\.js: could not be reviewed/);
  });

  it('accepts what the baseline holds, and shows it', async () => {
    lay({ 'a.js': 'FAIL(secrets)', 'b.js': 'WARN(state)' });
    const made = await authlens('baseline', 'a.js', '--reason', 'known since March');
    assert.equal(made.output, '1 finding accepted in .authlens/baseline.json\n');
    const report = json(await authlens('check', '--format', 'json'));
    assert.deepEqual(report.files[0]?.findings[0]?.accepted, { by: 'baseline', reason: 'known since March' });
    assert.equal(report.files[0]?.items.find(({ id }) => id === 'secrets')?.verdict, 'fail');
    assert.equal((await authlens('check', 'a.js')).code, 0);
    assert.match((await authlens('check', 'a.js')).output, /known since March/);
    assert.equal((await authlens('check')).code, 1);
  });

  it('reports a corrupt baseline and never writes over it', async () => {
    lay({ 'a.js': 'FAIL(secrets)', '.authlens/baseline.json': '{ "version": 1, "findings": [{}] }' });
    const { code, errors } = await authlens('check');
    assert.equal(code, 2);
    assert.match(errors, /^authlens: \.authlens\/baseline\.json: finding 1 lacks/);
    assert.equal((await authlens('baseline', '.', '--reason', 'x')).code, 2);
    assert.match(readFileSync(join(cwd, '.authlens/baseline.json'), 'utf8'), /\[\{\}\]/);
  });

  it('shows findings, questions, the checklist and the sum', async () => {
    lay({ 'src/a.js': 'const a = 1;\n  FAIL(secrets);\nASK(state) PASS(pkce)\n' });
    const { output } = await authlens('check', '--no-color');
    for (const part of [
      'error  secrets-wrong  src/a.js:2:3',
      '> 2 │   FAIL(secrets);',
      '    │   ^^^^^^^^^^^^^',
      'fix  Put secrets right.',
      'Questions',
      'Is state right?',
      'Checklist',
      '✗ secrets',
      '? state',
      '✓ pkce',
      '1 file about auth of 1 looked at · 1 error · 0 warnings · 1 to review · 1 in order',
    ]) {
      assert.ok(output.includes(part), `${part}\nin\n${output}`);
    }
    assert.equal(output.includes('\u001b'), false);
    const coloured = await authlensOn({ columns: 60 }, 'check');
    assert.ok(coloured.output.includes('\u001b[31m'));
    const plain = coloured.output.replaceAll(SGR, '');
    for (const line of plain.split('\n')) assert.ok(line.length <= 60, line);
  });

  it('writes every format to a file, and says when it cannot', async () => {
    lay({ 'a.js': 'FAIL(secrets)' });
    for (const format of ['text', 'json', 'sarif', 'markdown', 'github']) {
      const { code, output } = await authlens('check', '--format', format, '--output', `out.${format}`);
      assert.equal(code, 1);
      assert.equal(output, '');
      assert.ok(readFileSync(join(cwd, `out.${format}`), 'utf8').includes('secrets'), format);
    }
    const failed = await authlens('check', '--output', 'no/such/folder/out.txt');
    assert.equal(failed.code, 2);
    assert.equal(failed.errors, 'authlens: no/such/folder/out.txt: does not exist\n');
  });

  it('prints the checklist, ticked where it is known', async () => {
    lay({ 'a.js': 'FAIL(secrets) PASS(pkce)', 'b.js': 'ASK(state) PASS(secrets)' });
    const { code, output } = await authlens('checklist');
    assert.equal(code, 0);
    assert.match(output, /\[x\] 2\. Is PKCE/);
    assert.match(output, /\[!\] 14\. Are signing keys[\s\S]*a\.js:1 secrets-wrong/);
    assert.match(output, /\[\?\] 10\. Is the/);
    assert.match(output, /\[-\] 12\. Does each/);
    assert.match((await authlens('checklist', '--format', 'markdown')).output, /- \[x\] \*\*2\. Is PKCE/);
  });

  it('explains rules and items, and guesses what was meant', async () => {
    assert.match((await authlens('explain', 'secrets-wrong')).output, /The attack\n {2}Somebody uses it\./);
    assert.match((await authlens('explain', 'state')).output, /10\. Is the `state` parameter/);
    assert.match((await authlens('explain', 'secret-wrong')).errors, /did you mean "secrets-wrong"/);
    assert.match((await authlens('rules')).output, /1\. Are we using[\s\S]*oauth-flow-wrong {2,}error/);
  });

  it('writes the files that make a repository check itself, and leaves what is there', async () => {
    lay({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/objects/x': '',
      '.git/refs/x': '',
      'authlens.config.json': '{}',
    });
    const { code, output } = await authlens('init');
    assert.equal(code, 0);
    assert.match(output, /kept {6}authlens\.config\.json/);
    assert.match(output, /wrote {5}\.github\/workflows\/authlens\.yml/);
    assert.match(output, /wrote {5}\.git\/hooks\/pre-commit/);
    assert.equal(readFileSync(join(cwd, 'authlens.config.json'), 'utf8'), '{}');
  });

  it('shows no control character of a file on the terminal', async () => {
    lay({ 'a.js': 'FAIL(secrets) // \u001b[2J\u202e gone' });
    const { output } = await authlens('check', '--no-color');
    assert.equal(output.includes('\u001b') || output.includes('\u202e'), false);
  });

  function lay(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
  }

  interface Outcome {
    readonly code: number | undefined;
    readonly output: string;
    readonly errors: string;
  }

  const authlens = (...args: string[]) => runWith({}, '', args);
  const authlensOn = (terminal: { columns: number }, ...args: string[]) => runWith(terminal, '', args);
  const authlensWith = (input: string, ...args: string[]) => runWith({}, input, args);

  async function runWith(terminal: { columns?: number }, input: string, args: readonly string[]): Promise<Outcome> {
    let output = '';
    let errors = '';
    const commandLine: CommandLine = {
      engine: wordsEngine,
      version: '0.0.0',
      grammars: { grammar: async () => new Uint8Array(), runtime: async () => new Uint8Array() },
      startServer: async () => {},
      terminal: {
        cwd,
        environment: {},
        columns: terminal.columns,
        hasProgress: false,
        print(text) {
          output += text;
        },
        complain(text) {
          errors += text;
        },
        readInput: async () => Buffer.from(input),
        today: () => '2026-11-24',
        now: () => '2026-11-24T12:00:00.000Z',
      },
    };
    return { code: await run(commandLine, args), output, errors };
  }

  function json({ output }: Outcome): JsonReport {
    const report = JSON.parse(output) as JsonReport;
    assert.ok(isValid(report), JSON.stringify(isValid.errors, null, 2));
    return report;
  }
});

describe('guessLanguage', () => {
  const snippets: Readonly<Record<string, string>> = {
    javascript: "const jwt = require('jsonwebtoken');\napp.get('/', (req, res) => res.send('x'));",
    typescript: "import { Request } from 'express';\nexport async function a(req: Request): Promise<void> {}",
    javascriptreact: 'export default function Login() {\n  return <button onClick={() => login()}>Log in</button>;\n}',
    typescriptreact: 'export function Login({ id }: Props) {\n  const a: string = id;\n  return <b title={a}>x</b>;\n}',
    python: 'import jwt\n\ndef f(token):\n    return jwt.decode(token, KEY)',
    go: 'package main\n\nfunc main() {\n\tx, err := f()\n\tif err != nil {\n\t}\n}',
    java: 'import java.util.Map;\n\npublic class A {\n  private String key = "x";\n}',
    kotlin: 'fun main() {\n  val key = "x"\n  println(key)\n}',
    csharp: 'using System;\nvar builder = WebApplication.CreateBuilder(args);',
    php: "<?php\n$token = JWT::encode($payload, $key, 'HS256');",
    ruby: "require 'jwt'\n\ndef token_for(user)\n  JWT.encode({}, key, 'HS256')\nend",
    vue: '<template>\n  <p v-if="a">x</p>\n</template>\n<script setup>\nconst a = 1\n</script>',
    dotenv: 'JWT_SECRET=abc\nPORT=3000',
    json: '{\n  "a": 1,\n  "b": "c"\n}',
    yaml: 'services:\n  web:\n    image: x\n    environment:\n      - A=b',
    markdown: '# Title\n\n- One\n- Two\n\n```js\nf();\n```',
  };
  for (const [language, text] of Object.entries(snippets)) {
    it(`tells ${language}`, () => assert.equal(guessLanguage(text), language));
  }
});
