/** What concerns a file as a whole: where its script is, what its first line says. */
import type { Node } from 'web-tree-sitter';

/**
 * The text that the grammar reads. Of a component file that is its scripts: all else becomes blanks, so that every
 * offset and line stays.
 */
export function scriptOf(text: string, languageId: string): string {
  if (languageId !== 'vue' && languageId !== 'svelte') {
    return text;
  }
  let kept = '';
  let at = 0;
  for (const match of text.matchAll(
    /<!--[\s\S]*?-->|(<script\b(?:"[^"]*"|'[^']*'|[^>"'])*>)([\s\S]*?)<\/script\s*>/gi,
  )) {
    const [, opening, script] = match;
    if (opening === undefined || script === undefined) {
      continue;
    }
    const start = match.index + opening.length;
    kept += blank(text.slice(at, start)) + script;
    at = start + script.length;
  }
  return kept + blank(text.slice(at));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** `use client`, `use server`; the component's kind; `shebang` for a script. */
export function directiveOf(root: Node, text: string, languageId: string): string | undefined {
  if (languageId === 'vue' || languageId === 'svelte') {
    return languageId;
  }
  for (const node of root.namedChildren) {
    if (node.type === 'hash_bang_line') {
      return 'shebang';
    }
    if (node.type === 'comment') {
      continue;
    }
    const written = text.slice(node.startIndex, node.endIndex);
    const directive = /^(?:'([^'\\\n]*)'|"([^"\\\n]*)")\s*;?$/.exec(written);
    if (node.type !== 'expression_statement' || directive === null) {
      return undefined;
    }
    const value = directive[1] ?? directive[2];
    if (value !== 'use strict') {
      return value;
    }
  }
  return undefined;
}
