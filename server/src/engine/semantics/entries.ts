/** How a place in a function is reached: the calls of the functions around it, with what they hand over. */
import type { FunctionIR } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import { frameOf } from './calls.js';
import type { Semantics } from './semantics.js';
import { type CallSite, type Frame, type Value, alternatives, partsOf } from './value.js';

/** One way in: the frame of the function around, and the calls that lead there, nearest first. */
export interface Entry {
  readonly frame: Frame;
  readonly through: readonly CallSite[];
}

/** How many ways in are told apart, and through how many calls. */
const WIDTH = 12;
const DEPTH = 3;

/**
 * The ways into the function around a node, if these values depend on its parameters. Empty if they do not, or if nobody
 * in the workspace calls it.
 */
export function entriesOf(s: Semantics, path: string, node: IrNode, values: Iterable<Value>): readonly Entry[] {
  const fn = dependsOn(s, path, node, values);
  return fn ? entriesInto(s, fn, DEPTH) : [];
}

/** The function around a node on whose parameters these values depend. */
function dependsOn(s: Semantics, path: string, node: IrNode, values: Iterable<Value>): FunctionIR | undefined {
  const around = new Set<FunctionIR>();
  for (let fn = s.look(path).functionOf(node); fn; fn = s.look(path).functionOf(fn)) around.add(fn);
  if (around.size === 0) return undefined;
  for (const value of values) {
    for (const part of partsOf(value)) if (part.kind === 'parameter' && around.has(part.fn)) return part.fn;
  }
  return undefined;
}

function entriesInto(s: Semantics, fn: FunctionIR, depth: number): readonly Entry[] {
  const found: Entry[] = [];
  for (const site of s.usage(fn).calls) {
    if (found.length >= WIDTH) break;
    const index = s.look(site.path);
    const inside = index.functionOf(site.call);
    if (inside === fn) continue;
    const args = site.call.args.map((a) => s.evaluate(site.path, a.value));
    const outer = depth > 1 && inside ? dependsOn(s, site.path, site.call, args) : undefined;
    const ways: readonly (Entry | undefined)[] = outer && outer !== fn ? entriesInto(s, outer, depth - 1) : [];
    for (const way of ways.length > 0 ? ways : [undefined]) {
      const at: CallSite = way ? { ...site, frame: way.frame } : site;
      for (const callee of alternatives(s.callee(at))) {
        if (callee.kind !== 'function' || callee.fn !== fn) continue;
        found.push({ frame: frameOf(s, at, callee), through: [at, ...(way?.through ?? [])] });
        break;
      }
    }
  }
  return found.slice(0, WIDTH);
}
