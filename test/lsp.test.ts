/** The real server over in-memory streams, with an engine that is told apart easily. */
import * as assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  type CodeAction,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import type { ReadFile, ServerHost } from '../server/src/lsp/projects.js';
import { checklistMethod, explainMethod, type FileChecklist } from '../server/src/protocol.js';
import { fakeEngine } from './harness/fake-engine.js';
import { type MemoryClient, type MemoryClientOptions, startClient } from './harness/memory-client.js';

const ROOT = 'file:///project';
const URI = `${ROOT}/src/a%20b.js`;

/** A disk that is a map from path to text. */
function memoryHost(files: Record<string, string>): ServerHost {
  const read = (path: string): ReadFile => ({ kind: 'file', path, text: files[path]! });
  return {
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
      ['Make it good', 'Ignore `jwt-none-accepted` here, with a reason', 'Explain `jwt-none-accepted`'],
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
