/**
 * Flows whose client is a configuration object with methods: `conf.AuthCodeURL(state, options…)`, `conf.Exchange(ctx, code)`.
 * The options are calls of their own, in any order.
 */
import type { CallExpr } from '../../ir/ir.js';
import { memberOf } from '../../semantics/members.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { clientKindOf } from '../oauth/client-kind.js';
import { providerOf } from '../oauth/providers.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calleeSpan, withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'config-object-flow',
  phase: 'file',
  order: -1,
  *recognise(view) {
    for (const call of view.index.calls) {
      if (call.callee.kind !== 'member') continue;
      const { property } = call.callee;
      if (property === 'AuthCodeURL') yield request(view, call);
      else if (property === 'Exchange' && call.args.length >= 2) yield exchange(view, call, 'authorization_code');
      else if (property === 'PasswordCredentialsToken') yield exchange(view, call, 'password');
      else if (property === 'DeviceAuth' && call.args.length > 0) yield device(view, call);
    }
    for (const expr of view.index.expressions) {
      if (expr.kind !== 'record' || !expr.type) continue;
      const type = view.s.evaluate(view.path, expr.type);
      if (type.kind === 'external' && /clientcredentials\.Config$/.test(type.name)) yield credentials(view, expr);
    }
  },
});

const say = (value: string): Value => ({ kind: 'literal', value });
const ABSENT: Value = { kind: 'absent' };

function make(
  view: FileView,
  kind: 'AuthorizationRequest' | 'TokenRequest' | 'DeviceRequest',
  call: CallExpr,
  roles: Record<string, Value>,
): Fact {
  const fn = view.index.functionOf(call);
  return {
    kind,
    roles: withAbsent({ ...roles, client: clientKindOf(view.index) }),
    spans: {},
    at: { path: view.path, span: calleeSpan(call) },
    path: view.path,
    library: 'config-object-flow',
    node: call,
    site: { path: view.path, call, frame: undefined },
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** What the configuration object says, where it can be seen. */
function configured(view: FileView, call: CallExpr, field: string): Value {
  if (call.callee.kind !== 'member') return ABSENT;
  const object = view.s.evaluate(view.path, call.callee.object);
  for (const option of alternatives(object)) {
    const value = memberOf(view.s, option, field);
    if (value.kind !== 'member' && value.kind !== 'unknown') return value;
  }
  return { kind: 'unknown' };
}

/** The parameters that option calls add: `oauth2.S256ChallengeOption(v)`, `oidc.Nonce(n)`, `oauth2.SetAuthURLParam("k", v)`. */
function options(
  view: FileView,
  call: CallExpr,
): { readonly fields: ReadonlyMap<string, Value>; readonly open: boolean } {
  const fields = new Map<string, Value>();
  let open = false;
  for (const argument of call.args) {
    if (argument.spread) open = true;
    if (argument.value.kind !== 'call') continue;
    const { callee, args } = argument.value;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    const at = (i: number): Value => (args[i] ? view.s.evaluate(view.path, args[i].value) : ABSENT);
    if (name === 'S256ChallengeOption' || name === 'VerifierOption') fields.set('verifier', at(0));
    else if (name === 'Nonce') fields.set('nonce', at(0));
    else if (name === 'SetAuthURLParam') {
      const key = textOf(at(0));
      if (key !== undefined) fields.set(key, at(1));
    }
  }
  return { fields, open };
}

function request(view: FileView, call: CallExpr): Fact {
  const { fields, open } = options(view, call);
  const endpoint = configured(view, call, 'Endpoint');
  const missing: Value = open ? { kind: 'unknown' } : ABSENT;
  const state = call.args[0] ? view.s.evaluate(view.path, call.args[0].value) : ABSENT;
  return make(view, 'AuthorizationRequest', call, {
    responseType: fields.get('response_type') ?? say('code'),
    state: textOf(state) === '' ? ABSENT : state,
    nonce: fields.get('nonce') ?? missing,
    verifier: fields.get('verifier') ?? (fields.has('code_challenge') ? ABSENT : missing),
    challenge: fields.get('code_challenge') ?? (fields.has('verifier') ? ABSENT : missing),
    challengeMethod: fields.get('code_challenge_method') ?? ABSENT,
    scope: configured(view, call, 'Scopes'),
    redirectUri: configured(view, call, 'RedirectURL'),
    endpoint,
    provider: providerOf(endpoint).kind === 'absent' ? endpointsOf(endpoint) : providerOf(endpoint),
    stateBy: say('caller'),
    pkceBy: say('caller'),
  });
}

/** `google.Endpoint`, `github.Endpoint`. */
function endpointsOf(value: Value): Value {
  const name = value.kind === 'external' ? /oauth2\/(\w+)\.Endpoint/.exec(value.name)?.[1] : undefined;
  return name ? say(name) : ABSENT;
}

function exchange(view: FileView, call: CallExpr, grant: string): Fact {
  const { fields, open } = options(view, call);
  const secret = configured(view, call, 'ClientSecret');
  return make(view, 'TokenRequest', call, {
    side: say('sends'),
    grantType: say(grant),
    code: grant === 'authorization_code' && call.args[1] ? view.s.evaluate(view.path, call.args[1].value) : ABSENT,
    verifier: fields.get('verifier') ?? fields.get('code_verifier') ?? (open ? { kind: 'unknown' } : ABSENT),
    verifierBy: say('caller'),
    clientSecret: secret.kind === 'unknown' ? ABSENT : secret,
    // A configuration that is made elsewhere may hold a secret.
    auth: secret.kind === 'unknown' ? secret : ABSENT,
    endpoint: grant === 'password' ? say('/oauth/token') : ABSENT,
  });
}

function device(view: FileView, call: CallExpr): Fact {
  return make(view, 'DeviceRequest', call, {});
}

function credentials(
  view: FileView,
  record: Extract<FileView['index']['expressions'][number], { kind: 'record' }>,
): Fact {
  const value = view.s.evaluate(view.path, record);
  const field = (name: string): Value => (value.kind === 'record' ? (value.fields.get(name) ?? ABSENT) : ABSENT);
  const fn = view.index.functionOf(record);
  return {
    kind: 'TokenRequest',
    roles: withAbsent({
      side: say('sends'),
      grantType: say('client_credentials'),
      clientId: field('ClientID'),
      clientSecret: field('ClientSecret'),
      scope: field('Scopes'),
      endpoint: field('TokenURL'),
      client: clientKindOf(view.index),
    }),
    spans: {},
    at: { path: view.path, span: record.type?.span ?? record.span },
    path: view.path,
    library: 'config-object-flow',
    node: record,
    ...(fn ? { fn } : {}),
  } as Fact;
}
