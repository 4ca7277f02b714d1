/** Reports made by hand, in every format: what must be in them, and what strangers' text must not do to them. */
import assert from 'node:assert/strict';
import type { Finding, ItemState, Range } from '../server/src/engine/index.js';
import { CHECKLIST } from '../server/src/engine/index.js';
import { codeFrame } from '../server/src/report/frame.js';
import { foldChecklist } from '../server/src/report/fold.js';
import { renderGithub } from '../server/src/report/github.js';
import { checklistMarkdown, renderMarkdown } from '../server/src/report/markdown.js';
import type { Report, ReviewedFile, ReviewedFinding, ReviewedItem } from '../server/src/report/report.js';
import { sarifLog } from '../server/src/report/sarif.js';
import { PLAIN } from '../server/src/report/style.js';
import { renderText } from '../server/src/report/text.js';
import { displayWidth } from '../server/src/report/visible.js';
import { WORDS_RULES } from './harness/words-engine.js';

const text = 'const a = 1;\nconst b = sign(payload, key);\nconst c = 3;\n';

describe('reports', () => {
  const warned = finding({ rule: 'state-wrong', item: 'state', severity: 'warning', change: 'unchanged' });
  const accepted = finding({
    rule: 'pkce-wrong',
    item: 'pkce',
    accepted: { by: 'comment', reason: 'a demo', until: '2027-03-01' },
  });
  const linked = finding({
    message: 'The `key` is a literal.',
    related: [{ ...place('keys.js', 0, 0, 3), message: 'It is here.' }],
  });
  const report = reportOf(
    file('src/a b.js', [linked, warned, accepted], { secrets: 'fail', state: 'fail', pkce: 'fail', scopes: 'pass' }),
  );

  it('SARIF holds place, level, fingerprint, related places, suppression and rule help', () => {
    const [run] = (sarifLog(report, WORDS_RULES) as { runs: SarifRun[] }).runs;
    assert.deepEqual(
      run!.tool.driver.rules.map(({ id }) => id),
      ['pkce-wrong', 'secrets-wrong', 'state-wrong'],
    );
    assert.ok(run!.tool.driver.rules.every(({ help }) => help.markdown.startsWith('# ')));
    const [first, second, third] = run!.results;
    assert.equal(first!.message.text, 'The `key` is a literal. See [keys.js:1](1).');
    assert.equal(first!.relatedLocations[0]!.id, 1);
    assert.deepEqual(first!.locations[0]!.physicalLocation, {
      artifactLocation: { uri: 'src/a%20b.js', uriBaseId: 'SRCROOT' },
      region: { startLine: 2, startColumn: 11, endLine: 2, endColumn: 15 },
    });
    assert.equal(first!.partialFingerprints.primaryLocationLineHash, 'f1:x');
    assert.equal(first!.baselineState, 'new');
    assert.equal(second!.level, 'warning');
    assert.equal(second!.baselineState, 'unchanged');
    assert.deepEqual(third!.suppressions, [{ kind: 'inSource', status: 'accepted', justification: 'a demo' }]);
    for (const result of run!.results) assert.equal(run!.tool.driver.rules[result.ruleIndex]!.id, result.ruleId);
  });

  it('workflow annotations come worst first, escaped, without what is accepted or was there before', () => {
    const odd = finding({
      rule: 'scopes-wrong',
      item: 'scopes',
      severity: 'info',
      message: '100 % sure\nof it: yes, it is.',
    });
    assert.deepEqual(renderGithub(reportOf(file('a,b:c.js', [odd, warned, accepted, linked], {}))).split('\n'), [
      '::error file=a%2Cb%3Ac.js,line=2,endLine=2,col=11,endColumn=14,title=secrets-wrong::The `key` is a literal.',
      '::notice file=a%2Cb%3Ac.js,line=2,endLine=2,col=11,endColumn=14,title=scopes-wrong::100 %25 sure of it: yes, it is.',
      'AuthLens: 2 errors, 1 warnings, 1 notes; 0 to review',
      '',
    ]);
  });

  it('Markdown lists what is open and folds the rest away', () => {
    const markdown = renderMarkdown(report, { remedyOf: (rule) => `Mend ${rule}.` });
    assert.match(markdown, /^## AuthLens: 1 to fix, 0 to answer\n/);
    assert.match(
      markdown,
      /- \*\*error\*\* \[src\/a b\.js:2\]\(src\/a%20b\.js#L2\) `secrets-wrong`: The `key` is a literal\.<br>Mend/,
    );
    assert.match(markdown, /<summary>Accepted: 1<\/summary>[\s\S]*a demo \(comment, until 2027-03-01\)/);
    assert.match(markdown, /<summary>There before: 1<\/summary>/);
    assert.match(markdown, /\| ✅ \| 12\. Does each OAuth scope/);
  });

  it('Markdown tells first what got worse', () => {
    const worse = { ...file('a.js', [], { state: 'fail', pkce: 'pass' }), findings: [] };
    const items = worse.items.map((item) => (item.id === 'state' ? { ...item, before: 'pass' as const } : item));
    assert.match(
      renderMarkdown(reportOf({ ...worse, items }), { remedyOf: () => undefined }),
      /worse\n\n- `a\.js` \*\*state: pass → fail\*\*/,
    );
  });

  it('text of strangers means nothing to Markdown', () => {
    const evil = finding({ message: 'a <script>alert(1)</script> | [x](http://evil) @everyone `b|c` ![i](j)' });
    const markdown = renderMarkdown(reportOf(file('a`b.js', [evil], {})), { remedyOf: () => undefined });
    assert.equal(/<script|\[x\]|@everyone|!\[i\]/.test(markdown), false);
    assert.match(markdown, /`b\|c`/);
  });

  it('the checklist of several files shows the worst verdict and the files behind it', () => {
    const files = [
      file('a.js', [], { state: 'pass', pkce: 'review' }),
      file('b.js', [], { state: 'review', pkce: 'fail' }),
    ];
    const folded = new Map(foldChecklist(files).map((item) => [item.item.id as string, item]));
    assert.equal(folded.get('state')?.verdict, 'review');
    assert.deepEqual(
      folded.get('pkce')?.behind.map((behind) => behind.file.path),
      ['b.js'],
    );
    assert.equal(folded.get('scopes')?.verdict, 'na');
    const unchecked = foldChecklist([file('a.js', [], { state: 'pass' }), file('b.js', [], { state: null })]);
    assert.equal(unchecked.find(({ item }) => item.id === 'state')?.verdict, null);
    assert.match(checklistMarkdown(files), /- \[ \] \*\*10\. .*\*\* to answer/);
  });

  it('text fits the width it is given', () => {
    const long = finding({ message: `The token ${'is verified without a list of accepted algorithms, '.repeat(4)}.` });
    for (const width of [40, 60, 100]) {
      const lines = renderText(reportOf(file('src/deep/folder/file.js', [long], { secrets: 'fail' })), {
        style: PLAIN,
        width,
        remedyOf: () => 'Name the one algorithm that the issuer signs with, and nothing else, in the call itself.',
        extent: 'all',
        waiting: 'untold',
      }).split('\n');
      for (const line of lines)
        assert.ok(displayWidth(line) <= width || /^(?:error|info)/.test(line), `${width}: ${line}`);
    }
  });

  it('says when there was nothing about auth', () => {
    const empty = { ...reportOf(), looked: 12 };
    const options = {
      style: PLAIN,
      width: 100,
      remedyOf: () => undefined,
      extent: 'all' as const,
      waiting: 'untold' as const,
    };
    assert.equal(renderText(empty, options), 'Nothing about authentication or authorization was found in 12 files.\n');
    assert.match(renderMarkdown(empty, options), /^## AuthLens: nothing about authentication/);
  });
});

describe('code frames', () => {
  const frame = (source: string, range: Range, width = 60) =>
    codeFrame({ text: source, range, width, style: PLAIN, paint: (part) => part });

  it('marks the smallest text, below its line', () => {
    assert.deepEqual(frame(text, rangeOf(1, 10, 14)), [
      '  1 │ const a = 1;',
      '> 2 │ const b = sign(payload, key);',
      '    │           ^^^^',
      '  3 │ const c = 3;',
    ]);
  });

  it('keeps carets below wide characters and tabs', () => {
    assert.deepEqual(frame("\tconst 名 = f('x');", rangeOf(0, 11, 12)), [
      "> 1 │ const 名 = f('x');",
      '    │            ^',
    ]);
  });

  it('cuts a long line so that the marked text is seen', () => {
    const [line, carets] = frame(`${'a'.repeat(500)}MARK${'b'.repeat(500)}`, rangeOf(0, 500, 504));
    assert.equal(line!.indexOf('MARK'), carets!.indexOf('^^^^'));
    assert.ok(line!.length <= 60);
  });

  it('shows the first lines of a long range', () => {
    const lines = frame('f(\n  a,\n  b,\n  c,\n  d,\n  e\n);', {
      start: { line: 0, character: 0 },
      end: { line: 6, character: 1 },
    });
    assert.equal(lines.filter((line) => line.startsWith('>')).length, 4);
  });

  it('survives a range beyond the end', () => {
    assert.doesNotThrow(() => frame('x', { start: { line: 7, character: 3 }, end: { line: 9, character: 0 } }));
    assert.doesNotThrow(() => frame('', rangeOf(0, 5, 9)));
  });
});

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly { id: string; help: { markdown: string } }[] } };
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly message: { readonly text: string };
    readonly locations: readonly { readonly physicalLocation: unknown }[];
    readonly relatedLocations: readonly { readonly id: number }[];
    readonly partialFingerprints: { readonly primaryLocationLineHash: string };
    readonly suppressions: unknown;
    readonly baselineState: string;
  }[];
}

function rangeOf(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

function place(path: string, line: number, start: number, end: number) {
  return { path, span: { start, end }, range: rangeOf(line, start, end) };
}

function finding(over: Partial<ReviewedFinding>): ReviewedFinding {
  const base: Finding = {
    ...place('src/a b.js', 1, 10, 14),
    id: 'src/a b.js#secrets-wrong@2:11',
    rule: 'secrets-wrong',
    item: 'secrets',
    severity: 'error',
    message: 'Something is wrong.',
    related: [],
    fingerprint: 'f1:x',
    fixable: false,
    accepted: null,
    files: [],
  };
  return { ...base, change: 'new', fixes: [], ...over };
}

function file(
  path: string,
  findings: readonly ReviewedFinding[],
  verdicts: Readonly<Record<string, ItemState['verdict']>>,
): ReviewedFile {
  const items = CHECKLIST.map(({ id }): ReviewedItem => {
    const own = findings.filter(({ item }) => item === id);
    const verdict = id in verdicts ? verdicts[id]! : 'na';
    return {
      id,
      verdict,
      findings: own.map((one) => one.id),
      evidence: [],
      questions: [],
      reviewed: null,
      before: null,
      open: false,
      sinceReviewed: [],
    };
  });
  return { path, language: 'javascript', items, findings: findings.map((one) => ({ ...one, path })), text };
}

function reportOf(...files: readonly ReviewedFile[]): Report {
  return { version: '0.1.0', files, skipped: [], errors: [], looked: files.length };
}
