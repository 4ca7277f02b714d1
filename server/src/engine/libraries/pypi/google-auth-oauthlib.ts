import type { LibraryModel } from '../../facts/library-model.js';

const MADE = { returns: 'Flow' } as const;

/**
 * Google's flow object: makes a verifier by itself (on by default), and compares `state` only if the object that trades the
 * code in was told it.
 */
export default {
  name: 'google-auth-oauthlib',
  ecosystem: 'pypi',
  modules: ['google_auth_oauthlib.flow'],
  docs: 'https://googleapis.dev/python/google-auth-oauthlib/latest/reference/google_auth_oauthlib.flow.html',
  calls: [
    { call: 'Flow.from_client_secrets_file', ...MADE },
    { call: 'Flow.from_client_config', ...MADE },
    { call: 'pypi:google_auth_oauthlib.Flow.from_client_secrets_file', ...MADE },
    { call: 'InstalledAppFlow.from_client_secrets_file', returns: 'InstalledAppFlow' },
    { call: 'InstalledAppFlow.from_client_config', returns: 'InstalledAppFlow' },
    {
      call: 'Flow#authorization_url',
      is: 'AuthorizationRequest',
      roles: {
        state: 'named state|receiver made named state|return [1]',
        scope: 'receiver made named scopes|receiver made arg 1',
        redirectUri: 'receiver made named redirect_uri',
        verifier: 'literal made by the library',
      },
      fixed: { responseType: 'code', stateBy: 'caller', pkceBy: 'caller', provider: 'google' },
      source:
        'https://github.com/googleapis/google-auth-library-python-oauthlib/blob/main/google_auth_oauthlib/flow.py',
    },
    {
      call: 'Flow#fetch_token',
      is: 'TokenRequest',
      when: { 'named authorization_response': 'present' },
      roles: {
        expectedState: 'receiver made named state',
        verifier: 'receiver made named code_verifier|named code_verifier',
      },
      fixed: {
        side: 'sends',
        grantType: 'authorization_code',
        verifierBy: 'object',
        stateBy: 'expected',
        auth: 'by the library',
      },
    },
    {
      call: 'Flow#fetch_token',
      is: 'TokenRequest',
      when: { 'named authorization_response': 'absent' },
      roles: { code: 'named code', verifier: 'receiver made named code_verifier|named code_verifier' },
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'object', auth: 'by the library' },
    },
    {
      call: 'InstalledAppFlow#run_local_server',
      is: 'AuthorizationRequest',
      roles: { scope: 'receiver made named scopes|receiver made arg 1' },
      fixed: { responseType: 'code', stateBy: 'library', pkceBy: 'library', client: 'desktop', provider: 'google' },
    },
  ],
} as const satisfies LibraryModel;
