/** Sign-in of a framework that is configured by names in a settings module: `SOCIALACCOUNT_PROVIDERS`, `OAUTH2_PROVIDER`. */
import type { Place } from '../../base/span.js';
import { type Value, alternatives, booleanOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'framework-settings',
  phase: 'file',
  *recognise(view) {
    if (!/settings|config|conf/i.test(view.path) && !view.index.top.bindings.has('INSTALLED_APPS')) return;
    yield* accounts(view);
    yield* social(view);
    yield* server(view);
  },
});

const say = (value: string, place?: Place): Value => ({ kind: 'literal', value, ...(place ? { place } : {}) });

function setting(view: FileView, name: string): { value: Value; at: Place } | undefined {
  const binding = view.index.top.bindings.get(name);
  const written = binding?.definitions.at(-1);
  if (!binding || !written?.node || !('kind' in written.node) || written.node.kind !== 'let') return undefined;
  return {
    value: view.s.bindingValue(view.path, binding, undefined),
    at: { path: view.path, span: written.node.target.span },
  };
}

function fact(view: FileView, kind: string, at: Place, roles: Record<string, Value>): Fact {
  return { kind, roles: withAbsent(roles), spans: {}, at, path: view.path, library: 'framework-settings' } as Fact;
}

/** django-allauth: `state` always; PKCE per provider; the start by `GET` only if it is allowed. */
function* accounts(view: FileView): Generator<Fact> {
  const providers = setting(view, 'SOCIALACCOUNT_PROVIDERS');
  const byLink = setting(view, 'SOCIALACCOUNT_LOGIN_ON_GET');
  const open = byLink && booleanOf(byLink.value) === true ? byLink.at : undefined;
  if (!providers || providers.value.kind !== 'record') return;
  for (const [name, options] of providers.value.fields) {
    if (options.kind !== 'record') continue;
    const pkce = booleanOf(options.fields.get('OAUTH_PKCE_ENABLED') ?? { kind: 'absent' });
    const at = options.place ?? providers.at;
    yield fact(view, 'AuthorizationRequest', providers.at, {
      responseType: say('code'),
      stateBy: open ? say('byLink', open) : say('library'),
      pkceBy: say(pkce === true || /^(?:twitter|twitter_oauth2|vk|lichess)$/.test(name) ? 'library' : 'caller'),
      scope: options.fields.get('SCOPE') ?? { kind: 'absent' },
      provider: say(name),
      client: say('server', at),
    });
  }
}

/** python-social-auth: backends make, keep and compare `state`. */
function* social(view: FileView): Generator<Fact> {
  const backends = setting(view, 'AUTHENTICATION_BACKENDS');
  if (!backends || backends.value.kind !== 'list') return;
  for (const item of backends.value.items) {
    const name = textOf(item);
    if (name === undefined || !/^social_core\.backends\./.test(name)) continue;
    const provider = /backends\.(\w+)\./.exec(name)?.[1] ?? '';
    const scope = [...view.index.top.bindings.keys()].find((k) =>
      new RegExp(`^SOCIAL_AUTH_${provider}\\w*_SCOPE$`, 'i').test(k),
    );
    const pkce = [...view.index.top.bindings.keys()].find((k) => /^SOCIAL_AUTH_\w*USE_PKCE$/.test(k));
    yield fact(view, 'AuthorizationRequest', backends.at, {
      responseType: say('code'),
      stateBy: say('library'),
      pkceBy: say(pkce && booleanOf(setting(view, pkce)?.value ?? { kind: 'absent' }) === true ? 'library' : 'caller'),
      scope: scope ? (setting(view, scope)?.value ?? { kind: 'absent' }) : { kind: 'absent' },
      provider: say(provider),
      client: say('server'),
    });
  }
  const sanitize = setting(view, 'SOCIAL_AUTH_SANITIZE_REDIRECTS');
  if (sanitize && booleanOf(sanitize.value) === false) {
    yield fact(view, 'RedirectDecision', sanitize.at, {
      purpose: say('afterLogin'),
      check: say('none'),
      lets: say('https://evil.example/x'),
      absolute: { kind: 'literal', value: true },
      carries: say('nothing'),
    });
  }
}

/** django-oauth-toolkit: an authorization server. */
function* server(view: FileView): Generator<Fact> {
  const options = setting(view, 'OAUTH2_PROVIDER');
  if (!options || options.value.kind !== 'record') return;
  const { fields } = options.value;
  const required = booleanOf(fields.get('PKCE_REQUIRED') ?? { kind: 'literal', value: true });
  yield fact(view, 'TokenRequest', fields.get('PKCE_REQUIRED')?.place ?? options.at, {
    side: say('serves'),
    grantType: say('authorization_code'),
    clientId: say('registered'),
    verifierCheck: say(required === false ? 'optional' : required === true ? 'demanded' : 'unknown'),
    secretCheck: say('none'),
  });
  const defaults = fields.get('DEFAULT_SCOPES');
  if (defaults && alternatives(defaults).some((v) => v.kind === 'list' && v.items.some((i) => textOf(i) === '__all__')))
    yield fact(view, 'ScopeGrant', defaults.place ?? options.at, { scopes: defaults, limitedBy: say('everything') });
}
