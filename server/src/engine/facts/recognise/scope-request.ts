/** Scopes that a client asks for, one fact for each, with what the workspace shows of their use. */
import type { Place } from '../../base/span.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, isAbsent, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { apiUses, type Use } from '../oauth/api-use.js';
import { requestParameter } from '../oauth/keyed-read.js';
import { originsOf } from '../oauth/origins.js';
import { providerOf } from '../oauth/providers.js';
import { reachOf } from '../oauth/scope-levels.js';
import { readScopes } from '../oauth/scopes.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'scope-request',
  phase: 'workspace',
  order: 3,
  *recognise(view) {
    for (const request of view.facts('AuthorizationRequest')) yield* asked(view, request, 'user');
    for (const request of view.facts('TokenRequest')) {
      if (textOf(request.roles.side) === 'serves') continue;
      if (textOf(request.roles.grantType) === 'client_credentials') yield* asked(view, request, 'client');
    }
    for (const use of apiUses(view.index)) {
      const fn = view.index.functionOf(use.node);
      yield {
        kind: 'ApiUse',
        roles: withAbsent({ family: say(use.family), effect: say(use.effect) }),
        spans: {},
        at: { path: view.path, span: use.node.span },
        path: view.path,
        library: 'by hand',
        node: use.node,
        ...(fn ? { fn } : {}),
      } as Fact;
    }
  },
});

const say = (value: string, place?: Place): Value => ({ kind: 'literal', value, ...(place ? { place } : {}) });

type Asking = {
  readonly roles: {
    readonly scope: Value;
    readonly endpoint: Value;
    readonly client: Value;
    readonly provider?: Value;
  };
  readonly at: Place;
};

function* asked(
  view: FileView,
  request: Fact<'AuthorizationRequest'> | Fact<'TokenRequest'>,
  grant: 'user' | 'client',
): Generator<Fact> {
  const { roles, at } = request as Asking;
  if (isAbsent(roles.scope) === true) return;
  const known = roles.provider && roles.provider.kind !== 'absent' ? roles.provider : providerOf(roles.endpoint);
  const provider = textOf(known);
  const scopes = readScopes(view.s, roles.scope);
  const base = { provider: known, client: roles.client, grant: say(grant) };
  if (!scopes) {
    const fromRequest = originsOf(view.s, roles.scope).some(
      (v) =>
        /scope/i.test(requestParameter(view.s, v) ?? '') ||
        (v.kind === 'parameter' && /^scopes?$/.test(v.name) && v.fn.decorators.length > 0),
    );
    const from = fromRequest
      ? 'request'
      : originsOf(view.s, roles.scope).some((v) => v.kind === 'environment')
        ? 'configuration'
        : 'unknown';
    yield fact(view, at, { ...base, from: say(from), level: say('unknown'), family: say('own'), use: say('unseen') });
    return;
  }
  const uses = usesOf(view.s);
  for (const { name, place } of scopes) {
    const reach = reachOf(name, provider);
    yield fact(view, place ?? at, {
      ...base,
      scope: say(name, place),
      from: say('code'),
      level: say(reach.level),
      family: say(reach.family),
      ...(reach.narrower ? { narrower: say(reach.narrower) } : {}),
      use: say(useOf(reach.family, uses, tokenGoes(view.s))),
    });
  }
}

function fact(view: FileView, at: Place, roles: Record<string, Value>): Fact {
  return { kind: 'ScopeRequest', roles: withAbsent(roles), spans: {}, at, path: at.path, library: 'by hand' } as Fact;
}

const usesBySemantics = new WeakMap<Semantics, readonly Use[]>();

function usesOf(s: Semantics): readonly Use[] {
  let known = usesBySemantics.get(s);
  if (!known) {
    known = s.project.paths.flatMap((path) => apiUses(s.index(path)));
    usesBySemantics.set(s, known);
  }
  return known;
}

/** What the workspace shows of a family's use. */
function useOf(family: string, uses: readonly Use[], token: 'dropped' | 'kept' | 'out'): string {
  const own = uses.filter((u) => u.family === family);
  if (family === 'identity')
    return own.some((u) => u.effect === 'writes') ? 'used' : token === 'out' ? 'unseen' : 'identity';
  if (own.length > 0) return own.some((u) => u.effect === 'writes') ? 'used' : 'read';
  if (family === 'own' || token === 'out') return 'unseen';
  // The token does other things here, or nothing: not what this scope is for.
  if (uses.length > 0) return 'identity';
  return token === 'dropped' ? 'identity' : 'unseen';
}

const goesBySemantics = new WeakMap<Semantics, 'dropped' | 'kept' | 'out'>();

/** Where access tokens of the provider go: out of sight (a response, a database, a window), kept by the program, or nowhere. */
function tokenGoes(s: Semantics): 'dropped' | 'kept' | 'out' {
  const known = goesBySemantics.get(s);
  if (known) return known;
  let goes: 'dropped' | 'kept' | 'out' = 'dropped';
  for (const path of s.project.paths) {
    const index = s.index(path);
    for (const expr of index.expressions) {
      const named =
        (expr.kind === 'member' && TOKEN.test(expr.property)) || (expr.kind === 'name' && TOKEN.test(expr.name));
      if (!named) continue;
      if (goes === 'dropped') goes = 'kept';
      for (let node = index.parentOf(expr), i = 0; node && 'kind' in node && i < 5; node = index.parentOf(node), i++) {
        if (node.kind !== 'call') continue;
        const { callee } = node;
        const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
        if (OUT.test(name)) goes = 'out';
        break;
      }
    }
    for (const write of index.memberWrites)
      if (
        write.target.kind === 'member' &&
        TOKEN.test(write.target.property) &&
        !/session|state|this|ref/i.test(write.target.object.kind === 'name' ? write.target.object.name : 'session')
      )
        goes = 'out';
    if (goes === 'out') break;
  }
  goesBySemantics.set(s, goes);
  return goes;
}

const TOKEN = /^(?:github|google|provider|oauth)?_?access_?token$|^tokens?$/i;
const OUT =
  /^(?:json|send|JSONResponse|jsonify|postMessage|create|save|update|upsert|insert|insertOne|updateOne|findOneAndUpdate|findByIdAndUpdate|update_or_create|get_or_create|execute|query|renderResult|render|set_access_token|storeTokens|saveTokens|values|put|add)$/;
