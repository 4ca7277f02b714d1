import type { LibraryModel } from '../../facts/library-model.js';

const TOKEN = { is: 'CsrfDefence', fixed: { kind: 'token' } } as const;

/** Checks against cross-site requests. */
export default {
  name: 'csrf',
  ecosystem: 'pypi',
  modules: ['flask_wtf', 'flask_wtf.csrf'],
  docs: 'https://flask-wtf.readthedocs.io/en/latest/csrf/',
  calls: [
    { call: 'CSRFProtect', ...TOKEN },
    { call: 'pypi:flask_seasurf.SeaSurf', ...TOKEN },
    { call: 'pypi:fastapi_csrf_protect.CsrfProtect', ...TOKEN },
    { call: '?#add_middleware', when: { 'arg 0': 'pypi:starlette_csrf.CSRFMiddleware' }, ...TOKEN },
    { call: '?#add_middleware', when: { 'arg 0': 'pypi:asgi_csrf.asgi_csrf' }, ...TOKEN },
  ],
} as const satisfies LibraryModel;
