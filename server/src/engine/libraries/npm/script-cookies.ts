import type { LibraryModel } from '../../facts/library-model.js';

const BY_SCRIPT = {
  is: 'CookieWrite',
  roles: {
    name: 'arg 0',
    value: 'arg 1',
    options: 'arg 2',
    secure: 'arg 2 .secure',
    sameSite: 'arg 2 .sameSite',
    path: 'arg 2 .path',
    domain: 'arg 2 .domain',
    maxAge: 'arg 2 .expires',
  },
  defaults: { secure: false, sameSite: null },
  fixed: { by: 'script', op: 'set', httpOnly: false },
} as const;

/** Libraries that write cookies from the page's own script: `HttpOnly` is impossible. */
export default {
  name: 'script-cookies',
  ecosystem: 'npm',
  modules: ['js-cookie', 'universal-cookie', 'cookies-js', 'tiny-cookie', 'vue-cookies', 'typescript-cookie'],
  docs: 'https://github.com/js-cookie/js-cookie#readme',
  calls: [
    { call: 'set', ...BY_SCRIPT },
    { call: 'setCookie', ...BY_SCRIPT },
    { call: 'npm:universal-cookie#set', ...BY_SCRIPT },
    { call: 'npm:cookies-next.setCookie', ...BY_SCRIPT },
    { call: 'npm:cookies-next/client.setCookie', ...BY_SCRIPT },
    {
      call: 'npm:nookies.setCookie',
      is: 'CookieWrite',
      roles: {
        name: 'arg 1',
        value: 'arg 2',
        options: 'arg 3',
        httpOnly: 'arg 3 .httpOnly',
        secure: 'arg 3 .secure',
        sameSite: 'arg 3 .sameSite',
      },
      defaults: { httpOnly: false, secure: false, sameSite: null },
      fixed: { by: 'header', op: 'set' },
    },
  ],
} as const satisfies LibraryModel;
