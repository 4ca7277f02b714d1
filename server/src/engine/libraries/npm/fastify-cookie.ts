import type { LibraryModel } from '../../facts/library-model.js';

const ROLES = {
  name: 'arg 0',
  value: 'arg 1',
  options: 'arg 2',
  httpOnly: 'arg 2 .httpOnly',
  secure: 'arg 2 .secure',
  sameSite: 'arg 2 .sameSite',
  path: 'arg 2 .path',
  domain: 'arg 2 .domain',
  maxAge: 'arg 2 .maxAge',
} as const;

/** `@fastify/cookie`: `SameSite=Lax` by default since 10, nothing else. */
export default {
  name: 'fastify-cookie',
  ecosystem: 'npm',
  modules: ['@fastify/cookie', 'fastify', 'fastify-cookie'],
  docs: 'https://github.com/fastify/fastify-cookie#readme',
  calls: [
    {
      call: '?#setCookie',
      is: 'CookieWrite',
      roles: ROLES,
      defaults: { httpOnly: false, secure: false, sameSite: 'lax' },
      fixed: { by: 'header', op: 'set' },
    },
    {
      call: 'npm:fastify.Reply#setCookie',
      is: 'CookieWrite',
      roles: ROLES,
      defaults: { httpOnly: false, secure: false, sameSite: 'lax' },
      fixed: { by: 'header', op: 'set' },
    },
    {
      call: 'npm:fastify.Reply#cookie',
      is: 'CookieWrite',
      roles: ROLES,
      defaults: { httpOnly: false, secure: false, sameSite: 'lax' },
      fixed: { by: 'header', op: 'set' },
    },
    {
      call: '?#clearCookie',
      is: 'CookieWrite',
      roles: { name: 'arg 0', options: 'arg 1', path: 'arg 1 .path' },
      fixed: { by: 'header', op: 'clear' },
    },
  ],
} as const satisfies LibraryModel;
