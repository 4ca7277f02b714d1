import type { LibraryModel } from '../../facts/library-model.js';

const VERIFY = {
  call: 'verify',
  is: 'TokenVerify',
  roles: {
    token: 'arg 0',
    key: 'arg 1',
    algorithms: 'arg 2 .algorithms',
    issuer: 'arg 2 .issuer',
    audience: 'arg 2 .audience',
    clockTolerance: { at: 'arg 2 .clockTolerance', as: 'seconds' },
    callback: 'arg 3|arg 2',
    result: 'return',
  },
  meaning: { expiry: { at: 'arg 2 .ignoreExpiration', when: { true: 'skipped', false: 'checked' } } },
  defaults: { expiry: 'checked' },
  fixed: {
    articleList: true,
    signature: 'checked',
    failure: 'throws',
    emptyMeansSkip: true,
    issuerPattern: 'ignored',
    audiencePattern: 'searched',
  },
  write: {
    algorithms: { at: 'arg 2 .algorithms', text: "['HS256']" },
    issuer: { at: 'arg 2 .issuer', text: "'https://issuer.example'" },
    audience: { at: 'arg 2 .audience', text: "'my-api'" },
  },
  source: 'https://github.com/auth0/node-jsonwebtoken/blob/v9.0.2/verify.js',
} as const;

export default {
  name: 'jsonwebtoken',
  ecosystem: 'npm',
  // A snippet that begins below its imports calls it `jwt`.
  modules: ['jsonwebtoken', 'jwt'],
  docs: 'https://github.com/auth0/node-jsonwebtoken#readme',
  calls: [
    {
      call: 'sign',
      is: 'TokenIssue',
      roles: {
        payload: 'arg 0',
        key: 'arg 1',
        algorithm: 'arg 2 .algorithm',
        lifetime: { at: 'arg 2 .expiresIn', as: 'seconds' },
        expiresAt: { at: 'arg 0 .exp', as: 'expiry' },
        issuer: 'arg 2 .issuer|arg 0 .iss',
        audience: 'arg 2 .audience|arg 0 .aud',
        jti: 'arg 2 .jwtid|arg 0 .jti',
        result: 'return',
      },
      defaults: { algorithm: 'HS256' },
      fixed: { protection: 'signed' },
      write: { lifetime: { at: 'arg 2 .expiresIn', text: '{{:short}}' } },
      source: 'https://github.com/auth0/node-jsonwebtoken/blob/v9.0.2/sign.js',
    },
    // Version 9 lets only algorithms pass that fit the key; before, a missing key accepted unsigned tokens.
    { ...VERIFY, versions: '>=9', fixed: { ...VERIFY.fixed, choice: 'key-fixes-family' } },
    { ...VERIFY, versions: '<9', fixed: { ...VERIFY.fixed, choice: 'token-chooses' } },
    { call: 'decode', is: 'TokenDecode', roles: { token: 'arg 0', result: 'return' }, fixed: { part: 'payload' } },
  ],
} as const satisfies LibraryModel;
