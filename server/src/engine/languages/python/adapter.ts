/** Python 3, with what of Python 2 the grammar reads. */
import type { Node } from 'web-tree-sitter';
import type { CommentIR } from '../../ir/ir.js';
import type { Language } from '../language.js';
import { edits } from './edits.js';
import { lowerItem } from './lower.js';
import { resolve } from './resolve.js';

/** Everything the engine knows about Python. */
export const python: Language = {
  extensions: { '.py': 'python', '.pyi': 'python' },
  grammar: () => 'python',
  items: (root) => root.namedChildren.filter((child) => child.type !== 'comment' && child.type !== 'line_continuation'),
  lower: lowerItem,
  comments,
  brackets: { lineComments: ['#'], strings: ["'", '"'], longStrings: ['"""', "'''"] },
  lineComment: '#',
  resolve,
  visibility: 'all',
  ecosystem: 'pypi',
  edits,
};

function comments(root: Node, text: string): readonly CommentIR[] {
  return root.descendantsOfType('comment').map((node) => {
    const span = { start: node.startIndex, end: node.endIndex };
    const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
    return {
      span,
      text: text.slice(span.start, span.end).replace(/^#+/, '').trim(),
      alone: text.slice(lineStart, span.start).trim() === '',
    };
  });
}
