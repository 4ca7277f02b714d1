/**
 * The refresh act on the client's side: a refresh token is sent to a token endpoint, and what of the answer is kept. A
 * client that keeps only the access token loses the new refresh token where the provider rotates.
 */
import type { Place } from '../../base/span.js';
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import { credentialNamed, wordsOf } from '../../semantics/names-of-things.js';
import { type Value, alternatives, directParts, partsOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { callsIn, expressionsIn, reach } from '../reach.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calledName } from '../token-estate.js';

export default defineRecogniser({
  name: 'refresh-clients',
  phase: 'workspace',
  order: 41,
  *recognise(view) {
    const seen = new Set<FunctionIR>();
    for (const call of view.index.calls) {
      const sent = sendsRefresh(view, call);
      if (!sent) continue;
      const fn = namedAround(view, call);
      if (!fn || seen.has(fn)) continue;
      seen.add(fn);
      const fact = exchangeOf(view, call, fn, sent);
      if (fact) yield fact as unknown as Fact;
    }
  },
});

interface Sent {
  /** `grant`: by the protocol; `library`: by a client that knows it; `route`: to an API's own refresh route. */
  readonly by: 'grant' | 'library' | 'route';
  readonly confidential: boolean;
}

const SDK =
  /^(?:refreshAsync|refreshAccessToken|refresh_token|requestNewAccessToken|refreshTokenGrant|refreshToken|fetchRefreshedToken|refresh_access_token|acquireTokenByRefreshToken|acquire_token_by_refresh_token|RefreshToken)$/;

/** Whether a call hands a refresh token to whoever gives new ones. */
function sendsRefresh(view: FileView, call: CallExpr): Sent | undefined {
  const name = calledName(call);
  const http = isHttp(name, call);
  const values = http || SDK.test(name) ? call.args.map((a) => view.s.evaluate(view.path, a.value)) : [];
  const confidential = values.some(hasSecret);
  if (http) {
    if (values.some((v) => hasGrant(v))) return { by: 'grant', confidential };
    const to = values[0];
    const address = to ? addressText(to) : undefined;
    const sends = call.args.slice(1).some((a) => mentionsRefresh(view, a.value));
    if (
      address !== undefined &&
      /\/(?:auth\/|token\/|tokens\/|session\/|users?\/|api\/|v\d\/)*(?:refresh|refresh[-_]?tokens?|renew|token\/refresh|tokens\/refresh)\/?(?:$|\?)/i.test(
        address,
      ) &&
      sends
    )
      return { by: 'route', confidential };
    return undefined;
  }
  if (SDK.test(name) && call.args.length > 0 && !(name === 'RefreshToken' && call.callee.kind === 'name')) {
    const callee = view.s.callee({ path: view.path, call, frame: undefined });
    const isLibrary = alternatives(callee).every(
      (v) =>
        v.kind === 'external' ||
        (v.kind === 'member' &&
          alternatives(v.object).some((o) => o.kind === 'external' || o.kind === 'result' || o.kind === 'object')),
    );
    const given = call.args.some((a) => mentionsRefresh(view, a.value));
    if (isLibrary && (given || /RefreshToken|refreshAsync|requestNew/.test(name)))
      return { by: 'library', confidential };
  }
  return undefined;
}

function isHttp(name: string, call: CallExpr): boolean {
  if (/^(?:fetch|\$fetch|ofetch|axios|got|ky|request|urlopen|apiFetch|fetchJson)$/.test(name)) return true;
  if (!/^(?:post|request|fetch|postForm|PostForm|Post)$/.test(name) || call.callee.kind !== 'member') return false;
  const object = call.callee.object;
  const holder = object.kind === 'name' ? object.name : object.kind === 'member' ? object.property : '';
  return !/^(?:app|router|server|fastify)$/i.test(holder);
}

/** Whether a body, in whatever shape, asks for the refresh grant. */
function hasGrant(value: Value, depth = 6): boolean {
  if (depth === 0) return false;
  if (value.kind === 'record') {
    for (const [key, field] of value.fields)
      if (/^grant_?type$/i.test(key) && textOf(field) === 'refresh_token') return true;
  }
  if (value.kind === 'literal' && typeof value.value === 'string') return /grant_type=refresh_token/.test(value.value);
  if ((value.kind === 'result' || value.kind === 'call') && depth > 1)
    return (
      value.site.call.args.some(
        (a) =>
          a.value.kind === 'record' &&
          a.value.entries.some(
            (e) =>
              e.key !== undefined &&
              /^grant_?type$/i.test(e.key) &&
              e.value.kind === 'literal' &&
              e.value.value === 'refresh_token',
          ),
      ) || appended(value.site.call)
    );
  return directParts(value).some((part) => hasGrant(part, depth - 1));
}

function appended(call: CallExpr): boolean {
  return (
    call.args[0]?.value.kind === 'literal' &&
    call.args[0].value.value === 'grant_type' &&
    call.args[1]?.value.kind === 'literal' &&
    call.args[1].value.value === 'refresh_token'
  );
}

/** Whether a request names a client secret, or authenticates the client. */
function hasSecret(value: Value): boolean {
  for (const part of partsOf(value, 6)) {
    if (part.kind === 'record')
      for (const key of part.fields.keys()) if (/^client_?secret$|^authorization$|^auth$/i.test(key)) return true;
    if (
      (part.kind === 'result' || part.kind === 'call') &&
      part.site.call.args.some(
        (a) => a.value.kind === 'record' && a.value.entries.some((e) => /^client_?secret$/i.test(e.key ?? '')),
      )
    )
      return true;
  }
  return false;
}

function addressText(value: Value): string | undefined {
  const first = alternatives(value)[0] as Value;
  if (first.kind === 'record') return addressText(first.fields.get('url') ?? { kind: 'unknown' });
  if (first.kind === 'literal') return typeof first.value === 'string' ? first.value : undefined;
  if (first.kind === 'concat') return first.parts.map((p) => textOf(p) ?? '').join('');
  return undefined;
}

/** Whether an argument's own text speaks of a refresh token. */
function mentionsRefresh(view: FileView, expr: Expr): boolean {
  const within = (e: Expr) => e.span.start >= expr.span.start && e.span.end <= expr.span.end;
  const says = (name: string) => {
    const words = wordsOf(name);
    return words.includes('refresh') || words.includes('rt');
  };
  if (expr.kind === 'name') {
    const value = view.s.evaluate(view.path, expr);
    if (says(expr.name)) return true;
    return value.kind === 'record' && [...value.fields.keys()].some(says);
  }
  return view.index.expressions.some(
    (e) =>
      within(e) &&
      ((e.kind === 'name' && says(e.name)) ||
        (e.kind === 'member' && says(e.property)) ||
        (e.kind === 'record' && e.entries.some((entry) => entry.key !== undefined && says(entry.key)))),
  );
}

/** The function that a call stands in, callbacks of `then` looked through. */
function namedAround(view: FileView, call: CallExpr): FunctionIR | undefined {
  return view.index.functionOf(call);
}

// --- what is kept of the answer ---

function exchangeOf(view: FileView, call: CallExpr, fn: FunctionIR, sent: Sent): Fact<'RefreshExchange'> | undefined {
  const { s } = view;
  const fromAnswer = (expr: Expr, path = view.path) => derives(view, s.evaluate(path, expr), call, 8);
  let readsRefresh = false;
  let keepsOld = false;
  let readsAccess: Expr | undefined;
  let passedWhole = false;
  const visits = reach(s, view.path, fn);
  const kind = (name: string) => {
    const words = wordsOf(name);
    if (words.includes('refresh') && (words.includes('token') || words.length === 1)) return 'refresh';
    const named = credentialNamed(name);
    return named === 'access' || /^(?:access|accessToken|access_token|token|id_token)$/.test(name)
      ? 'access'
      : undefined;
  };
  for (const visit of visits) {
    const index = s.index(visit.path);
    for (const expr of expressionsIn(index, visit.fn)) {
      if (expr.kind === 'member') {
        const about = kind(expr.property);
        if (!about) continue;
        const origin = visit.frame
          ? s.evaluate(visit.path, expr.object, visit.frame)
          : s.evaluate(visit.path, expr.object);
        if (!derives(view, origin, call, 8)) continue;
        if (about === 'refresh') {
          readsRefresh = true;
          const parent = index.parentOf(expr);
          if (
            parent &&
            'kind' in parent &&
            parent.kind === 'binary' &&
            (parent.operator === '??' || parent.operator === '||')
          )
            keepsOld = true;
        } else if (visit.fn === fn) readsAccess ??= expr;
      } else if (
        expr.kind === 'call' &&
        expr.args[0]?.value.kind === 'literal' &&
        typeof expr.args[0].value.value === 'string' &&
        expr.callee.kind === 'member' &&
        /^(?:get|pop)$/.test(expr.callee.property)
      ) {
        const about = kind(expr.args[0].value.value);
        if (!about || !derives(view, s.evaluate(visit.path, expr.callee.object, visit.frame), call, 8)) continue;
        if (about === 'refresh') {
          readsRefresh = true;
          keepsOld ||= expr.args.length > 1;
        } else readsAccess ??= expr;
      }
    }
    for (const stmt of index.statements) {
      if (stmt.kind !== 'let' || stmt.target.kind !== 'fields' || !stmt.value) continue;
      if (stmt.span.start < visit.fn.span.start || stmt.span.end > visit.fn.span.end) continue;
      if (!derives(view, s.evaluate(visit.path, stmt.value, visit.frame), call, 8)) continue;
      for (const field of stmt.target.fields) {
        const about = kind(field.key);
        if (about === 'refresh') readsRefresh = true;
        else if (about === 'access') readsAccess ??= stmt.value;
      }
      if (stmt.target.rest) passedWhole = true;
    }
  }
  for (const inner of callsIn(view.index, fn)) {
    if (inner === call || isReading(inner)) continue;
    if (inner.args.some((a) => !isMemberOfAnswer(a.value) && fromAnswer(a.value) && !isStatus(a.value)))
      passedWhole = true;
  }
  for (const stmt of view.index.statements) {
    if (stmt.span.start < fn.span.start || stmt.span.end > fn.span.end) continue;
    if (
      stmt.kind === 'exit' &&
      stmt.how === 'return' &&
      stmt.value &&
      !isMemberOfAnswer(stmt.value) &&
      stmt.value.kind !== 'record' &&
      fromAnswer(stmt.value)
    )
      passedWhole = true;
    if (
      stmt.kind === 'let' &&
      stmt.target.kind === 'place' &&
      stmt.value &&
      !isMemberOfAnswer(stmt.value) &&
      fromAnswer(stmt.value)
    )
      passedWhole = true;
  }
  for (const expr of expressionsIn(view.index, fn)) {
    if (expr.kind === 'record' && expr.entries.some((e) => e.spread && fromAnswer(e.value))) passedWhole = true;
    if (
      expr.kind === 'assign' &&
      !isMemberOfAnswer(expr.value) &&
      fromAnswer(expr.value) &&
      expr.target.kind === 'place'
    )
      passedWhole = true;
  }
  const kept = readsRefresh
    ? keepsOld
      ? 'new or old'
      : 'new'
    : sent.by === 'library' && passedWhole
      ? 'new'
      : passedWhole
        ? readsAccess
          ? 'unknown'
          : sent.by === 'route'
            ? 'unknown'
            : 'new'
        : readsAccess
          ? 'access only'
          : 'unknown';
  if (kept === 'unknown' && sent.by === 'route') return undefined;
  const at: Place =
    readsAccess && kept === 'access only'
      ? { path: view.path, span: readsAccess.span }
      : { path: view.path, span: calleeSpan(call) };
  const literal = (value: string): Value => ({ kind: 'literal', value });
  return {
    kind: 'RefreshExchange',
    roles: withAbsent({
      side: literal('client'),
      presented: literal('refresh'),
      recognisedBy: literal(sent.by),
      kept: literal(kept),
      clientKind: literal(sent.confidential ? 'confidential' : 'public'),
      files: { kind: 'list', items: [literal(view.path)], open: false },
    }) as Fact<'RefreshExchange'>['roles'],
    spans: {},
    at,
    path: view.path,
    library: 'refresh-clients',
    node: call,
    fn,
  };
}

/** `.json()`, `.ok`, `raise_for_status()`: reading the answer, not handing it on. */
function isReading(call: CallExpr): boolean {
  return /^(?:json|text|parse|loads|raise_for_status|log|error|warn|info|debug|isOk|then|catch|String|Number|parseInt|Date|floor|setTimeout)$/.test(
    calledName(call),
  );
}

function isMemberOfAnswer(expr: Expr): boolean {
  if (expr.kind === 'unary') return isMemberOfAnswer(expr.operand);
  return (
    (expr.kind === 'member' && !/^(?:data|body|result|tokens|token|response|json)$/.test(expr.property)) ||
    expr.kind === 'binary' ||
    expr.kind === 'literal' ||
    expr.kind === 'index' ||
    expr.kind === 'record' ||
    expr.kind === 'concat'
  );
}

function isStatus(expr: Expr): boolean {
  return expr.kind === 'member' && /^(?:status|ok|statusText|status_code)$/.test(expr.property);
}

/** Whether a value comes from what a call gave. */
function derives(view: FileView, value: Value, call: CallExpr, depth: number): boolean {
  if (depth === 0) return false;
  if (value.kind === 'result' || value.kind === 'call') {
    const { site } = value;
    if (site.call === call) return true;
    if (
      site.call.callee.kind === 'member' &&
      derives(view, view.s.evaluate(site.path, site.call.callee.object, site.frame), call, depth - 1)
    )
      return true;
    return (
      /^(?:parse|loads|json|assign|camelcaseKeys|camelCase)$/.test(calledName(site.call)) &&
      site.call.args.some((a) => derives(view, view.s.evaluate(site.path, a.value, site.frame), call, depth - 1))
    );
  }
  return directParts(value).some((part) => derives(view, part, call, depth - 1));
}
