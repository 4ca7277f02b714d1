/**
 * What the panel shows: the files of a scope with how far their review has come, and the items of those that are open
 * in it. It asks again whenever answers may have changed; while the server is away it keeps the last ones.
 */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  type ChecklistEntry,
  checklistMethod,
  type ChecklistParams,
  type ChecklistQuestion,
  type FileChecklist,
  type FileReview,
  itemsMethod,
  type MarkAnswer,
  markMethod,
  type MarkParams,
  reviewMethod,
  type ReviewParams,
  type ReviewScope,
  type ScopeReview,
  unmarkMethod,
  type UnmarkParams,
} from '../../../server/src/protocol.js';
import type { ActiveChecklist } from '../active-checklist.js';

export type Grouping = 'file' | 'item';

/** `all`: everything; `open`: what waits for somebody; `fix`: what fails. */
export type Filter = 'all' | 'open' | 'fix';

/** How the panel looks at the review: kept for the workspace. */
export interface Look {
  readonly scope: ReviewScope;
  readonly grouping: Grouping;
  readonly filter: Filter;
}

/** What has changed since the panel was last drawn: some files only, or anything. */
export type ModelChange = { readonly files: readonly string[] } | 'all';

const LOOK = 'authlens.look';
const FIRST_LOOK: Look = { scope: 'file', grouping: 'file', filter: 'all' };
const NOTHING: ScopeReview = { revision: 0, files: [], problems: [], reading: true };

export class ReviewModel implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #active: ActiveChecklist;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<ModelChange>();
  readonly #subscriptions: vscode.Disposable[];
  /** Files whose items were asked for. */
  readonly #opened = new Set<string>();
  #look: Look;
  #questions: readonly ChecklistQuestion[] = [];
  #review: ScopeReview = NOTHING;
  #fileByUri = new Map<string, FileReview>();
  #asked = 0;

  readonly onDidChange = this.#changed.event;

  constructor(
    client: BaseLanguageClient,
    active: ActiveChecklist,
    memory: vscode.Memento,
    onDidAnnounce: vscode.Event<void>,
  ) {
    this.#client = client;
    this.#active = active;
    this.#memory = memory;
    this.#look = { ...FIRST_LOOK, ...memory.get<Partial<Look>>(LOOK) };
    this.#subscriptions = [
      this.#changed,
      onDidAnnounce(() => this.#lookAgain()),
      client.onDidChangeState(() => void this.refresh()),
      active.onDidChange(() => {
        if (this.#look.scope === 'file') void this.refresh();
      }),
    ];
  }

  get look(): Look {
    return this.#look;
  }

  get files(): readonly FileReview[] {
    return this.#review.files;
  }

  get problems(): readonly string[] {
    return this.#review.problems;
  }

  /** Why the scope can't be looked at. */
  get unavailable(): string | undefined {
    return this.#review.unavailable;
  }

  get reading(): boolean {
    return this.#review.reading;
  }

  /** The sixteen questions; none before the server has answered once. */
  get questions(): readonly ChecklistQuestion[] {
    return this.#questions;
  }

  async setLook(look: Partial<Look>): Promise<void> {
    const isOtherScope = look.scope !== undefined && look.scope !== this.#look.scope;
    this.#look = { ...this.#look, ...look };
    await this.#memory.update(LOOK, this.#look);
    if (isOtherScope) await this.refresh();
    this.#changed.fire('all');
  }

  file(uri: string): FileReview | undefined {
    return this.#fileByUri.get(uri);
  }

  /** The items of a file, asked for if they are not known. */
  async items(uri: string): Promise<readonly ChecklistEntry[]> {
    const known = this.file(uri)?.items;
    if (known !== undefined) return known;
    this.#opened.add(uri);
    await this.refresh();
    return this.file(uri)?.items ?? [];
  }

  /** The items of a file, in the scope or not. */
  async itemsOfAny(uri: string): Promise<readonly ChecklistEntry[]> {
    const params: ChecklistParams = { textDocument: { uri } };
    return (await this.#client.sendRequest<FileChecklist | null>(checklistMethod, params))?.items ?? [];
  }

  /** Ticks items, and looks at what has become of them. */
  async mark(params: MarkParams): Promise<MarkAnswer> {
    const answer = await this.#client.sendRequest<MarkAnswer>(markMethod, params);
    await this.#refreshAll();
    return answer;
  }

  /** Takes a tick back. */
  async unmark(uri: string, item: string): Promise<MarkAnswer> {
    const params: UnmarkParams = { uri, item };
    const answer = await this.#client.sendRequest<MarkAnswer>(unmarkMethod, params);
    await this.#refreshAll();
    return answer;
  }

  entry(uri: string, item: string): ChecklistEntry | undefined {
    return this.file(uri)?.items?.find(({ id }) => id === item);
  }

  /** Asks again, now. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const review = await this.#answer();
    // A later question has overtaken this one.
    if (review === undefined || asked !== this.#asked) return;
    const before = this.#review;
    const known = this.#fileByUri;
    this.#review = review;
    this.#fileByUri = new Map(review.files.map((file) => [file.uri, file]));
    const changed = review.files.filter((file) => !isSame(file, known.get(file.uri)));
    const isFrame = isSame(frameOf(before), frameOf(review));
    if (isFrame && changed.length === 0) return;
    this.#changed.fire(isFrame ? { files: changed.map(({ uri }) => uri) } : 'all');
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #refreshAll(): Promise<void> {
    await this.#active.refresh();
    await this.refresh();
  }

  #lookAgain(): void {
    // The active file's checklist is asked for anyway.
    if (this.#look.scope !== 'file') void this.refresh();
  }

  async #answer(): Promise<ScopeReview | undefined> {
    if (this.#client.state !== State.Running) return undefined;
    if (this.#questions.length === 0) this.#questions = await this.#client.sendRequest(itemsMethod);
    const { scope } = this.#look;
    const { current } = this.#active;
    if (scope === 'file') {
      return {
        ...NOTHING,
        reading: false,
        files: current === undefined ? [] : [{ ...current, revision: 0 } as FileReview],
      };
    }
    const params: ReviewParams = { scope, details: [...this.#opened] };
    return this.#client.sendRequest<ScopeReview>(reviewMethod, params);
  }
}

/** What decides about the rows of files: which there are, and what is said of the whole. */
function frameOf({ files, problems, unavailable, reading }: ScopeReview): unknown {
  return { uris: files.map(({ uri }) => uri), problems, unavailable, reading };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
