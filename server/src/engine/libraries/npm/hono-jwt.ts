import type { LibraryModel } from '../../facts/library-model.js';

export default {
  name: 'hono/jwt',
  ecosystem: 'npm',
  modules: ['hono/jwt'],
  docs: 'https://hono.dev/docs/helpers/jwt',
  calls: [
    {
      call: 'sign',
      is: 'TokenIssue',
      roles: {
        payload: 'arg 0',
        key: 'arg 1',
        algorithm: 'arg 2',
        expiresAt: { at: 'arg 0 .exp', as: 'expiry' },
        issuer: 'arg 0 .iss',
        audience: 'arg 0 .aud',
        jti: 'arg 0 .jti',
        result: 'return',
      },
      defaults: { algorithm: 'HS256' },
      fixed: { protection: 'signed' },
      source: 'https://hono.dev/docs/helpers/jwt#sign',
    },
    {
      call: 'verify',
      is: 'TokenVerify',
      roles: {
        token: 'arg 0',
        key: 'arg 1',
        algorithms: 'arg 2 .alg|arg 2',
        issuer: 'arg 2 .iss',
        audience: 'arg 2 .aud',
        result: 'return',
      },
      meaning: { expiry: { at: 'arg 2 .exp', when: { false: 'skipped', true: 'checked' } } },
      defaults: { expiry: 'checked' },
      // Without the argument only HS256 is accepted (from 4.11.4 the argument is demanded).
      fixed: { choice: 'library-fixes', signature: 'checked', failure: 'promise', emptyMeansSkip: true },
      source: 'https://github.com/honojs/hono/blob/main/src/utils/jwt/jwt.ts',
    },
    { call: 'decode', is: 'TokenDecode', roles: { token: 'arg 0', result: 'return' }, fixed: { part: 'all' } },
    {
      call: 'jwt',
      is: 'TokenVerify',
      roles: {
        key: 'arg 0 .secret',
        algorithms: 'arg 0 .alg',
        issuer: 'arg 0 .verification .iss',
        audience: 'arg 0 .verification .aud',
      },
      meaning: { expiry: { at: 'arg 0 .verification .exp', when: { false: 'skipped', true: 'checked' } } },
      defaults: { expiry: 'checked' },
      fixed: { choice: 'library-fixes', signature: 'checked', failure: 'throws', handled: 'by library' },
      source: 'https://hono.dev/docs/middleware/builtin/jwt',
    },
    {
      call: 'jwk',
      is: 'TokenVerify',
      roles: {
        key: 'arg 0 .keys|arg 0 .jwks_uri',
        algorithms: 'arg 0 .alg',
        issuer: 'arg 0 .verification .iss',
        audience: 'arg 0 .verification .aud',
      },
      meaning: { expiry: { at: 'arg 0 .verification .exp', when: { false: 'skipped', true: 'checked' } } },
      defaults: { expiry: 'checked' },
      fixed: {
        choice: 'key-fixes-family',
        keyKind: 'set',
        signature: 'checked',
        failure: 'throws',
        handled: 'by library',
      },
      source: 'https://hono.dev/docs/middleware/builtin/jwk',
    },
  ],
} as const satisfies LibraryModel;
