/** The comment that accepts a finding, in the language's own form, and where it goes. */
import type { Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../engine/index.js';

const SLASHES = new Set(
  'javascript javascriptreact typescript typescriptreact vue svelte go java kotlin csharp php jsonc'.split(' '),
);
const HASHES = new Set('python ruby yaml dockercompose toml properties ini dotenv shellscript'.split(' '));

export interface IgnoreComment {
  readonly at: Position;
  /** The text up to where the reason goes, and the text after it. */
  readonly before: string;
  readonly after: string;
}

/** `undefined` in languages without comments: there the baseline accepts findings. */
export function ignoreComment(document: TextDocument, finding: Finding): IgnoreComment | undefined {
  const marker = markerOf(document.languageId);
  if (marker === undefined) return undefined;
  const { line } = finding.range.start;
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const indentation = /^[\t ]*/.exec(text)![0];
  const lineEnd = text.endsWith('\r\n') ? '\r\n' : '\n';
  return {
    at: { line, character: 0 },
    before: `${indentation}${marker} authlens-ignore ${finding.rule} -- `,
    after: lineEnd,
  };
}

function markerOf(languageId: string): string | undefined {
  if (SLASHES.has(languageId)) return '//';
  return HASHES.has(languageId) ? '#' : undefined;
}
