/** What the engine understood of the place under the cursor. */
import { MarkupKind, type Hover } from 'vscode-languageserver';
import type { Snapshot } from '../engine.js';

export function hover(snapshot: Snapshot, path: string, offset: number): Hover | null {
  const found = snapshot.hover(path, offset);
  if (found === undefined) return null;
  return { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: found.range };
}
