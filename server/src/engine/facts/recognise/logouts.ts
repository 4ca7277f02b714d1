/** Logouts: a route or function by name, and what it does to tokens, records, sessions, cookies. */
import type { Place } from '../../base/span.js';
import type { CallExpr, Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import {
  namesBlocklist,
  namesEndMark,
  namesLogoutAct,
  namesTokenField,
  namesTokenVersion,
  wordsOf,
} from '../../semantics/names-of-things.js';
import { type Value, alternatives, partsOf, textOf } from '../../semantics/value.js';
import { type EntryPoint, entryPoints } from '../entry-points.js';
import type { Fact } from '../kinds.js';
import { type Visit, expressionsIn, reach, runsIn, writesIn } from '../reach.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { isSession, sessionsKept } from '../session-kind.js';
import { recordActs } from '../stored-records.js';
import { calledName, callsOf, isTokenAct } from '../token-estate.js';
import { isClear } from './cookies.js';

export default defineRecogniser({
  name: 'logouts',
  phase: 'workspace',
  order: 45,
  *recognise(view) {
    const entries = entryPoints(view, view.path).filter((entry) => isLogout(entry) && !isHelperOnly(view, entry));
    for (const entry of entries) {
      // A helper that a logout of this file calls is part of it.
      if (
        entries.some((other) => other !== entry && reach(view.s, other.path, other.fn).some((v) => v.fn === entry.fn))
      )
        continue;
      const fact = logoutAt(view, entry);
      if (fact) yield fact as unknown as Fact;
    }
  },
});

function isLogout(entry: EntryPoint): boolean {
  if (entry.names.some(namesLogoutAct)) return true;
  const last = entry.names[0] ?? '';
  return entry.method === 'DELETE' && entry.route !== undefined && /^(?:sessions?|tokens?|auth)$/i.test(last);
}

/** A part of a component or a type that has the name and no body. */
function isHelperOnly(_view: FileView, entry: EntryPoint): boolean {
  return entry.fn.body.length === 0;
}

interface Effect {
  readonly what: string;
  readonly place: Place;
}

function logoutAt(view: FileView, entry: EntryPoint): Fact<'Logout'> | undefined {
  const visits = reach(view.s, entry.path, entry.fn);
  const effects = effectsOf(view, visits);
  const side = sideOf(view, entry, visits, effects);
  if (!side) return undefined;
  const literal = (value: string, place?: Place): Value => ({ kind: 'literal', value, ...(place ? { place } : {}) });
  const clear =
    effects.find((e) => e.what === 'sessionClear' && e.place.path === entry.path) ??
    effects.find((e) => e.what === 'cookieClear' && e.place.path === entry.path);
  const at = clear?.place ?? placeOf(view, entry);
  return {
    kind: 'Logout',
    roles: withAbsent({
      effects: { kind: 'list', items: effects.map((e) => literal(e.what, e.place)), open: false },
      side: literal(side),
      session: literal(keptOf(view, visits, effects)),
      files: {
        kind: 'list',
        items: [
          ...new Set([
            entry.path,
            ...effects
              .filter(
                (e) =>
                  e.what === 'recordEnd' ||
                  e.what === 'versionBump' ||
                  e.what === 'blocklist' ||
                  e.what === 'providerRevoke',
              )
              .map((e) => e.place.path),
          ]),
        ].map((f) => literal(f)),
        open: false,
      },
    }) as Fact<'Logout'>['roles'],
    spans: {},
    at,
    path: entry.path,
    library: 'logouts',
    node: entry.fn,
    fn: entry.fn,
  };
}

function placeOf(view: FileView, entry: EntryPoint): Place {
  const { fn } = entry;
  if (fn.name !== '' && fn.nameSpan.end > fn.nameSpan.start) return { path: entry.path, span: fn.nameSpan };
  const parent = view.index.parentOf(fn);
  let call: IrNode | undefined = parent ? view.index.parentOf(parent) : undefined;
  for (let i = 0; i < 3 && call && !('kind' in call && call.kind === 'call'); i++) call = view.index.parentOf(call);
  if (call && 'kind' in call && call.kind === 'call') return { path: entry.path, span: calleeSpan(call) };
  return { path: entry.path, span: { start: fn.span.start, end: Math.min(fn.span.end, fn.span.start + 20) } };
}

/** All that a logout does, in no order. */
function effectsOf(view: FileView, visits: readonly Visit[]): readonly Effect[] {
  const { s } = view;
  const found: Effect[] = [];
  const put = (what: string, path: string, node: IrNode) =>
    found.push({ what, place: { path, span: 'kind' in node && node.kind === 'call' ? calleeSpan(node) : node.span } });
  for (const visit of visits) {
    for (const act of recordActs(s, visit)) {
      if (act.op === 'read' || act.idle || (act.unsaved && /^(?:value|current)$/.test(act.written[0]?.field ?? '')))
        continue;
      if (act.op === 'insert' && namesBlocklist(act.container)) put('blocklist', act.path, act.node);
      else if (act.op === 'delete' && isTokenAct(act))
        put(namesBlocklist(act.container) ? 'unknown' : 'recordEnd', act.path, act.node);
      else if (act.op === 'update') {
        if (act.written.some((w) => namesTokenVersion(w.field))) put('versionBump', act.path, act.node);
        else if (
          (isTokenAct(act) &&
            !(act.unsaved && !act.written.some((w) => namesEndMark(w.field) || namesTokenField(w.field)))) ||
          act.written.some((w) => namesTokenField(w.field) && /token|rt|jti/i.test(w.field))
        )
          put('recordEnd', act.path, act.node);
      }
    }
    for (const write of view.factsOf(visit.path, 'CookieWrite')) {
      if (!write.node || !runsIn(visit.fn, write.node)) continue;
      if (textOf(write.roles.op) === 'clear' || isClear({ value: write.roles.value, maxAge: write.roles.maxAge }))
        put('cookieClear', write.path, write.node);
      else if (write.fn === visit.fn && visit.frame) put('cookieClear', write.path, write.node);
    }
    for (const write of writesIn(s.index(visit.path), visit.fn)) {
      const { target } = write;
      if (target.kind !== 'member') continue;
      if (target.property === 'session' && write.value.kind === 'literal') put('sessionClear', visit.path, write.node);
      else if (isSession(s, visit.path, target.object) && write.value.kind === 'literal')
        put('sessionClear', visit.path, write.node);
    }
    for (const expr of expressionsIn(s.index(visit.path), visit.fn)) {
      if (
        expr.kind === 'unary' &&
        expr.operator === 'delete' &&
        (expr.operand.kind === 'member' || expr.operand.kind === 'index') &&
        isSession(s, visit.path, expr.operand.object)
      )
        put('sessionClear', visit.path, expr);
      if (
        addressOf(s, visit, expr, /end_?session|\/logout\b|v2\/logout|oidc\/logout|signout/i) &&
        !isRequest(view, expr)
      )
        put('providerEndSession', visit.path, expr);
    }
  }
  for (const { call, visit } of callsOf(s, visits)) {
    const effect = effectOfCall(view, visit, call);
    if (effect) put(effect, visit.path, call);
  }
  return found.filter(
    (e, i) =>
      found.findIndex(
        (o) => o.what === e.what && o.place.path === e.place.path && o.place.span.start === e.place.span.start,
      ) === i,
  );
}

function effectOfCall(view: FileView, visit: Visit, call: CallExpr): string | undefined {
  const { s } = view;
  const callee = call.callee;
  const name = calledName(call);
  const object = callee.kind === 'member' ? callee.object : undefined;
  const holder = object
    ? object.kind === 'name'
      ? object.name
      : object.kind === 'member'
        ? object.property
        : object.kind === 'call'
          ? calledName(object)
          : ''
    : '';
  const resolved = alternatives(s.callee({ path: visit.path, call, frame: visit.frame })).some(
    (v) => v.kind === 'function',
  );
  if (object && isSession(s, visit.path, object)) {
    if (name === 'destroy' || name === 'invalidate' || name === 'flush') return 'sessionDestroy';
    if (/^(?:clear|pop|delete|unset|regenerate|reset|set_expiry|remove)$/.test(name)) return 'sessionClear';
  }
  if (/^(?:destroySession|clearUserSession|clearSession)$/.test(name) && !resolved) return 'sessionClear';
  if (/^(?:logout|logOut)$/.test(name) && /^(?:req|request|ctx|context|this)$/.test(holder)) return 'sessionDestroy';
  if (/^(?:logout_user|logout|auth_logout|django_logout)$/.test(name) && callee.kind === 'name' && !resolved)
    return 'sessionDestroy';
  if (
    /^(?:invalidateSession|invalidateUserSessions|deleteSession|revokeSession|revokeOtherSessions|deleteSessionTokenCookie|invalidateAllSessions)$/.test(
      name,
    ) &&
    !resolved
  )
    return 'recordEnd';
  if (name === 'blacklist' && !resolved) return 'recordEnd';
  if (/^revoke/i.test(name) && !resolved) return 'providerRevoke';
  if (/^(?:signOut|signout|globalSignOut|GlobalSignOut|Logout|endSession|closeSession)$/.test(name) && !resolved)
    return /supabase|auth|firebase|keycloak|cognito|amplify|session/i.test(holder) || name !== 'signOut'
      ? 'providerRevoke'
      : 'unknown';
  if (/^(?:unset_jwt_cookies|unset_access_cookies|unset_refresh_cookies)$/.test(name)) return 'cookieClear';
  if (
    /^(?:removeItem|multiRemove|deleteItemAsync|resetGenericPassword|clear)$/.test(name) &&
    /storage|store|keychain|preferences|cookies/i.test(holder)
  )
    return 'clientClear';
  if (
    /^(?:remove|delete|clear|del)$/.test(name) &&
    /^(?:local|sync|session|preferences|cookies?|cookie|storage|universalCookies|keytar)$/i.test(holder)
  )
    return /cookie/i.test(holder) ? 'cookieClear' : 'clientClear';
  if (/^(?:delete_password|deletePassword)$/.test(name)) return 'clientClear';
  if (isHttpCall(name, holder)) {
    const revokes = call.args.some((a) => addressOf(s, visit, a.value, /revoke|revocation/i));
    if (revokes) return 'providerRevoke';
    if (call.args.some((a) => addressOf(s, visit, a.value, /log_?-?out|sign_?-?out|sessions?\b|revoke|end_?session/i)))
      return 'serverLogout';
  }
  if (
    !resolved &&
    /(?:revoke|invalidate|blacklist|blocklist|destroy|terminate|end)\w*(?:token|session|all|user)/i.test(name)
  )
    return 'unknown';
  return undefined;
}

function isHttpCall(name: string, holder: string): boolean {
  return (
    /^(?:fetch|\$fetch|ofetch|apiFetch|request|axios|useFetch|got|ky|mutate|mutateAsync)$/.test(name) ||
    (/^(?:post|delete|get|put|request|fetch)$/.test(name) &&
      !/^(?:app|router|map|params|headers|cookies|session|store|cache|redis|searchParams)$/i.test(holder))
  );
}

/** Whether a text in an expression is such an address. */
function addressOf(s: FileView['s'], visit: Visit, expr: Expr, pattern: RegExp): boolean {
  if (
    expr.kind !== 'literal' &&
    expr.kind !== 'concat' &&
    expr.kind !== 'name' &&
    expr.kind !== 'member' &&
    expr.kind !== 'binary'
  )
    return false;
  const named = expr.kind === 'member' ? expr.property : expr.kind === 'name' ? expr.name : '';
  if (named !== '' && pattern.test(named) && /url|uri|endpoint|path/i.test(named)) return true;
  for (const part of partsOf(s.evaluate(visit.path, expr, visit.frame), 4)) {
    const text = textOf(part);
    if (text !== undefined && /[/_]/.test(text) && pattern.test(text)) return true;
    if (part.kind === 'member' && /endpoint|url|uri/i.test(part.property) && pattern.test(part.property)) return true;
    if (part.kind === 'environment' && part.name && pattern.test(part.name)) return true;
  }
  return false;
}

/** Whether an address is given to a call that asks our own server, or names the route itself. */
function isRequest(view: FileView, expr: Expr): boolean {
  const parent = view.index.parentOf(expr);
  if (!parent || !('kind' in parent) || parent.kind !== 'call') return false;
  const name = calledName(parent);
  return /^(?:fetch|post|get|delete|put|request|push|navigate|replace|axios|use|all|route)$/.test(name);
}

function sideOf(
  view: FileView,
  entry: EntryPoint,
  visits: readonly Visit[],
  effects: readonly Effect[],
): 'server' | 'client' | undefined {
  const has = (what: string) => effects.some((e) => e.what === what);
  if (entry.route !== undefined) return 'server';
  const hasResponse = visits[0]?.fn.params.some(
    (p) => p.target.kind === 'bind' && /^(?:req|request|res|response|reply|ctx|c|event)$/.test(p.target.name),
  );
  if (has('clientClear') || has('serverLogout')) return 'client';
  if (has('recordEnd') || has('blocklist') || has('versionBump') || has('sessionDestroy') || has('sessionClear'))
    return 'server';
  if (has('cookieClear')) {
    const byScript = view.facts('CookieWrite').some((w) => textOf(w.roles.by) === 'script');
    return byScript && !hasResponse ? 'client' : 'server';
  }
  if (has('providerRevoke')) return hasResponse ? 'server' : 'client';
  if (hasResponse && view.s.project.ecosystem(entry.path) === 'pypi' && entry.names.some((n) => wordsOf(n).length <= 3))
    return 'server';
  if (has('providerEndSession') || has('unknown')) return hasResponse ? 'server' : 'client';
  return hasResponse && entry.fn.decorators.length > 0 ? 'server' : undefined;
}

/** How the session that a logout clears is kept. */
function keptOf(view: FileView, visits: readonly Visit[], effects: readonly Effect[]): string {
  const { s } = view;
  if (!effects.some((e) => e.what === 'sessionClear' || e.what === 'sessionDestroy')) return 'none';
  const specifiers = (path: string) => [
    ...s.index(path).imports.map((i) => i.specifier),
    ...s.index(path).expressions.flatMap((e) => (e.kind === 'module' ? [e.specifier] : [])),
  ];
  const all = s.project.paths.flatMap(specifiers);
  const here = visits.flatMap((v) => specifiers(v.path));
  const configured = sessionsKept(view.all('SessionConfig'));
  if (view.s.project.ecosystem(view.path) === 'pypi') {
    if (here.some((m) => m === 'flask'))
      return all.some((m) => /^flask_session|^flask_kvsession|^flask_session_captcha/.test(m)) ? 'server' : 'cookie';
    if (here.some((m) => m.startsWith('django') || m.startsWith('rest_framework')))
      return signedCookies(view) ? 'cookie' : 'server';
    return configured;
  }
  return configured;
}

/** Django's session engine that keeps the data in the cookie. */
function signedCookies(view: FileView): boolean {
  return view.s.project.paths.some((path) =>
    view.s
      .index(path)
      .expressions.some((e) => e.kind === 'literal' && e.value === 'django.contrib.sessions.backends.signed_cookies'),
  );
}
