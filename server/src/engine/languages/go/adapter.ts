/** Go. */
import type { Node } from 'web-tree-sitter';
import type { CommentIR } from '../../ir/ir.js';
import type { Language } from '../language.js';
import { edits } from './edits.js';
import { lowerItem } from './lower.js';
import { resolve } from './resolve.js';

/** Everything the engine knows about Go. */
export const go: Language = {
  extensions: { '.go': 'go' },
  grammar: () => 'go',
  items: (root) => root.namedChildren.filter((child) => child.type !== 'comment'),
  lower: lowerItem,
  comments,
  brackets: { lineComments: ['//'], blockComment: ['/*', '*/'], strings: ["'", '"'], longStrings: ['`'] },
  lineComment: '//',
  resolve,
  visibility: 'package',
  ecosystem: 'go',
  edits,
};

function comments(root: Node, text: string): readonly CommentIR[] {
  return root.descendantsOfType('comment').map((node) => {
    const span = { start: node.startIndex, end: node.endIndex };
    const written = text.slice(span.start, span.end);
    const isBlock = written.startsWith('/*');
    const inner = isBlock ? written.slice(2, written.endsWith('*/') ? -2 : undefined) : written.replace(/^\/+/, '');
    const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
    const lineEnd = text.indexOf('\n', span.end);
    const around = text.slice(lineStart, span.start) + text.slice(span.end, lineEnd === -1 ? undefined : lineEnd);
    return { span, text: inner.trim(), alone: around.trim() === '' };
  });
}
