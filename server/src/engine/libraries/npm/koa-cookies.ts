import type { LibraryModel } from '../../facts/library-model.js';

/** Koa's `ctx.cookies`: `HttpOnly` by default, `Secure` when the request came over TLS. */
export default {
  name: 'koa-cookies',
  ecosystem: 'npm',
  modules: ['koa', '@koa/router', 'koa-router', 'cookies'],
  docs: 'https://github.com/pillarjs/cookies#readme',
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
      defaults: { httpOnly: true, secure: 'auto', sameSite: null },
      fixed: { by: 'header', op: 'set' },
    },
    {
      call: 'npm:koa.Cookies#set',
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
      defaults: { httpOnly: true, secure: 'auto', sameSite: null },
      fixed: { by: 'header', op: 'set' },
    },
  ],
} as const satisfies LibraryModel;
