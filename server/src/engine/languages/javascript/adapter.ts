/** JavaScript and TypeScript, with JSX, and the scripts of Vue and Svelte components. */
import type { Node } from 'web-tree-sitter';
import type { CommentIR, Item } from '../../ir/ir.js';
import { readSyntax } from '../../syntax/read.js';
import type { Language } from '../language.js';
import { commentsOf } from './comments.js';
import { directiveOf, scriptOf } from './file.js';
import { edits } from './edits.js';
import { lowerItem } from './modules.js';
import { resolve } from './resolve.js';

const EXTENSIONS = {
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'typescriptreact',
  '.vue': 'vue',
  '.svelte': 'svelte',
} as const;

const GRAMMARS: Readonly<Record<string, string>> = {
  javascript: 'javascript',
  javascriptreact: 'javascript',
  typescript: 'typescript',
  typescriptreact: 'tsx',
  vue: 'typescript',
  svelte: 'typescript',
};

const SKIPPED = new Set(['comment', 'html_comment']);

/** Node types in which nothing is read but their text, or nothing at all. */
const LEAVES = new Set([
  'false',
  'identifier',
  'interface_declaration',
  'null',
  'number',
  'optional_chain',
  'predefined_type',
  'private_property_identifier',
  'property_identifier',
  'regex_flags',
  'regex_pattern',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
  'statement_identifier',
  'string',
  'string_fragment',
  'super',
  'this',
  'true',
  'type_alias_declaration',
  'type_identifier',
  'undefined',
]);

/** The JavaScript family. */
export const javascript: Language = {
  extensions: EXTENSIONS,
  grammar: (languageId) => GRAMMARS[languageId] ?? 'javascript',
  source: scriptOf,
  items: topLevel,
  lower: lowerTopLevel,
  comments: (root, text): readonly CommentIR[] => commentsOf(root, text),
  directive: directiveOf,
  brackets: {
    lineComments: ['//'],
    blockComment: ['/*', '*/'],
    strings: ["'", '"'],
    longStrings: [],
    template: '`',
    regex: true,
  },
  lineComment: '//',
  resolve,
  visibility: 'exports',
  ecosystem: 'npm',
  edits,
};

/** What is directly in the file; in broken code, what the parser could not place is looked through. */
function topLevel(root: Node): readonly Node[] {
  const items: Node[] = [];
  for (const node of root.namedChildren) {
    if (node.isError) {
      items.push(...node.namedChildren.filter((one) => !SKIPPED.has(one.type)));
    } else if (!SKIPPED.has(node.type) && node.type !== 'hash_bang_line') {
      items.push(node);
    }
  }
  return items;
}

function lowerTopLevel(node: Node, text: string): Item {
  return lowerItem(readSyntax(node, SKIPPED, LEAVES), { text, depth: 0 });
}
