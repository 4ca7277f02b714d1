/** Review marks: files that merge, marks that belong to code, stores that lose nothing. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CHECKLIST, type FileReport, type ItemState } from '../server/src/engine/index.js';
import { reviewFolder } from '../server/src/hosts/review-folder.js';
import { diffLines } from '../server/src/review/diff.js';
import { formatMarks, markFor, markState, parseMarks, type ReviewMark, withMark } from '../server/src/review/mark.js';
import { fileProgress, itemProgress } from '../server/src/review/progress.js';
import { readReviews } from '../server/src/review/reviews.js';
import { memoryStore } from '../server/src/review/store.js';

describe('review marks', () => {
  it('are written sorted, one a line, and read back', () => {
    const file = withMark(
      withMark({ marks: [], unknown: ['{"later":1}'] }, mark('state', 'r1:a')),
      mark('pkce', 'r1:b'),
    );
    const text = formatMarks(file);
    assert.deepEqual(
      text.split('\n').map((line) => /"item":"([\w-]+)"/.exec(line)?.[1] ?? line),
      ['pkce', 'state', '{"later":1}', ''],
    );
    assert.equal(formatMarks(parseMarks(text)), text);
  });

  it('keep lines that a later version wrote', () => {
    const text = `{"item":"no-such-item","verdict":"pass","fingerprint":"r1:x","by":"a","at":"b","code":""}\n`;
    assert.equal(formatMarks(withMark(parseMarks(text), mark('pkce', 'r1:b'))).endsWith(text), true);
  });

  it('name a conflict and a broken line, and read the rest', () => {
    const one = formatMarks({ marks: [mark('pkce', 'r1:a')], unknown: [] });
    const two = formatMarks({ marks: [mark('state', 'r1:b')], unknown: [] });
    const conflict = parseMarks(`<<<<<<< ours\n${one}=======\n${two}>>>>>>> theirs\n`);
    assert.match(conflict.problem ?? '', /line 1: a merge conflict/);
    assert.equal(conflict.marks.length, 2);
    assert.match(parseMarks(`${one}{"item":`).problem ?? '', /line 2: is no review mark/);
  });

  it('of one item after a merge: the newest whose fingerprint holds', () => {
    const old = { ...mark('pkce', 'r1:now'), at: '2026-01-01' };
    const newer = { ...mark('pkce', 'r1:other'), at: '2026-02-01' };
    assert.equal(markFor(item('pkce', 'pass', 'r1:now'), [newer, old]), old);
    assert.equal(markFor(item('pkce', 'pass', 'r1:third'), [old, newer]), newer);
  });

  it('are stale when what they rest on has changed, and gone when the item is not relevant', () => {
    const marks = [{ ...mark('pkce', 'r1:a'), note: 'asked them' }];
    assert.deepEqual(markState(item('pkce', 'pass', 'r1:a'), marks), {
      by: 'Ada',
      at: '2026-11-24T12:00:00.000Z',
      note: 'asked them',
      stale: false,
    });
    assert.equal(markState(item('pkce', 'pass', 'r1:b'), marks)?.stale, true);
    assert.equal(markState(item('pkce', 'na', undefined), marks), null);
  });

  it('say how far a file is', () => {
    const state = (id: ItemState['id'], verdict: ItemState['verdict'], reviewed: boolean | 'stale' = false) => ({
      ...item(id, verdict, 'r1:a'),
      findings: verdict === 'fail' ? ['f'] : [],
      reviewed: reviewed === false ? null : { by: 'Ada', at: '', note: null, stale: reviewed === 'stale' },
    });
    const none = new Map();
    const accepted = new Map([['f', { by: 'comment' as const, reason: 'demo' }]]);
    assert.equal(fileProgress([state('pkce', 'pass'), state('state', 'na')], none), 'fresh');
    assert.equal(fileProgress([state('pkce', 'pass', true), state('state', 'review')], none), 'in review');
    assert.equal(fileProgress([state('pkce', 'pass', true), state('state', null)], none), 'reviewed');
    assert.equal(fileProgress([state('pkce', 'pass', 'stale')], none), 'stale');
    assert.equal(itemProgress(state('pkce', 'fail', true), none), 'open');
    assert.equal(itemProgress(state('pkce', 'fail'), accepted), 'done');
  });

  it('follow code to a new name, by fingerprint', async () => {
    const texts = new Map([
      ['old.js', formatMarks({ marks: [mark('pkce', 'r1:a'), mark('state', 'r1:b')], unknown: [] })],
      ['kept.js', formatMarks({ marks: [mark('pkce', 'r1:a')], unknown: [] })],
    ]);
    const sources = [source('kept.js', 'r1:a'), source('new.js', 'r1:a'), source('other.js', 'r1:z')];
    const reviews = await readReviews(memoryStore(texts), sources, (path) => path !== 'old.js');
    assert.equal(reviews.of('new.js').marks.length, 2);
    assert.equal(reviews.keptAt('new.js'), 'old.js');
    assert.equal(reviews.of('kept.js').marks.length, 1);
    assert.deepEqual(reviews.of('other.js').marks, []);
  });

  it('show what has changed since', () => {
    assert.deepEqual(diffLines('a\nb\nc', 'a\nx\nc'), [
      { kind: 'same', text: 'a' },
      { kind: 'gone', text: 'b' },
      { kind: 'new', text: 'x' },
      { kind: 'same', text: 'c' },
    ]);
  });
});

describe('the folder of review marks', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'authlens-marks-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('keeps marks by path, whole, with the rule that lets branches merge', async () => {
    const store = reviewFolder(root);
    await store.write('src/a b.js', 'one\n');
    await store.write('src/a b.js', 'two\n');
    assert.equal(await store.read('src/a b.js'), 'two\n');
    assert.equal(await store.read('src/none.js'), undefined);
    assert.deepEqual(await store.list(), ['src/a b.js']);
    assert.deepEqual(readdirSync(join(root, '.authlens/reviews/src')), ['a b.js.jsonl']);
    assert.match(
      readFileSync(join(root, '.authlens/.gitattributes'), 'utf8'),
      /reviews\/\*\*\/\*\.jsonl .*merge=union/,
    );
    await store.remove('src/a b.js');
    assert.deepEqual(await store.list(), []);
  });

  it('sets aside without overwriting', async () => {
    const store = reviewFolder(root);
    await store.write('a.js', 'bad');
    const first = await store.setAside('a.js');
    await store.write('a.js', 'worse');
    const second = await store.setAside('a.js');
    assert.notEqual(first, second);
    assert.equal(readFileSync(first, 'utf8'), 'bad');
    assert.deepEqual(await store.list(), []);
  });

  it('neither reads nor writes outside, whatever links a stranger has laid', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'authlens-outside-'));
    try {
      writeFileSync(join(outside, 'secret.jsonl'), 'secret');
      mkdirSync(join(root, '.authlens/reviews'), { recursive: true });
      symlinkSync(outside, join(root, '.authlens/reviews/src'));
      symlinkSync(join(outside, 'secret.jsonl'), join(root, '.authlens/reviews/a.js.jsonl'));
      const store = reviewFolder(root);
      assert.deepEqual(await store.list(), []);
      await assert.rejects(store.read('a.js'));
      await assert.rejects(store.write('src/a.js', 'x'));
      await assert.rejects(store.write('../b.js', 'x'));
      await assert.rejects(store.read('../../etc/passwd'));
      await store.write('a.js', 'own');
      assert.equal(readFileSync(join(outside, 'secret.jsonl'), 'utf8'), 'secret');
      assert.deepEqual(readdirSync(outside), ['secret.jsonl']);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  it('leaves the old text and no half file when it cannot write', async () => {
    if (process.getuid?.() === 0) return;
    const store = reviewFolder(root);
    await store.write('a.js', 'old');
    chmodSync(join(root, '.authlens/reviews'), 0o555);
    await assert.rejects(store.write('a.js', 'new'));
    chmodSync(join(root, '.authlens/reviews'), 0o755);
    assert.equal(await store.read('a.js'), 'old');
    assert.deepEqual(readdirSync(join(root, '.authlens/reviews')), ['a.js.jsonl']);
  });

  it('reads ten thousand marks', async () => {
    const folder = join(root, '.authlens/reviews');
    const text = formatMarks({ marks: CHECKLIST.map(({ id }) => mark(id, 'r1:a')), unknown: [] });
    const paths = Array.from({ length: 625 }, (_, i) => `d${i % 25}/f${i}.js`);
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, `${path}.jsonl`), text);
    }
    const sources = paths.map((path) => source(path, 'r1:a'));
    const reviews = await readReviews(reviewFolder(root), sources, () => true);
    assert.equal(
      sources.every(({ path }) => reviews.of(path).marks.length === 16),
      true,
    );
    assert.equal(existsSync(join(folder, 'd0/f0.js.jsonl')), true);
  });
});

function mark(id: ReviewMark['item'], fingerprint: string): ReviewMark {
  return { item: id, verdict: 'pass', fingerprint, by: 'Ada', at: '2026-11-24T12:00:00.000Z', code: 'sign(x)' };
}

function item(id: ItemState['id'], verdict: ItemState['verdict'], fingerprint: string | undefined): ItemState {
  return {
    id,
    verdict,
    findings: [],
    evidence: [],
    questions: [],
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

function source(path: string, fingerprint: string) {
  const report: FileReport = { path, language: 'javascript', items: [item('pkce', 'pass', fingerprint)], findings: [] };
  return { path, report: () => report };
}
