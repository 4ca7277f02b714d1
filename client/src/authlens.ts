/** What desktop and browser share: starts the client, hangs views and commands on it, restarts it when it must be. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { State } from 'vscode-languageclient';
import { changedMethod, type ClientOptions } from '../../server/src/protocol.js';
import { ActiveChecklist } from './active-checklist.js';
import { codeLensMiddleware, refreshCodeLenses } from './code-lens.js';
import { registerFixAll } from './fix-all.js';
import { documentSelector } from './languages.js';
import { registerReports } from './reports.js';
import { registerReviewCommands } from './review/commands.js';
import { ReviewModel } from './review/model.js';
import { registerReviewedCode } from './review/reviewed-code.js';
import type { Row } from './review/rows.js';
import { registerReviewPanel, type ReviewPanel } from './review/view.js';
import { registerRulePages } from './rule-pages.js';
import { registerStatusItem } from './status-item.js';

/** What the extension gives to whoever activates it: tests read it. */
export interface AuthLens {
  /** The checklist of the active editor's file. */
  readonly checklist: ActiveChecklist;
  /** What the panel shows. */
  readonly review: ReviewModel;
  readonly panel: ReviewPanel;
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
    initializationOptions: () => clientOptions(context),
    middleware: codeLensMiddleware,
    diagnosticPullOptions: { onChange: true, onTabs: true },
  });
  // A client has one listener for a notification, and more than one thing here goes by this one.
  const announced = new vscode.EventEmitter<void>();
  client.onNotification(changedMethod, () => announced.fire());
  const checklist = new ActiveChecklist(client, announced.event);
  const review = new ReviewModel(client, checklist, context.workspaceState, announced.event);
  const panel = registerReviewPanel(review, context.workspaceState);
  const restart = async () => {
    if (client.state === State.Running) await client.stop();
    await client.start();
  };
  context.subscriptions.push(
    output,
    announced,
    checklist,
    review,
    panel,
    registerReviewCommands(review, panel, checklist),
    registerReviewedCode(client, review),
    registerReports(client, review, checklist, context.globalStorageUri),
    registerFixAll(),
    registerStatusItem(checklist, client),
    refreshCodeLenses(client, checklist.onDidChange),
    registerRulePages(client, (row) => ruleOfRow(review, row as Row | undefined)),
    vscode.commands.registerCommand('authlens.showOutput', () => output.show()),
    vscode.commands.registerCommand('authlens.restartServer', restart),
    // The server is told these once, at its start.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const told = ['authlens.diagnostics.scope', 'authlens.review.storage'];
      if (told.some((setting) => change.affectsConfiguration(setting))) void restart();
    }),
  );
  await client.start();
  return {
    checklist,
    review,
    panel,
    stop: async () => {
      if (client.state === State.Running) await client.stop();
    },
  };
}

function clientOptions(context: vscode.ExtensionContext): ClientOptions {
  const settings = vscode.workspace.getConfiguration('authlens');
  const scope = settings.get('diagnostics.scope');
  const storage = settings.get('review.storage');
  return {
    commands: true,
    diagnosticsScope: scope === 'workspace' ? 'workspace' : 'openFiles',
    trusted: vscode.workspace.isTrusted,
    reviewStorage: storage === 'private' ? 'private' : 'repository',
    privateFolder: vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'reviews').toString(),
  };
}

/** The rule of a finding in the panel. */
function ruleOfRow(review: ReviewModel, row: Row | undefined): string | undefined {
  if (row?.kind !== 'place') return undefined;
  return review.entry(row.parent.uri, row.parent.item)?.places[row.index]?.rule;
}
