/** Desktop entry of the extension: the language server is a process of its own, reached over node ipc. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type AuthLens, startAuthLens } from './authlens.js';

let authlens: AuthLens | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<AuthLens> {
  const module = context.asAbsolutePath('dist/server.cjs');
  const server = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  authlens = await startAuthLens(context, (options) => new LanguageClient('authlens', 'AuthLens', server, options));
  return authlens;
}

export async function deactivate(): Promise<void> {
  await authlens?.stop();
}
