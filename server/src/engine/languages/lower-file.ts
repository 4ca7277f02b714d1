/** One file's tree to its IR. Items that were lowered before, here or elsewhere in the file, are taken from a cache. */
import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../base/span.js';
import type { FileIR, Item } from '../ir/ir.js';
import { clampItem, moveItem } from '../ir/shift.js';
import { closersOf } from '../syntax/closers.js';
import type { Grammar } from '../syntax/grammar.js';
import { parse } from '../syntax/parse.js';
import type { Language } from './language.js';

/** Lowered items by their text. The caller says how long they live: one cache for a file, or one for all. */
export interface ItemCache {
  get(key: string): Item | undefined;
  set(key: string, item: Item): unknown;
}

/** A cache that forgets the items that were not asked for the longest: every keystroke makes a new one. */
export function itemCache(limit = 500): ItemCache {
  const items = new Map<string, Item>();
  const set = (key: string, item: Item) => {
    items.delete(key);
    items.set(key, item);
    const oldest = items.size > limit ? items.keys().next().value : undefined;
    if (oldest !== undefined) {
      items.delete(oldest);
    }
  };
  return {
    get(key) {
      const item = items.get(key);
      if (item !== undefined) {
        set(key, item);
      }
      return item;
    },
    set,
  };
}

/** A parsed file. `text` is what `tree` was parsed from: `language.source` of the file's text, where a language has one. */
export interface FileToLower {
  readonly path: string;
  readonly text: string;
  readonly languageId: string;
  readonly language: Language;
  readonly tree: Tree;
  readonly cache?: ItemCache;
  /** With the grammar at hand, code that ends in the middle is read as if it were closed. */
  readonly grammar?: Grammar;
}

/** More broken spans than this say no more than these. */
const MAX_BROKEN = 50;

/** Lowers a file. Total: broken code gives `broken` spans and whatever is whole. */
export function lowerFile(file: FileToLower): FileIR {
  const { tree, text } = file;
  const broken = tree.rootNode.hasError ? brokenSpans(tree.rootNode) : [];
  const closed = broken.length === 0 ? undefined : closedTree(file, broken);
  if (closed === undefined) {
    return lowerTree(file, tree, broken);
  }
  try {
    const { rootNode } = closed;
    const end = { start: text.length, end: text.length };
    return lowerTree(file, closed, rootNode.hasError ? [...brokenSpans(rootNode), end] : [end]);
  } finally {
    closed.delete();
  }
}

function lowerTree(
  { path, text, languageId, language, cache }: FileToLower,
  { rootNode }: Tree,
  broken: readonly Span[],
): FileIR {
  const grammar = language.grammar(languageId);
  const directive = language.directive?.(rootNode, text, languageId);
  return {
    path,
    language: languageId,
    items: lowerItems(language.items(rootNode), text, language, grammar, cache),
    comments: language.comments(rootNode, text),
    settings: [],
    ...(directive === undefined ? {} : { directive }),
    broken: broken.map((span) => within(span, text.length)),
  };
}

/** The tree of the text with its open brackets closed, if that makes less of it broken. */
function closedTree(file: FileToLower, broken: readonly Span[]): Tree | undefined {
  const { text, language, grammar } = file;
  if (grammar === undefined || language.brackets === undefined) {
    return undefined;
  }
  const closers = closersOf(text, language.brackets);
  if (closers === '') {
    return undefined;
  }
  const tree = parse(grammar, text + closers);
  if (tree.rootNode.hasError && length(brokenSpans(tree.rootNode)) >= length(broken)) {
    tree.delete();
    return undefined;
  }
  return tree;
}

function length(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

function within({ start, end }: Span, limit: number): Span {
  return { start: Math.min(start, limit), end: Math.min(end, limit) };
}

function lowerItems(
  nodes: readonly Node[],
  text: string,
  language: Language,
  grammar: string,
  cache: ItemCache | undefined,
): readonly Item[] {
  // Equal texts in one file are items of their own: each keeps its place in the cache.
  const seen = new Map<string, number>();
  return nodes.map((node) => lowerItem(node, text, language, grammar, cache, seen));
}

function lowerItem(
  node: Node,
  text: string,
  language: Language,
  grammar: string,
  cache: ItemCache | undefined,
  seen: Map<string, number>,
): Item {
  // The same broken text may be parsed differently in other surroundings, so only whole items are remembered.
  if (cache === undefined || node.hasError || node.endIndex > text.length) {
    return clampItem(language.lower(node, text), text.length);
  }
  const start = node.startIndex;
  // An ambiguous text may be parsed differently where something else is broken: then it has other nodes.
  const same = `${grammar} ${node.type} ${node.descendantCount} ${text.slice(start, node.endIndex)}`;
  const count = seen.get(same) ?? 0;
  seen.set(same, count + 1);
  const key = `${count} ${same}`;
  const known = cache.get(key);
  if (known !== undefined) {
    // The same item in another place is still the same item, with all that is remembered of it.
    moveItem(known, start - known.span.start);
    return known;
  }
  const item = language.lower(node, text);
  cache.set(key, item);
  return item;
}

/** The outermost spans that did not parse, and the places where something is missing. */
function brokenSpans(root: Node): readonly Span[] {
  const broken: Span[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined && broken.length < MAX_BROKEN; node = waiting.pop()) {
    if (node.isError || node.isMissing) {
      broken.push({ start: node.startIndex, end: node.endIndex });
    } else if (node.hasError) {
      waiting.push(...node.children.toReversed());
    }
  }
  return broken;
}
