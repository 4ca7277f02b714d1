import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AuthLens } from '../../../client/src/authlens.js';
import { until } from './until.js';

describe('The review, in the extension host', () => {
  let authlens: AuthLens;
  let document: vscode.TextDocument;
  let folder: vscode.Uri;

  const marksFile = () => path.join(folder.fsPath, '.authlens/reviews/tokens.js.jsonl');
  const entry = (item: string) => authlens.checklist.current?.items.find(({ id }) => id === item);
  const row = (item: string) => authlens.panel.rows.rowOf(document.uri.toString(), item);
  const show = async (name: string) => {
    document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
    await vscode.window.showTextDocument(document);
    await until('its checklist', () => authlens.checklist.current?.uri === document.uri.toString());
  };

  before(async () => {
    authlens = await vscode.extensions.getExtension<AuthLens>('authlens.authlens')!.activate();
    folder = vscode.workspace.workspaceFolders![0]!.uri;
    await authlens.review.setLook({ scope: 'file', grouping: 'file', filter: 'all' });
    await show('tokens.js');
    await until('the panel', () => authlens.review.file(document.uri.toString()));
  });

  it('keeps a tick in the repository', async () => {
    assert.equal(entry('jwt-algorithms')?.verdict, 'pass');
    await vscode.commands.executeCommand('authlens.tick', row('jwt-algorithms'));
    await until('the tick', () => entry('jwt-algorithms')?.progress === 'done');
    const [line] = fs.readFileSync(marksFile(), 'utf8').split('\n');
    const mark = JSON.parse(line!);
    assert.deepEqual([mark.item, mark.verdict, typeof mark.by], ['jwt-algorithms', 'pass', 'string']);
  });

  it('sees what others mark', async () => {
    const { fingerprint } = entry('token-expiry')!;
    const at = '2026-01-01T00:00:00Z';
    const mark = { item: 'token-expiry', verdict: 'pass', fingerprint, by: 'Bo', at, note: 'short', code: '' };
    fs.appendFileSync(marksFile(), `${JSON.stringify(mark)}\n`);
    await until('the tick', () => entry('token-expiry')?.reviewed?.by === 'Bo');
  });

  it('makes a tick stale when its code changes, and good again when that is taken back', async () => {
    const editor = await vscode.window.showTextDocument(document);
    const at = document.getText().indexOf("'15m'") + 1;
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + 2));
    await editor.edit((edit) => edit.replace(range, '14'));
    await until('a stale tick', () => entry('token-expiry')?.reviewed?.stale === true);
    assert.equal(authlens.review.file(document.uri.toString())?.state, 'stale');
    await vscode.commands.executeCommand('authlens.showReviewedCode', row('token-expiry'));
    const tab = await until('the difference', () => {
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
      return input instanceof vscode.TabInputTextDiff && input;
    });
    const today = await vscode.workspace.openTextDocument(tab.modified);
    assert.match(today.getText(), /expiresIn: '14m'/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await until('it again', () => entry('token-expiry')?.reviewed?.stale === false);
  });

  it('survives a server that dies', async function () {
    const pid = serverProcess();
    if (pid === undefined) this.skip();
    process.kill(pid, 'SIGKILL');
    await until('another server', () => serverProcess() !== undefined && serverProcess() !== pid);
    assert.equal(entry('token-expiry')?.progress, 'done', 'the panel forgot while the server was away');
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// changed\n'));
    await until('an answer', () => entry('token-expiry')!.places[0]!.range.start.line === 6);
    assert.equal(entry('token-expiry')?.progress, 'done');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('copies the checklist and writes the report', async () => {
    const text = await vscode.commands.executeCommand<string>('authlens.copyChecklist');
    assert.match(text, /- \[x\] \*\*3\. /);
    assert.match(text, /short/);
    assert.equal(await vscode.env.clipboard.readText(), text);
    const page = await vscode.commands.executeCommand<vscode.Uri>('authlens.openReport');
    assert.match(fs.readFileSync(page.fsPath, 'utf8'), /<h1>Auth review<\/h1>/);
  });

  it('takes a tick back', async () => {
    await vscode.commands.executeCommand('authlens.untick', row('jwt-algorithms'));
    await until('no tick', () => entry('jwt-algorithms')?.reviewed === null);
    assert.doesNotMatch(fs.readFileSync(marksFile(), 'utf8'), /jwt-algorithms/);
  });

  it('sets a file of marks aside that it cannot read, and says so', async () => {
    await authlens.review.setLook({ scope: 'workspace' });
    fs.appendFileSync(marksFile(), 'no mark\n');
    await until('the problem', () => authlens.review.problems.some((problem) => problem.includes('tokens.js')));
    await vscode.commands.executeCommand('authlens.tick', row('jwt-algorithms'));
    await until('the tick', () => entry('jwt-algorithms')?.progress === 'done');
    assert.match(fs.readFileSync(`${marksFile()}.set-aside-1`, 'utf8'), /no mark/);
    await until('no problem', () => authlens.review.problems.length === 0);
    assert.equal(entry('token-expiry')?.progress, 'done');
    await authlens.review.setLook({ scope: 'file' });
  });

  it('shows lenses above what is open, unless they are switched off', async () => {
    await show('login.js');
    const lenses = () =>
      vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    const titles = await until('lenses', async () => {
      const found = (await lenses()).map(({ command }) => command?.title ?? '');
      return found.length > 0 && found;
    });
    assert.ok(
      titles.every((title) => /^\d+ to (?:fix|review)/.test(title)),
      titles.join(),
    );
    const settings = vscode.workspace.getConfiguration('authlens');
    await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Workspace);
    await until('none', async () => (await lenses()).length === 0);
    await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('writes a request for an assistant', async () => {
    const finding = entry('token-expiry')!.places[0]!;
    const text = await vscode.commands.executeCommand<string>(
      'authlens.copyFixRequest',
      document.uri.toString(),
      finding.id,
    );
    assert.match(text, /token-without-expiry/);
    assert.match(text, /function signIn/);
    assert.equal(await vscode.env.clipboard.readText(), text);
  });

  it('fixes what is certain in one go, and leaves the file as good as it says', async () => {
    const before = vscode.languages.getDiagnostics(document.uri).length;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('authlens.fixAllInFile');
    if (document.isDirty) {
      await until('fewer findings', () => vscode.languages.getDiagnostics(document.uri).length < before);
    }
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('keeps marks out of the repository where that is asked for', async () => {
    await show('tokens.js');
    const settings = vscode.workspace.getConfiguration('authlens');
    await settings.update('review.storage', 'private', vscode.ConfigurationTarget.Workspace);
    await until('no marks', () => entry('jwt-algorithms')?.reviewed === null);
    const text = fs.readFileSync(marksFile(), 'utf8');
    await vscode.commands.executeCommand('authlens.tick', row('jwt-algorithms'));
    await until('the tick', () => entry('jwt-algorithms')?.progress === 'done');
    assert.equal(fs.readFileSync(marksFile(), 'utf8'), text);
    await settings.update('review.storage', undefined, vscode.ConfigurationTarget.Workspace);
    await until('the marks of the repository', () => entry('token-expiry')?.reviewed?.by === 'Bo');
  });
});

/** The language server's process: the child of this one that runs our bundle. Linux only. */
function serverProcess(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const parent = / \(.*\) \S (\d+)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return Number(parent) === process.pid && command.includes('dist/server.cjs');
      } catch {
        return false; // gone in the meantime
      }
    });
}
