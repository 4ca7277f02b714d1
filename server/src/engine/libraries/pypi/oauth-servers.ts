import type { LibraryModel } from '../../facts/library-model.js';

const PASSWORD = { side: 'serves', grantType: 'password', clientId: 'registered' } as const;

/** Libraries that make an authorization server. */
export default {
  name: 'oauth-servers',
  ecosystem: 'pypi',
  modules: ['authlib.oauth2.rfc6749.grants', 'authlib.oauth2.rfc6749', 'authlib.integrations.flask_oauth2'],
  docs: 'https://docs.authlib.org/en/latest/oauth2/authorization-server/index.html',
  calls: [
    {
      call: '?#register_grant',
      is: 'TokenRequest',
      when: { 'arg 0': 'pypi:authlib.oauth2.rfc6749.grants.ResourceOwnerPasswordCredentialsGrant' },
      fixed: PASSWORD,
    },
    {
      call: '?#register_grant',
      is: 'AuthorizationRequest',
      when: { 'arg 0': 'pypi:authlib.oauth2.rfc6749.grants.ImplicitGrant' },
      fixed: { responseType: 'token', stateBy: 'library', pkceBy: 'library', client: 'server' },
    },
    {
      call: '?#register_grant',
      is: 'TokenRequest',
      when: { 'arg 0': 'pypi:authlib.oauth2.rfc6749.grants.AuthorizationCodeGrant', 'arg 1': 'absent' },
      fixed: { side: 'serves', grantType: 'authorization_code', clientId: 'registered', verifierCheck: 'unknown' },
    },
  ],
} as const satisfies LibraryModel;
