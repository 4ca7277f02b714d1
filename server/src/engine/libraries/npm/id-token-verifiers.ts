import type { LibraryModel } from '../../facts/library-model.js';

/** A provider's own verifier: algorithm, key and issuer are fixed, `exp` is demanded. */
const PROVIDER = {
  choice: 'library-fixes',
  keyKind: 'set',
  signature: 'checked',
  failure: 'promise',
  issuerKind: 'provider',
  issuer: 'checked',
  expiry: 'required',
  kinds: 'library',
} as const;

export default {
  name: 'id-token-verifiers',
  ecosystem: 'npm',
  modules: ['google-auth-library'],
  docs: 'https://github.com/googleapis/google-auth-library-nodejs#readme',
  calls: [
    {
      // Without an audience any client's token passes.
      call: 'OAuth2Client#verifyIdToken',
      is: 'TokenVerify',
      roles: { token: 'arg 0 .idToken', audience: 'arg 0 .audience', result: 'return' },
      fixed: { ...PROVIDER, emptyMeansSkip: true },
      source: 'https://github.com/googleapis/google-auth-library-nodejs/blob/main/src/auth/oauth2client.ts',
    },
    {
      call: 'npm:googleapis.google.auth.OAuth2#verifyIdToken',
      is: 'TokenVerify',
      roles: { token: 'arg 0 .idToken', audience: 'arg 0 .audience', result: 'return' },
      fixed: PROVIDER,
    },
    ...(
      [
        'npm:firebase-admin.auth()#verifyIdToken',
        'npm:firebase-admin/auth.getAuth()#verifyIdToken',
        '?#verifyIdToken',
      ] as const
    ).map(
      (call) =>
        ({
          call,
          is: 'TokenVerify',
          roles: { token: 'arg 0 .idToken|arg 0', result: 'return' },
          fixed: { ...PROVIDER, audience: 'checked' },
          source: 'https://firebase.google.com/docs/auth/admin/verify-id-tokens',
        }) as const,
    ),
    ...(
      [
        'npm:firebase-admin.auth()#verifySessionCookie',
        'npm:firebase-admin/auth.getAuth()#verifySessionCookie',
      ] as const
    ).map(
      (call) =>
        ({
          call,
          is: 'TokenVerify',
          roles: { token: 'arg 0', result: 'return' },
          fixed: { ...PROVIDER, audience: 'checked' },
        }) as const,
    ),
    {
      call: 'npm:aws-jwt-verify.CognitoJwtVerifier.create',
      is: 'TokenVerify',
      roles: { audience: 'arg 0 .clientId', use: 'arg 0 .tokenUse' },
      fixed: { ...PROVIDER, handled: 'by library' },
      source: 'https://github.com/awslabs/aws-jwt-verify#readme',
    },
    {
      call: 'npm:aws-jwt-verify.JwtVerifier.create',
      is: 'TokenVerify',
      roles: { audience: 'arg 0 .audience', issuer: 'arg 0 .issuer' },
      fixed: {
        choice: 'library-fixes',
        keyKind: 'set',
        signature: 'checked',
        failure: 'promise',
        handled: 'by library',
        issuerKind: 'provider',
        expiry: 'checked',
      },
      source: 'https://github.com/awslabs/aws-jwt-verify#readme',
    },
    {
      call: 'npm:@okta/jwt-verifier',
      is: 'TokenVerify',
      roles: { issuer: 'arg 0 .issuer' },
      fixed: {
        choice: 'library-fixes',
        keyKind: 'set',
        signature: 'checked',
        failure: 'promise',
        handled: 'by library',
        issuerKind: 'provider',
        expiry: 'required',
        audience: 'checked',
      },
      source: 'https://github.com/okta/okta-jwt-verifier-js#readme',
    },
  ],
} as const satisfies LibraryModel;
