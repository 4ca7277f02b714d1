import type { LibraryModel } from '../../facts/library-model.js';

/** `express-session`: a cookie with a signed id; the data stays on the server (in memory unless a store is given). */
export default {
  name: 'express-session',
  ecosystem: 'npm',
  modules: ['express-session'],
  docs: 'https://github.com/expressjs/session#readme',
  calls: [
    {
      call: '',
      is: 'SessionConfig',
      roles: {
        name: 'arg 0 .name',
        options: 'arg 0 .cookie',
        httpOnly: 'arg 0 .cookie .httpOnly',
        secure: 'arg 0 .cookie .secure',
        sameSite: 'arg 0 .cookie .sameSite',
        path: 'arg 0 .cookie .path',
        domain: 'arg 0 .cookie .domain',
        maxAge: { at: 'arg 0 .cookie .maxAge', as: 'milliseconds' },
        store: 'arg 0 .store',
      },
      defaults: { httpOnly: true, secure: false, sameSite: null, name: 'connect.sid' },
      fixed: { kept: 'server', protection: 'signed' },
      source: 'https://github.com/expressjs/session/blob/v1.18.1/session/cookie.js',
    },
  ],
} as const satisfies LibraryModel;
