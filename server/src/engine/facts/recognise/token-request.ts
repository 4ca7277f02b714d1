/** Token requests by hand: a form with `grant_type`, sent to a token endpoint; and routes that answer one. */
import type { Span } from '../../base/span.js';
import type { CallExpr, Expr } from '../../ir/ir.js';
import { type CallSite, type Value, alternatives, partsOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type Fields, fieldsOf } from '../oauth/address.js';
import { frameAt } from '../oauth/callers.js';
import { clientKindOf } from '../oauth/client-kind.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calleeSpan, withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'token-request',
  phase: 'file',
  *recognise(view) {
    yield* sent(view);
  },
});

/** Calls that only shape a form, and send nothing. */
const SHAPERS =
  /^(?:URLSearchParams|FormData|stringify|urlencode|dict|assign|append|set|add|update|encode|parse|from|freeze|entries|keys|String|toString|dumps|Set|Add|byteLength|Blob|Headers|log|debug|info|error|warn|print|NewReader|Encode|Buffer|setItem|push)$/;
/** Places of a request's options where the form stands. */
const BODIES = ['body', 'data', 'form', 'json', 'params', 'payload', 'content', 'query', 'searchParams', 'formData'];

interface Sending {
  readonly site: CallSite;
  readonly form: Fields;
  readonly endpoint: Value;
}

function* sent(view: FileView): Generator<Fact> {
  const { index, path, s } = view;
  const best = new Map<string, Sending>();
  for (const call of index.calls) {
    const name = lastName(call);
    if (name !== undefined && SHAPERS.test(name)) continue;
    if (call.args.length === 0 || call.form === 'jsx') continue;
    const fn = index.functionOf(call);
    // What a wrapper sends is known where it is called.
    const callers = fn && fn.params.length > 0 ? s.usage(fn).calls.slice(0, 4) : [];
    for (const frame of [undefined, ...callers.map((site) => (fn ? frameAt(s, fn, site) : undefined))]) {
      const site: CallSite = { path, call, frame };
      const form = formOfCall(view, site);
      if (!form || !isTokenForm(form, site, view)) continue;
      const place = form.place ?? { path, span: call.span };
      const key = `${place.path}:${place.span.start}`;
      const known = best.get(key);
      const sending = { site, form, endpoint: endpointOf(view, site) };
      if (!known || rank(sending) > rank(known)) best.set(key, sending);
    }
  }
  const client = clientKindOf(index);
  for (const { site, form, endpoint } of best.values()) {
    const fn = index.functionOf(site.call);
    const field = (...names: string[]): Value => {
      for (const name of names) {
        const value = form.fields.get(name);
        if (value) return value;
      }
      return form.open ? { kind: 'unknown' } : { kind: 'absent' };
    };
    const auth = basicAuth(view, site);
    const grant = form.fields.get('grant_type') ?? form.fields.get('grantType');
    const roles: Record<string, Value> = {
      side: { kind: 'literal', value: 'sends' },
      grantType:
        grant ?? (form.fields.has('code') ? { kind: 'literal', value: 'authorization_code' } : { kind: 'unknown' }),
      clientId: field('client_id', 'clientId'),
      clientSecret: field('client_secret', 'clientSecret'),
      client,
      verifier: field('code_verifier', 'codeVerifier'),
      verifierBy: { kind: 'literal', value: 'caller' },
      code: field('code'),
      redirectUri: field('redirect_uri', 'redirectUri'),
      scope: field('scope'),
      username: field('username'),
      password: field('password'),
      refreshToken: field('refresh_token', 'refreshToken'),
      auth: form.fields.get('client_assertion') ?? auth ?? { kind: 'absent' },
      endpoint,
    };
    yield {
      kind: 'TokenRequest',
      roles: withAbsent(roles),
      spans: spansOf(view, form),
      at: { path, span: calleeSpan(site.call) },
      path,
      library: 'by hand',
      site,
      node: site.call,
      ...(fn ? { fn } : {}),
    } as Fact;
  }
}

/** Of two calls that get the same form: the one that surely sends it, without a frame where that is enough. */
function rank({ site, endpoint }: Sending): number {
  const name = lastName(site.call) ?? '';
  return (
    (/^(?:fetch|post|request|axios|got|urlopen|\$fetch|PostForm|Post|Do|send|ky|ofetch)$/i.test(name) ? 4 : 0) +
    (endpoint.kind === 'absent' ? 0 : 2) +
    (site.frame ? 0 : 1)
  );
}

function lastName(call: CallExpr): string | undefined {
  const callee = call.callee;
  return callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
}

function formOfCall(view: FileView, site: CallSite): Fields | undefined {
  const { s } = view;
  for (const argument of site.call.args) {
    if (argument.value.kind === 'lambda' || argument.value.kind === 'literal') continue;
    const value = s.evaluate(site.path, argument.value, site.frame);
    for (const option of alternatives(value)) {
      const own = fieldsOf(s, option);
      if (own && looksLikeForm(own)) return own;
      if (option.kind !== 'record') continue;
      for (const name of BODIES) {
        const body = option.fields.get(name);
        const inner = body && firstForm(view, body);
        if (inner) return inner;
      }
    }
  }
  return undefined;
}

function firstForm(view: FileView, body: Value): Fields | undefined {
  for (const option of alternatives(body)) {
    const form = fieldsOf(view.s, option);
    if (form && looksLikeForm(form)) return form;
  }
  return undefined;
}

function looksLikeForm({ fields }: Fields): boolean {
  if (fields.has('grant_type') || fields.has('grantType')) return true;
  return fields.has('code') && (fields.has('client_id') || fields.has('client_secret') || fields.has('code_verifier'));
}

/** A form with a code but no grant is one only at a token endpoint or with the client's own parameters. */
function isTokenForm({ fields }: Fields, site: CallSite, view: FileView): boolean {
  if (fields.has('response_type') || fields.has('code_challenge')) return false;
  const grant = fields.get('grant_type') ?? fields.get('grantType');
  if (!grant) {
    if (fields.has('client_secret') || fields.has('code_verifier')) return true;
    const endpoint = endpointOf(view, site);
    return (
      fields.has('client_id') &&
      endpoint.kind !== 'absent' &&
      [...partsOf(endpoint)].some((p) =>
        /token|oauth/i.test(
          textOf(p) ?? (p.kind === 'environment' ? (p.name ?? '') : p.kind === 'member' ? p.property : ''),
        ),
      )
    );
  }
  const callee = view.s.callee(site);
  // A library that has a model of its own says more.
  if (
    callee.kind === 'external' &&
    !/^(?:npm:(?:fetch|axios|got|ky|request|node-fetch|undici|ofetch|\$fetch|superagent|needle)|pypi:(?:requests|httpx|aiohttp|urllib|urllib3|niquests)|go:net\/http)/.test(
      callee.name,
    )
  ) {
    return !/^(?:npm|pypi):.*(?:jwt|jose|model|schema)/i.test(callee.name);
  }
  return true;
}

function endpointOf(view: FileView, site: CallSite): Value {
  const { s } = view;
  for (const path of ['arg 0', 'named url', 'arg 0 .url', 'arg 1']) {
    const { value } = s.access(site, path);
    for (const part of partsOf(value)) {
      const text = textOf(part);
      if (text !== undefined && /^https?:|\/token|oauth|access_token/i.test(text)) return value;
      if (part.kind === 'environment' && /ur[il]|endpoint|issuer|domain/i.test(part.name ?? '')) return value;
      if (part.kind === 'member' && /token|endpoint|ur[il]/i.test(part.property)) return value;
    }
  }
  return { kind: 'absent' };
}

/** A Basic header, `auth=(id, secret)`, `auth: { username, password }`: the client proves itself beside the form. */
function basicAuth(view: FileView, site: CallSite): Value | undefined {
  const { s } = view;
  for (const path of ['named auth', 'arg 1 .auth', 'arg 2 .auth', 'arg 0 .auth']) {
    const { value } = s.access(site, path);
    if (value.kind !== 'absent' && !(value.kind === 'member' && value.object.kind !== 'record')) return value;
  }
  for (const path of ['named headers', 'arg 1 .headers', 'arg 2 .headers', 'arg 0 .headers', 'arg 3']) {
    const { value } = s.access(site, path);
    if (value.kind !== 'record') continue;
    const header = value.fields.get('Authorization') ?? value.fields.get('authorization');
    if (!header) continue;
    for (const part of partsOf(header)) if (/^\s*Basic\b/.test(textOf(part) ?? '')) return header;
  }
  // `request.SetBasicAuth(id, secret)`
  const index = view.index;
  const fn = index.functionOf(site.call);
  const set = index.calls.find((c) => lastName(c) === 'SetBasicAuth' && index.functionOf(c) === fn);
  return set ? { kind: 'literal', value: 'basic', place: { path: view.path, span: set.span } } : undefined;
}

function spansOf(view: FileView, form: Fields): Record<string, Span> {
  const names: Readonly<Record<string, string>> = {
    grant_type: 'grantType',
    client_secret: 'clientSecret',
    code_verifier: 'verifier',
    code: 'code',
    redirect_uri: 'redirectUri',
  };
  const record = form.place?.path === view.path ? recordAt(view, form.place.span) : undefined;
  const spans: Record<string, Span> = {};
  for (const [parameter, role] of Object.entries(names)) {
    const entry = record?.kind === 'record' ? record.entries.find((e) => e.key === parameter) : undefined;
    const place = form.fields.get(parameter)?.place;
    if (entry) spans[role] = entry.value.span;
    else if (place?.path === view.path) spans[role] = place.span;
  }
  return spans;
}

function recordAt(view: FileView, span: Span): Expr | undefined {
  return view.index.expressions.find(
    (e) => e.kind === 'record' && e.span.start === span.start && e.span.end === span.end,
  );
}
