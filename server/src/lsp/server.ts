/**
 * The language server: one table of features over immutable snapshots. It keeps no state between requests but the text
 * of open documents and one workspace for each root folder.
 */
import {
  CodeActionKind,
  DocumentDiagnosticReportKind,
  TextDocumentSyncKind,
  type CodeActionParams,
  type Connection,
  type DocumentDiagnosticReport,
  type HoverParams,
  type InitializeResult,
  type PreviousResultId,
  type ServerCapabilities,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import {
  checklistMethod,
  type ChecklistParams,
  explainMethod,
  type ExplainParams,
  type RuleTitle,
  rulesMethod,
} from '../protocol.js';
import { abilitiesOf, type Abilities, rootsOf } from './abilities.js';
import { createDocuments } from './documents.js';
import type { Engine, WorkspaceOptions } from './engine.js';
import { checklist } from './features/checklist.js';
import { codeActions } from './features/code-actions.js';
import { resultId } from './features/diagnostics.js';
import { hover } from './features/hover.js';
import { guard, throwIfCancelled } from './guard.js';
import { Projects, type ServerHost, uriOf } from './projects.js';
import { Session } from './session.js';
import { plainUri } from './uris.js';

/** Serves one client until the connection ends. */
export function startServer(connection: Connection, host: ServerHost, engine: Engine): void {
  const documents = createDocuments();
  let session: Session | undefined;

  const log: WorkspaceOptions['log'] = (level, message) => {
    if (level === 'debug') connection.console.debug(message);
    else connection.console[level](message);
  };
  const failed = (message: string) => log('error', message);

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const abilities = abilitiesOf(params);
    const projects = new Projects({
      engine,
      host,
      git: abilities.trusted ? 'ask' : 'never',
      isOpen: (uri) => documents.keys().some((open) => plainUri(open) === plainUri(uri)),
      changed: () => session?.announce(),
      log,
    });
    session = new Session({ connection, documents, projects, abilities, log: failed });
    for (const root of rootsOf(params)) await projects.add(root);
    return { serverInfo: { name: 'authlens' }, capabilities: capabilities(abilities) };
  });
  connection.onInitialized(() => session?.begin());
  connection.onShutdown(() => {
    for (const project of session?.projects.all ?? []) project.dispose();
  });

  // Opening a document is announced as a change too.
  documents.onDidChangeContent(({ document }) => session?.edited(document));
  documents.onDidClose(({ document }) => {
    session?.closed(document.uri);
    if (!session?.abilities.pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  connection.onDidChangeWatchedFiles(({ changes }) => session?.changedOnDisk(changes.map((change) => change.uri)));

  connection.onHover(
    guard('hover', failed, null, async ({ textDocument, position }: HoverParams, token) => {
      const document = documents.get(textDocument.uri);
      if (document === undefined || session === undefined) return null;
      const { project, path } = await session.projects.locate(textDocument.uri);
      const snapshot = await project.snapshot();
      throwIfCancelled(token);
      return hover(snapshot, path, document.content.offsetAt(position));
    }),
  );

  connection.onCodeAction(
    guard('code actions', failed, [], async (params: CodeActionParams, token) => {
      const document = documents.get(params.textDocument.uri);
      if (document === undefined || session === undefined) return [];
      const located = await session.projects.locate(document.uri);
      const snapshot = await located.project.snapshot();
      throwIfCancelled(token);
      return codeActions(snapshot, located, document.content, params, session.abilities);
    }),
  );

  const pull = async (uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport> => {
    const items = (await session?.diagnosticsOf(uri)) ?? [];
    const id = await resultId(items);
    return id === previous
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
  };
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    guard('diagnostics', failed, nothing, (params: { textDocument: { uri: string }; previousResultId?: string }) =>
      pull(params.textDocument.uri, params.previousResultId),
    ),
  );
  connection.languages.diagnostics.onWorkspace(
    guard(
      'workspace diagnostics',
      failed,
      { items: [] } as WorkspaceDiagnosticReport,
      async (params: { previousResultIds: PreviousResultId[] }, token) => {
        const previous = new Map(params.previousResultIds.map(({ uri, value }) => [plainUri(uri), value]));
        const items: WorkspaceDocumentDiagnosticReport[] = [];
        for (const project of session?.projects.all ?? []) {
          for (const path of (await project.snapshot()).paths) {
            throwIfCancelled(token);
            const uri = uriOf(project, path);
            items.push({ ...(await pull(uri, previous.get(plainUri(uri)))), uri, version: null });
          }
        }
        return { items };
      },
    ),
  );

  connection.onRequest(
    checklistMethod,
    guard('checklist', failed, null, async ({ textDocument }: ChecklistParams, token) => {
      if (session === undefined) return null;
      const located = await session.projects.locate(textDocument.uri);
      const snapshot = await located.project.snapshot();
      throwIfCancelled(token);
      return checklist(snapshot, textDocument.uri, located);
    }),
  );
  connection.onRequest(
    explainMethod,
    guard('explain', failed, null, async ({ rule }: ExplainParams) => engine.renderRule(rule, 'markdown') ?? null),
  );
  connection.onRequest(rulesMethod, (): RuleTitle[] => engine.RULES.map(({ id, title }) => ({ id, title })));

  documents.listen(connection);
  connection.listen();
}

function capabilities(abilities: Abilities): ServerCapabilities {
  const diagnosticProvider = {
    identifier: 'authlens',
    interFileDependencies: true,
    workspaceDiagnostics: abilities.scope === 'workspace',
  };
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    ...(abilities.pullsDiagnostics ? { diagnosticProvider } : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
