/** Desktop entry of the extension: starts the language server and hangs the views and commands on it. */
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('AuthLens', { log: true });
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand('authlens.showOutput', () => output.show()),
  );
  output.info('AuthLens is ready.');
}
