/** Where the workspace's functions are called, and to whom they are handed. One pass over all files. */
import type { CallExpr, FunctionIR } from '../ir/ir.js';
import type { Semantics } from './semantics.js';
import { type CallSite, type Value, alternatives } from './value.js';

export interface Usage {
  /** Calls whose callee is this function. */
  readonly calls: readonly CallSite[];
  /** Calls that are given this function as an argument (wrappers are looked through), and at which position. */
  readonly passed: readonly { readonly site: CallSite; readonly index: number; readonly name: string | undefined }[];
}

interface Growing {
  calls: CallSite[];
  passed: { site: CallSite; index: number; name: string | undefined }[];
}

/** Fills the map. While it runs, callers see what is there so far. */
export function buildUsage(s: Semantics, usage: Map<FunctionIR, Usage>): void {
  const entry = (fn: FunctionIR): Growing => {
    let growing = usage.get(fn) as Growing | undefined;
    if (!growing) {
      growing = { calls: [], passed: [] };
      usage.set(fn, growing);
    }
    return growing;
  };
  // What was evaluated before all uses are known must not be remembered: types of parameters come from uses.
  for (const path of s.project.paths) {
    const index = s.project.file(path);
    if (!index) continue;
    // Functions written as arguments first: they need no evaluation.
    for (const call of index.calls) {
      call.args.forEach((argument, position) => {
        if (argument.value.kind === 'lambda') entry(argument.value.function).passed.push({ site: { path, call, frame: undefined }, index: position, name: argument.name });
      });
    }
  }
  for (const path of s.project.paths) {
    const index = s.project.file(path);
    if (!index) continue;
    for (const call of index.calls) addCall(s, path, call, entry);
  }
  s.memo.values.clear();
}

function addCall(s: Semantics, path: string, call: CallExpr, entry: (fn: FunctionIR) => Growing): void {
  const site: CallSite = { path, call, frame: undefined };
  if (call.callee.kind === 'name' || call.callee.kind === 'member') {
    for (const callee of alternatives(s.callee(site))) if (callee.kind === 'function') entry(callee.fn).calls.push(site);
  }
  call.args.forEach((argument, position) => {
    if (argument.value.kind === 'lambda' || argument.value.kind === 'literal') return;
    for (const fn of functionsIn(s, path, argument.value)) entry(fn).passed.push({ site, index: position, name: argument.name });
  });
}

/** The functions that an argument hands over: itself, the items of a list, what a wrapper was given. */
function functionsIn(s: Semantics, path: string, expr: CallExpr['args'][number]['value']): readonly FunctionIR[] {
  if (expr.kind === 'name' || expr.kind === 'member') return functionsOf(s.evaluate(path, expr));
  if (expr.kind === 'list') return expr.items.flatMap((item) => functionsIn(s, path, item.value));
  if (expr.kind === 'call') {
    // `wrap(handler)`, `handler.bind(this)`: what stands inside is handed over too.
    const inner = expr.args.flatMap((a) => (a.value.kind === 'lambda' ? [a.value.function] : functionsIn(s, path, a.value)));
    if (expr.callee.kind === 'member' && expr.callee.property === 'bind') return functionsIn(s, path, expr.callee.object);
    return inner;
  }
  return [];
}

function functionsOf(value: Value): readonly FunctionIR[] {
  return alternatives(value).flatMap((v) => (v.kind === 'function' ? [v.fn] : []));
}
