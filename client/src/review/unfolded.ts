/** Which rows a person has folded or unfolded: kept for the workspace, so that a reload finds them as they were. */
import * as vscode from 'vscode';
import type { Row } from './rows.js';

const KEY = 'authlens.unfolded';
/** What was unfolded longest ago is forgotten first. */
const MOST = 2000;

export class UnfoldedRows implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #chosen: Map<string, boolean>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#chosen = new Map(memory.get<[string, boolean][]>(KEY, []));
  }

  /** Listens to a view. */
  follow(view: vscode.TreeView<Row>): vscode.Disposable {
    return vscode.Disposable.from(
      view.onDidExpandElement(({ element }) => this.#choose(element.id, true)),
      view.onDidCollapseElement(({ element }) => this.#choose(element.id, false)),
    );
  }

  state(id: string, suggested: boolean): vscode.TreeItemCollapsibleState {
    const isUnfolded = this.#chosen.get(id) ?? suggested;
    return isUnfolded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #choose(id: string, isUnfolded: boolean): void {
    this.#chosen.delete(id);
    this.#chosen.set(id, isUnfolded);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#memory.update(KEY, [...this.#chosen].slice(-MOST)), 50);
  }
}
