/**
 * Session and token cookies that settings configure: keys of an application's configuration (`SESSION_COOKIE_SECURE`), set
 * one by one, by `update`, by a class, or as names of a settings file. What no key says holds by the framework's default.
 */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import { ABSENT, type Value, alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calledName } from '../token-estate.js';

export default defineRecogniser({
  name: 'session-settings',
  phase: 'workspace',
  order: 10,
  *recognise(view) {
    if (view.s.project.ecosystem(view.path) !== 'pypi') return;
    yield* applicationSessions(view);
    yield* settingsFile(view);
    yield* libraryCookies(view);
  },
});

interface Setting {
  readonly key: string;
  readonly value: Value;
  readonly place: Place;
}

/** The configuration keys that a file sets on an application or in a class of settings. */
function settingsIn(view: FileView, path: string): readonly Setting[] {
  const { s } = view;
  const index = s.index(path);
  const found: Setting[] = [];
  const put = (key: string, expr: Expr, span: Place['span']) => {
    if (/^[A-Z][A-Z0-9_]+$/.test(key)) found.push({ key, value: s.evaluate(path, expr), place: { path, span } });
  };
  for (const write of index.memberWrites) {
    const { target } = write;
    if (target.kind === 'member' && isConfig(target.object)) put(target.property, write.value, target.span);
  }
  for (const call of index.calls) {
    if (
      call.callee.kind !== 'member' ||
      !isConfig(call.callee.object) ||
      !/^(?:update|from_mapping|setdefault)$/.test(calledName(call))
    )
      continue;
    for (const a of call.args) {
      if (a.name) put(a.name, a.value, a.nameSpan ?? a.span);
      else if (a.value.kind === 'record') for (const e of a.value.entries) if (e.key) put(e.key, e.value, e.span);
    }
  }
  for (const cls of index.classes)
    for (const field of cls.fields) if (field.value) put(field.name, field.value, field.span);
  for (const [name, binding] of index.top.bindings)
    for (const d of binding.definitions) if (d.how === 'let' && d.value && d.node) put(name, d.value, d.node.span);
  return found;
}

function isConfig(expr: Expr): boolean {
  return (expr.kind === 'member' && expr.property === 'config') || (expr.kind === 'name' && expr.name === 'config');
}

/** `app = Flask(__name__)`: its session is a signed cookie unless an extension keeps it on the server. */
function* applicationSessions(view: FileView): Iterable<Fact> {
  const { s } = view;
  const made = view.index.calls.find((call) =>
    s
      .names({ path: view.path, call, frame: undefined })
      .some((n) => n === 'pypi:flask.Flask' || n === 'pypi:quart.Quart'),
  );
  if (!made) return;
  const paths = s.project.paths.filter((p) => s.project.ecosystem(p) === 'pypi');
  const uses = paths.some((p) => writesSession(view, p));
  const all = paths.flatMap((p) => settingsIn(view, p));
  const has = (key: string) => all.filter((x) => x.key === key).at(-1);
  const secret = has('SECRET_KEY') ?? secretWrite(view);
  const cookieKeys = all.filter((x) => /^SESSION_COOKIE_(?:SECURE|HTTPONLY|SAMESITE)$/.test(x.key));
  if (!uses && cookieKeys.length === 0) return;
  if (!uses || !(secret || cookieKeys.length > 0)) return;
  const onServer = paths.some((p) =>
    s.index(p).imports.some((i) => /^flask_session|^flask_kvsession/.test(i.specifier)),
  );
  const here = (x: Setting | undefined) => (x && x.place.path === view.path ? x.place : undefined);
  const at = here(cookieKeys[0]) ?? here(secret) ?? { path: view.path, span: calleeSpan(made) };
  yield config(view, at, {
    name: has('SESSION_COOKIE_NAME')?.value ?? { kind: 'literal', value: 'session' },
    httpOnly: has('SESSION_COOKIE_HTTPONLY'),
    secure: has('SESSION_COOKIE_SECURE') ?? strictTransport(view, paths),
    sameSite: has('SESSION_COOKIE_SAMESITE'),
    defaults: { httpOnly: true, secure: false, sameSite: null },
    kept: onServer ? 'server' : 'cookie',
  });
}

/** An extension that sets the attributes of session cookies itself. */
function strictTransport(view: FileView, paths: readonly string[]): Setting | undefined {
  for (const path of paths)
    for (const call of view.s.index(path).calls)
      if (calledName(call) === 'Talisman')
        return {
          key: 'SESSION_COOKIE_SECURE',
          value: { kind: 'literal', value: true },
          place: { path, span: call.span },
        };
  return undefined;
}

function secretWrite(view: FileView): Setting | undefined {
  const write = view.index.memberWrites.find((w) => w.target.kind === 'member' && w.target.property === 'secret_key');
  return write ? { key: 'SECRET_KEY', value: ABSENT, place: { path: view.path, span: write.target.span } } : undefined;
}

/** Whether a file keeps something in the framework's session. */
function writesSession(view: FileView, path: string): boolean {
  const { s } = view;
  const index = s.index(path);
  const isSession = (expr: Expr) => {
    const value = s.evaluate(path, expr);
    return value.kind === 'external' && (value.name === 'pypi:flask.session' || value.name === 'pypi:quart.session');
  };
  return (
    index.memberWrites.some(
      (w) => (w.target.kind === 'member' || w.target.kind === 'index') && isSession(w.target.object),
    ) ||
    index.calls.some(
      (c) => c.callee.kind === 'member' && c.callee.property === 'update' && isSession(c.callee.object),
    ) ||
    index.calls.some((c) => /^login_user$/.test(calledName(c)))
  );
}

/** A settings file that installs the session middleware and says something of its cookies. */
function* settingsFile(view: FileView): Iterable<Fact> {
  const { top } = view.index;
  if (!top.bindings.has('MIDDLEWARE') && !top.bindings.has('INSTALLED_APPS')) return;
  const literals = view.index.expressions.filter((e) => e.kind === 'literal' && typeof e.value === 'string');
  const middleware = literals.find(
    (e) => e.kind === 'literal' && e.value === 'django.contrib.sessions.middleware.SessionMiddleware',
  );
  const paths = view.s.project.paths.filter(
    (p) => view.s.project.ecosystem(p) === 'pypi' && /settings|config/i.test(p),
  );
  const all = [...new Set([view.path, ...paths])].flatMap((p) => settingsIn(view, p));
  const has = (key: string) =>
    all.find((x) => x.key === key && x.place.path === view.path) ?? all.find((x) => x.key === key);
  const own = all.filter((x) => x.place.path === view.path && /^(?:SESSION_|CSRF_COOKIE_)/.test(x.key));
  if (own.length === 0 || (!middleware && !own.some((x) => x.key.startsWith('SESSION_')))) return;
  const engine = textOf(has('SESSION_ENGINE')?.value);
  yield config(view, (own.find((x) => x.key.startsWith('SESSION_')) ?? (own[0] as Setting)).place, {
    name: has('SESSION_COOKIE_NAME')?.value ?? { kind: 'literal', value: 'sessionid' },
    httpOnly: has('SESSION_COOKIE_HTTPONLY'),
    secure: has('SESSION_COOKIE_SECURE'),
    sameSite: has('SESSION_COOKIE_SAMESITE'),
    defaults: { httpOnly: true, secure: false, sameSite: 'lax' },
    kept: engine !== undefined && /signed_cookies/.test(engine) ? 'cookie' : 'server',
  });
}

interface Configured {
  readonly name: Value;
  readonly httpOnly: Setting | undefined;
  readonly secure: Setting | undefined;
  readonly sameSite: Setting | undefined;
  readonly defaults: { readonly httpOnly: boolean; readonly secure: boolean; readonly sameSite: string | null };
  readonly kept: string;
}

function config(view: FileView, at: Place, said: Configured): Fact {
  const spans: Record<string, Place['span']> = {};
  const role = (name: 'httpOnly' | 'secure' | 'sameSite'): Value => {
    const setting = said[name];
    if (!setting)
      return said.defaults[name] === null
        ? ABSENT
        : { kind: 'literal', value: said.defaults[name] as string | boolean };
    spans[name] = setting.place.span;
    return { ...setting.value, place: setting.place };
  };
  const roles = {
    name: said.name,
    httpOnly: role('httpOnly'),
    secure: role('secure'),
    sameSite: role('sameSite'),
    kept: { kind: 'literal', value: said.kept } as Value,
    protection: { kind: 'literal', value: 'signed' } as Value,
  };
  return {
    kind: 'SessionConfig',
    roles: withAbsent(roles),
    spans,
    at,
    path: view.path,
    library: 'session-settings',
  } as unknown as Fact;
}

/** `set_access_cookies(response, token)`: attributes come from `JWT_COOKIE_*`; its own anti-forgery check is on by default. */
function* libraryCookies(view: FileView): Iterable<Fact> {
  const calls = view.index.calls.filter((call) => /^set_(?:access|refresh)_cookies$/.test(calledName(call)));
  if (calls.length === 0) return;
  const all = view.s.project.paths
    .filter((p) => view.s.project.ecosystem(p) === 'pypi')
    .flatMap((p) => settingsIn(view, p));
  const has = (key: string) => all.filter((x) => x.key === key).at(-1);
  const guarded = has('JWT_COOKIE_CSRF_PROTECT');
  for (const call of calls) {
    const refresh = /refresh/.test(calledName(call));
    const fn = view.index.functionOf(call);
    const roles = {
      name: { kind: 'literal', value: refresh ? 'refresh_token_cookie' : 'access_token_cookie' } as Value,
      value: call.args[1] ? view.s.evaluate(view.path, call.args[1].value) : ABSENT,
      httpOnly: { kind: 'literal', value: true } as Value,
      secure: has('JWT_COOKIE_SECURE')?.value ?? ({ kind: 'literal', value: false } as Value),
      sameSite: has('JWT_COOKIE_SAMESITE')?.value ?? ABSENT,
      by: { kind: 'literal', value: 'header' } as Value,
      op: { kind: 'literal', value: 'set' } as Value,
    };
    yield {
      kind: 'CookieWrite',
      roles: withAbsent(roles),
      spans: {},
      at: { path: view.path, span: calleeSpan(call) },
      path: view.path,
      library: 'session-settings',
      node: call,
      ...(fn ? { fn } : {}),
    } as unknown as Fact;
    if (!guarded || alternatives(guarded.value).some((v) => !(v.kind === 'literal' && v.value === false)))
      yield {
        kind: 'CsrfDefence',
        roles: withAbsent({ kind: { kind: 'literal', value: 'token' } }),
        spans: {},
        at: { path: view.path, span: calleeSpan(call) },
        path: view.path,
        library: 'session-settings',
      } as unknown as Fact;
  }
}
