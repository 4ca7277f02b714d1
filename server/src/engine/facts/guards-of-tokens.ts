/** What runs around a verification: the function that it stands in, its callbacks, and who calls that function. */
import type { FunctionIR } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import { namesLogoutAct, namesRefreshAct } from '../semantics/names-of-things.js';
import type { Fact } from './kinds.js';
import { type Visit, callsIn, reach } from './reach.js';
import type { FileView } from './recogniser.js';

/** The functions that run together with a verification, each with all that it reaches; those of a refresh or logout left out. */
export function aroundVerify(view: FileView, fact: Fact<'TokenVerify'>): readonly Visit[] {
  const { s } = view;
  const found: Visit[] = [];
  const seen = new Set<FunctionIR>();
  const add = (path: string, fn: FunctionIR) => {
    if (seen.has(fn) || isOtherAct(view, path, fn)) return false;
    seen.add(fn);
    for (const visit of reach(s, path, fn)) found.push(visit);
    return true;
  };
  const index = s.index(fact.path);
  const node = fact.node;
  if (node && 'kind' in node && node.kind === 'call')
    for (const argument of node.args) {
      const value = s.evaluate(fact.path, argument.value);
      if (value.kind === 'function') add(value.path, value.fn);
    }
  // A strategy that is a class: the framework calls its method with what was verified.
  const cls = node ? index.classOf(node) : undefined;
  for (const method of cls?.methods ?? []) if (/^(?:validate|authenticate)$/.test(method.name)) add(fact.path, method);
  const fn = node ? outermost(view, fact.path, node) : undefined;
  if (!fn) return found;
  add(fact.path, fn);
  let level: { path: string; fn: FunctionIR }[] = [{ path: fact.path, fn }];
  for (let depth = 0; depth < 3; depth++) {
    const next: { path: string; fn: FunctionIR }[] = [];
    for (const one of level) {
      const usage = s.usage(one.fn);
      const sites = [...usage.calls, ...usage.passed.map((p) => p.site)];
      for (const site of sites.slice(0, 12)) {
        const caller = outermost(view, site.path, site.call) ?? decorated(view, site.path, site.call);
        if (caller && add(site.path, caller)) next.push({ path: site.path, fn: caller });
      }
      for (const lifted of injectedInto(view, one.fn)) if (add(lifted.path, lifted.fn)) next.push(lifted);
    }
    level = next;
  }
  void index;
  return found;
}

/** The named function around a node: a callback is part of the function that it is written in, unless that only makes it. */
function outermost(view: FileView, path: string, node: IrNode): FunctionIR | undefined {
  const index = view.s.index(path);
  let fn = index.functionOf(node);
  while (fn) {
    const outer = index.functionOf(fn);
    if (!outer) return fn;
    fn = outer;
  }
  return undefined;
}

/** The function whose parameter a call stands in: `Depends(get_current_user)`. */
function decorated(view: FileView, path: string, node: IrNode): FunctionIR | undefined {
  return view.s
    .index(path)
    .functions.find((fn) => fn.params.some((p) => node.span.start >= p.span.start && node.span.end <= p.span.end));
}

/** Functions that are injected with what another gives: `user: User = Depends(current_user)`. */
function injectedInto(view: FileView, fn: FunctionIR): readonly { path: string; fn: FunctionIR }[] {
  const found: { path: string; fn: FunctionIR }[] = [];
  for (const { site } of view.s.usage(fn).passed) {
    const into = decorated(view, site.path, site.call);
    if (into) found.push({ path: site.path, fn: into });
  }
  return found;
}

function isOtherAct(view: FileView, path: string, fn: FunctionIR): boolean {
  const names = [fn.name];
  const index = view.s.index(path);
  const parent = index.parentOf(fn);
  // The handler of a route: by the path that it is given with.
  for (const { site } of view.s.usage(fn).passed) {
    const first = site.call.args[0]?.value;
    if (first?.kind === 'literal') names.push(String(first.value).split('/').at(-1) ?? '');
  }
  for (const decorator of fn.decorators) {
    if (decorator.value.kind === 'call' && decorator.value.args[0]?.value.kind === 'literal')
      names.push(String(decorator.value.args[0].value.value).split('/').at(-1) ?? '');
  }
  void parent;
  void callsIn;
  return names.some((name) => name !== '' && (namesRefreshAct(name) || namesLogoutAct(name)));
}
