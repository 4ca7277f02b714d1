import type { LibraryModel } from '../../facts/library-model.js';

const MIDDLEWARE = {
  is: 'TokenVerify',
  roles: {
    key: 'arg 0 .secret',
    algorithms: 'arg 0 .algorithms',
    issuer: 'arg 0 .issuer',
    audience: 'arg 0 .audience',
    clockTolerance: { at: 'arg 0 .clockTolerance', as: 'seconds' },
  },
  meaning: { expiry: { at: 'arg 0 .ignoreExpiration', when: { true: 'skipped', false: 'checked' } } },
  defaults: { expiry: 'checked' },
  fixed: {
    signature: 'checked',
    failure: 'throws',
    handled: 'by library',
    emptyMeansSkip: true,
    issuerPattern: 'ignored',
    audiencePattern: 'searched',
  },
  write: {
    algorithms: { at: 'arg 0 .algorithms', text: "['HS256']" },
    issuer: { at: 'arg 0 .issuer', text: "'https://issuer.example'" },
    audience: { at: 'arg 0 .audience', text: "'my-api'" },
  },
} as const;

/** Middleware that hands its options on to `jsonwebtoken.verify`. */
export default {
  name: 'express-jwt',
  ecosystem: 'npm',
  modules: ['express-jwt'],
  docs: 'https://github.com/auth0/express-jwt#readme',
  calls: [
    // Version 6.1 and later refuses to start without a list.
    ...(['expressjwt', '', 'expressJwt'] as const).map(
      (call) =>
        ({
          ...MIDDLEWARE,
          call,
          fixed: { ...MIDDLEWARE.fixed, choice: 'caller-lists', articleList: true },
          source: 'https://github.com/auth0/express-jwt/blob/v8.5.1/src/index.ts',
        }) as const,
    ),
    {
      ...MIDDLEWARE,
      call: 'npm:koa-jwt',
      fixed: { ...MIDDLEWARE.fixed, choice: 'key-fixes-family', articleList: true },
      source: 'https://github.com/koajs/jwt/blob/v4.0.4/lib/index.js',
    },
    {
      call: 'npm:jwks-rsa.expressJwtSecret',
      is: 'KeyMaterial',
      roles: { source: 'arg 0 .jwksUri' },
      fixed: { kind: 'set' },
    },
    {
      call: 'npm:jwks-rsa.koaJwtSecret',
      is: 'KeyMaterial',
      roles: { source: 'arg 0 .jwksUri' },
      fixed: { kind: 'set' },
    },
    {
      call: 'npm:jwks-rsa.passportJwtSecret',
      is: 'KeyMaterial',
      roles: { source: 'arg 0 .jwksUri' },
      fixed: { kind: 'set' },
    },
    { call: 'npm:jwks-rsa', is: 'KeyMaterial', roles: { source: 'arg 0 .jwksUri' }, fixed: { kind: 'set' } },
    { call: 'npm:jwks-rsa.JwksClient', is: 'KeyMaterial', roles: { source: 'arg 0 .jwksUri' }, fixed: { kind: 'set' } },
    {
      // Issuer and audience are both demanded.
      call: 'npm:express-oauth2-jwt-bearer.auth',
      is: 'TokenVerify',
      roles: {
        issuer: 'arg 0 .issuerBaseURL|arg 0 .issuer',
        audience: 'arg 0 .audience',
        algorithms: 'arg 0 .tokenSigningAlg',
      },
      defaults: { issuer: 'checked', audience: 'checked', expiry: 'required' },
      fixed: {
        choice: 'library-fixes',
        keyKind: 'set',
        signature: 'checked',
        failure: 'throws',
        handled: 'by library',
        issuerKind: 'provider',
      },
      source: 'https://github.com/auth0/node-oauth2-jwt-bearer/tree/main/packages/express-oauth2-jwt-bearer#readme',
    },
  ],
} as const satisfies LibraryModel;
