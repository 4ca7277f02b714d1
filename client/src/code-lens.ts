/** The lenses above handlers can be switched off, and are asked for again when a tick changes them. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, Middleware } from 'vscode-languageclient';

/** Whether lenses are wanted. */
export const codeLensMiddleware: Pick<Middleware, 'provideCodeLenses'> = {
  provideCodeLenses: (document, token, next) => (isEnabled() ? next(document, token) : []),
};

/** Asks for the lenses again whenever they may have changed. */
export function refreshCodeLenses(client: BaseLanguageClient, onDidChange: vscode.Event<unknown>): vscode.Disposable {
  const refresh = () => {
    for (const document of vscode.workspace.textDocuments) {
      client.getFeature('textDocument/codeLens').getProvider(document)?.onDidChangeCodeLensEmitter.fire();
    }
  };
  return vscode.Disposable.from(
    onDidChange(refresh),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('authlens.codeLens')) refresh();
    }),
  );
}

function isEnabled(): boolean {
  return vscode.workspace.getConfiguration('authlens').get('codeLens.enabled', true);
}
