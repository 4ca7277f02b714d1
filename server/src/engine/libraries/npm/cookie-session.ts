import type { LibraryModel } from '../../facts/library-model.js';

/** `cookie-session`: the data itself is in the cookie, signed and readable. */
export default {
  name: 'cookie-session',
  ecosystem: 'npm',
  modules: ['cookie-session'],
  docs: 'https://github.com/expressjs/cookie-session#readme',
  calls: [
    {
      call: '',
      is: 'SessionConfig',
      roles: {
        name: 'arg 0 .name',
        options: 'arg 0',
        httpOnly: 'arg 0 .httpOnly',
        secure: 'arg 0 .secure',
        sameSite: 'arg 0 .sameSite',
        path: 'arg 0 .path',
        domain: 'arg 0 .domain',
        maxAge: { at: 'arg 0 .maxAge', as: 'milliseconds' },
      },
      defaults: { httpOnly: true, secure: 'auto', sameSite: null, name: 'session' },
      fixed: { kept: 'cookie', protection: 'signed' },
    },
  ],
} as const satisfies LibraryModel;
