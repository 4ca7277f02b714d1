/** Puts right all that is certain in the active file. */
import * as vscode from 'vscode';

const { l10n } = vscode;

export function registerFixAll(): vscode.Disposable {
  return vscode.commands.registerCommand('authlens.fixAllInFile', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) return;
    const kind = vscode.CodeActionKind.SourceFixAll.append('authlens');
    const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      whole,
      kind.value,
    );
    const edit = actions.find((action) => action.kind?.value === kind.value)?.edit;
    if (edit === undefined) {
      void vscode.window.showInformationMessage(l10n.t('AuthLens: nothing here can be put right with certainty.'));
      return;
    }
    await vscode.workspace.applyEdit(edit);
  });
}
