/** The commands of the panel: how to look at the review, and what to do about a row. */
import * as vscode from 'vscode';
import type { ReviewScope } from '../../../server/src/protocol.js';
import type { ActiveChecklist } from '../active-checklist.js';
import type { Filter, ReviewModel } from './model.js';
import type { Row } from './rows.js';
import { editNote, markFileReviewed, tickItem, untick } from './ticking.js';
import type { ReviewPanel } from './view.js';
import { filterWords, scopeWords } from './words.js';

const { l10n } = vscode;

export function registerReviewCommands(
  model: ReviewModel,
  panel: ReviewPanel,
  active: ActiveChecklist,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('authlens.setScope', async (scope?: unknown) => {
      const chosen =
        SCOPES.find((one) => one === scope) ??
        (await choice(SCOPES, model.look.scope, scopeWords, l10n.t('Which files?')));
      if (chosen !== undefined) await model.setLook({ scope: chosen });
    }),
    vscode.commands.registerCommand('authlens.groupByItem', () => model.setLook({ grouping: 'item' })),
    vscode.commands.registerCommand('authlens.groupByFile', () => model.setLook({ grouping: 'file' })),
    vscode.commands.registerCommand('authlens.filter', async (filter?: unknown) => {
      const chosen =
        FILTERS.find((one) => one === filter) ??
        (await choice(FILTERS, model.look.filter, filterWords, l10n.t('What to show?')));
      if (chosen !== undefined) await model.setLook({ filter: chosen });
    }),
    vscode.commands.registerCommand('authlens.markFileReviewed', async (where?: unknown) => {
      const uri = uriOf(where) ?? active.current?.uri;
      if (uri === undefined)
        void vscode.window.showInformationMessage(l10n.t('AuthLens: open a file that is reviewed first.'));
      else await markFileReviewed(model, uri);
    }),
    vscode.commands.registerCommand('authlens.tick', async (row?: Row) => {
      if (row?.kind === 'item') await tickItem(model, row);
    }),
    vscode.commands.registerCommand('authlens.untick', async (row?: Row) => {
      if (row?.kind === 'item') await untick(model, row);
    }),
    vscode.commands.registerCommand('authlens.editNote', async (row?: Row) => {
      if (row?.kind === 'item') await editNote(model, row);
      if (row?.kind === 'mark') await editNote(model, row.parent);
    }),
    vscode.commands.registerCommand('authlens.showItem', async (uri?: unknown, item?: unknown) => {
      if (typeof uri === 'string' && typeof item === 'string') await panel.reveal(uri, item);
    }),
  );
}

const SCOPES: readonly ReviewScope[] = ['file', 'workspace'];
const FILTERS: readonly Filter[] = ['all', 'open', 'fix'];

/** A row of the tree, a file of the explorer or an editor's title, or a URI as text. */
function uriOf(where: unknown): string | undefined {
  if (typeof where === 'string') return where;
  if (where instanceof vscode.Uri) return where.toString();
  return typeof where === 'object' && where !== null && 'uri' in where && typeof where.uri === 'string'
    ? where.uri
    : undefined;
}

async function choice<T extends string>(
  values: readonly T[],
  current: T,
  words: (value: T) => string,
  placeHolder: string,
): Promise<T | undefined> {
  const rows = values.map((value) => ({
    label: words(value),
    description: value === current ? l10n.t('now') : '',
    value,
  }));
  return (await vscode.window.showQuickPick(rows, { placeHolder }))?.value;
}
