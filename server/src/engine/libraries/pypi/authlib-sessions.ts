import type { LibraryModel } from '../../facts/library-model.js';

const TYPES = [
  'pypi:authlib.integrations.requests_client.OAuth2Session',
  'pypi:authlib.integrations.httpx_client.AsyncOAuth2Client',
  'pypi:authlib.integrations.httpx_client.OAuth2Client',
] as const;

const rows = (type: (typeof TYPES)[number]) =>
  [
    {
      call: `${type}#create_authorization_url`,
      is: 'AuthorizationRequest',
      roles: {
        endpoint: 'arg 0',
        state: 'named state|return [1]',
        scope: 'receiver made named scope',
        redirectUri: 'receiver made named redirect_uri',
        verifier: 'named code_verifier',
      },
      fixed: { responseType: 'code', stateBy: 'caller', pkceBy: 'caller' },
    },
    {
      call: `${type}#fetch_token`,
      is: 'TokenRequest',
      when: { 'named authorization_response': 'present' },
      roles: {
        endpoint: 'arg 0',
        verifier: 'named code_verifier',
        clientSecret: 'receiver made named client_secret|receiver made arg 1',
        expectedState: 'named state|receiver made named state',
      },
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller', stateBy: 'expected' },
    },
    {
      call: `${type}#fetch_token`,
      is: 'TokenRequest',
      when: { 'named username': 'present' },
      roles: { endpoint: 'arg 0', username: 'named username', password: 'named password' },
      fixed: { side: 'sends', grantType: 'password' },
    },
    {
      call: `${type}#fetch_token`,
      is: 'TokenRequest',
      when: { 'named authorization_response': 'absent', 'named username': 'absent', 'named code': 'present' },
      roles: {
        endpoint: 'arg 0',
        code: 'named code',
        verifier: 'named code_verifier',
        clientSecret: 'receiver made named client_secret|receiver made arg 1',
      },
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller' },
    },
  ] as const;

/** Authlib's sessions: the caller keeps `state` and verifier; `state` is compared only if it is handed over. */
export default {
  name: 'authlib-sessions',
  ecosystem: 'pypi',
  modules: ['authlib.integrations.requests_client', 'authlib.integrations.httpx_client'],
  docs: 'https://docs.authlib.org/en/latest/client/oauth2.html',
  calls: [
    { call: 'pypi:authlib.common.security.generate_token', gives: { random: 'cryptographic', bytes: 36 } },
    ...rows(TYPES[0]),
    ...rows(TYPES[1]),
    ...rows(TYPES[2]),
  ],
} as const satisfies LibraryModel;
