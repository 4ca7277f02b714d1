/** Which router a value is, what is hung into what, and which guards stand in front of a route, by each framework's way of composing them. */
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Value, alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type Guard, guardsOf, injectedGuards } from './guards.js';
import { chainOf } from './steps.js';

/** A guard as it stands in front of an endpoint. */
export interface GuardUse {
  readonly guard: Guard;
  readonly via: 'inline' | 'router' | 'class' | 'matcher' | 'default' | 'dependency' | 'wrapper' | 'decorator';
  readonly at: { readonly path: string; readonly span: { readonly start: number; readonly end: number } };
}

/** What is registered on a router, in order. */
interface Bind {
  readonly prefix: string | undefined;
  readonly uses: readonly GuardUse[];
  readonly at: { readonly path: string; readonly start: number };
}

interface Mount {
  readonly parent: string;
  readonly prefix: string;
  readonly uses: readonly GuardUse[];
  readonly at: { readonly path: string; readonly start: number };
  readonly isolated: boolean;
}

interface RouterInfo {
  readonly key: string;
  /** It answers requests by itself: an application. */
  readonly root: boolean;
  readonly binds: Bind[];
  readonly mounts: Mount[];
  /** Guards of its construction. */
  readonly own: GuardUse[];
  readonly ordered: boolean;
  prefix: string;
}

export interface Routers {
  /** The keys of the routers that a value may be. */
  keysOf(value: Value): readonly string[];
  /** The routers that a router is hung into, at any depth. */
  parentsOf(key: string): readonly string[];
  /** The guards in front of a route of this router that is registered there, outermost first; the prefix; whether the root was reached. */
  inFront(key: string, at: { readonly path: string; readonly start: number }, routePath: string): Front;
}

export interface Front {
  readonly uses: readonly GuardUse[];
  readonly prefix: string;
  readonly complete: boolean;
}

/** Builds the table of routers from the registrations of the whole workspace. */
export function readRouters(
  s: Semantics,
  bindings: readonly Fact<'GuardBinding'>[],
  mounts: readonly Fact<'RouterMount'>[],
): Routers {
  const routers = new Map<string, RouterInfo>();
  const info = (key: string, value?: Value): RouterInfo => {
    let known = routers.get(key);
    if (!known) {
      const type = value ? (s.typeOf(value) ?? '') : '';
      known = {
        key,
        root:
          /(Application|Instance|Hono|FastAPI|Flask|Starlette|NestApplication)$/.test(type) && !key.startsWith('fn:'),
        binds: [],
        mounts: [],
        own: [],
        ordered: !/(Instance|FastAPI|APIRouter|Flask|Blueprint|Starlette)$/.test(type),
        prefix: '',
      };
      routers.set(key, known);
      if (value) construction(s, value, known);
    }
    return known;
  };
  const keysOf = (value: Value): readonly string[] => routerKeys(s, value, 5, info);

  for (const fact of bindings) {
    const { site } = fact;
    if (!site || textOf(fact.roles.mode) === 'param') continue;
    const owners = keysOf(fact.roles.owner);
    if (owners.length === 0) continue;
    const event = textOf(fact.roles.event);
    if (event !== undefined && !/^(onRequest|preParsing|preValidation|preHandler)$/.test(event)) continue;
    let prefix: string | undefined;
    const uses: GuardUse[] = [];
    const children: string[] = [];
    const style = event !== undefined ? 'hook' : textOf(fact.roles.mode) === 'scope' ? undefined : 'next';
    site.call.args.forEach((argument, i) => {
      const value = s.evaluate(site.path, argument.value, site.frame);
      const text = textOf(value) ?? (value.kind === 'list' ? textOf(value.items[0] ?? value) : undefined);
      if (i === 0 && text !== undefined) {
        if (event === undefined) prefix = text;
        return;
      }
      const keys = keysOf(value);
      if (keys.length > 0) {
        for (const key of keys) {
          children.push(key);
          info(key, value);
        }
        return;
      }
      for (const guard of guardsOf(
        s,
        site.path,
        argument.value,
        site.frame,
        style === 'next' && isFunctionValue(value) ? 'next' : style,
      ))
        uses.push({ guard, via: 'router', at: { path: site.path, span: argument.span } });
    });
    const at = { path: site.path, start: site.call.span.start };
    for (const owner of owners) {
      if (children.length > 0) {
        for (const child of children)
          info(child).mounts.push({ parent: owner, prefix: prefix ?? '', uses, at, isolated: false });
      } else info(owner).binds.push({ prefix, uses, at });
    }
  }
  for (const fact of mounts) {
    const { site } = fact;
    if (!site) continue;
    const parents = keysOf(fact.roles.parent);
    const childValue = fact.roles.child;
    const keys = [...keysOf(childValue)];
    for (const v of alternatives(childValue)) if (v.kind === 'function') keys.push(functionKey(v.path, v.fn));
    const uses = guardList(s, fact.roles.guards, site);
    const at = { path: site.path, start: site.call.span.start };
    for (const key of keys) {
      const child = info(key, keysOf(childValue).length > 0 ? childValue : undefined);
      for (const parent of parents)
        child.mounts.push({
          parent,
          prefix: textOf(fact.roles.prefix) ?? '',
          uses,
          at,
          isolated: textOf(fact.roles.mode) === 'isolated',
        });
      // A plugin that its wrapper unwraps: what it hooks holds for its parent.
      if (transparent(s, site)) for (const parent of parents) info(parent).binds.push(...child.binds);
    }
  }

  function inFront(
    key: string,
    at: { readonly path: string; readonly start: number },
    routePath: string,
    seen: ReadonlySet<string> = new Set(),
  ): Front {
    const router = routers.get(key);
    if (!router || seen.has(key)) return { uses: [], prefix: '', complete: false };
    const own = [
      ...router.own,
      ...router.binds.filter((b) => precedes(router, b, at) && covers(b.prefix, routePath)).flatMap((b) => b.uses),
    ];
    if (router.mounts.length === 0) return { uses: own, prefix: router.prefix, complete: router.root };
    const open = new Set([...seen, key]);
    const fronts = router.mounts.map((mount): Front => {
      const whole = joinPaths(joinPaths(mount.prefix, router.prefix), routePath);
      const outer = mount.isolated
        ? { uses: [], prefix: '', complete: true }
        : inFront(mount.parent, mount.at, whole, open);
      const beside = mount.isolated ? [] : siblingsBefore(mount, whole, key);
      return {
        uses: [...outer.uses, ...beside, ...mount.uses, ...own],
        prefix: joinPaths(joinPaths(outer.prefix, mount.prefix), router.prefix),
        complete: outer.complete,
      };
    });
    // The same handler behind two mounts: the weaker one decides.
    return fronts.sort((a, b) => strengthOf(a) - strengthOf(b))[0] as Front;
  }

  /** Guards of routers that are mounted earlier in the same parent, under a prefix that covers this one. */
  function siblingsBefore(mount: Mount, whole: string, self: string): readonly GuardUse[] {
    const found: GuardUse[] = [];
    for (const other of routers.values()) {
      if (other.key === self || !other.ordered) continue;
      for (const m of other.mounts) {
        if (m.parent !== mount.parent || m.at.path !== mount.at.path || m.at.start >= mount.at.start || m.isolated)
          continue;
        if (!covers(m.prefix, whole)) continue;
        found.push(
          ...m.uses,
          ...other.binds
            .filter((b) => b.prefix === undefined || b.prefix === '*' || b.prefix === '/')
            .flatMap((b) => b.uses),
        );
      }
    }
    return found;
  }

  function parentsOf(key: string, depth = 5): readonly string[] {
    if (depth === 0) return [];
    const direct = (routers.get(key)?.mounts ?? []).filter((m) => !m.isolated).map((m) => m.parent);
    return [...new Set(direct.flatMap((p) => [p, ...parentsOf(p, depth - 1)]))];
  }

  return { keysOf, parentsOf: (key) => parentsOf(key), inFront: (key, at, routePath) => inFront(key, at, routePath) };
}

function strengthOf(front: Front): number {
  return front.uses.filter((u) => u.guard.outcome === 'rejects').length;
}

function precedes(router: RouterInfo, bind: Bind, at: { readonly path: string; readonly start: number }): boolean {
  if (!router.ordered) return true;
  return bind.at.path !== at.path || bind.at.start < at.start;
}

function isFunctionValue(value: Value): boolean {
  return value.kind === 'function';
}

/** `APIRouter(prefix=…, dependencies=[…])`, `Blueprint('x', url_prefix=…)`, `new Router({ prefix })`. */
function construction(s: Semantics, value: Value, router: RouterInfo): void {
  for (const v of alternatives(value)) {
    if (v.kind !== 'result') continue;
    const call = creation(v.site.call);
    const site: CallSite = { ...v.site, call };
    const prefix = textOf(s.access(site, 'named prefix|named url_prefix|arg 0 .prefix').value);
    if (prefix) router.prefix = prefix;
    const given = s.access(site, 'named dependencies').value;
    router.own.push(...guardList(s, given, site));
  }
}

/** `dependencies=[Depends(f), …]` as guards. */
export function guardList(s: Semantics, value: Value, site: CallSite): readonly GuardUse[] {
  if (value.kind === 'absent') return [];
  const argument = site.call.args.find((a) => a.name === 'dependencies');
  const uses: GuardUse[] = [];
  const items = listItems(s, site, argument?.value);
  for (const { path, expr } of items) {
    for (const guard of injectedGuards(s, path, expr, undefined, path))
      uses.push({ guard, via: 'dependency', at: { path, span: expr.span } });
  }
  return uses;
}

function listItems(
  s: Semantics,
  site: CallSite,
  expr: Expr | undefined,
  depth = 3,
): readonly { path: string; expr: Expr }[] {
  if (!expr || depth === 0) return [];
  if (expr.kind === 'list')
    return expr.items.flatMap((i) =>
      i.value.kind === 'call' ? [{ path: site.path, expr: i.value }] : listItems(s, site, i.value, depth - 1),
    );
  if (expr.kind === 'call') return [{ path: site.path, expr }];
  if (expr.kind === 'name') {
    const index = s.index(site.path);
    const made = index.lookup(expr.name, expr)?.definitions.at(-1);
    if (made?.value) return listItems(s, site, made.value, depth - 1);
  }
  return [];
}

/** The first call of a chain: where a router was made. */
function creation(call: CallExpr): CallExpr {
  return chainOf(call).links[0]?.call ?? call;
}

function functionKey(path: string, fn: FunctionIR): string {
  return `fn:${path}@${fn.span.start}`;
}

function routerKeys(
  s: Semantics,
  value: Value,
  depth: number,
  info: (key: string, value?: Value) => RouterInfo,
): readonly string[] {
  if (depth === 0) return [];
  switch (value.kind) {
    case 'oneOf':
      return [...new Set(value.values.flatMap((v) => routerKeys(s, v, depth - 1, info)))];
    case 'result': {
      const type = value.type ?? '';
      if (!isRouterType(type)) return [];
      const chain = chainOf(value.site.call);
      if (s.project.knowledge.says(value.callee).some((x) => x.is === 'RouterMount' && x.fixed.mode === 'group')) {
        const key = `${value.site.path}@${value.site.call.span.end}`;
        const group = info(key, value);
        if (group.mounts.length === 0) {
          const { site } = value;
          const parent =
            site.call.callee.kind === 'member' ? s.evaluate(site.path, site.call.callee.object, site.frame) : undefined;
          const uses = site.call.args
            .slice(1)
            .flatMap((a) =>
              guardsOf(s, site.path, a.value, site.frame).map(
                (guard): GuardUse => ({ guard, via: 'router', at: { path: site.path, span: a.span } }),
              ),
            );
          const prefix = site.call.args[0]
            ? (textOf(s.evaluate(site.path, site.call.args[0].value, site.frame)) ?? '')
            : '';
          for (const key of parent ? routerKeys(s, parent, depth - 1, info) : [])
            group.mounts.push({
              parent: key,
              prefix,
              uses,
              at: { path: site.path, start: site.call.span.start },
              isolated: false,
            });
        }
        return [key];
      }
      if (chain.root && chain.root.kind !== 'literal') {
        const root = s.evaluate(value.site.path, chain.root, value.site.frame);
        const keys = isRouterType(s.typeOf(root) ?? '') ? routerKeys(s, root, depth - 1, info) : [];
        if (keys.length > 0) return keys;
      }
      const call = creation(value.site.call);
      const key = `${value.site.path}@${call.span.start}`;
      info(key, value);
      return [key];
    }
    case 'parameter': {
      const usage = s.usage(value.fn);
      const keys: string[] = [];
      for (const site of usage.calls.slice(0, 8))
        keys.push(...routerKeys(s, s.access(site, `arg ${value.index}`).value, depth - 1, info));
      if (keys.length > 0) return [...new Set(keys)];
      // A plugin's own instance: `register(async (instance) => …)`.
      if (isRouterType(value.type ?? '')) {
        const key = functionKey(value.path, value.fn);
        const known = info(key);
        void known;
        return [key];
      }
      return [];
    }
    default:
      return [];
  }
}

function isRouterType(type: string): boolean {
  return (
    /[.:](Application|Router|Instance|Hono|FastAPI|APIRouter|Flask|Blueprint|Starlette)$/.test(type) ||
    /\.RoutePath$/.test(type)
  );
}

/** Whether a plugin is registered without a scope of its own (its wrapper says so). */
function transparent(s: Semantics, site: CallSite): boolean {
  const child = site.call.args[0]?.value;
  if (!child) return false;
  const wraps = (expr: Expr, path: string, depth: number): boolean => {
    if (depth === 0) return false;
    if (expr.kind === 'call')
      return s
        .names({ path, call: expr, frame: undefined })
        .some((n) => s.project.knowledge.says(n).some((x) => x.is === 'RouterMount' && x.fixed.mode === 'transparent'));
    if (expr.kind === 'name') {
      const definition = s.index(path).lookup(expr.name, expr)?.definitions.at(-1);
      if (definition?.value) return wraps(definition.value, path, depth - 1);
      if (definition?.import) {
        const target = s.project.resolve(definition.import.specifier, path);
        const file = target.kind === 'files' ? target.paths[0] : undefined;
        const index = file ? s.project.file(file) : undefined;
        const exported = index?.exports.find(
          (e) => e.name === 'default' || e.name === '=' || e.name === definition.import?.imported,
        );
        if (file && exported?.value) return wraps(exported.value, file, depth - 1);
        const local = exported?.local ? index?.top.bindings.get(exported.local)?.definitions.at(-1)?.value : undefined;
        if (file && local) return wraps(local, file, depth - 1);
      }
    }
    return false;
  };
  return wraps(child, site.path, 4);
}

/** Whether a prefix or pattern in front covers a path below it. Unknown paths are taken as covered. */
export function covers(prefix: string | undefined, path: string): boolean {
  if (prefix === undefined || prefix === '' || prefix === '/' || prefix === '*' || prefix === '/*') return true;
  const bare = prefix.replace(/\/?\*.*$/, '').replace(/\/$/, '');
  if (bare === '') return true;
  const wanted = bare.split('/').filter(Boolean);
  const have = path.split('/').filter(Boolean);
  if (wanted.length > have.length) return false;
  return wanted.every((segment, i) => {
    const own = have[i] as string;
    return (
      segment.toLowerCase() === own.toLowerCase() ||
      segment.startsWith(':') ||
      own.startsWith(':') ||
      own.startsWith('{')
    );
  });
}

/** Two path pieces as one path. */
export function joinPaths(a: string, b: string): string {
  const left = a.replace(/\/+$/, '');
  const right = b.replace(/^\/+/, '');
  return right === '' ? left || '/' : `${left}/${right}`;
}
