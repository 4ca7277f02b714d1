/**
 * What a function does, with what it calls: each workspace function that is reached, in the frame in which it runs. The
 * functions that its parameters are injected from count too.
 */
import type { CallExpr, Expr, FunctionIR } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { FileIndex, MemberWrite } from '../semantics/file-index.js';
import type { Semantics } from '../semantics/semantics.js';
import { frameOf } from '../semantics/substitute.js';
import { remembered } from '../semantics/value-cache.js';
import { type Frame, alternatives } from '../semantics/value.js';

/** One function as it is met from the one that was asked for. */
export interface Visit {
  readonly path: string;
  readonly fn: FunctionIR;
  readonly frame: Frame | undefined;
  /** Whose call led here; absent for the function itself. */
  readonly via: { readonly visit: Visit; readonly call: CallExpr } | undefined;
}

const DEPTH = 5;
const LIMIT = 60;

const reached = new WeakMap<Semantics, Map<FunctionIR, readonly Visit[]>>();

/** The function itself, then all that it reaches. Bounded in depth and number; remembered. */
export function reach(s: Semantics, path: string, fn: FunctionIR): readonly Visit[] {
  let byFunction = reached.get(s);
  if (!byFunction) {
    byFunction = new Map();
    reached.set(s, byFunction);
  }
  let known = byFunction.get(fn);
  if (!known) {
    known = remembered(s, 'reach', fn, () => {
      const found: Visit[] = [{ path, fn, frame: undefined, via: undefined }];
      follow(s, found[0] as Visit, new Set([fn]), found);
      return found;
    });
    byFunction.set(fn, known);
  }
  return known;
}

function follow(s: Semantics, visit: Visit, open: ReadonlySet<FunctionIR>, found: Visit[]): void {
  if (open.size > DEPTH) return;
  const index = s.look(visit.path);
  for (const call of callsIn(index, visit.fn)) {
    if (found.length >= LIMIT) return;
    const site = { path: visit.path, call, frame: visit.frame };
    const callees = alternatives(s.callee(site)).slice(0, 3);
    // `Depends(f)` in a parameter, `run(f)`: a function that is handed over may run.
    const handed = isInParameter(visit.fn, call)
      ? call.args.flatMap((a) => alternatives(s.evaluate(visit.path, a.value)))
      : [];
    for (const callee of [...callees, ...handed]) {
      if (callee.kind !== 'function' || open.has(callee.fn)) continue;
      if (callee.path === visit.path && isWithin(callee.fn, visit.fn)) continue;
      const frame = handed.includes(callee)
        ? undefined
        : { ...frameOf(s, site, callee.fn), receiver: callee.receiver, parent: callee.frame ?? visit.frame };
      const next: Visit = { path: callee.path, fn: callee.fn, frame, via: { visit, call } };
      found.push(next);
      follow(s, next, new Set([...open, callee.fn]), found);
    }
  }
}

function isWithin(inner: FunctionIR, outer: FunctionIR): boolean {
  return inner.span.start >= outer.span.start && inner.span.end <= outer.span.end;
}

function isInParameter(fn: FunctionIR, node: IrNode): boolean {
  return fn.params.some((p) => node.span.start >= p.span.start && node.span.end <= p.span.end);
}

const callsByFunction = new WeakMap<FunctionIR, readonly CallExpr[]>();
const expressionsByFunction = new WeakMap<FunctionIR, readonly Expr[]>();

/** The calls in a function's parameters and body, those of callbacks written in it included. */
export function callsIn(index: FileIndex, fn: FunctionIR): readonly CallExpr[] {
  let known = callsByFunction.get(fn);
  if (!known) {
    known = between(index.calls, fn, (call) => call.span.start);
    callsByFunction.set(fn, known);
  }
  return known;
}

/** The expressions in a function's body, those of callbacks written in it included. */
export function expressionsIn(index: FileIndex, fn: FunctionIR): readonly Expr[] {
  let known = expressionsByFunction.get(fn);
  if (!known) {
    known = between(index.expressions, fn, (expr) => expr.span.start);
    expressionsByFunction.set(fn, known);
  }
  return known;
}

/** The writes to members in a function's body. */
export function writesIn(index: FileIndex, fn: FunctionIR): readonly MemberWrite[] {
  return between(index.memberWrites, fn, (write) => write.node.span.start).filter((write) => runsIn(fn, write.node));
}

const sorted = new WeakMap<readonly unknown[], readonly { readonly start: number; readonly item: unknown }[]>();

/** Those of a list that stand in a function: the list is sorted once, so that a function costs only what is in it. */
function between<T extends object>(list: readonly T[], fn: FunctionIR, startOf: (item: T) => number): readonly T[] {
  let byStart = sorted.get(list) as readonly { readonly start: number; readonly item: T }[] | undefined;
  if (!byStart) {
    byStart = list.map((item) => ({ start: startOf(item), item })).sort((a, b) => a.start - b.start);
    sorted.set(list, byStart);
  }
  let low = 0;
  let high = byStart.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((byStart[middle] as { start: number }).start < fn.span.start) low = middle + 1;
    else high = middle;
  }
  const found: T[] = [];
  for (let i = low; i < byStart.length; i++) {
    const { start, item } = byStart[i] as { start: number; item: T };
    if (start > fn.span.end) break;
    if (!('span' in item) || runsIn(fn, item as { span: FunctionIR['span'] })) found.push(item);
  }
  return found;
}

/** Whether a node stands in a function's parameters or body (not in its decorators). */
export function runsIn(
  fn: FunctionIR,
  node: { readonly span: { readonly start: number; readonly end: number } },
): boolean {
  const first = fn.body[0];
  const last = fn.body.at(-1);
  const inBody = first && last && node.span.start >= first.span.start && node.span.end <= last.span.end;
  return Boolean(inBody) || fn.params.some((p) => node.span.start >= p.span.start && node.span.end <= p.span.end);
}

/** Where something that a visit does is started from in the function at the top: the call there, or the node itself. */
export function liftTo(top: Visit, visit: Visit, node: IrNode): IrNode | undefined {
  let current: Visit = visit;
  let at: IrNode = node;
  for (let i = 0; i < 10; i++) {
    if (current === top) return at;
    if (!current.via) return undefined;
    at = current.via.call;
    current = current.via.visit;
  }
  return undefined;
}
