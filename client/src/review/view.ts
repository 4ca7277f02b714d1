/** The panel: a native tree over the model, with checkboxes, badge, and words for when it is empty. */
import * as vscode from 'vscode';
import type { ReviewModel } from './model.js';
import { type Row, Rows } from './rows.js';
import { tickGroup, tickItem, untick } from './ticking.js';
import { treeItem } from './tree-items.js';
import { UnfoldedRows } from './unfolded.js';
import { filterWords, groupingWords, progressWords, scopeWords } from './words.js';

const { l10n } = vscode;

/** The panel, for commands that lead to a row. */
export interface ReviewPanel extends vscode.Disposable {
  readonly rows: Rows;
  /** Puts the selection on an item of a file; the item's row is unfolded. */
  reveal(uri: string, item: string): Promise<void>;
}

export function registerReviewPanel(model: ReviewModel, memory: vscode.Memento): ReviewPanel {
  const rows = new Rows(model);
  const unfolded = new UnfoldedRows(memory);
  const changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  const view = vscode.window.createTreeView<Row>('authlens.review', {
    showCollapseAll: true,
    manageCheckboxStateManually: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => (row === undefined ? rows.top() : rows.below(row)),
      getParent: (row) => rows.above(row),
      getTreeItem: (row) => treeItem(row, model, rows, unfolded),
    },
  });
  const describe = () => describeView(view, model);
  describe();
  const subscriptions = vscode.Disposable.from(
    view,
    changed,
    unfolded,
    unfolded.follow(view),
    model.onDidChange((change) => {
      describe();
      const isWhole = change === 'all' || model.look.grouping === 'item' || model.look.filter !== 'all';
      if (isWhole) changed.fire(undefined);
      else changed.fire(change.files.map((uri) => rows.file(uri)));
    }),
    view.onDidChangeCheckboxState(async ({ items }) => {
      for (const [row, state] of items) {
        const isTicked = state === vscode.TreeItemCheckboxState.Checked;
        if (row.kind === 'item') await (isTicked ? tickItem(model, row) : untick(model, row));
        if (row.kind === 'group') await tickGroup(model, rows, row.item, isTicked);
        // What was not ticked after all must not look as if it were.
        changed.fire(row);
      }
    }),
  );
  return {
    rows,
    async reveal(uri, item) {
      if (model.file(uri) === undefined) await model.setLook({ scope: 'file' });
      if (model.look.filter !== 'all') await model.setLook({ filter: 'all' });
      await model.items(uri);
      await view.reveal(rows.rowOf(uri, item), { select: true, focus: true, expand: true });
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** What the view says of itself. */
function describeView(view: vscode.TreeView<Row>, model: ReviewModel): void {
  const { scope, grouping, filter } = model.look;
  const parts = [
    scopeWords(scope),
    ...(grouping === 'item' ? [groupingWords(grouping)] : []),
    ...(filter === 'all' ? [] : [filterWords(filter)]),
  ];
  // The title of a view that is alone in its container has no room for it.
  const look = parts.length === 1 && scope === 'file' ? [] : [parts.join(' · ')];
  view.message = [...look, ...model.problems.map((problem) => `⚠ ${problem}`)].join('\n');
  // A file with nothing to review needs nobody.
  const waiting = model.files.filter((file) => file.state !== 'reviewed' && progressWords(file) !== '').length;
  view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: badgeWords(waiting) };
  setContext('scope', scope);
  setContext('grouping', grouping);
  setContext('filter', filter);
  setContext('empty', whyEmpty(model));
}

function badgeWords(waiting: number): string {
  return waiting === 1 ? l10n.t('1 file waits for a reviewer') : l10n.t('{0} files wait for a reviewer', waiting);
}

/** Which welcome is shown while there are no rows. */
function whyEmpty(model: ReviewModel): string {
  if (model.unavailable !== undefined) return 'unavailable';
  if (model.look.scope === 'file') return 'noFile';
  return model.reading ? 'reading' : 'nothing';
}

function setContext(name: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', `authlens.${name}`, value);
}
