import type { LibraryModel } from '../../facts/library-model.js';

/** Astro's `cookies`: no attribute is on unless it is asked for. */
export default {
  name: 'astro-cookies',
  ecosystem: 'npm',
  modules: ['astro', 'astro:middleware', 'astro:env'],
  docs: 'https://docs.astro.build/en/reference/api-reference/#cookies',
  calls: [
    {
      call: '?cookies#set',
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
    },
  ],
} as const satisfies LibraryModel;
