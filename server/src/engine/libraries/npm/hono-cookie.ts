import type { LibraryModel } from '../../facts/library-model.js';

const ROLES = {
  name: 'arg 1',
  value: 'arg 2',
  options: 'arg 3',
  httpOnly: 'arg 3 .httpOnly',
  secure: 'arg 3 .secure',
  sameSite: 'arg 3 .sameSite',
  path: 'arg 3 .path',
  domain: 'arg 3 .domain',
  maxAge: 'arg 3 .maxAge',
} as const;
const SIGNED = {
  name: 'arg 1',
  value: 'arg 2',
  options: 'arg 4',
  httpOnly: 'arg 4 .httpOnly',
  secure: 'arg 4 .secure',
  sameSite: 'arg 4 .sameSite',
  path: 'arg 4 .path',
  domain: 'arg 4 .domain',
  maxAge: 'arg 4 .maxAge',
} as const;
const DEFAULTS = { httpOnly: false, secure: false, sameSite: null } as const;

/** Hono's cookie helper: no attribute is on unless it is asked for (`prefix: 'host'` or `'secure'` sets `Secure`). */
export default {
  name: 'hono-cookie',
  ecosystem: 'npm',
  modules: ['hono/cookie'],
  docs: 'https://hono.dev/docs/helpers/cookie',
  calls: [
    {
      call: 'setCookie',
      is: 'CookieWrite',
      roles: ROLES,
      meaning: { secure: { at: 'arg 3 .prefix', when: { host: true, secure: true } } },
      defaults: DEFAULTS,
      fixed: { by: 'header', op: 'set' },
      write: {
        httpOnly: { at: 'arg 3 .httpOnly', text: 'true' },
        secure: { at: 'arg 3 .secure', text: 'true' },
        sameSite: { at: 'arg 3 .sameSite', text: "'Lax'" },
      },
    },
    {
      call: 'setSignedCookie',
      is: 'CookieWrite',
      roles: SIGNED,
      meaning: { secure: { at: 'arg 4 .prefix', when: { host: true, secure: true } } },
      defaults: DEFAULTS,
      fixed: { by: 'header', op: 'set', protection: 'signed' },
    },
    {
      call: 'deleteCookie',
      is: 'CookieWrite',
      roles: { name: 'arg 1', options: 'arg 2', path: 'arg 2 .path', domain: 'arg 2 .domain' },
      fixed: { by: 'header', op: 'clear' },
    },
  ],
} as const satisfies LibraryModel;
