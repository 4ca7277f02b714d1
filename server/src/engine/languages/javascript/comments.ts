/** Comments, without their markers. */
import type { Node } from 'web-tree-sitter';
import type { CommentIR } from '../../ir/ir.js';

/** All comments of a tree. */
export function commentsOf(root: Node, text: string): readonly CommentIR[] {
  return root.descendantsOfType(['comment', 'html_comment']).map((node) => {
    const span = { start: node.startIndex, end: node.endIndex };
    return { span, text: inside(text.slice(span.start, span.end)), alone: standsAlone(text, span.start, span.end) };
  });
}

function inside(comment: string): string {
  return withoutEnd(comment.replace(/^(?:\/\/+|\/\*+|<!--)/, ''))
    .replace(/(?<=\n)[ \t]*\*[ \t]?/g, '')
    .trim();
}

/** Without `*\/` and the stars before it: a pattern would look at each run of stars once for each star. */
function withoutEnd(comment: string): string {
  if (comment.endsWith('-->')) return comment.slice(0, -3);
  if (!comment.endsWith('*/')) return comment;
  let end = comment.length - 1;
  while (comment[end - 1] === '*') end--;
  return comment.slice(0, end);
}

/** Nothing but the comment (and a JSX comment's braces) stands on its lines. */
function standsAlone(text: string, start: number, end: number): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  return (
    ['', '{'].includes(text.slice(lineStart, start).trim()) &&
    ['', '}'].includes(text.slice(end, lineEnd === -1 ? undefined : lineEnd).trim())
  );
}
