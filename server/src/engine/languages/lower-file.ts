/** One file's tree to its IR. Items that were lowered before, here or elsewhere in the file, are taken from a cache. */
import type { Node, Tree } from 'web-tree-sitter';
import type { Span } from '../base/span.js';
import type { FileIR, Item } from '../ir/ir.js';
import { shiftItem } from '../ir/shift.js';
import type { Language } from './language.js';

/** Lowered items by their text. The caller says how long they live: one cache for a file, or one for all. */
export interface ItemCache {
  get(key: string): Item | undefined;
  set(key: string, item: Item): unknown;
}

/** A parsed file. `text` is the file's own; `tree` is of `language.source(text)` where a language has one. */
export interface FileToLower {
  readonly path: string;
  readonly text: string;
  readonly languageId: string;
  readonly language: Language;
  readonly tree: Tree;
  readonly cache?: ItemCache;
}

/** More broken spans than this say no more than these. */
const MAX_BROKEN = 50;

/** Lowers a file. Total: broken code gives `broken` spans and whatever is whole. */
export function lowerFile({ path, text, languageId, language, tree, cache }: FileToLower): FileIR {
  const root = tree.rootNode;
  const grammar = language.grammar(languageId);
  const directive = language.directive?.(root, text, languageId);
  return {
    path,
    language: languageId,
    items: language.items(root).map((node) => lowerItem(node, text, language, grammar, cache)),
    comments: language.comments(root, text),
    settings: [],
    ...(directive === undefined ? {} : { directive }),
    broken: root.hasError ? brokenSpans(root) : [],
  };
}

function lowerItem(node: Node, text: string, language: Language, grammar: string, cache: ItemCache | undefined): Item {
  // The same broken text may be parsed differently in other surroundings, so only whole items are remembered.
  if (cache === undefined || node.hasError) {
    return language.lower(node, text);
  }
  const start = node.startIndex;
  // An ambiguous text may be parsed differently where something else is broken: then it has other nodes.
  const key = `${grammar} ${node.type} ${node.descendantCount} ${text.slice(start, node.endIndex)}`;
  const known = cache.get(key);
  if (known?.span.start === start) {
    return known;
  }
  const item = known === undefined ? language.lower(node, text) : shiftItem(known, start - known.span.start);
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
