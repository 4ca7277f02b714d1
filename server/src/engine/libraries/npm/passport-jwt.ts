import type { LibraryModel } from '../../facts/library-model.js';

/**
 * Everything is an option of the strategy itself: what stands in `jsonWebTokenOptions` is overwritten by the top level, even
 * where that is undefined.
 */
export default {
  name: 'passport-jwt',
  ecosystem: 'npm',
  modules: ['passport-jwt'],
  docs: 'https://www.passportjs.org/packages/passport-jwt/',
  calls: [
    {
      call: 'Strategy',
      is: 'TokenVerify',
      roles: {
        key: 'arg 0 .secretOrKey|arg 0 .secretOrKeyProvider',
        algorithms: 'arg 0 .algorithms',
        issuer: 'arg 0 .issuer',
        audience: 'arg 0 .audience',
        clockTolerance: { at: 'arg 0 .jsonWebTokenOptions .clockTolerance', as: 'seconds' },
        callback: 'arg 1',
      },
      meaning: { expiry: { at: 'arg 0 .ignoreExpiration', when: { true: 'skipped', false: 'checked' } } },
      defaults: { expiry: 'checked', claimsAt: 0 },
      fixed: {
        choice: 'key-fixes-family',
        articleList: true,
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
      source: 'https://github.com/mikenicholson/passport-jwt/blob/v4.0.1/lib/strategy.js',
    },
  ],
} as const satisfies LibraryModel;
