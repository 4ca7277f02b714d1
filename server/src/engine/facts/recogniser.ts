/**
 * Recognisers find facts by the code's own shape: a hand-written authorization URL, a guard, a refresh handler. They are
 * language-neutral, over the IR and values. One file for each fact kind in `recognise/`.
 */
import type { FileIndex } from '../semantics/file-index.js';
import type { Semantics } from '../semantics/semantics.js';
import type { Fact, FactKind } from './kinds.js';

/** What a recogniser sees of the workspace. */
export interface FileView {
  readonly path: string;
  readonly index: FileIndex;
  readonly s: Semantics;
  /** Facts of this file that are known so far, by kind. */
  facts<K extends FactKind>(kind: K): readonly Fact<K>[];
  /** Facts of any file: model facts and those of `file` recognisers. Only in phase `workspace`. */
  factsOf<K extends FactKind>(path: string, kind: K): readonly Fact<K>[];
  /** Facts of one kind in all files. Only in phase `workspace`. */
  all<K extends FactKind>(kind: K): readonly Fact<K>[];
}

export interface Recogniser {
  readonly name: string;
  /** `file` recognisers run first, for each file by itself; `workspace` recognisers see the facts of all files. */
  readonly phase: 'file' | 'workspace';
  /** Lower runs first, within a phase. */
  readonly order?: number;
  recognise?(view: FileView): Iterable<Fact>;
  /** Says more of a fact that is there: the same fact with further roles, or `undefined`. Runs after `recognise`. */
  refine?(fact: Fact, view: FileView): Fact | undefined;
}

/** Declares a recogniser; its file in `recognise/` has it as default export. */
export function defineRecogniser(recogniser: Recogniser): Recogniser {
  return recogniser;
}
