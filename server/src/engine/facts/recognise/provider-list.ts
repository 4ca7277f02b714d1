/**
 * Sign-in configured as a list of providers (`NextAuth({ providers: [Google({…})] })`): the library does the work, and each
 * provider says which checks protect its callback.
 */
import type { Expr } from '../../ir/ir.js';
import { memberOf } from '../../semantics/members.js';
import { type Value, textOf, textsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { fieldsOf } from '../oauth/address.js';
import { splitAddress } from '../../semantics/forms.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

const MODULE = /^npm:(?:next-auth|@auth\/core|@auth\/[\w-]+)(?:[./]|$)/;
/** Providers of the older generation that add PKCE to `state`, which is its default. */
const OLD_WITH_PKCE = new Set([
  'auth0',
  'authentik',
  'boxyhq-saml',
  'dropbox',
  'duende-identity-server6',
  'fusionauth',
  'gitlab',
  'google',
  'identity-server4',
  'keycloak',
  'passage',
  'twitter',
  'united-effects',
  'zitadel',
  'apple',
]);
/** Providers of the newer generation that check `state` only; PKCE is its default. */
const NEW_STATE_ONLY = new Set([
  'atlassian',
  'click-up',
  'eveonline',
  'figma',
  'line',
  'linkedin',
  'netsuite',
  'reddit',
  'threads',
  'wechat',
]);
const NO_OAUTH = /(?:credentials|email|nodemailer|resend|sendgrid|passkey|webauthn|postmark|mailgun)$/i;

export default defineRecogniser({
  name: 'provider-list',
  phase: 'file',
  order: -1,
  *recognise(view) {
    const uses = view.index.imports.some((i) => MODULE.test(`npm:${i.specifier}`));
    if (!uses) return;
    for (const expr of view.index.expressions) {
      if (expr.kind !== 'record') continue;
      const list = expr.entries.find((e) => e.key === 'providers')?.value;
      if (list?.kind !== 'list') continue;
      for (const item of list.items) {
        const fact = provider(view, item.value);
        if (fact) yield fact;
      }
    }
  },
});

function provider(view: FileView, expr: Expr): Fact | undefined {
  const { s, path, index } = view;
  const value = s.evaluate(path, expr);
  let id: string | undefined;
  let options: Value = { kind: 'absent' };
  if (value.kind === 'result') {
    id = /providers[/.]([\w-]+)/.exec(value.callee)?.[1];
    options = s.access(value.site, 'arg 0').value;
  } else if (value.kind === 'external') id = /providers[/.]([\w-]+)/.exec(value.name)?.[1];
  else if (value.kind === 'record') {
    const type = textOf(value.fields.get('type'));
    if (type !== 'oauth' && type !== 'oidc') return undefined;
    id = textOf(value.fields.get('id')) ?? 'custom';
    options = value;
  }
  if (id === undefined || NO_OAUTH.test(id)) return undefined;
  const field = (name: string): Value => (options.kind === 'record' ? memberOf(s, options, name) : { kind: 'absent' });
  const checks = textsOf(field('checks')) ?? defaults(view, id);
  const say = (text: string, at?: Value): Value => ({
    kind: 'literal',
    value: text,
    ...(at?.place ? { place: at.place } : {}),
  });
  const off = checks.length === 0 || checks.includes('none');
  const fn = index.functionOf(expr);
  return {
    kind: 'AuthorizationRequest',
    roles: withAbsent({
      responseType: say('code'),
      stateBy: say(off ? 'off' : 'library', field('checks')),
      pkceBy: say(checks.includes('pkce') ? 'library' : 'caller'),
      scope: scopeOf(s, field('authorization')),
      provider: say(id === 'azure-ad' || id === 'microsoft-entra-id' ? 'microsoft' : id),
      clientId: field('clientId'),
      client: say('server'),
    }),
    spans: {},
    at: { path, span: expr.kind === 'call' ? expr.callee.span : expr.span },
    path,
    library: 'provider-list',
    node: expr,
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** What a provider checks when nobody says: by the library's generation. */
function defaults(view: FileView, id: string): readonly string[] {
  if (isOld(view)) return id === 'salesforce' ? ['none'] : OLD_WITH_PKCE.has(id) ? ['pkce', 'state'] : ['state'];
  return NEW_STATE_ONLY.has(id) ? ['state'] : ['pkce'];
}

/** The older generation has options of its own type, and gives one handler; the newer gives several functions. */
function isOld(view: FileView): boolean {
  const { index } = view;
  if (index.imports.some((i) => /^(?:NextAuthConfig|AuthConfig)$/.test(i.imported) || i.specifier.startsWith('@auth/')))
    return false;
  if (index.imports.some((i) => /^(?:NextAuthOptions|AuthOptions|getServerSession)$/.test(i.imported))) return true;
  const names = [...index.top.bindings.keys()];
  if (names.includes('authOptions')) return true;
  return !names.includes('handlers') && !names.includes('signIn') && !names.includes('auth');
}

/** `authorization: { params: { scope } }`, or an address with the parameter in it. */
function scopeOf(s: FileView['s'], authorization: Value): Value {
  if (authorization.kind === 'record') {
    const params = memberOf(s, authorization, 'params');
    return params.kind === 'record' ? memberOf(s, params, 'scope') : { kind: 'absent' };
  }
  const { parameters } = splitAddress(authorization);
  return (parameters ?? fieldsOf(s, authorization))?.fields.get('scope') ?? { kind: 'absent' };
}
