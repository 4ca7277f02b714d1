/** Where the result of an act goes: which claims of a token are read, in which calls, tests and writes they end up. */
import type { CallExpr, Expr, FunctionIR } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { FileIndex } from '../semantics/file-index.js';
import type { Semantics } from '../semantics/semantics.js';
import { type Value, alternatives, directParts, numberOf, textOf } from '../semantics/value.js';
import type { Fact } from './kinds.js';

/** What a value has of a token: which claims; `*` for the whole. Empty if it has nothing of it. */
export type ClaimsOf = ReadonlySet<string>;

const NONE: ClaimsOf = new Set();

/** Fields that lead from a library's answer to the claims, and methods that only read. */
const WRAPPERS = new Set(['payload', 'claims', 'decoded', 'body', 'data', 'header', 'protectedHeader', '0', '1']);
const READERS = new Set(['get', 'getClaim', 'toString', 'asString', 'strip', 'trim', 'split', 'toLowerCase', 'lower']);

/** The claims that a value holds of what these calls give. */
export function claimsIn(s: Semantics, value: Value, roots: ReadonlySet<IrNode>, depth = 7): ClaimsOf {
  if (depth < 0) return NONE;
  switch (value.kind) {
    case 'result':
    case 'call': {
      if (roots.has(value.site.call)) return new Set(['*']);
      const callee = value.site.call.callee;
      // A method of the decoded claims: `claims.get("sub")`.
      const receiver =
        value.kind === 'call'
          ? value.callee
          : callee.kind === 'member'
            ? s.evaluate(value.site.path, callee.object, value.site.frame)
            : undefined;
      if (!receiver) return NONE;
      const object = receiver.kind === 'member' && value.kind === 'call' ? receiver.object : receiver;
      const found = claimsIn(s, object, roots, depth - 1);
      if (found.size === 0) return NONE;
      const property = callee.kind === 'member' ? callee.property : '';
      const first = value.site.call.args[0]?.value;
      const name =
        first && property === 'get' ? textOf(s.evaluate(value.site.path, first, value.site.frame)) : undefined;
      return name !== undefined && found.has('*') ? narrowTo(found, name) : READERS.has(property) ? found : found;
    }
    case 'parameter':
      return roots.has(value.fn) && isRootParameter(value, roots) ? new Set(['*']) : NONE;
    case 'member': {
      if (segmentOf(value) && rootOfSegment(value, roots)) return new Set(['*']);
      const found = claimsIn(s, value.object, roots, depth - 1);
      return found.size === 0 ? NONE : narrowTo(found, value.property);
    }
    case 'element': {
      if (segmentOf(value) && rootOfSegment(value, roots)) return new Set(['*']);
      const found = claimsIn(s, value.object, roots, depth - 1);
      const name = textOf(value.index);
      if (found.size > 0) return name === undefined ? found : narrowTo(found, name);
      // `ISSUERS[decoded.iss]`: what is picked by a claim rests on the claim.
      return claimsIn(s, value.index, roots, depth - 1);
    }
    default: {
      let all: Set<string> | undefined;
      for (const part of directParts(value)) {
        for (const claim of claimsIn(s, part, roots, depth - 1)) {
          all ??= new Set();
          all.add(claim);
        }
      }
      return all ?? NONE;
    }
  }
}

function narrowTo(found: ClaimsOf, name: string): ClaimsOf {
  if (!found.has('*')) return found;
  return WRAPPERS.has(name) ? found : new Set([name]);
}

/** `token.split('.')[1]`: the call that splits, and which part this is. */
export function segmentOf(value: Value): { readonly split: CallExpr; readonly index: number } | undefined {
  if (value.kind !== 'element' && value.kind !== 'member') return undefined;
  const index = value.kind === 'member' ? Number(value.property) : numberOf(value.index);
  const split = index === 0 || index === 1 ? splitOf(value.object) : undefined;
  return split && index !== undefined ? { split, index } : undefined;
}

/** The call of `split('.')` that a value is. */
function splitOf(value: Value): CallExpr | undefined {
  if (value.kind !== 'call' && value.kind !== 'result') return undefined;
  const call = value.site.call;
  if (call.callee.kind !== 'member' || !/^(?:r?split|partition|explode)$/.test(call.callee.property)) return undefined;
  const first = call.args[0]?.value;
  return first?.kind === 'literal' && first.value === '.' ? call : undefined;
}

function rootOfSegment(value: Value, roots: ReadonlySet<IrNode>): boolean {
  const segment = segmentOf(value);
  return segment !== undefined && roots.has(segment.split);
}

const parameterRoots = new WeakMap<FunctionIR, ReadonlySet<number>>();

/** Makes a parameter of a function stand for the claims: `(err, decoded) => …` given to the call. */
export function markParameter(fn: FunctionIR, index: number): void {
  parameterRoots.set(fn, new Set([...(parameterRoots.get(fn) ?? []), index]));
}

function isRootParameter(value: Extract<Value, { kind: 'parameter' }>, roots: ReadonlySet<IrNode>): boolean {
  return roots.has(value.fn) && (parameterRoots.get(value.fn)?.has(value.index) ?? false);
}

/** One place where claims end up. */
export interface Arrival {
  readonly path: string;
  readonly node: IrNode;
  readonly how: 'call' | 'write' | 'test' | 'return';
  readonly claims: ClaimsOf;
  readonly fn: FunctionIR | undefined;
}

/** How many functions are looked into, and through how many calls. */
const FUNCTIONS = 24;

/** Where the claims that these calls give arrive: in the function around, and in those that get its result. */
export function arrivalsOf(s: Semantics, path: string, at: IrNode, roots: ReadonlySet<IrNode>): readonly Arrival[] {
  return walk(s, path, at, roots).flatMap((step) => step.arrivals);
}

/** The functions that see what these calls give: the one around, and those that get its result. */
export function functionsReached(
  s: Semantics,
  path: string,
  at: IrNode,
  roots: ReadonlySet<IrNode>,
): readonly { readonly path: string; readonly fn: FunctionIR | undefined }[] {
  return walk(s, path, at, roots);
}

function walk(s: Semantics, path: string, at: IrNode, roots: ReadonlySet<IrNode>) {
  const found: { path: string; fn: FunctionIR | undefined; arrivals: readonly Arrival[] }[] = [];
  const seen = new Set<FunctionIR | string>();
  const open: { path: string; fn: FunctionIR | undefined; depth: number }[] = [
    { path, fn: outermost(s.index(path), at), depth: 3 },
  ];
  while (open.length > 0 && seen.size < FUNCTIONS) {
    const next = open.shift();
    if (!next || seen.has(next.fn ?? next.path)) continue;
    seen.add(next.fn ?? next.path);
    const arrivals = arrivalsIn(s, next.path, next.fn, roots);
    found.push({ path: next.path, fn: next.fn, arrivals });
    if (!next.fn || next.depth === 0) continue;
    const returns = arrivals.filter((a) => a.how === 'return');
    for (const fn of new Set(returns.flatMap((a) => a.fn ?? []))) {
      for (const site of s.usage(fn).calls) {
        open.push({ path: site.path, fn: outermost(s.index(site.path), site.call), depth: next.depth - 1 });
      }
    }
  }
  return found;
}

/** The outermost function around a node: closures see what it decodes. */
function outermost(index: FileIndex, node: IrNode): FunctionIR | undefined {
  let last: FunctionIR | undefined;
  for (let fn = index.functionOf(node); fn; fn = index.functionOf(fn)) last = fn;
  return last;
}

function arrivalsIn(
  s: Semantics,
  path: string,
  fn: FunctionIR | undefined,
  roots: ReadonlySet<IrNode>,
): readonly Arrival[] {
  const index = s.index(path);
  const found: Arrival[] = [];
  const inside = (node: IrNode) =>
    fn ? node.span.start >= fn.span.start && node.span.end <= fn.span.end : index.functionOf(node) === undefined;
  const add = (how: Arrival['how'], node: IrNode, expr: Expr) => {
    const claims = claimsIn(s, s.evaluate(path, expr), roots);
    if (claims.size > 0) found.push({ path, node, how, claims, fn: index.functionOf(node) });
  };
  for (const call of index.calls) {
    if (!inside(call) || roots.has(call)) continue;
    for (const argument of call.args) if (argument.value.kind !== 'lambda') add('call', call, argument.value);
  }
  for (const write of index.memberWrites) if (inside(write.node)) add('write', write.target, write.value);
  for (const stmt of index.statements) {
    if (!inside(stmt)) continue;
    if (stmt.kind === 'if') for (const test of comparisons(stmt.test)) add('test', stmt, test);
    if (stmt.kind === 'exit' && stmt.how === 'return' && stmt.value) {
      add('return', stmt, stmt.value);
      for (const test of comparisons(stmt.value)) add('test', stmt, test);
    }
  }
  for (const expr of index.expressions) {
    if (expr.kind === 'choice' && inside(expr)) for (const test of comparisons(expr.test)) add('test', expr, test);
  }
  return found;
}

/** The sides of comparisons in a test, and what is searched; not what is only asked to be there. */
function comparisons(test: Expr): readonly Expr[] {
  switch (test.kind) {
    case 'binary':
      if (test.operator === '&&' || test.operator === '||' || test.operator === '??')
        return [...comparisons(test.left), ...comparisons(test.right)];
      if (isNothing(test.left) || isNothing(test.right)) return [];
      return ['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'].includes(test.operator) ? [test.left, test.right] : [];
    case 'unary':
      return test.operator === '!' ? comparisons(test.operand) : [];
    case 'call':
      return test.callee.kind === 'member' &&
        /^(?:includes|has|some|every|issubset|intersection|startsWith|startswith|endsWith|endswith)$/.test(
          test.callee.property,
        )
        ? [test.callee.object]
        : [];
    default:
      return [];
  }
}

function isNothing(e: Expr): boolean {
  return e.kind === 'literal' && (e.value === null || e.value === '');
}

/** The argument of a call that plays a role, as it was written. */
export function argumentFor(
  fact: Fact<'TokenDecode'> | Fact<'TokenVerify'> | Fact<'TokenIssue'>,
  role: string,
): Expr | undefined {
  const span = (fact.spans as Readonly<Record<string, { start: number; end: number } | undefined>>)[role];
  const call = fact.node && 'kind' in fact.node && fact.node.kind === 'call' ? fact.node : undefined;
  return span ? call?.args.find((a) => a.span.start === span.start && a.span.end === span.end)?.value : undefined;
}

/** Whether two values are surely the same one. */
export function sameValue(a: Value, b: Value, depth = 5): boolean {
  if (depth < 0) return false;
  if (a.kind === 'oneOf' || b.kind === 'oneOf')
    return alternatives(a).some((x) => alternatives(b).some((y) => sameValue(x, y, depth - 1)));
  if ((a.kind === 'result' || a.kind === 'call') && (b.kind === 'result' || b.kind === 'call'))
    return a.site.call === b.site.call || sameCall(a, b, depth);
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'environment':
      return b.kind === 'environment' && a.name !== undefined && a.name === b.name;
    case 'literal':
      return b.kind === 'literal' && a.value !== null && a.value === b.value;
    case 'external':
      return b.kind === 'external' && a.name === b.name;
    case 'member':
      return b.kind === 'member' && a.property === b.property && sameValue(a.object, b.object, depth - 1);
    case 'element':
      return b.kind === 'element' && sameValue(a.object, b.object, depth - 1) && sameValue(a.index, b.index, depth - 1);
    case 'parameter':
      return b.kind === 'parameter' && a.fn === b.fn && a.index === b.index;
    case 'object':
      return b.kind === 'object' && a.type === b.type;
    case 'instance':
      return b.kind === 'instance' && a.cls === b.cls;
    default:
      return false;
  }
}

/** `config.get('JWT_SECRET')` twice. */
function sameCall(
  a: Extract<Value, { kind: 'result' | 'call' }>,
  b: Extract<Value, { kind: 'result' | 'call' }>,
  depth: number,
): boolean {
  const first = a.site.call.args[0]?.value;
  const second = b.site.call.args[0]?.value;
  if (first?.kind !== 'literal' || second?.kind !== 'literal' || first.value !== second.value) return false;
  if (a.kind === 'result') return b.kind === 'result' && a.callee === b.callee;
  return b.kind === 'call' && sameValue(a.callee, b.callee, depth - 1);
}
