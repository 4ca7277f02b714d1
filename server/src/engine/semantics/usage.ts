/** Where the workspace's functions are called, and to whom they are handed. */
import type { CallExpr, Expr, FunctionIR } from '../ir/ir.js';
import type { FileIndex } from './file-index.js';
import type { Semantics } from './semantics.js';
import { nameRead, remembered } from './value-cache.js';
import { type CallSite, type Value, alternatives } from './value.js';

export interface Usage {
  /** Calls whose callee is this function. */
  readonly calls: readonly CallSite[];
  /** Calls that are given this function as an argument (wrappers are looked through), and at which position. */
  readonly passed: readonly { readonly site: CallSite; readonly index: number; readonly name: string | undefined }[];
}

/** One use of a workspace function that a file contributes. */
export interface Contribution {
  readonly fn: FunctionIR;
  readonly site: CallSite;
  /** The argument's position, or `callee`. */
  readonly as: number | 'callee';
  readonly name: string | undefined;
}

/** Uses that need no evaluation: functions written as arguments, in lists and wrappers too. Nobody else can name them. */
export function writtenUses(index: FileIndex): readonly Contribution[] {
  const found: Contribution[] = [];
  for (const call of index.calls) {
    call.args.forEach((argument, position) => {
      const site = { path: index.file.path, call, frame: undefined };
      for (const fn of lambdasIn(argument.value, 4)) found.push({ fn, site, as: position, name: argument.name });
    });
  }
  return found;
}

function lambdasIn(expr: Expr, depth: number): readonly FunctionIR[] {
  if (expr.kind === 'lambda') return [expr.function];
  if (depth === 0) return [];
  if (expr.kind === 'list') return expr.items.flatMap((item) => lambdasIn(item.value, depth - 1));
  if (expr.kind === 'call') return expr.args.flatMap((a) => lambdasIn(a.value, depth - 1));
  return [];
}

/** Uses of named functions. Evaluated while only written uses are known, so the answer does not depend on the order of files. */
export function namedUses(s: Semantics, path: string): readonly Contribution[] {
  const found: Contribution[] = [];
  for (const call of s.look(path).calls) found.push(...remembered(s, 'uses', call, () => usesOfCall(s, path, call)));
  return found;
}

function usesOfCall(s: Semantics, path: string, call: CallExpr): readonly Contribution[] {
  const found: Contribution[] = [];
  const site: CallSite = { path, call, frame: undefined };
  if (mayBeFunction(s, path, call.callee)) {
    for (const callee of alternatives(s.callee(site))) {
      if (callee.kind === 'function') found.push({ fn: callee.fn, site, as: 'callee', name: undefined });
    }
  }
  call.args.forEach((argument, position) => {
    if (argument.value.kind === 'lambda' || argument.value.kind === 'literal') return;
    for (const fn of functionsIn(s, path, argument.value)) found.push({ fn, site, as: position, name: argument.name });
  });
  return found;
}

/** Contributions of all files, by function. */
export function collectUsage(contributions: Iterable<Contribution>): Map<FunctionIR, Usage> {
  const usage = new Map<
    FunctionIR,
    { calls: CallSite[]; passed: { site: CallSite; index: number; name: string | undefined }[] }
  >();
  for (const { fn, site, as, name } of contributions) {
    let entry = usage.get(fn);
    if (!entry) {
      entry = { calls: [], passed: [] };
      usage.set(fn, entry);
    }
    if (as === 'callee') entry.calls.push(site);
    else entry.passed.push({ site, index: as, name });
  }
  return usage;
}

/** The functions that an argument hands over: itself, the items of a list, what a wrapper was given. */
function functionsIn(s: Semantics, path: string, expr: CallExpr['args'][number]['value']): readonly FunctionIR[] {
  if (expr.kind === 'name' || expr.kind === 'member') {
    return mayBeFunction(s, path, expr) ? functionsOf(s.evaluate(path, expr)) : [];
  }
  if (expr.kind === 'list') return expr.items.flatMap((item) => functionsIn(s, path, item.value));
  if (expr.kind === 'call') {
    // `wrap(handler)`, `handler.bind(this)`: what stands inside is handed over too.
    const inner = expr.args.flatMap((a) => functionsIn(s, path, a.value));
    if (expr.callee.kind === 'member' && expr.callee.property === 'bind')
      return functionsIn(s, path, expr.callee.object);
    return inner;
  }
  return [];
}

function functionsOf(value: Value): readonly FunctionIR[] {
  return alternatives(value).flatMap((v) => (v.kind === 'function' ? [v.fn] : []));
}

/**
 * Whether a name or member can hold a function of the workspace, by a look at what its root is bound to: an import, a
 * function, something made here; not a library's parameter or the result of a call. Spares most evaluations.
 */
function mayBeFunction(s: Semantics, path: string, expr: Expr): boolean {
  let root: Expr = expr;
  while (root.kind === 'member') root = root.object;
  if (root.kind !== 'name') return root.kind === 'call' && root.form === 'new';
  if (root.name === 'this') return true;
  const binding = s.look(path).lookup(root.name, root);
  if (!binding?.scope.parent) s.reads.add(nameRead(path, root.name));
  // A name of the package, or of a star import.
  if (!binding) return true;
  return binding.definitions.some((d) => {
    if (d.how === 'import' || d.how === 'function' || d.how === 'class') return true;
    if (d.how === 'param') return d.type !== undefined || d.fn?.params[d.paramIndex ?? 0]?.default?.kind === 'call';
    if (d.how !== 'let' || !d.value) return d.how === 'let' && d.type !== undefined;
    return MAY_HOLD_FUNCTION.has(d.value.kind) || d.value.kind === 'call';
  });
}

const MAY_HOLD_FUNCTION = new Set<Expr['kind']>([
  'name',
  'member',
  'lambda',
  'record',
  'class',
  'module',
  'choice',
  'binary',
]);
