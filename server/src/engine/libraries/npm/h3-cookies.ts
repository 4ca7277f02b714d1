import type { LibraryModel } from '../../facts/library-model.js';

const SET = {
  is: 'CookieWrite',
  roles: {
    name: 'arg 1',
    value: 'arg 2',
    options: 'arg 3',
    httpOnly: 'arg 3 .httpOnly',
    secure: 'arg 3 .secure',
    sameSite: 'arg 3 .sameSite',
    path: 'arg 3 .path',
    domain: 'arg 3 .domain',
    maxAge: 'arg 3 .maxAge',
  },
  defaults: { httpOnly: false, secure: false, sameSite: null },
  fixed: { by: 'header', op: 'set' },
} as const;
const CLEAR = { is: 'CookieWrite', roles: { name: 'arg 1' }, fixed: { by: 'header', op: 'clear' } } as const;

/** h3 (Nuxt, Nitro): no attribute is on unless it is asked for. Its functions are globals in Nuxt's server folder. */
export default {
  name: 'h3-cookies',
  ecosystem: 'npm',
  modules: ['h3', 'nitropack', ''],
  docs: 'https://h3.dev/utils/cookie',
  calls: [
    { call: 'setCookie', when: { 'arg 2': 'present' }, ...SET },
    { call: 'deleteCookie', when: { 'arg 1': 'present' }, ...CLEAR },
  ],
} as const satisfies LibraryModel;
