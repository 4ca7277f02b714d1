/** What a person takes away: the checklist for a pull request, a page to print, a request for an assistant. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { fixRequestMethod, type FixRequestParams, reportMethod, type ReportParams } from '../../server/src/protocol.js';
import type { ActiveChecklist } from './active-checklist.js';
import type { ReviewModel } from './review/model.js';
import type { Row } from './review/rows.js';

const { l10n } = vscode;

export function registerReports(
  client: BaseLanguageClient,
  model: ReviewModel,
  active: ActiveChecklist,
  folder: vscode.Uri,
): vscode.Disposable {
  const report = (format: ReportParams['format']) => {
    const uri = active.current?.uri;
    const params: ReportParams = { scope: model.look.scope, format, ...(uri === undefined ? {} : { uri }) };
    return client.sendRequest<string | null>(reportMethod, params);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('authlens.copyChecklist', async () => {
      const text = await report('markdown');
      if (text === null) return undefined;
      await vscode.env.clipboard.writeText(text);
      void vscode.window.showInformationMessage(l10n.t('AuthLens: the checklist is in the clipboard, as Markdown.'));
      return text;
    }),
    vscode.commands.registerCommand('authlens.openReport', async () => {
      const text = await report('html');
      if (text === null) return undefined;
      await vscode.workspace.fs.createDirectory(folder);
      const file = vscode.Uri.joinPath(folder, 'authlens-report.html');
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      await openPage(file, text);
      return file;
    }),
    vscode.commands.registerCommand('authlens.copyFixRequest', async (where?: unknown, finding?: unknown) => {
      const params = findingOf(model, where, finding);
      if (params === undefined) return undefined;
      const text = await client.sendRequest<string | null>(fixRequestMethod, params);
      if (text === null) return undefined;
      await vscode.env.clipboard.writeText(text);
      void vscode.window.showInformationMessage(
        l10n.t('AuthLens: the request is in the clipboard. Nothing was sent anywhere.'),
      );
      return text;
    }),
  );
}

/** A browser opens what lies on its own machine; elsewhere the page is kept where a person says. */
async function openPage(file: vscode.Uri, text: string): Promise<void> {
  if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
    await vscode.env.openExternal(file);
    return;
  }
  const save = l10n.t('Save As…');
  const words = l10n.t(
    'AuthLens: the report is written. Save it to open it in a browser, from where it can be printed.',
  );
  // Nobody waits for an answer.
  void vscode.window.showInformationMessage(words, save).then(async (chosen) => {
    if (chosen !== save) return;
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      ...(root === undefined ? {} : { defaultUri: vscode.Uri.joinPath(root, 'authlens-report.html') }),
      filters: { HTML: ['html'] },
    });
    if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  });
}

/** The finding of a row, or the one that a code action names. */
function findingOf(model: ReviewModel, where: unknown, finding: unknown): FixRequestParams | undefined {
  if (typeof where === 'string' && typeof finding === 'string') return { uri: where, finding };
  const row = where as Row | undefined;
  if (row?.kind !== 'place') return undefined;
  const place = model.entry(row.parent.uri, row.parent.item)?.places[row.index];
  return place?.id === undefined ? undefined : { uri: place.uri, finding: place.id };
}
