/** A rule's page as a read-only document, shown as the editor shows Markdown. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  explainMethod,
  type ExplainParams,
  rulePageScheme,
  type RuleTitle,
  rulesMethod,
} from '../../server/src/protocol.js';

export function registerRulePages(
  client: BaseLanguageClient,
  ruleOf: (row: unknown) => string | undefined,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(rulePageScheme, {
      provideTextDocumentContent: (uri) => page(client, uri.path.replace(/^\/|\.md$/g, '')),
    }),
    vscode.commands.registerCommand('authlens.explainRule', async (id?: unknown) => {
      const rule = typeof id === 'string' ? id : (ruleOf(id) ?? (await chosenRule(client)));
      if (rule !== undefined) await showPage(vscode.Uri.from({ scheme: rulePageScheme, path: `/${rule}.md` }));
    }),
  );
}

async function page(client: BaseLanguageClient, rule: string): Promise<string> {
  const params: ExplainParams = { rule };
  const text = await client.sendRequest<string | null>(explainMethod, params);
  return text ?? vscode.l10n.t('There is no rule `{0}`.', rule);
}

async function chosenRule(client: BaseLanguageClient): Promise<string | undefined> {
  const rules = await client.sendRequest<readonly RuleTitle[]>(rulesMethod);
  const rows = rules.map(({ id, title }) => ({ label: id, description: title }));
  const chosen = await vscode.window.showQuickPick(rows, {
    placeHolder: vscode.l10n.t('Which rule?'),
    matchOnDescription: true,
  });
  return chosen?.label;
}

async function showPage(uri: vscode.Uri): Promise<void> {
  const commands = await vscode.commands.getCommands(true);
  // The preview belongs to a built-in extension that can be switched off.
  if (commands.includes('markdown.showPreview')) await vscode.commands.executeCommand('markdown.showPreview', uri);
  else await vscode.window.showTextDocument(uri, { preview: true });
}
