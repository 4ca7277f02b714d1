import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('AuthLens, in the extension host', () => {
  it('activates and offers its commands', async () => {
    const extension = vscode.extensions.getExtension('authlens.authlens');
    assert.ok(extension, 'the extension under test is not loaded');
    await extension.activate();
    assert.ok((await vscode.commands.getCommands(true)).includes('authlens.showOutput'));
  });
});
