/** Which origins may read answers: by a library's options, or by headers written by hand. */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { returnsOf } from '../../semantics/calls.js';
import { type Value, alternatives, partsOf, textOf } from '../../semantics/value.js';
import { switchOf } from '../cookie-attributes.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';

export default defineRecogniser({
  name: 'cors-policies',
  phase: 'file',
  *recognise(view) {
    for (const { roles, at, node, fn, spans } of view.facts('CorsConfig')) {
      const origins =
        originsOf(view, roles.origins, textOf(roles.wildcard) === 'reflected') ?? patternOf(roles.pattern) ?? 'list';
      const credentials = roles.credentials.kind === 'absent' ? 'off' : switchOf(roles.credentials);
      const span = spans.origins;
      yield policy(
        view,
        span ? { path: view.path, span } : at,
        origins,
        credentials === 'inverted' ? 'unknown' : credentials,
        node,
        fn,
      );
    }
    yield* byHeaders(view);
  },
});

function policy(
  view: FileView,
  at: Fact['at'],
  origins: string,
  credentials: string,
  node: IrNode | undefined,
  fn: FunctionIR | undefined,
): Fact {
  return {
    kind: 'CorsPolicy',
    roles: withAbsent({
      origins: { kind: 'literal', value: origins },
      credentials: { kind: 'literal', value: credentials },
    }),
    spans: {},
    at,
    path: view.path,
    library: 'cors',
    ...(node ? { node } : {}),
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** What the option lets in: `list`, `any` (refused by browsers with credentials), `reflected`, `unknown`. */
function originsOf(view: FileView, value: Value, wildcardReflects: boolean): string | undefined {
  if (value.kind === 'absent') return undefined;
  const any = wildcardReflects ? 'reflected' : 'any';
  for (const v of alternatives(value)) {
    if (v.kind === 'literal' && v.value === true) return 'reflected';
    if (v.kind === 'literal' && v.value === '*') return any;
    if (v.kind === 'list' && v.items.some((i) => textOf(i) === '*')) return any;
    if (v.kind === 'regex' && /^(?:\^?\.[*+]\$?|\^?https\?:\\?\/\\?\/\.[*+]\$?)$/.test(v.pattern)) return 'reflected';
    if (v.kind === 'function' && letsAllIn(view, v.fn)) return 'reflected';
  }
  return alternatives(value).every((v) => v.kind === 'literal' || v.kind === 'list') ? 'list' : 'unknown';
}

function patternOf(value: Value): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^\^?(?:https\?:\/\/)?\(?\.[*+]\)?\$?$/.test(text) ? 'reflected' : undefined;
}

/** `(origin, callback) => callback(null, true)`, `(origin) => origin`: no origin is refused. */
function letsAllIn(view: FileView, fn: FunctionIR): boolean {
  if (fn.body.length !== 1) return false;
  const first = fn.body[0];
  const expr: Expr | undefined =
    first?.kind === 'expr' ? first.value : first?.kind === 'exit' ? first.value : undefined;
  const param = fn.params[0]?.target;
  const name = param?.kind === 'bind' ? param.name : undefined;
  if (
    expr?.kind === 'call' &&
    expr.args.length === 2 &&
    expr.args[1]?.value.kind === 'literal' &&
    expr.args[1].value.value === true
  )
    return true;
  void view;
  const returned = returnsOf(fn);
  const only = returned.length === 1 ? returned[0] : undefined;
  return (
    (only?.kind === 'name' && only.name === name) ||
    (only?.kind === 'literal' && only.value === true) ||
    (only?.kind === 'binary' && only.operator === '??' && only.left.kind === 'name' && only.left.name === name)
  );
}

/** `Access-Control-Allow-Origin` from the request's own `Origin`, beside `Allow-Credentials: true`. */
function* byHeaders(view: FileView): Iterable<Fact> {
  const written: { name: string; value: Expr; node: IrNode; at: Expr['span'] }[] = [];
  for (const call of view.index.calls) {
    const [name, value] = call.args;
    if (name?.value.kind === 'literal' && typeof name.value.value === 'string' && value && !value.name)
      written.push({ name: name.value.value, value: value.value, node: call, at: name.span });
  }
  for (const expr of view.index.expressions)
    if (expr.kind === 'record')
      for (const entry of expr.entries)
        if (entry.key) written.push({ name: entry.key, value: entry.value, node: expr, at: entry.span });
  for (const write of view.index.memberWrites)
    if (write.target.kind === 'member')
      written.push({ name: write.target.property, value: write.value, node: write.node, at: write.target.span });
  const credentials = written.filter((w) => /^access-control-allow-credentials$/i.test(w.name));
  if (credentials.length === 0) return;
  for (const { name, value, node, at } of written) {
    if (!/^access-control-allow-origin$/i.test(name)) continue;
    const fn = view.index.functionOf(node);
    if (!credentials.some((c) => view.index.functionOf(c.node) === fn)) continue;
    const conditions = view.s.conditionsAt(view.path, node);
    const checked = conditions.some((c) => /origin|allow|whitelist/i.test(JSON.stringify(c.test)));
    const reflects = [...partsOf(view.s.evaluate(view.path, value), 6)].some(
      (part) =>
        (part.kind === 'member' && /^origin$/i.test(part.property)) ||
        ((part.kind === 'result' || part.kind === 'call') &&
          part.site.call.args[0]?.value.kind === 'literal' &&
          /^origin$/i.test(String(part.site.call.args[0].value.value))),
    );
    yield policy(
      view,
      { path: view.path, span: at },
      reflects && !checked ? 'reflected' : checked ? 'list' : 'unknown',
      'on',
      node,
      fn,
    );
  }
}
