/** Whose a client's own `redirect_uri` is, and links in mails that the request's host is in. */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, booleanOf, isAbsent, partsOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { holderOf, keyedRead } from '../oauth/keyed-read.js';
import { originsOf } from '../oauth/origins.js';
import { hostRead } from '../oauth/supposed.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'client-redirect-uri',
  phase: 'workspace',
  order: 2,
  *recognise(view) {
    for (const request of view.facts('AuthorizationRequest')) {
      const uri = request.roles.redirectUri;
      if (isAbsent(uri) === true || uri.kind === 'unknown') continue;
      const check = whose(
        view.s,
        uri,
        textOf(request.roles.client) === 'browser' || textOf(request.roles.client) === 'mobile',
      );
      if (!check) continue;
      const span = request.spans.redirectUri;
      const at: Place = span ? { path: view.path, span } : request.at;
      yield decision(view, 'clientRedirectUri', uri, check, at, request.node as Expr | undefined);
    }
    for (const config of view.facts('OAuthClientConfig')) {
      const uri = config.roles.redirectUri;
      if (isAbsent(uri) === true || uri.kind === 'unknown') continue;
      const check = whose(view.s, uri, false);
      if (check) yield decision(view, 'clientRedirectUri', uri, check, config.at, config.node as Expr | undefined);
    }
    yield* mailLinks(view);
  },
});

function decision(
  view: FileView,
  purpose: string,
  target: Value,
  check: string,
  at: Place,
  node: Expr | undefined,
): Fact {
  const say = (value: string): Value => ({ kind: 'literal', value });
  const fn = node && view.index.functionOf(node);
  return {
    kind: 'RedirectDecision',
    roles: withAbsent({
      purpose: say(purpose),
      target,
      check: say(check),
      carries: say(purpose === 'mailLink' ? 'token' : 'code'),
    }),
    spans: {},
    at,
    path: view.path,
    library: 'by hand',
    ...(node ? { node } : {}),
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** Where a client's address comes from: the code and its settings, the request's host, a parameter of the request. */
function whose(s: Semantics, uri: Value, ownPage: boolean): 'fixed' | 'host' | 'parameter' | undefined {
  const origins = originsOf(s, uri);
  let host = false;
  for (const part of origins) {
    if (hostRead(s, part) !== undefined || isExternalLink(s, part)) {
      host = true;
      continue;
    }
    const read = keyedRead(s, part);
    if (
      read &&
      holderOf(read.words) === 'request' &&
      PARAMETER.test(read.key) &&
      part.kind !== 'external' &&
      isParameterOf(read.words)
    )
      return 'parameter';
    if (part.kind === 'parameter' && part.fn.decorators.length > 0 && PARAMETER.test(part.name)) return 'parameter';
  }
  const named = keyedRead(s, uri);
  if (!host && origins.every((v) => v.kind === 'object' || v.kind === 'literal')) return 'fixed';
  if (!host && named && /redirect|callback/i.test(named.key) && holderOf(named.words) !== 'request') return 'fixed';
  if (host) return ownPage ? 'fixed' : isPinned(s) ? 'fixed' : 'host';
  return origins.some((v) => v.kind === 'unknown' || v.kind === 'parameter') ? undefined : 'fixed';
}

const PARAMETER = /^(?:redirect_?(?:uri|url|to)?|callback(?:_?url)?|return_?(?:to|url)|origin|next)$/i;

function isParameterOf(words: readonly string[]): boolean {
  return words.some((w) =>
    /^(?:query|args|searchParams|query_params|GET|POST|body|form|Query|FormValue|params|values|json)$/.test(w),
  );
}

/** `url_for('callback', _external=True)`, `request.url_for('callback')`: the host is the request's. */
function isExternalLink(s: Semantics, value: Value): boolean {
  if (value.kind !== 'call' && value.kind !== 'result') return false;
  const { callee } = value.site.call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  if (name !== 'url_for') return false;
  if (callee.kind === 'member' && /req/i.test(callee.object.kind === 'name' ? callee.object.name : '')) return true;
  return booleanOf(s.access(value.site, 'named _external').value) === true;
}

const pinned = new WeakMap<Semantics, boolean>();

/** Whether the workspace says which hosts it answers to. */
function isPinned(s: Semantics): boolean {
  let known = pinned.get(s);
  if (known === undefined) {
    known = s.project.paths.some((path) => {
      const index = s.project.file(path);
      return (
        index !== undefined &&
        (index.expressions.some((e) => e.kind === 'name' && PINS.test(e.name)) ||
          index.top.bindings.has('ALLOWED_HOSTS') ||
          index.top.bindings.has('SERVER_NAME') ||
          index.memberWrites.some((w) => w.target.kind === 'member' && w.target.property === 'SERVER_NAME'))
      );
    });
    pinned.set(s, known);
  }
  return known;
}

const PINS = /^(?:TrustedHostMiddleware|hostValidation|allowedHosts|ALLOWED_HOSTS|trustedHosts)$/;
const LINK = /reset|verif|confirm|invit|activat|magic|password|[?&](?:token|code|key)=/i;

/** Addresses with a secret in them whose host is the request's. */
function* mailLinks(view: FileView): Generator<Fact> {
  const { index, s, path } = view;
  for (const expr of index.expressions) {
    if (expr.kind !== 'concat' && expr.kind !== 'binary' && expr.kind !== 'call') continue;
    const parent = index.parentOf(expr);
    if (
      parent &&
      'kind' in parent &&
      (parent.kind === 'concat' || (parent.kind === 'binary' && parent.operator === '+'))
    )
      continue;
    if (expr.kind === 'call' ? !isTokenLink(view, expr) : !isTokenText(s, s.evaluate(path, expr))) continue;
    if (isPinned(s)) continue;
    yield decision(view, 'mailLink', s.evaluate(path, expr), 'host', { path, span: expr.span }, expr);
  }
}

/** `url_for("reset", token=token, _external=True)`, `request.build_absolute_uri(reverse("reset", args=[uid, token]))`. */
function isTokenLink(view: FileView, call: Extract<Expr, { kind: 'call' }>): boolean {
  const { s, path } = view;
  const name =
    call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
  if (name === 'url_for')
    return (
      call.args.some((a) => a.name !== undefined && /token|code|key|sig/i.test(a.name)) &&
      call.args.some((a) => a.name === '_external' && booleanOf(s.evaluate(path, a.value)) === true)
    );
  if (name !== 'build_absolute_uri' || !call.args[0]) return false;
  const inner = call.args[0].value;
  const text = inner.kind === 'call' ? inner.args.map((a) => sayExpr(a.value)).join(' ') : sayExpr(inner);
  return /token/i.test(text) && LINK.test(text);
}

function sayExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return String(expr.value);
    case 'name':
      return expr.name;
    case 'member':
      return `${sayExpr(expr.object)}.${expr.property}`;
    case 'concat':
      return expr.parts.map(sayExpr).join('');
    case 'list':
      return expr.items.map((i) => sayExpr(i.value)).join(' ');
    case 'record':
      return expr.entries.map((e) => `${e.key ?? ''} ${sayExpr(e.value)}`).join(' ');
    case 'call':
      return `${sayExpr(expr.callee)} ${expr.args.map((a) => sayExpr(a.value)).join(' ')}`;
    default:
      return '';
  }
}

function isTokenText(s: Semantics, value: Value): boolean {
  if (value.kind !== 'concat') return false;
  const texts = value.parts.map(textOf);
  const text = texts.map((t) => t ?? '').join('');
  if (!LINK.test(text) || /response_type=|client_id=|redirect_uri=/.test(text)) return false;
  const head = value.parts.slice(0, 3);
  const fromHost = head.some((p) =>
    [...partsOf(p)].some((part) => hostRead(s, part) !== undefined && isServers(s, part)),
  );
  if (!fromHost) return false;
  // Something secret stands behind: not only the host and texts.
  return value.parts.slice(1).some((p) => textOf(p) === undefined && hostRead(s, p) === undefined && looksSecret(s, p));
}

function isServers(s: Semantics, value: Value): boolean {
  const read = keyedRead(s, value);
  return !read?.words.some((w) => w === 'location' || w === 'window');
}

function looksSecret(s: Semantics, value: Value): boolean {
  return originsOf(s, value).some((v) => {
    if (v.kind === 'random') return true;
    const name =
      v.kind === 'member' ? v.property : v.kind === 'parameter' ? v.name : v.kind === 'result' ? v.callee : '';
    return /token|code|secret|jwt|sign|encode|hash/i.test(name);
  });
}
