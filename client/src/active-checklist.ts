/**
 * The checklist of the file in the active editor, asked for again whenever it may have changed. While something that is
 * no text has the focus, a rule's page say, it stays with the file before.
 */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  changedMethod,
  type ChecklistParams,
  checklistMethod,
  type FileChecklist,
  rulePageScheme,
} from '../../server/src/protocol.js';
import { documentSelector } from './languages.js';

export class ActiveChecklist implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #document: vscode.TextDocument | undefined;
  #current: FileChecklist | undefined;
  #asked = 0;

  /** Fires when `current` is another one. */
  readonly onDidChange = this.#changed.event;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    const ask = () => void this.#ask();
    this.#subscriptions = [
      this.#changed,
      client.onNotification(changedMethod, ask),
      client.onDidChangeState(ask),
      vscode.window.onDidChangeActiveTextEditor(ask),
      vscode.workspace.onDidCloseTextDocument(ask),
    ];
  }

  /** `undefined` when there is no editor, or none whose file is reviewed. */
  get current(): FileChecklist | undefined {
    return this.#current;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#answer();
    // A later question has overtaken this one.
    if (asked !== this.#asked) return;
    this.#current = answer;
    this.#changed.fire();
  }

  async #answer(): Promise<FileChecklist | undefined> {
    const active = vscode.window.activeTextEditor?.document;
    if (active !== undefined && active.uri.scheme !== rulePageScheme) this.#document = active;
    const document = this.#document;
    if (document === undefined || document.isClosed || this.#client.state !== State.Running) return undefined;
    if (vscode.languages.match(documentSelector as vscode.DocumentSelector, document) === 0) return undefined;
    const uri = this.#client.code2ProtocolConverter.asUri(document.uri);
    const params: ChecklistParams = { textDocument: { uri } };
    const answer = await this.#client.sendRequest<FileChecklist | null>(checklistMethod, params);
    return answer ?? undefined;
  }
}
