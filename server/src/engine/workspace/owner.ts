/** Whose code a place is: the function or endpoint's handler above which an editor says what is open in it. */
import { contains, type Span } from '../base/span.js';
import type { Range } from '../checklist/report.js';
import type { Fact } from '../facts/kinds.js';
import type { FunctionIR } from '../ir/ir.js';
import type { FileState } from './project.js';

export interface Owner {
  /** Empty for an anonymous function. */
  readonly name: string;
  readonly range: Range;
}

/**
 * The outermost function around a place. One that declares endpoints is no owner of what their handlers do: then it is
 * the handler.
 */
export function ownerOf(state: FileState, facts: readonly Fact[], span: Span): Owner | undefined {
  const around = state
    .index()
    .functions.filter((one) => contains(one.span, span))
    .sort((a, b) => b.span.end - b.span.start - (a.span.end - a.span.start));
  const owner = around.find((one, i) => !declaresEndpoints(one, around[i + 1], facts)) ?? around.at(-1);
  return owner && { name: owner.name, range: state.lines.range(owner.span) };
}

/** Whether an endpoint is declared in a function, outside the next one that lies in it. */
function declaresEndpoints(outer: FunctionIR, inner: FunctionIR | undefined, facts: readonly Fact[]): boolean {
  if (inner === undefined) return false;
  const body = { start: outer.body[0]?.span.start ?? outer.span.end, end: outer.span.end };
  return facts.some(({ kind, at }) => kind === 'Route' && contains(body, at.span) && !contains(inner.span, at.span));
}
