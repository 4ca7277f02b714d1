/** The panel: the active file's checklist as a native tree. Items in order, under each the places that it rests on. */
import * as vscode from 'vscode';
import type { ChecklistEntry, ChecklistPlace, FileChecklist } from '../../server/src/protocol.js';
import type { ActiveChecklist } from './active-checklist.js';
import { verdictCounts, verdictSummary } from './verdict-counts.js';

type Row =
  | { readonly kind: 'file'; readonly checklist: FileChecklist }
  | { readonly kind: 'item'; readonly entry: ChecklistEntry }
  | { readonly kind: 'place'; readonly entry: ChecklistEntry; readonly place: ChecklistPlace; readonly index: number }
  | { readonly kind: 'folded'; readonly verdict: 'na' | null; readonly entries: readonly ChecklistEntry[] };

export function registerChecklistView(checklist: ActiveChecklist): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<Row>('authlens.review', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => (row === undefined ? topRows(checklist) : rowsBelow(row)),
      getTreeItem: (row) => treeItem(row, checklist.current?.uri ?? ''),
    },
  });
  const show = () => {
    describe(view, checklist);
    changed.fire();
  };
  show();
  return vscode.Disposable.from(view, changed, checklist.onDidChange(show));
}

/** What the view says of itself: why it is empty, and how much is to do. */
function describe(view: vscode.TreeView<Row>, checklist: ActiveChecklist): void {
  const { current } = checklist;
  view.message = current === undefined ? 'Open a file to see its checklist.' : '';
  const { fail } = verdictCounts(current?.items ?? []);
  view.badge = fail === 0 ? undefined : { value: fail, tooltip: `${fail} to fix in this file` };
}

function topRows(checklist: ActiveChecklist): Row[] {
  return checklist.current === undefined ? [] : [{ kind: 'file', checklist: checklist.current }];
}

function itemRows({ items }: FileChecklist): Row[] {
  const folded = ([null, 'na'] as const).flatMap((verdict): Row[] => {
    const entries = items.filter((entry) => entry.verdict === verdict);
    return entries.length === 0 ? [] : [{ kind: 'folded', verdict, entries }];
  });
  return [...items.filter(isRelevant).map((entry): Row => ({ kind: 'item', entry })), ...folded];
}

function rowsBelow(row: Row): Row[] {
  if (row.kind === 'file') return itemRows(row.checklist);
  if (row.kind === 'folded') return row.entries.map((entry) => ({ kind: 'item', entry }));
  if (row.kind === 'place') return [];
  const { entry } = row;
  return entry.places.map((place, index) => ({ kind: 'place', entry, place, index }));
}

function isRelevant(entry: ChecklistEntry): boolean {
  return entry.verdict !== null && entry.verdict !== 'na';
}

function treeItem(row: Row, uri: string): vscode.TreeItem {
  switch (row.kind) {
    case 'file':
      return fileRow(row.checklist);
    case 'item':
      return itemRow(row.entry, uri);
    case 'place':
      return placeRow(row.place, `${uri}#${row.entry.id}#${row.index}`);
    case 'folded':
      return foldedRow(row.verdict, row.entries.length, uri);
  }
}

function fileRow(checklist: FileChecklist): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.Uri.parse(checklist.uri), vscode.TreeItemCollapsibleState.Expanded);
  const summary = verdictSummary(checklist.items);
  item.id = checklist.uri;
  item.iconPath = vscode.ThemeIcon.File;
  item.description = summary === '' ? 'nothing about authentication or authorization' : summary;
  item.contextValue = 'file';
  return item;
}

function itemRow(entry: ChecklistEntry, uri: string): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.question.replaceAll('`', ''), collapsible(entry));
  const verdict = verdictText(entry);
  item.id = `${uri}#${entry.id}`;
  item.description = verdict;
  item.iconPath = verdictIcon(entry.verdict);
  item.contextValue = `item.${entry.verdict ?? 'unchecked'}`;
  item.tooltip = new vscode.MarkdownString(
    `**${entry.number}.** ${entry.question}\n\n${verdict} (${ABOUT[entry.about]})`,
  );
  item.accessibilityInformation = { label: `${verdict}: ${entry.question}` };
  return item;
}

function placeRow(place: ChecklistPlace, id: string): vscode.TreeItem {
  const item = new vscode.TreeItem(place.message.replaceAll('`', ''));
  const uri = vscode.Uri.parse(place.uri);
  const { start, end } = place.range;
  const where = `${vscode.workspace.asRelativePath(uri)}:${start.line + 1}`;
  item.id = id;
  item.description = place.accepted === undefined ? where : `${where}, accepted: ${place.accepted}`;
  item.iconPath = placeIcon(place);
  item.contextValue = place.kind;
  item.tooltip = new vscode.MarkdownString(`${place.message}\n\n${where}${place.rule ? ` · \`${place.rule}\`` : ''}`);
  item.accessibilityInformation = { label: `${place.kind}: ${place.message} ${where}` };
  item.command = {
    title: 'Go to place',
    command: 'vscode.open',
    arguments: [uri, { selection: new vscode.Range(start.line, start.character, end.line, end.character) }],
  };
  return item;
}

function foldedRow(verdict: 'na' | null, count: number, uri: string): vscode.TreeItem {
  const label = verdict === 'na' ? 'Not relevant here' : 'Not checked';
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${uri}#folded-${verdict ?? 'unchecked'}`;
  item.description = `${count}`;
  item.iconPath = verdictIcon(verdict);
  return item;
}

function collapsible(entry: ChecklistEntry): vscode.TreeItemCollapsibleState {
  if (entry.places.length === 0) return vscode.TreeItemCollapsibleState.None;
  return entry.verdict === 'pass'
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.Expanded;
}

const ABOUT = {
  authentication: 'authentication',
  authorization: 'authorization',
  both: 'authentication and authorization',
};

function verdictText(entry: ChecklistEntry): string {
  const findings = entry.places.filter((place) => place.kind === 'finding' && place.accepted === undefined).length;
  switch (entry.verdict) {
    case 'fail':
      return findings === 0 ? 'accepted' : `${findings} to fix`;
    case 'review':
      return 'to review';
    case 'pass':
      return 'in order';
    case 'na':
      return 'not relevant';
    case null:
      return 'not checked';
  }
}

function verdictIcon(verdict: ChecklistEntry['verdict']): vscode.ThemeIcon {
  switch (verdict) {
    case 'fail':
      return icon('error', 'list.errorForeground');
    case 'review':
      return icon('question', 'list.warningForeground');
    case 'pass':
      return icon('pass', 'testing.iconPassed');
    case 'na':
      return icon('circle-slash', 'disabledForeground');
    case null:
      return icon('circle-outline', 'disabledForeground');
  }
}

function placeIcon(place: ChecklistPlace): vscode.ThemeIcon {
  if (place.kind === 'question') return icon('comment-unresolved', 'list.warningForeground');
  if (place.kind === 'evidence') return icon('check', 'testing.iconPassed');
  if (place.accepted !== undefined) return icon('bell-slash', 'disabledForeground');
  switch (place.severity) {
    case 'error':
      return icon('error', 'problemsErrorIcon.foreground');
    case 'warning':
      return icon('warning', 'problemsWarningIcon.foreground');
    default:
      return icon('info', 'problemsInfoIcon.foreground');
  }
}

function icon(name: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}
