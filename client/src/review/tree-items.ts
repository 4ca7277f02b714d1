/** How a row looks. The verdict is told by the icon's shape and by words, never by colour alone. */
import * as vscode from 'vscode';
import type { ChecklistEntry, ChecklistPlace, FileReview, ProtocolVerdict } from '../../../server/src/protocol.js';
import type { ReviewModel } from './model.js';
import type { Row, Rows } from './rows.js';
import { dateWords, entryWords, fileWords, plain, progressWords, stateWords, verdictWords } from './words.js';

const { l10n, TreeItemCheckboxState: Box, TreeItemCollapsibleState: Fold } = vscode;

/** What is unfolded: what a person has chosen, else what a row suggests. */
export interface Unfolded {
  state(id: string, suggested: boolean): vscode.TreeItemCollapsibleState;
}

export function treeItem(row: Row, model: ReviewModel, rows: Rows, unfolded: Unfolded): vscode.TreeItem {
  const item = drawn();
  item.id = row.id;
  return item;

  function drawn(): vscode.TreeItem {
    switch (row.kind) {
      case 'file':
        return fileItem(model.file(row.uri), row.uri, unfolded.state(row.id, isSuggested(model, row.uri)));
      case 'group':
        return groupItem(rows, row.item, unfolded.state(row.id, false));
      case 'item':
        return itemItem(row, model, unfolded);
      case 'mark':
        return markItem(model.entry(row.parent.uri, row.parent.item), row);
      case 'place':
        return placeItem(model.entry(row.parent.uri, row.parent.item)?.places[row.index]);
      case 'folded':
        return foldedItem(row, rows, unfolded.state(row.id, false));
      case 'subject':
        return subjectItem(row, model);
    }
  }
}

/** One file alone is shown open; of many, none. */
function isSuggested(model: ReviewModel, uri: string): boolean {
  return model.look.scope === 'file' || model.files.length === 1;
}

function fileItem(file: FileReview | undefined, uri: string, fold: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const resource = vscode.Uri.parse(uri);
  const item = new vscode.TreeItem(resource, fold);
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'file';
  if (file === undefined) return item;
  const words = fileWords(file);
  const nothing = l10n.t('nothing about authentication or authorization');
  const state = stateWords(file.state);
  item.description = words === '' ? nothing : `${progressWords(file)} · ${state}`;
  item.tooltip = `${vscode.workspace.asRelativePath(resource)}\n${words === '' ? nothing : `${words} · ${state}`}`;
  item.accessibilityInformation = {
    label: `${vscode.workspace.asRelativePath(resource)}, ${words || nothing}, ${state}`,
  };
  if (words !== '') item.contextValue = `file.relevant.${file.state.replace(' ', '-')}`;
  return item;
}

function groupItem(rows: Rows, id: string, fold: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const { question, verdict, files, done } = rows.group(id);
  const item = new vscode.TreeItem(`${question.number}. ${question.title}`, fold);
  const worst = verdictWords(verdict);
  item.iconPath = verdictIcon(verdict);
  item.description = `${done}/${files.length} · ${worst} · ${plain(question.question)}`;
  item.tooltip = new vscode.MarkdownString(`**${question.number}.** ${question.question}\n\n${worst}`);
  item.contextValue = `group.${verdict ?? 'unchecked'}`;
  item.accessibilityInformation = {
    label: l10n.t('{0}: {1}, {2} of {3} files done', worst, plain(question.question), done, files.length),
  };
  // What fails somewhere can't be ticked as a whole.
  if (verdict !== 'fail') item.checkboxState = checkbox(done === files.length, plain(question.question));
  return item;
}

function itemItem(row: Row & { kind: 'item' }, model: ReviewModel, unfolded: Unfolded): vscode.TreeItem {
  const at = model.questions.findIndex(({ id }) => id === row.item);
  const question = model.questions[at];
  const file = model.file(row.uri);
  const entry = model.entry(row.uri, row.item);
  const verdict = file?.verdicts[at] ?? null;
  const progress = file?.progress[at] ?? 'settled';
  const isOpen = progress === 'open' && verdict !== 'pass';
  const fold = entry?.places.length === 0 ? Fold.None : unfolded.state(row.id, row.parent.kind === 'file' && isOpen);
  const title = `${question?.number ?? ''}. ${question?.title ?? row.item}`;
  const item =
    row.parent.kind === 'file'
      ? new vscode.TreeItem(title, fold)
      : new vscode.TreeItem(vscode.Uri.parse(row.uri), fold);
  const words =
    entry === undefined ? (progress === 'done' ? l10n.t('reviewed') : verdictWords(verdict)) : entryWords(entry);
  item.description = row.parent.kind === 'file' ? `${words} · ${plain(question?.question ?? '')}` : words;
  item.iconPath = verdictIcon(verdict);
  item.contextValue = itemContext(verdict, entry);
  item.tooltip = new vscode.MarkdownString(
    `**${question?.number ?? ''}.** ${question?.question ?? ''}\n\n${verdictWords(verdict)}, ${words} (${aboutWords(question?.about)})`,
  );
  const spoken =
    row.parent.kind === 'file'
      ? plain(question?.question ?? '')
      : vscode.workspace.asRelativePath(vscode.Uri.parse(row.uri));
  item.accessibilityInformation = {
    label: `${words === verdictWords(verdict) ? words : `${verdictWords(verdict)}, ${words}`}: ${spoken}`,
  };
  if (verdict === 'pass' || verdict === 'review') item.checkboxState = checkbox(progress === 'done', spoken);
  return item;
}

/** `item.pass.marked.stale`: what the menus of a row go by. */
function itemContext(verdict: ProtocolVerdict, entry: ChecklistEntry | undefined): string {
  const parts = ['item', verdict ?? 'unchecked'];
  if (entry !== undefined && entry.reviewed !== null) parts.push('marked', ...(entry.reviewed.stale ? ['stale'] : []));
  return parts.join('.');
}

function checkbox(isDone: boolean, what: string): vscode.TreeItem['checkboxState'] & object {
  return {
    state: isDone ? Box.Checked : Box.Unchecked,
    tooltip: isDone ? l10n.t('Reviewed. Untick to take it back.') : l10n.t('Tick once you have reviewed it.'),
    accessibilityInformation: {
      label: isDone ? l10n.t('reviewed: {0}', what) : l10n.t('not reviewed: {0}', what),
      role: 'checkbox',
    },
  };
}

function markItem(entry: ChecklistEntry | undefined, row: Row & { kind: 'mark' }): vscode.TreeItem {
  const mark = entry?.reviewed;
  if (mark === undefined || mark === null) return new vscode.TreeItem('');
  const who = l10n.t('{0}, {1}', mark.by, dateWords(mark.at));
  const item = new vscode.TreeItem(mark.note ?? l10n.t('Reviewed'));
  item.description = mark.stale ? l10n.t('{0}: changed since', who) : who;
  item.iconPath = mark.stale ? icon('history', 'list.warningForeground') : icon(mark.note === null ? 'person' : 'note');
  item.tooltip = `${mark.note === null ? '' : `${mark.note}\n`}${who}\n${l10n.t('The name is git’s: nobody has checked it.')}`;
  item.contextValue = mark.stale ? 'mark.stale' : 'mark';
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  if (mark.stale) {
    const title = l10n.t('Show What Has Changed');
    item.command = { title, command: 'authlens.showReviewedCode', arguments: [row.parent] };
  }
  return item;
}

function placeItem(place: ChecklistPlace | undefined): vscode.TreeItem {
  if (place === undefined) return new vscode.TreeItem('');
  const item = new vscode.TreeItem(plain(place.message));
  const uri = vscode.Uri.parse(place.uri);
  const { start, end } = place.range;
  const where = `${vscode.workspace.asRelativePath(uri)}:${start.line + 1}`;
  item.description = place.accepted === undefined ? where : l10n.t('{0}, accepted: {1}', where, place.accepted);
  item.iconPath = placeIcon(place);
  item.contextValue = place.accepted === undefined ? place.kind : `${place.kind}.accepted`;
  item.tooltip = new vscode.MarkdownString(`${place.message}\n\n${where}${place.rule ? ` · \`${place.rule}\`` : ''}`);
  item.accessibilityInformation = { label: `${kindWords(place)}: ${plain(place.message)} ${item.description}` };
  item.command = {
    title: l10n.t('Go to Place'),
    command: 'vscode.open',
    arguments: [uri, { selection: new vscode.Range(start.line, start.character, end.line, end.character) }],
  };
  return item;
}

function foldedItem(row: Row & { kind: 'folded' }, rows: Rows, fold: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const questions = rows.foldedItems(row);
  const subjects = questions.map(({ subject }) => subject).join('; ');
  const isNa = row.verdict === 'na';
  const item = new vscode.TreeItem(
    isNa ? l10n.t('Not relevant: {0}', questions.length) : l10n.t('Not checked: {0}', questions.length),
    fold,
  );
  item.description = isNa ? l10n.t('looked for {0}', subjects) : '';
  item.iconPath = verdictIcon(row.verdict);
  item.contextValue = 'folded';
  item.tooltip = isNa
    ? l10n.t('Looked for, and not found: {0}.', subjects)
    : l10n.t('A rule of these items is switched off.');
  item.accessibilityInformation = { label: `${item.label}. ${item.tooltip}` };
  return item;
}

function subjectItem(row: Row & { kind: 'subject' }, model: ReviewModel): vscode.TreeItem {
  const question = model.questions.find(({ id }) => id === row.item);
  const item = new vscode.TreeItem(`${question?.number ?? ''}. ${question?.title ?? ''}`);
  item.description = question === undefined ? '' : l10n.t('no {0}', question.subject);
  if (row.parent.kind === 'folded' && row.parent.verdict === null) item.description = l10n.t('not checked');
  item.iconPath = verdictIcon(row.parent.kind === 'folded' ? row.parent.verdict : null);
  item.contextValue = 'subject';
  item.accessibilityInformation = { label: `${item.label} ${item.description}` };
  return item;
}

function aboutWords(about: ChecklistEntry['about'] | undefined): string {
  switch (about) {
    case 'authentication':
      return l10n.t('authentication: who are you?');
    case 'authorization':
      return l10n.t('authorization: what may you do?');
    default:
      return l10n.t('authentication and authorization');
  }
}

function kindWords({ kind, severity }: ChecklistPlace): string {
  if (kind === 'question') return l10n.t('question');
  if (kind === 'evidence') return l10n.t('evidence');
  return severity === 'error' ? l10n.t('error') : severity === 'warning' ? l10n.t('warning') : l10n.t('information');
}

/** A shape of its own for each verdict. */
export function verdictIcon(verdict: ProtocolVerdict): vscode.ThemeIcon {
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

function icon(name: string, color?: string): vscode.ThemeIcon {
  return color === undefined ? new vscode.ThemeIcon(name) : new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}
