/**
 * What an unverified token decides. Its claims are followed to calls, tests, writes and returns; which claims they are, and
 * what is done with them, says whether somebody's identity rests on them.
 */
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { wordsOf } from '../../semantics/token-uses.js';
import { alternatives, partsOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { type Arrival, argumentFor, arrivalsOf, sameValue } from '../token-flow.js';
import { claimRoots } from './claim-check.js';
import { literal, withRoles } from './token-use.js';

type TokenReading = Fact<'TokenDecode'> | Fact<'TokenVerify'>;

export type Reach = 'decision' | 'display' | 'key' | 'schedule' | 'caller';

export default defineRecogniser({
  name: 'token-reach',
  phase: 'workspace',
  order: 20,
  refine(fact, view) {
    if (fact.kind === 'TokenDecode') return refineDecode(fact as Fact<'TokenDecode'>, view);
    if (fact.kind === 'TokenVerify') return refineVerify(fact as Fact<'TokenVerify'>, view);
    return undefined;
  },
});

function refineDecode(decode: Fact<'TokenDecode'>, view: FileView): Fact | undefined {
  const source = fromTokenEndpoint(decode, view) ? { source: literal('token endpoint') } : {};
  if (textOf(decode.roles.part) === 'header') return withRoles(decode, { reaches: literal('key'), ...source });
  const checked = verifiedToo(decode, view);
  if (checked === 'expired') return withRoles(decode, { reaches: literal('key'), afterExpiry: literal(true) });
  if (checked) return withRoles(decode, { reaches: literal('key'), ...source });
  return withRoles(decode, { reaches: literal(reachOf(decode, view)), ...source });
}

function refineVerify(verify: Fact<'TokenVerify'>, view: FileView): Fact | undefined {
  const skipped = alternatives(verify.roles.signature).some((v) => textOf(v) === 'skipped');
  if (skipped) {
    const checked = verifiedToo(verify, view);
    if (checked)
      return withRoles(verify, {
        reaches: literal('key'),
        ...(checked === 'expired' ? { use: literal('revoked') } : {}),
      });
    return withRoles(verify, { reaches: literal(reachOf(verify, view)) });
  }
  const late = textOf(verify.roles.expiry) === 'skipped';
  if (late && endsSomething(verify, view)) return withRoles(verify, { use: literal('revoked') });
  const decode =
    view.all('TokenDecode').find((d) => verifiedToo(d, view, verify) === 'expired') ??
    view
      .factsOf(verify.path, 'TokenVerify')
      .find((v) => textOf(v.roles.signature) === 'skipped' && verifiedToo(v, view, verify) === 'expired');
  if (decode) return withRoles(verify, { expiry: { ...literal('skipped'), place: decode.at } });
  return undefined;
}

/** What the claims of an act are used for; the gravest use counts. */
function reachOf(fact: TokenReading, view: FileView): Reach {
  const node = fact.node;
  if (!node) return 'caller';
  const browser = isBrowser(view, fact.path);
  const found = new Set<Reach>();
  for (const arrival of arrivalsOf(view.s, fact.path, node, rootsOf(fact, view))) {
    const reach = reachOfArrival(view, arrival);
    if (reach) found.add(browser && isBrowser(view, arrival.path) ? inBrowser(reach, arrival) : reach);
  }
  for (const reach of ['decision', 'caller', 'display', 'key', 'schedule'] as const) if (found.has(reach)) return reach;
  return browser ? 'display' : 'schedule';
}

/** In a browser the server decides; what hides a button is worth a question. */
function inBrowser(reach: Reach, arrival: Arrival): Reach {
  if (reach !== 'decision') return reach === 'caller' ? 'display' : reach;
  return arrival.how === 'test' && [...arrival.claims].some((c) => /role|scope|perm|admin/i.test(c))
    ? 'caller'
    : 'display';
}

function rootsOf(fact: TokenReading, view: FileView): ReadonlySet<IrNode> {
  return fact.kind === 'TokenVerify' ? claimRoots(fact, view).roots : new Set(fact.node ? [fact.node] : []);
}

/** Claims that plan a refresh or name a token, and claims that pick a key or an issuer. */
const SCHEDULING = new Set(['exp', 'iat', 'nbf', 'jti', 'sid', 'length']);
const PICKING = new Set(['kid', 'alg', 'iss', 'azp', 'tid', 'aud', 'x5t', 'typ', 'type']);

function reachOfArrival(view: FileView, arrival: Arrival): Reach | undefined {
  const claims = [...arrival.claims];
  if (claims.every((c) => SCHEDULING.has(c))) return 'schedule';
  if (claims.every((c) => SCHEDULING.has(c) || PICKING.has(c))) return 'key';
  switch (arrival.how) {
    case 'call':
      return reachOfCall(view, arrival);
    case 'test':
      return 'decision';
    case 'write':
      return 'decision';
    case 'return':
      return reachOfReturn(view, arrival);
  }
}

const SHOWS =
  /^(?:log|debug|info|warn|warning|error|trace|print|println|exception|json|jsonify|send|render|end|write|stringify|dumps|push|append|concat|map|filter|forEach|keys|values|entries|assign|isArray|Date|Number|String|parseInt|Boolean|int|str|float|bool|len|dict|list|set|isoformat|fromtimestamp|utcfromtimestamp|setTimeout|alert|toast|useState|useMemo|freeze|cast|isinstance|getattr|hasattr|JSONResponse|Response|HTTPException)$/;
const PICKS_KEY = /key|jwk|jwks|secret|cert|issuer|tenant|provider/i;
const ENDS = /revoke|blacklist|blocklist|denylist|logout|invalidate|expire/i;

function reachOfCall(view: FileView, arrival: Arrival): Reach | undefined {
  const call = arrival.node as CallExpr;
  const name =
    call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
  const holder = call.callee.kind === 'member' && call.callee.object.kind === 'name' ? call.callee.object.name : '';
  // What only carries the value on is seen again where it arrives.
  if (/^(?:console|logger|log|logging|winston|pino|Sentry|analytics|posthog|mixpanel)$/i.test(holder)) return 'display';
  if (SHOWS.test(name)) return 'display';
  if (/expir|stale|schedule/i.test(name)) return 'schedule';
  if (ENDS.test(name) || ENDS.test(holder)) return 'schedule';
  if (PICKS_KEY.test(name) || PICKS_KEY.test(holder)) return 'key';
  const facts = view.factsOf(arrival.path, 'TokenVerify').filter((f) => f.node === call);
  if (facts.length > 0 || view.factsOf(arrival.path, 'TokenDecode').some((f) => f.node === call)) return undefined;
  const value = view.s.evaluate(arrival.path, call);
  for (const part of partsOf(value, 3)) {
    // A library call that gives its argument back, or a function of the workspace that was followed.
    if ((part.kind === 'result' || part.kind === 'call') && part.site.call === call) return 'decision';
  }
  const callee = view.s.callee({ path: arrival.path, call, frame: undefined });
  return alternatives(callee).some((v) => v.kind === 'function') ? 'decision' : undefined;
}

const GUARDS =
  /\b(?:user|principal|identity|session|auth|authenticate|authenticated|authorize|authorized|verify|verified|validate|valid|check|require|protect|guard|admin|role|login|account|caller|context|current)\b/;
const READS = /\b(?:decode|parse|read|peek|inspect|unsafe|unverified|expiry|expires|exp)\b/;

function reachOfReturn(view: FileView, arrival: Arrival): Reach | undefined {
  const fn = arrival.fn;
  if (!fn) return undefined;
  const named = nameOf(view, arrival.path, fn);
  const words = wordsOf(named);
  const usage = view.s.usage(fn);
  const injected =
    usage.passed.some((p) => isInjection(view, p.site.call)) || /^(?:validate|canActivate)$/.test(fn.name);
  if (injected) return 'decision';
  // Where every caller is seen, what the callers do decides.
  if (usage.calls.length > 0) return undefined;
  if (GUARDS.test(words) && !READS.test(words)) return 'decision';
  return usage.passed.length > 0 ? 'display' : 'caller';
}

/** A dependency that a framework hands to handlers. */
function isInjection(view: FileView, call: CallExpr): boolean {
  return view.s.names({ path: view.path, call, frame: undefined }).some((name) => {
    const gives = view.s.project.knowledge.call(name)?.gives;
    return gives !== undefined && 'apply' in gives;
  });
}

function nameOf(view: FileView, path: string, fn: FunctionIR): string {
  if (fn.name) return fn.name;
  const index = view.s.index(path);
  const lambda = index.parentOf(fn);
  const holder = lambda ? index.parentOf(lambda) : undefined;
  if (!holder || !('kind' in holder)) return '';
  if (holder.kind === 'let' && holder.target.kind === 'bind') return holder.target.name;
  if (holder.kind === 'record') return holder.entries.find((e) => e.value === lambda)?.key ?? '';
  return '';
}

/**
 * Whether the same token is verified in the same function. `expired`: the decoding stands where the verification said that
 * the token has ended, and goes on with it.
 */
function verifiedToo(decode: TokenReading, view: FileView, only?: Fact<'TokenVerify'>): boolean | 'expired' {
  const index = view.s.index(decode.path);
  const token = tokenOf(decode, view);
  if (!token || !decode.node) return false;
  const here = outerFunction(view, decode);
  for (const verify of only ? [only] : view.factsOf(decode.path, 'TokenVerify')) {
    if (verify.path !== decode.path || verify.node === decode.node || !verify.node) continue;
    if (alternatives(verify.roles.signature).some((v) => textOf(v) === 'skipped')) continue;
    if (outerFunction(view, verify) !== here) continue;
    const other = tokenOf(verify, view);
    if (!other || !sameValue(token, other)) continue;
    const handler = handlerAround(index, decode.node, verify.node);
    if (!handler) return true;
    if (handler.expired) return 'expired';
  }
  return false;
}

function tokenOf(fact: TokenReading, view: FileView) {
  const expr = argumentFor(fact, 'token');
  if (expr) return view.s.evaluate(fact.path, expr);
  return fact.roles.token.kind === 'absent' ? undefined : fact.roles.token;
}

function outerFunction(view: FileView, fact: TokenReading): FunctionIR | undefined {
  const index = view.s.index(fact.path);
  let last: FunctionIR | undefined;
  for (let fn = fact.node ? index.functionOf(fact.node) : undefined; fn; fn = index.functionOf(fn)) last = fn;
  return last;
}

/** The handler around a node whose `try` holds the verification; whether it is for expired tokens. */
function handlerAround(
  index: ReturnType<FileView['s']['index']>,
  node: IrNode,
  verify: IrNode,
): { readonly expired: boolean } | undefined {
  let expired = false;
  for (let current: IrNode | undefined = node; current; current = index.parentOf(current)) {
    const parent = index.parentOf(current);
    if (!parent || !('kind' in parent)) continue;
    if (parent.kind === 'if' && mentionsExpiry(parent.test)) expired = true;
    if (parent.kind !== 'try') continue;
    const list = index.listOf(current);
    const handler = parent.handlers.find((h) => h.body === list);
    if (!handler) continue;
    const inBody = parent.body.some((stmt) => verify.span.start >= stmt.span.start && verify.span.end <= stmt.span.end);
    if (inBody) return { expired: expired || handler.types.some(mentionsExpiry) };
  }
  return undefined;
}

function mentionsExpiry(expr: Expr): boolean {
  switch (expr.kind) {
    case 'name':
      return /expired/i.test(expr.name);
    case 'member':
      return /expired/i.test(expr.property) || mentionsExpiry(expr.object);
    case 'literal':
      return typeof expr.value === 'string' && /expired/i.test(expr.value);
    case 'binary':
      return mentionsExpiry(expr.left) || mentionsExpiry(expr.right);
    case 'call':
      return mentionsExpiry(expr.callee) || expr.args.some((a) => mentionsExpiry(a.value));
    case 'list':
      return expr.items.some((i) => mentionsExpiry(i.value));
    case 'unary':
      return mentionsExpiry(expr.operand);
    default:
      return false;
  }
}

/** An expired token that is only read to end it: its `jti` and `exp` are all that is used, or a logout does it. */
function endsSomething(verify: Fact<'TokenVerify'>, view: FileView): boolean {
  const node = verify.node;
  if (!node) return false;
  const way = [verify.fn, ...(verify.through ?? []).map((site) => view.s.index(site.path).functionOf(site.call))];
  if (way.some((fn) => fn && ENDS.test(fn.name))) return true;
  const arrivals = arrivalsOf(view.s, verify.path, node, rootsOf(verify, view)).filter((a) => a.how !== 'return');
  if (verify.through && verify.through.length > 0) return false;
  return arrivals.length > 0 && arrivals.every((a) => [...a.claims].every((c) => SCHEDULING.has(c)));
}

/** Whether an ID token came straight from the answer of the token endpoint. */
function fromTokenEndpoint(decode: Fact<'TokenDecode'>, view: FileView): boolean {
  const token = tokenOf(decode, view);
  if (!token) return false;
  for (const part of partsOf(token, 5)) {
    const property =
      part.kind === 'member'
        ? part.property
        : (part.kind === 'call' || part.kind === 'result') && part.site.call.callee.kind === 'member'
          ? part.site.call.callee.property
          : undefined;
    if (!property || !/^id_?token$/i.test(property)) continue;
    for (const inner of partsOf(part, 6)) {
      if (inner.kind !== 'call' && inner.kind !== 'result') continue;
      const callee = inner.site.call.callee;
      const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
      if (
        /exchange|validateAuthorizationCode|getToken|fetch|post|callback|grant|token|json|request|acquire/i.test(name)
      )
        return true;
    }
  }
  return false;
}

const BROWSER_MODULES =
  /^(?:react|react-dom|react-native|react-router.*|vue|vue-router|pinia|svelte.*|@angular\/.*|solid-js.*|preact.*|expo.*|zustand|@tanstack\/react-.*|@reduxjs\/.*|react-redux|\$app\/.*|next\/navigation|next\/router)$/;
const SERVER_MODULES =
  /^(?:express|fastify|koa|hono.*|next\/server|next\/headers|@nestjs\/.*|node:.*|fs|http|https|crypto|server-only|jsonwebtoken|mongoose|pg|@prisma\/.*|@sveltejs\/kit|h3|nitropack.*|@remix-run\/node|socket\.io|ws|graphql.*|@apollo\/server.*|@trpc\/server.*|drizzle-orm.*)$/;
const BROWSER_GLOBALS = new Set(['localStorage', 'sessionStorage', 'window', 'document', 'navigator']);

/** Whether a file runs in a browser or an app, where the server decides all the same. */
export function isBrowser(view: FileView, path: string): boolean {
  const index = view.s.index(path);
  const modules = index.imports.map((i) => i.specifier);
  if (index.file.directive === 'use server' || modules.some((m) => SERVER_MODULES.test(m))) return false;
  if (index.file.directive === 'use client' || modules.some((m) => BROWSER_MODULES.test(m))) return true;
  if (/\.(?:tsx|jsx|vue|svelte)$/.test(path)) return true;
  return index.expressions.some((e) => e.kind === 'name' && BROWSER_GLOBALS.has(e.name) && !index.lookup(e.name, e));
}
