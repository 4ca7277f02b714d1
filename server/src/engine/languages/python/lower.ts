/** One top-level node of a module as an item. Every name of a Python module can be imported, so it lists no exports. */
import type { Node } from 'web-tree-sitter';
import type { ImportIR, Item } from '../../ir/ir.js';
import { readSyntax, spanOf } from '../../syntax/read.js';
import { type Context, newScope } from './context.js';
import { lowerStatement } from './statements.js';

/** Lowers one top-level node. Total: never throws, and what it does not know becomes `opaque`. */
export function lowerItem(node: Node, text: string): Item {
  const imports: ImportIR[] = [];
  const ctx: Context = { text, imports, scope: newScope('module', undefined), depth: { now: 0 } };
  const syntax = readSyntax(node, SKIPPED, LEAVES);
  return { span: spanOf(syntax), statements: lowerStatement(ctx, syntax), imports, exports: [] };
}

/** What stands between the parts of anything and means nothing. */
const SKIPPED: ReadonlySet<string> = new Set(['comment', 'line_continuation']);

/** What is read as text. */
const LEAVES: ReadonlySet<string> = new Set([
  'ellipsis',
  'false',
  'float',
  'identifier',
  'import_prefix',
  'integer',
  'none',
  'string_content',
  'string_end',
  'string_start',
  'true',
]);
