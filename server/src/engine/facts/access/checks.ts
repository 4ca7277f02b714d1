/**
 * Comparisons that can stop a request: the caller with an owner, a role with what is asked for, a secret with the one that
 * is kept; and which of them surely hold at a place.
 */
import type { Expr, FunctionIR, Stmt } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { returnsOf } from '../../semantics/calls.js';
import { conditionsAfter } from '../../semantics/control.js';
import { isFunction } from '../../semantics/file-index.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Frame, type Value, alternatives, textOf } from '../../semantics/value.js';
import { type Principal, principalOf } from '../principal.js';
import { requestInputOf } from '../request-input.js';
import { type Step, callsIn, dotted, frameOf } from './steps.js';

/** `owner`: the caller is compared with what is touched; `role`: a role or permission; `caller`: somebody is logged in; `secret`: a shared secret or signature. */
export type Proof = 'owner' | 'role' | 'caller' | 'secret' | 'token';

export interface Check {
  readonly proves: Proof;
  readonly path: string;
  readonly expr: Expr;
  /** Nobody saw what it does; its name says it. */
  readonly presumed?: boolean;
  /** The principal's token was only decoded. */
  readonly decoded?: boolean;
  /** The roles or permissions that are asked for, where they are written. */
  readonly roles?: readonly string[];
  /** What is compared with the caller. */
  readonly subject?: Value;
}

/** A place in a function, reached by calls from a handler. */
export interface Spot {
  readonly path: string;
  readonly node: IrNode;
  readonly frame: Frame | undefined;
  readonly fn: FunctionIR;
  readonly via: Step | undefined;
}

const ROLE =
  /role|admin|staff|superuser|permission|perms?$|scope|privilege|group|moderator|is_?mod$|manager|access_?level|authorit|abilit|claims?$|plan$|editor/i;

/** All checks that surely held when a place is reached, in its function and in those that lead to it. */
export function checksAt(s: Semantics, spot: Spot, depth = 3): readonly Check[] {
  const found: Check[] = [];
  let at: Spot | undefined = spot;
  for (let i = 0; at && i < 6; i++) {
    found.push(...checksInFunction(s, at, depth));
    at = at.via
      ? { path: at.via.path, node: at.via.call, frame: at.via.frame, fn: at.via.fn, via: at.via.via }
      : undefined;
  }
  return found;
}

function checksInFunction(s: Semantics, spot: Spot, depth: number): readonly Check[] {
  const found: Check[] = [];
  const index = s.index(spot.path);
  // Callbacks inside the function: what holds around them holds in them.
  let node: IrNode | undefined = spot.node;
  for (let i = 0; node && i < 6; i++) {
    for (const c of s.conditionsAt(spot.path, node)) found.push(...checksIn(s, spot.path, c.test, c.holds, spot.frame));
    const inner: FunctionIR | undefined = index.functionOf(node);
    if (!inner || inner === spot.fn) break;
    node = index.parentOf(inner);
    if (node && isFunction(node)) break;
  }
  if (depth > 0) found.push(...helperChecks(s, spot, depth - 1));
  return found;
}

/** Checks by calls that ran before and would have thrown. */
function helperChecks(s: Semantics, spot: Spot, depth: number): readonly Check[] {
  const found: Check[] = [];
  for (const call of callsIn(s.index(spot.path), spot.fn)) {
    if (call.span.start >= spot.node.span.start) break;
    const site: CallSite = { path: spot.path, call, frame: spot.frame };
    const callee = s.callee(site);
    const fn = alternatives(callee).find((v) => v.kind === 'function');
    const name = dotted(call.callee).split('.').at(-1) ?? '';
    if (fn?.kind === 'function') {
      if (fn.path === spot.path && fn.fn.span.start <= call.span.start && call.span.end <= fn.fn.span.end) continue;
      const checks = endChecks(s, fn.path, fn.fn, frameOf(s, site, fn), depth);
      if (checks.length > 0 && s.dominates(spot.path, call, spot.node)) found.push(...checks);
      continue;
    }
    const presumed = byName(name, call.args.length);
    if (presumed && s.dominates(spot.path, call, spot.node))
      found.push({ proves: presumed, path: spot.path, expr: call, presumed: true });
  }
  return found;
}

const ends = new WeakMap<FunctionIR, boolean>();

/** What surely holds when a function has returned: the checks whose failure throws. */
export function endChecks(
  s: Semantics,
  path: string,
  fn: FunctionIR,
  frame: Frame | undefined,
  depth: number,
): readonly Check[] {
  if (ends.get(fn) || depth < 0) return [];
  ends.set(fn, true);
  try {
    const found: Check[] = [];
    for (const c of conditionsAfter(throwing(fn.body), (call) =>
      s.exits(path, [{ kind: 'expr', span: call.span, value: call }]),
    ))
      found.push(...checksIn(s, path, c.test, c.holds, frame));
    const last = fn.body.at(-1);
    if (last && depth > 0)
      found.push(...helperChecks(s, { path, node: lastNode(last), frame, fn, via: undefined }, depth - 1));
    return found;
  } finally {
    ends.delete(fn);
  }
}

/** The statements of which only a throw leaves: an `if` that returns early says nothing of what holds for the caller. */
function throwing(list: readonly Stmt[]): readonly Stmt[] {
  const found: Stmt[] = [];
  for (const stmt of list) {
    if (stmt.kind === 'if' && stmt.then.some(returnsSomething)) {
      if (stmt.then.every((x) => !(x.kind === 'exit' && x.how === 'return' && x.value))) return found;
      continue;
    }
    found.push(stmt);
  }
  return found;
}

function returnsSomething(stmt: Stmt): boolean {
  if (stmt.kind === 'exit') return stmt.how === 'return';
  if (stmt.kind === 'if') return stmt.then.some(returnsSomething) || stmt.otherwise.some(returnsSomething);
  if (stmt.kind === 'block') return stmt.body.some(returnsSomething);
  return false;
}

function lastNode(stmt: Stmt): IrNode {
  return { kind: 'literal', value: null, span: { start: stmt.span.end, end: stmt.span.end } };
}

/** Checks in a test, given its outcome. Alternatives (`owner or admin`) count if each of them is a check. */
export function checksIn(
  s: Semantics,
  path: string,
  test: Expr,
  holds: boolean,
  frame: Frame | undefined,
  depth = 6,
): readonly Check[] {
  if (depth === 0) return [];
  if (test.kind === 'unary' && test.operator === '!') return checksIn(s, path, test.operand, !holds, frame, depth - 1);
  if (test.kind === 'unary') return checksIn(s, path, test.operand, holds, frame, depth - 1);
  if (test.kind === 'binary' && (test.operator === '&&' || test.operator === '||')) {
    const both = (test.operator === '&&') === holds;
    const left = checksIn(s, path, test.left, holds, frame, depth - 1);
    const right = checksIn(s, path, test.right, holds, frame, depth - 1);
    if (both) return [...left, ...right];
    return anyOf(s, path, test.left, test.right, left, right, frame);
  }
  const one = checkOf(s, path, test, holds, frame, depth);
  return one;
}

/** `a || b` held: both must be checks, or one says that there is nothing to protect (`!note`). */
function anyOf(
  s: Semantics,
  path: string,
  leftTest: Expr,
  rightTest: Expr,
  left: readonly Check[],
  right: readonly Check[],
  frame: Frame | undefined,
): readonly Check[] {
  if (left.length > 0 && right.length > 0) {
    const order: readonly Proof[] = ['caller', 'token', 'secret', 'role', 'owner'];
    const weakest = [...left, ...right].sort((a, b) => order.indexOf(a.proves) - order.indexOf(b.proves));
    // `owner || admin`: whoever gets past is the owner, or may.
    const strong = weakest.filter((c) => c.proves === 'owner' || c.proves === 'role' || c.proves === 'secret');
    return weakest[0]?.proves === 'caller' ? [weakest[0]] : strong;
  }
  if (left.length + right.length === 0) return [];
  const rest = left.length > 0 ? rightTest : leftTest;
  // Another property of the caller (`user.tier === 'support'`) lets past as a role would.
  if (
    rest.kind === 'binary' &&
    /^(==|!=)$/.test(rest.operator) &&
    rest.right.kind === 'literal' &&
    rest.right.value !== null &&
    principalOf(s, s.evaluate(path, rest.left, frame))
  )
    return [...left, ...right];
  // The other way past the check: a missing input skips it, a missing record is nothing to protect.
  const inner = rest.kind === 'unary' && rest.operator === '!' ? rest.operand : rest;
  const value = s.evaluate(path, inner, frame);
  if (requestInputOf(s, value)) return [];
  if (
    rest.kind === 'binary' &&
    /^(==|!=)$/.test(rest.operator) &&
    rest.right.kind === 'literal' &&
    rest.right.value === null
  ) {
    return requestInputOf(s, s.evaluate(path, rest.left, frame)) ? [] : [...left, ...right];
  }
  const absent = rest.kind === 'name' || rest.kind === 'member' || (rest.kind === 'unary' && rest.operator === '!');
  return absent && !principalOf(s, value) ? [...left, ...right] : absent ? [] : [];
}

function checkOf(
  s: Semantics,
  path: string,
  test: Expr,
  holds: boolean,
  frame: Frame | undefined,
  depth: number,
): readonly Check[] {
  const of = (e: Expr) => s.evaluate(path, e, frame);
  const make = (proves: Proof, principal?: Principal, more: Partial<Check> = {}): readonly Check[] => [
    { proves, path, expr: test, ...(principal?.backing === 'decoded' ? { decoded: true } : {}), ...more },
  ];
  switch (test.kind) {
    case 'binary': {
      // `if err != nil { refuse }`: what was asked for came without an error.
      if (
        /^(==|!=)$/.test(test.operator) &&
        test.right.kind === 'literal' &&
        test.right.value === null &&
        test.left.kind === 'name' &&
        /^e$|err(or)?$/i.test(test.left.name)
      ) {
        if ((test.operator === '==') !== holds) return [];
        const who = principalOf(s, of(test.left));
        return who ? make(who.slot === 'token' ? 'token' : 'caller', who) : [];
      }
      return comparison(s, of(test.left), of(test.right), test.operator, holds, make);
    }
    case 'call': {
      const name = dotted(test.callee).split('.').at(-1) ?? '';
      const args = test.args.map((a) => a.value);
      if (/^(bool|Boolean)$/.test(name) && args[0]) return checksIn(s, path, args[0], holds, frame, depth - 1);
      if (/^(isinstance|hasattr)$/.test(name)) return [];
      if (/^(getattr)$/.test(name)) break;
      const receiver = test.callee.kind === 'member' ? test.callee.object : undefined;
      if (/^(equals|equal|isEqual|is|eq|__eq__)$/.test(name) && (args[0] ?? receiver)) {
        const [a, b] = receiver && args.length === 1 ? [receiver, args[0]] : [args[0], args[1]];
        return a && b ? comparison(s, of(a), of(b), '==', holds, make) : [];
      }
      if (/^(Contains|ContainsFunc)$/.test(name) && args[0] && args[1])
        return comparison(s, of(args[1]), of(args[0]), 'in', holds, make);
      if (/^(includes|has|contains|some|indexOf|issubset|intersection)$/.test(name) && receiver && args[0]) {
        if (args[0].kind === 'lambda') {
          const inner = returnsOf(args[0].function)[0];
          return inner ? checksIn(s, path, inner, holds, frame, depth - 1) : [];
        }
        return comparison(s, of(args[0]), of(receiver), 'in', holds, make);
      }
      if (
        /^(timingSafeEqual|compare_digest|safeCompare|safe_str_cmp|constantTimeEqual|timing_safe_compare|tsscmp)$/.test(
          name,
        )
      )
        return holds ? make('secret') : [];
      const callee = alternatives(s.callee({ path, call: test, frame })).find((v) => v.kind === 'function');
      if (callee?.kind === 'function') {
        const returns = returnsOf(callee.fn);
        const only = returns.at(-1);
        if (only && returns.length <= 3) {
          const inner = checksIn(
            s,
            callee.path,
            only,
            holds,
            frameOf(s, { path, call: test, frame }, callee),
            depth - 2,
          );
          if (inner.length > 0) return inner.map((c) => ({ ...c, expr: test, path }));
        }
      }
      if (holds) {
        if (/^(isAuthenticated|is_authenticated|isLoggedIn|is_logged_in|isSignedIn)$/.test(name)) return make('caller');
        if (
          /^(has|is|can|may|check|user_?can|user_?has)_?(any|all)?_?(role|roles|perm|perms|permission|permissions|admin|staff|scope|scopes|access|authority|do|edit|view|delete|update|manage)\w*$/i.test(
            name,
          ) ||
          /^(can|cannot|allows|isAllowed|enforce|may)$/.test(name)
        )
          return make(
            /access|edit|view|delete|update|owner|member/i.test(name) || args.length > 1 ? 'owner' : 'role',
            undefined,
            { presumed: callee === undefined },
          );
        if (/^(is|check)_?(owner|owned|member|author|mine)\w*$|(belongs|owned)_?(to|by)/i.test(name))
          return make('owner', undefined, { presumed: true });
        if (/^(verify|check|validate|is_?valid)_?\w*(signature|hmac|webhook|api_?key|secret)\w*$/i.test(name))
          return make('secret', undefined, { presumed: true });
      }
      break;
    }
    default:
      break;
  }
  const value = of(test);
  // A flag that was set by a comparison: `found = err == nil`.
  for (const v of alternatives(value)) {
    const [left, right] =
      v.kind === 'operation' ? v.operands : v.kind === 'derived' && v.how === 'comparison' ? v.of : [];
    const operator = v.kind === 'operation' ? v.operator : v.kind === 'derived' ? (v.operator ?? '==') : '';
    const found = left && right ? comparison(s, left, right, operator, holds, make) : [];
    if (found.length > 0) return found;
  }
  if (value.kind === 'derived' && value.how === 'boolean' && value.of[0] && holds) {
    const inner = principalOf(s, value.of[0]);
    return inner ? make('caller', inner) : [];
  }
  if (!holds) return [];
  const principal = principalOf(s, value);
  if (!principal) return [];
  if (principal.field !== undefined && ROLE.test(principal.field))
    return make('role', principal, { roles: [principal.field] });
  return make('caller', principal);
}

function comparison(
  s: Semantics,
  left: Value,
  right: Value,
  operator: string,
  holds: boolean,
  make: (proves: Proof, principal?: Principal, more?: Partial<Check>) => readonly Check[],
): readonly Check[] {
  const membership = operator === 'in' || operator === 'not in';
  if (!membership && operator !== '==' && operator !== '!=') return [];
  const equal = (operator === '==' || operator === 'in') === holds;
  const nothing = (v: Value) =>
    v.kind === 'absent' || (v.kind === 'literal' && (v.value === null || v.value === false || v.value === -1));
  const l = principalOf(s, left);
  const r = principalOf(s, right);
  if (!membership && (nothing(right) || nothing(left))) {
    const who = nothing(right) ? l : r;
    const asked = nothing(right) ? left : right;
    // `token, err := verify(…); if err != nil { refuse }`: no error is the proof.
    if (
      equal &&
      asked.kind === 'element' &&
      who?.slot === 'token' &&
      who.field !== '0' &&
      (nothing(right) ? right : left).kind !== 'literal'
    )
      return make('token', who);
    if (
      equal &&
      asked.kind === 'element' &&
      who?.slot === 'token' &&
      asked.index.kind === 'literal' &&
      asked.index.value === 1
    )
      return make('token', who);
    if (!who || equal) return [];
    return who.field !== undefined && ROLE.test(who.field) ? make('role', who) : make('caller', who);
  }
  if (!equal) return [];
  if (!l && !r) {
    const secret = (v: Value) =>
      v.kind === 'environment' || (v.kind === 'member' && /secret|key|token|signature|hash/i.test(v.property));
    if ((requestInputOf(s, left) && secret(right)) || (requestInputOf(s, right) && secret(left))) return make('secret');
    return [];
  }
  // `'user' in session`, `user.active is True`
  const literal = textOf(left) ?? textOf(right);
  const truth = (v: Value) => v.kind === 'literal' && v.value === true;
  const who = l && r ? (l.loaded ? r : l) : (l ?? r);
  const field = who?.field;
  if (field !== undefined && ROLE.test(field))
    return make('role', who, { roles: literal !== undefined ? [literal] : [] });
  if (truth(left) || truth(right)) return make(field !== undefined && ROLE.test(field) ? 'role' : 'caller', who);
  if (membership && literal !== undefined) {
    if (r && textOf(left) !== undefined) return r.field === undefined ? make('caller', r) : make('role', r);
    return make('role', who);
  }
  if (literal !== undefined || left.kind === 'literal' || right.kind === 'literal') return [];
  // The caller's own record against the caller's own token: it is still only the caller.
  if (l && r) return make('caller', who);
  const subject = l ? right : left;
  if (membership && subject.kind === 'list' && subject.items.every((i) => i.kind === 'literal'))
    return make('role', who);
  return make('owner', who, { subject });
}

/** What a rejecting helper proves by its name. */
function byName(name: string, args: number): Proof | undefined {
  if (
    !/^(assert|ensure|require|check|authorize|verify|enforce|must|guard|protect|demand|deny|fail|throw|abort)/i.test(
      name,
    )
  )
    return undefined;
  if (
    /token|redirect|url|code|grant|password|email|schema|body|input|param|field/i.test(name) &&
    !/session|jwt/i.test(name)
  )
    return undefined;
  if (/auth|user|session|login|logged/i.test(name) && !/author(ize|ise)/i.test(name)) return 'caller';
  if (/role|admin|staff|scope/i.test(name)) return 'role';
  if (/own|access|perm|member|belong|can|author|allowed/i.test(name)) return args > 0 ? 'owner' : 'role';
  return undefined;
}

/** Checks after a read that stop its answer: an `if` that compares what was read and leaves, a choice between answer and refusal. */
export function checksAfter(s: Semantics, spot: Spot): readonly Check[] {
  const found: Check[] = [];
  let at: Spot | undefined = spot;
  for (let i = 0; at && i < 4; i++) {
    const index = s.index(at.path);
    for (const stmt of index.statements) {
      if (
        stmt.kind !== 'if' ||
        stmt.span.start < at.fn.span.start ||
        stmt.span.end > at.fn.span.end ||
        stmt.span.end <= at.node.span.start
      )
        continue;
      if (s.exits(at.path, stmt.then)) found.push(...checksIn(s, at.path, stmt.test, false, at.frame));
      else if (stmt.otherwise.length > 0 && s.exits(at.path, stmt.otherwise))
        found.push(...checksIn(s, at.path, stmt.test, true, at.frame));
      if (answersInside(stmt.then)) found.push(...checksIn(s, at.path, stmt.test, true, at.frame));
    }
    for (const expr of index.expressions) {
      if (expr.kind !== 'choice' || expr.span.start < at.node.span.start || expr.span.end > at.fn.span.end) continue;
      found.push(
        ...checksIn(s, at.path, expr.test, true, at.frame),
        ...checksIn(s, at.path, expr.test, false, at.frame),
      );
    }
    found.push(...lateHelpers(s, at));
    at = at.via
      ? { path: at.via.path, node: at.via.call, frame: at.via.frame, fn: at.via.fn, via: at.via.via }
      : undefined;
  }
  return found;
}

function lateHelpers(s: Semantics, at: Spot): readonly Check[] {
  const end = at.fn.body.at(-1)?.span.end ?? at.fn.span.end;
  return helperChecks(s, { ...at, node: { kind: 'literal', value: null, span: { start: end, end } } }, 2).filter(
    (c) => c.proves === 'owner' || c.proves === 'role',
  );
}

function answersInside(list: readonly Stmt[]): boolean {
  return list.some((stmt) => stmt.kind === 'exit' && stmt.how === 'return' && stmt.value !== undefined);
}
