/**
 * A person ticks. What passes is ticked as it is; a question asks for its answer in a line; what fails can't be ticked.
 * More than one item at once is ticked only after it has been shown.
 */
import * as vscode from 'vscode';
import type { ChecklistEntry, MarkAnswer } from '../../../server/src/protocol.js';
import type { ReviewModel } from './model.js';
import type { ItemRow, Rows } from './rows.js';
import { plain, progressWords } from './words.js';

const { l10n } = vscode;

/** Ticks one item of one file. */
export async function tickItem(model: ReviewModel, { uri, item }: Pick<ItemRow, 'uri' | 'item'>): Promise<void> {
  await model.items(uri);
  const entry = model.entry(uri, item);
  if (entry === undefined) return;
  const note = entry.verdict === 'review' ? await answerTo(entry) : (entry.reviewed?.note ?? undefined);
  if (entry.verdict === 'review' && note === undefined) return;
  await send(model, uri, [{ entry, note }]);
}

/** Writes or changes the note of an item, and ticks it. */
export async function editNote(model: ReviewModel, { uri, item }: Pick<ItemRow, 'uri' | 'item'>): Promise<void> {
  await model.items(uri);
  const entry = model.entry(uri, item);
  if (entry === undefined || (entry.verdict !== 'pass' && entry.verdict !== 'review')) return;
  const note = await answerTo(entry);
  if (note !== undefined) await send(model, uri, [{ entry, note }]);
}

/** Takes a tick back; one with a note asks first. */
export async function untick(model: ReviewModel, { uri, item }: Pick<ItemRow, 'uri' | 'item'>): Promise<void> {
  await model.items(uri);
  const note = model.entry(uri, item)?.reviewed?.note;
  if (note !== undefined && note !== null) {
    const takeBack = l10n.t('Take Back');
    const detail = l10n.t('The note goes with it: {0}', note);
    const chosen = await vscode.window.showWarningMessage(
      l10n.t('Take the tick back?'),
      { modal: true, detail },
      takeBack,
    );
    if (chosen !== takeBack) return;
  }
  tell(await model.unmark(uri, item));
}

/** Ticks all items of a file that can be ticked, after showing them. */
export async function markFileReviewed(model: ReviewModel, uri: string): Promise<void> {
  const entries = (await model.itemsOfAny(uri)) ?? [];
  const open = entries.filter(({ progress }) => progress === 'open');
  const name = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  const ready = open.filter(canBeTicked);
  const rest = open.filter((entry) => !canBeTicked(entry));
  if (ready.length === 0) {
    await sayWhatIsLeft(model, uri, rest, l10n.t('Nothing in {0} can be ticked now.', name));
    return;
  }
  const rows = ready.map((entry) => ({ label: titleOf(entry), description: groundOf(entry), picked: true, entry }));
  const chosen = await vscode.window.showQuickPick(rows, {
    canPickMany: true,
    matchOnDescription: true,
    title: l10n.t('Mark {0} as reviewed', name),
    placeHolder:
      rest.length === 0
        ? l10n.t('These are ticked when you accept.')
        : l10n.t('These are ticked when you accept; {0} more stay open.', rest.length),
  });
  if (chosen === undefined || chosen.length === 0) return;
  await send(
    model,
    uri,
    chosen.map(({ entry }) => ({ entry, note: entry.reviewed?.note ?? undefined })),
  );
  if (rest.length > 0) await sayWhatIsLeft(model, uri, rest, l10n.t('{0} of {1} ticked.', chosen.length, open.length));
}

/** Ticks an item in all files of the scope, or takes the ticks back, after listing the files. */
export async function tickGroup(model: ReviewModel, rows: Rows, item: string, isTicked: boolean): Promise<void> {
  const { question, files } = rows.group(item);
  const at = model.questions.findIndex(({ id }) => id === item);
  const wanted = files.filter(({ verdicts, progress }) => {
    return isTicked
      ? progress[at] === 'open' && verdicts[at] !== 'fail'
      : progress[at] === 'done' && verdicts[at] !== 'fail';
  });
  const picks = wanted.map((file) => ({
    label: vscode.workspace.asRelativePath(vscode.Uri.parse(file.uri)),
    description: progressWords(file),
    picked: true,
    uri: file.uri,
  }));
  const chosen = await vscode.window.showQuickPick(picks, {
    canPickMany: true,
    title: `${question.number}. ${plain(question.question)}`,
    placeHolder: isTicked ? l10n.t('Tick the item in these files') : l10n.t('Take the tick back in these files'),
  });
  for (const { uri } of chosen ?? []) await (isTicked ? tickItem(model, { uri, item }) : untick(model, { uri, item }));
}

async function sayWhatIsLeft(
  model: ReviewModel,
  uri: string,
  rest: readonly ChecklistEntry[],
  head: string,
): Promise<void> {
  const questions = rest.filter(({ verdict }) => verdict === 'review');
  const fails = rest.length - questions.length;
  const words = [
    head,
    ...(fails > 0 ? [l10n.t('{0} to fix, or to accept with a reason.', fails)] : []),
    ...(questions.length > 0 ? [l10n.t('{0} to answer.', questions.length)] : []),
  ].join(' ');
  const answer = l10n.t('Answer Now');
  const chosen = await vscode.window.showInformationMessage(words, ...(questions.length > 0 ? [answer] : []));
  if (chosen !== answer) return;
  for (const { id } of questions) {
    const entry = (await model.itemsOfAny(uri))?.find((one) => one.id === id);
    if (entry === undefined) continue;
    const note = await answerTo(entry);
    if (note === undefined) return;
    await send(model, uri, [{ entry, note }]);
  }
}

/** The answer to a question, in a line; `undefined` if there is none after all. */
async function answerTo(entry: ChecklistEntry): Promise<string | undefined> {
  const isQuestion = entry.verdict === 'review';
  const questions = entry.places.filter(({ kind }) => kind !== 'evidence').map(({ message }) => plain(message));
  const empty = l10n.t('A question needs an answer.');
  return vscode.window.showInputBox({
    title: `${entry.number}. ${plain(entry.question)}`,
    prompt: isQuestion ? [...new Set(questions)].join(' ') : l10n.t('A note for the next reader'),
    placeHolder: isQuestion ? l10n.t('The answer, in a line: it is kept as a note') : '',
    value: entry.reviewed?.note ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => (isQuestion && text.trim() === '' ? empty : undefined),
  });
}

function canBeTicked(entry: ChecklistEntry): boolean {
  return entry.verdict === 'pass';
}

function titleOf(entry: ChecklistEntry): string {
  return `${entry.number}. ${plain(entry.question)}`;
}

function groundOf(entry: ChecklistEntry): string {
  return plain(entry.places.find(({ kind }) => kind === 'evidence')?.message ?? '');
}

interface Tick {
  readonly entry: ChecklistEntry;
  readonly note: string | undefined;
}

async function send(model: ReviewModel, uri: string, ticks: readonly Tick[]): Promise<void> {
  const marks = ticks.map(({ entry, note }) => ({
    item: entry.id,
    fingerprint: entry.fingerprint ?? '',
    ...(note === undefined || note === '' ? {} : { note }),
  }));
  tell(await model.mark({ uri, marks }));
}

function tell({ refused, warning }: MarkAnswer): void {
  if (refused !== undefined) void vscode.window.showWarningMessage(`AuthLens: ${refused}`);
  if (warning !== undefined) void vscode.window.showWarningMessage(`AuthLens: ${warning}`);
}
