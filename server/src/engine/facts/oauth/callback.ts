/**
 * The callback of an authorization request, from the place that reads `code` to the place that trades it in, and what the
 * checks on the way do with an answer that this browser did not ask for.
 */
import type { Place } from '../../base/span.js';
import type { Expr, FunctionIR, Stmt } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Frame, type Value, alternatives, partsOf, textOf } from '../../semantics/value.js';
import { frameAt } from './callers.js';
import { browserKey, holderOf, keyedRead, requestParameter, wordsOf } from './keyed-read.js';
import { originsOf } from './origins.js';
import { type Reached, type Scalar, type Scenario, reached, truth } from './scenario.js';

/** One function on the way, and the call in it that leads on. */
export interface Link {
  readonly path: string;
  readonly node: IrNode;
  readonly frame: Frame | undefined;
}

/** The ways by which the workspace gets to a node, outermost first. */
export function waysTo(s: Semantics, path: string, node: IrNode, depth = 0): readonly (readonly Link[])[] {
  const fn = s.index(path).functionOf(node);
  const calls = fn && depth < 4 && isHandedAnswer(s, path, fn) ? callersOf(s, path, fn) : [];
  if (!fn || calls.length === 0) return [[{ path, node, frame: undefined }]];
  return calls.slice(0, 4).flatMap(({ at, target }) =>
    waysTo(s, at.path, at.call, depth + 1).map((way) => {
      const last = way.at(-1) as Link;
      return [...way, { path, node, frame: frameAt(s, target, { ...at, frame: last.frame }) }];
    }),
  );
}

/** Calls of a function, or of the functions that it is written in (`.then(() => …)`). */
function callersOf(s: Semantics, path: string, fn: FunctionIR) {
  let current: FunctionIR | undefined = fn;
  for (let i = 0; current && i < 4; i++) {
    const target: FunctionIR = current;
    const { calls } = s.usage(target);
    if (calls.length > 0) return calls.map((at) => ({ at, target }));
    current = s.index(path).functionOf(target);
  }
  return [];
}

/** Whether a function is handed the answer, or its `code`, rather than reading it from the request itself. */
function isHandedAnswer(s: Semantics, path: string, fn: FunctionIR): boolean {
  if (codeRead(s, path, fn) !== undefined) return false;
  for (let current: FunctionIR | undefined = fn; current; current = s.index(path).functionOf(current))
    if (current.params.length > 0) return true;
  return false;
}

/** The first use of the answer's `code` in a function: from the request, or a parameter of that name. */
export function codeRead(s: Semantics, path: string, fn: FunctionIR | undefined): Expr | undefined {
  const index = s.index(path);
  for (const expr of index.expressions) {
    if (fn && (expr.span.start < fn.span.start || expr.span.end > fn.span.end)) continue;
    if (expr.kind !== 'member' && expr.kind !== 'call' && expr.kind !== 'name' && expr.kind !== 'index') continue;
    if (expr.kind === 'name' && !/code/i.test(expr.name)) continue;
    const value = s.evaluate(path, expr);
    if (isAnswersCode(s, value)) return expr;
    // A route's own parameter: `async def callback(code: str)`.
    if (
      expr.kind === 'name' &&
      value.kind === 'parameter' &&
      value.name === 'code' &&
      value.fn === fn &&
      isRoute(value.fn)
    )
      return expr;
  }
  return undefined;
}

/** Whether a value is `code` out of a query, a form or a fragment: not of an error or a message. */
function isAnswersCode(s: Semantics, value: Value): boolean {
  return alternatives(value).some((option) => {
    const read = keyedRead(s, option);
    return (
      read !== undefined &&
      /^(?:\w*_)?code$/i.test(read.key) &&
      holderOf(read.words) !== 'browser' &&
      read.words.slice(0, 6).some((w) => QUERY_WORD.test(w))
    );
  });
}

const QUERY_WORD =
  /^(?:query|queries|queryParams|query_params|searchParams|search_params|search|params|param|args|GET|POST|body|form|values|hash|FormValue|PostFormValue|Query|parse_qs|parse_qsl|parse|URLSearchParams|useSearchParams|get_query_argument|get_argument|getQuery|ParseQuery|input|json|route|Querystring|callbackParams|get_json|cleaned_data|data)$/;

/** Whether a function is a route by its decorator (`@app.get(…)`) or its parameters'. */
function isRoute(fn: FunctionIR): boolean {
  return fn.decorators.length > 0 || fn.params.some((p) => p.decorators.length > 0);
}

const STATE =
  /^(?!expected|stored|saved|original|kept|session|cookie|initial|cached|local|own|my|app|re?hydrat)(?:\w*_)?state(?:_?param)?$|^(?:returned|received|query|callback|incoming|oauth|response|url|request)State$/i;
const KEPT_NAME = /^(?:expected|stored|saved|original|kept|session|cookie|initial|cached)_?\w*state$/i;
const OTHER =
  /user|token|uid|account|email|next|return|redirect|provider|role|locale|theme|expire|created|_at$|At$|flash|callback_?url/i;

/** One case: what the answer carries as `state`, and what this browser has kept. */
interface Case {
  readonly presented: 'absent' | 'unknown to all' | 'the attacker’s own' | 'the kept one';
  readonly kept: 'absent' | 'there';
}

const TEXT: Readonly<Record<Case['presented'], Scalar>> = {
  absent: { is: 'absent' },
  'unknown to all': { is: 'text', text: 'stranger' },
  'the attacker’s own': { is: 'text', text: 'attacker' },
  'the kept one': { is: 'text', text: 'kept' },
};

/** Whether a value is the `state` that came in. */
export function isPresented(s: Semantics, value: Value, parameter = STATE): boolean {
  return alternatives(value).some((option) => {
    if (option.kind === 'parameter') return parameter.test(option.name) && !isCookieParameter(option);
    const read = keyedRead(s, option);
    // What holds it may be any object, but not what this browser kept.
    return (
      read !== undefined &&
      parameter.test(read.key) &&
      holderOf(read.words) !== 'browser' &&
      !READS_ELSEWHERE.test(read.words[0] ?? '')
    );
  });
}

/** Objects whose `state` is no parameter: the page's history, a store, a component. */
const READS_ELSEWHERE =
  /^(?:history|store|this|app|useState|component|redux|props|router|getState|location|ctx|context|c|req|request|event|r|window|navigation|self)$/;

/** Whether a value was kept for this browser. */
export function isKept(s: Semantics, value: Value): boolean {
  return alternatives(value).some((option) => {
    if (option.kind === 'random') return true;
    if (option.kind === 'parameter') return KEPT_NAME.test(option.name) || isCookieParameter(option);
    const key = browserKey(s, option);
    return key !== undefined && !OTHER.test(key);
  });
}

/** `oauth_state: str = Cookie(None)`: a route's parameter that is read from a cookie. */
function isCookieParameter({ fn, index }: Extract<Value, { kind: 'parameter' }>): boolean {
  const param = fn.params[index];
  const words = param ? `${param.default ? sayCall(param.default) : ''} ${param.type ? sayType(param.type) : ''}` : '';
  return /\bCookie\b/.test(words);
}

function sayType(expr: Expr): string {
  if (expr.kind === 'index') return `${sayType(expr.object)} ${sayType(expr.index)}`;
  if (expr.kind === 'list') return expr.items.map((i) => sayType(i.value)).join(' ');
  if (expr.kind === 'binary') return `${sayType(expr.left)} ${sayType(expr.right)}`;
  return sayCall(expr);
}

function scenarioFor(s: Semantics, { presented, kept }: Case): Scenario {
  const incoming = TEXT[presented];
  const own: Scalar = kept === 'absent' ? { is: 'absent' } : { is: 'text', text: 'kept' };
  return {
    name: `${presented}/${kept}`,
    scalar(value, expr, path) {
      if (filledFromBrowser(s, path, expr)) return own;
      const outcome = readOutcome(s, path, expr);
      if (outcome === 'error') return kept === 'there' ? { is: 'absent' } : { is: 'text', text: 'error' };
      if (outcome === 'found') return { is: 'literal', value: kept === 'there' };
      if (value.kind === 'random') return { is: 'text', text: 'kept' };
      if (
        value.kind === 'environment' &&
        /^(?:NODE_ENV|APP_ENV|ENV|ENVIRONMENT|FLASK_ENV|GO_ENV|RAILS_ENV)$/.test(value.name ?? '')
      )
        return { is: 'literal', value: 'production' };
      if (isPresented(s, value)) return incoming;
      if (isKept(s, value)) return own;
      const parameter = value.kind === 'parameter' ? value.name : requestParameter(s, value);
      if (parameter === 'code') return { is: 'text', text: 'code' };
      if (parameter !== undefined && /^(?:error|error_description|err)$/.test(parameter)) return { is: 'absent' };
      return 'unsaid';
    },
    lookup(store, key) {
      const words = wordsOf(s, store);
      const holder = holderOf(words);
      const name = textOf(key);
      // `searchParams.has('state')`, `'oauth_state' in session`: there or not.
      if (name !== undefined) {
        if (holder === 'request' && STATE.test(name)) return incoming?.is !== 'absent';
        if (holder === 'browser' && !OTHER.test(name)) return kept === 'there';
        return undefined;
      }
      if (![...partsOf(key)].some((part) => isPresented(s, part))) return undefined;
      if (presented === 'absent') return false;
      if (holder === 'browser' || originsOf(s, key).some((part) => browserKey(s, part) !== undefined))
        return presented === 'the kept one' && kept === 'there';
      return presented !== 'unknown to all';
    },
    verifies(value) {
      if (![...partsOf(value)].some((part) => isPresented(s, part))) return undefined;
      return presented === 'the attacker’s own' || presented === 'the kept one';
    },
  };
}

const BROWSERS = /cookie|session/i;

/** A field of a variable that a call has filled from a cookie or session: `readCookie(r, name, &flow)`, `flow.State`. */
function filledFromBrowser(s: Semantics, path: string, expr: Expr): boolean {
  if (expr.kind !== 'member' || expr.object.kind !== 'name' || !/state/i.test(expr.property)) return false;
  const index = s.index(path);
  const binding = index.lookup(expr.object.name, expr);
  if (!binding) return false;
  return index.references(binding).some((reference) => {
    const taken = index.parentOf(reference);
    if (!taken || !('kind' in taken) || taken.kind !== 'unary' || taken.operator !== '&') return false;
    const call = index.parentOf(taken);
    return call !== undefined && 'kind' in call && call.kind === 'call' && BROWSERS.test(sayCall(call));
  });
}

/** `err` and `ok` of a read from a cookie or session: whether it found anything. */
function readOutcome(s: Semantics, path: string, expr: Expr): 'error' | 'found' | undefined {
  if (expr.kind !== 'name' || !/^(?:err|ok|exists|found)$/.test(expr.name)) return undefined;
  const binding = s.index(path).lookup(expr.name, expr);
  const last = binding?.definitions.filter((d) => d.at <= expr.span.start).at(-1);
  if (!last?.value || !BROWSERS.test(sayCall(last.value))) return undefined;
  return expr.name === 'err' ? 'error' : 'found';
}

/** The names in a call, and its arguments'. */
function sayCall(expr: Expr): string {
  switch (expr.kind) {
    case 'call':
      return `${sayCall(expr.callee)} ${expr.args.map((a) => sayCall(a.value)).join(' ')}`;
    case 'member':
      return `${sayCall(expr.object)}.${expr.property}`;
    case 'index':
      return sayCall(expr.object);
    case 'unary':
      return sayCall(expr.operand);
    case 'name':
      return expr.name;
    case 'literal':
      return String(expr.value);
    default:
      return '';
  }
}

/** What the checks on a way do about `state`. */
export interface StateVerdict {
  readonly check: 'library' | 'equality' | 'lookup' | 'signature' | 'presence' | 'none' | 'unknown';
  readonly missing: 'rejects' | 'skips';
  readonly failure: 'rejects' | 'continues';
  readonly bound: 'yes' | 'no' | 'unknown';
  readonly order: 'before' | 'after' | 'late';
  /** The check, or where the answer is used without one. */
  readonly place: Place | undefined;
  readonly skip: Place | undefined;
}

/** Tries a way out with the answers that an attacker can send. `takesAnswer`: the exchange is handed the whole answer. */
export function judgeWay(s: Semantics, way: readonly Link[], takesAnswer = false): StateVerdict {
  const last = way.at(-1) as Link;
  const run = (presented: Case['presented'], kept: Case['kept'], node?: IrNode) => {
    const links = node ? [...way.slice(0, -1), { ...last, node }] : way;
    return runWay(s, links, scenarioFor(s, { presented, kept }));
  };
  const stranger = run('unknown to all', 'there');
  const gone: StateVerdict = {
    check: 'none',
    missing: 'skips',
    failure: 'rejects',
    bound: 'unknown',
    order: 'before',
    place: undefined,
    skip: undefined,
  };
  if (stranger.reached !== false) {
    const late = laterCheck(s, way);
    if (late) return { ...gone, check: 'equality', ...late, bound: 'yes', missing: 'rejects' };
    if (
      stranger.unsure.some(({ path, test, frame }) => mentionsState(s, path, test, frame)) ||
      helperTakesState(s, way)
    )
      return { ...gone, check: 'unknown' };
    if (!takesAnswer && !comesFromRequest(s, way)) return { ...gone, check: 'unknown' };
    const absent = run('absent', 'there');
    if (absent.reached === false && absent.by)
      return { ...gone, check: 'presence', place: { path: absent.by.path, span: absent.by.node.span } };
    return gone;
  }
  const place = stranger.by && { path: stranger.by.path, span: stranger.by.node.span };
  const own = ['absent', 'there'] as const;
  const forged = own.map((kept) => passes(s, run('the attacker’s own', kept)));
  const bound = forged.every((f) => f === true) ? 'no' : forged.includes('unknown') ? 'unknown' : 'yes';
  const misses = [run('absent', 'there'), run('unknown to all', 'absent'), run('absent', 'absent')];
  const skips = bound !== 'no' && misses.some((m) => passes(s, m) === true);
  return {
    check: bound === 'no' ? 'lookup' : 'equality',
    missing: skips ? 'skips' : 'rejects',
    failure: 'rejects',
    bound,
    order: 'before',
    place,
    skip: skips ? place : undefined,
  };
}

/** Whether a way surely begins where the answer arrives: there `code` is read, or handed over beside `state`. */
function comesFromRequest(s: Semantics, way: readonly Link[]): boolean {
  const first = way[0] as Link;
  const fn = s.index(first.path).functionOf(first.node);
  if (codeRead(s, first.path, fn) !== undefined) return true;
  const names = fn?.params.map((p) => (p.target.kind === 'bind' ? p.target.name : '')) ?? [];
  return names.includes('code') && names.some((n) => STATE.test(n));
}

/** Whether a scenario gets through: yes, no, or not known because a check on `state` could not be decided. */
function passes(s: Semantics, { reached: got, unsure }: Reached): boolean | 'unknown' {
  if (got !== undefined) return got;
  return unsure.some(({ path, test, frame }) => mentionsState(s, path, test, frame)) ? 'unknown' : true;
}

function runWay(s: Semantics, way: readonly Link[], scenario: Scenario): Reached {
  const unsure: Reached['unsure'][number][] = [];
  for (const link of way) {
    const result = reached(s, link.path, link.node, link.frame, scenario);
    if (result.reached === false) return result;
    unsure.push(...result.unsure);
  }
  const first = way[0] as Link;
  const before = middlewareStops(s, first, scenario);
  if (before) return { reached: false, by: before, unsure };
  return { reached: unsure.length > 0 ? undefined : true, unsure };
}

/** A function that runs before the handler on the same route, and does not go on in this scenario. */
function middlewareStops(s: Semantics, link: Link, scenario: Scenario): Reached['by'] {
  const fn = s.index(link.path).functionOf(link.node);
  if (!fn) return undefined;
  for (const { site, index } of s.usage(fn).passed) {
    for (const argument of site.call.args.slice(0, index)) {
      for (const value of alternatives(s.evaluate(site.path, argument.value, site.frame))) {
        if (value.kind !== 'function' || value.fn.params.length < 2) continue;
        const stop = neverGoesOn(s, value, scenario);
        if (stop) return stop;
      }
    }
  }
  return undefined;
}

function neverGoesOn(
  s: Semantics,
  { fn, path }: Extract<Value, { kind: 'function' }>,
  scenario: Scenario,
): Reached['by'] {
  const param = fn.params.at(-1)?.target;
  const next = param?.kind === 'bind' ? param.name : undefined;
  if (!next) return undefined;
  let by: Reached['by'];
  let count = 0;
  for (const call of s.index(path).calls) {
    if (call.callee.kind !== 'name' || call.callee.name !== next || call.args.length > 0) continue;
    if (call.span.start < fn.span.start || call.span.end > fn.span.end) continue;
    count++;
    const result = reached(s, path, call, undefined, scenario);
    if (result.reached !== false) return undefined;
    by = result.by;
  }
  return count > 0 ? by : undefined;
}

/** A comparison that is made, but stops nothing, or only after the code was used. */
function laterCheck(
  s: Semantics,
  way: readonly Link[],
):
  | { failure: StateVerdict['failure']; order: StateVerdict['order']; place: Place; skip: Place | undefined }
  | undefined {
  const wrong = scenarioFor(s, { presented: 'unknown to all', kept: 'there' });
  const right = scenarioFor(s, { presented: 'the kept one', kept: 'there' });
  for (const link of way) {
    const index = s.index(link.path);
    const fn = index.functionOf(link.node);
    for (const stmt of index.statements) {
      if (stmt.kind !== 'if' || (fn ? !within(fn, stmt) : false)) continue;
      const bad = truth(s, link.path, stmt.test, link.frame, wrong, 0);
      if (typeof bad !== 'boolean' || truth(s, link.path, stmt.test, link.frame, right, 0) !== !bad) continue;
      const place = { path: link.path, span: stmt.test.span };
      const branch = bad ? stmt.then : stmt.otherwise;
      const follows = stmt.span.start > link.node.span.end;
      if (!s.exits(link.path, branch)) {
        // A branch that holds all that follows is a check too: `if (state === kept) { … }`.
        if (branch.length === 0 && !follows) return { failure: 'continues', order: 'before', place, skip: place };
        if (branch.length === 0 && follows) return { failure: 'rejects', order: 'after', place, skip: undefined };
        return { failure: 'continues', order: follows ? 'late' : 'before', place, skip: place };
      }
      if (follows) {
        const signIn = signInBetween(index.statements, link.node, stmt);
        return { failure: 'rejects', order: signIn ? 'late' : 'after', place, skip: undefined };
      }
    }
  }
  return undefined;
}

/** Whether something is kept for the browser between the exchange and the check. */
function signInBetween(statements: readonly Stmt[], from: IrNode, to: Stmt): boolean {
  return statements.some(
    (stmt) =>
      stmt.span.start > from.span.end &&
      stmt.span.end <= to.span.start &&
      ((stmt.kind === 'let' &&
        stmt.target.kind === 'place' &&
        /session|user/i.test(sayPlace(stmt.target.expression))) ||
        (stmt.kind === 'expr' &&
          stmt.value.kind === 'call' &&
          /cookie|login|signIn|setItem|session/i.test(sayPlace(stmt.value.callee)))),
  );
}

function sayPlace(expr: Expr): string {
  if (expr.kind === 'member') return `${sayPlace(expr.object)}.${expr.property}`;
  if (expr.kind === 'index') return sayPlace(expr.object);
  return expr.kind === 'name' ? expr.name : '';
}

function within(
  outer: { span: { start: number; end: number } },
  inner: { span: { start: number; end: number } },
): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

/** Whether a test is about `state`, the one that came or the one that was kept. */
function mentionsState(s: Semantics, path: string, test: Expr, frame: Frame | undefined): boolean {
  const index = s.index(path);
  return index.expressions.some((expr) => {
    if (
      !within(test, expr) ||
      (expr.kind !== 'name' && expr.kind !== 'member' && expr.kind !== 'call' && expr.kind !== 'index')
    )
      return false;
    const value = s.evaluate(path, expr, frame);
    return isPresented(s, value) || (isKept(s, value) && value.kind !== 'random');
  });
}

/** A helper that is not in the workspace is handed the answer's `state`: it may compare. */
function helperTakesState(s: Semantics, way: readonly Link[]): boolean {
  return way.some((link) => {
    const index = s.index(link.path);
    const fn = index.functionOf(link.node);
    return index.calls.some((call) => {
      if (call.span.start >= link.node.span.start || index.functionOf(call) !== fn) return false;
      const name =
        call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
      if (!/state|csrf|verif|valid|check|assert|callback/i.test(name)) return false;
      if (alternatives(s.callee({ path: link.path, call, frame: link.frame })).some((c) => c.kind === 'function'))
        return false;
      return call.args.some((a) => isPresented(s, s.evaluate(link.path, a.value, link.frame)));
    });
  });
}
