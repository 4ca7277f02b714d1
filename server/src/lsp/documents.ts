/**
 * The text of open documents. The stock document throws the content changes away; the engine wants them, so each update
 * gives a new value that carries the edits which led to it.
 */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments, type Range, type TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { TextEdit } from './engine.js';

export interface OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  /** The text, and its lines. */
  readonly content: TextDocument;
  /** From the version before, in order, each against the text after the previous; `undefined` when all was replaced. */
  readonly edits: readonly TextEdit[] | undefined;
}

export function createDocuments(): TextDocuments<OpenDocument> {
  return new TextDocuments<OpenDocument>({ create: createDocument, update: updateDocument });
}

/** A document as it is opened. */
export function createDocument(uri: string, languageId: string, version: number, text: string): OpenDocument {
  return { uri, languageId, version, content: TextDocument.create(uri, languageId, version, text), edits: undefined };
}

/** The document after some changes. The value before is used up: its text moves on. */
export function updateDocument(
  document: OpenDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): OpenDocument {
  let content = document.content;
  let edits: TextEdit[] | undefined = [];
  for (const change of changes) {
    if (!hasRange(change)) {
      content = TextDocument.create(document.uri, document.languageId, version, change.text);
      edits = undefined;
      continue;
    }
    // `update` changes the document in place, so the offsets are taken first.
    edits?.push({
      start: content.offsetAt(change.range.start),
      end: content.offsetAt(change.range.end),
      text: change.text,
    });
    content = TextDocument.update(content, [change], version);
  }
  return { uri: document.uri, languageId: document.languageId, version, content, edits };
}

function hasRange(change: TextDocumentContentChangeEvent): change is { range: Range; text: string } {
  return 'range' in change && change.range !== undefined;
}
