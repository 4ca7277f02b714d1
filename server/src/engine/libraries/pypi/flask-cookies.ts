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

/** Werkzeug's responses (Flask, Quart): no attribute is on unless it is asked for. */
export default {
  name: 'flask-cookies',
  ecosystem: 'pypi',
  modules: ['flask', 'werkzeug', 'quart', 'sanic'],
  docs: 'https://werkzeug.palletsprojects.com/en/stable/wrappers/#werkzeug.wrappers.Response.set_cookie',
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
  ],
} as const satisfies LibraryModel;
