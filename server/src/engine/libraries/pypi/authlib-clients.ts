import type { LibraryModel } from '../../facts/library-model.js';

/**
 * A registered client is an authorization request that is made later: `state` (and a nonce for `openid`) is kept in the
 * session and looked up. Only `S256` makes a challenge; any other method sends none.
 */
const REGISTER = {
  is: 'AuthorizationRequest',
  // OAuth 1 has no authorization request of this kind.
  when: { 'named request_token_url': 'absent' },
  roles: {
    scope: 'named client_kwargs .scope',
    clientId: 'named client_id',
    endpoint: 'named authorize_url|named server_metadata_url',
    redirectUri: 'named redirect_uri',
    strategy: 'named name|arg 0',
  },
  meaning: {
    pkceBy: { at: 'named client_kwargs .code_challenge_method', when: { S256: 'library', plain: 'off', s256: 'off' } },
  },
  defaults: { pkceBy: 'caller' },
  write: { challenge: { at: 'named client_kwargs .code_challenge_method', text: '"S256"' } },
  fixed: { stateBy: 'library', responseType: 'code', client: 'server' },
  source: 'https://github.com/authlib/authlib/blob/v1.6.0/authlib/integrations/base_client/sync_app.py',
} as const;
const START = {
  is: 'AuthorizationRequest',
  roles: { scope: 'named scope' },
  fixed: { stateBy: 'configured', pkceBy: 'configured', responseType: 'code', client: 'server' },
} as const;
const FINISH = {
  is: 'TokenRequest',
  fixed: {
    side: 'sends',
    grantType: 'authorization_code',
    verifierBy: 'library',
    auth: 'by the library',
    stateBy: 'library',
    client: 'server',
  },
} as const;

/** Authlib's clients for Flask, Starlette and Django. */
export default {
  name: 'authlib-clients',
  ecosystem: 'pypi',
  modules: [
    'authlib.integrations.flask_client',
    'authlib.integrations.starlette_client',
    'authlib.integrations.django_client',
    'authlib.integrations.httpx_client',
  ],
  docs: 'https://docs.authlib.org/en/latest/client/frameworks.html',
  calls: [
    { call: 'OAuth#register', ...REGISTER },
    { call: 'pypi:authlib.integrations.starlette_client.OAuth#register', ...REGISTER },
    { call: 'pypi:authlib.integrations.django_client.OAuth#register', ...REGISTER },
    { call: '?oauth#register', ...REGISTER },
    {
      call: '?#authorize_redirect',
      ...START,
      roles: { scope: 'named scope', redirectUri: 'named redirect_uri|arg 1|arg 0' },
    },
    { call: '?#authorize_access_token', ...FINISH },
  ],
} as const satisfies LibraryModel;
