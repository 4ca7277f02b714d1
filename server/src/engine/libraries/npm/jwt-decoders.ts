import type { LibraryModel } from '../../facts/library-model.js';

const DECODE = { is: 'TokenDecode', roles: { token: 'arg 0', result: 'return' }, fixed: { part: 'payload' } } as const;

/** Libraries that only read tokens. */
export default {
  name: 'jwt-decode',
  ecosystem: 'npm',
  modules: ['jwt-decode'],
  docs: 'https://github.com/auth0/jwt-decode#readme',
  calls: [
    { ...DECODE, call: 'jwtDecode' },
    { ...DECODE, call: '' },
    { ...DECODE, call: 'jwt_decode' },
    { ...DECODE, call: 'npm:arctic.decodeIdToken', source: 'https://arcticjs.dev/guides/oauth2-pkce' },
    { ...DECODE, call: 'npm:@oslojs/jwt.decodeJWT' },
    { ...DECODE, call: 'npm:oslo/jwt.parseJWT' },
    { ...DECODE, call: 'npm:jwt-lite.decode' },
  ],
} as const satisfies LibraryModel;
