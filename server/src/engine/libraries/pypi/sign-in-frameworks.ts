import type { LibraryModel } from '../../facts/library-model.js';

const OFF = { responseType: 'code', stateBy: 'off', pkceBy: 'caller', client: 'server' } as const;

/** Sign-in helpers for Python's web frameworks. */
export default {
  name: 'sign-in-frameworks',
  ecosystem: 'pypi',
  modules: ['fastapi_sso'],
  docs: 'https://tomasvotava.github.io/fastapi-sso/',
  calls: [
    {
      call: '?sso#get_login_redirect',
      is: 'AuthorizationRequest',
      roles: { state: 'named state', redirectUri: 'named redirect_uri' },
      fixed: OFF,
      source: 'https://github.com/tomasvotava/fastapi-sso/blob/master/fastapi_sso/sso/base.py',
    },
    {
      call: '?#get_login_redirect',
      is: 'AuthorizationRequest',
      roles: { state: 'named state', redirectUri: 'named redirect_uri' },
      fixed: OFF,
    },
    {
      call: '?#verify_and_process',
      is: 'TokenRequest',
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'library', auth: 'by the library' },
    },
    {
      call: 'pypi:flask_dance.consumer.OAuth2ConsumerBlueprint',
      is: 'AuthorizationRequest',
      roles: { scope: 'named scope', endpoint: 'named authorization_url' },
      meaning: { pkceBy: { at: 'named use_pkce', when: { true: 'library' } } },
      defaults: { pkceBy: 'caller' },
      fixed: { responseType: 'code', stateBy: 'library', client: 'server' },
    },
    {
      call: 'pypi:flask_dance.contrib.google.make_google_blueprint',
      is: 'AuthorizationRequest',
      roles: { scope: 'named scope' },
      fixed: { responseType: 'code', stateBy: 'library', pkceBy: 'caller', client: 'server', provider: 'google' },
    },
    {
      call: 'pypi:flask_dance.contrib.github.make_github_blueprint',
      is: 'AuthorizationRequest',
      roles: { scope: 'named scope' },
      fixed: { responseType: 'code', stateBy: 'library', pkceBy: 'caller', client: 'server', provider: 'github' },
    },
    {
      call: '?#initiate_auth_code_flow',
      is: 'AuthorizationRequest',
      roles: { scope: 'named scopes|arg 0', redirectUri: 'named redirect_uri' },
      fixed: { responseType: 'code', stateBy: 'library', pkceBy: 'library', provider: 'microsoft' },
      source: 'https://github.com/AzureAD/microsoft-authentication-library-for-python/blob/dev/msal/application.py',
    },
    {
      call: '?#acquire_token_by_auth_code_flow',
      is: 'TokenRequest',
      fixed: {
        side: 'sends',
        grantType: 'authorization_code',
        verifierBy: 'library',
        stateBy: 'library',
        auth: 'by the library',
      },
    },
    {
      call: '?#get_authorization_request_url',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0|named scopes', state: 'named state', redirectUri: 'named redirect_uri' },
      fixed: { responseType: 'code', stateBy: 'caller', pkceBy: 'caller', provider: 'microsoft' },
    },
    {
      call: '?#acquire_token_by_authorization_code',
      is: 'TokenRequest',
      roles: { code: 'arg 0|named code' },
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller', auth: 'by the library' },
    },
    {
      call: '?#acquire_token_by_username_password',
      is: 'TokenRequest',
      roles: { username: 'arg 0|named username', password: 'arg 1|named password' },
      fixed: { side: 'sends', grantType: 'password', endpoint: '/oauth2/v2.0/token' },
    },
    {
      call: '?#acquire_token_for_client',
      is: 'TokenRequest',
      roles: { scope: 'arg 0|named scopes' },
      fixed: { side: 'sends', grantType: 'client_credentials', auth: 'by the library' },
    },
    {
      call: '?#get_authorization_url',
      is: 'AuthorizationRequest',
      roles: {
        redirectUri: 'arg 0',
        state: 'arg 1|named state',
        scope: 'arg 2|named scope',
        challenge: 'named code_challenge',
        challengeMethod: 'named code_challenge_method',
      },
      fixed: { responseType: 'code', stateBy: 'caller', pkceBy: 'caller' },
      source: 'https://frankie567.github.io/httpx-oauth/oauth2/',
    },
    {
      call: '?#get_access_token',
      is: 'TokenRequest',
      roles: { code: 'arg 0|named code', verifier: 'arg 2|named code_verifier' },
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller', auth: 'by the library' },
    },
  ],
} as const satisfies LibraryModel;
