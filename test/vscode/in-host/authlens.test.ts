import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AuthLens } from '../../../client/src/authlens.js';
import { until } from './until.js';

describe('AuthLens, in the extension host', () => {
  let authlens: AuthLens;
  let document: vscode.TextDocument;

  before(async () => {
    const extension = vscode.extensions.getExtension<AuthLens>('authlens.authlens');
    assert.ok(extension, 'the extension under test is not loaded');
    authlens = await extension.activate();
    const folder = vscode.workspace.workspaceFolders![0]!;
    document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'login.js'));
    await vscode.window.showTextDocument(document);
  });

  it('contributes the commands that it registers', async () => {
    const { contributes } = vscode.extensions.getExtension('authlens.authlens')!.packageJSON;
    const registered = (await vscode.commands.getCommands(true)).filter((name) => /^authlens\.\w+$/.test(name));
    const contributed = contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(
      contributed.filter((name: string) => !registered.includes(name)),
      [],
    );
  });

  it('publishes findings as diagnostics, each linked to its rule', async () => {
    const found = await until('a diagnostic', () => own(document).length > 0 && own(document));
    for (const diagnostic of found) {
      assert.ok(typeof diagnostic.code === 'object', 'the code has no target');
      assert.equal(diagnostic.code.target.scheme, 'authlens-rule');
    }
    assert.ok(
      found.some((diagnostic) => ruleOf(diagnostic) === 'token-without-expiry' && diagnostic.range.start.line === 3),
      JSON.stringify(found),
    );
  });

  it('answers a hover with the remedy', async () => {
    const [first] = own(document);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      first!.range.start,
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === 'string' ? part : part.value)),
    );
    assert.match(text.join('\n'), /\*\*Fix:\*\*[\s\S]*expiresIn/);
  });

  it('knows the checklist of the active file', async () => {
    const item = await until('the checklist', () =>
      authlens.checklist.current?.items.find(({ id }) => id === 'token-expiry'),
    );
    assert.equal(item.verdict, 'fail');
    assert.equal(item.places[0]!.kind, 'finding');
  });

  it('follows typing without saving', async () => {
    const editor = await vscode.window.showTextDocument(document);
    const before = own(document).length;
    const line = document.lineAt(3);
    await editor.edit((edit) => edit.delete(line.range));
    await until('one finding fewer', () => own(document).length < before);
    await vscode.commands.executeCommand('undo');
    await until('it again', () => own(document).length === before);
  });

  it('writes an ignore-comment with the cursor at the reason', async () => {
    const diagnostic = own(document).find((found) => ruleOf(found) === 'token-without-expiry')!;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const ignore = actions.find(({ title }) => title.startsWith('Ignore `token-without-expiry`'));
    assert.ok(ignore?.edit, `offered: ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    assert.equal(document.lineAt(3).text, '  // authlens-ignore token-without-expiry -- ');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('reviews an untitled document', async () => {
    const content = document.getText();
    const untitled = await vscode.workspace.openTextDocument({ language: 'javascript', content });
    await vscode.window.showTextDocument(untitled);
    await until('a diagnostic', () => own(untitled).length > 0);
  });

  it('opens a rule’s page and survives a restart of the server', async () => {
    await vscode.commands.executeCommand('authlens.restartServer');
    await vscode.commands.executeCommand('authlens.explainRule', 'token-without-expiry');
    const page = await until('the page', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'authlens-rule'),
    );
    assert.match(page.getText(), /token-without-expiry/);
    await vscode.window.showTextDocument(document);
    await until('diagnostics', () => own(document).length > 0);
  });
});

function own(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'authlens');
}

function ruleOf(diagnostic: vscode.Diagnostic): unknown {
  return typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
}
