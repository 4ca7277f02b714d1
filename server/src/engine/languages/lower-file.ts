/** One file's tree to its IR. Items that were lowered before, here or elsewhere in the file, are taken from a cache. */
import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../base/span.js';
import type { FileIR, Item } from '../ir/ir.js';
import { clampItem, moveItem } from '../ir/shift.js';
import { closersOf } from '../syntax/closers.js';
import type { Grammar } from '../syntax/grammar.js';
import { parse } from '../syntax/parse.js';
import { piecesOf } from './pieces.js';
import type { Language } from './language.js';

/** Lowered items by their text. The caller says how long they live: one cache for a file, or one for all. */
export interface ItemCache {
  get(key: string): Item | undefined;
  set(key: string, item: Item): unknown;
  /** Pieces of broken texts, by their text. */
  readonly pieces: { get(key: string): Piece | undefined; set(key: string, piece: Piece): unknown };
}

/** A cache that forgets the items that were not asked for the longest: every keystroke makes a new one. */
export function itemCache(limit = 500): ItemCache {
  return { ...latest<Item>(limit), pieces: latest<Piece>(limit) };
}

function latest<T>(limit: number): { get(key: string): T | undefined; set(key: string, value: T): void } {
  const values = new Map<string, T>();
  const set = (key: string, value: T) => {
    values.delete(key);
    values.set(key, value);
    const oldest = values.size > limit ? values.keys().next().value : undefined;
    if (oldest !== undefined) values.delete(oldest);
  };
  return {
    get(key) {
      const value = values.get(key);
      if (value !== undefined) set(key, value);
      return value;
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
  if (tree.rootNode.hasError && file.grammar !== undefined) {
    const pieces = piecesOf(text, file.language.brackets);
    const lowered = pieces.length > 2 ? lowerPieces(file, file.grammar, pieces) : undefined;
    if (lowered !== undefined) return lowered;
    // What the parser makes of broken code depends on where it began; only a whole parse gives one answer.
    const whole = parse(file.grammar, text);
    try {
      return lowerWhole({ ...file, tree: whole });
    } finally {
      whole.delete();
    }
  }
  return lowerWhole(file);
}

function lowerWhole(file: FileToLower): FileIR {
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

/** A piece as it was lowered, its spans counted from its start. */
interface Piece {
  readonly items: readonly Item[];
  readonly starts: readonly number[];
  readonly keys: readonly string[];
  readonly comments: FileIR['comments'];
  readonly broken: readonly Span[];
}

/** More of a text than this in pieces that do not parse: the layout says nothing about it. */
const BROKEN_SHARE = 0.5;

/** Lowers a text piece by piece. `undefined` if too much is broken that way too. */
function lowerPieces(file: FileToLower, grammar: Grammar, pieces: readonly Span[]): FileIR | undefined {
  const { path, text, languageId, language } = file;
  const seen = new Map<string, number>();
  const items: Item[] = [];
  const comments: FileIR['comments'][number][] = [];
  const broken: Span[] = [];
  let brokenText = 0;
  for (const { start, end } of pieces) {
    const piece = lowerPiece(file, grammar, text.slice(start, end), seen);
    piece.items.forEach((item, i) => {
      moveItem(item, start + (piece.starts[i] as number) - item.span.start);
      items.push(item);
    });
    for (const comment of piece.comments) comments.push({ ...comment, span: moved(comment.span, start) });
    for (const span of piece.broken) broken.push(moved(span, start));
    if (piece.broken.length > 0) brokenText += end - start;
  }
  if (brokenText > text.length * BROKEN_SHARE) return undefined;
  const directive =
    /^\s*(["'])(use \w+)\1/.exec(text)?.[2] ??
    (languageId === 'vue' || languageId === 'svelte' ? languageId : undefined);
  return {
    path,
    language: languageId,
    items,
    comments,
    settings: [],
    ...(directive === undefined ? {} : { directive }),
    broken: broken.slice(0, MAX_BROKEN),
  };
}

function lowerPiece(file: FileToLower, grammar: Grammar, text: string, seen: Map<string, number>): Piece {
  const { language, languageId, cache } = file;
  const count = seen.get(text) ?? 0;
  seen.set(text, count + 1);
  const key = `piece ${languageId} ${count} ${text}`;
  const known = cache?.pieces.get(key);
  if (known) {
    for (const used of known.keys) seen.set(used, (seen.get(used) ?? 0) + 1);
    return known;
  }
  const keys: string[] = [];
  const tree = parse(grammar, text);
  try {
    const broken = tree.rootNode.hasError ? brokenSpans(tree.rootNode) : [];
    const closed = broken.length === 0 ? undefined : closedTree({ ...file, text }, broken);
    try {
      const root = (closed ?? tree).rootNode;
      const end = { start: text.length, end: text.length };
      const lowered = lowerItems(language.items(root), text, language, language.grammar(languageId), cache, seen, keys);
      const piece: Piece = {
        items: lowered,
        starts: lowered.map((item) => item.span.start),
        keys,
        comments: language.comments(root, text),
        broken: (closed ? (root.hasError ? [...brokenSpans(root), end] : [end]) : broken).map((span) =>
          within(span, text.length),
        ),
      };
      cache?.pieces.set(key, piece);
      return piece;
    } finally {
      closed?.delete();
    }
  } finally {
    tree.delete();
  }
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
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
  // Equal texts in one file are items of their own: each keeps its place in the cache.
  seen = new Map<string, number>(),
  keys: string[] = [],
): readonly Item[] {
  return nodes.map((node) => lowerItem(node, text, language, grammar, cache, seen, keys));
}

function lowerItem(
  node: Node,
  text: string,
  language: Language,
  grammar: string,
  cache: ItemCache | undefined,
  seen: Map<string, number>,
  keys: string[],
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
  keys.push(same);
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
