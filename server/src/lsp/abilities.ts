/** What the client can do, read once from what it says at the start. */
import type { InitializeParams } from 'vscode-languageserver';
import type { ReviewStorage } from '../review/store.js';
import type { ClientOptions } from '../protocol.js';

export interface Abilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly watchesFiles: boolean;
  readonly changesFolders: boolean;
  readonly showsProgress: boolean;
  readonly snippets: boolean;
  /** Our own client: it has our commands and listens to our notifications. */
  readonly commands: boolean;
  readonly scope: 'openFiles' | 'workspace';
  readonly trusted: boolean;
  readonly refreshesCodeLens: boolean;
  readonly storage: ReviewStorage;
}

export function abilitiesOf(params: InitializeParams): Abilities {
  const { textDocument, workspace, window } = params.capabilities;
  const own = (params.initializationOptions ?? {}) as ClientOptions;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    snippets: workspace?.workspaceEdit?.snippetEditSupport === true,
    commands: own.commands === true,
    scope: own.diagnosticsScope ?? 'openFiles',
    // Other editors have no such notion: whoever starts the server there has decided.
    trusted: own.trusted !== false,
    refreshesCodeLens: workspace?.codeLens?.refreshSupport === true,
    storage: {
      kind: own.reviewStorage ?? 'repository',
      ...(own.privateFolder === undefined ? {} : { folder: own.privateFolder }),
    },
  };
}

/** The root folders that the client names at the start. */
export function rootsOf(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map((folder) => folder.uri);
  return params.rootUri ? [params.rootUri] : [];
}
