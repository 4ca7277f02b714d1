/**
 * Sign-in by a hosted service: `supabase.auth.signInWithOAuth({ provider })`. How the answer comes back was said where the
 * client object was made: in the address (implicit) unless it was told otherwise.
 */
import type { Span } from '../../base/span.js';
import type { CallExpr, Expr } from '../../ir/ir.js';
import { memberOf } from '../../semantics/members.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { clientKindOf } from '../oauth/client-kind.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calleeSpan, withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'hosted-sign-in',
  phase: 'file',
  order: -1,
  *recognise(view) {
    for (const call of view.index.calls) {
      if (call.callee.kind !== 'member' || call.callee.property !== 'signInWithOAuth') continue;
      yield request(view, call);
    }
    for (const stmt of view.index.statements) {
      if (stmt.kind !== 'let' || !stmt.type || stmt.value?.kind !== 'record' || stmt.target.kind !== 'bind') continue;
      const type = view.s.evaluate(view.path, stmt.type);
      if (type.kind === 'external' && IMPLICIT_BY_DEFAULT.test(type.name))
        yield typed(view, stmt.value, stmt.target.span);
    }
  },
});

/** A configuration object of a declared type, whose missing response type means tokens in the address. */
const IMPLICIT_BY_DEFAULT = /^npm:angular-oauth2-oidc\.AuthConfig$/;

function typed(view: FileView, record: Extract<Expr, { kind: 'record' }>, span: Span): Fact {
  const value = view.s.evaluate(view.path, record);
  const field = (name: string): Value => (value.kind === 'record' ? memberOf(view.s, value, name) : { kind: 'absent' });
  const given = field('responseType');
  const say = (text: string): Value => ({ kind: 'literal', value: text });
  return {
    kind: 'AuthorizationRequest',
    roles: withAbsent({
      responseType: given.kind === 'absent' ? say('id_token token') : given,
      stateBy: say('library'),
      pkceBy: say('library'),
      scope: field('scope'),
      redirectUri: field('redirectUri'),
      clientId: field('clientId'),
      client: say('browser'),
    }),
    spans: {},
    at: { path: view.path, span },
    path: view.path,
    library: 'hosted-sign-in',
    node: record,
  } as Fact;
}

function request(view: FileView, call: CallExpr): Fact {
  const { s, path, index } = view;
  const say = (value: string, place?: Value['place']): Value => ({
    kind: 'literal',
    value,
    ...(place ? { place } : {}),
  });
  const holder =
    call.callee.kind === 'member' && call.callee.object.kind === 'member'
      ? s.evaluate(path, call.callee.object.object)
      : undefined;
  const made =
    holder &&
    alternatives(holder).find(
      (v) =>
        v.kind === 'result' && /createClient|createBrowserClient|createServerClient|create\w+Client$/.test(v.callee),
    );
  let flow: string | undefined;
  let place: Value['place'];
  if (made?.kind === 'result') {
    const { call: maker, path: there } = made.site;
    place = { path: there, span: calleeSpan(maker) };
    if (/\/ssr[.]|createBrowserClient|createServerClient/.test(made.callee)) flow = 'pkce';
    else {
      const given = s.access(made.site, 'arg 2 .auth .flowType').value;
      flow = given.kind === 'absent' ? 'implicit' : textOf(given);
    }
  }
  const options = s.access({ path, call, frame: undefined }, 'arg 0 .options').value;
  const option = (name: string): Value => (options.kind === 'record' ? memberOf(s, options, name) : { kind: 'absent' });
  const fn = index.functionOf(call);
  return {
    kind: 'AuthorizationRequest',
    roles: withAbsent({
      responseType: flow === 'implicit' ? say('token', place) : flow === 'pkce' ? say('code') : { kind: 'unknown' },
      stateBy: say('library'),
      pkceBy: say('library'),
      scope: option('scopes'),
      redirectUri: option('redirectTo'),
      provider: s.access({ path, call, frame: undefined }, 'arg 0 .provider').value,
      client: clientKindOf(index),
    }),
    spans: {},
    at: { path, span: calleeSpan(call) },
    path,
    library: 'hosted-sign-in',
    node: call,
    ...(fn ? { fn } : {}),
  } as Fact;
}
