import type { LibraryModel } from '../../facts/library-model.js';

/** Strategies that keep `state` (and a nonce) in the session by themselves. */
const KEEPS_STATE = {
  is: 'AuthorizationRequest',
  roles: {
    clientId: 'arg 0 .clientID',
    scope: 'arg 0 .scope',
    redirectUri: 'arg 0 .callbackURL',
    endpoint: 'arg 0 .authorizationURL|arg 0 .domain',
  },
  meaning: {
    pkceBy: { at: 'arg 0 .pkce', when: { true: 'library', S256: 'library' } },
    stateBy: { at: 'arg 0 .state', when: { false: 'off' } },
  },
  defaults: { stateBy: 'library', pkceBy: 'caller' },
  write: { state: { at: 'arg 0 .state', text: 'true' }, challenge: { at: 'arg 0 .pkce', text: "'S256'" } },
  fixed: { responseType: 'code', client: 'server' },
} as const;

/** Passport's OpenID Connect strategies. */
export default {
  name: 'passport-openid',
  ecosystem: 'npm',
  modules: ['passport-openidconnect'],
  docs: 'https://www.passportjs.org/packages/passport-openidconnect/',
  calls: [
    { call: 'Strategy', ...KEEPS_STATE },
    { call: '', ...KEEPS_STATE },
    { call: 'npm:passport-auth0.Strategy', ...KEEPS_STATE },
    { call: 'npm:passport-auth0', ...KEEPS_STATE },
    {
      call: 'npm:passport-azure-ad.OIDCStrategy',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scope', redirectUri: 'arg 0 .redirectUrl', clientId: 'arg 0 .clientID' },
      meaning: {
        responseType: {
          at: 'arg 0 .responseType',
          when: { code: 'code', 'code id_token': 'code', id_token: 'id_token' },
        },
        responseMode: { at: 'arg 0 .responseMode', when: { form_post: 'form_post' } },
      },
      defaults: { responseType: 'code' },
      fixed: { stateBy: 'library', pkceBy: 'caller', client: 'server', provider: 'microsoft' },
    },
    {
      call: 'npm:openid-client.Strategy',
      versions: '<6',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .params .scope' },
      meaning: { pkceBy: { at: 'arg 0 .usePKCE', when: { false: 'off' } } },
      defaults: { pkceBy: 'library' },
      fixed: { stateBy: 'library', responseType: 'code', client: 'server' },
      source: 'https://github.com/panva/openid-client/blob/v5.7.0/lib/passport_strategy.js',
    },
  ],
} as const satisfies LibraryModel;
