/** `--since`, marks and required reviews over real git history, with a fake engine. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../server/src/cli/main.js';
import type { JsonReport } from '../server/src/report/json.js';
import { wordsEngine } from './harness/words-engine.js';

describe('authlens --since', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'authlens-since-'));
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Ada');
    git('config', 'user.email', 'ada@example.com');
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  it('tells new from unchanged and fixed, and follows renames', async () => {
    lay({ 'a.js': 'FAIL(secrets)\nWARN(pkce)', 'b.js': `FAIL(state)\n${'x\n'.repeat(30)}`, 'c.js': 'WARN(scopes)' });
    commit('base');
    git('mv', 'b.js', 'moved.js');
    lay({ 'a.js': 'x\nFAIL(secrets)\nFAIL(token-expiry)', 'new.js': 'WARN(state)' });
    const report = json(await authlens('check', '--since', 'HEAD', '--format', 'json'));
    assert.deepEqual(changes(report), {
      'a.js secrets-wrong': 'unchanged',
      'a.js token-expiry-wrong': 'new',
      'moved.js state-wrong': 'unchanged',
      'new.js state-wrong': 'new',
    });
    const items = new Map(report.files.find(({ path }) => path === 'a.js')!.items.map((item) => [item.id, item]));
    assert.equal(items.get('secrets')?.before, 'fail');
    assert.equal(items.get('token-expiry')?.before, 'na');
    const { output } = await authlens('check', '--since', 'HEAD');
    assert.match(output, /What got worse\n {2}a\.js {2}token-expiry: na → fail/);
    assert.match(output, /Fixed\n {2}a\.js:2:1 {2}pkce-wrong/);
    assert.match(output, /2 there before · 1 fixed/);
  });

  it('holds the change against the merge base, committed or not', async () => {
    lay({ 'a.js': 'PASS(secrets)' });
    commit('base');
    git('checkout', '-q', '-b', 'work');
    lay({ 'a.js': 'PASS(secrets)\nWARN(pkce)' });
    commit('mine');
    git('checkout', '-q', 'main');
    lay({ 'z.js': 'FAIL(state)' });
    commit('theirs');
    git('checkout', '-q', 'work');
    const report = json(await authlens('check', '--since', 'main', '--format', 'json'));
    assert.deepEqual(changes(report), { 'a.js pkce-wrong': 'new' });
  });

  it('counts only what is new for the exit code', async () => {
    lay({ 'a.js': 'FAIL(secrets)' });
    commit('base');
    lay({ 'a.js': 'FAIL(secrets)\nmore' });
    assert.equal((await authlens('check', '--since', 'HEAD')).code, 0);
    lay({ 'a.js': 'FAIL(secrets)\nFAIL(pkce)' });
    assert.equal((await authlens('check', '--since', 'HEAD')).code, 1);
  });

  it('takes the baseline of the base, and lists first what the change adds to it', async () => {
    lay({ 'a.js': 'PASS(secrets)' });
    commit('base');
    lay({ 'a.js': 'FAIL(secrets)' });
    await authlens('baseline', '.', '--reason', 'hush');
    lay({ 'authlens.config.json': '{ "rules": { "secrets-wrong": "off" } }' });
    const { code, output } = await authlens('check', '--since', 'HEAD');
    assert.equal(code, 1);
    assert.match(output, /^This change adds to what is accepted\n/);
    assert.match(output, /baseline {2}\.authlens\/baseline\.json {2}secrets-wrong in a\.js: hush/);
    assert.match(output, /configuration {2}authlens\.config\.json:1 {2}\{ "rules"/);
  });

  it('counts a changed file that the change also hides from git', async () => {
    lay({ 'a.js': 'PASS(secrets)' });
    commit('base');
    lay({ 'a.js': 'FAIL(secrets)', '.gitignore': 'a.js\n' });
    assert.equal((await authlens('check', '--since', 'HEAD')).code, 1);
  });

  it('says plainly what it cannot do', async () => {
    const refuses = async (words: RegExp, ...args: string[]) => {
      const { code, errors } = await authlens(...args);
      assert.equal(code, 2);
      assert.match(errors, words);
      assert.equal(errors.trim().split('\n').length, 1);
    };
    await refuses(/no commit yet/, 'check', '--since', 'HEAD');
    lay({ 'a.js': '' });
    commit('base');
    await refuses(/there is no revision "nowhere"/, 'check', '--since', 'nowhere');
    await refuses(/there is no revision "--output=x"/, 'check', '--since=--output=x');
    git('checkout', '-q', '--orphan', 'lone');
    commit('lone');
    await refuses(/no history in common/, 'check', '--since', 'main');
    await refuses(/name the change with --since/, 'check', '--independent-review');
    rmSync(join(cwd, '.git'), { recursive: true });
    await refuses(/in no git repository/, 'check', '--since', 'main');
  });

  it('tells a shallow clone from a missing revision', async () => {
    lay({ 'a.js': '1' });
    commit('one');
    lay({ 'a.js': '2' });
    commit('two');
    const clone = join(cwd, 'clone');
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${cwd}`, clone]);
    const { errors } = await authlensIn(clone, 'check', '--since', 'HEAD~1');
    assert.match(errors, /cut off.*--unshallow/);
  });

  it('runs nothing that a hostile configuration names', async () => {
    lay({
      'a.js': 'PASS(secrets)',
      'evil.sh': '#!/bin/sh\ntouch "$(dirname "$0")/ran"\ncat\n',
      '.gitattributes': '*.js filter=evil diff=evil\n',
    });
    chmodSync(join(cwd, 'evil.sh'), 0o755);
    commit('base');
    const evil = join(cwd, 'evil.sh');
    for (const name of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'core.askPass',
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'gpg.program',
      'credential.helper',
      'uploadpack.packObjectsHook',
    ]) {
      git('config', name, evil);
    }
    git('config', 'filter.evil.required', 'true');
    git('config', 'log.showSignature', 'true');
    mkdirSync(join(cwd, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout']) {
      writeFileSync(join(cwd, '.git/hooks', hook), readFileSync(evil), { mode: 0o755 });
    }
    rmSync(join(cwd, 'ran'), { force: true });
    lay({ 'a.js': 'FAIL(secrets)' });
    const { code, errors } = await authlens('check', '--since', 'HEAD');
    assert.equal(errors, '');
    assert.equal(code, 1);
    assert.equal(existsSync(join(cwd, 'ran')), false);
  });

  it('passes over submodules and links, and reads odd names', async () => {
    const inner = join(cwd, 'inner');
    lay({ 'a b"c.js': 'PASS(secrets)', 'ünï.js': 'PASS(secrets)' });
    execFileSync('git', ['init', '-q', inner]);
    writeFileSync(join(inner, 'x.js'), 'FAIL(secrets)');
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=b', 'commit', '-q', '--allow-empty', '-m', 'x'], {
      cwd: inner,
    });
    commit('base');
    lay({ 'a b"c.js': 'FAIL(secrets)', 'ünï.js': 'FAIL(secrets)' });
    const report = json(await authlens('check', '--since', 'HEAD', '--format', 'json'));
    assert.deepEqual(Object.keys(changes(report)), ['a b"c.js secrets-wrong', 'ünï.js secrets-wrong']);
  });

  describe('marks', () => {
    it('tick what can be ticked, and stay until what they rest on changes', async () => {
      lay({ 'a.js': 'PASS(secrets) ASK(state)\nFAIL(pkce)' });
      assert.match((await authlens('mark', 'a.js', 'pkce')).errors, /pkce fails here/);
      assert.match((await authlens('mark', 'a.js', 'state')).errors, /is a question: answer it/);
      assert.match((await authlens('mark', 'a.js', 'scopes')).errors, /not relevant/);
      assert.equal((await authlens('mark', 'a.js', 'secrets')).output, 'ticked  a.js  secrets\n');
      assert.equal((await authlens('mark', 'a.js', 'state', '--note', 'asked them')).code, 0);
      const item = async (id: string) =>
        json(await authlens('check', '--format', 'json')).files[0]!.items.find((one) => one.id === id)!.reviewed;
      assert.deepEqual(await item('state'), {
        by: 'Ada',
        at: '2026-11-24T12:00:00.000Z',
        note: 'asked them',
        stale: false,
      });
      lay({ 'a.js': 'x\n\nPASS(secrets)   ASK(state)\nFAIL(pkce)' });
      assert.equal((await item('secrets'))?.stale, false);
      lay({ 'a.js': 'PASS(secrets) PASS(secrets)' });
      assert.equal((await item('secrets'))?.stale, true);
      const { output } = await authlens('checklist');
      assert.match(
        output,
        /changed since it was reviewed by Ada[\s\S]*- PASS\(secrets\) ASK\(state\)\n[\s\S]*\+ PASS\(secrets\) PASS\(secrets\)/,
      );
    });

    it('are required, and by somebody else if asked', async () => {
      lay({ 'a.js': 'PASS(secrets)', 'b.js': 'PASS(pkce)' });
      commit('base');
      git('checkout', '-q', '-b', 'work');
      lay({ 'a.js': 'PASS(secrets) PASS(secrets)' });
      commit('change');
      assert.equal((await authlens('check', '--require-reviewed')).code, 1);
      const waiting = await authlens('check', '--since', 'main', '--require-reviewed');
      assert.equal(waiting.code, 1);
      assert.match(waiting.output, /Waits for a reviewer\n {2}a\.js: secrets/);
      await authlens('mark', 'a.js', '--all');
      assert.equal((await authlens('check', '--since', 'main', '--require-reviewed')).code, 0);
      assert.equal((await authlens('check', '--since', 'main', '--independent-review')).code, 1);
      assert.match(
        (await authlens('check', '--since', 'main')).output,
        /review mark .*a\.js\.jsonl:1 {2}secrets, by Ada/,
      );
      git('config', 'user.name', 'Grace');
      await authlens('mark', 'a.js', '--all');
      assert.equal((await authlens('check', '--since', 'main', '--require-reviewed')).code, 0);
    });

    it('of two branches merge without loss', async () => {
      lay({ 'a.js': 'PASS(secrets) PASS(pkce) PASS(scopes)' });
      await authlens('mark', 'a.js', 'scopes');
      commit('base');
      git('checkout', '-q', '-b', 'work');
      await authlens('mark', 'a.js', 'secrets');
      commit('one');
      git('checkout', '-q', 'main');
      await authlens('mark', 'a.js', 'pkce');
      commit('two');
      git('merge', '-q', 'work', '-m', 'merge');
      const { items } = json(await authlens('check', '--format', 'json')).files[0]!;
      assert.deepEqual(
        items.filter(({ reviewed }) => reviewed !== null && !reviewed.stale).map(({ id }) => id),
        ['pkce', 'scopes', 'secrets'],
      );
    });

    it('follow a rename, and move with the next tick', async () => {
      lay({ 'a.js': 'PASS(secrets) PASS(pkce)' });
      await authlens('mark', 'a.js', 'secrets');
      mkdirSync(join(cwd, 'src'));
      execFileSync('mv', ['a.js', 'src/b.js'], { cwd });
      await authlens('mark', 'src/b.js', 'pkce');
      const { items } = json(await authlens('check', '--format', 'json')).files[0]!;
      assert.equal(items.filter(({ reviewed }) => reviewed?.stale === false).length, 2);
      assert.equal(existsSync(join(cwd, '.authlens/reviews/a.js.jsonl')), false);
    });

    it('are set aside and reported when they are corrupt, and never overwritten', async () => {
      lay({ 'a.js': 'PASS(secrets)', '.authlens/reviews/a.js.jsonl': '<<<<<<< ours\n' });
      const checked = await authlens('check');
      assert.equal(checked.code, 2);
      assert.equal(
        checked.errors,
        'authlens: .authlens/reviews/a.js.jsonl: line 1: a merge conflict is not resolved\n',
      );
      await authlens('mark', 'a.js', 'secrets');
      assert.equal(readFileSync(join(cwd, '.authlens/reviews/a.js.jsonl.set-aside-1'), 'utf8'), '<<<<<<< ours\n');
      assert.equal((await authlens('check')).code, 0);
    });
  });

  function lay(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
  }

  function git(...args: string[]): void {
    execFileSync('git', args, { cwd, stdio: 'ignore' });
  }

  function commit(message: string): void {
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', message);
  }

  interface Outcome {
    readonly code: number | undefined;
    readonly output: string;
    readonly errors: string;
  }

  const authlens = (...args: string[]) => authlensIn(cwd, ...args);

  async function authlensIn(folder: string, ...args: string[]): Promise<Outcome> {
    let output = '';
    let errors = '';
    const code = await run(
      {
        engine: wordsEngine,
        version: '0.0.0',
        grammars: { grammar: async () => new Uint8Array(), runtime: async () => new Uint8Array() },
        startServer: async () => {},
        terminal: {
          cwd: folder,
          environment: {},
          columns: undefined,
          hasProgress: false,
          print(text) {
            output += text;
          },
          complain(text) {
            errors += text;
          },
          readInput: async () => new Uint8Array(),
          today: () => '2026-11-24',
          now: () => '2026-11-24T12:00:00.000Z',
        },
      },
      args,
    );
    return { code, output, errors };
  }

  function json({ output, errors }: Outcome): JsonReport {
    assert.equal(errors, '');
    return JSON.parse(output) as JsonReport;
  }

  function changes(report: JsonReport): Record<string, string | null> {
    return Object.fromEntries(
      report.files.flatMap(({ path, findings }) => findings.map(({ rule, change }) => [`${path} ${rule}`, change])),
    );
  }
});
