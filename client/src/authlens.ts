/** What desktop and browser share: starts the client, hangs views and commands on it, restarts it when it must be. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { State } from 'vscode-languageclient';
import type { ClientOptions } from '../../server/src/protocol.js';
import { ActiveChecklist } from './active-checklist.js';
import { registerChecklistView } from './checklist-view.js';
import { documentSelector } from './languages.js';
import { registerRulePages } from './rule-pages.js';
import { registerStatusItem } from './status-item.js';

/** What the extension gives to whoever activates it: tests read it. */
export interface AuthLens {
  /** The checklist of the active editor's file. */
  readonly checklist: ActiveChecklist;
  stop(): Promise<void>;
}

export async function startAuthLens(
  context: vscode.ExtensionContext,
  newClient: (options: LanguageClientOptions) => BaseLanguageClient,
): Promise<AuthLens> {
  const output = vscode.window.createOutputChannel('AuthLens', { log: true });
  const client = newClient({
    documentSelector,
    outputChannel: output,
    initializationOptions: clientOptions,
    diagnosticPullOptions: { onChange: true, onTabs: true },
  });
  const checklist = new ActiveChecklist(client);
  const restart = async () => {
    if (client.state === State.Running) await client.stop();
    await client.start();
  };
  context.subscriptions.push(
    output,
    checklist,
    registerChecklistView(checklist),
    registerStatusItem(checklist, client),
    registerRulePages(client),
    vscode.commands.registerCommand('authlens.showOutput', () => output.show()),
    vscode.commands.registerCommand('authlens.restartServer', restart),
    // The server is told these once, at its start.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('authlens.diagnostics.scope')) void restart();
    }),
  );
  await client.start();
  return {
    checklist,
    stop: async () => {
      if (client.state === State.Running) await client.stop();
    },
  };
}

function clientOptions(): ClientOptions {
  const scope = vscode.workspace.getConfiguration('authlens').get('diagnostics.scope');
  return {
    commands: true,
    diagnosticsScope: scope === 'workspace' ? 'workspace' : 'openFiles',
    trusted: vscode.workspace.isTrusted,
  };
}
