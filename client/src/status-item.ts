/** The status bar: the state of the active file, and of the language server. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import type { ActiveChecklist } from './active-checklist.js';
import { fileWords } from './review/words.js';

const { l10n } = vscode;

export function registerStatusItem(checklist: ActiveChecklist, client: BaseLanguageClient): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('authlens.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'AuthLens';
  const show = () => {
    const enabled = vscode.workspace.getConfiguration('authlens').get('statusBar.enabled', true);
    const { text, tooltip, command } = content(checklist, client.state);
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
    item.accessibilityInformation = { label: text.replace(/\$\([^)]*\) ?/g, '') };
    const isCalm = client.state === State.Running && checklist.current === undefined;
    if (enabled && !isCalm) item.show();
    else item.hide();
  };
  show();
  return vscode.Disposable.from(
    item,
    checklist.onDidChange(show),
    client.onDidChangeState(show),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('authlens.statusBar')) show();
    }),
  );
}

interface Content {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
}

function content(checklist: ActiveChecklist, state: State): Content {
  if (state === State.Stopped) {
    return {
      text: l10n.t('{0} AuthLens: stopped', '$(warning)'),
      tooltip: l10n.t('The language server is not running. Starts it again.'),
      command: 'authlens.restartServer',
    };
  }
  if (state !== State.Running) {
    return {
      text: '$(sync~spin) AuthLens',
      tooltip: l10n.t('The language server is starting.'),
      command: 'authlens.showOutput',
    };
  }
  const words = checklist.current === undefined ? '' : fileWords(checklist.current);
  return {
    text: words === '' ? '$(shield) AuthLens' : `$(shield) AuthLens: ${words}`,
    tooltip: l10n.t('Checklist items of this file. Opens the checklist.'),
    command: 'authlens.review.focus',
  };
}
