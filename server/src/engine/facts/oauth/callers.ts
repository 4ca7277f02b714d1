/** What an expression is when its function is called from where the workspace calls it. */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Frame, type Value, oneOf, partsOf } from '../../semantics/value.js';

/** The frame in which a function of the workspace runs at a call of it. */
export function frameAt(s: Semantics, fn: FunctionIR, site: CallSite): Frame {
  const args: Value[] = [];
  const named = new Map<string, Value>();
  for (const argument of site.call.args) {
    const value = s.evaluate(site.path, argument.value, site.frame);
    if (argument.name) named.set(argument.name, value);
    else if (argument.spread === 'list' && value.kind === 'list') args.push(...value.items);
    else args.push(argument.spread ? { kind: 'unknown' } : value);
  }
  const callee = s.callee(site);
  const receiver = callee.kind === 'function' ? callee.receiver : undefined;
  return { fn, args, named, receiver, parent: site.frame, depth: (site.frame?.depth ?? 0) + 1 };
}

/** The value of an expression; where parameters of its function are in it, as its callers in the workspace give them. */
export function withCallers(s: Semantics, path: string, expr: Expr): Value {
  const value = s.evaluate(path, expr);
  const fn = s.index(path).functionOf(expr);
  if (!fn || fn.params.length === 0 || !mentions(value, fn)) return value;
  const { calls } = s.usage(fn);
  if (calls.length === 0) return value;
  return oneOf(calls.slice(0, 4).map((site) => s.evaluate(path, expr, frameAt(s, fn, site))));
}

function mentions(value: Value, fn: FunctionIR): boolean {
  for (const part of partsOf(value)) if (part.kind === 'parameter' && part.fn === fn) return true;
  return false;
}
