import type { LibraryModel } from '../../facts/library-model.js';

/** Settings that say where a token is taken from, and debug switches that print it. */
export default {
  name: 'token lookups',
  ecosystem: 'npm',
  modules: ['passport-jwt'],
  docs: 'https://www.passportjs.org/packages/passport-jwt/',
  calls: [
    { call: 'ExtractJwt.fromUrlQueryParameter', is: 'QueryToken', roles: { name: 'arg 0' } },
    {
      call: 'npm:next-auth',
      is: 'LibraryDebug',
      roles: { on: 'arg 0 .debug|arg 2 .debug' },
      fixed: { prints: 'accounts and tokens' },
    },
  ],
} as const satisfies LibraryModel;
