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
const DEFAULTS = { httpOnly: false, secure: false, sameSite: null } as const;
const WRITE = {
  httpOnly: { at: 'arg 2 .httpOnly', text: 'true' },
  secure: { at: 'arg 2 .secure', text: 'true' },
  sameSite: { at: 'arg 2 .sameSite', text: "'lax'" },
} as const;

/** Express's own cookies: no attribute is on unless it is asked for. */
export default {
  name: 'express-cookies',
  ecosystem: 'npm',
  modules: ['express'],
  docs: 'https://expressjs.com/en/5x/api.html#res.cookie',
  calls: [
    {
      call: 'Response#cookie',
      is: 'CookieWrite',
      roles: ROLES,
      defaults: DEFAULTS,
      fixed: { by: 'header', op: 'set' },
      write: WRITE,
    },
    {
      call: '?#cookie',
      when: { 'arg 1': 'present' },
      is: 'CookieWrite',
      roles: ROLES,
      defaults: DEFAULTS,
      fixed: { by: 'header', op: 'set' },
      write: WRITE,
    },
    {
      call: 'Response#clearCookie',
      is: 'CookieWrite',
      roles: { name: 'arg 0', options: 'arg 1', path: 'arg 1 .path', domain: 'arg 1 .domain' },
      fixed: { by: 'header', op: 'clear' },
    },
    {
      call: '?#clearCookie',
      is: 'CookieWrite',
      roles: { name: 'arg 0', options: 'arg 1', path: 'arg 1 .path', domain: 'arg 1 .domain' },
      fixed: { by: 'header', op: 'clear' },
    },
  ],
} as const satisfies LibraryModel;
