import type { LibraryModel } from '../../facts/library-model.js';

const BY_ARGUMENTS = {
  name: 'arg 0 .name|arg 0',
  value: 'arg 0 .value|arg 1',
  options: 'arg 2',
  httpOnly: 'arg 0 .httpOnly|arg 2 .httpOnly',
  secure: 'arg 0 .secure|arg 2 .secure',
  sameSite: 'arg 0 .sameSite|arg 2 .sameSite',
  path: 'arg 0 .path|arg 2 .path',
  domain: 'arg 0 .domain|arg 2 .domain',
  maxAge: 'arg 0 .maxAge|arg 2 .maxAge',
} as const;
const SET = {
  is: 'CookieWrite',
  roles: BY_ARGUMENTS,
  defaults: { httpOnly: false, secure: false, sameSite: null },
  fixed: { by: 'header', op: 'set' },
} as const;
const CLEAR = {
  is: 'CookieWrite',
  roles: { name: 'arg 0 .name|arg 0', path: 'arg 0 .path' },
  fixed: { by: 'header', op: 'clear' },
} as const;

/** Next.js's cookie store and `response.cookies`: no attribute is on unless it is asked for. */
export default {
  name: 'next-cookies',
  ecosystem: 'npm',
  modules: ['next/headers', 'next/server', 'next'],
  docs: 'https://nextjs.org/docs/app/api-reference/functions/cookies',
  calls: [
    { call: 'npm:next.Cookies#set', ...SET },
    { call: 'npm:next.Cookies#delete', ...CLEAR },
    { call: 'cookies()#set', ...SET },
    { call: 'cookies()#delete', ...CLEAR },
    { call: '?cookies#set', ...SET },
    { call: '?cookieStore#set', ...SET },
    { call: '?cookieJar#set', ...SET },
    { call: '?cookies#delete', ...CLEAR },
    { call: '?cookieStore#delete', ...CLEAR },
  ],
} as const satisfies LibraryModel;
