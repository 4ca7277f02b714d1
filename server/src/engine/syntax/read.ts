/**
 * A syntax node as plain data, read in one walk. Every question to a wasm node is a call across the border; lowering
 * asks many, so it copies its item once and asks the copy. The walk has no recursion: nesting costs no stack.
 */
import type { Node } from 'web-tree-sitter';
import type { Span } from '../base/span.js';

export interface SyntaxNode {
  readonly type: string;
  /** The field of the parent that it fills. */
  readonly field: string | undefined;
  /** Keywords and punctuation are not named; their `start` and `end` are not read. */
  readonly named: boolean;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

/** Nodes deeper than this are read without their children. */
const MAX_DEPTH = 10_000;

/**
 * Copies a node with all that is below it, but for the node types to skip (comments). Leaves are node types in which the
 * reader has no interest (names, texts): not looking into them saves a third of the time.
 */
export function readSyntax(root: Node, skip: ReadonlySet<string>, leaves: ReadonlySet<string> = NO_LEAVES): SyntaxNode {
  const { types, fields } = root.tree.language;
  const kinds = kindsOf(root.tree.language);
  const cursor = root.walk();
  const read = (): SyntaxNode & { readonly children: SyntaxNode[] } => {
    const typeId = cursor.nodeTypeId;
    const kind = kinds[typeId] ?? 'named';
    const isNamed = kind === 'named';
    const fieldId = kind === 'punctuation' ? 0 : cursor.currentFieldId;
    return {
      type: types[typeId] ?? 'ERROR',
      field: fieldId === 0 ? undefined : (fields[fieldId] ?? undefined),
      named: isNamed,
      start: isNamed ? cursor.startIndex : 0,
      end: isNamed ? cursor.endIndex : 0,
      children: [],
    };
  };
  try {
    const top = read();
    const parents: (typeof top)[] = [];
    for (let current = top; ; ) {
      const inside = current.named && !leaves.has(current.type) && !skip.has(current.type);
      if (inside && parents.length < MAX_DEPTH && cursor.gotoFirstChild()) {
        parents.push(current);
      } else {
        while (!cursor.gotoNextSibling()) {
          if (parents.pop() === undefined) {
            return top;
          }
          cursor.gotoParent();
        }
      }
      current = read();
      if (!skip.has(current.type)) {
        parents.at(-1)?.children.push(current);
      }
    }
  } finally {
    cursor.delete();
  }
}

/** The first child that fills a field. */
export function child(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((one) => one.field === field);
}

/** The named children. */
export function namedChildren(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((one) => one.named);
}

/** Whether a keyword or punctuation stands among the children. */
export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some((one) => !one.named && one.type === token);
}

/** A node's place in the file. */
export function spanOf(node: SyntaxNode): Span {
  return { start: node.start, end: node.end };
}

type Kind = 'named' | 'keyword' | 'punctuation';

const kindsByLanguage = new WeakMap<object, readonly Kind[]>();

/** Brackets and separators fill no field; keywords and operators may. */
const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ';', ':', '.', '=>', '"', "'", '`']);

function kindsOf(language: Node['tree']['language']): readonly Kind[] {
  let known = kindsByLanguage.get(language);
  if (known === undefined) {
    known = language.types.map((type, id) =>
      language.nodeTypeIsNamed(id) ? 'named' : PUNCTUATION.has(type) ? 'punctuation' : 'keyword',
    );
    kindsByLanguage.set(language, known);
  }
  return known;
}

const NO_LEAVES: ReadonlySet<string> = new Set();
