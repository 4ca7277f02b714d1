/**
 * Every way into the program, what stands in front of it, and what it touches: one table for the workspace, computed once
 * for each revision. Items 13 and 16 read only this.
 */
import type { Place } from '../../base/span.js';
import type { CallExpr, ClassIR, Decorator, Expr, FunctionIR } from '../../ir/ir.js';
import { externalBase } from '../../semantics/classes.js';
import type { Semantics } from '../../semantics/semantics.js';
import { namesOf } from '../../semantics/types.js';
import { type CallSite, type Frame, type Value, alternatives, textOf, textsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { principalOf } from '../principal.js';
import { isServerFunction, resolverField } from '../request-input.js';
import { type Proof, checksAt } from './checks.js';
import { type Guard, byName, dependencyGuards, guardsOf, librarySays, summarise } from './guards.js';
import { type Access, accessOf, assignedAccess, subscriptAccess, taggedAccess } from './object-access.js';
import { type GuardUse, type Routers, guardList, joinPaths, readRouters } from './routers.js';
import { type Step, callsIn, dotted, frameOf, stepsOf } from './steps.js';

export type Purpose = 'sign-in' | 'sign-out' | 'health' | 'webhook' | 'page' | 'data';

export interface Endpoint {
  readonly transport: string;
  /** `GET`, `POST` …, `ANY`; `query`, `mutation`; several joined by a comma. */
  readonly method: string;
  /** The whole path as far as it is known: mounts included. */
  readonly route: string;
  readonly name: string;
  readonly handler: { readonly path: string; readonly fn: FunctionIR; readonly frame: Frame | undefined } | undefined;
  readonly uses: readonly GuardUse[];
  /** Nothing that may guard it is out of sight. */
  readonly complete: boolean;
  /** It is marked as open to everybody. */
  readonly opened: boolean;
  /** A role that its annotation names and that nothing in sight reads, with the annotation's place. */
  readonly unread: Place | undefined;
  /** Where findings about the route sit, and where it is declared. */
  readonly at: Place;
  /** Router, class, file or builder that it belongs to. */
  readonly group: string;
  readonly accesses: readonly Access[];
  readonly steps: readonly Step[];
  /** What must have been proven before it touches data: by guards and in the handler. */
  readonly proofs: ReadonlySet<Proof>;
  readonly presumed: boolean;
  readonly decoded: boolean;
  readonly roles: readonly string[];
  readonly optional: boolean;
  readonly purpose: Purpose;
  readonly writes: boolean;
  readonly reads: boolean;
  /** It uses the caller without having been shown that there is one. */
  readonly handlerChecks: boolean;
}

interface Found {
  readonly transport: string;
  readonly method: string;
  readonly path: string;
  readonly handler: Endpoint['handler'];
  readonly uses: readonly GuardUse[];
  readonly complete: boolean;
  readonly at: Place;
  readonly group: string;
  readonly name: string;
  readonly opened?: boolean;
  readonly unread?: Place;
}

export interface RouteSources {
  readonly routes: readonly Fact<'Route'>[];
  readonly bindings: readonly Fact<'GuardBinding'>[];
  readonly mounts: readonly Fact<'RouterMount'>[];
}

const tables = new WeakMap<Semantics, readonly Endpoint[]>();

/** The endpoints of the workspace. */
export function endpointsOf(s: Semantics, sources: () => RouteSources): readonly Endpoint[] {
  let known = tables.get(s);
  if (!known) {
    tables.set(s, []);
    known = build(s, sources());
    tables.set(s, known);
  }
  return known;
}

function build(s: Semantics, sources: RouteSources): readonly Endpoint[] {
  s.memo.work = 0;
  const routers = readRouters(s, sources.bindings, sources.mounts);
  const found: Found[] = [];
  for (const fact of sources.routes) {
    s.memo.work = 0;
    found.push(...fromRoute(s, routers, fact));
  }
  for (const path of s.project.paths) {
    s.memo.work = 0;
    found.push(...fromFile(s, path, found));
  }
  return found.map((f) => {
    s.memo.work = 0;
    return analysed(s, f);
  });
}

// ------------------------------------------------------------------ routes that are declared by calls and decorators

function fromRoute(s: Semantics, routers: Routers, fact: Fact<'Route'>): readonly Found[] {
  const { site } = fact;
  if (!site) return [];
  const mode = textOf(fact.roles.mode) ?? '';
  const decorated = functionUnder(s, site);
  if (mode === 'class') return decorated ? classRoute(s, fact, site, decorated) : [];
  if (mode === 'decorated') return decorated ? decoratedRoute(s, routers, fact, site, decorated) : [];
  if (mode === 'builder') return builderRoute(s, fact, site);
  if (decorated) return decoratedRoute(s, routers, fact, site, decorated);
  return callRoute(s, routers, fact, site);
}

/** The function that a decorator call stands on. */
function functionUnder(s: Semantics, site: CallSite): FunctionIR | undefined {
  const parent = s.index(site.path).parentOf(site.call);
  return parent && 'params' in parent && parent.decorators.some((d) => d.value === site.call) ? parent : undefined;
}

function methodOf(fact: Fact<'Route'>, fallback: string): string {
  const texts = textsOf(fact.roles.method);
  return texts && texts.length > 0 ? texts.map((t) => t.toUpperCase()).join(',') : fallback;
}

function callRoute(s: Semantics, routers: Routers, fact: Fact<'Route'>, site: CallSite): readonly Found[] {
  const index = s.index(site.path);
  let args = site.call.args.map((a) => a.value);
  let path = textOf(fact.roles.path) ?? '';
  const ownerValue = fact.roles.owner;
  const type = s.typeOf(ownerValue) ?? '';
  let ownerExpr: Value = ownerValue;
  const first = args[0] ? s.evaluate(site.path, args[0], site.frame) : undefined;
  const options = args.find((a) => a.kind === 'record');
  if (/\.RoutePath$/.test(type) && site.call.callee.kind === 'member') {
    // `router.route('/x').get(h).post(h)`
    let inner: Expr = site.call.callee.object;
    while (inner.kind === 'call' && inner.callee.kind === 'member' && inner.callee.property !== 'route')
      inner = inner.callee.object;
    if (inner.kind === 'call' && inner.callee.kind === 'member') {
      path =
        textOf(inner.args[0] ? s.evaluate(site.path, inner.args[0].value, site.frame) : (first ?? ownerValue)) ?? '';
      ownerExpr = s.evaluate(site.path, inner.callee.object, site.frame);
    }
  } else if (
    first &&
    (textOf(first) !== undefined ||
      first.kind === 'concat' ||
      first.kind === 'regex' ||
      (first.kind === 'list' && first.items.every((i) => textOf(i) !== undefined)))
  )
    args = args.slice(1);
  else if (args.length < 2 && options === undefined) return [];
  const uses: GuardUse[] = [];
  let handlerExpr: Expr | undefined;
  const named = site.call.args.filter((a) => a.name);
  if (named.length > 0 || fact.roles.handlers.kind !== 'list') {
    // `Route("/x", endpoint)`, `path('x/', view)`: the second argument, or the one that is named so.
    handlerExpr =
      site.call.args.find((a) => a.name && /^(endpoint|view|view_func)$/.test(a.name))?.value ??
      args.filter((a) => a.kind !== 'record').at(0);
    uses.push(...guardList(s, fact.roles.guards, site));
  } else {
    const functions = args
      .flatMap((a) => (a.kind === 'list' ? a.items.map((i) => i.value) : [a]))
      .filter((a) => a.kind !== 'record');
    handlerExpr = functions.at(-1);
    for (const g of functions.slice(0, -1))
      for (const guard of guardsOf(s, site.path, g, site.frame, 'next'))
        uses.push({ guard, via: 'inline', at: { path: site.path, span: g.span } });
    if (options?.kind === 'record') {
      for (const entry of options.entries) {
        if (entry.key && /^(onRequest|preValidation|preHandler|preParsing)$/.test(entry.key))
          for (const e of entry.value.kind === 'list' ? entry.value.items.map((i) => i.value) : [entry.value])
            for (const guard of guardsOf(s, site.path, e, site.frame, 'hook'))
              uses.push({ guard, via: 'inline', at: { path: site.path, span: e.span } });
        if (entry.key === 'handler') handlerExpr = entry.value;
      }
    }
  }
  if (!handlerExpr) return [];
  // `r.With(auth).Get(…)`
  for (
    let inner: Expr = site.call.callee;
    inner.kind === 'member' && inner.object.kind === 'call' && inner.object.callee.kind === 'member';
    inner = inner.object.callee
  )
    if (inner.object.callee.property === 'With')
      for (const a of inner.object.args)
        for (const guard of guardsOf(s, site.path, a.value, site.frame))
          uses.unshift({ guard, via: 'inline', at: { path: site.path, span: a.span } });
  // `mux.HandleFunc("GET /x/{id}", h)`
  const verb = /^([A-Z]+) (?=\/)/.exec(path)?.[1];
  if (verb) path = path.slice(verb.length + 1);
  const resolved = handlerOf(s, site.path, handlerExpr, site.frame);
  uses.push(...resolved.uses);
  const keys = routers.keysOf(ownerExpr);
  const at = { path: site.path, start: site.call.span.start };
  const span = {
    start: site.call.span.start,
    end: Math.min(site.call.span.end, args[0]?.span.start ?? site.call.span.end),
  };
  void index;
  const base = {
    transport: textOf(fact.roles.transport) ?? 'http',
    method: verb ?? methodOf(fact, textOf(fact.roles.method) ?? 'ANY'),
    handler: resolved.handler,
    at: { path: site.path, span: headSpan(site.call, span) },
    name: '',
  };
  if (keys.length === 0) {
    const root =
      textOf(fact.roles.mode) === 'mux' || (textOf(fact.roles.mode) === 'scope' && fact.roles.owner.kind === 'absent');
    return [
      {
        ...base,
        path,
        uses,
        complete: root && resolved.handler !== undefined && (uses.length > 0 || textOf(fact.roles.mode) === 'mux'),
        group: `${site.path}#routes`,
      },
    ];
  }
  return keys.slice(0, 3).map((key) => {
    const front = routers.inFront(key, at, path);
    return {
      ...base,
      path: joinPaths(front.prefix, path),
      uses: [...front.uses, ...uses],
      complete: front.complete,
      group: key,
    };
  });
}

/** `router.delete('/x'` without the handlers: the text that stands for the route. */
function headSpan(call: CallExpr, fallback: { start: number; end: number }): { start: number; end: number } {
  const { callee } = call;
  const first = call.args[0];
  const start =
    callee.kind === 'member' && callee.object.kind !== 'name' ? callee.propertySpan.start : callee.span.start;
  const end = first && first.value.kind === 'literal' ? first.span.end : callee.span.end;
  return end > start ? { start, end } : fallback;
}

/** The handler that an expression gives, looked at through wrappers; wrappers that reject are guards. */
function handlerOf(
  s: Semantics,
  path: string,
  expr: Expr,
  frame: Frame | undefined,
  depth = 4,
): { handler: Endpoint['handler']; uses: readonly GuardUse[] } {
  if (depth === 0) return { handler: undefined, uses: [] };
  if (expr.kind === 'lambda')
    return { handler: { path, fn: expr.function, frame }, uses: decoratorUses(s, path, expr.function, undefined) };
  if (expr.kind === 'call') {
    const callee = alternatives(s.callee({ path, call: expr, frame })).find((v) => v.kind === 'function');
    const inner = [...expr.args]
      .reverse()
      .map((a) => a.value)
      .find((a) => a.kind === 'lambda' || isFunctionExpr(s, path, a, frame));
    if (inner) {
      const below = handlerOf(s, path, inner, frame, depth - 1);
      const guards: GuardUse[] = [];
      const name = dotted(expr.callee).split('.').at(-1) ?? '';
      if (callee?.kind === 'function') {
        const guard = summarise(
          s,
          callee.path,
          callee.fn,
          frameOf(s, { path, call: expr, frame }, callee),
          'wrapper',
          name,
        );
        if (guard.outcome !== 'unknown') guards.push({ guard, via: 'wrapper', at: { path, span: expr.callee.span } });
      } else {
        const said = librarySays(s, s.names({ path, call: expr, frame }), { path, call: expr, frame }) ?? byName(name);
        if (said.outcome !== 'none') guards.push({ guard: said, via: 'wrapper', at: { path, span: expr.callee.span } });
      }
      for (const other of expr.args)
        if (other.value !== inner && other.value.kind !== 'literal' && other.value.kind !== 'record')
          for (const guard of guardsOf(s, path, other.value, frame))
            if (guard.outcome === 'rejects') guards.push({ guard, via: 'wrapper', at: { path, span: other.span } });
      return { handler: below.handler, uses: [...guards, ...below.uses] };
    }
    // `X.as_view()`, a call that gives the handler.
    const value = s.evaluate(path, expr, frame);
    const fn = alternatives(value).find((v) => v.kind === 'function');
    if (fn?.kind === 'function') return { handler: { path: fn.path, fn: fn.fn, frame: fn.frame }, uses: [] };
    return { handler: undefined, uses: [] };
  }
  const value = s.evaluate(path, expr, frame);
  for (const v of alternatives(value)) {
    if (v.kind === 'function')
      return { handler: { path: v.path, fn: v.fn, frame: v.frame }, uses: decoratorUses(s, v.path, v.fn, undefined) };
  }
  // A method of an object that can't be seen made: the one function of that name.
  if (expr.kind === 'member') {
    const only = functionNamed(s, expr.property);
    if (only)
      return {
        handler: { path: only.path, fn: only.fn, frame: undefined },
        uses: decoratorUses(s, only.path, only.fn, undefined),
      };
  }
  // A name whose definition is a wrapped handler: `const h = withAuth(async (req) => …)`.
  if (expr.kind === 'name') {
    const made = s.index(path).lookup(expr.name, expr)?.definitions.at(-1)?.value;
    if (made?.kind === 'call') return handlerOf(s, path, made, frame, depth - 1);
  }
  return { handler: undefined, uses: [] };
}

const namedFunctions = new WeakMap<Semantics, Map<string, { path: string; fn: FunctionIR } | null>>();

/** The only function or method of a name in the workspace. */
function functionNamed(s: Semantics, name: string): { path: string; fn: FunctionIR } | undefined {
  let known = namedFunctions.get(s);
  if (!known) {
    known = new Map();
    for (const path of s.project.paths)
      for (const fn of s.index(path).functions)
        if (fn.name) known.set(fn.name, known.has(fn.name) ? null : { path, fn });
    namedFunctions.set(s, known);
  }
  return known.get(name) ?? undefined;
}

function isFunctionExpr(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): boolean {
  if (expr.kind === 'literal' || expr.kind === 'record') return false;
  return alternatives(s.evaluate(path, expr, frame)).some((v) => v.kind === 'function' && v.fn.params.length <= 4);
}

/** Decorators that guard a function. Those above the route's own decorator never run. */
function decoratorUses(s: Semantics, path: string, fn: FunctionIR, route: Expr | undefined): readonly GuardUse[] {
  const uses: GuardUse[] = [];
  const from = route ? fn.decorators.findIndex((d) => d.value === route) : -1;
  for (const [i, d] of fn.decorators.entries()) {
    if (i <= from || d.value === route) continue;
    uses.push(...decoratorGuards(s, path, d));
  }
  return uses;
}

function decoratorGuards(s: Semantics, path: string, d: Decorator): readonly GuardUse[] {
  const at = { path, span: d.span };
  const site: CallSite | undefined = d.value.kind === 'call' ? { path, call: d.value, frame: undefined } : undefined;
  const names = site ? s.names(site) : namesOf(s, s.evaluate(path, d.value));
  if (names.some((n) => s.project.knowledge.says(n).some((x) => x.is === 'Route' || x.is === 'RouterMount'))) return [];
  const said = librarySays(s, names, site);
  if (said) return [{ guard: said, via: 'decorator', at }];
  // `@method_decorator(login_required, name='dispatch')`
  const last = dotted(d.value).split('.').at(-1) ?? '';
  if (last === 'method_decorator' && site?.call.args[0])
    return guardsOf(s, path, site.call.args[0].value, undefined, 'wrapper').map((guard) => ({
      guard,
      via: 'decorator',
      at,
    }));
  if (
    /^(wraps|csrf_exempt|require_\w*(POST|GET|http_methods|safe)\w*|cache_page|property|staticmethod|classmethod|transaction|atomic|api_view|action|never_cache|xframe_\w+|swagger_auto_schema|extend_schema|doc|response|arguments|limit|limiter|inject|Post|Get)$/.test(
      last,
    )
  )
    return [];
  return guardsOf(s, path, d.value, undefined, 'wrapper').map((guard) => ({ guard, via: 'decorator', at }));
}

function decoratedRoute(
  s: Semantics,
  routers: Routers,
  fact: Fact<'Route'>,
  site: CallSite,
  fn: FunctionIR,
): readonly Found[] {
  const keys = routers.keysOf(fact.roles.owner);
  const path = textOf(fact.roles.path) ?? '';
  const uses: GuardUse[] = [
    ...guardList(s, fact.roles.guards, site),
    ...decoratorUses(s, site.path, fn, site.call),
    ...dependencyGuards(s, site.path, fn).map(
      (guard): GuardUse => ({ guard, via: 'dependency', at: { path: site.path, span: fn.nameSpan } }),
    ),
    ...classDefaults(s, site.path, fn),
  ];
  const base = {
    transport: textOf(fact.roles.transport) ?? 'http',
    method: methodOf(fact, 'GET'),
    handler: { path: site.path, fn, frame: undefined },
    at: { path: site.path, span: headSpan(site.call, site.call.span) },
    name: fn.name,
  };
  const at = { path: site.path, start: site.call.span.start };
  const hooks = (owner: string): readonly GuardUse[] => hookUses(s, routers, owner, site.path);
  if (keys.length === 0) return [{ ...base, path, uses, complete: false, group: `${site.path}#routes` }];
  return keys.slice(0, 2).map((key) => {
    const front = routers.inFront(key, at, path);
    const outer = [key, ...parentsOf(routers, key)].flatMap(hooks);
    return {
      ...base,
      path: joinPaths(front.prefix, path),
      uses: [...front.uses, ...outer, ...uses],
      complete: front.complete,
      group: key,
    };
  });
}

function parentsOf(routers: Routers, key: string): readonly string[] {
  return routers.parentsOf(key);
}

/** `@app.before_request` above a function: a guard of the app or blueprint. */
function hookUses(s: Semantics, routers: Routers, key: string, near: string): readonly GuardUse[] {
  void near;
  return hooksOf(s, routers).get(key) ?? [];
}

const hookTables = new WeakMap<Routers, Map<string, GuardUse[]>>();

function hooksOf(s: Semantics, routers: Routers): Map<string, GuardUse[]> {
  let known = hookTables.get(routers);
  if (known) return known;
  known = new Map();
  hookTables.set(routers, known);
  for (const path of s.project.paths) {
    for (const fn of s.index(path).functions) {
      for (const d of fn.decorators) {
        const target = d.value.kind === 'call' ? d.value.callee : d.value;
        if (target.kind !== 'member') continue;
        const names =
          d.value.kind === 'call'
            ? s.names({ path, call: d.value, frame: undefined })
            : namesOf(s, s.evaluate(path, d.value));
        if (!names.some((n) => s.project.knowledge.says(n).some((x) => x.is === 'GuardBinding'))) continue;
        const style = /middleware/.test(target.property) ? 'next' : 'hook';
        const guard = summarise(s, path, fn, undefined, style, fn.name);
        for (const key of routers.keysOf(s.evaluate(path, target.object))) {
          const everywhere = /before_app_request/.test(target.property);
          for (const owner of everywhere ? [key, ...routers.parentsOf(key)] : [key]) {
            const list = known.get(owner) ?? [];
            list.push({ guard, via: 'router', at: { path, span: d.span } });
            known.set(owner, list);
          }
        }
      }
    }
  }
  return known;
}

// ------------------------------------------------------------------ classes

/** The guards of the class that a method stands in, its bases included. */
function classDefaults(s: Semantics, path: string, fn: FunctionIR): readonly GuardUse[] {
  const cls = s.index(path).classOf(fn);
  return cls ? classUses(s, path, cls, fn, 4) : [];
}

function classUses(
  s: Semantics,
  path: string,
  cls: ClassIR,
  fn: FunctionIR | undefined,
  depth: number,
): readonly GuardUse[] {
  if (depth === 0) return [];
  const uses: GuardUse[] = [];
  for (const base of cls.bases) {
    const value = s.evaluate(path, base);
    if (value.kind === 'class' && value.cls !== cls)
      uses.push(...classUses(s, value.path, value.cls, undefined, depth - 1));
    else {
      const names = namesOf(s, value);
      const said = librarySays(s, names, undefined);
      if (said) uses.push({ guard: said, via: 'class', at: { path, span: base.span } });
      else if (
        /(Mixin|Required)$/.test(dotted(base)) &&
        /login|auth|perm|staff|admin|role|owner|user/i.test(dotted(base))
      )
        uses.push({ guard: byName(dotted(base).replace(/Mixin$/, '')), via: 'class', at: { path, span: base.span } });
    }
  }
  for (const d of cls.decorators)
    uses.push(...(useGuards(s, path, d) ?? decoratorGuards(s, path, d)).map((u) => ({ ...u, via: 'class' as const })));
  for (const field of cls.fields) {
    if (
      !/^(permission_classes|decorators|method_decorators|authentication_classes)$/.test(field.name) ||
      !field.value ||
      field.name === 'authentication_classes'
    )
      continue;
    uses.push(...permissionList(s, path, field.value));
  }
  return uses;
}

/** `permission_classes = [IsAuthenticated, IsOwner]`; alternatives (`A | B`) count as the weaker. */
function permissionList(s: Semantics, path: string, expr: Expr): readonly GuardUse[] {
  const items = expr.kind === 'list' ? expr.items.map((i) => i.value) : [expr];
  return items.flatMap((item) => {
    if (item.kind === 'binary' && item.operator === '|') return [];
    if (item.kind === 'binary' && item.operator === '&')
      return [item.left, item.right].flatMap((x) => permissionList(s, path, x));
    return guardsOf(s, path, item, undefined, 'wrapper').map(
      (guard): GuardUse => ({ guard, via: 'class', at: { path, span: item.span } }),
    );
  });
}

/** `@UseGuards(A, B)`: the guards that a decorator of a model names. */
function useGuards(s: Semantics, path: string, d: Decorator): readonly GuardUse[] | undefined {
  if (d.value.kind !== 'call') return undefined;
  const call = d.value;
  const site: CallSite = { path, call, frame: undefined };
  const says = s.names(site).some((n) => s.project.knowledge.says(n).some((x) => x.is === 'GuardBinding'));
  if (says)
    return call.args.flatMap((a) =>
      guardsOf(s, path, a.value, undefined, 'boolean').map(
        (guard): GuardUse => ({ guard, via: 'class', at: { path, span: a.span } }),
      ),
    );
  // `@Auth('admin')`, a decorator of ours made of others.
  const callee = alternatives(s.callee(site)).find((v) => v.kind === 'function');
  if (callee?.kind === 'function') {
    const inner = callsIn(s.index(callee.path), callee.fn).filter((c) =>
      s
        .names({ path: callee.path, call: c, frame: undefined })
        .some((n) => s.project.knowledge.says(n).some((x) => x.is === 'GuardBinding')),
    );
    if (inner.length > 0)
      return inner.flatMap((c) =>
        c.args.flatMap((a) =>
          guardsOf(s, callee.path, a.value, frameOf(s, site, callee), 'boolean').map(
            (guard): GuardUse => ({ guard, via: 'class', at: { path, span: d.span } }),
          ),
        ),
      );
  }
  return undefined;
}

const PUBLIC = /^(Public|IsPublic|SkipAuth|AllowAnonymous|NoAuth|Unprotected|AllowUnauthorized|Open|Anonymous)$/;

function classRoute(s: Semantics, fact: Fact<'Route'>, site: CallSite, fn: FunctionIR): readonly Found[] {
  const { path } = site;
  const cls = s.index(path).classOf(fn);
  if (!cls) return [];
  const controller = cls.decorators.find(
    (d) => d.value.kind === 'call' && /^(Controller|Resolver|WebSocketGateway)$/.test(dotted(d.value.callee)),
  );
  const prefix =
    controller?.value.kind === 'call' && controller.value.args[0]
      ? (textOf(s.evaluate(path, controller.value.args[0].value)) ??
        textOf(s.access({ path, call: controller.value, frame: undefined }, 'arg 0 .path').value) ??
        '')
      : '';
  const isPublic = [...fn.decorators, ...cls.decorators].some((d) =>
    PUBLIC.test(dotted(d.value).split('.').at(-1) ?? ''),
  );
  const own: GuardUse[] = [];
  for (const d of cls.decorators) own.push(...(useGuards(s, path, d) ?? []));
  for (const d of fn.decorators) own.push(...(useGuards(s, path, d) ?? []));
  // `@action(permission_classes=[…])` replaces the class's.
  const replaced = site.call.args.find((a) => a.name === 'permission_classes');
  if (replaced) own.push(...permissionList(s, path, replaced.value));
  else own.push(...classUses(s, path, { ...cls, decorators: [] }, fn, 4));
  const globals = isPublic ? [] : [...globalGuards(s)];
  const roles = [...fn.decorators, ...cls.decorators].filter(
    (d) =>
      d.value.kind === 'call' &&
      /^(Roles?|HasRoles?|Permissions?|RequirePermissions?|RequireRoles?|Scopes?|Policies|CheckPolicies)$/.test(
        dotted(d.value.callee).split('.').at(-1) ?? '',
      ),
  );
  globals.push(...appliedMiddleware(s, cls.name, joinPaths(joinPaths('/', prefix), textOf(fact.roles.path) ?? '')));
  const uses = [...globals, ...own].filter((u) => !isPublic || u.via !== 'default');
  const enforced = uses.some(
    (u) => /role|perm|polic|scope|abilit|casl/i.test(u.guard.name) || u.guard.proves.has('role'),
  );
  const withRoles =
    roles.length > 0 && enforced
      ? [
          ...uses,
          ...roles.map(
            (d): GuardUse => ({
              guard: {
                ...byName('requireRole'),
                presumed: false,
                roles:
                  d.value.kind === 'call'
                    ? d.value.args.map((a) => textOf(s.evaluate(path, a.value)) ?? dotted(a.value))
                    : [],
              },
              via: 'class',
              at: { path, span: d.span },
            }),
          ),
        ]
      : uses.filter((u) => roles.length > 0 || !/^roles?/i.test(u.guard.name) || u.guard.proves.size === 0 || true);
  return [
    {
      transport: textOf(fact.roles.transport) ?? 'http',
      method: methodOf(fact, textOf(fact.roles.method) ?? 'ANY'),
      path: controller ? joinPaths(joinPaths('/', prefix), textOf(fact.roles.path) ?? '') : `/${cls.name}/${fn.name}`,
      handler: { path, fn, frame: undefined },
      uses: roles.length === 0 ? dropRoles(withRoles) : withRoles,
      // A global guard may be registered in a module that is not here.
      complete:
        globals.length > 0 ||
        own.length > 0 ||
        siblingsGuard(s, path, cls) ||
        cls.fields.some((f) => f.name === 'permission_classes') ||
        s.project.paths.some((p) => /(^|\/)(app\.module|main)\.[jt]s$/.test(p)),
      at: { path, span: headSpan(site.call, site.call.span) },
      group: `${path}#${cls.name}`,
      name: fn.name,
      opened: isPublic,
      ...(roles[0] && !enforced && rootSeen(s) ? { unread: { path, span: roles[0].span } } : {}),
    },
  ];
}

/** Whether the file is in sight that says which guards hold for all classes. */
function rootSeen(s: Semantics): boolean {
  return s.project.paths.some(
    (p) =>
      /(^|\/)(app\.module|main)\.[jt]s$/.test(p) ||
      s.index(p).calls.some((c) => dotted(c.callee) === 'NestFactory.create'),
  );
}

/** A guard that asks for the roles of an annotation asks for none where there is no annotation. */
function dropRoles(uses: readonly GuardUse[]): readonly GuardUse[] {
  return uses.map((u) =>
    /^roles?|permission/i.test(u.guard.name) && u.guard.roles.length === 0
      ? {
          ...u,
          guard: {
            ...u.guard,
            proves: new Set<Proof>([...u.guard.proves].filter((p) => p === 'caller' && !/^roles?/i.test(u.guard.name))),
          },
        }
      : u,
  );
}

function siblingsGuard(s: Semantics, path: string, cls: ClassIR): boolean {
  return cls.methods.some((m) => m.decorators.some((d) => (useGuards(s, path, d) ?? []).length > 0));
}

/** `consumer.apply(AuthMiddleware).forRoutes(NotesController, 'orders', { path: 'users' })`. */
function appliedMiddleware(s: Semantics, cls: string, route: string): readonly GuardUse[] {
  const found: GuardUse[] = [];
  for (const path of s.project.paths) {
    for (const call of s.index(path).calls) {
      if (call.callee.kind !== 'member' || call.callee.property !== 'forRoutes') continue;
      const covered = call.args.some((a) => {
        if (a.value.kind === 'name') return a.value.name === cls;
        const given = a.value.kind === 'record' ? a.value.entries.find((e) => e.key === 'path')?.value : a.value;
        const text = given ? textOf(s.evaluate(path, given)) : undefined;
        return (
          text !== undefined &&
          (text.includes('*')
            ? route.startsWith(`/${text.replace(/^\//, '').replace(/\/?\(?\.?\*.*$/, '')}`)
            : `/${text.replace(/^\//, '')}`.replace(/:\w+/g, ':x') === route.replace(/:\w+/g, ':x'))
        );
      });
      if (!covered) continue;
      for (
        let inner: Expr = call.callee.object;
        inner.kind === 'call' && inner.callee.kind === 'member';
        inner = inner.callee.object
      ) {
        if (inner.callee.property !== 'apply') continue;
        for (const a of inner.args) {
          const value = alternatives(s.evaluate(path, a.value)).find((v) => v.kind === 'class');
          const use = value?.kind === 'class' ? value.cls.methods.find((m) => m.name === 'use') : undefined;
          const guard =
            value?.kind === 'class' && use
              ? summarise(s, value.path, use, undefined, 'next', value.cls.name)
              : byName(dotted(a.value));
          found.push({
            guard: guard.outcome === 'none' || guard.outcome === 'unknown' ? byName(dotted(a.value)) : guard,
            via: 'router',
            at: { path, span: a.span },
          });
        }
      }
    }
  }
  return found;
}

const globals = new WeakMap<Semantics, readonly GuardUse[]>();

/** Guards that hold for every class: `useGlobalGuards(…)`, `{ provide: APP_GUARD, useClass: X }`. */
function globalGuards(s: Semantics): readonly GuardUse[] {
  let known = globals.get(s);
  if (known) return known;
  const found: GuardUse[] = [];
  for (const path of s.project.paths) {
    const index = s.index(path);
    for (const expr of index.expressions) {
      if (expr.kind !== 'record') continue;
      const provide = expr.entries.find((e) => e.key === 'provide')?.value;
      const use = expr.entries.find((e) => e.key === 'useClass' || e.key === 'useExisting')?.value;
      if (provide && use && dotted(provide) === 'APP_GUARD')
        for (const guard of guardsOf(s, path, use, undefined, 'boolean'))
          found.push({ guard, via: 'default', at: { path, span: use.span } });
    }
    for (const call of index.calls) {
      if (call.callee.kind !== 'member' || call.callee.property !== 'useGlobalGuards') continue;
      for (const a of call.args)
        for (const guard of guardsOf(s, path, a.value, undefined, 'boolean'))
          found.push({ guard, via: 'default', at: { path, span: a.span } });
    }
  }
  known = found;
  globals.set(s, known);
  return known;
}

// ------------------------------------------------------------------ builders

/** `protectedProcedure.input(x).mutation(fn)`: what the builder carries. */
function builderRoute(s: Semantics, fact: Fact<'Route'>, site: CallSite): readonly Found[] {
  const handlerExpr = site.call.args[0]?.value;
  if (!handlerExpr) return [];
  const built = builderUses(s, site.path, site.call.callee.kind === 'member' ? site.call.callee.object : site.call, 8);
  const resolved = handlerOf(s, site.path, handlerExpr, site.frame);
  const index = s.index(site.path);
  let name = '';
  const parent = index.parentOf(site.call);
  if (parent && 'kind' in parent && parent.kind === 'record')
    name = parent.entries.find((e) => e.value === site.call)?.key ?? '';
  const start = builtFrom(site.call);
  return [
    {
      transport: 'rpc',
      method: textOf(fact.roles.method) ?? 'query',
      path: name,
      handler: resolved.handler,
      uses: built.uses,
      complete: built.known,
      at: { path: site.path, span: start.span },
      group: `${site.path}#procedures`,
      name,
    },
  ];
}

function builtFrom(call: CallExpr): Expr {
  let expr: Expr = call;
  for (let i = 0; i < 12; i++) {
    if (expr.kind === 'call') expr = expr.callee;
    else if (expr.kind === 'member' && expr.object.kind === 'call') expr = expr.object;
    else if (expr.kind === 'member' && !/procedure/i.test(expr.property)) expr = expr.object;
    else break;
  }
  return expr;
}

function builderUses(
  s: Semantics,
  path: string,
  expr: Expr,
  depth: number,
): { uses: readonly GuardUse[]; known: boolean } {
  if (depth === 0) return { uses: [], known: false };
  if (expr.kind === 'call' && expr.callee.kind === 'member') {
    const below = builderUses(s, path, expr.callee.object, depth - 1);
    if (expr.callee.property !== 'use' || !expr.args[0]) return below;
    const guards = guardsOf(s, path, expr.args[0].value, undefined, 'next').map(
      (guard): GuardUse => ({ guard, via: 'inline', at: { path, span: expr.args[0]?.span ?? expr.span } }),
    );
    return { uses: [...below.uses, ...guards], known: below.known };
  }
  if (expr.kind === 'member' && expr.property === 'procedure') return { uses: [], known: true };
  if (expr.kind === 'name' || expr.kind === 'member') {
    const target = expr.kind === 'name' ? definedAt(s, path, expr) : undefined;
    if (target) return builderUses(s, target.path, target.expr, depth - 1);
    const name = expr.kind === 'name' ? expr.name : expr.property;
    if (/^(public|open|anon|base|t)_?(procedure)?$/i.test(name) || /public/i.test(name))
      return { uses: [], known: true };
    if (/protected|auth|private|logged|user|session|secure|member/i.test(name))
      return {
        uses: [{ guard: byName(`require_auth_${name}`), via: 'inline', at: { path, span: expr.span } }],
        known: true,
      };
    if (/admin|staff|role|owner|manager/i.test(name))
      return {
        uses: [{ guard: byName(`require_admin_${name}`), via: 'inline', at: { path, span: expr.span } }],
        known: true,
      };
  }
  return { uses: [], known: false };
}

/** Where a name is defined by an expression, in this file or the one it is imported from. */
function definedAt(
  s: Semantics,
  path: string,
  expr: Extract<Expr, { kind: 'name' }>,
): { path: string; expr: Expr } | undefined {
  const definition = s.index(path).lookup(expr.name, expr)?.definitions.at(-1);
  if (definition?.value && definition.steps.length === 0) return { path, expr: definition.value };
  if (!definition?.import) return undefined;
  const target = s.project.resolve(definition.import.specifier, path);
  const file = target.kind === 'files' ? target.paths[0] : undefined;
  const index = file ? s.project.file(file) : undefined;
  if (!file || !index) return undefined;
  s.reads.add(file);
  const imported = definition.import.imported;
  const exported = index.exports.find((e) => e.name === imported);
  if (exported?.value) return { path: file, expr: exported.value };
  const value = index.top.bindings.get(exported?.local ?? imported)?.definitions.at(-1)?.value;
  return value ? { path: file, expr: value } : undefined;
}

// ------------------------------------------------------------------ files as routers, server functions, views

function fromFile(s: Semantics, path: string, known: readonly Found[]): readonly Found[] {
  const index = s.index(path);
  const found: Found[] = [];
  const handled = new Set(known.filter((k) => k.handler?.path === path).map((k) => k.handler?.fn));
  for (const e of index.exports) {
    const name = e.name === '=' ? 'default' : e.name;
    if (s.project.knowledge.fileHandler(path, name) === undefined || name === '*') continue;
    if (isPageFile(path, name)) continue;
    const expr = e.value ?? (e.local ? definitionExpr(s, path, e.local) : undefined);
    const fn = e.local ? index.top.bindings.get(e.local)?.definitions.find((d) => d.fn)?.fn : undefined;
    if (name === 'actions' && expr?.kind === 'record') {
      for (const entry of expr.entries)
        found.push(...fileEndpoint(s, path, entry.value, undefined, 'POST', entry.key ?? 'default'));
      continue;
    }
    found.push(...fileEndpoint(s, path, expr, fn, methodOfExport(name), name));
  }
  for (const fn of index.functions) {
    const resolved = resolverField(s, path, fn);
    if (resolved && !found.some((f) => f.handler?.fn === fn)) {
      found.push(resolverEndpoint(s, path, fn, resolved));
      continue;
    }
    const callback = strategyOf(s, path, fn);
    if (callback) {
      found.push({
        transport: 'callback',
        method: 'callback',
        path: callback,
        handler: { path, fn, frame: undefined },
        uses: [],
        complete: true,
        at: { path, span: fn.span },
        group: `${path}#callbacks`,
        name: callback,
      });
      continue;
    }
    if (handled.has(fn) || found.some((f) => f.handler?.fn === fn)) continue;
    if (isServerFunction(s, path, fn) && fn.body.length > 0) {
      found.push({
        transport: 'action',
        method: 'action',
        path: fn.name,
        handler: { path, fn, frame: undefined },
        uses: [],
        complete: true,
        at: { path, span: fn.nameSpan.end > fn.nameSpan.start ? fn.nameSpan : fn.span },
        group: `${path}#actions`,
        name: fn.name,
      });
      continue;
    }
    const view = viewOf(s, path, fn, known) ?? loneHandler(s, path, fn);
    if (view) found.push(view);
  }
  return found;
}

interface Proxy {
  readonly guard: Guard;
  readonly matchers: readonly string[];
  readonly at: Place;
}

const proxies = new WeakMap<Semantics, readonly Proxy[]>();

/** The file that stands in front of all routes (`middleware.ts`, `proxy.ts`), and the patterns that it is asked for. */
export function proxiesOf(s: Semantics): readonly Proxy[] {
  let known = proxies.get(s);
  if (known) return known;
  const found: Proxy[] = [];
  for (const path of s.project.paths) {
    if (!/(^|\/)(middleware|proxy)\.[cm]?[jt]s$/.test(path)) continue;
    const index = s.index(path);
    const exported = index.exports.find((e) => /^(default|middleware|proxy)$/.test(e.name));
    if (!exported) continue;
    const config = index.exports.find((e) => e.name === 'config');
    const record =
      config?.value ??
      (config ? definitionExpr(s, path, config.local ?? 'config') : undefined) ??
      definitionExpr(s, path, 'config');
    if (s.project.knowledge.fileHandler(path, 'middleware') === undefined) continue;
    const matcher = record?.kind === 'record' ? record.entries.find((e) => e.key === 'matcher') : undefined;
    const patterns = matcher ? (textsOf(s.evaluate(path, matcher.value)) ?? ['/:path*']) : [];
    const fn = exported.local ? index.top.bindings.get(exported.local)?.definitions.find((d) => d.fn)?.fn : undefined;
    const expr = exported.value ?? (exported.local ? definitionExpr(s, path, exported.local) : undefined);
    const guard = fn
      ? proxyGuard(s, path, fn)
      : expr?.kind === 'lambda'
        ? proxyGuard(s, path, expr.function)
        : expr
          ? guardsOf(s, path, expr, undefined)[0]
          : undefined;
    const inner = expr?.kind === 'call' ? expr.args.map((a) => a.value).find((a) => a.kind === 'lambda') : undefined;
    const wrapped = inner?.kind === 'lambda' ? proxyGuard(s, path, inner.function) : undefined;
    const best = wrapped?.outcome === 'rejects' ? wrapped : guard;
    if (best)
      found.push({ guard: best, matchers: patterns, at: { path, span: matcher?.value.span ?? { start: 0, end: 1 } } });
  }
  known = found;
  proxies.set(s, known);
  return known;
}

/** A proxy that redirects or answers 401 when there is nobody is a guard; it goes on by `next()` or by returning nothing. */
function proxyGuard(s: Semantics, path: string, fn: FunctionIR): Guard {
  const index = s.index(path);
  const calls = callsIn(index, fn).map((c) => dotted(c.callee));
  const refuses =
    calls.some((c) => /(redirect|rewrite|protect|Response\.json|NextResponse)$/.test(c)) &&
    index.statements.some((x) => x.kind === 'if' && x.span.start >= fn.span.start && x.span.end <= fn.span.end);
  const asks =
    calls.some((c) => /auth|getToken|session|verify|cookies\.(get|has)|jwt|protect/i.test(c)) ||
    index.expressions.some(
      (x) =>
        x.kind === 'member' &&
        x.span.start >= fn.span.start &&
        x.span.end <= fn.span.end &&
        /^(auth|cookies|token|session|user)$/.test(x.property),
    );
  const base = byName('proxy');
  return {
    ...base,
    name: fn.name || 'proxy',
    presumed: true,
    proves: new Set<Proof>(refuses && asks ? ['caller'] : []),
    outcome: refuses && asks ? 'rejects' : 'none',
    fn: { path, fn },
  };
}

/** Whether a pattern of a proxy covers a path: `yes`, `no`, or `unknown` where it is a pattern that we do not read. */
export function matcherCovers(pattern: string, path: string): 'yes' | 'no' | 'unknown' {
  if (/\(\?[!:=]/.test(pattern)) {
    const excluded = /\(\?!([^)]*)\)/.exec(pattern)?.[1]?.split('|') ?? [];
    const rest = path.replace(/^\//, '');
    return excluded.some((x) => rest.startsWith(x.replace(/\\/g, ''))) ? 'no' : 'yes';
  }
  const source = pattern
    .replace(/[.+?^$|[\]\\]/g, (c) => (c === '+' || c === '?' ? c : `\\${c}`))
    .replace(/\/:(\w+)\*/g, '(?:/[^/]+)*')
    .replace(/\/:(\w+)\+/g, '(?:/[^/]+)+')
    .replace(/:(\w+)\?/g, '[^/]*')
    .replace(/:(\w+)/g, '[^/]+')
    .replace(/\(\.\*\)/g, '.*');
  if (/[()]/.test(source.replace(/\(\?:/g, '').replace(/\)[*+]/g, ''))) return 'unknown';
  return new RegExp(`^${source}/?$`).test(path.replace(/:\w+/g, 'x')) ? 'yes' : 'no';
}

function proxyUses(s: Semantics, route: string): readonly GuardUse[] {
  return proxiesOf(s).flatMap((p): GuardUse[] => {
    if (p.guard.outcome !== 'rejects') return [];
    const covered = p.matchers.length === 0 || p.matchers.some((m) => matcherCovers(m, route) !== 'no');
    return covered ? [{ guard: p.guard, via: 'matcher', at: p.at }] : [];
  });
}

/** A field of a GraphQL schema, with the wrapper that its function may stand in, and a context that throws. */
function resolverEndpoint(
  s: Semantics,
  path: string,
  fn: FunctionIR,
  field: { readonly kind: string; readonly field: string },
): Found {
  const index = s.index(path);
  const uses: GuardUse[] = [...contextGuards(s)];
  const lambda = index.parentOf(fn);
  const call = lambda ? index.parentOf(lambda) : undefined;
  if (call && 'kind' in call && call.kind === 'call') uses.push(...handlerOf(s, path, call, undefined).uses);
  return {
    transport: 'graphql',
    method: field.kind,
    path: field.field,
    handler: { path, fn, frame: undefined },
    uses,
    complete: true,
    at: {
      path,
      span:
        fn.nameSpan.end > fn.nameSpan.start
          ? fn.nameSpan
          : { start: fn.span.start, end: fn.params.at(-1)?.span.end ?? fn.span.start + 1 },
    },
    group: `${path}#resolvers`,
    name: field.field,
  };
}

const contexts = new WeakMap<Semantics, readonly GuardUse[]>();

/** `context: async ({ req }) => { … throw … }`: a context that throws guards every field. */
function contextGuards(s: Semantics): readonly GuardUse[] {
  let known = contexts.get(s);
  if (known) return known;
  const found: GuardUse[] = [];
  for (const path of s.project.paths) {
    for (const expr of s.index(path).expressions) {
      if (expr.kind !== 'record') continue;
      const entry = expr.entries.find((e) => e.key === 'context');
      if (!entry || entry.value.kind === 'literal') continue;
      for (const v of alternatives(s.evaluate(path, entry.value))) {
        if (v.kind !== 'function') continue;
        const guard = summarise(s, v.path, v.fn, v.frame, 'dependency', 'context');
        if (guard.outcome === 'rejects') found.push({ guard, via: 'default', at: { path, span: entry.span } });
      }
    }
  }
  known = found;
  contexts.set(s, known);
  return known;
}

/** The strategy that a verify callback belongs to: `new GoogleStrategy(options, async (…, profile, done) => …)`. */
function strategyOf(s: Semantics, path: string, fn: FunctionIR): string | undefined {
  const index = s.index(path);
  const lambda = index.parentOf(fn);
  const call = lambda ? index.parentOf(lambda) : undefined;
  if (call && 'kind' in call && call.kind === 'call' && /Strategy$/.test(dotted(call.callee)))
    return dotted(call.callee).split('.').at(-1);
  const cls = index.classOf(fn);
  if (cls && fn.name === 'validate' && /Strategy/.test(`${cls.name}${cls.bases.map(dotted).join()}`)) return cls.name;
  // A helper that is given a provider's profile, and that nobody calls in sight.
  if (
    !index.functionOf(fn) &&
    fn.params.some(
      (p) =>
        p.target.kind === 'bind' &&
        /^(profile|userinfo|user_info|google_?(user|profile)|github_?(user|profile)|oauth_?(user|profile)|id_?token_?claims|claims)$/i.test(
          p.target.name,
        ),
    ) &&
    s.usage(fn).calls.length === 0 &&
    fn.name &&
    /user|account|login|link|profile|upsert|find/i.test(fn.name)
  )
    return `${fn.name} callback`;
  return undefined;
}

function definitionExpr(s: Semantics, path: string, name: string): Expr | undefined {
  return s.index(path).top.bindings.get(name)?.definitions.at(-1)?.value;
}

function isPageFile(path: string, name: string): boolean {
  return (
    /(^|\/)(page|layout|middleware|proxy|hooks\.server|hooks)\.[cm]?[jt]sx?$/.test(path) ||
    (name === 'default' && !/(^|\/)api\//.test(path)) ||
    name === 'handle'
  );
}

function methodOfExport(name: string): string {
  if (/^[A-Z]+$/.test(name)) return name;
  if (name === 'load' || name === 'loader') return 'GET';
  if (name === 'action') return 'POST';
  return 'ANY';
}

function fileEndpoint(
  s: Semantics,
  path: string,
  expr: Expr | undefined,
  fn: FunctionIR | undefined,
  method: string,
  name: string,
): readonly Found[] {
  const resolved = fn
    ? { handler: { path, fn, frame: undefined }, uses: [] }
    : expr
      ? handlerOf(s, path, expr, undefined)
      : undefined;
  if (!resolved?.handler) return [];
  const span =
    resolved.handler.fn.nameSpan.end > resolved.handler.fn.nameSpan.start
      ? resolved.handler.fn.nameSpan
      : {
          start: resolved.handler.fn.span.start,
          end: Math.min(resolved.handler.fn.span.end, resolved.handler.fn.span.start + 40),
        };
  return [
    {
      transport: 'http',
      method,
      path: routeOfFile(path),
      handler: resolved.handler,
      uses: [...proxyUses(s, routeOfFile(path)), ...resolved.uses],
      complete: true,
      at: { path: resolved.handler.path, span },
      group: `${path}#file`,
      name,
    },
  ];
}

/** `app/api/notes/[id]/route.ts` → `/api/notes/:id`. */
function routeOfFile(path: string): string {
  const inner = path
    .replace(/^.*?(?:^|\/)(?:src\/)?(?:app\/routes|app|pages|routes)\//, '')
    .replace(/\/?(?:route|\+server|\+page\.server|\+layout\.server|index)\.[cm]?[jt]sx?$/, '')
    .replace(/\.[cm]?[jt]sx?$/, '');
  return `/${inner
    .replace(/\[(?:\.\.\.)?(\w+)\]/g, ':$1')
    .replace(/\([^)]*\)\//g, '')
    .replace(/\$(\w+)/g, ':$1')
    .replace(/\.(?=[:\w])/g, '/')}`;
}

/** A view: a function or method that takes the framework's request, in code whose routes stand elsewhere. */
function viewOf(s: Semantics, path: string, fn: FunctionIR, known: readonly Found[]): Found | undefined {
  const first = fn.params[0]?.target;
  const index = s.index(path);
  const cls = index.classOf(fn);
  if (cls) {
    const base = externalBase(s, cls, path);
    const type = base ? s.project.knowledge.base(base)?.type : undefined;
    if (!type || !/View$/.test(type)) return undefined;
    const verb = /^(get|post|put|patch|delete)$/.exec(fn.name)?.[1];
    const action =
      /^(get_queryset|list|retrieve|create|update|partial_update|destroy|perform_create|perform_update|perform_destroy)$/.exec(
        fn.name,
      )?.[1];
    if (!verb && !action) return undefined;
    if (known.some((k) => k.handler?.fn === fn)) return undefined;
    const uses = [...classUses(s, path, cls, fn, 4), ...decoratorUses(s, path, fn, undefined)];
    return {
      transport: 'http',
      method: verb
        ? verb.toUpperCase()
        : ((
            {
              get_queryset: 'GET',
              list: 'GET',
              retrieve: 'GET',
              create: 'POST',
              update: 'PUT',
              partial_update: 'PATCH',
              destroy: 'DELETE',
              perform_create: 'POST',
              perform_update: 'PUT',
              perform_destroy: 'DELETE',
            } as Record<string, string>
          )[action as string] ?? 'ANY'),
      path: `/${cls.name}`,
      handler: { path, fn, frame: undefined },
      uses,
      complete: settingsSeen(s) || siblingClassesGuarded(s, path),
      at: {
        path,
        span:
          cls.fields.some((f) => f.name === 'permission_classes') || cls.decorators.length > 0
            ? fn.nameSpan
            : cls.nameSpan,
      },
      group: `${path}#${cls.name}`,
      name: `${cls.name}.${fn.name}`,
    };
  }
  if (first?.kind !== 'bind' || first.name !== 'request' || index.functionOf(fn) || fn.params.length > 6)
    return undefined;
  if (s.project.ecosystem(path) !== 'pypi') return undefined;
  if (known.some((k) => k.handler?.fn === fn)) return undefined;
  const param = fn.params[0];
  const type = param?.type
    ? s.typeOf({ kind: 'parameter', fn, path, index: 0, name: 'request', type: undefined })
    : undefined;
  void type;
  if (param?.type) return undefined;
  if (!index.imports.some((i) => /^(django|rest_framework)(\.|$)/.test(i.specifier))) return undefined;
  if (!returnsAnswer(s, path, fn)) return undefined;
  return {
    transport: 'http',
    method: methodsOfView(s, path, fn),
    path: `/${fn.name}`,
    handler: { path, fn, frame: undefined },
    uses: decoratorUses(s, path, fn, undefined),
    complete:
      settingsSeen(s) ||
      index.functions.some(
        (other) => other !== fn && decoratorUses(s, path, other, undefined).some((u) => u.guard.outcome === 'rejects'),
      ),
    at: { path, span: fn.nameSpan },
    group: `${path}#views`,
    name: fn.name,
  };
}

/** A handler whose route is not in sight: it takes the framework's request, and nobody here calls it or hands it over. */
function loneHandler(s: Semantics, path: string, fn: FunctionIR): Found | undefined {
  const index = s.index(path);
  if (index.functionOf(fn) || fn.params.length === 0 || fn.params.length > 3 || fn.body.length === 0) return undefined;
  const usage = s.usage(fn);
  if (usage.calls.length > 0 || usage.passed.length > 0) return undefined;
  const name = fn.name || handlerName(s, path, fn);
  if (!name || /^(default|middleware|main|init|setup|config|next)$/i.test(name)) return undefined;
  const types = fn.params.map((p, i) => (p.target.kind === 'bind' ? parameterType(s, path, fn, i) : undefined));
  const request = types.findIndex((t) => t !== undefined && /[.:](Request|Context)$/.test(t) && takesInput(s, t));
  if (request === -1) return undefined;
  // One parameter alone may be any helper that looks at a request.
  const answers = types.some((t, i) => i !== request && t !== undefined && /(Response|ResponseWriter|Reply)$/.test(t));
  if (!answers && !/[.:]Context$/.test(types[request] ?? '')) return undefined;
  if (goesOn(s, path, fn)) return undefined;
  return {
    transport: 'http',
    method: 'ANY',
    path: `/${name}`,
    handler: { path, fn, frame: undefined },
    uses: callerSeen(s, path)
      ? [
          {
            guard: { ...byName('require_login'), name: 'the routes in front' },
            via: 'router',
            at: { path, span: fn.nameSpan },
          },
        ]
      : [],
    complete: false,
    at: {
      path,
      span: fn.nameSpan.end > fn.nameSpan.start ? fn.nameSpan : { start: fn.span.start, end: fn.span.start + 1 },
    },
    group: `${path}#handlers`,
    name,
  };
}

function parameterType(s: Semantics, path: string, fn: FunctionIR, index: number): string | undefined {
  const param = fn.params[index];
  if (param?.target.kind !== 'bind') return undefined;
  const at = s
    .index(path)
    .expressions.find(
      (e) =>
        e.kind === 'name' &&
        e.name === (param.target.kind === 'bind' ? param.target.name : '') &&
        e.span.start >= fn.span.start &&
        e.span.end <= fn.span.end,
    );
  return at ? s.typeOf(s.evaluate(path, at)) : undefined;
}

/** Whether models say that a type carries request input. */
function takesInput(s: Semantics, type: string): boolean {
  return ['body', 'Body', 'params', 'query', 'Param', 'PathValue', 'Query', 'request', 'ShouldBindJSON', 'Bind'].some(
    (m) =>
      s.project.knowledge.says(`${type}#${m}`).some((x) => x.is === 'RequestInput') ||
      s.project.knowledge.member(`${type}#${m}`) !== undefined,
  );
}

function goesOn(s: Semantics, path: string, fn: FunctionIR): boolean {
  return callsIn(s.index(path), fn).some(
    (c) => /^(next|Next|ServeHTTP)$/.test(dotted(c.callee).split('.').at(-1) ?? '') && c.args.length !== 1,
  );
}

function handlerName(s: Semantics, path: string, fn: FunctionIR): string {
  const index = s.index(path);
  let node = index.parentOf(fn);
  for (let i = 0; node && i < 3; i++) {
    if (!('kind' in node)) return '';
    if (node.kind === 'let')
      return node.target.kind === 'bind'
        ? node.target.name
        : node.target.kind === 'place' && node.target.expression.kind === 'member'
          ? node.target.expression.property
          : '';
    if (node.kind === 'record')
      return node.entries.find((e) => e.value.kind === 'lambda' && e.value.function === fn)?.key ?? '';
    node = index.parentOf(node);
  }
  return '';
}

const callers = new WeakMap<Semantics, Map<string, boolean>>();

/** Whether a file reads who is calling from the request: then its routes have a guard in front. */
function callerSeen(s: Semantics, path: string): boolean {
  let known = callers.get(s);
  if (!known) {
    known = new Map();
    callers.set(s, known);
  }
  let seen = known.get(path);
  if (seen === undefined) {
    seen = s.index(path).expressions.some((e) => {
      if (e.kind !== 'member' && e.kind !== 'call') return false;
      const p = principalOf(s, s.evaluate(path, e));
      return p !== undefined && !p.loaded && p.slot !== 'token' && p.backing !== 'decoded';
    });
    known.set(path, seen);
  }
  return seen;
}

function settingsSeen(s: Semantics): boolean {
  return s.project.paths.some((p) => /(^|\/)settings(\/\w+)?\.py$/.test(p));
}

function siblingClassesGuarded(s: Semantics, path: string): boolean {
  return s
    .index(path)
    .classes.some(
      (c) =>
        c.fields.some((f) => f.name === 'permission_classes') ||
        c.bases.some((b) => /LoginRequired|Permission/.test(dotted(b))),
    );
}

function returnsAnswer(s: Semantics, path: string, fn: FunctionIR): boolean {
  return callsIn(s.index(path), fn).some((c) =>
    /^(JsonResponse|HttpResponse\w*|render|redirect|Response|FileResponse|StreamingHttpResponse|get_object_or_404)$/.test(
      dotted(c.callee).split('.').at(-1) ?? '',
    ),
  );
}

/** `@require_POST`, `@require_http_methods([…])`, `if request.method == 'POST'`. */
function methodsOfView(s: Semantics, path: string, fn: FunctionIR): string {
  for (const d of fn.decorators) {
    const name = dotted(d.value).split('.').at(-1) ?? '';
    if (name === 'require_POST') return 'POST';
    if (name === 'require_GET' || name === 'require_safe') return 'GET';
    if (name === 'require_http_methods' && d.value.kind === 'call' && d.value.args[0])
      return textsOf(s.evaluate(path, d.value.args[0].value))?.join(',') ?? 'ANY';
  }
  return 'ANY';
}

// ------------------------------------------------------------------ what an endpoint does

function analysed(s: Semantics, found: Found): Endpoint {
  const writing = /POST|PUT|PATCH|DELETE|mutation|Mutation/.test(found.method);
  const f: Found = {
    ...found,
    uses: found.uses.map((u) =>
      u.guard.outcome === 'writes'
        ? { ...u, guard: { ...u.guard, outcome: writing ? ('rejects' as const) : ('optional' as const) } }
        : u,
    ),
  };
  const { handler } = f;
  const steps = handler ? stepsOf(s, handler.path, handler.fn, handler.frame) : [];
  const accesses = handler ? accessesOf(s, handler, steps) : [];
  const rejecting = f.uses.filter((u) => u.guard.outcome === 'rejects');
  const proofs = new Set<Proof>(rejecting.flatMap((u) => [...u.guard.proves]));
  const roles = rejecting.flatMap((u) => [...u.guard.roles]);
  let decoded = rejecting.some((u) => u.guard.decoded);
  let presumed = rejecting.length > 0 && rejecting.every((u) => u.guard.presumed);
  let handlerChecks = false;
  if (handler) {
    const own = handlerProofs(s, handler, accesses);
    for (const c of own) {
      proofs.add(c.proves);
      if (c.decoded) decoded = true;
      roles.push(...(c.roles ?? []));
    }
    if (own.length > 0) {
      handlerChecks = true;
      if (rejecting.length === 0) presumed = own.every((c) => c.presumed === true);
      else if (own.some((c) => !c.presumed)) presumed = false;
    }
  }
  if (proofs.size > 0 && !proofs.has('secret')) proofs.add('caller');
  const writes = accesses.some((a) => a.op !== 'read' && a.op !== 'list') || sendsOut(s, steps);
  const reads = accesses.some((a) => a.op === 'read' || a.op === 'list');
  return {
    transport: f.transport,
    method: f.method,
    route: f.path,
    name: f.name,
    handler,
    uses: f.uses,
    complete: f.complete,
    opened: f.opened === true,
    unread: f.unread,
    at: f.at,
    group: f.group,
    accesses,
    steps,
    proofs,
    presumed,
    decoded,
    roles,
    optional: rejecting.length === 0 && f.uses.some((u) => u.guard.outcome === 'optional'),
    purpose: purposeOf(s, f, steps, proofs),
    writes,
    reads,
    handlerChecks,
  };
}

/** Mail, payments, processes: effects that are no stored data. */
function sendsOut(s: Semantics, steps: readonly Step[]): boolean {
  void s;
  return steps.some((x) => {
    const name = dotted(x.call.callee);
    return /(sendMail|send_mail|send_email|sendEmail|\.charges?\.create|paymentIntents\.create|refunds\.create|putObject|upload_file|unlink|writeFile|rmSync|execSync|spawn|subprocess\.run|checkout\.sessions\.create|\.publish)$/.test(
      name,
    );
  });
}

const byFunction = new WeakMap<Semantics, WeakMap<FunctionIR, readonly Access[]>>();

/** The data that a function by itself touches: a guard's own lookups. */
export function accessesIn(s: Semantics, path: string, fn: FunctionIR): readonly Access[] {
  let here = byFunction.get(s);
  if (!here) {
    here = new WeakMap();
    byFunction.set(s, here);
  }
  let known = here.get(fn);
  if (!known) {
    here.set(fn, []);
    known = accessesOf(s, { path, fn, frame: undefined }, stepsOf(s, path, fn, undefined));
    here.set(fn, known);
  }
  return known;
}

function accessesOf(
  s: Semantics,
  handler: NonNullable<Endpoint['handler']>,
  steps: readonly Step[],
): readonly Access[] {
  const found: Access[] = [];
  const seen = new Set<string>();
  const push = (a: Access | undefined) => {
    if (!a) return;
    const key = `${a.path}@${a.node.span.start}-${a.node.span.end}:${a.op}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push(a);
  };
  for (const step of steps) push(accessOf(s, step));
  // Subscripts, assignments and tagged texts, in the handler and in what it calls.
  const bodies = new Map<FunctionIR, { path: string; frame: Frame | undefined; via: Step | undefined }>();
  bodies.set(handler.fn, { path: handler.path, frame: handler.frame, via: undefined });
  for (const step of steps)
    if (!bodies.has(step.fn)) bodies.set(step.fn, { path: step.path, frame: step.frame, via: step.via });
  for (const [fn, { path, frame, via }] of bodies) {
    const index = s.index(path);
    const first = fn.body[0];
    const last = fn.body.at(-1);
    if (!first || !last) continue;
    const inside = (span: { start: number; end: number }) =>
      span.start >= first.span.start && span.end <= last.span.end;
    const stepAt = (call: CallExpr): Step => ({ path, call, frame, fn, via });
    const nowhere: CallExpr = {
      kind: 'call',
      form: 'call',
      callee: { kind: 'literal', value: null, span: first.span },
      args: [],
      span: first.span,
    };
    const targets = new Set<Expr>();
    for (const write of index.memberWrites) {
      if (!inside(write.target.span)) continue;
      targets.add(write.target);
      if (write.target.kind === 'member')
        push(assignedAccess(s, stepAt(nowhere), write.target, write.value, write.node));
      else if (write.target.kind === 'index') push(subscriptAccess(s, stepAt(nowhere), write.target, 'update'));
    }
    for (const expr of index.expressions) {
      if (!inside(expr.span)) continue;
      if (expr.kind === 'index' && !targets.has(expr)) {
        const parent = index.parentOf(expr);
        const gone = parent && 'kind' in parent && parent.kind === 'unary' && parent.operator === 'delete';
        push(subscriptAccess(s, stepAt(nowhere), expr, gone ? 'delete' : 'read'));
      } else if (expr.kind === 'concat' && expr.tag) push(taggedAccess(s, stepAt(nowhere), expr));
    }
  }
  return found;
}

/** Checks in the handler that hold before its first access, or before whatever it answers. */
function handlerProofs(s: Semantics, handler: NonNullable<Endpoint['handler']>, accesses: readonly Access[]) {
  const data = accesses.filter((a) => !a.counts);
  const spots = data.length > 0 ? data : [];
  if (spots.length === 0) {
    // Without an access: what holds at the last statement.
    const last = handler.fn.body.at(-1);
    if (!last) return [];
    return checksAt(s, { path: handler.path, node: last, frame: handler.frame, fn: handler.fn, via: undefined });
  }
  const lists = spots
    .slice(0, 6)
    .map((a) => checksAt(s, { path: a.path, node: a.node, frame: a.frame, fn: a.fn, via: a.via }));
  // Lookups that serve the check itself (the session's user) come before it.
  const later = lists.filter((l) => l.length > 0);
  const unchecked = spots.filter(
    (a, i) => i < lists.length && (lists[i] as readonly unknown[]).length === 0 && !servesCheck(a),
  );
  if (unchecked.length > 0) return [];
  const common = later[0] ?? [];
  return common;
}

/** An access that is keyed by the caller alone: it finds out who is calling. */
function servesCheck(a: Access): boolean {
  return a.op === 'read' && /user|account|session|member|token|employee|customer|admin|profile/i.test(a.model);
}

const SIGN_IN =
  /(^|[/_-])(log-?in|sign-?in|register|sign-?up|refresh|token|callback|authorize|forgot|reset|verify|confirm|otp|mfa|2fa|totp|\.well-known|jwks|oauth2?|sso|saml|oidc|password|session|sessions|auth|magic-?link|passkey|webauthn)([/_-]|$|\.)/i;
const ENTERS =
  /log-?in|sign-?in|register|sign-?up|refresh|callback|authorize|forgot|reset|oauth|oidc|sso|saml|verify|confirm|2fa|mfa|totp/i;
const SIGN_OUT = /(^|[/_-])(log-?out|sign-?out|revoke)([/_-]|$)/i;
const HEALTH =
  /(^|\/)(health\w*|ready\w*|live\w*|ping|status|version|robots\.txt|favicon\.ico|metrics|docs|openapi\.json|manifest\.json|csp-report|\.well-known.*)\/?$/i;
const WEBHOOK = /web-?hooks?|stripe\/events|callback\/(stripe|github|paypal)|\bipn\b/i;

function purposeOf(s: Semantics, f: Found, steps: readonly Step[], proofs: ReadonlySet<Proof>): Purpose {
  const words = `${f.path}/${f.name}`;
  if (f.transport === 'callback') return 'sign-in';
  if (HEALTH.test(f.path)) return 'health';
  if (
    /(Registration|Register|Login|SignUp|SignIn|TokenObtain|TokenRefresh|PasswordReset)\w*(View|ViewSet|API|Controller)?/.test(
      f.name,
    )
  )
    return 'sign-in';
  if (SIGN_OUT.test(words) || /^(logout|log_out|signout|sign_out)/i.test(f.name)) return 'sign-out';
  if (WEBHOOK.test(words)) return 'webhook';
  // Behind a login, `/sessions/:id` is data like any other.
  if (proofs.has('caller') && !ENTERS.test(words)) return 'data';
  if (
    SIGN_IN.test(f.path) ||
    /^(login|log_in|signin|sign_in|register|signup|sign_up|refresh|callback|authorize|oauth|forgot|reset_?password|verify_?(email|otp|code)|auth_?callback)/i.test(
      f.name,
    )
  )
    return 'sign-in';
  if (proofs.size === 0 && issues(s, steps)) return 'sign-in';
  return 'data';
}

/** It makes a token or checks a password: a way to become somebody. */
function issues(s: Semantics, steps: readonly Step[]): boolean {
  return steps.some((x) => {
    const name = dotted(x.call.callee).split('.').at(-1) ?? '';
    if (
      /^(compare|compareSync|checkpw|verify_password|check_password|check_password_hash|checkPassword|verifyPassword|comparePassword|authenticate|login_user|logIn)$/.test(
        name,
      ) &&
      x.call.args.length >= 1
    )
      return name !== 'compare' || /bcrypt|argon|password/i.test(dotted(x.call.callee)) || x.call.args.length === 2;
    const site: CallSite = { path: x.path, call: x.call, frame: x.frame };
    return s.names(site).some((n) => s.project.knowledge.says(n).some((y) => y.is === 'TokenIssue'));
  });
}

export type { Guard };
