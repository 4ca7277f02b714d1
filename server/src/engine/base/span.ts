/** A stretch of one file's text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in a named file of the workspace: where a person would look. */
export interface Place {
  /** Workspace-relative, with `/`. */
  readonly path: string;
  readonly span: Span;
}

/** Whether two spans share at least one position. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Whether `outer` holds the whole of `inner`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
