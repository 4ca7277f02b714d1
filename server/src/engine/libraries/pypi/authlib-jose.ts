import type { LibraryModel } from '../../facts/library-model.js';

const DECODE = {
  is: 'TokenVerify',
  roles: {
    token: 'arg 0|named s',
    key: 'arg 1|named key',
    issuer: 'named claims_options .iss|arg 3 .iss',
    audience: 'named claims_options .aud|arg 3 .aud',
    result: 'return',
  },
  meaning: {
    missingIssuer: { at: 'named claims_options .iss .essential', when: { true: 'refused' } },
    missingAudience: { at: 'named claims_options .aud .essential', when: { true: 'refused' } },
  },
  defaults: { missingAudience: 'accepted' },
  fixed: { signature: 'checked', failure: 'throws', emptyMeansSkip: true },
  source: 'https://docs.authlib.org/en/latest/jose/jwt.html',
} as const;

const ENCODE = {
  is: 'TokenIssue',
  roles: {
    payload: 'arg 1|named payload',
    key: 'arg 2|named key',
    algorithm: 'arg 0 .alg|named header .alg',
    expiresAt: { at: 'arg 1 .exp|named payload .exp', as: 'expiry' },
    issuer: 'arg 1 .iss',
    audience: 'arg 1 .aud',
    jti: 'arg 1 .jti',
    result: 'return',
  },
  fixed: { protection: 'signed' },
  source: 'https://docs.authlib.org/en/latest/jose/jwt.html',
} as const;

/** Claims are checked by `validate()`, not by `decode`. The ready-made `jwt` accepts shared-secret and public-key algorithms alike. */
export default {
  name: 'authlib-jose',
  ecosystem: 'pypi',
  modules: ['authlib.jose'],
  docs: 'https://docs.authlib.org/en/latest/jose/jwt.html',
  calls: [
    { ...ENCODE, call: 'jwt.encode' },
    { ...ENCODE, call: 'JsonWebToken#encode' },
    {
      ...DECODE,
      call: 'jwt.decode',
      fixed: { ...DECODE.fixed, choice: 'token-chooses', articleList: true },
    },
    {
      ...DECODE,
      call: 'JsonWebToken#decode',
      roles: { ...DECODE.roles, algorithms: 'receiver made arg 0' },
      fixed: { ...DECODE.fixed, choice: 'caller-lists' },
    },
    { call: 'JsonWebKey.import_key_set', is: 'KeyMaterial', fixed: { kind: 'set' } },
    { call: 'KeySet', is: 'KeyMaterial', fixed: { kind: 'set' } },
  ],
} as const satisfies LibraryModel;
