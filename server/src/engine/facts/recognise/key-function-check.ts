/** A key function that looks at the token's method and refuses others: that is the list of accepted algorithms. */
import type { Expr, FunctionIR, Stmt } from '../../ir/ir.js';
import { type Value, isAbsent } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { literal, withRoles } from './token-use.js';

export default defineRecogniser({
  name: 'key-function-check',
  phase: 'file',
  order: 1,
  refine(fact, view) {
    if (fact.kind !== 'TokenVerify') return undefined;
    const { callback, algorithms } = (fact as Fact<'TokenVerify'>).roles;
    if (callback.kind !== 'function' || isAbsent(algorithms) !== true) return undefined;
    const names = methodsAccepted(view, callback.fn, callback.path);
    if (!names) return undefined;
    return withRoles(fact, {
      choice: literal('caller-lists'),
      algorithms: { kind: 'list', items: names.map(literal), open: false },
    });
  },
});

/** The algorithms that a key function lets through, if it refuses the others before it hands out a key. */
function methodsAccepted(view: FileView, fn: FunctionIR, path: string): readonly string[] | undefined {
  const param = fn.params[0]?.target;
  if (param?.kind !== 'bind') return undefined;
  const names = new Set<string>();
  for (const [i, stmt] of fn.body.entries()) {
    const test = testOf(stmt);
    if (!test || !view.s.exits(path, test.stmt.then)) continue;
    // The assertion that the test is about may stand in the same statement, or right before it.
    const looked = [...expressionsOf(stmt), ...(fn.body[i - 1] ? expressionsOf(fn.body[i - 1] as Stmt) : [])];
    if (!looked.some((e) => isMethodOf(e, param.name))) continue;
    for (const e of looked) for (const name of namedIn(view, path, e)) names.add(name);
  }
  return names.size > 0 ? [...names].sort() : undefined;
}

function testOf(stmt: Stmt): { stmt: Extract<Stmt, { kind: 'if' }> } | undefined {
  if (stmt.kind === 'if') return { stmt };
  if (stmt.kind !== 'block') return undefined;
  const inner = stmt.body.find((s) => s.kind === 'if');
  return inner?.kind === 'if' ? { stmt: inner } : undefined;
}

/** The expressions of a statement's own head: not of the branches. */
function expressionsOf(stmt: Stmt): readonly Expr[] {
  if (stmt.kind === 'block') return stmt.body.flatMap((s) => (s.kind === 'if' ? inside(s.test) : expressionsOf(s)));
  if (stmt.kind === 'if') return inside(stmt.test);
  if (stmt.kind === 'let') return stmt.value ? inside(stmt.value) : [];
  return stmt.kind === 'expr' ? inside(stmt.value) : [];
}

function inside(expr: Expr, depth = 6): readonly Expr[] {
  if (depth === 0) return [];
  const below = (...parts: readonly Expr[]) => parts.flatMap((p) => inside(p, depth - 1));
  switch (expr.kind) {
    case 'member':
      return [expr, ...below(expr.object)];
    case 'index':
      return [expr, ...below(expr.object, expr.index)];
    case 'call':
      return [expr, ...below(expr.callee, ...expr.args.map((a) => a.value))];
    case 'binary':
      return [expr, ...below(expr.left, expr.right)];
    case 'unary':
      return [expr, ...below(expr.operand)];
    case 'list':
      return [expr, ...below(...expr.items.map((i) => i.value))];
    case 'opaque':
      return [expr, ...below(...expr.children)];
    default:
      return [expr];
  }
}

/** `token.Method`, `token.Header["alg"]`, `header.alg`. */
function isMethodOf(expr: Expr, param: string): boolean {
  if (expr.kind !== 'member') return false;
  if (expr.property === 'alg') return true;
  return /^method$/i.test(expr.property) && expr.object.kind === 'name' && expr.object.name === param;
}

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  HMAC: ['HS256', 'HS384', 'HS512'],
  RSA: ['RS256', 'RS384', 'RS512'],
  RSAPSS: ['PS256', 'PS384', 'PS512'],
  ECDSA: ['ES256', 'ES384', 'ES512'],
  Ed25519: ['EdDSA'],
};

function namedIn(view: FileView, path: string, expr: Expr): readonly string[] {
  if (expr.kind === 'literal' && typeof expr.value === 'string')
    return /^(?:[HRPE]S\d{3}|EdDSA)$/.test(expr.value) ? [expr.value] : [];
  if (expr.kind !== 'member' && expr.kind !== 'name') return [];
  const last = expr.kind === 'member' ? expr.property : expr.name;
  const family = /^SigningMethod(\w+)$/.exec(last)?.[1];
  if (family) return FAMILIES[family] ?? [family];
  const value: Value = expr.kind === 'name' ? view.s.evaluate(path, expr) : { kind: 'unknown' };
  return value.kind === 'literal' && typeof value.value === 'string' && /^(?:[HRPE]S\d{3}|EdDSA)$/.test(value.value)
    ? [value.value]
    : [];
}
