import type { LibraryModel } from '../../facts/library-model.js';

const EXCHANGE = {
  is: 'TokenRequest',
  fixed: {
    side: 'sends',
    grantType: 'authorization_code',
    verifierBy: 'caller',
    stateBy: 'expected',
    auth: 'by the library',
  },
} as const;

/** openid-client: the caller makes and keeps `state`, nonce and verifier, and hands them to the exchange, which compares. */
export default {
  name: 'openid-client',
  ecosystem: 'npm',
  modules: ['openid-client'],
  docs: 'https://github.com/panva/openid-client/blob/main/README.md',
  calls: [
    { call: 'randomState', gives: { random: 'cryptographic', bytes: 32 } },
    { call: 'randomNonce', gives: { random: 'cryptographic', bytes: 32 } },
    { call: 'randomPKCECodeVerifier', gives: { random: 'cryptographic', bytes: 32 } },
    { call: 'generators.state', gives: { random: 'cryptographic', bytes: 32 } },
    { call: 'generators.nonce', gives: { random: 'cryptographic', bytes: 32 } },
    { call: 'generators.codeVerifier', gives: { random: 'cryptographic', bytes: 32 } },
    { call: 'generators.random', gives: { random: 'cryptographic', bytes: 32 } },
    {
      call: 'buildAuthorizationUrl',
      is: 'AuthorizationRequest',
      roles: {
        responseType: 'arg 1 .response_type',
        responseMode: 'arg 1 .response_mode',
        state: 'arg 1 .state',
        nonce: 'arg 1 .nonce',
        challenge: 'arg 1 .code_challenge',
        challengeMethod: 'arg 1 .code_challenge_method',
        scope: 'arg 1 .scope',
        redirectUri: 'arg 1 .redirect_uri',
      },
      defaults: { responseType: 'code' },
      fixed: { stateBy: 'caller', pkceBy: 'caller' },
    },
    {
      call: 'authorizationCodeGrant',
      ...EXCHANGE,
      roles: { verifier: 'arg 2 .pkceCodeVerifier', expectedState: 'arg 2 .expectedState' },
      source: 'https://github.com/panva/openid-client/blob/main/docs/functions/authorizationCodeGrant.md',
    },
    {
      call: 'refreshTokenGrant',
      is: 'TokenRequest',
      roles: { refreshToken: 'arg 1' },
      fixed: { side: 'sends', grantType: 'refresh_token', auth: 'by the library' },
    },
    {
      call: 'clientCredentialsGrant',
      is: 'TokenRequest',
      roles: { scope: 'arg 1 .scope' },
      fixed: { side: 'sends', grantType: 'client_credentials', auth: 'by the library' },
    },
    {
      call: '?#authorizationUrl',
      is: 'AuthorizationRequest',
      roles: {
        responseType: 'arg 0 .response_type',
        responseMode: 'arg 0 .response_mode',
        state: 'arg 0 .state',
        nonce: 'arg 0 .nonce',
        challenge: 'arg 0 .code_challenge',
        challengeMethod: 'arg 0 .code_challenge_method',
        scope: 'arg 0 .scope',
        redirectUri: 'arg 0 .redirect_uri',
      },
      defaults: { responseType: 'code' },
      fixed: { stateBy: 'caller', pkceBy: 'caller' },
    },
    {
      call: '?#callback',
      when: { 'arg 1': 'present' },
      ...EXCHANGE,
      roles: { verifier: 'arg 2 .code_verifier', expectedState: 'arg 2 .state' },
    },
    {
      call: '?#oauthCallback',
      ...EXCHANGE,
      roles: { verifier: 'arg 2 .code_verifier', expectedState: 'arg 2 .state' },
    },
    {
      call: '?#grant',
      is: 'TokenRequest',
      roles: {
        grantType: 'arg 0 .grant_type',
        scope: 'arg 0 .scope',
        username: 'arg 0 .username',
        password: 'arg 0 .password',
      },
      fixed: { side: 'sends', auth: 'by the library', endpoint: '/oauth/token' },
    },
  ],
} as const satisfies LibraryModel;
