import type { LibraryModel } from '../../facts/library-model.js';

const ROLES = {
  name: 'arg 0|named key',
  value: 'arg 1|named value',
  options: 'named options',
  maxAge: 'arg 2|named max_age',
  path: 'arg 4|named path',
  domain: 'arg 5|named domain',
  secure: 'arg 6|named secure',
  httpOnly: 'arg 7|named httponly',
  sameSite: 'arg 8|named samesite',
} as const;
const WRITE = {
  httpOnly: { at: 'named httponly', text: 'True' },
  secure: { at: 'named secure', text: 'True' },
  sameSite: { at: 'named samesite', text: '"lax"' },
} as const;

/** Django's responses: no attribute is on unless it is asked for. */
export default {
  name: 'django-cookies',
  ecosystem: 'pypi',
  modules: ['django', 'rest_framework'],
  docs: 'https://docs.djangoproject.com/en/stable/ref/request-response/#django.http.HttpResponse.set_cookie',
  calls: [
    {
      call: '?#set_cookie',
      is: 'CookieWrite',
      roles: ROLES,
      defaults: { httpOnly: false, secure: false, sameSite: null },
      fixed: { by: 'header', op: 'set' },
      write: WRITE,
    },
    {
      call: '?#delete_cookie',
      is: 'CookieWrite',
      roles: { name: 'arg 0|named key', path: 'arg 1|named path', domain: 'arg 2|named domain' },
      fixed: { by: 'header', op: 'clear' },
    },
    {
      call: '?#set_signed_cookie',
      is: 'CookieWrite',
      roles: {
        name: 'arg 0|named key',
        value: 'arg 1|named value',
        secure: 'named secure',
        httpOnly: 'named httponly',
        sameSite: 'named samesite',
        path: 'named path',
        maxAge: 'named max_age',
      },
      defaults: { httpOnly: false, secure: false, sameSite: null },
      fixed: { by: 'header', op: 'set', protection: 'signed' },
    },
  ],
} as const satisfies LibraryModel;
