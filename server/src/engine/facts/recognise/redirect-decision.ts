/** Redirects to an address that the request brought: what the checks on the way let through, found by trying. */
import type { Place } from '../../base/span.js';
import type { Expr, FunctionIR } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, partsOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { keptWhere } from '../oauth/kept.js';
import { browserKey, holderOf, keyedRead, requestParameter } from '../oauth/keyed-read.js';
import { originsOf } from '../oauth/origins.js';
import { type Sink, redirectsOf } from '../oauth/sinks.js';
import { browserAddress } from '../oauth/site.js';
import { ORIGIN, ownAddress } from '../oauth/supposed.js';
import { type Arrival, type Seen, tryOut } from '../oauth/trial.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

/** Parameters that say where to go. */
const TARGET =
  /^(?:next|next_?(?:url|path|page)|return_?(?:to|url|path|uri)?|redirect(?:_?(?:to|url|uri|path|target|after\w*))?|post_?(?:login|logout)\w*|continue(?:_?(?:to|url))?|callback(?:_?url)?|from|target(?:_?url)?|dest(?:ination)?|url|uri|goto|go|back(?:_?(?:to|url))?|forward(?:_?url)?|success_?(?:url|redirect)|after_?login|origin|relay_?state|page|landing|success)$/i;
const LOGIN =
  /log[_-]?(?:in|out|on|off)|sign[_-]?(?:in|out|up)|auth|callback|sso\b|oauth|oidc|saml|session|protected|guard|verify/i;

export default defineRecogniser({
  name: 'redirect-decision',
  phase: 'workspace',
  order: 2,
  *recognise(view) {
    const sinks = redirectsOf(view.index);
    if (sinks.length === 0) return;
    const about = isAboutLogin(view);
    for (const sink of sinks) {
      const sources = sourcesOf(view.s, view.path, sink.target);
      if (sources.length === 0 || !about) continue;
      const decision = decide(view, sink, sources);
      if (decision) yield decision;
    }
  },
});

/** Whether a file has to do with logging in or out: by its path, its names, its routes. */
function isAboutLogin({ index, path }: FileView): boolean {
  if (LOGIN.test(path)) return true;
  if (index.functions.some((fn) => LOGIN.test(fn.name))) return true;
  return index.expressions.some(
    (e) =>
      (e.kind === 'literal' &&
        typeof e.value === 'string' &&
        e.value.length < 60 &&
        /^\/|^[\w.]+$/.test(e.value) &&
        LOGIN.test(e.value)) ||
      (e.kind === 'member' && /^(?:login|logIn|signIn|session|login_user|logout)$/.test(e.property)) ||
      (e.kind === 'name' && LOGIN.test(e.name)),
  );
}

interface Source {
  readonly key: string;
  readonly holder: 'request' | 'browser';
  readonly value: Value;
}

/** The request's parameters, and the kept values that came from them, in what is redirected to. */
function sourcesOf(s: Semantics, path: string, target: Expr): readonly Source[] {
  const found: Source[] = [];
  const value = s.evaluate(path, target);
  for (const part of originsOf(s, value)) {
    const source = sourceOf(s, part);
    if (source && !found.some((f) => f.key === source.key && f.holder === source.holder)) found.push(source);
  }
  return found.filter((f) => f.holder === 'request' || keptFromRequest(s, f.key).length > 0);
}

function sourceOf(s: Semantics, value: Value): Source | undefined {
  if (value.kind === 'parameter')
    return TARGET.test(value.name) &&
      (value.fn.decorators.length > 0 || value.fn.params.some((p) => p.decorators.length > 0))
      ? { key: value.name, holder: 'request', value }
      : undefined;
  const read = keyedRead(s, value);
  if (!read || !TARGET.test(read.key)) return undefined;
  // A field of what a function was given is the request's only if its name says so.
  if (value.kind === 'member' && value.object.kind === 'parameter' && !QUERY.test(value.object.name)) return undefined;
  // A name that says little counts only right on a query; the others near one.
  const weak = /^(?:url|uri|page|path|to|go|from|target|dest|destination|origin|back|success|landing|callback)$/i.test(
    read.key,
  );
  const near = read.words.slice(0, weak ? 2 : 6);
  const holder = holderOf(near);
  if (holder === undefined || (weak && holder === 'request' && !isQuery(near))) return undefined;
  // The page's own address, the request's path: no parameter.
  if (/^(?:origin|href|host)$/.test(read.key)) return undefined;
  return { key: read.key, holder, value };
}

const QUERY = /^(?:searchParams|query|qs|args|queryParams|body|form)$/;

function isQuery(words: readonly string[]): boolean {
  return words.some((w) =>
    /^(?:query|args|searchParams|query_params|GET|body|form|params|Query|FormValue|values)$/.test(w),
  );
}

interface Kept {
  readonly path: string;
  readonly expr: Expr;
}

/** What is kept under a name, where it comes from the request. */
function keptFromRequest(s: Semantics, key: string): readonly Kept[] {
  const found: Kept[] = [];
  for (const path of s.project.paths) {
    for (const expr of keptWhere(s, path, key)) {
      const value = s.evaluate(path, expr);
      if (originsOf(s, value).some((part) => sourceOf(s, part)?.holder === 'request')) found.push({ path, expr });
    }
  }
  return found;
}

function decide(view: FileView, sink: Sink, sources: readonly Source[]): Fact | undefined {
  const { s, path, index } = view;
  const start = startOf(view, sink, sources);
  const serves = isServer(view, start, sources);
  const evil = serves ? serverCandidates(s, path) : candidates(s, path, sink.page);
  const outcome = tryAll(s, path, start, sink.target, sources, evil);
  if (outcome.arrived === 0 && outcome.unknown === 0 && !outcome.test) return undefined;
  const say = (value: string | boolean, place?: Place): Value => ({
    kind: 'literal',
    value,
    ...(place ? { place } : {}),
  });
  const check = outcome.leak ? (outcome.test ? 'weak' : 'none') : outcome.unknown > 0 ? 'unknown' : 'strong';
  const name = `${start?.name ?? ''} ${routeOf(view, start)}`;
  const value = s.evaluate(path, sink.target);
  const carried = [...partsOf(value)].some(
    (p) =>
      /[?&#](?:access_?)?(?:token|jwt|code)=$/i.test(textOf(p) ?? '') ||
      /[?&#](?:token|jwt|access_token|code)=/i.test(textOf(p) ?? ''),
  );
  const fn = index.functionOf(sink.node);
  return {
    kind: 'RedirectDecision',
    roles: withAbsent({
      target: value,
      purpose: say(serves ? 'authorizationResponse' : /log_?out|sign_?out/i.test(name) ? 'afterLogout' : 'afterLogin'),
      check: say(check, outcome.test),
      ...(outcome.leak ? { lets: say(outcome.leak), absolute: say(outcome.absolute) } : {}),
      carries: say(serves ? 'code' : carried ? 'token' : 'nothing'),
      source: sources[0]?.value ?? { kind: 'unknown' },
    }),
    spans: {},
    at: { path, span: sink.target.span },
    path,
    library: 'by hand',
    node: sink.node,
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** Whether a function answers authorization requests: it reads the client's id beside the address. */
function isServer(view: FileView, start: FunctionIR | undefined, sources: readonly Source[]): boolean {
  if (!sources.some((f) => f.holder === 'request' && /^redirect_?uri$/i.test(f.key))) return false;
  const { index, s, path } = view;
  const reads = (name: RegExp) =>
    index.expressions.some((e) => {
      if (start && (e.span.start < start.span.start || e.span.end > start.span.end)) return false;
      if (e.kind !== 'member' && e.kind !== 'call' && e.kind !== 'name') return false;
      const value = s.evaluate(path, e);
      return value.kind === 'parameter' ? name.test(value.name) : name.test(requestParameter(s, value) ?? '');
    });
  return reads(/^(?:client_?id|response_type|code_challenge)$/i);
}

/** Addresses that are not the registered one, though much of it is in them. */
function serverCandidates(s: Semantics, path: string): readonly string[] {
  const own = new Set<string>([REGISTERED]);
  for (const expr of s.index(path).expressions)
    if (
      expr.kind === 'literal' &&
      typeof expr.value === 'string' &&
      /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./-]*)?$/.test(expr.value)
    )
      own.add(expr.value);
  return [
    'https://evil.example/x',
    ...[...own].slice(0, 4).flatMap((url) => {
      const [, scheme = '', host = '', rest = ''] = /^(https?:\/\/)([^/]+)(.*)$/.exec(url) ?? [];
      return [
        `${scheme}${host}.evil.example${rest}`,
        `${scheme}evil-${host}${rest}`,
        `${scheme}evil.${host}${rest}`,
        `${url}.evil`,
        `${url}/../evil`,
        `${scheme}${host}/evil`,
        `${scheme}${host}@evil.example/`,
        `https://evil.example/?${url}`,
      ];
    }),
  ];
}

/** The function from whose beginning the trial runs: where the request comes in. */
function startOf(view: FileView, sink: Sink, sources: readonly Source[]): FunctionIR | undefined {
  const { index } = view;
  const inner = index.functionOf(sink.node);
  for (const { value } of sources) {
    for (const part of partsOf(value)) {
      if (part.kind !== 'parameter') continue;
      for (let fn = inner; fn; fn = index.functionOf(fn)) if (fn === part.fn) return fn;
    }
  }
  let start = inner;
  for (let i = 0; start?.arrow && i < 2; i++) start = index.functionOf(start) ?? start;
  return start;
}

function routeOf(view: FileView, fn: FunctionIR | undefined): string {
  if (!fn) return '';
  const texts: string[] = [];
  for (const { site } of view.s.usage(fn).passed) {
    const first = site.call.args[0]?.value;
    if (first?.kind === 'literal') texts.push(String(first.value));
  }
  for (const d of fn.decorators) {
    const first = d.value.kind === 'call' ? d.value.args[0]?.value : undefined;
    if (first?.kind === 'literal') texts.push(String(first.value));
  }
  return texts.join(' ');
}

interface Outcome {
  readonly arrived: number;
  readonly unknown: number;
  readonly leak: string | undefined;
  readonly absolute: boolean;
  readonly test: Place | undefined;
}

/** Addresses that lead to another site, plainly and in disguise; those that look like addresses of this file too. */
function candidates(s: Semantics, path: string, page: boolean): readonly string[] {
  const hosts = new Set<string>(['app.example.com']);
  const prefixes = new Set<string>([ORIGIN]);
  for (const expr of s.index(path).expressions) {
    if (expr.kind !== 'literal' || typeof expr.value !== 'string' || expr.value.length > 80) continue;
    const url = /^https?:\/\/[\w.-]+(?::\d+)?\/?/.exec(expr.value);
    if (url) {
      prefixes.add(url[0]);
      hosts.add(url[0].replace(/^https?:\/\//, '').replace(/\/$/, ''));
    } else if (
      /^\.?[\w-]+(?:\.[\w-]+)+$/.test(expr.value) &&
      !/\.(?:html?|js|ts|css|json|py|ejs|hbs|pug)$/.test(expr.value)
    )
      hosts.add(expr.value.replace(/^\./, ''));
    if (hosts.size > 5) break;
  }
  return [
    'https://evil.example/x',
    '//evil.example',
    '/\\evil.example',
    '///evil.example',
    '@evil.example/',
    '.evil.example/',
    ...(page ? ['javascript:alert(1)'] : []),
    ...[...prefixes].flatMap((p) => (p.endsWith('/') ? [] : [`${p}.evil.example/`, `${p}@evil.example/`])),
    ...[...hosts].flatMap((h) => [
      `https://evil-${h}/`,
      `https://${h}.evil.example/`,
      `https://evil.example/${h}`,
      `https://evil.example/?${h}`,
    ]),
  ];
}

function tryAll(
  s: Semantics,
  path: string,
  start: FunctionIR | undefined,
  sink: Expr,
  sources: readonly Source[],
  evil: readonly string[],
): Outcome {
  let arrived = 0;
  let unknown = 0;
  let leak: string | undefined;
  let absolute = false;
  let test: Place | undefined;
  let stopped: Place | undefined;
  for (const text of evil) {
    for (const given of asKept(s, sources, text)) {
      const run = arrivals(s, path, start, sink, sources, given);
      if (run.arrivals.length === 0 && run.tests.length > 0) {
        const last = run.tests.at(-1);
        stopped ??= last && { path: last.path, span: last.expr.span };
      }
      for (const arrival of run.arrivals) {
        const verdict = judge(arrival);
        if (verdict === 'unknown') unknown++;
        else arrived++;
        if (verdict !== 'leaves' && verdict !== 'script') continue;
        if (text === 'https://evil.example/x' || verdict === 'script') absolute = true;
        leak ??= text;
        const last = arrival.tests.at(-1);
        if (last) test ??= { path: last.path, span: last.expr.span };
      }
    }
  }
  // What a harmless path comes to shows that the redirect is reached at all.
  if (arrived === 0) {
    for (const arrival of arrivals(s, path, start, sink, sources, '/dashboard').arrivals) {
      if (judge(arrival) === 'unknown') unknown++;
      else arrived++;
    }
  }
  return { arrived, unknown, leak, absolute, test: test ?? (leak ? undefined : stopped) };
}

/** What is left of a text when it was kept first: what the checks of the keeping place let through. */
function asKept(s: Semantics, sources: readonly Source[], text: string): readonly string[] {
  if (sources.some((f) => f.holder === 'request')) return [text];
  const found = new Set<string>();
  for (const source of sources) {
    for (const kept of keptFromRequest(s, source.key)) {
      const fn = s.index(kept.path).functionOf(kept.expr);
      const inner = sourcesOf(s, kept.path, kept.expr);
      for (const { seen } of arrivals(s, kept.path, fn, kept.expr, inner, text).arrivals)
        if (seen.is === 'text') found.add(seen.text);
    }
  }
  return [...found].slice(0, 3);
}

function arrivals(
  s: Semantics,
  path: string,
  start: FunctionIR | undefined,
  sink: Expr,
  sources: readonly Source[],
  text: string,
): ReturnType<typeof tryOut> {
  const given: Seen = { is: 'text', text, of: true };
  return tryOut(s, path, start, {
    origin: ORIGIN,
    sink,
    supposed(value) {
      for (const part of value.kind === 'oneOf' ? value.values : [value]) {
        const source = sourceOf(s, part);
        if (source && sources.some((f) => f.key === source.key && f.holder === source.holder)) return given;
        if (
          source === undefined &&
          part.kind !== 'parameter' &&
          browserKey(s, part) !== undefined &&
          sources.some((f) => f.holder === 'browser' && f.key === browserKey(s, part))
        )
          return given;
      }
      return registered(s, value) ?? ownAddress(s, value);
    },
  });
}

/** The addresses that a client has registered: one, and the same in every trial. */
function registered(s: Semantics, value: Value): Seen | undefined {
  const read = keyedRead(s, value);
  // What the client's record says, however the record was found.
  if (!read || holderOf(read.words.slice(0, 1)) === 'request') return undefined;
  const text: Seen = { is: 'text', text: REGISTERED, of: false };
  if (
    /^(?:allowed_?|registered_?)?(?:redirect_?uris|callback_?urls|redirect_?urls|redirects|redirectURIs)$/i.test(
      read.key,
    )
  )
    return { is: 'list', items: [text], of: false };
  return /^(?:redirect_?uri|callback_?url|redirect_?url|redirectURI)$/i.test(read.key) ? text : undefined;
}

const REGISTERED = 'https://client.example/cb';

/** Whether what arrives leaves the site. */
function judge({ seen, unsure }: Arrival): 'leaves' | 'script' | 'stays' | 'unknown' {
  const text = seen.is === 'text' ? seen.text : seen.is === 'address' ? undefined : undefined;
  if (seen.is === 'address')
    return /evil/.test(seen.address.host + seen.address.path) ? (unsure.length > 0 ? 'unknown' : 'leaves') : 'stays';
  if (text === undefined) return seen.of || seen.is === 'unknown' ? 'unknown' : 'stays';
  if (!seen.of) return 'stays';
  const address = browserAddress(text, `${ORIGIN}/login`);
  if (!address) return 'stays';
  if (address.scheme === 'javascript') return unsure.length > 0 ? 'unknown' : 'script';
  if (!address.host.includes('evil') && !/\/\.\.\/evil|\.evil(?:$|[?&#/])|\/evil(?:$|[?&#])/.test(text)) return 'stays';
  return unsure.length > 0 ? 'unknown' : 'leaves';
}
