/** The status bar: the state of the active file, and of the language server. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import type { ActiveChecklist } from './active-checklist.js';
import { verdictSummary } from './verdict-counts.js';

export function registerStatusItem(checklist: ActiveChecklist, client: BaseLanguageClient): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('authlens.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'AuthLens';
  const show = () => {
    const enabled = vscode.workspace.getConfiguration('authlens').get('statusBar.enabled', true);
    const { text, tooltip, command } = content(checklist, client.state);
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
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
      text: '$(warning) AuthLens: stopped',
      tooltip: 'The language server is not running.',
      command: 'authlens.showOutput',
    };
  }
  if (state !== State.Running) {
    return {
      text: '$(sync~spin) AuthLens',
      tooltip: 'The language server is starting.',
      command: 'authlens.showOutput',
    };
  }
  const summary = verdictSummary(checklist.current?.items ?? []);
  return {
    text: summary === '' ? '$(shield) AuthLens' : `$(shield) AuthLens: ${summary}`,
    tooltip: 'Checklist items of this file. Opens the checklist.',
    command: 'authlens.review.focus',
  };
}
