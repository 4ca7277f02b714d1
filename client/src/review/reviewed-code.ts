/** What has changed since an item was reviewed, as the editor shows differences. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type ReviewedCode, reviewedCodeMethod, type UnmarkParams } from '../../../server/src/protocol.js';
import { reviewedCodeScheme } from '../own-schemes.js';
import type { ReviewModel } from './model.js';
import type { Row } from './rows.js';
import { dateWords, plain } from './words.js';

const { l10n } = vscode;

export function registerReviewedCode(client: BaseLanguageClient, model: ReviewModel): vscode.Disposable {
  const texts = new Map<string, string>();
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(reviewedCodeScheme, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    vscode.commands.registerCommand('authlens.showReviewedCode', async (row?: Row) => {
      const item = row?.kind === 'mark' ? row.parent : row;
      if (item?.kind !== 'item') return;
      const params: UnmarkParams = { uri: item.uri, item: item.item };
      const code = await client.sendRequest<ReviewedCode | null>(reviewedCodeMethod, params);
      if (code === null) return;
      const side = (name: string, text: string) => {
        const path = vscode.Uri.parse(item.uri).path;
        const uri = vscode.Uri.from({ scheme: reviewedCodeScheme, path, query: `${item.item}&${name}&${texts.size}` });
        texts.set(uri.toString(), `${text}\n`);
        return uri;
      };
      const entry = model.entry(item.uri, item.item);
      const when = entry?.reviewed ? dateWords(entry.reviewed.at) : '';
      const title = l10n.t('{0}: reviewed {1} ↔ today', plain(entry?.question ?? item.item), when);
      await vscode.commands.executeCommand(
        'vscode.diff',
        side('reviewed', code.before),
        side('today', code.today),
        title,
      );
    }),
  );
}
