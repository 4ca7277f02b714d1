import type { LibraryModel } from '../../facts/library-model.js';

const MIDDLEWARE = {
  is: 'CorsConfig',
  roles: {
    origins: 'named allow_origins',
    pattern: 'named allow_origin_regex',
    credentials: 'named allow_credentials',
  },
  fixed: { wildcard: 'reflected' },
} as const;
const STARLETTE = 'pypi:starlette.middleware.cors.CORSMiddleware';
const FASTAPI = 'pypi:fastapi.middleware.cors.CORSMiddleware';

/** Which origins may read answers. With credentials, Starlette and Flask-CORS reflect the asking origin for `*`. */
export default {
  name: 'cors',
  ecosystem: 'pypi',
  modules: ['starlette', 'fastapi', 'flask_cors'],
  docs: 'https://www.starlette.io/middleware/#corsmiddleware',
  calls: [
    { call: '?#add_middleware', when: { 'arg 0': STARLETTE }, ...MIDDLEWARE },
    { call: '?#add_middleware', when: { 'arg 0': FASTAPI }, ...MIDDLEWARE },
    { call: 'pypi:starlette.middleware.Middleware', when: { 'arg 0': STARLETTE }, ...MIDDLEWARE },
    { call: 'pypi:starlette.middleware.Middleware', when: { 'arg 0': FASTAPI }, ...MIDDLEWARE },
    {
      call: 'pypi:flask_cors.CORS',
      is: 'CorsConfig',
      roles: { origins: 'named origins', credentials: 'named supports_credentials' },
      defaults: { origins: '*' },
      fixed: { wildcard: 'reflected' },
    },
  ],
} as const satisfies LibraryModel;
