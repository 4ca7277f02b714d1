/** A client of the language server over in-memory streams: it speaks LSP as an editor does, and keeps what it is told. */
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  DocumentDiagnosticRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { Engine } from '../../server/src/lsp/engine.js';
import type { ServerHost } from '../../server/src/lsp/projects.js';
import { startServer } from '../../server/src/lsp/server.js';
import type { ClientOptions } from '../../server/src/protocol.js';

export interface MemoryClient {
  readonly connection: ProtocolConnection;
  readonly pushed: PublishDiagnosticsParams[];
  readonly logged: string[];
  open(uri: string, languageId: string, text: string): Promise<void>;
  edit(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  stop(): Promise<void>;
}

export interface MemoryClientOptions {
  readonly engine: Engine;
  readonly host: ServerHost;
  readonly root?: string;
  readonly capabilities?: ClientCapabilities;
  readonly options?: ClientOptions;
}

/** What an editor like VS Code can do. */
const MODERN: ClientCapabilities = {
  textDocument: { diagnostic: { relatedDocumentSupport: false }, publishDiagnostics: { relatedInformation: true } },
  workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
};

export async function startClient(options: MemoryClientOptions): Promise<MemoryClient> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(server, options.host, options.engine);
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const pushed: PublishDiagnosticsParams[] = [];
  const logged: string[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params) => void pushed.push(params));
  connection.onNotification('window/logMessage', (params: { message: string }) => void logged.push(params.message));
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: options.root === undefined ? null : [{ uri: options.root, name: 'root' }],
    capabilities: options.capabilities ?? MODERN,
    initializationOptions: options.options ?? {},
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    pushed,
    logged,
    open: (uri, languageId, text) =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    edit: (uri, version, contentChanges) =>
      connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    pull: (uri, previousResultId) =>
      connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      }),
    async stop() {
      await connection.sendRequest('shutdown');
      connection.dispose();
      server.dispose();
    },
  };
}
