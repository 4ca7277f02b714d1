/** Authorization requests by hand: an address whose parameters are those of OAuth. */
import type { Place, Span } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import { type Value, partsOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type Address, addressesOf } from '../oauth/address.js';
import { withCallers } from '../oauth/callers.js';
import { clientKindOf } from '../oauth/client-kind.js';
import { originsOf } from '../oauth/origins.js';
import { providerOf } from '../oauth/providers.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calleeSpan, withAbsent } from '../recognise.js';

/** Paths of authorization endpoints. */
const ENDPOINT =
  /(?:\/authori[sz]e|\/oauth2?\/v\d(?:\.\d)?\/auth|\/dialog\/oauth|\/oauth2\/authorization|\/o\/oauth2\/(?:v2\/)?auth|\/openid-connect\/auth|\/oauth\/v2\/authorization|\/oauth2?\/auth|\/login\/oauth)\/?$/i;
const ENDPOINT_NAME = /auth(?:ori[sz](?:e|ation))?[_-]?(?:endpoint|ur[il]|uri|base)?$/i;

export default defineRecogniser({
  name: 'authorization-request',
  phase: 'file',
  *recognise(view) {
    const { index, path, s } = view;
    const best = new Map<string, { address: Address; expr: Expr }>();
    for (const expr of index.expressions) {
      if (!CANDIDATES.has(expr.kind) || isInsideAddress(view, expr)) continue;
      for (const address of addressesOf(s, withCallers(s, path, expr))) {
        if (!isAuthorization(address)) continue;
        const place = address.place ?? { path, span: expr.span };
        if (place.path !== path && !ownsParameters(address, path)) continue;
        const key = `${place.path}:${place.span.start}`;
        const known = best.get(key);
        if (!known || address.fields.size > known.address.fields.size)
          best.set(key, { address, expr: known?.expr ?? expr });
      }
    }
    const client = clientKindOf(index);
    for (const { address, expr } of best.values()) {
      const at = placeOf(view, address, expr);
      const fn = index.functionOf(expr);
      const field = (name: string): Value =>
        address.fields.get(name) ?? (address.open ? { kind: 'unknown' } : { kind: 'absent' });
      const roles: Record<string, Value> = {
        responseType: field('response_type'),
        responseMode: field('response_mode'),
        state: field('state'),
        nonce: field('nonce'),
        challenge: field('code_challenge'),
        challengeMethod: field('code_challenge_method'),
        scope: field('scope'),
        redirectUri: field('redirect_uri'),
        clientId: field('client_id'),
        clientSecret: address.fields.get('client_secret') ?? { kind: 'absent' },
        exposed: address.fields.get('code_verifier') ?? verifierIn(view, field('state')),
        endpoint: address.base,
        client,
        stateBy: { kind: 'literal', value: 'caller' },
        pkceBy: { kind: 'literal', value: 'caller' },
        provider: providerOf(address.base),
      };
      yield {
        kind: 'AuthorizationRequest',
        roles: withAbsent(roles),
        spans: spansOf(view, address),
        at,
        path,
        library: 'by hand',
        node: expr,
        ...(fn ? { fn } : {}),
      } as Fact;
    }
  },
});

const CANDIDATES = new Set(['concat', 'binary', 'call', 'name', 'member', 'literal']);

/** A verifier that stands in `state` in clear: a field of that name in what was encoded. */
function verifierIn(view: FileView, state: Value): Value {
  if (state.kind === 'absent' || state.kind === 'unknown') return { kind: 'absent' };
  const origins = originsOf(view.s, state);
  if (
    origins.some(
      (v) => (v.kind === 'call' || v.kind === 'result') && /encrypt|seal|cipher|EncryptJWT/i.test(sayCallee(v)),
    )
  )
    return { kind: 'absent' };
  for (const part of origins) {
    if (part.kind !== 'record') continue;
    for (const [name, value] of part.fields) if (/^(?:code_?)?verifier$/i.test(name)) return value;
  }
  return { kind: 'absent' };
}

function sayCallee(value: Extract<Value, { kind: 'call' | 'result' }>): string {
  const { callee } = value.site.call;
  return callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
}

/** Whether an expression is only a part of a larger address: an operand of `+`, the argument of `new URL`. */
function isInsideAddress(view: FileView, expr: Expr): boolean {
  const parent = view.index.parentOf(expr);
  if (!parent || !('kind' in parent)) return false;
  if (parent.kind === 'binary') return parent.operator === '+';
  return parent.kind === 'concat' || (expr.kind === 'literal' && parent.kind === 'member');
}

function isAuthorization({ base, fields }: Address): boolean {
  const endpoint = endsLikeEndpoint(base);
  if (fields.has('grant_type') || fields.has('code') || fields.has('refresh_token')) return false;
  if (fields.has('post_logout_redirect_uri') || fields.has('id_token_hint')) return false;
  if (fields.has('client_id') || fields.has('appid') || fields.has('client_key'))
    return (
      fields.has('response_type') ||
      fields.has('redirect_uri') ||
      (endpoint && fields.has('scope')) ||
      (endpoint && fields.has('state'))
    );
  return endpoint && (fields.has('response_type') || fields.has('redirect_uri'));
}

function endsLikeEndpoint(base: Value): boolean {
  for (const part of partsOf(base)) {
    const text = textOf(part);
    if (text !== undefined && ENDPOINT.test(text)) return true;
    if (part.kind === 'environment' && part.name && ENDPOINT_NAME.test(part.name)) return true;
    if (
      (part.kind === 'member' || part.kind === 'parameter') &&
      ENDPOINT_NAME.test(part.kind === 'member' ? part.property : part.name)
    )
      return true;
  }
  return false;
}

/** A query that another file made, but whose values stand in this one. */
function ownsParameters(address: Address, path: string): boolean {
  return [...address.fields.values()].filter((v) => v.place?.path === path).length > address.fields.size / 2;
}

/** Where the request is written: the name of its first OAuth parameter, the constructor, or the text. */
function placeOf(view: FileView, address: Address, expr: Expr): Place {
  const { index, path } = view;
  const place = address.place?.path === path ? address.place : undefined;
  if (place) {
    const record = index.expressions.find(
      (e) => e.kind === 'record' && e.span.start === place.span.start && e.span.end === place.span.end,
    );
    if (record?.kind === 'record') {
      const entry = record.entries.find((e) => e.key !== undefined && e.keySpan);
      if (entry?.keySpan) return { path, span: entry.keySpan };
    }
    const call = index.calls.find((c) => c.span.start === place.span.start && c.span.end === place.span.end);
    if (call) return { path, span: calleeSpan(call) };
  }
  return { path, span: expr.kind === 'call' ? calleeSpan(expr) : expr.span };
}

/** Where each parameter's value is written, as far as the values say. */
function spansOf(view: FileView, address: Address): Record<string, Span> {
  const names: Readonly<Record<string, string>> = {
    response_type: 'responseType',
    state: 'state',
    nonce: 'nonce',
    code_challenge: 'challenge',
    code_challenge_method: 'challengeMethod',
    scope: 'scope',
    redirect_uri: 'redirectUri',
    client_secret: 'clientSecret',
  };
  const spans: Record<string, Span> = {};
  for (const [parameter, role] of Object.entries(names)) {
    const place = address.fields.get(parameter)?.place;
    if (place?.path === view.path) spans[role] = place.span;
  }
  return spans;
}
