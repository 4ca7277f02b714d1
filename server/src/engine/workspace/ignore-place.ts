/** Where the comment goes that accepts a finding, and how it reads up to its reason. */
import { contains, type Span } from '../base/span.js';
import type { Position } from '../checklist/report.js';
import type { FileState } from './project.js';
import { coverCandidates, coveredAfter } from './suppressions.js';

export interface IgnorePlace {
  /** The begin of a line. */
  readonly at: Position;
  /** The line up to where the reason goes, and what follows the reason. */
  readonly before: string;
  readonly after: string;
}

/** A line of its own above the smallest statement around the finding that a comment there covers; `undefined` without comments. */
export function ignorePlace(state: FileState, span: Span, rule: string): IgnorePlace | undefined {
  const marker = state.language?.lineComment;
  if (marker === undefined) return undefined;
  const index = state.index();
  const around = [...coverCandidates(index)].filter((candidate) => contains(candidate, span));
  for (const candidate of around.sort((a, b) => a.end - a.start - (b.end - b.start))) {
    const line = state.text.lastIndexOf('\n', candidate.start - 1) + 1;
    // Something else may begin earlier on that line; then a comment above would cover that.
    if (!contains(coveredAfter(index, line), span)) continue;
    const indentation = /^[\t ]*/.exec(state.text.slice(line, candidate.start))![0];
    const lineEnd = state.text[state.text.indexOf('\n', line) - 1] === '\r' ? '\r\n' : '\n';
    const at = state.lines.range({ start: line, end: line }).start;
    return { at, before: `${indentation}${marker} authlens-ignore ${rule} -- `, after: lineEnd };
  }
  return undefined;
}
