/**
 * The language server: one table of features over immutable snapshots. It keeps no state between requests but the text
 * of open documents and one workspace for each root folder.
 */
import {
  CodeActionKind,
  DocumentDiagnosticReportKind,
  TextDocumentSyncKind,
  type CancellationToken,
  type CodeActionParams,
  type CodeLensParams,
  type Connection,
  type DocumentDiagnosticReport,
  type HoverParams,
  type InitializeResult,
  type PreviousResultId,
  type ServerCapabilities,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { CHECKLIST } from '../engine/index.js';
import {
  checklistMethod,
  type ChecklistParams,
  type ChecklistQuestion,
  explainMethod,
  type ExplainParams,
  fixRequestMethod,
  type FixRequestParams,
  itemsMethod,
  type MarkAnswer,
  markMethod,
  type MarkParams,
  reportMethod,
  type ReportParams,
  reviewedCodeMethod,
  reviewMethod,
  type ReviewParams,
  type RuleTitle,
  rulesMethod,
  type ScopeReview,
  unmarkMethod,
  type UnmarkParams,
} from '../protocol.js';
import { abilitiesOf, type Abilities, rootsOf } from './abilities.js';
import { createDocuments } from './documents.js';
import type { Engine, WorkspaceOptions } from './engine.js';
import { codeActions, FIX_ALL } from './features/code-actions.js';
import { codeLenses } from './features/code-lens.js';
import { resultId } from './features/diagnostics.js';
import { fixRequest } from './features/fix-request.js';
import { hover } from './features/hover.js';
import { mark, reviewedCode, unmark } from './features/mark.js';
import { renderReport } from './features/report.js';
import { guard, throwIfCancelled } from './guard.js';
import { Projects, type ServerHost, uriOf } from './projects.js';
import { Reviews } from './reviews.js';
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
    const reviews = new Reviews({ host, storage: abilities.storage, git: abilities.trusted ? 'ask' : 'never' });
    session = new Session({ connection, documents, projects, reviews, abilities, log: failed });
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

  const located = async (uri: string) => {
    if (session === undefined) return undefined;
    const { project, path } = await session.projects.locate(uri);
    const snapshot = await project.snapshot();
    return { project, path, view: await session.viewOf(project, snapshot, [path]) };
  };

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
      await session.calm(token);
      const found = await session.projects.locate(document.uri);
      const snapshot = await found.project.snapshot();
      return codeActions(snapshot, found, document.content, params, session.abilities);
    }),
  );

  const pull = async (
    uri: string,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> => {
    const items = (await session?.diagnosticsOf(uri, token)) ?? [];
    const id = await resultId(items);
    return id === previous
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
  };
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    guard(
      'diagnostics',
      failed,
      nothing,
      (params: { textDocument: { uri: string }; previousResultId?: string }, token) =>
        pull(params.textDocument.uri, params.previousResultId, token),
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
            items.push({ ...(await pull(uri, previous.get(plainUri(uri)), token)), uri, version: null });
          }
        }
        return { items };
      },
    ),
  );

  connection.onCodeLens(
    guard('code lens', failed, null, async ({ textDocument: { uri } }: CodeLensParams, token) => {
      await session?.calm(token);
      const found = await located(uri);
      return found === undefined ? null : codeLenses(found.view, uri, found);
    }),
  );

  connection.onRequest(
    checklistMethod,
    guard('checklist', failed, null, async ({ textDocument }: ChecklistParams, token) => {
      return session === undefined ? null : session.checklistOf(textDocument.uri, token);
    }),
  );
  connection.onRequest(itemsMethod, (): ChecklistQuestion[] =>
    CHECKLIST.map(({ id, number, title, question, about, subject }) => ({
      id,
      number,
      title,
      question,
      about,
      subject,
    })),
  );
  const nothingInScope: ScopeReview = { revision: 0, files: [], problems: [], reading: false };
  connection.onRequest(
    reviewMethod,
    guard('review', failed, nothingInScope, async (params: ReviewParams, token) => {
      return session === undefined ? nothingInScope : session.review(params, token);
    }),
  );
  const notKept: MarkAnswer = { refused: 'The review could not be kept.' };
  connection.onRequest(
    markMethod,
    guard('mark', failed, notKept, async (params: MarkParams) => {
      const found = await located(params.uri);
      if (found === undefined) return notKept;
      const answer = await mark(session!.reviews, found.view, found, params, new Date().toISOString());
      session!.announce();
      return answer;
    }),
  );
  connection.onRequest(
    unmarkMethod,
    guard('unmark', failed, notKept, async (params: UnmarkParams) => {
      const found = await located(params.uri);
      if (found === undefined) return notKept;
      const answer = await unmark(session!.reviews, found.view.snapshot, found, params);
      session!.announce();
      return answer;
    }),
  );
  connection.onRequest(
    reviewedCodeMethod,
    guard('reviewed code', failed, null, async ({ uri, item }: UnmarkParams) => {
      const found = await located(uri);
      return found === undefined ? null : (reviewedCode(found.view, found.path, item) ?? null);
    }),
  );
  connection.onRequest(
    reportMethod,
    guard('report', failed, null, async ({ scope, uri, format }: ReportParams) => {
      if (session === undefined) return null;
      const { files, looked } = await session.reportFiles(scope, uri);
      return renderReport(files, format, { engine, version: host.version, looked });
    }),
  );
  connection.onRequest(
    fixRequestMethod,
    guard('fix request', failed, null, async ({ uri, finding }: FixRequestParams) => {
      const found = await located(uri);
      return found === undefined ? null : (fixRequest(engine, found.view.snapshot, found.path, finding) ?? null);
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
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
    codeLensProvider: {},
    ...(abilities.pullsDiagnostics ? { diagnosticProvider } : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
