/** Functions by what starts them: a route, a page's file, their own name. Says which of them renew tokens or log out. */
import type { FunctionIR } from '../ir/ir.js';
import type { FileIndex } from '../semantics/file-index.js';
import { isClass } from '../semantics/file-index.js';
import type { Semantics } from '../semantics/semantics.js';
import { alternatives, textOf } from '../semantics/value.js';
import type { Fact } from './kinds.js';
import type { FileView } from './recogniser.js';

/** A function that something outside starts, or that stands for an act by its name. */
export interface EntryPoint {
  readonly path: string;
  readonly fn: FunctionIR;
  /** The route's path, or the path that the file's place gives it. */
  readonly route: string | undefined;
  readonly method: string | undefined;
  /** What it is called by: the last part of its route, its name, the key or class that holds it. */
  readonly names: readonly string[];
  /** Functions that run before it on the same route. */
  readonly before: readonly { readonly fn: FunctionIR; readonly path: string }[];
}

const known = new WeakMap<Semantics, Map<string, readonly EntryPoint[]>>();

/** The entry points of a file: every function that has a name or a route. */
export function entryPoints(view: FileView, path: string): readonly EntryPoint[] {
  let byPath = known.get(view.s);
  if (!byPath) {
    byPath = routedElsewhere(view);
    known.set(view.s, byPath);
  }
  return byPath.get(path) ?? [];
}

function routedElsewhere(view: FileView): Map<string, readonly EntryPoint[]> {
  const { s } = view;
  const routes = new Map<
    FunctionIR,
    { route: string | undefined; method: string | undefined; before: EntryPoint['before'] }
  >();
  for (const fact of view.all('Route')) addRoute(s, fact, routes);
  const found = new Map<string, readonly EntryPoint[]>();
  for (const path of s.project.paths) {
    const index = s.index(path);
    found.set(
      path,
      index.functions.flatMap((fn): EntryPoint[] => {
        const routed = routes.get(fn);
        const byFile = fileRoute(path, fn);
        const route = routed?.route ?? byFile;
        const names = [lastPart(route), fn.name, holderName(index, fn)].filter((name): name is string => Boolean(name));
        if (names.length === 0) return [];
        return [
          {
            path,
            fn,
            route,
            method: routed?.method ?? (byFile && /^[A-Z]+$/.test(fn.name) ? fn.name : undefined),
            names,
            before: routed?.before ?? [],
          },
        ];
      }),
    );
  }
  return found;
}

function addRoute(
  s: Semantics,
  fact: Fact<'Route'>,
  routes: Map<FunctionIR, { route: string | undefined; method: string | undefined; before: EntryPoint['before'] }>,
): void {
  const route = textOf(fact.roles.path);
  const method = textOf(fact.roles.method)?.toUpperCase();
  const index = s.index(fact.path);
  const given = fact.roles.handlers;
  const handed = (given.kind === 'list' ? given.items : [given])
    .flatMap((v) => alternatives(v))
    .flatMap((v) => (v.kind === 'function' ? [{ fn: v.fn, path: v.path }] : []));
  const last = handed.at(-1);
  if (last) {
    routes.set(last.fn, { route, method, before: handed.slice(0, -1) });
    return;
  }
  const node = fact.node;
  if (!node) return;
  const decorated = index.functions.find((fn) =>
    fn.decorators.some((d) => d.span.start <= node.span.start && node.span.end <= d.span.end),
  );
  if (decorated) routes.set(decorated, { route, method, before: [] });
}

/** The route that a file's place gives: `app/api/auth/refresh/route.ts`, `pages/api/logout.ts`, `routes/logout/+server.ts`. */
function fileRoute(path: string, fn: FunctionIR): string | undefined {
  const app = /(?:^|\/)(?:app|routes)\/(.*?)\/?(?:route|\+server|\+page\.server|_index)\.[jt]sx?$/.exec(path);
  if (app && /^(?:GET|POST|PUT|PATCH|DELETE|load|default|actions)$/.test(fn.name)) return `/${app[1]}`;
  const pages = /(?:^|\/)(?:pages|server)\/(api\/.*?)(?:\.(?:get|post|delete))?\.[jt]sx?$/.exec(path);
  if (pages && (fn.name === 'handler' || fn.name === '' || /handler$/i.test(fn.name))) return `/${pages[1]}`;
  return undefined;
}

function lastPart(route: string | undefined): string | undefined {
  const parts = route?.split('/').filter((part) => part !== '' && !/^[:{<[*]/.test(part)) ?? [];
  return parts.at(-1);
}

/** The key, variable or class that a function without a telling name of its own belongs to. */
function holderName(index: FileIndex, fn: FunctionIR): string | undefined {
  const parent = index.parentOf(fn);
  if (parent && isClass(parent) && /^(?:post|get|delete|put|handle|__call__|mutate|create|execute|call)$/.test(fn.name))
    return parent.name;
  if (!parent || !('kind' in parent) || parent.kind !== 'lambda') return undefined;
  let holder = index.parentOf(parent);
  // `useCallback(async () => …)`, `asyncHandler(async (req, res) => …)`.
  for (let i = 0; i < 2 && holder && 'kind' in holder && holder.kind === 'call'; i++) holder = index.parentOf(holder);
  if (!holder || !('kind' in holder)) return undefined;
  if (holder.kind === 'let' && holder.target.kind === 'bind') return holder.target.name;
  if (holder.kind === 'record') return holder.entries.find((e) => e.value === parent || within(e.value, parent))?.key;
  if (holder.kind === 'assign' && holder.target.kind === 'place' && holder.target.expression.kind === 'member')
    return holder.target.expression.property;
  return undefined;
}

function within(
  outer: { span: { start: number; end: number } },
  inner: { span: { start: number; end: number } },
): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}
