/** Tokens that a server accepts from the query string: read there, and then verified; or a setting that says so. */
import type { Span } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { credentialKind } from '../../semantics/credential-kinds.js';
import { words } from '../../semantics/credential-names.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives, textOf, textsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser, type FileView } from '../recogniser.js';
import { inputsIn, requestInputOf } from '../request-input.js';

const ONE_TIME =
  /reset|verif(?:y|ication)_?e?_?mail|e_?mail|\/verify\b|confirm|activat|invit|magic|unsubscribe|forgot|recover|accept|ticket|sign_?up|approve/i;
/** Tokens that nobody should take from there, whatever happens to them next. */
const STRONG = new Set(['access token', 'refresh token', 'session token']);

export default defineRecogniser({
  name: 'query-token',
  phase: 'workspace',
  order: 40,
  *recognise(view) {
    const verified = verifiedNames(view);
    for (const expr of view.index.expressions) {
      const name = readName(expr);
      const kind = name === undefined ? undefined : credentialKind(name);
      if (!name || !kind || kind === 'one-time token' || kind === 'password') continue;
      const input = requestInputOf(view.s, view.s.evaluate(view.path, expr));
      if (!isHandshake(expr) && (input?.source !== 'query' || input.whole)) continue;
      if (!STRONG.has(kind) && !verified.has(name) && !isHandshake(expr)) continue;
      if (isOneTime(view, expr)) continue;
      yield queryToken(view, expr.span, name);
    }
    for (const stmt of view.index.statements) {
      if (stmt.kind !== 'let' || stmt.target.kind !== 'fields' || !stmt.value) continue;
      const fields = stmt.target.fields.filter((f) => accepted(f.key, verified));
      if (fields.length === 0) continue;
      const input = requestInputOf(view.s, view.s.evaluate(view.path, stmt.value));
      if (input?.source !== 'query' || !input.whole || isOneTime(view, stmt)) continue;
      for (const field of fields) yield queryToken(view, field.target.span, field.key);
    }
    for (const fn of view.index.functions) {
      for (const [i, param] of fn.params.entries()) {
        if (param.target.kind !== 'bind') continue;
        const { name } = param.target;
        if (!credentialKind(name) || credentialKind(name) === 'one-time token' || ONE_TIME.test(words(fn.name)))
          continue;
        const input = requestInputOf(view.s, {
          kind: 'parameter',
          fn,
          path: view.path,
          index: i,
          name,
          type: undefined,
        });
        if (input?.source === 'query' && (verified.has(name) || STRONG.has(credentialKind(name) ?? '')))
          yield queryToken(view, param.span, name);
      }
    }
    yield* settings(view);
  },
});

/** `socket.handshake.query.token`: only there to say who connects. */
function isHandshake(expr: Expr): boolean {
  const query = expr.kind === 'member' ? expr.object : undefined;
  return (
    query?.kind === 'member' &&
    query.property === 'query' &&
    query.object.kind === 'member' &&
    query.object.property === 'handshake'
  );
}

/** Whether a token of this name should not be taken from the query string. */
function accepted(name: string, verified: ReadonlySet<string>): boolean {
  const kind = credentialKind(name);
  if (!kind || kind === 'one-time token' || kind === 'password') return false;
  return STRONG.has(kind) || verified.has(name);
}

/** The key that an expression reads: `req.query.token`, `args.get("token")`. */
function readName(expr: Expr): string | undefined {
  if (expr.kind === 'member') return expr.property;
  if (expr.kind !== 'call') return undefined;
  const first = expr.args[0]?.value;
  return first?.kind === 'literal' && typeof first.value === 'string' && expr.args.length <= 3
    ? first.value
    : undefined;
}

const verifiedBySemantics = new WeakMap<Semantics, ReadonlySet<string>>();

/** The names of query parameters that reach a verification, in the file or by a helper's parameter. */
function verifiedNames(view: FileView): ReadonlySet<string> {
  const known = verifiedBySemantics.get(view.s);
  if (known) return known;
  const names = new Set<string>();
  for (const fact of [...view.all('TokenVerify'), ...view.all('TokenDecode')]) {
    if (fact.kind === 'TokenVerify' && /reset|verif|invit|mail|activat/.test(textOf(fact.roles.use) ?? '')) continue;
    for (const value of sources(view.s, fact.roles.token, 3))
      for (const input of inputsIn(view.s, value)) if (input.source === 'query' && input.name) names.add(input.name);
  }
  verifiedBySemantics.set(view.s, names);
  return names;
}

/** What a value is, and what callers hand in where it is a parameter. */
function sources(s: Semantics, value: Value, depth: number): readonly Value[] {
  if (depth === 0) return [value];
  return alternatives(value).flatMap((v): readonly Value[] => {
    if (v.kind !== 'parameter') return [v];
    const given = s
      .usage(v.fn)
      .calls.slice(0, 8)
      .flatMap((site) => {
        const argument = site.call.args.find((a) => a.name === v.name) ?? site.call.args[v.index];
        return argument ? sources(s, s.evaluate(site.path, argument.value, site.frame), depth - 1) : [];
      });
    return [v, ...given];
  });
}

function isOneTime(view: FileView, expr: IrNode): boolean {
  let fn = view.index.functionOf(expr);
  for (let i = 0; fn && i < 4; i++, fn = view.index.functionOf(fn)) {
    if (ONE_TIME.test(words(fn.name))) return true;
    const { passed } = view.s.usage(fn);
    for (const { site } of passed)
      if (site.call.args.some((a) => a.value.kind === 'literal' && ONE_TIME.test(words(String(a.value.value)))))
        return true;
    if (
      fn.decorators.some(
        (d) =>
          d.value.kind === 'call' &&
          d.value.args.some((a) => a.value.kind === 'literal' && ONE_TIME.test(words(String(a.value.value)))),
      )
    )
      return true;
  }
  return ONE_TIME.test(view.path);
}

/** `JWT_TOKEN_LOCATION = ["headers", "query_string"]`, `TokenLookup: "header:Authorization,query:token"`. */
function* settings(view: FileView): Iterable<Fact> {
  const at = (key: string, value: Expr): Span | undefined => {
    if (!/token_?(?:location|lookup)s?$/i.test(words(key))) return undefined;
    const texts = textsOf(view.s.evaluate(view.path, value)) ?? [];
    return texts.some((text) => /^query_string$|(?:^|[,\s])query:/.test(text)) ? value.span : undefined;
  };
  for (const expr of view.index.expressions) {
    if (expr.kind !== 'record') continue;
    for (const entry of expr.entries) {
      const span = entry.key === undefined ? undefined : at(entry.key, entry.value);
      if (span) yield queryToken(view, span, 'token');
    }
  }
  for (const write of view.index.memberWrites) {
    const span = write.target.kind === 'member' ? at(write.target.property, write.value) : undefined;
    if (span) yield queryToken(view, span, 'token');
  }
  for (const stmt of view.index.statements) {
    const span =
      stmt.kind === 'let' && stmt.target.kind === 'bind' && stmt.value ? at(stmt.target.name, stmt.value) : undefined;
    if (span) yield queryToken(view, span, 'token');
  }
}

function queryToken(view: FileView, span: Span, name: string): Fact {
  return {
    kind: 'QueryToken',
    roles: withAbsent({ name: { kind: 'literal', value: name } }) as never,
    spans: {},
    at: { path: view.path, span },
    path: view.path,
    library: 'query-token',
  } as Fact;
}
