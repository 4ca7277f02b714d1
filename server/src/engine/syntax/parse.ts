/** Text to tree, whole or after an edit. Trees live in wasm memory: whoever takes one from here must `delete()` it. */
import { Edit, type Point, type Tree } from 'web-tree-sitter';
import type { Grammar } from './grammar.js';

/** Parses a whole text. */
export function parse(grammar: Grammar, text: string): Tree {
  return parsed(grammar, text, null);
}

/**
 * Parses `after` with what can be kept of the tree of `before`, and deletes that old tree. The edit is found by
 * comparing the two texts, so several edits at once and texts that were changed elsewhere are fine too.
 */
export function reparse(grammar: Grammar, tree: Tree, before: string, after: string): Tree {
  if (before === after) {
    return tree;
  }
  // What the parser makes of broken code depends on the tree it began with; only whole parses give one answer.
  if (tree.rootNode.hasError) {
    tree.delete();
    return parse(grammar, after);
  }
  tree.edit(editBetween(before, after));
  const next = parsed(grammar, after, tree);
  tree.delete();
  if (next.rootNode.hasError) {
    next.delete();
    return parse(grammar, after);
  }
  return next;
}

/**
 * Parses `after` with what can be kept of the tree of `before`, which stays as it is. If the new tree has errors, it
 * says only that: what the parser makes of broken code depends on where it began.
 */
export function parseFrom(grammar: Grammar, tree: Tree, before: string, after: string): Tree {
  const copy = tree.copy();
  try {
    copy.edit(editBetween(before, after));
    return parsed(grammar, after, copy);
  } finally {
    copy.delete();
  }
}

function parsed(grammar: Grammar, text: string, old: Tree | null): Tree {
  const tree = grammar.parser.parse(text, old);
  if (tree === null) {
    throw new Error('the parser has no grammar');
  }
  return tree;
}

/** The one edit that turns `before` into `after`: everything between their common beginning and their common end. */
function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) {
    start++;
  }
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) {
    start--;
  }
  let kept = 0;
  while (
    kept < shorter - start &&
    before.charCodeAt(before.length - 1 - kept) === after.charCodeAt(after.length - 1 - kept)
  ) {
    kept++;
  }
  if (kept > 0 && isLowSurrogate(before.charCodeAt(before.length - kept))) {
    kept--;
  }
  const oldEndIndex = before.length - kept;
  const newEndIndex = after.length - kept;
  return new Edit({
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEndIndex),
    newEndPosition: pointAt(after, newEndIndex),
  });
}

function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
