import type { LibraryModel } from '../../facts/library-model.js';

const SERIALIZE = {
  is: 'CookieWrite',
  roles: {
    name: 'arg 0',
    value: 'arg 1',
    options: 'arg 2',
    httpOnly: 'arg 2 .httpOnly',
    secure: 'arg 2 .secure',
    sameSite: 'arg 2 .sameSite',
    path: 'arg 2 .path',
    domain: 'arg 2 .domain',
    maxAge: 'arg 2 .maxAge',
  },
  defaults: { httpOnly: false, secure: false, sameSite: null },
  fixed: { by: 'header', op: 'set' },
} as const;

/** The text of a `Set-Cookie` header. */
export default {
  name: 'cookie',
  ecosystem: 'npm',
  modules: ['cookie', 'cookie-es'],
  docs: 'https://github.com/jshttp/cookie#readme',
  calls: [
    { call: 'serialize', ...SERIALIZE },
    { call: 'stringifySetCookie', ...SERIALIZE },
  ],
} as const satisfies LibraryModel;
