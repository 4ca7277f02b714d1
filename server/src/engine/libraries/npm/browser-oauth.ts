import type { LibraryModel } from '../../facts/library-model.js';

const BY_ITSELF = { stateBy: 'library', pkceBy: 'library', client: 'browser', responseType: 'code' } as const;

/** Sign-in libraries for browsers and phones that make, keep and compare `state`, and send an S256 challenge. */
export default {
  name: 'browser-oauth',
  ecosystem: 'npm',
  modules: ['oidc-client-ts'],
  docs: 'https://authts.github.io/oidc-client-ts/',
  calls: [
    {
      call: 'UserManager',
      is: 'AuthorizationRequest',
      roles: {
        responseType: 'arg 0 .response_type',
        scope: 'arg 0 .scope',
        redirectUri: 'arg 0 .redirect_uri',
        clientSecret: 'arg 0 .client_secret',
        endpoint: 'arg 0 .authority',
      },
      meaning: { pkceBy: { at: 'arg 0 .disablePKCE', when: { true: 'off' } } },
      defaults: { responseType: 'code', pkceBy: 'library' },
      fixed: { stateBy: 'library', client: 'browser' },
    },
    {
      call: 'npm:oidc-client.UserManager',
      is: 'AuthorizationRequest',
      roles: {
        responseType: 'arg 0 .response_type',
        scope: 'arg 0 .scope',
        redirectUri: 'arg 0 .redirect_uri',
        clientSecret: 'arg 0 .client_secret',
      },
      defaults: { responseType: 'id_token' },
      fixed: { stateBy: 'library', pkceBy: 'library', client: 'browser' },
      source: 'https://github.com/IdentityModel/oidc-client-js/blob/1.11.5/src/OidcClientSettings.js',
    },
    {
      call: 'npm:@auth0/auth0-spa-js.createAuth0Client',
      is: 'AuthorizationRequest',
      roles: {
        scope: 'arg 0 .authorizationParams .scope|arg 0 .scope',
        redirectUri: 'arg 0 .authorizationParams .redirect_uri|arg 0 .redirect_uri',
      },
      fixed: BY_ITSELF,
    },
    {
      call: 'npm:@auth0/auth0-spa-js.Auth0Client',
      is: 'AuthorizationRequest',
      roles: {
        scope: 'arg 0 .authorizationParams .scope|arg 0 .scope',
        redirectUri: 'arg 0 .authorizationParams .redirect_uri|arg 0 .redirect_uri',
      },
      fixed: BY_ITSELF,
    },
    {
      call: 'npm:@auth0/auth0-react.Auth0Provider',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .authorizationParams .scope', redirectUri: 'arg 0 .authorizationParams .redirect_uri' },
      fixed: BY_ITSELF,
    },
    {
      call: 'npm:@auth0/auth0-vue.createAuth0',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .authorizationParams .scope', redirectUri: 'arg 0 .authorizationParams .redirect_uri' },
      fixed: BY_ITSELF,
    },
    {
      call: 'npm:react-oidc-context.AuthProvider',
      is: 'AuthorizationRequest',
      roles: {
        scope: 'arg 0 .scope',
        redirectUri: 'arg 0 .redirect_uri',
        responseType: 'arg 0 .response_type',
        clientSecret: 'arg 0 .client_secret',
      },
      meaning: { pkceBy: { at: 'arg 0 .disablePKCE', when: { true: 'off' } } },
      defaults: { responseType: 'code', pkceBy: 'library' },
      fixed: { stateBy: 'library', client: 'browser' },
    },
    {
      call: 'npm:@azure/msal-browser.PublicClientApplication',
      is: 'AuthorizationRequest',
      roles: { redirectUri: 'arg 0 .auth .redirectUri' },
      fixed: { ...BY_ITSELF, provider: 'microsoft' },
    },
    {
      call: 'npm:keycloak-js#init',
      is: 'AuthorizationRequest',
      roles: { redirectUri: 'arg 0 .redirectUri', scope: 'arg 0 .scope' },
      meaning: {
        responseType: {
          at: 'arg 0 .flow',
          when: { implicit: 'id_token token', hybrid: 'code id_token token', standard: 'code' },
        },
        pkceBy: { at: 'arg 0 .pkceMethod', when: { S256: 'library', false: 'off' } },
      },
      defaults: { responseType: 'code', pkceBy: 'library' },
      fixed: { stateBy: 'library', client: 'browser' },
    },
    {
      call: '?keycloak#init',
      is: 'AuthorizationRequest',
      roles: { redirectUri: 'arg 0 .redirectUri', scope: 'arg 0 .scope' },
      meaning: {
        responseType: {
          at: 'arg 0 .flow',
          when: { implicit: 'id_token token', hybrid: 'code id_token token', standard: 'code' },
        },
        pkceBy: { at: 'arg 0 .pkceMethod', when: { S256: 'library', false: 'off' } },
      },
      defaults: { responseType: 'code', pkceBy: 'library' },
      fixed: { stateBy: 'library', client: 'browser' },
    },
    {
      call: 'npm:@okta/okta-auth-js.OktaAuth',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scopes', redirectUri: 'arg 0 .redirectUri', responseType: 'arg 0 .responseType' },
      meaning: { pkceBy: { at: 'arg 0 .pkce', when: { false: 'off' } } },
      defaults: { responseType: 'code', pkceBy: 'library' },
      fixed: { stateBy: 'library', client: 'browser' },
    },
    {
      call: 'npm:@react-oauth/google.useGoogleLogin',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scope', redirectUri: 'arg 0 .redirect_uri' },
      meaning: { responseType: { at: 'arg 0 .flow', when: { implicit: 'token', 'auth-code': 'code' } } },
      defaults: { responseType: 'token' },
      fixed: { stateBy: 'library', pkceBy: 'library', client: 'browser', provider: 'google' },
      source:
        'https://github.com/MomenSherif/react-oauth/blob/master/packages/%40react-oauth/google/src/hooks/useGoogleLogin.ts',
    },
    {
      call: 'npm:google.accounts.oauth2.initTokenClient',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scope' },
      fixed: { responseType: 'token', stateBy: 'library', pkceBy: 'library', client: 'browser', provider: 'google' },
    },
    {
      call: 'npm:google.accounts.oauth2.initCodeClient',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scope', state: 'arg 0 .state' },
      fixed: { responseType: 'code', stateBy: 'library', pkceBy: 'library', client: 'browser', provider: 'google' },
    },
    {
      call: 'npm:react-native-app-auth.authorize',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scopes', redirectUri: 'arg 0 .redirectUrl', clientSecret: 'arg 0 .clientSecret' },
      meaning: { pkceBy: { at: 'arg 0 .usePKCE', when: { false: 'off' } } },
      defaults: { pkceBy: 'library' },
      fixed: { responseType: 'code', stateBy: 'library', client: 'mobile' },
    },
  ],
} as const satisfies LibraryModel;
