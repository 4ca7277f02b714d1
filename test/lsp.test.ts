/** The real server over in-memory streams, with an engine that is told apart easily. */
import * as assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import type { ReadFile, ServerHost } from '../server/src/lsp/projects.js';
import {
  type ChecklistEntry,
  checklistMethod,
  explainMethod,
  type FileChecklist,
  fixRequestMethod,
  type MarkAnswer,
  markMethod,
  reportMethod,
  reviewedCodeMethod,
  reviewMethod,
  type ReviewParams,
  type ScopeReview,
  unmarkMethod,
} from '../server/src/protocol.js';
import { memoryStore } from '../server/src/review/store.js';
import { fakeEngine } from './harness/fake-engine.js';
import { type MemoryClient, type MemoryClientOptions, startClient } from './harness/memory-client.js';

const ROOT = 'file:///project';
const URI = `${ROOT}/src/a%20b.js`;

/** A disk that is a map from path to text. */
function memoryHost(files: Record<string, string>, store = memoryStore(new Map())): ServerHost {
  const read = (path: string): ReadFile => ({ kind: 'file', path, text: files[path]! });
  return {
    version: '1.2.3',
    workspaceOptions: (log) => ({
      grammar: async () => new Uint8Array(),
      runtime: async () => new Uint8Array(),
      today: '2026-01-01',
      log,
    }),
    async *readFolder() {
      for (const path of Object.keys(files).sort()) yield read(path);
    },
    readFile: async (_root, path) => (path in files ? read(path) : undefined),
    refusal: async (_root, path) => (path.endsWith('.min.js') ? 'minified' : undefined),
    reviewPlace: async () => ({ store, keyOf: (path) => path, exists: (path) => path in files }),
    reviewerName: async () => 'Ada',
  };
}

describe('the language server', () => {
  let client: MemoryClient;
  let engine = fakeEngine();
  const start = async (files: Record<string, string> = {}, more: Partial<MemoryClientOptions> = {}) => {
    engine = fakeEngine();
    client = await startClient({ engine, host: memoryHost(files), root: ROOT, ...more });
  };
  afterEach(() => client.stop());

  it('answers a pull after an edit with the edited text', async () => {
    await start();
    await client.open(URI, 'javascript', 'a\nb BAD\n');
    assert.deepEqual(
      full(await client.pull(URI)).map(({ range, code, source, severity, message }) => ({
        range,
        code,
        source,
        severity,
        message,
      })),
      [
        {
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
          code: 'jwt-none-accepted',
          source: 'authlens',
          severity: 1,
          message: 'This is bad.',
        },
      ],
    );
    await client.edit(URI, 2, [
      { range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } }, text: 'good' },
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, text: 'x BAD\ny' },
    ]);
    assert.deepEqual(
      full(await client.pull(URI)).map((found) => found.range.start),
      [{ line: 0, character: 2 }],
    );
    assert.deepEqual(
      engine.applied.map((change) => change.kind),
      ['write', 'edit'],
    );
    assert.equal(engine.applied[0]!.path, 'src/a b.js');
  });

  it('takes a change without a range as the whole text', async () => {
    await start();
    await client.open(URI, 'javascript', 'BAD');
    await client.edit(URI, 2, [{ text: 'fine' }]);
    assert.deepEqual(full(await client.pull(URI)), []);
  });

  it('says that a result is unchanged', async () => {
    await start();
    await client.open(URI, 'javascript', 'BAD');
    const first = await client.pull(URI);
    const second = await client.pull(URI, first.resultId!);
    assert.deepEqual(second, { kind: 'unchanged', resultId: first.resultId });
  });

  it('keeps accepted findings out of the diagnostics and on the checklist', async () => {
    await start();
    await client.open(URI, 'javascript', 'BAD_ACCEPTED');
    assert.deepEqual(full(await client.pull(URI)), []);
    const answer = await client.connection.sendRequest<FileChecklist>(checklistMethod, { textDocument: { uri: URI } });
    const item = answer.items.find(({ id }) => id === 'jwt-algorithms')!;
    assert.equal(answer.items.length, 16);
    assert.equal(item.verdict, 'fail');
    assert.deepEqual(
      item.places.map(({ kind, uri, accepted }) => ({ kind, uri, accepted })),
      [{ kind: 'finding', uri: URI, accepted: 'on purpose' }],
    );
  });

  it('hovers', async () => {
    await start();
    await client.open(URI, 'javascript', 'a BAD');
    const at = (character: number) =>
      client.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: URI },
        position: { line: 0, character },
      });
    assert.deepEqual((await at(3))?.contents, { kind: 'markdown', value: 'Why it is bad.' });
    assert.equal(await at(0), null);
  });

  it('offers fixes and a way to ignore with a reason', async () => {
    await start({}, { options: { commands: true } });
    await client.open(URI, 'javascript', 'x;\n  use(BAD);\n');
    const range = { start: { line: 1, character: 7 }, end: { line: 1, character: 7 } };
    const diagnostics = full(await client.pull(URI));
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range,
      context: { diagnostics },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Make it good',
        'Ignore `jwt-none-accepted` here, with a reason',
        'Explain `jwt-none-accepted`',
        'Copy a fix request for an AI assistant (`jwt-none-accepted`)',
      ],
    );
    assert.deepEqual(actions[0]!.diagnostics, diagnostics);
    assert.deepEqual(actions[0]!.edit, {
      changes: { [URI]: [{ range: diagnostics[0]!.range, newText: 'GOOD' }] },
    });
    const [change] = actions[1]!.edit!.documentChanges!;
    assert.deepEqual('edits' in change! && change.edits, [
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        snippet: { kind: 'snippet', value: '  // authlens-ignore jwt-none-accepted -- $0\n' },
      },
    ]);
  });

  it('fixes all that is certain, only where that is asked for', async () => {
    await start();
    await client.open(URI, 'javascript', 'BAD\nBAD');
    const ask = (only?: string[]) =>
      client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: URI },
        range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } },
        context: { diagnostics: [], ...(only ? { only } : {}) },
      });
    assert.deepEqual(await ask(), []);
    const [action] = await ask(['source.fixAll']);
    assert.equal(action?.kind, 'source.fixAll.authlens');
    assert.equal(action.edit?.changes?.[URI]?.length, 2);
  });

  it('ticks what was seen, and nothing that fails or is not answered', async () => {
    const texts = new Map<string, string>();
    await start({}, { host: memoryHost({}, memoryStore(texts)) });
    await client.open(URI, 'javascript', 'FINE\nASK\nBAD\n');
    const items = await reviewed();
    assert.deepEqual(stateOf(items), ['pkce open', 'jwt-algorithms open', 'state open']);
    const fingerprint = items.find(({ id }) => id === 'pkce')!.fingerprint!;
    const mark = (item: string, more: object = {}) =>
      client.connection.sendRequest<MarkAnswer>(markMethod, { uri: URI, marks: [{ item, fingerprint, ...more }] });
    assert.match((await mark('jwt-algorithms')).refused!, /fails/);
    assert.match((await mark('state')).refused!, /answer/);
    assert.match((await mark('secrets')).refused!, /not relevant/);
    assert.match((await mark('pkce', { fingerprint: 'r1:else' })).refused!, /look again/);
    assert.deepEqual(await mark('pkce'), {});
    assert.deepEqual(await mark('state', { note: ' it is ' }), {});
    assert.deepEqual(stateOf(await reviewed()), ['pkce done', 'jwt-algorithms open', 'state done']);
    assert.deepEqual([...texts.keys()], ['src/a b.js']);
    assert.match(texts.get('src/a b.js')!, /^\{"item":"pkce".*"by":"Ada".*\n\{"item":"state".*"note":"it is"/);

    await client.edit(URI, 2, [insertion(0, 0, 'x;\n')]);
    const stale = (await reviewed()).find(({ id }) => id === 'pkce')!;
    assert.deepEqual([stale.progress, stale.reviewed?.stale], ['open', true]);
    assert.deepEqual(await client.connection.sendRequest(reviewedCodeMethod, { uri: URI, item: 'pkce' }), {
      before: 'FINE',
      today: 'FINE',
    });
    assert.deepEqual(await client.connection.sendRequest(unmarkMethod, { uri: URI, item: 'pkce' }), {});
    assert.equal((await reviewed()).find(({ id }) => id === 'pkce')!.reviewed, null);
  });

  it('tells how far the files of a scope have come', async () => {
    await start({ 'a.js': 'FINE', 'b.js': 'nothing', 'c.js': 'BAD' });
    const ask = (params: Partial<ReviewParams>) =>
      client.connection.sendRequest<ScopeReview>(reviewMethod, { scope: 'workspace', details: [], ...params });
    await until(async () => (await ask({})).files.length === 2);
    const { files } = await ask({ details: [`${ROOT}/c.js`] });
    assert.deepEqual(
      files.map(({ uri, state, items }) => [uri, state, items?.length]),
      [
        [`${ROOT}/a.js`, 'fresh', undefined],
        [`${ROOT}/c.js`, 'fresh', 16],
      ],
    );
    const own = await ask({ scope: 'file', uri: `${ROOT}/b.js` });
    assert.deepEqual(
      own.files.map(({ uri, state, items }) => [uri, state, items?.length]),
      [[`${ROOT}/b.js`, 'reviewed', 16]],
    );
  });

  it('sees marks that are written by others, and tells of those it cannot read', async () => {
    const texts = new Map<string, string>();
    await start({ 'a.js': 'FINE' }, { host: memoryHost({ 'a.js': 'FINE' }, memoryStore(texts)) });
    const ask = () => client.connection.sendRequest<ScopeReview>(reviewMethod, { scope: 'workspace', details: [] });
    await until(async () => (await ask()).files[0]?.state === 'fresh');
    const mark = {
      item: 'pkce',
      verdict: 'pass',
      fingerprint: 'r1:FINE',
      by: 'Bo',
      at: '2026-01-01T00:00:00Z',
      code: '',
    };
    texts.set('a.js', `${JSON.stringify(mark)}\n<<<<<<< ours\n`);
    const changes = [{ uri: `${ROOT}/.authlens/reviews/a.js.jsonl`, type: 1 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await until(async () => (await ask()).files[0]?.state === 'reviewed');
    assert.deepEqual((await ask()).problems, ['a.js: line 2: a merge conflict is not resolved']);
  });

  it('takes what the baseline accepts as accepted', async () => {
    const entry = { fingerprint: 'f1:0', rule: 'jwt-none-accepted', path: 'a.js', reason: 'since 2020' };
    const baseline = JSON.stringify({ version: 1, findings: [entry] });
    await start({ 'a.js': 'BAD', '.authlens/baseline.json': baseline });
    await client.open(`${ROOT}/a.js`, 'javascript', 'BAD');
    await until(async () => full(await client.pull(`${ROOT}/a.js`)).length === 0);
  });

  it('says above a function what is open in it', async () => {
    await start();
    await client.open(URI, 'javascript', 'x\nBAD BAD ASK\nFINE BAD_ACCEPTED');
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: URI },
    });
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title, command?.arguments]),
      [[1, '2 to fix · 1 to review', [URI, 'jwt-algorithms']]],
    );
  });

  it('writes a request for an assistant, and reports', async () => {
    await start();
    await client.open(URI, 'javascript', 'FINE\nconst password = "hunter22!"; BAD');
    const request = await client.connection.sendRequest<string>(fixRequestMethod, {
      uri: URI,
      finding: 'src/a b.js#jwt-none-accepted@2:31',
    });
    assert.match(request, /This is bad\.[\s\S]*Make it good\.[\s\S]*authlens check/);
    assert.doesNotMatch(request, /hunter22/);
    const report = (format: string) =>
      client.connection.sendRequest<string>(reportMethod, { scope: 'file', uri: URI, format });
    assert.match(await report('markdown'), /- \[x\] \*\*2\. /);
    assert.match(await report('html'), /AuthLens 1\.2\.3/);
  });

  const reviewed = async () =>
    (await client.connection.sendRequest<FileChecklist>(checklistMethod, { textDocument: { uri: URI } })).items;
  const stateOf = (items: readonly ChecklistEntry[]) =>
    items.filter(({ verdict }) => verdict !== 'na').map(({ id, progress }) => `${id} ${progress}`);

  it('ends a cancelled request as the protocol says, and goes on', async () => {
    await start();
    await client.open(URI, 'javascript', 'BAD');
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest(
      'textDocument/hover',
      { textDocument: { uri: URI }, position: { line: 0, character: 1 } },
      source.token,
    );
    source.cancel();
    await assert.rejects(asked, { code: -32800 });
    assert.equal(full(await client.pull(URI)).length, 1);
  });

  it('logs what a feature throws and answers nothing', async () => {
    const broken = fakeEngine();
    const createWorkspace = async () => {
      const workspace = await broken.createWorkspace({} as never);
      const hover = () => {
        throw new Error('hover broke');
      };
      return { ...workspace, snapshot: () => ({ ...workspace.snapshot(), hover }) };
    };
    await start({}, { engine: { ...broken, createWorkspace } });
    await client.open(URI, 'javascript', 'BAD');
    const params = { textDocument: { uri: URI }, position: { line: 0, character: 0 } };
    assert.equal(await client.connection.sendRequest('textDocument/hover', params), null);
    assert.ok(
      client.logged.some((line) => line.startsWith('hover: Error: hover broke')),
      client.logged.join('\n'),
    );
  });

  it('reads the workspace, and what is open wins over what is on disk', async () => {
    const files: Record<string, string> = { 'src/a b.js': 'BAD BAD', 'src/c.js': 'BAD' };
    await start(files);
    await client.open(URI, 'javascript', 'fine');
    assert.deepEqual(full(await client.pull(URI)), []);
    assert.equal(full(await client.pull(`${ROOT}/src/c.js`)).length, 1);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
    assert.equal(full(await client.pull(URI)).length, 2);
    files['src/c.js'] = 'fine';
    delete files['src/a b.js'];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: `${ROOT}/src/c.js`, type: 2 },
        { uri: URI, type: 3 },
      ],
    });
    await until(
      async () => full(await client.pull(URI)).length + full(await client.pull(`${ROOT}/src/c.js`)).length === 0,
    );
  });

  it('keeps what it showed in a statement that does not parse, until typing pauses', async () => {
    await start({}, { capabilities: {} });
    await client.open(URI, 'javascript', 'x BAD');
    await until(async () => client.pushed.at(-1)?.diagnostics.length === 1);
    await client.edit(URI, 2, [{ text: 'BROKEN x B' }]);
    await until(async () => client.pushed.at(-1)?.diagnostics.length === 0);
    await client.edit(URI, 3, [insertion(0, 10, 'AD')]);
    await until(async () => client.pushed.at(-1)?.version === 3);
    assert.equal(client.pushed.at(-1)!.diagnostics.length, 0);
    await until(async () => client.pushed.at(-1)?.diagnostics.length === 1);
  });

  it('says in a configuration file what is wrong with it', async () => {
    await start();
    await client.open(`${ROOT}/authlens.config.json`, 'json', '{}');
    const [problem] = full(await client.pull(`${ROOT}/authlens.config.json`));
    assert.equal(problem?.message, 'No such rule.');
  });

  it('does not review what machines made', async () => {
    await start();
    const uri = `${ROOT}/lib.min.js`;
    await client.open(uri, 'javascript', 'BAD');
    await client.edit(uri, 2, [insertion(0, 0, 'BAD ')]);
    assert.deepEqual(full(await client.pull(uri)), []);
  });

  it('lists the findings of all files where that is asked for', async () => {
    await start({ 'a.js': 'BAD', 'b.js': 'fine' }, { options: { diagnosticsScope: 'workspace' } });
    const ask = (previousResultIds: { uri: string; value: string }[]) =>
      client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
    await until(async () => (await ask([])).items.length === 2);
    const { items } = await ask([]);
    assert.deepEqual(
      items.map((item) => [item.uri, item.kind === 'full' ? item.items.length : item.kind]),
      [
        [`${ROOT}/a.js`, 1],
        [`${ROOT}/b.js`, 0],
      ],
    );
    const again = await ask(items.map(({ uri, resultId }) => ({ uri, value: resultId! })));
    assert.deepEqual(
      again.items.map(({ kind }) => kind),
      ['unchanged', 'unchanged'],
    );
  });

  it('reviews untitled documents', async () => {
    await start();
    await client.open('untitled:Untitled-1', 'python', 'BAD');
    assert.equal(full(await client.pull('untitled:Untitled-1')).length, 1);
    assert.deepEqual(engine.applied[0], {
      kind: 'write',
      path: 'untitled:Untitled-1',
      text: 'BAD',
      languageId: 'python',
    });
  });

  it('pushes diagnostics to clients that cannot pull', async () => {
    await start({}, { capabilities: {} });
    await client.open(URI, 'javascript', 'BAD');
    await until(async () => client.pushed.at(-1)?.diagnostics.length === 1);
    await client.edit(URI, 2, [{ text: 'fine' }]);
    await until(async () => client.pushed.at(-1)?.diagnostics.length === 0);
    assert.equal(client.pushed.at(-1)!.version, 2);
  });

  it('explains a rule', async () => {
    await start();
    assert.equal(
      await client.connection.sendRequest(explainMethod, { rule: 'jwt-none-accepted' }),
      '# jwt-none-accepted',
    );
    assert.equal(await client.connection.sendRequest(explainMethod, { rule: 'no-such-rule' }), null);
  });
});

function full(report: DocumentDiagnosticReport): Diagnostic[] {
  assert.equal(report.kind, 'full');
  return report.kind === 'full' ? report.items : [];
}

function insertion(line: number, character: number, text: string) {
  const at = { line, character };
  return { range: { start: at, end: at }, text };
}

async function until(probe: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 3000; !(await probe()); ) {
    if (Date.now() > end) throw new Error('timed out');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
