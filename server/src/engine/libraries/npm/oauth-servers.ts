import type { LibraryModel } from '../../facts/library-model.js';

const SERVES = { side: 'serves', grantType: 'authorization_code', clientId: 'registered' } as const;

/** Libraries that make an authorization server. */
export default {
  name: 'oauth-servers',
  ecosystem: 'npm',
  modules: ['oidc-provider'],
  docs: 'https://github.com/panva/node-oidc-provider/blob/main/docs/README.md',
  calls: [
    { call: '', is: 'TokenRequest', fixed: { ...SERVES, verifierCheck: 'demanded' } },
    { call: 'Provider', is: 'TokenRequest', fixed: { ...SERVES, verifierCheck: 'demanded' } },
    {
      call: 'npm:@node-oauth/oauth2-server',
      is: 'TokenRequest',
      // No challenge at all is accepted from anybody.
      fixed: { ...SERVES, verifierCheck: 'unknown' },
      source:
        'https://github.com/node-oauth/node-oauth2-server/blob/master/lib/grant-types/authorization-code-grant-type.js',
    },
    {
      call: 'npm:@node-oauth/oauth2-server',
      is: 'AuthorizationServerConfig',
      when: { 'arg 0 .enablePlainPKCE': true },
      fixed: { pkceMethods: 'plain', by: 'code' },
    },
    { call: 'npm:oauth2-server', is: 'TokenRequest', fixed: { ...SERVES, verifierCheck: 'unknown' } },
  ],
} as const satisfies LibraryModel;
