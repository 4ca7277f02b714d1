import type { LibraryModel } from '../../facts/library-model.js';

const FIELDS = {
  name: 'arg 1 .Name',
  value: 'arg 1 .Value',
  options: 'arg 1',
  httpOnly: 'arg 1 .HttpOnly',
  secure: 'arg 1 .Secure',
  sameSite: 'arg 1 .SameSite',
  path: 'arg 1 .Path',
  domain: 'arg 1 .Domain',
  maxAge: 'arg 1 .MaxAge',
} as const;
const FIRST = {
  name: 'arg 0 .Name',
  value: 'arg 0 .Value',
  options: 'arg 0',
  httpOnly: 'arg 0 .HttpOnly',
  secure: 'arg 0 .Secure',
  sameSite: 'arg 0 .SameSite',
  path: 'arg 0 .Path',
  domain: 'arg 0 .Domain',
  maxAge: 'arg 0 .MaxAge',
} as const;
const POSITIONS = {
  name: 'arg 0',
  value: 'arg 1',
  maxAge: 'arg 2',
  path: 'arg 3',
  domain: 'arg 4',
  secure: 'arg 5',
  httpOnly: 'arg 6',
} as const;
const OFF = { httpOnly: false, secure: false, sameSite: null } as const;
const SET = { by: 'header', op: 'set' } as const;

/** Cookies of `net/http`, gin and fiber: no attribute is on unless it is asked for (fiber: `SameSite=Lax`). */
export default {
  name: 'http-cookies',
  ecosystem: 'go',
  modules: ['net/http'],
  docs: 'https://pkg.go.dev/net/http#Cookie',
  calls: [
    { call: 'SetCookie', is: 'CookieWrite', roles: FIELDS, defaults: OFF, fixed: SET },
    {
      call: '?#SetCookie',
      when: { 'arg 6': 'present' },
      is: 'CookieWrite',
      roles: POSITIONS,
      defaults: OFF,
      fixed: SET,
    },
    { call: '?#SetCookie', when: { 'arg 1': 'absent' }, is: 'CookieWrite', roles: FIRST, defaults: OFF, fixed: SET },
    {
      call: '?#Cookie',
      when: { 'arg 0 .Value': 'present' },
      is: 'CookieWrite',
      roles: { ...FIRST, httpOnly: 'arg 0 .HTTPOnly' },
      defaults: { httpOnly: false, secure: false, sameSite: 'lax' },
      fixed: SET,
    },
  ],
} as const satisfies LibraryModel;
