import type { LibraryModel } from '../../facts/library-model.js';

/** simple-oauth2: the caller makes, keeps and compares `state`; there is no PKCE of its own. */
export default {
  name: 'simple-oauth2',
  ecosystem: 'npm',
  modules: ['simple-oauth2'],
  docs: 'https://github.com/lelylan/simple-oauth2/blob/master/API.md',
  calls: [
    { call: 'AuthorizationCode', is: 'OAuthClientConfig', roles: { clientSecret: 'arg 0 .client .secret' } },
    {
      call: 'AuthorizationCode#authorizeURL',
      is: 'AuthorizationRequest',
      roles: {
        state: 'arg 0 .state',
        scope: 'arg 0 .scope',
        redirectUri: 'arg 0 .redirect_uri|arg 0 .redirectURI',
        challenge: 'arg 0 .code_challenge',
        challengeMethod: 'arg 0 .code_challenge_method',
        endpoint: 'receiver made arg 0 .auth .tokenHost',
      },
      fixed: { responseType: 'code', stateBy: 'caller', pkceBy: 'caller' },
    },
    {
      call: 'AuthorizationCode#getToken',
      is: 'TokenRequest',
      roles: {
        code: 'arg 0 .code',
        verifier: 'arg 0 .code_verifier',
        redirectUri: 'arg 0 .redirect_uri',
        clientSecret: 'receiver made arg 0 .client .secret',
      },
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller' },
    },
    {
      call: 'ClientCredentials#getToken',
      is: 'TokenRequest',
      roles: { scope: 'arg 0 .scope', clientSecret: 'receiver made arg 0 .client .secret' },
      fixed: { side: 'sends', grantType: 'client_credentials' },
    },
    {
      call: 'ResourceOwnerPassword#getToken',
      is: 'TokenRequest',
      roles: { username: 'arg 0 .username', password: 'arg 0 .password', scope: 'arg 0 .scope' },
      fixed: { side: 'sends', grantType: 'password', endpoint: '/oauth/token' },
    },
  ],
} as const satisfies LibraryModel;
