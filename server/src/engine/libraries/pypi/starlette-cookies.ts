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

const SESSION = {
  when: { 'arg 0': 'pypi:starlette.middleware.sessions.SessionMiddleware' },
  is: 'SessionConfig',
  roles: {
    name: 'named session_cookie',
    secure: 'named https_only',
    sameSite: 'named same_site',
    maxAge: { at: 'named max_age', as: 'seconds' },
    domain: 'named domain',
    path: 'named path',
  },
  defaults: { secure: false, sameSite: 'lax', name: 'session' },
  fixed: { kept: 'cookie', protection: 'signed', httpOnly: true },
} as const;

/** Starlette's responses (FastAPI): `SameSite=Lax` by default, nothing else. */
export default {
  name: 'starlette-cookies',
  ecosystem: 'pypi',
  modules: ['starlette', 'fastapi'],
  docs: 'https://www.starlette.io/responses/#set-cookie',
  calls: [
    {
      call: '?#set_cookie',
      is: 'CookieWrite',
      roles: ROLES,
      defaults: { httpOnly: false, secure: false, sameSite: 'lax' },
      fixed: { by: 'header', op: 'set' },
      write: WRITE,
    },
    {
      call: '?#delete_cookie',
      is: 'CookieWrite',
      roles: { name: 'arg 0|named key', path: 'arg 1|named path', domain: 'arg 2|named domain' },
      fixed: { by: 'header', op: 'clear' },
    },
    { call: '?#add_middleware', ...SESSION },
    { call: 'pypi:starlette.middleware.Middleware', ...SESSION },
    { call: 'pypi:fastapi.middleware.Middleware', ...SESSION },
  ],
} as const satisfies LibraryModel;
