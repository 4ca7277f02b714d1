import type { LibraryModel } from '../../facts/library-model.js';

const REQUEST = {
  is: 'AuthorizationRequest',
  roles: {
    responseType: 'arg 0 .responseType',
    scope: 'arg 0 .scopes',
    redirectUri: 'arg 0 .redirectUri',
    clientId: 'arg 0 .clientId',
    clientSecret: 'arg 0 .clientSecret',
  },
  meaning: { pkceBy: { at: 'arg 0 .usePKCE', when: { false: 'off', true: 'library' } } },
  defaults: { responseType: 'code', pkceBy: 'library' },
  write: { challenge: { at: 'arg 0 .usePKCE', text: 'true' } },
  fixed: { client: 'mobile', stateBy: 'library' },
  source: 'https://github.com/expo/expo/blob/main/packages/expo-auth-session/src/AuthRequest.ts',
} as const;

/** Expo's sign-in in the system browser: makes and compares `state`, sends an S256 challenge unless told not to. */
export default {
  name: 'expo-auth-session',
  ecosystem: 'npm',
  modules: ['expo-auth-session'],
  docs: 'https://docs.expo.dev/versions/latest/sdk/auth-session/',
  members: [
    { member: 'ResponseType.Code', gives: { literal: 'code' } },
    { member: 'ResponseType.Token', gives: { literal: 'token' } },
    { member: 'ResponseType.IdToken', gives: { literal: 'id_token' } },
  ],
  calls: [
    { call: 'AuthRequest', ...REQUEST },
    { call: 'useAuthRequest', ...REQUEST },
    { call: 'loadAsync', ...REQUEST },
    {
      call: 'npm:expo-auth-session/providers/google.useAuthRequest',
      ...REQUEST,
      fixed: { ...REQUEST.fixed, provider: 'google' },
    },
    {
      call: 'npm:expo-auth-session/providers/google.useIdTokenAuthRequest',
      is: 'AuthorizationRequest',
      roles: REQUEST.roles,
      fixed: { client: 'mobile', stateBy: 'library', pkceBy: 'library', provider: 'google', responseType: 'code' },
    },
    {
      call: 'npm:expo-auth-session/providers/facebook.useAuthRequest',
      ...REQUEST,
      fixed: { ...REQUEST.fixed, provider: 'facebook' },
    },
    {
      call: 'exchangeCodeAsync',
      is: 'TokenRequest',
      roles: {
        code: 'arg 0 .code',
        clientId: 'arg 0 .clientId',
        clientSecret: 'arg 0 .clientSecret|arg 0 .extraParams .client_secret',
        verifier: 'arg 0 .extraParams .code_verifier',
        redirectUri: 'arg 0 .redirectUri',
        scope: 'arg 0 .scopes',
        endpoint: 'arg 1 .tokenEndpoint',
      },
      fixed: { side: 'sends', grantType: 'authorization_code', client: 'mobile', verifierBy: 'caller' },
    },
    {
      call: 'refreshAsync',
      is: 'TokenRequest',
      roles: {
        refreshToken: 'arg 0 .refreshToken',
        clientId: 'arg 0 .clientId',
        clientSecret: 'arg 0 .clientSecret',
        endpoint: 'arg 1 .tokenEndpoint',
      },
      fixed: { side: 'sends', grantType: 'refresh_token', client: 'mobile' },
    },
  ],
} as const satisfies LibraryModel;
