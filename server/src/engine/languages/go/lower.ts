/** One top-level node of a file as an item. Every name is visible in the whole package, so it lists no exports. */
import type { Node } from 'web-tree-sitter';
import type { ImportIR, Item } from '../../ir/ir.js';
import { readSyntax, spanOf } from '../../syntax/read.js';
import type { Context } from './context.js';
import { lowerStatement } from './statements.js';

/** Lowers one top-level node. Total: never throws, and what it does not know becomes `opaque`. */
export function lowerItem(node: Node, text: string): Item {
  const imports: ImportIR[] = [];
  const ctx: Context = { text, imports, receiver: undefined, results: [], iota: undefined, depth: { now: 0 } };
  const syntax = readSyntax(node, SKIPPED, LEAVES);
  return { span: spanOf(syntax), statements: lowerStatement(ctx, syntax), imports, exports: [] };
}

const SKIPPED: ReadonlySet<string> = new Set(['comment']);

/** What is read as text. */
const LEAVES: ReadonlySet<string> = new Set([
  'false',
  'field_identifier',
  'float_literal',
  'identifier',
  'int_literal',
  'interpreted_string_literal',
  'nil',
  'package_identifier',
  'raw_string_literal',
  'rune_literal',
  'true',
  'type_identifier',
]);
