/**
 * What must be true of a request that gets past a function: read from its body for functions of the workspace, from models
 * for libraries, from its name where nobody can look.
 */
import type { Place } from '../../base/span.js';
import type { CallExpr, Expr, FunctionIR, Stmt } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { externalBase } from '../../semantics/classes.js';
import { type FileIndex, isFunction } from '../../semantics/file-index.js';
import type { Semantics } from '../../semantics/semantics.js';
import { annotationOf, namesOf } from '../../semantics/types.js';
import {
  type CallSite,
  type Frame,
  type Value,
  alternatives,
  booleanOf,
  numberOf,
  textOf,
} from '../../semantics/value.js';
import { type Proof, checksAt, checksIn, endChecks } from './checks.js';
import { callsIn, chainOf, dotted, frameOf } from './steps.js';

/** `writes`: it rejects only what changes something. */
export type Outcome = 'writes' | 'rejects' | 'optional' | 'continues' | 'open' | 'none' | 'unknown';

export interface Guard {
  readonly name: string;
  readonly proves: ReadonlySet<Proof>;
  readonly outcome: Outcome;
  /** Only its name is known. */
  readonly presumed: boolean;
  /** It rests on a token that nobody verified. */
  readonly decoded: boolean;
  /** Where it goes on although the check failed. */
  readonly flaw?: Place;
  /** Where the function stands that was read. */
  readonly fn?: { readonly path: string; readonly fn: FunctionIR };
  /** Every role or permission that it names. */
  readonly roles: readonly string[];
  /** Paths that it lets through unasked, as tests of its own. */
  readonly exempts: boolean;
}

/** How a function goes on. `chain`: by `Next()` or by returning, unless it aborted. */
export type Style = 'next' | 'hook' | 'dependency' | 'boolean' | 'wrapper' | 'chain';

const NONE: ReadonlySet<Proof> = new Set();

/** The guards that an expression in guard position stands for: functions, lists of them, library calls, names. */
export function guardsOf(
  s: Semantics,
  path: string,
  expr: Expr,
  frame: Frame | undefined,
  style?: Style,
): readonly Guard[] {
  return fromValue(s, s.evaluate(path, expr, frame), lastName(expr), style, 4, path, expr);
}

function fromValue(
  s: Semantics,
  value: Value,
  name: string,
  style: Style | undefined,
  depth: number,
  path: string,
  expr?: Expr,
): readonly Guard[] {
  if (depth === 0) return [];
  switch (value.kind) {
    case 'oneOf': {
      // Any of these may run: the weakest counts.
      const all = value.values.map((v) => fromValue(s, v, name, style, depth - 1, path, expr));
      const known = all.filter((g) => g.length > 0);
      return known.sort((a, b) => strength(a) - strength(b))[0] ?? [];
    }
    case 'list':
      return value.items.flatMap((v) => fromValue(s, v, name, style, depth - 1, path));
    case 'function':
      return [
        orByName(
          s,
          summarise(s, value.path, value.fn, value.frame, style ?? styleOf(value.fn), name),
          value.fn,
          name,
          path,
          expr,
        ),
      ];
    case 'class':
      return [classGuard(s, value, name)];
    case 'instance':
      return [classGuard(s, { kind: 'class', cls: value.cls, path: value.path }, name)];
    case 'external': {
      const said = librarySays(s, [value.name], undefined);
      return [said ?? byName(name || (value.name.split('.').at(-1) ?? ''))];
    }
    case 'result': {
      const said = librarySays(s, [value.callee], value.site);
      if (said) return [said];
      // A wrapper of a library around a handler of ours: `asyncHandler(requireAuth)`.
      const inner = value.site.call.args.flatMap((a) =>
        a.value.kind === 'literal'
          ? []
          : guardsOf(s, value.site.path, a.value, value.site.frame, style).filter(
              (g) => !g.presumed && g.outcome !== 'none',
            ),
      );
      return inner.length > 0 ? inner : [byName(dotted(value.site.call.callee).split('.').at(-1) ?? name)];
    }
    case 'member': {
      const said = librarySays(s, namesOf(s, value), undefined);
      return [said ?? byName(name)];
    }
    case 'call':
      return [byName(dotted(value.site.call.callee).split('.').at(-1) ?? name)];
    default:
      return name ? [byName(name)] : [];
  }
}

/** A guard whose body could not be followed is known by its name; one that only goes on is not. */
function orByName(
  s: Semantics,
  guard: Guard,
  fn: FunctionIR,
  name: string,
  path: string,
  expr: Expr | undefined,
): Guard {
  const followed =
    guard.outcome !== 'none' &&
    guard.outcome !== 'unknown' &&
    !(guard.outcome === 'optional' && !guard.flaw && refusesSomewhere(s, guard));
  if (followed) return guard;
  const presumed = byName(name || guard.name);
  if (presumed.outcome !== 'rejects' || !/auth|login|protect|guard|admin|role|permission/i.test(presumed.name))
    return guard;
  // Something that is plain to read and asks for nothing is no guard, whatever its name.
  if (fn.body.length < 2 && !fn.body.some((x) => x.kind === 'exit' && x.value?.kind === 'call')) return guard;
  const rights = expr?.kind === 'call' ? rolesGiven(s, { path, call: expr, frame: undefined }) : [];
  return {
    ...presumed,
    proves: rights.length > 0 ? new Set<Proof>([...presumed.proves, 'role']) : presumed.proves,
    roles: rights,
  };
}

/** Whether a function refuses on some path: it hands an error on, throws, or writes a refusal. */
function refusesSomewhere(s: Semantics, guard: Guard): boolean {
  if (!guard.fn) return false;
  const { path, fn } = guard.fn;
  return callsIn(s.index(path), fn).some((c) => {
    const name = lastName(c.callee);
    return (
      (/^(next|reject|abort|throw)$/.test(name) && c.args.length > 0) ||
      (/^(catch|then)$/.test(name) && c.args.length > 0) ||
      c.args.some((a) => refuses(s, path, a.value))
    );
  });
}

function strength(guards: readonly Guard[]): number {
  return guards.some((g) => g.outcome === 'rejects') ? 2 : guards.some((g) => g.outcome === 'optional') ? 1 : 0;
}

function lastName(expr: Expr): string {
  return dotted(expr).split('.').at(-1) ?? '';
}

/** How a function that stands in guard position goes on, by its parameters. */
export function styleOf(fn: FunctionIR): Style {
  const names = fn.params.map((p) => (p.target.kind === 'bind' ? p.target.name : ''));
  if (fn.params.length === 1 && names[0] === 'next') return 'wrapper';
  if (names.some((n) => /^_?(next|call_next|callNext)$/.test(n))) return 'next';
  if (names.some((n) => /^(reply|rep)$/.test(n))) return 'hook';
  if (
    fn.params.length === 1 &&
    fn.params[0]?.target.kind === 'fields' &&
    fn.params[0].target.fields.some((f) => f.key === 'next')
  )
    return 'next';
  if (fn.params.length >= 2 && /^(req|request|ctx|c|context|_req)$/.test(names[0] ?? '')) return 'next';
  if (
    /^(f|fn|func|view|view_func|handler|endpoint|route|function|method|wrapped)$/.test(names[0] ?? '') &&
    fn.params.length === 1
  )
    return 'wrapper';
  return 'dependency';
}

/** What library models say of one of these names. */
export function librarySays(s: Semantics, names: readonly string[], site: CallSite | undefined): Guard | undefined {
  for (const name of names) {
    for (const saying of s.project.knowledge.says(name)) {
      if (saying.is !== 'Guard') continue;
      if (saying.when && site && !Object.entries(saying.when).every(([at, wanted]) => holdsAt(s, site, at, wanted)))
        continue;
      if (saying.when && !site && Object.values(saying.when).some((w) => w === 'present' || w === true)) continue;
      const proves = String(saying.fixed.proves);
      const outcome = String(saying.fixed.outcome) as Outcome;
      const relaxed = site !== undefined && letsThrough(s, site);
      const proof: Proof = proves === 'role' ? 'role' : proves === 'owner' ? 'owner' : 'caller';
      return {
        name: name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1),
        proves: outcome === 'open' ? NONE : new Set<Proof>(proof === 'caller' ? ['caller'] : ['caller', proof]),
        outcome: relaxed ? 'optional' : outcome,
        presumed: false,
        decoded: false,
        roles: site && proof === 'role' ? rolesGiven(s, site) : [],
        exempts: false,
      };
    }
  }
  return undefined;
}

/** `{ credentialsRequired: false }`, `{ passthrough: true }`, `{ authRequired: false }`. */
function letsThrough(s: Semantics, site: CallSite): boolean {
  for (let i = 0; i < 2; i++) {
    for (const [key, bad] of [
      ['credentialsRequired', false],
      ['passthrough', true],
      ['authRequired', false],
      ['optional', true],
    ] as const)
      if (booleanOf(s.access(site, `arg ${i} .${key}`).value) === bad) return true;
  }
  return false;
}

function holdsAt(s: Semantics, site: CallSite, at: string, wanted: unknown): boolean {
  const value = s.access(site, at).value;
  if (wanted === 'absent') return value.kind === 'absent';
  if (wanted === 'present') return value.kind !== 'absent';
  return value.kind === 'literal' && value.value === wanted;
}

const GUARDS =
  /^(require|ensure|must|is|has|check|verify|validate|protect|guard|authorize|authorise|authenticate|authenticated|only|restrict|allow|permit|enforce|assert|deny|auth|jwt|login|need|get_?current|current|admin|role|roles|permission|permissions|token|session|user|with)/i;
const SUBJECTS =
  /(auth|login|logged|signed|user|session|token|jwt|admin|role|perm|scope|owner|member|account|access|protect|guard|identity|principal|staff|bearer|clerk|can|restrict|api_?key)/i;
const OPTIONAL =
  /^(attach|load|parse|optional|maybe|try|soft|set|populate|extract|decode|init)|optional|IfPresent|_or_none|OrNone|if_any/i;

/** What a name alone lets presume. */
export function byName(name: string): Guard {
  const base = { name, presumed: true, decoded: false, roles: [], exempts: false };
  if (
    /^(sessions?|initialize|cookie_?session|cookie_?parser|csrf\w*|user|users|token|tokens|role|roles|members?|account|json|use|router|session_?middleware|withRouter)$/i.test(
      name,
    )
  )
    return { ...base, proves: NONE, outcome: 'none' };
  if (OPTIONAL.test(name)) return { ...base, proves: NONE, outcome: SUBJECTS.test(name) ? 'optional' : 'none' };
  if (
    !(GUARDS.test(name) && SUBJECTS.test(name)) &&
    !/^(protect|protected|guard|authorize|authorise|can|restrictTo)$/i.test(name) &&
    !/(Auth|Guard|Required|_required|Authenticated|Authorized|Only)$/.test(name)
  )
    return { ...base, proves: NONE, outcome: 'none' };
  const proves = new Set<Proof>(['caller']);
  if (/admin|role|perm|scope|staff|restrict|\bcan\b|^can|authori[sz]e|allow|manager|moderator|superuser/i.test(name))
    proves.add('role');
  if (/owner|ownership|member/i.test(name)) proves.add('owner');
  if (/api_?key|signature|webhook|hmac|internal/i.test(name)) proves.add('secret');
  return { ...base, proves, outcome: 'rejects' };
}

/** Guard classes: `canActivate`, `has_permission`, a strategy's guard that is extended. */
function classGuard(s: Semantics, value: Extract<Value, { kind: 'class' }>, name: string): Guard {
  const { cls, path } = value;
  const base = externalBase(s, cls, path);
  const said = base ? librarySays(s, [base], undefined) : undefined;
  const method = cls.methods.find((m) =>
    /^(canActivate|has_permission|has_object_permission|dispatch|handle|__call__|__acall__)$/.test(m.name),
  );
  if (method && !/super/.test(dottedCalls(s, path, method))) {
    const style: Style =
      method.name === '__call__' || method.name === '__acall__' || method.name === 'dispatch' ? 'next' : 'boolean';
    const own = summarise(s, path, method, undefined, style, cls.name || name);
    const object = cls.methods.find((m) => m.name === 'has_object_permission');
    return object && object !== method ? { ...own, proves: new Set([...own.proves, 'owner']) } : own;
  }
  if (said) {
    const lenient = cls.methods.find((m) => m.name === 'handleRequest');
    // An overridden answer that never throws lets everybody in.
    if (lenient && !lenient.body.some((x) => throwsSomewhere(x)))
      return { ...said, name: cls.name, outcome: 'optional', fn: { path, fn: lenient } };
    return { ...said, name: cls.name || said.name };
  }
  return byName(cls.name || name);
}

function dottedCalls(s: Semantics, path: string, fn: FunctionIR): string {
  return callsIn(s.index(path), fn)
    .map((c) => dotted(c.callee))
    .join(' ');
}

function throwsSomewhere(stmt: Stmt): boolean {
  if (stmt.kind === 'exit') return stmt.how === 'throw';
  if (stmt.kind === 'if') return stmt.then.some(throwsSomewhere) || stmt.otherwise.some(throwsSomewhere);
  if (stmt.kind === 'block' || stmt.kind === 'loop') return stmt.body.some(throwsSomewhere);
  return false;
}

const running = new WeakSet<FunctionIR>();

/** Reads a function that stands in guard position. */
export function summarise(
  s: Semantics,
  path: string,
  fn: FunctionIR,
  frame: Frame | undefined,
  style: Style,
  name: string,
): Guard {
  const called = fn.name || name;
  const base = {
    name: called,
    presumed: false,
    decoded: false,
    fn: { path, fn },
    roles: [] as readonly string[],
    exempts: false,
  };
  if (running.has(fn)) return { ...base, proves: NONE, outcome: 'unknown' };
  running.add(fn);
  try {
    const index = s.index(path);
    style = chained(index, fn, style);
    const { points, inner } = continuePoints(s, path, index, fn, frame, style);
    const body = inner ?? fn;
    const stacked = inner ? decoratorProofs(s, path, inner, frame) : NONE;
    if (points.length === 0) {
      // It never goes on: an answer of its own, or a factory whose product we did not see.
      return { ...base, proves: NONE, outcome: style === 'dependency' ? 'none' : 'unknown' };
    }
    let common: Set<Proof> | undefined;
    let decoded = false;
    const roles = new Set<string>();
    let unproven = 0;
    let exempts = false;
    for (const point of points) {
      const proofs = new Set<Proof>(stacked);
      const checks =
        point === 'end'
          ? endChecks(s, path, body, frame, 3)
          : checksAt(s, { path, node: point, frame, fn: body, via: undefined });
      for (const c of checks) {
        proofs.add(c.proves);
        if (c.decoded) decoded = true;
        for (const r of c.roles ?? []) roles.add(r);
      }
      if (style === 'boolean' && point !== 'end') for (const p of returned(s, path, point, frame)) proofs.add(p);
      const verified = verifiedBefore(s, path, index, body, point, frame);
      if (verified) proofs.add('token');
      if (verified === 'decoded') decoded = true;
      if (proofs.size === 0) {
        if (point !== 'end' && exempted(s, path, point)) {
          exempts = true;
          continue;
        }
        unproven++;
        continue;
      }
      common = common ? new Set([...common].filter((p) => proofs.has(p))) : proofs;
      if (common.size === 0) common = new Set([...proofs].includes('caller') ? ['caller'] : [...proofs].slice(0, 1));
    }
    const proves = normal(common ?? new Set<Proof>());
    const more = { proves, decoded, roles: [...roles], exempts };
    if (unproven === 0 && proves.size > 0) return { ...base, ...more, outcome: 'rejects' };
    const events = hasProofEvent(s, path, index, body, frame);
    if (!events) return { ...base, ...more, proves: NONE, outcome: 'none' };
    const flaw = flawIn(s, path, index, body, points, style);
    if (flaw && flaw.answered && (style === 'hook' ? flaw.sends === false : true))
      return { ...base, ...more, proves: NONE, outcome: 'continues', flaw: flaw.place };
    if (style === 'hook' && flaw?.answered)
      return { ...base, ...more, proves: proves.size > 0 ? proves : new Set<Proof>(['caller']), outcome: 'rejects' };
    if (flaw && !OPTIONAL.test(called))
      return { ...base, ...more, proves: NONE, outcome: 'optional', flaw: flaw.place };
    return { ...base, ...more, proves: NONE, outcome: 'optional' };
  } finally {
    running.delete(fn);
  }
}

/** A function of one parameter that goes on by calling `Next` on it; where it returns nothing, returning goes on too. */
function chained(index: FileIndex, fn: FunctionIR, style: Style): Style {
  const only = fn.params.length === 1 ? fn.params[0]?.target : undefined;
  if (only?.kind !== 'bind' || style === 'wrapper' || style === 'boolean') return style;
  const calls = callsIn(index, fn).filter(
    (c) => c.callee.kind === 'member' && c.callee.object.kind === 'name' && c.callee.object.name === only.name,
  );
  if (calls.some((c) => c.callee.kind === 'member' && /^Abort/.test(c.callee.property))) return 'chain';
  return calls.some((c) => c.callee.kind === 'member' && c.callee.property === 'Next' && c.args.length === 0)
    ? fn.returns
      ? 'next'
      : 'chain'
    : style;
}

/** A role, owner or verified token says that there is a caller. */
function normal(proofs: Set<Proof>): ReadonlySet<Proof> {
  if (proofs.has('token') || proofs.has('role') || proofs.has('owner')) proofs.add('caller');
  return proofs;
}

/** Where a function lets the request go on. `end`: by running to its end. */
function continuePoints(
  s: Semantics,
  path: string,
  index: FileIndex,
  fn: FunctionIR,
  frame: Frame | undefined,
  style: Style,
): { points: readonly (IrNode | 'end')[]; inner?: FunctionIR } {
  void frame;
  const calls = callsIn(index, fn);
  if (style === 'next') {
    const points = calls.filter((c) => continues(index, fn, c));
    return { points };
  }
  if (style === 'chain') {
    const aborts = (node: IrNode) => {
      const list = index.listOf(node);
      return (
        list !== undefined &&
        calls.some(
          (c) =>
            c.callee.kind === 'member' &&
            /^Abort/.test(c.callee.property) &&
            list.some((x) => c.span.start >= x.span.start && c.span.end <= x.span.end) &&
            c.span.end <= node.span.end,
        )
      );
    };
    const points: (IrNode | 'end')[] = calls.filter(
      (c) => c.callee.kind === 'member' && c.callee.property === 'Next' && c.args.length === 0,
    );
    const next = points.length > 0;
    for (const x of index.statements)
      if (
        x.kind === 'exit' &&
        x.how === 'return' &&
        x.span.start >= fn.span.start &&
        x.span.end <= fn.span.end &&
        index.functionOf(x) === fn &&
        !aborts(x) &&
        !points.some((p) => p !== 'end' && s.dominates(path, p, x))
      )
        points.push(x);
    const last = fn.body.at(-1);
    if (!next && last && !aborts(last) && !s.exits(path, fn.body)) points.push('end');
    return { points };
  }
  if (style === 'wrapper') {
    const points: CallExpr[] = [];
    let inner: FunctionIR | undefined;
    for (const call of calls) {
      const handed = wrappedCall(index, fn, call);
      if (!handed) continue;
      points.push(call);
      inner ??= index.functionOf(call);
    }
    return inner ? { points, inner } : { points };
  }
  const returns = index.statements.filter(
    (x): x is Extract<Stmt, { kind: 'exit' }> =>
      x.kind === 'exit' &&
      x.how === 'return' &&
      x.span.start >= fn.span.start &&
      x.span.end <= fn.span.end &&
      index.functionOf(x) === fn,
  );
  if (style === 'boolean')
    return { points: returns.filter((r) => !(r.value?.kind === 'literal' && r.value.value !== true)) };
  const falls = !s.exits(path, fn.body);
  if (style === 'hook') {
    const points: (IrNode | 'end')[] = returns.filter(
      (r) => !r.value || (r.value.kind === 'literal' && r.value.value === null),
    );
    if (falls) points.push('end');
    return { points };
  }
  return { points: falls ? [...returns, 'end'] : returns };
}

/** `next()`, `await next()`, `return next(ctx)`, `call_next(request)`, `get_response(request)`. A call with an error is a rejection. */
function continues(index: FileIndex, fn: FunctionIR, call: CallExpr): boolean {
  const callee = call.callee;
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
  const last = fn.params.at(-1)?.target;
  const isLast =
    fn.params.length >= 2 &&
    last?.kind === 'bind' &&
    callee.kind === 'name' &&
    last.name === name &&
    /^(n|done|proceed|cb|nxt|_next)$/.test(name);
  if (!/^(next|Next|call_next|callNext|get_response|resolve|doNext)$/.test(name) && !isLast) return false;
  void index;
  const first = call.args[0]?.value;
  if (!first) return true;
  if (name === 'call_next' || name === 'get_response' || name === 'resolve') return true;
  // tRPC hands the context on.
  return first.kind === 'record' || (first.kind === 'literal' && first.value === null);
}

/** A call of what the wrapper was given, or of what the wrapper around it was given. */
function wrappedCall(index: FileIndex, fn: FunctionIR, call: CallExpr): boolean {
  let callee: Expr = call.callee;
  // `fn.apply(this, args)`, `current_app.ensure_sync(f)(…)`
  if (callee.kind === 'member' && /^(apply|call|ServeHTTP)$/.test(callee.property)) callee = callee.object;
  if (callee.kind === 'call' && callee.args[0]) callee = callee.args[0].value;
  if (callee.kind !== 'name') return false;
  const binding = index.lookup(callee.name, callee);
  const owner = binding?.scope.owner;
  if (!owner || !isFunction(owner) || !binding.definitions.some((d) => d.how === 'param')) return false;
  const around = index.functionOf(call);
  return around !== owner && owner.span.start >= fn.span.start && owner.span.end <= fn.span.end;
}

/** The proofs in the value that a check returns: `return user.role === 'admin'`. */
function returned(s: Semantics, path: string, point: IrNode, frame: Frame | undefined): readonly Proof[] {
  if (!('kind' in point) || point.kind !== 'exit' || !point.value || point.value.kind === 'literal') return [];
  return checksInTest(s, path, point.value, frame);
}

/** Whether a token was surely verified before a place: the call throws, or its answer was tested (that is a check of its own). */
function verifiedBefore(
  s: Semantics,
  path: string,
  index: FileIndex,
  fn: FunctionIR,
  point: IrNode | 'end',
  frame: Frame | undefined,
): 'verified' | 'decoded' | undefined {
  for (const call of callsIn(index, fn)) {
    const site: CallSite = { path, call, frame };
    const saying = s
      .names(site)
      .flatMap((n) => s.project.knowledge.says(n))
      .find((x) => x.is === 'TokenVerify' || x.is === 'TokenDecode');
    const callee = saying ? undefined : alternatives(s.callee(site)).find((v) => v.kind === 'function');
    const viaHelper =
      callee?.kind === 'function' &&
      !(callee.path === path && callee.fn.span.start >= fn.span.start && callee.fn.span.end <= fn.span.end)
        ? helperVerifies(s, callee, frameOf(s, site, callee))
        : undefined;
    const presumed =
      (!saying &&
        !callee &&
        /^(verify|verifyAsync|verifyIdToken|verifyToken|authenticateRequest|introspect)$/.test(lastName(call.callee)) &&
        /jwt|token|jose|auth|clerk|admin/i.test(dotted(call.callee))) ||
      (!saying &&
        !callee &&
        /^(verify|validate|decode|check|require|authenticate)\w*(token|jwt|session|auth|user|request|credentials|assertion|payload)\w*$|^jwt_?verify$/i.test(
          lastName(call.callee),
        ) &&
        !/decode/i.test(lastName(call.callee)));
    if (!saying && !viaHelper && !presumed) continue;
    const skipped = saying ? skipsSignature(s, site) : false;
    const answer = saying?.is === 'TokenDecode' || skipped || viaHelper === 'decoded' ? 'decoded' : 'verified';
    if (
      saying &&
      saying.fixed.failure !== undefined &&
      saying.fixed.failure !== 'throws' &&
      saying.fixed.failure !== 'promise'
    )
      continue;
    if (point === 'end' ? runsToEnd(s, path, index, fn, call) : before(s, path, index, fn, call, point)) return answer;
  }
  return undefined;
}

function skipsSignature(s: Semantics, site: CallSite): boolean {
  for (const at of ['named options .verify_signature', 'arg 2 .verify_signature', 'named verify'])
    if (booleanOf(s.access(site, at).value) === false) return true;
  return false;
}

const verifying = new WeakSet<FunctionIR>();

/** Whether a helper throws unless a token is good. One that returns nothing instead is seen by the test of its answer. */
function helperVerifies(
  s: Semantics,
  callee: Extract<Value, { kind: 'function' }>,
  frame: Frame,
): 'verified' | 'decoded' | undefined {
  const { fn, path } = callee;
  if (verifying.has(fn) || fn.body.length === 0) return undefined;
  verifying.add(fn);
  try {
    const index = s.index(path);
    const { points } = continuePoints(s, path, index, fn, frame, 'dependency');
    if (points.length === 0) return undefined;
    const answers = points
      .filter((p) => !(p !== 'end' && 'kind' in p && p.kind === 'exit' && returnsNothing(p)))
      .map((p) => verifiedBefore(s, path, index, fn, p, frame));
    if (answers.length < points.length || answers.some((a) => a === undefined)) return undefined;
    return answers.includes('decoded') ? 'decoded' : 'verified';
  } finally {
    verifying.delete(fn);
  }
}

function returnsNothing(stmt: Extract<Stmt, { kind: 'exit' }>): boolean {
  return (
    stmt.value === undefined ||
    (stmt.value.kind === 'literal' && (stmt.value.value === null || stmt.value.value === false))
  );
}

/** Whether a call has surely succeeded when a place is reached: in order, in its callback, in its `then`. */
function before(s: Semantics, path: string, index: FileIndex, fn: FunctionIR, call: CallExpr, point: IrNode): boolean {
  let node: IrNode = point;
  for (let i = 0; i < 5; i++) {
    if (index.functionOf(call) === index.functionOf(node) && s.dominates(path, call, node)) return true;
    const around = index.functionOf(node);
    if (!around || around === fn) return false;
    const lambda = index.parentOf(around);
    const holder = lambda ? index.parentOf(lambda) : undefined;
    if (holder && 'kind' in holder && holder.kind === 'call') {
      // `verify(token, key, (err, payload) => { if (err) return …; next() })`
      if (holder === call)
        return s.conditionsAt(path, node).some((c) => !c.holds && mentionsError(c.test)) || around.params.length < 2;
      // `verify(token).then(() => next())`
      if (
        holder.callee.kind === 'member' &&
        holder.callee.property === 'then' &&
        holder.args[0]?.value === lambda &&
        chainOf(holder).links.some((l) => l.call === call)
      )
        return true;
    }
    if (!lambda) return false;
    node = lambda;
  }
  return false;
}

function mentionsError(test: Expr): boolean {
  if (test.kind === 'name') return /err|error|^e$/i.test(test.name);
  if (test.kind === 'binary') return mentionsError(test.left) || mentionsError(test.right);
  if (test.kind === 'unary') return mentionsError(test.operand);
  return false;
}

function runsToEnd(s: Semantics, path: string, index: FileIndex, fn: FunctionIR, call: CallExpr): boolean {
  const last = fn.body.at(-1);
  if (!last || index.functionOf(call) !== fn) return false;
  const end: IrNode = last;
  if (call.span.start >= last.span.start) {
    // Inside the last statement: a `try` whose handlers leave, or a plain statement.
    for (let node: IrNode | undefined = call; node && node !== last; node = index.parentOf(node)) {
      const parent: IrNode | undefined = index.parentOf(node);
      if (!parent || !('kind' in parent)) return false;
      if (parent.kind === 'if' && index.listOf(node)) return false;
      if (parent.kind === 'loop') return false;
      if (
        parent.kind === 'try' &&
        index.listOf(node) === parent.body &&
        !parent.handlers.every((h) => s.exits(path, h.body))
      )
        return false;
    }
    return true;
  }
  return s.dominates(path, call, end);
}

/** Whether a place is reached only for requests that the guard lets through by their path or method. */
function exempted(s: Semantics, path: string, point: IrNode): boolean {
  return (
    s.conditionsAt(path, point).some((c) => c.holds && aboutRequestLine(c.test)) ||
    s.conditionsAt(path, point).some((c) => !c.holds && aboutRequestLine(c.test))
  );
}

function aboutRequestLine(test: Expr): boolean {
  const words = new Set<string>();
  const visit = (e: Expr, depth: number): void => {
    if (depth === 0) return;
    if (e.kind === 'name') words.add(e.name);
    else if (e.kind === 'member') {
      words.add(e.property);
      visit(e.object, depth - 1);
    } else if (e.kind === 'binary') {
      visit(e.left, depth - 1);
      visit(e.right, depth - 1);
    } else if (e.kind === 'unary') visit(e.operand, depth - 1);
    else if (e.kind === 'call') {
      visit(e.callee, depth - 1);
      for (const a of e.args) visit(a.value, depth - 1);
    } else if (e.kind === 'lambda')
      for (const x of e.function.body) if (x.kind === 'exit' && x.value) visit(x.value, depth - 1);
  };
  visit(test, 6);
  return [...words].some((w) =>
    /^(path|pathname|method|url|originalUrl|baseUrl|endpoint|path_info|full_path|routePath|isPublic|is_public|reflector|getAllAndOverride|_is_exempt|is_exempt|isExempt)$|public|exempt|whitelist|skip|excluded/i.test(
      w,
    ),
  );
}

/** Whether a function asks for credentials at all. */
function hasProofEvent(
  s: Semantics,
  path: string,
  index: FileIndex,
  fn: FunctionIR,
  frame: Frame | undefined,
): boolean {
  for (const call of callsIn(index, fn)) {
    const site: CallSite = { path, call, frame };
    if (
      s
        .names(site)
        .flatMap((n) => s.project.knowledge.says(n))
        .some((x) => x.is === 'TokenVerify' || x.is === 'TokenDecode')
    )
      return true;
    if (
      /verify|decode|authenticate|getSession|validateToken|compare_digest|timingSafeEqual/i.test(
        lastName(call.callee),
      ) &&
      !/bcrypt|password/i.test(dotted(call.callee))
    )
      return true;
  }
  return index.statements.some(
    (x) =>
      x.kind === 'if' &&
      x.span.start >= fn.span.start &&
      x.span.end <= fn.span.end &&
      eitherWay(s, path, x.test, frame).length > 0,
  );
}

interface Flaw {
  readonly place: Place;
  /** A refusal is written there, and the request goes on all the same. */
  readonly answered: boolean;
  /** The refusal was sent, not only its status set. */
  readonly sends: boolean;
}

/** A branch that refuses and does not leave, or a failure that is caught and forgotten, before the request goes on. */
function flawIn(
  s: Semantics,
  path: string,
  index: FileIndex,
  fn: FunctionIR,
  points: readonly (IrNode | 'end')[],
  style: Style,
): Flaw | undefined {
  const lastPoint = points.some((p) => p === 'end')
    ? Number.POSITIVE_INFINITY
    : Math.max(...points.map((p) => (p === 'end' ? 0 : p.span.start)));
  let caught: Flaw | undefined;
  for (const stmt of index.statements) {
    if (stmt.span.start < fn.span.start || stmt.span.end > fn.span.end) continue;
    if (stmt.kind === 'if') {
      for (const list of [stmt.then, stmt.otherwise]) {
        if (list.length === 0) continue;
        // Returning without aborting goes on to the handler.
        const returnsOnly =
          (style === 'chain' || style === 'hook') && points.some((p) => p !== 'end' && insideList(list, p));
        if (s.exits(path, list) && !returnsOnly) continue;
        const refusal = refusalIn(s, path, index, list);
        // What follows in the other branch is not reached from here.
        const goesOn = points.some(
          (p) => p === 'end' || (p.span.start >= stmt.span.end && reachedFrom(index, stmt, p)) || insideList(list, p),
        );
        if (
          refusal &&
          ((returnsOnly && (style === 'chain' || !refusal.sends)) ||
            (goesOn && lastPoint >= stmt.span.end && !s.exits(path, list)))
        )
          return { place: { path, span: refusal.call.span }, answered: true, sends: refusal.sends };
      }
    }
    if (stmt.kind === 'try') {
      for (const handler of stmt.handlers) {
        if (s.exits(path, handler.body)) continue;
        const goesOn = points.some(
          (p) =>
            p === 'end' ||
            p.span.start >= stmt.span.end ||
            (p.span.start >= handler.span.start && p.span.end <= handler.span.end),
        );
        if (!goesOn) continue;
        const refusal = refusalIn(s, path, index, handler.body);
        if (refusal) return { place: { path, span: refusal.call.span }, answered: true, sends: refusal.sends };
        const point = points.find(
          (p) =>
            p !== 'end' &&
            (p.span.start >= stmt.span.end || (p.span.start >= handler.span.start && p.span.end <= handler.span.end)),
        );
        caught ??= {
          place: { path, span: point && point !== 'end' ? point.span : handler.span },
          answered: false,
          sends: false,
        };
      }
    }
  }
  return caught;
}

function insideList(list: readonly Stmt[], point: IrNode | 'end'): boolean {
  const first = list[0];
  const last = list.at(-1);
  return (
    point !== 'end' &&
    first !== undefined &&
    last !== undefined &&
    point.span.start >= first.span.start &&
    point.span.end <= last.span.end
  );
}

/** Whether a later place is reached when control leaves a statement by its end: it stands in the same list or further out. */
function reachedFrom(index: FileIndex, stmt: Stmt, point: IrNode): boolean {
  const lists = new Set<readonly Stmt[]>();
  for (let node: IrNode | undefined = stmt; node; node = index.parentOf(node)) {
    const list = index.listOf(node);
    if (list) lists.add(list);
    if (isFunction(node)) break;
  }
  for (let node: IrNode | undefined = point; node; node = index.parentOf(node)) {
    const list = index.listOf(node);
    if (list && lists.has(list)) return true;
    if (isFunction(node)) break;
  }
  return false;
}

/** A refusal that is written in a list of statements: a status of 401 or 403, a redirect to the login. */
function refusalIn(
  s: Semantics,
  path: string,
  index: FileIndex,
  list: readonly Stmt[],
): { call: CallExpr; sends: boolean } | undefined {
  const first = list[0];
  const last = list.at(-1);
  if (!first || !last) return undefined;
  for (const call of index.calls) {
    if (call.span.start < first.span.start || call.span.end > last.span.end) continue;
    const { links, root } = chainOf(call);
    if (!root || root.kind !== 'name') continue;
    const parent = index.parentOf(call);
    if (parent && 'kind' in parent && parent.kind === 'member') continue;
    const status = links.some(
      (l) =>
        /^(status|code|sendStatus|writeHead|json|text|body|set_status)$/.test(l.name) &&
        l.call.args.some((a) => refuses(s, path, a.value)),
    );
    const login = links.some(
      (l) =>
        l.name === 'redirect' &&
        l.call.args.some((a) => /login|signin|auth/i.test(textOf(s.evaluate(path, a.value)) ?? '')),
    );
    if (status || login)
      return { call, sends: links.some((l) => /^(send|json|end|sendStatus|text|redirect|render)$/.test(l.name)) };
  }
  return undefined;
}

/** Whether a value is a status that refuses: its number, or a constant that is named so. */
function refuses(s: Semantics, path: string, expr: Expr): boolean {
  return (
    [401, 403].includes(numberOf(s.evaluate(path, expr)) ?? 0) ||
    /(Unauthorized|Forbidden|UNAUTHORIZED|FORBIDDEN)$/.test(dotted(expr))
  );
}

/** What decorators on a wrapper's inner function add: `@wraps(f) @login_required def wrapper`. */
function decoratorProofs(s: Semantics, path: string, fn: FunctionIR, frame: Frame | undefined): ReadonlySet<Proof> {
  const found = new Set<Proof>();
  for (const d of fn.decorators) {
    for (const g of guardsOf(s, path, d.value, frame, 'wrapper'))
      if (g.outcome === 'rejects' && !g.presumed) for (const p of g.proves) found.add(p);
  }
  return found;
}

/** Guards that stand in the declaration of a function's parameters: dependencies, and theirs. */
export function dependencyGuards(s: Semantics, path: string, fn: FunctionIR, depth = 4): readonly Guard[] {
  if (depth === 0) return [];
  const found: Guard[] = [];
  for (const param of fn.params) {
    const markers: { path: string; expr: Expr }[] = [];
    if (param.default?.kind === 'call') markers.push({ path, expr: param.default });
    const injected = param.type ? annotationOf(s, path, param.type, 0).injected : undefined;
    if (injected) markers.push(injected);
    for (const marker of markers) found.push(...injectedGuards(s, marker.path, marker.expr, param, path, depth));
  }
  return found;
}

/** The guards of `Depends(f)`: what `f` proves, and what its own dependencies do. */
export function injectedGuards(
  s: Semantics,
  path: string,
  expr: Expr,
  param: FunctionIR['params'][number] | undefined,
  paramPath: string,
  depth = 4,
): readonly Guard[] {
  if (expr.kind !== 'call') return [];
  const site: CallSite = { path, call: expr, frame: undefined };
  const gives = s
    .names(site)
    .map((n) => s.project.knowledge.call(n)?.gives)
    .find((g) => g !== undefined && 'apply' in g);
  if (!gives || !('apply' in gives)) return [];
  let { value: given } = s.access(site, gives.apply);
  let givenName = expr.args[0] ? lastName(expr.args[0].value) : '';
  if (given.kind === 'absent' && param?.type) {
    // `x: Annotated[Guard, Depends()]`, `form: Form = Depends()`
    const annotation = annotationOf(s, paramPath, param.type, 0).value;
    if (annotation?.kind === 'instance') given = { kind: 'class', cls: annotation.cls, path: annotation.path };
    givenName = lastName(param.type);
  }
  const found: Guard[] = [];
  for (const v of alternatives(given)) {
    if (v.kind === 'function') {
      found.push(summarise(s, v.path, v.fn, v.frame, 'dependency', givenName));
      found.push(...dependencyGuards(s, v.path, v.fn, depth - 1));
    } else if (v.kind === 'instance') {
      const call = v.cls.methods.find((m) => m.name === '__call__');
      if (call) {
        found.push({ ...summarise(s, v.path, call, undefined, 'dependency', v.cls.name), name: v.cls.name });
        found.push(...dependencyGuards(s, v.path, call, depth - 1));
      }
    } else if (v.kind === 'class') {
      const maker = v.cls.methods.find((m) => m.name === 'constructor');
      if (maker) found.push(...dependencyGuards(s, v.path, maker, depth - 1));
    } else if (v.kind === 'result' && /Extractor$/.test(v.type ?? '')) {
      // A scheme that only takes the token out of the request proves nothing.
    } else if (
      v.kind === 'external' ||
      v.kind === 'unknown' ||
      v.kind === 'call' ||
      v.kind === 'member' ||
      v.kind === 'result'
    ) {
      const guard = dependencyByName(givenName);
      if (guard) found.push(guard);
    }
  }
  return found;
}

function dependencyByName(name: string): Guard | undefined {
  if (
    /^(get_)?(db|session|settings|config|redis|pool|conn|cache|logger|engine|async_session|repository|service)/i.test(
      name,
    )
  )
    return undefined;
  if (
    !/user|auth|admin|principal|require|permission|role|login|token|account|member|employee|staff|identity|claims|caller|subject|scope/i.test(
      name,
    )
  )
    return undefined;
  const optional = OPTIONAL.test(name);
  const proves = new Set<Proof>(['caller']);
  if (/admin|role|perm|scope|staff|superuser|manager/i.test(name)) proves.add('role');
  if (/owner|owned/i.test(name)) proves.add('owner');
  return {
    name,
    proves: optional ? NONE : proves,
    outcome: optional ? 'optional' : 'rejects',
    presumed: true,
    decoded: false,
    roles: [],
    exempts: false,
  };
}

/** What a call's literal arguments name: `requireRole('admin')`. */
export function rolesGiven(s: Semantics, site: CallSite): readonly string[] {
  return site.call.args.flatMap((a) => {
    const value = s.evaluate(site.path, a.value, site.frame);
    const text = textOf(value);
    if (text !== undefined) return [text];
    return value.kind === 'list' ? value.items.flatMap((i) => textOf(i) ?? []) : [];
  });
}

function checksInTest(s: Semantics, path: string, test: Expr, frame: Frame | undefined): readonly Proof[] {
  return checksIn(s, path, test, true, frame).map((c) => c.proves);
}

function eitherWay(s: Semantics, path: string, test: Expr, frame: Frame | undefined): readonly Proof[] {
  return [...checksIn(s, path, test, true, frame), ...checksIn(s, path, test, false, frame)].map((c) => c.proves);
}

/** Functions and classes of a file that are guards by what they do, applied in sight or not. */
export function guardsIn(s: Semantics, path: string): readonly Guard[] {
  const index = s.index(path);
  const found: Guard[] = [];
  for (const fn of index.functions) {
    s.memo.work = 0;
    const cls = index.classOf(fn);
    const isMethod = cls?.methods.includes(fn) === true;
    if (
      isMethod &&
      !/^(__call__|__acall__|canActivate|has_permission|dispatch|use|intercept|process_request)$/.test(fn.name)
    )
      continue;
    const style: Style = isMethod ? (/^(canActivate|has_permission)$/.test(fn.name) ? 'boolean' : 'next') : styleOf(fn);
    const name = isMethod ? (cls?.name ?? fn.name) : fn.name || variableOf(index, fn);
    if (style === 'dependency') {
      if (
        !/^(get_?current|current|require|verify|authenticate|get_?auth|auth|ensure|get_?active)/i.test(name) ||
        index.functionOf(fn)
      )
        continue;
      if (
        !callsIn(index, fn).some((c) =>
          /HTTPException|Unauthorized|Forbidden|abort|redirect|Error$/.test(dotted(c.callee)),
        )
      )
        continue;
    } else if (style !== 'boolean') {
      const { points } = continuePoints(s, path, index, fn, undefined, style);
      if (points.length === 0 || (style === 'wrapper' && fn.body.length === 0)) continue;
      if (style === 'hook' && !/auth|login|user|session|token|guard|require|admin|role/i.test(name)) continue;
    }
    const guard = summarise(s, path, fn, undefined, style, name);
    if (guard.outcome === 'rejects' || guard.flaw) found.push(guard);
  }
  return found;
}

/** The name of the variable or key that holds a function. */
function variableOf(index: FileIndex, fn: FunctionIR): string {
  let node = index.parentOf(fn);
  for (let i = 0; node && i < 4; i++) {
    if (!('kind' in node)) return node.name ?? '';
    if (node.kind === 'let') return node.target.kind === 'bind' ? node.target.name : '';
    if (node.kind === 'record') return '';
    node = index.parentOf(node);
  }
  return '';
}
