import type { LibraryModel } from '../../facts/library-model.js';

const REQUEST = {
  is: 'AuthorizationRequest',
  roles: {
    responseType: 'arg 0 .response_type',
    state: 'arg 0 .state',
    challenge: 'arg 0 .code_challenge',
    challengeMethod: 'arg 0 .code_challenge_method',
    scope: 'arg 0 .scope',
    redirectUri: 'arg 0 .redirect_uri|receiver made arg 2|receiver made arg 0 .redirectUri',
  },
  defaults: { responseType: 'code' },
  fixed: { stateBy: 'caller', pkceBy: 'caller', provider: 'google' },
  source: 'https://github.com/googleapis/google-auth-library-nodejs/blob/main/src/auth/oauth2client.ts',
} as const;
/** With a redirect address it is a client of a flow; without one it only verifies tokens. */
const CONFIG = {
  is: 'OAuthClientConfig',
  when: { 'arg 2': 'present' },
  roles: { redirectUri: 'arg 2', clientSecret: 'arg 1' },
} as const;
const EXCHANGE = {
  is: 'TokenRequest',
  roles: { code: 'arg 0 .code|arg 0', verifier: 'arg 0 .codeVerifier', redirectUri: 'receiver made arg 2' },
  fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller', auth: 'by the library' },
} as const;

/** Google's client: the caller makes, keeps and compares `state`; PKCE is opt-in. */
export default {
  name: 'google-auth-library',
  ecosystem: 'npm',
  modules: ['google-auth-library'],
  docs: 'https://github.com/googleapis/google-auth-library-nodejs#oauth2',
  calls: [
    { call: 'npm:googleapis.google.auth.OAuth2', returns: 'OAuth2Client', ...CONFIG },
    { call: 'npm:googleapis.auth.OAuth2', returns: 'OAuth2Client', ...CONFIG },
    { call: 'OAuth2Client', ...CONFIG },
    { call: 'OAuth2Client#generateAuthUrl', ...REQUEST },
    { call: '?#generateAuthUrl', ...REQUEST },
    { call: 'OAuth2Client#getToken', ...EXCHANGE },
    { call: '?oauth2Client#getToken', ...EXCHANGE },
    { call: '?oAuth2Client#getToken', ...EXCHANGE },
    { call: 'OAuth2Client#generateCodeVerifierAsync', gives: { random: 'cryptographic', bytes: 96 } },
  ],
} as const satisfies LibraryModel;
