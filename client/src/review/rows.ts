/**
 * The rows of the tree. A row says which thing it stands for; what it shows is looked up when it is drawn. The same thing
 * is the same row for ever, so that the editor keeps selection and what is unfolded.
 */
import type { ChecklistEntry, ChecklistQuestion, FileReview, ProtocolVerdict } from '../../../server/src/protocol.js';
import type { Filter, ReviewModel } from './model.js';

export type Row =
  | { readonly kind: 'file'; readonly id: string; readonly uri: string }
  /** An item of a file, below the file or below the item's group. */
  | { readonly kind: 'item'; readonly id: string; readonly parent: Row; readonly uri: string; readonly item: string }
  | { readonly kind: 'group'; readonly id: string; readonly item: string }
  | { readonly kind: 'place'; readonly id: string; readonly parent: ItemRow; readonly index: number }
  | { readonly kind: 'mark'; readonly id: string; readonly parent: ItemRow }
  /** What is not relevant, or not checked, in one row. */
  | { readonly kind: 'folded'; readonly id: string; readonly parent: Row | undefined; readonly verdict: 'na' | null }
  | { readonly kind: 'subject'; readonly id: string; readonly parent: Row; readonly item: string };

export type ItemRow = Row & { readonly kind: 'item' };

/** An item over all files of the scope. */
export interface Group {
  readonly question: ChecklistQuestion;
  readonly verdict: ProtocolVerdict;
  /** Files in which the item is relevant. */
  readonly files: readonly FileReview[];
  readonly done: number;
}

export class Rows {
  readonly #model: ReviewModel;
  readonly #rowById = new Map<string, Row>();

  constructor(model: ReviewModel) {
    this.#model = model;
  }

  /** The rows at the top. */
  top(): Row[] {
    const { look, files } = this.#model;
    if (look.grouping === 'item' && files.length > 0) return this.#groups();
    return files.filter((file) => look.scope === 'file' || isShown(file, look.filter)).map(({ uri }) => this.file(uri));
  }

  async below(row: Row): Promise<Row[]> {
    switch (row.kind) {
      case 'file':
        return this.#itemsOf(row, await this.#model.items(row.uri));
      case 'group':
        return this.group(row.item)
          .files.filter((file) => isItemShown(file, this.#index(row.item), this.#model.look.filter))
          .map(({ uri }) => this.item(row, uri, row.item));
      case 'item': {
        await this.#model.items(row.uri);
        const entry = this.#model.entry(row.uri, row.item);
        if (entry === undefined) return [];
        const places = entry.places.map(
          (_, index): Row => this.#row({ kind: 'place', id: `${row.id}#${index}`, parent: row, index }),
        );
        return entry.reviewed === null
          ? places
          : [this.#row({ kind: 'mark', id: `${row.id}#mark`, parent: row }), ...places];
      }
      case 'folded':
        return this.foldedItems(row).map(({ id }) =>
          this.#row({ kind: 'subject', id: `${row.id}#${id}`, parent: row, item: id }),
        );
      case 'place':
      case 'mark':
      case 'subject':
        return [];
    }
  }

  above(row: Row): Row | undefined {
    return 'parent' in row ? row.parent : undefined;
  }

  file(uri: string): Row {
    return this.#row({ kind: 'file', id: `f:${uri}`, uri });
  }

  item(parent: Row, uri: string, item: string): ItemRow {
    const id = parent.kind === 'file' ? `${parent.id}#${item}` : `${parent.id}#${uri}`;
    return this.#row({ kind: 'item', id, parent, uri, item }) as ItemRow;
  }

  /** The row that shows an item of a file, as the panel is grouped now. */
  rowOf(uri: string, item: string): ItemRow {
    const parent = this.#model.look.grouping === 'file' ? this.file(uri) : this.groupRow(item);
    return this.item(parent, uri, item);
  }

  groupRow(item: string): Row {
    return this.#row({ kind: 'group', id: `g:${item}`, item });
  }

  /** An item over all files. */
  group(item: string): Group {
    const at = this.#index(item);
    const { files, questions } = this.#model;
    const relevant = files.filter(({ verdicts }) => isRelevant(verdicts[at] ?? null));
    return {
      question: questions[at]!,
      verdict: WORST_FIRST.find((verdict) => files.some(({ verdicts }) => verdicts[at] === verdict)) ?? null,
      files: relevant,
      done: relevant.filter(({ progress }) => progress[at] === 'done').length,
    };
  }

  /** The questions behind a folded row. */
  foldedItems(row: Row & { readonly kind: 'folded' }): readonly ChecklistQuestion[] {
    const { questions } = this.#model;
    const { parent } = row;
    if (parent?.kind !== 'file') return questions.filter(({ id }) => this.group(id).verdict === row.verdict);
    const verdicts = this.#model.file(parent.uri)?.verdicts ?? [];
    return questions.filter((_, at) => verdicts[at] === row.verdict);
  }

  #groups(): Row[] {
    const { questions, look } = this.#model;
    const relevant = questions.filter(({ id }, at) => {
      const { verdict, files } = this.group(id);
      return isRelevant(verdict) && files.some((file) => isItemShown(file, at, look.filter));
    });
    return [...relevant.map(({ id }) => this.groupRow(id)), ...this.#folded(undefined)];
  }

  #itemsOf(row: Row & { readonly kind: 'file' }, entries: readonly ChecklistEntry[]): Row[] {
    const { filter } = this.#model.look;
    const file = this.#model.file(row.uri);
    if (file === undefined) return [];
    const shown = entries.filter((entry, at) => isRelevant(entry.verdict) && isItemShown(file, at, filter));
    return [...shown.map(({ id }) => this.item(row, row.uri, id)), ...this.#folded(row)];
  }

  #folded(parent: Row | undefined): Row[] {
    if (this.#model.look.filter !== 'all') return [];
    return ([null, 'na'] as const).flatMap((verdict): Row[] => {
      const id = `${parent?.id ?? 'all'}#folded-${verdict ?? 'unchecked'}`;
      const row = this.#row({ kind: 'folded', id, parent, verdict });
      return row.kind === 'folded' && this.foldedItems(row).length > 0 ? [row] : [];
    });
  }

  #index(item: string): number {
    return this.#model.questions.findIndex(({ id }) => id === item);
  }

  #row(row: Row): Row {
    const known = this.#rowById.get(row.id);
    if (known !== undefined) return known;
    this.#rowById.set(row.id, row);
    return row;
  }
}

const WORST_FIRST: readonly ProtocolVerdict[] = ['fail', 'review', null, 'pass', 'na'];

/** Whether an item asks anything of anybody. */
export function isRelevant(verdict: ProtocolVerdict): boolean {
  return verdict !== null && verdict !== 'na';
}

function isShown(file: FileReview, filter: Filter): boolean {
  return file.verdicts.some((verdict, at) => isRelevant(verdict) && isItemShown(file, at, filter));
}

function isItemShown({ verdicts, progress }: FileReview, at: number, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return progress[at] === 'open';
    case 'fix':
      return verdicts[at] === 'fail' && progress[at] === 'open';
  }
}
