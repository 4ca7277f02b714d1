/**
 * Tries code out: which way its checks go if an answer comes in with this `state`, and this browser kept that one. Three
 * answers: surely reached, surely not, not known. Nothing is executed; conditions are decided as far as they can be.
 */
import type { CallExpr, Expr, FunctionIR, Stmt } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Frame, type Value, alternatives } from '../../semantics/value.js';
import { frameAt } from './callers.js';

/** What a value is in a scenario. `undefined`: not known. */
export type Scalar =
  | { readonly is: 'absent' }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'literal'; readonly value: string | number | boolean }
  | undefined;

export interface Scenario {
  readonly name: string;
  /** What a value is, if the scenario says so. */
  scalar(value: Value, expr: Expr, path: string): Scalar | 'unsaid';
  /** What a lookup of a value in a store gives: found or not. `undefined`: not known. */
  lookup(store: Value, key: Value): boolean | undefined;
  /** Whether a verification of a signed value succeeds. */
  verifies(value: Value): boolean | undefined;
}

export type Outcome = true | false | undefined | 'throws';

const DEPTH = 5;

/** What became of a scenario at a node. */
export interface Reached {
  /** `false`: a check before surely stops it. `undefined`: some condition could not be decided (`unsure`). */
  readonly reached: boolean | undefined;
  /** The condition, or the call, that stops it. */
  readonly by?: { readonly path: string; readonly node: Expr };
  readonly unsure: readonly { readonly path: string; readonly test: Expr; readonly frame: Frame | undefined }[];
}

/** Whether a node is reached in a scenario. */
export function reached(
  s: Semantics,
  path: string,
  node: IrNode,
  frame: Frame | undefined,
  scenario: Scenario,
  depth = 0,
): Reached {
  const unsure: Reached['unsure'][number][] = [];
  for (const condition of s.conditionsAt(path, node)) {
    const outcome = truth(s, path, condition.test, frame, scenario, depth);
    if (outcome === undefined) unsure.push({ path, test: condition.test, frame });
    else if (outcome === 'throws' || outcome !== condition.holds)
      return { reached: false, by: { path, node: condition.test }, unsure };
  }
  const nested = nestedStop(s, path, node, frame, scenario, depth);
  if (nested) return { reached: false, by: { path, node: nested }, unsure };
  const thrower = throwingCall(s, path, node, frame, scenario, depth);
  if (thrower) return { reached: false, by: { path, node: thrower }, unsure };
  // A function inside another runs only where the other gets to.
  const index = s.index(path);
  const fn = index.functionOf(node);
  if (fn && depth < DEPTH) {
    const holder = index.parentOf(fn);
    if (holder && index.functionOf(fn)) {
      const before = reached(s, path, holder, frame, scenario, depth + 1);
      if (before.reached === false) return before;
      unsure.push(...before.unsure);
    }
  }
  return { reached: unsure.length > 0 ? undefined : true, unsure };
}

/** A check inside another that leaves before a node: `if (entry.challenge) { if (!verifier) return … }`. */
function nestedStop(
  s: Semantics,
  path: string,
  node: IrNode,
  frame: Frame | undefined,
  scenario: Scenario,
  depth: number,
): Expr | undefined {
  if (depth >= DEPTH) return undefined;
  const index = s.index(path);
  const fn = index.functionOf(node);
  for (let current: IrNode | undefined = node; current && current !== fn; current = index.parentOf(current)) {
    const list = index.listOf(current);
    if (!list) continue;
    for (const stmt of list) {
      if (stmt === current) break;
      if (stmt.kind !== 'if' && stmt.kind !== 'block' && stmt.kind !== 'try') continue;
      const by = stopsIn(s, path, [stmt], frame, scenario, depth + 1);
      if (by) return by;
    }
  }
  return undefined;
}

/** The test by which control surely leaves these statements in a scenario, if it does. */
function stopsIn(
  s: Semantics,
  path: string,
  list: readonly Stmt[],
  frame: Frame | undefined,
  scenario: Scenario,
  depth: number,
  by?: Expr,
): Expr | undefined {
  if (depth > DEPTH + 4) return undefined;
  for (const stmt of list) {
    if (stmt.kind === 'exit' && stmt.how !== 'break' && stmt.how !== 'continue') return by;
    if (stmt.kind === 'expr' && by && s.exits(path, [stmt])) return by;
    if (stmt.kind === 'block') {
      const inner = stopsIn(s, path, stmt.body, frame, scenario, depth + 1, by);
      if (inner) return inner;
    }
    if (stmt.kind !== 'if') continue;
    const outcome = truth(s, path, stmt.test, frame, scenario, depth);
    if (outcome === 'throws') return stmt.test;
    if (outcome === undefined) continue;
    const inner = stopsIn(s, path, outcome ? stmt.then : stmt.otherwise, frame, scenario, depth + 1, stmt.test);
    if (inner) return inner;
  }
  return undefined;
}

/** A call that surely ran before a node and throws in this scenario: `checkState(req)`, `assert(state === kept)`. */
function throwingCall(
  s: Semantics,
  path: string,
  node: IrNode,
  frame: Frame | undefined,
  scenario: Scenario,
  depth: number,
): CallExpr | undefined {
  if (depth >= DEPTH) return undefined;
  const index = s.index(path);
  const fn = index.functionOf(node);
  for (const call of index.calls) {
    if (call.span.start >= node.span.start) break;
    if (index.functionOf(call) !== fn || contains(call, node)) continue;
    const name = nameOf(call);
    if (!name || !(ASSERTS.test(name) || CHECKS.test(name))) continue;
    if (!s.dominates(path, call, node)) continue;
    if (truth(s, path, call, frame, scenario, depth + 1) === 'throws') return call;
  }
  return undefined;
}

const ASSERTS = /^(?:assert|invariant|ok|equal|strictEqual|ensure|require|abort_if|throwIf|abortUnless)$/;
const CHECKS = /state|csrf|verif|valid|check|assert|ensure|consume|match|callback|pop|take|load|get|guard/i;
const EQUALS =
  /^(?:timingSafeEqual|compare_digest|equals?|isEqual|safeCompare|safe_compare|constantTimeEquals?|constantTimeCompare|ConstantTimeCompare|safe_str_cmp|constant_time_compare|secureCompare|strictEqual|compareStrings|timingSafeCompare|EqualFold|Equal|is|compare|safeEqual|safe_equal|timing_safe_equal|constant_time_equal|hmacEqual)$/;
const LOOKUPS =
  /^(?:has|get|getdel|getDel|GETDEL|GetDel|pop|delete|del|take|consume|includes|find\w*|exists|contains|Contains|Load|LoadAndDelete|Get|discard|remove|fetch|first|get_or_none|filter|filter_by|consumeState|popState|where|query|peek|ContainsKey|is_valid|hget|select|scalar_one_or_none|__contains__)$/;
const VERIFIES =
  /^(?:verify|jwtVerify|unseal|unsealData|decrypt|loads|decode|jwtDecrypt|unsign|verifyState|verify_state|parse_signed|read_signed|Decode|Parse\w*|verify_signature|open|validate_state_token)$/;

function nameOf(call: CallExpr): string | undefined {
  return call.callee.kind === 'member'
    ? call.callee.property
    : call.callee.kind === 'name'
      ? call.callee.name
      : undefined;
}

function contains(outer: IrNode, inner: IrNode): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

/** How a test comes out. */
export function truth(
  s: Semantics,
  path: string,
  expr: Expr,
  frame: Frame | undefined,
  scenario: Scenario,
  depth: number,
): Outcome {
  if (depth > DEPTH * 3) return undefined;
  const deeper = (e: Expr) => truth(s, path, e, frame, scenario, depth + 1);
  switch (expr.kind) {
    case 'unary': {
      if (expr.operator === 'await' || expr.operator === 'try') return deeper(expr.operand);
      if (expr.operator !== '!') break;
      const inner = deeper(expr.operand);
      return typeof inner === 'boolean' ? !inner : inner;
    }
    case 'binary': {
      const { operator, left, right } = expr;
      if (operator === '&&' || operator === '||') {
        const l = deeper(left);
        const stops = operator === '||';
        if (l === 'throws' || l === stops) return l;
        const r = deeper(right);
        if (l === !stops) return r;
        return r === stops ? stops : undefined;
      }
      if (operator === '==' || operator === '!=') {
        const equal = equality(s, path, left, right, frame, scenario, depth);
        return typeof equal === 'boolean' && operator === '!=' ? !equal : equal;
      }
      if (operator === 'in' || operator === 'not in') {
        const found = lookupIn(s, path, right, left, frame, scenario);
        return found === undefined ? undefined : operator === 'in' ? found : !found;
      }
      break;
    }
    case 'choice': {
      const test = deeper(expr.test);
      if (test === true) return deeper(expr.then);
      if (test === false) return deeper(expr.otherwise);
      if (test === 'throws') return test;
      const a = deeper(expr.then);
      return a === deeper(expr.otherwise) ? a : undefined;
    }
    case 'call':
      return callTruth(s, path, expr, frame, scenario, depth);
    default:
      break;
  }
  const scalar = scalarOf(s, path, expr, frame, scenario, depth);
  return scalar === 'throws' ? scalar : truthOf(scalar);
}

function truthOf(scalar: Scalar): boolean | undefined {
  if (scalar === undefined) return undefined;
  if (scalar.is === 'absent') return false;
  return scalar.is === 'text' ? true : Boolean(scalar.value);
}

function equality(
  s: Semantics,
  path: string,
  left: Expr,
  right: Expr,
  frame: Frame | undefined,
  scenario: Scenario,
  depth: number,
): Outcome {
  // `typeof state !== 'string'`
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === 'unary' && one.operator === 'typeof' && other.kind === 'literal') {
      const inner = scalarOf(s, path, one.operand, frame, scenario, depth + 1);
      if (inner === undefined || inner === 'throws') return undefined;
      const type = inner.is === 'absent' ? 'undefined' : inner.is === 'text' ? 'string' : typeof inner.value;
      return type === other.value;
    }
    // `compare(a, b) === true`, `ConstantTimeCompare(a, b) == 1`
    if (
      other.kind === 'literal' &&
      (typeof other.value === 'boolean' || other.value === 1 || other.value === 0) &&
      isCallLike(one)
    ) {
      const inner = truth(s, path, one, frame, scenario, depth + 1);
      if (inner === 'throws' || inner === undefined) return inner;
      return inner === Boolean(other.value);
    }
  }
  // A length that differs says less than the comparison that follows.
  if (isLength(left) && isLength(right)) {
    const a = scalarOf(s, path, lengthSubject(left), frame, scenario, depth + 1);
    const b = scalarOf(s, path, lengthSubject(right), frame, scenario, depth + 1);
    if (a === 'throws' || b === 'throws') return 'throws';
    if (a?.is === 'absent' || b?.is === 'absent') return 'throws';
    return a && b && same(a, b) === true ? true : undefined;
  }
  const a = scalarOf(s, path, left, frame, scenario, depth + 1);
  const b = scalarOf(s, path, right, frame, scenario, depth + 1);
  if (a === 'throws' || b === 'throws') return 'throws';
  return a && b ? same(a, b) : undefined;
}

function isCallLike(e: Expr): boolean {
  return e.kind === 'call' || (e.kind === 'unary' && e.operand.kind === 'call');
}

function isLength(e: Expr): boolean {
  return (
    (e.kind === 'member' && /^(?:length|byteLength)$/.test(e.property)) ||
    (e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === 'len')
  );
}

function lengthSubject(e: Expr): Expr {
  if (e.kind === 'member') return e.object;
  return e.kind === 'call' && e.args[0] ? e.args[0].value : e;
}

function same(a: NonNullable<Scalar>, b: NonNullable<Scalar>): boolean {
  if (a.is === 'absent' || b.is === 'absent') return a.is === b.is;
  const left = a.is === 'text' ? a.text : a.value;
  const right = b.is === 'text' ? b.text : b.value;
  return left === right;
}

function callTruth(
  s: Semantics,
  path: string,
  call: CallExpr,
  frame: Frame | undefined,
  scenario: Scenario,
  depth: number,
): Outcome {
  const site: CallSite = { path, call, frame };
  const name = nameOf(call);
  const callee = s.callee(site);
  for (const option of alternatives(callee)) {
    if (option.kind !== 'function') continue;
    const outcome = functionOutcome(s, option, site, scenario, depth);
    if (outcome !== undefined) return outcome;
  }
  const said = scenario.scalar(s.evaluate(path, call, frame), call, path);
  if (said !== 'unsaid' && said !== undefined) return truthOf(said);
  if (alternatives(callee).some((option) => option.kind === 'function')) return undefined;
  if (name === undefined) return undefined;
  const args = call.args.map((a) => a.value);
  const receiver = call.callee.kind === 'member' ? call.callee.object : undefined;
  if (/^(?:assert|invariant|ok|abortUnless)$/.test(name) && args[0]) {
    const test = truth(s, path, args[0], frame, scenario, depth + 1);
    return test === false || test === 'throws' ? 'throws' : undefined;
  }
  if (/^(?:abort_if|throwIf)$/.test(name) && args[0]) {
    return truth(s, path, args[0], frame, scenario, depth + 1) === true ? 'throws' : undefined;
  }
  if (/^(?:isinstance|Boolean|bool)$/.test(name) && args[0]) {
    const inner = scalarOf(s, path, args[0], frame, scenario, depth + 1);
    return inner === 'throws' ? inner : truthOf(inner);
  }
  if (/^(?:all|any|every|some)$/.test(name)) {
    const list = args[0]?.kind === 'list' ? args[0] : receiver?.kind === 'list' ? receiver : undefined;
    if (list) {
      const outcomes = list.items.map((i) => truth(s, path, i.value, frame, scenario, depth + 1));
      const all = name === 'all' || name === 'every';
      if (outcomes.some((o) => o === !all)) return !all;
      return outcomes.every((o) => o === all) ? all : undefined;
    }
  }
  if (EQUALS.test(name)) {
    const pair = args.length >= 2 ? [args[0], args[1]] : receiver && args[0] ? [receiver, args[0]] : undefined;
    if (pair?.[0] && pair[1]) {
      const a = scalarOf(s, path, pair[0], frame, scenario, depth + 1);
      const b = scalarOf(s, path, pair[1], frame, scenario, depth + 1);
      if (a === 'throws' || b === 'throws') return 'throws';
      // Constant-time comparisons take no nothing.
      if (a?.is === 'absent' || b?.is === 'absent')
        return s.project.ecosystem(path) === 'go' ? same(a ?? { is: 'absent' }, b ?? { is: 'absent' }) : 'throws';
      const equal = a && b ? same(a, b) : undefined;
      return name === 'strictEqual' || name === 'equal' ? (equal === false ? 'throws' : undefined) : equal;
    }
  }
  if (VERIFIES.test(name) && args[0]) {
    for (const argument of args) {
      const verdict = scenario.verifies(s.evaluate(path, argument, frame));
      if (verdict !== undefined) return verdict ? true : 'throws';
    }
  }
  if (LOOKUPS.test(name) && receiver) {
    for (const argument of args) {
      const found = lookupIn(s, path, receiver, argument, frame, scenario);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function lookupIn(
  s: Semantics,
  path: string,
  store: Expr,
  key: Expr,
  frame: Frame | undefined,
  scenario: Scenario,
): boolean | undefined {
  return scenario.lookup(s.evaluate(path, store, frame), s.evaluate(path, key, frame));
}

/** What calling a workspace function comes to: what it surely returns, or that it throws. */
function functionOutcome(
  s: Semantics,
  callee: Extract<Value, { kind: 'function' }>,
  site: CallSite,
  scenario: Scenario,
  depth: number,
): Outcome {
  if (depth > DEPTH) return undefined;
  const { fn, path } = callee;
  for (let f = site.frame; f; f = f.parent) if (f.fn === fn) return undefined;
  const frame = frameAt(s, fn, site);
  const outcomes = new Set<Outcome>();
  for (const stmt of exitsOf(fn)) {
    if (reached(s, path, stmt, frame, scenario, depth + 1).reached === false) continue;
    if (stmt.how === 'throw') outcomes.add('throws');
    else if (stmt.how === 'return')
      outcomes.add(stmt.value ? truth(s, path, stmt.value, frame, scenario, depth + 1) : false);
  }
  if (endReached(s, path, fn, frame, scenario, depth)) outcomes.add(false);
  if (outcomes.size === 1) return [...outcomes][0];
  // Unsure whether a throw is reached: nothing is known.
  return undefined;
}

/** Whether control may leave a function at its end. */
function endReached(
  s: Semantics,
  path: string,
  fn: FunctionIR,
  frame: Frame,
  scenario: Scenario,
  depth: number,
): boolean {
  if (s.exits(path, fn.body)) return false;
  const last = fn.body.at(-1);
  if (!last) return true;
  for (const stmt of fn.body) {
    if (stmt.kind !== 'if') continue;
    const test = truth(s, path, stmt.test, frame, scenario, depth + 1);
    if (test === 'throws') return false;
    if (test === true && s.exits(path, stmt.then)) return false;
    if (test === false && stmt.otherwise.length > 0 && s.exits(path, stmt.otherwise)) return false;
  }
  return reached(s, path, last, frame, scenario, depth + 1).reached !== false;
}

function exitsOf(fn: FunctionIR): readonly Extract<Stmt, { kind: 'exit' }>[] {
  const found: Extract<Stmt, { kind: 'exit' }>[] = [];
  const visit = (list: readonly Stmt[]): void => {
    for (const stmt of list) {
      if (stmt.kind === 'exit') found.push(stmt);
      else if (stmt.kind === 'if') {
        visit(stmt.then);
        visit(stmt.otherwise);
      } else if (stmt.kind === 'loop' || stmt.kind === 'block') visit(stmt.body);
      else if (stmt.kind === 'try') {
        visit(stmt.body);
        for (const handler of stmt.handlers) visit(handler.body);
        visit(stmt.finally);
      }
    }
  };
  visit(fn.body);
  return found;
}

/** What an expression is in a scenario. */
export function scalarOf(
  s: Semantics,
  path: string,
  expr: Expr,
  frame: Frame | undefined,
  scenario: Scenario,
  depth: number,
): Scalar | 'throws' {
  if (depth > DEPTH * 3) return undefined;
  const deeper = (e: Expr) => scalarOf(s, path, e, frame, scenario, depth + 1);
  if (expr.kind === 'binary' && (expr.operator === '??' || expr.operator === '||')) {
    const left = deeper(expr.left);
    if (left === undefined || left === 'throws') return left;
    const falls = expr.operator === '??' ? left.is === 'absent' : truthOf(left) === false;
    return falls ? deeper(expr.right) : left;
  }
  if (expr.kind === 'binary' && expr.operator === '&&') {
    const left = deeper(expr.left);
    if (left === undefined || left === 'throws') return left;
    return truthOf(left) ? deeper(expr.right) : left;
  }
  if (expr.kind === 'choice') {
    const test = truth(s, path, expr.test, frame, scenario, depth + 1);
    if (test === 'throws') return test;
    if (test === undefined) return undefined;
    return deeper(test ? expr.then : expr.otherwise);
  }
  if (expr.kind === 'unary' && expr.operator === 'await') return deeper(expr.operand);
  if ((expr.kind === 'binary' && LOGICAL.has(expr.operator)) || (expr.kind === 'unary' && expr.operator === '!')) {
    const outcome = truth(s, path, expr, frame, scenario, depth + 1);
    return typeof outcome === 'boolean' ? { is: 'literal', value: outcome } : outcome;
  }
  const inner = expr.kind === 'call' ? carried(s, path, expr, frame) : undefined;
  if (inner) return deeper(inner);
  const value = s.evaluate(path, expr, frame);
  const said = valueScalar(value, expr, scenario, path);
  if (said?.is === 'absent' && throwsWithout(s, path, expr)) return 'throws';
  if (said !== undefined) return said;
  if (expr.kind === 'name') {
    // What the name was made of says more than its value: `const kept = cookie && decode(cookie)`.
    const binding = s.index(path).lookup(expr.name, expr);
    const only = binding?.definitions.length === 1 ? binding.definitions[0] : undefined;
    if (only?.how === 'let' && only.value && only.steps.length === 0) return deeper(only.value);
  }
  if (expr.kind === 'call') {
    const outcome = callTruth(s, path, expr, frame, scenario, depth + 1);
    if (outcome === 'throws') return outcome;
    if (outcome === false) return { is: 'absent' };
    if (outcome === true) return { is: 'text', text: 'found' };
  }
  return undefined;
}

const LOGICAL = new Set(['==', '!=', 'in', 'not in']);

/** A read that stops when there is nothing: Python's `session["state"]`, `session.pop("state")`. */
function throwsWithout(s: Semantics, path: string, expr: Expr): boolean {
  if (s.project.ecosystem(path) !== 'pypi') return false;
  if (expr.kind === 'member' || expr.kind === 'index') return true;
  return (
    expr.kind === 'call' && expr.callee.kind === 'member' && expr.callee.property === 'pop' && expr.args.length === 1
  );
}

const MARKER = /[.:](?:Cookie|Query|Form|Header|Body|Path|Param|Depends)$/;

/** What a call hands on as it is: `Buffer.from(x)`, `[]byte(x)`, `x.encode()`. */
function carried(s: Semantics, path: string, call: CallExpr, frame: Frame | undefined): Expr | undefined {
  const { knowledge } = s.project;
  const receiver = call.callee.kind === 'member' ? call.callee.object : undefined;
  const method =
    call.callee.kind === 'member' ? knowledge.anyMethod(s.project.ecosystem(path), call.callee.property) : undefined;
  for (const gives of [...s.names({ path, call, frame }).map((name) => knowledge.call(name)?.gives), method?.gives]) {
    if (!gives || !('same' in gives)) continue;
    if (gives.same === 'arg 0') return call.args[0]?.value;
    if (gives.same === 'receiver') return receiver;
  }
  return undefined;
}

function valueScalar(value: Value, expr: Expr, scenario: Scenario, path: string): Scalar {
  // What the expression itself says counts before its alternatives.
  const whole = scenario.scalar({ kind: 'unknown' }, expr, path);
  if (whole !== 'unsaid' && whole !== undefined) return whole;
  const said: NonNullable<Scalar>[] = [];
  const options = alternatives(value);
  for (const option of options) {
    // `= Cookie(None)`, `= Query(...)`: a marker of where the parameter comes from, no value of its own.
    if (options.length > 1 && option.kind === 'result' && MARKER.test(option.callee)) continue;
    const own = scenario.scalar(option, expr, path);
    if (own !== 'unsaid' && own !== undefined) said.push(own);
    else if (option.kind === 'absent' || (option.kind === 'literal' && option.value === null))
      said.push({ is: 'absent' });
    else if (option.kind === 'literal' && option.value !== null) said.push({ is: 'literal', value: option.value });
    else return undefined;
  }
  if (said.length === 1) return said[0];
  // A value with a fallback: the fallback counts only where the value is absent.
  const texts = said.filter((v) => v.is === 'text');
  if (texts.length > 0) return texts.every((t) => same(t, texts[0] as NonNullable<Scalar>)) ? texts[0] : undefined;
  const literals = said.filter((v) => v.is === 'literal');
  return literals.length > 0 ? literals[0] : said[0];
}
