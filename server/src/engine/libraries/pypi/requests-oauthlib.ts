import type { LibraryModel } from '../../facts/library-model.js';

const REQUEST = {
  is: 'AuthorizationRequest',
  roles: {
    endpoint: 'arg 0|named url',
    state: 'named state|receiver made named state|return [1]',
    scope: 'receiver made named scope',
    redirectUri: 'receiver made named redirect_uri',
    clientId: 'receiver made arg 0',
  },
  meaning: { pkceBy: { at: 'receiver made named pkce', when: { S256: 'library', plain: 'caller' } } },
  defaults: { pkceBy: 'caller' },
  fixed: { responseType: 'code', stateBy: 'caller' },
  source: 'https://github.com/requests/requests-oauthlib/blob/v2.0.0/requests_oauthlib/oauth2_session.py',
} as const;
const EXCHANGE = {
  is: 'TokenRequest',
  roles: {
    endpoint: 'arg 0|named token_url',
    code: 'named code',
    verifier: 'named code_verifier',
    clientSecret: 'named client_secret',
    auth: 'named auth',
  },
  fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller' },
} as const;

/**
 * requests-oauthlib: `state` is compared only if the object that trades the code in was told it, and only with
 * `authorization_response`.
 */
export default {
  name: 'requests-oauthlib',
  ecosystem: 'pypi',
  modules: ['requests_oauthlib'],
  docs: 'https://requests-oauthlib.readthedocs.io/en/latest/oauth2_workflow.html',
  calls: [
    { call: 'OAuth2Session#authorization_url', ...REQUEST },
    { call: 'OAuth2Session#new_state', gives: { random: 'cryptographic', bytes: 30 } },
    {
      call: 'OAuth2Session#fetch_token',
      ...EXCHANGE,
      when: { 'named authorization_response': 'present' },
      roles: { ...EXCHANGE.roles, expectedState: 'receiver made named state' },
      fixed: { ...EXCHANGE.fixed, stateBy: 'expected' },
    },
    {
      call: 'OAuth2Session#fetch_token',
      ...EXCHANGE,
      when: { 'named authorization_response': 'absent', 'named code': 'present' },
    },
    {
      call: 'OAuth2Session#fetch_token',
      ...EXCHANGE,
      when: { 'named username': 'present' },
      roles: { endpoint: 'arg 0|named token_url', username: 'named username', password: 'named password' },
      fixed: { side: 'sends', grantType: 'password' },
    },
    {
      call: 'OAuth2Session#fetch_token',
      ...EXCHANGE,
      when: { 'named authorization_response': 'absent', 'named code': 'absent', 'named username': 'absent' },
      roles: {
        endpoint: 'arg 0|named token_url',
        clientSecret: 'named client_secret',
        scope: 'receiver made named scope',
        auth: 'named auth',
      },
      fixed: { side: 'sends', grantType: 'client_credentials' },
    },
    {
      call: 'OAuth2Session#refresh_token',
      is: 'TokenRequest',
      roles: { refreshToken: 'named refresh_token|arg 1' },
      fixed: { side: 'sends', grantType: 'refresh_token' },
    },
  ],
} as const satisfies LibraryModel;
