import type { LibraryModel } from '../../facts/library-model.js';

const DECODE = {
  call: 'decode',
  is: 'TokenVerify',
  roles: { token: 'arg 0', key: 'arg 1', algorithms: 'arg 3', result: 'return' },
  defaults: { expiry: 'checked' },
  source: 'https://github.com/hokaccha/node-jwt-simple/blob/v0.5.6/lib/jwt.js',
} as const;
const FIXED = { choice: 'token-chooses', articleList: true, failure: 'throws' } as const;

/** The third argument of `decode` is `noVerify`: anything true, a name of an algorithm too, switches verification off. */
export default {
  name: 'jwt-simple',
  ecosystem: 'npm',
  modules: ['jwt-simple'],
  docs: 'https://github.com/hokaccha/node-jwt-simple#readme',
  calls: [
    {
      call: 'encode',
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
    },
    { ...DECODE, when: { 'arg 2': 'absent' }, fixed: { ...FIXED, signature: 'checked' } },
    { ...DECODE, when: { 'arg 2': false }, fixed: { ...FIXED, signature: 'checked' } },
    ...(['HS256', 'HS384', 'HS512', 'RS256', true] as const).map(
      (noVerify) =>
        ({
          ...DECODE,
          when: { 'arg 2': noVerify },
          meaning: {
            signature: {
              at: 'arg 2',
              when: { HS256: 'skipped', HS384: 'skipped', HS512: 'skipped', RS256: 'skipped', true: 'skipped' },
            },
          },
          fixed: FIXED,
        }) as const,
    ),
  ],
} as const satisfies LibraryModel;
