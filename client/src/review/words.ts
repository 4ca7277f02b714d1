/** The words of the panel and the status bar: verdicts, states, progress. */
import { l10n } from 'vscode';
import type { ChecklistEntry, FileReview, ProtocolVerdict, ReviewScope } from '../../../server/src/protocol.js';
import type { Filter, Grouping } from './model.js';
import { isRelevant } from './rows.js';

/** An item's verdict, with what has become of it. */
export function entryWords(entry: ChecklistEntry): string {
  if (entry.reviewed?.stale === true) return l10n.t('changed since reviewed');
  if (entry.progress === 'done') return entry.verdict === 'fail' ? l10n.t('accepted') : l10n.t('reviewed');
  if (entry.verdict !== 'fail') return verdictWords(entry.verdict);
  const findings = entry.places.filter(({ kind, accepted }) => kind === 'finding' && accepted === undefined).length;
  return findings === 0 ? l10n.t('to fix') : l10n.t('{0} to fix', findings);
}

export function verdictWords(verdict: ProtocolVerdict): string {
  switch (verdict) {
    case 'fail':
      return l10n.t('to fix');
    case 'review':
      return l10n.t('to review');
    case 'pass':
      return l10n.t('in order');
    case 'na':
      return l10n.t('not relevant');
    case null:
      return l10n.t('not checked');
  }
}

/** `5/9`: items that are done, of those that are relevant. Empty where none is. */
export function progressWords({ verdicts, progress }: FileReview): string {
  const relevant = verdicts.filter(isRelevant).length;
  return relevant === 0 ? '' : `${progress.filter((one) => one === 'done').length}/${relevant}`;
}

export function stateWords(state: FileReview['state']): string {
  switch (state) {
    case 'fresh':
      return l10n.t('not reviewed yet');
    case 'in review':
      return l10n.t('in review');
    case 'reviewed':
      return l10n.t('reviewed');
    case 'stale':
      return l10n.t('changed since reviewed');
  }
}

/** `2 to fix, 5/9 reviewed`; empty if nothing in the file is relevant. */
export function fileWords(file: FileReview): string {
  const done = progressWords(file);
  if (done === '') return '';
  const fails = file.verdicts.filter((verdict, at) => verdict === 'fail' && file.progress[at] === 'open').length;
  return fails === 0 ? l10n.t('{0} reviewed', done) : l10n.t('{0} to fix, {1} reviewed', fails, done);
}

export function scopeWords(scope: ReviewScope): string {
  switch (scope) {
    case 'file':
      return l10n.t('Current file');
    case 'changes':
      return l10n.t('Changed files');
    case 'workspace':
      return l10n.t('Workspace');
  }
}

export function groupingWords(grouping: Grouping): string {
  return grouping === 'file' ? l10n.t('by file') : l10n.t('by item');
}

export function filterWords(filter: Filter): string {
  switch (filter) {
    case 'all':
      return l10n.t('everything');
    case 'open':
      return l10n.t('waiting for somebody');
    case 'fix':
      return l10n.t('to fix');
  }
}

/** A date as people of this place write it. */
export function dateWords(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : date.toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/** The text of a message without the marks of code. */
export function plain(text: string): string {
  return text.replaceAll('`', '');
}
