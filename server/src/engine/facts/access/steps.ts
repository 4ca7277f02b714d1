/** What a function does, call by call: its own calls in order, and those of the workspace functions it calls, each in its frame. */
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import type { FileIndex } from '../../semantics/file-index.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Frame, type Value, UNKNOWN, alternatives } from '../../semantics/value.js';

/** One call as it is met from a handler. */
export interface Step {
  readonly path: string;
  readonly call: CallExpr;
  readonly frame: Frame | undefined;
  /** The function that the call stands in (the one explored, not a callback inside it). */
  readonly fn: FunctionIR;
  /** The step whose call led here; absent in the handler itself. */
  readonly via: Step | undefined;
}

const DEPTH = 4;
const LIMIT = 400;

/** All steps of a function, callees after their call. Bounded in depth and number. */
export function stepsOf(s: Semantics, path: string, fn: FunctionIR, frame: Frame | undefined): readonly Step[] {
  const found: Step[] = [];
  explore(s, path, fn, frame, undefined, new Set([fn]), found);
  return found;
}

function explore(
  s: Semantics,
  path: string,
  fn: FunctionIR,
  frame: Frame | undefined,
  via: Step | undefined,
  open: ReadonlySet<FunctionIR>,
  found: Step[],
): void {
  for (const call of callsIn(s.index(path), fn)) {
    if (found.length > LIMIT) return;
    const step: Step = { path, call, frame, fn, via };
    found.push(step);
    if (open.size > DEPTH) continue;
    const site: CallSite = { path, call, frame };
    for (const callee of alternatives(s.callee(site)).slice(0, 3)) {
      if (callee.kind !== 'function' || open.has(callee.fn)) continue;
      // A callback of this very function is read where it is written.
      if (callee.path === path && callee.fn.span.start >= fn.span.start && callee.fn.span.end <= fn.span.end) continue;
      explore(s, callee.path, callee.fn, frameOf(s, site, callee), step, new Set([...open, callee.fn]), found);
    }
  }
}

/** The frame in which a workspace function runs when it is called there. */
export function frameOf(s: Semantics, site: CallSite, callee: Extract<Value, { kind: 'function' }>): Frame {
  const args: Value[] = [];
  const named = new Map<string, Value>();
  for (const argument of site.call.args) {
    const value = s.evaluate(site.path, argument.value, site.frame);
    if (argument.name) named.set(argument.name, value);
    else if (argument.spread === 'list' && value.kind === 'list') args.push(...value.items);
    else args.push(argument.spread ? UNKNOWN : value);
  }
  return {
    fn: callee.fn,
    args,
    named,
    receiver: callee.receiver,
    parent: callee.frame ?? site.frame,
    depth: (site.frame?.depth ?? 0) + 1,
  };
}

const callsByFunction = new WeakMap<FunctionIR, readonly CallExpr[]>();

/** The calls in a function's body, those of callbacks written in it included; not those of its decorators. */
export function callsIn(index: FileIndex, fn: FunctionIR): readonly CallExpr[] {
  let known = callsByFunction.get(fn);
  if (!known) {
    const first = fn.body[0];
    const last = fn.body.at(-1);
    known =
      first && last ? index.calls.filter((c) => c.span.start >= first.span.start && c.span.end <= last.span.end) : [];
    callsByFunction.set(fn, known);
  }
  return known;
}

/** The links of a chain of calls, first called first, and what the chain starts from. */
export interface Chain {
  readonly root: Expr | undefined;
  readonly links: readonly { readonly name: string; readonly call: CallExpr }[];
}

/** `db.select().from(t).where(c)` → root `db`, links `select`, `from`, `where`. Members between calls end the chain's root. */
export function chainOf(call: CallExpr): Chain {
  const links: { name: string; call: CallExpr }[] = [];
  let current: Expr = call;
  for (let i = 0; i < 30; i++) {
    if (current.kind === 'unary') {
      current = current.operand;
      continue;
    }
    if (current.kind !== 'call') break;
    if (current.callee.kind === 'member') {
      links.unshift({ name: current.callee.property, call: current });
      current = current.callee.object;
    } else if (current.callee.kind === 'name') {
      links.unshift({ name: current.callee.name, call: current });
      return { root: undefined, links };
    } else break;
  }
  return { root: current, links };
}

/** Whether a call is the last of its chain: nothing is called on its result right there. */
export function endsChain(index: FileIndex, call: CallExpr): boolean {
  let node: Expr = call;
  for (;;) {
    const parent = index.parentOf(node);
    if (!parent || !('kind' in parent)) return true;
    if (parent.kind === 'unary' && parent.operator === 'await') {
      node = parent;
      continue;
    }
    if (parent.kind !== 'member' || parent.object !== node) return true;
    const outer = index.parentOf(parent);
    return !(outer && 'kind' in outer && outer.kind === 'call' && outer.callee === parent);
  }
}

/** The dotted text of a name or member expression: `this.prisma.note`; empty for anything else. */
export function dotted(expr: Expr | undefined): string {
  if (!expr) return '';
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') {
    const object = dotted(expr.object);
    return object ? `${object}.${expr.property}` : expr.property;
  }
  if (expr.kind === 'unary') return dotted(expr.operand);
  if (expr.kind === 'call') return dotted(expr.callee);
  return '';
}
