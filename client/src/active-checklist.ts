/**
 * The checklist of the file in the active editor, asked for again whenever it may have changed. While something that is
 * no text has the focus, a rule's page say, it stays with the file before; while the server is away, with the last answer.
 */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { type ChecklistParams, checklistMethod, type FileChecklist } from '../../server/src/protocol.js';
import { documentSelector } from './languages.js';
import { ownSchemes } from './own-schemes.js';

export class ActiveChecklist implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #document: vscode.TextDocument | undefined;
  #current: FileChecklist | undefined;
  #asked = 0;

  /** Fires when `current` is another one. */
  readonly onDidChange = this.#changed.event;

  constructor(client: BaseLanguageClient, onDidAnnounce: vscode.Event<void>) {
    this.#client = client;
    const ask = () => void this.refresh();
    this.#subscriptions = [
      this.#changed,
      onDidAnnounce(ask),
      client.onDidChangeState(ask),
      vscode.window.onDidChangeActiveTextEditor(ask),
      vscode.workspace.onDidCloseTextDocument(ask),
    ];
  }

  /** `undefined` when there is no editor, or none whose file is reviewed. */
  get current(): FileChecklist | undefined {
    return this.#current;
  }

  /** Asks again. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#answer();
    // A later question has overtaken this one.
    if (asked !== this.#asked || isSame(answer, this.#current)) return;
    this.#current = answer;
    this.#changed.fire();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #answer(): Promise<FileChecklist | undefined> {
    const active = vscode.window.activeTextEditor?.document;
    if (active !== undefined && !ownSchemes.includes(active.uri.scheme)) this.#document = active;
    const document = this.#document;
    if (document === undefined || document.isClosed) return undefined;
    if (vscode.languages.match(documentSelector as vscode.DocumentSelector, document) === 0) return undefined;
    const uri = this.#client.code2ProtocolConverter.asUri(document.uri);
    if (this.#client.state !== State.Running) return this.#current?.uri === uri ? this.#current : undefined;
    const params: ChecklistParams = { textDocument: { uri } };
    const answer = await this.#client.sendRequest<FileChecklist | null>(checklistMethod, params);
    return answer ?? undefined;
  }
}

/** Whether two answers show the same; a revision alone is none. */
function isSame(a: FileChecklist | undefined, b: FileChecklist | undefined): boolean {
  const shown = (one: FileChecklist | undefined) => one && JSON.stringify({ ...one, revision: 0 });
  return shown(a) === shown(b);
}
