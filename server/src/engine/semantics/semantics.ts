/**
 * The meaning of expressions across the workspace: values, callees, types, exported names. Pure and lazy: everything is
 * computed when asked and remembered as long as this object lives (one revision of the workspace). Total and bounded: a
 * cycle, too deep a call chain or too much work gives `unknown`.
 */
import type { Place, Span } from '../base/span.js';
import type { CallExpr, Expr, FunctionIR } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import { type Condition, conditionsAt, dominates, exits } from './control.js';
import { evaluateExpr } from './evaluate.js';
import type { Binding, FileIndex } from './file-index.js';
import { bindingValue, exportedValue, moduleLevel, topConditions, writesTo } from './names.js';
import { accessArgument } from './access.js';
import { calleeNames, typeOf } from './types.js';
import type { ProjectView } from './project.js';
import type { Usage } from './usage.js';
import { CUT_SHORT, useRead, type ValueCache } from './value-cache.js';
import { type CallSite, type Frame, UNKNOWN, type Value } from './value.js';

export interface Semantics {
  readonly project: ProjectView;
  /** A file's index; the answer being computed then rests on the whole file. */
  index(path: string): FileIndex;
  /** @internal a file's index, for code that notes itself what it reads */
  look(path: string): FileIndex;
  /** @internal while uses of functions are being collected, only written ones are known */
  readonly stage: 'early' | 'full';
  /** @internal the calls behind a function's uses */
  usesSeen(fn: FunctionIR): readonly unknown[];
  /** @internal the nodes behind what holds once a module has run */
  topSeen(path: string): readonly unknown[];
  /** @internal the nodes that write to what a name holds */
  writesSeen(index: FileIndex, binding: Binding): readonly unknown[];
  /** The value of an expression of that file, in a frame of calls if there is one. */
  evaluate(path: string, expr: Expr, frame?: Frame): Value;
  /** The value of a top-level name as others see it after the module has run. */
  exported(path: string, name: string): Value;
  bindingValue(path: string, binding: Binding, at: IrNode | undefined, frame?: Frame): Value;
  /** The value of a top-level binding once its module has run. */
  moduleValue(path: string, binding: Binding): Value;
  /** The full names that a call's callee can have (`npm:jsonwebtoken.verify`, `npm:express.Request#get`); empty when not a library's. */
  names(site: CallSite): readonly string[];
  callee(site: CallSite): Value;
  typeOf(value: Value): string | undefined;
  /** What stands at an access path of a call: its value, and where it was written at the call. */
  access(site: CallSite, path: string): { value: Value; span: Span | undefined };
  /** Calls of a workspace function, and calls that are given it as an argument. */
  usage(fn: FunctionIR): Usage;
  conditionsAt(path: string, node: IrNode): readonly Condition[];
  dominates(path: string, before: IrNode, after: IrNode): boolean;
  exits(path: string, list: Parameters<typeof exits>[0]): boolean;
  place(path: string, span: Span): Place;
  site(path: string, call: CallExpr, frame?: Frame): CallSite;
  /** Which files were looked at since `startReading`; for incremental checking. */
  readonly reads: ReadSet;
  /** @internal values that outlive this revision */
  readonly cache: ValueCache;
  /** @internal says that an answer was cut short: it is not remembered beyond this revision */
  cut<T>(value: T): T;
  /** @internal shared memory of one revision */
  readonly memo: Memo;
}

/** Who uses the workspace's functions. Those written as arguments cannot be named elsewhere: their uses are settled. */
export interface FunctionUses {
  readonly all: ReadonlyMap<FunctionIR, Usage>;
  readonly written: ReadonlySet<FunctionIR>;
  readonly stage: 'early' | 'full';
}

/** Records which files an answer rests on. */
export interface ReadSet {
  /** Runs a computation and says which files it looked at. */
  record<T>(compute: () => T): { result: T; paths: ReadonlySet<string> };
  add(path: string): void;
}

export interface Memo {
  readonly values: Map<Expr, { value: Value; reads: ReadonlySet<string> }>;
  readonly running: Set<unknown>;
  work: number;
}

/** How many evaluations one question may cost before the answer is `unknown`. */
export const WORK_LIMIT = 60_000;
/** How many questions may wait for each other: names that lead from file to file, and the expressions between them. */
export const NESTING_LIMIT = 400;
/** How many calls of workspace functions are followed into each other. */
export const DEPTH_LIMIT = 6;

/** Opens the semantics of one revision of the workspace, with the uses of its functions as far as they are known. */
export function createSemantics(project: ProjectView, uses: FunctionUses, cache: ValueCache): Semantics {
  const memo: Memo = { values: new Map(), running: new Set(), work: 0 };
  const reads = readSet();
  const NO_USAGE: Usage = { calls: [], passed: [] };
  const never = (path: string) => (call: Expr) => {
    if (call.kind !== 'call') return false;
    const callee = call.callee;
    // Only cheap forms are looked at: a name or a member of a name.
    if (callee.kind !== 'name' && callee.kind !== 'member') return false;
    return (
      s.names({ path, call, frame: undefined }).some((name) => project.knowledge.call(name)?.exits === true) ||
      neverReturningFunction(path, call)
    );
  };
  function neverReturningFunction(path: string, call: CallExpr): boolean {
    if (call.callee.kind !== 'name') return false;
    const callee = s.evaluate(path, call.callee);
    if (callee.kind !== 'function') return false;
    if (memo.running.has(callee.fn.body)) return s.cut(false);
    if (callee.fn.body.length === 0 || callee.fn.body.length > 6) return false;
    memo.running.add(callee.fn.body);
    try {
      return !hasReturn(callee.fn.body) && exits(callee.fn.body, never(callee.path));
    } finally {
      memo.running.delete(callee.fn.body);
    }
  }
  const s: Semantics = {
    project,
    memo,
    reads,
    index(path) {
      reads.add(path);
      return s.look(path);
    },
    look(path) {
      const index = project.file(path);
      if (!index) throw new Error(`not in the workspace: ${path}`);
      return index;
    },
    evaluate: (path, expr, frame) => evaluateExpr(s, path, expr, frame),
    exported: (path, name) => exportedValue(s, path, name),
    bindingValue: (path, binding, at, frame) => bindingValue(s, path, binding, at, frame),
    moduleValue: (path, binding) => moduleLevel(s, path, s.look(path), binding),
    callee: (site) => evaluateExpr(s, site.path, site.call.callee, site.frame),
    names: (site) => calleeNames(s, site),
    typeOf: (value) => typeOf(s, value),
    access: (site, path) => accessArgument(s, site, path),
    cache,
    stage: uses.stage,
    usesSeen(fn) {
      const { calls, passed } = uses.all.get(fn) ?? NO_USAGE;
      return [...calls.map((site) => site.call), ...passed.map((p) => p.site.call)];
    },
    topSeen: (path) => topConditions(s, path, s.look(path)).map((c) => c.node),
    writesSeen: (index, binding) => writesTo(index.file.path, index, binding).map((w) => w.node),
    usage(fn) {
      // Uses of what was written as an argument stand in one place, with the function.
      if (!uses.written.has(fn)) reads.add(useRead(fn));
      return uses.all.get(fn) ?? NO_USAGE;
    },
    cut(value) {
      reads.add(CUT_SHORT);
      return value;
    },
    conditionsAt: (path, node) => conditionsAt(s.look(path), node, never(path)),
    dominates: (path, before, after) => dominates(s.look(path), before, after, never(path)),
    exits: (path, list) => exits(list, never(path)),
    place: (path, span) => ({ path, span }),
    site: (path, call, frame) => ({ path, call, frame }),
  };
  return s;
}

function hasReturn(list: readonly { kind: string; how?: string }[]): boolean {
  return list.some((stmt) => stmt.kind === 'exit' && stmt.how === 'return');
}

function readSet(): ReadSet {
  const stack: Set<string>[] = [];
  return {
    record(compute) {
      const paths = new Set<string>();
      stack.push(paths);
      try {
        return { result: compute(), paths };
      } finally {
        stack.pop();
        const outer = stack.at(-1);
        if (outer) for (const path of paths) outer.add(path);
      }
    },
    add(path) {
      stack.at(-1)?.add(path);
    },
  };
}

export { UNKNOWN };
