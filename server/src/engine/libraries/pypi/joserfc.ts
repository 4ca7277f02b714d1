import type { LibraryModel } from '../../facts/library-model.js';

/** Only algorithms that fit the typed key are accepted; claims are checked by a registry's `validate`. */
export default {
  name: 'joserfc',
  ecosystem: 'pypi',
  modules: ['joserfc.jwt'],
  docs: 'https://jose.authlib.org/en/guide/jwt/',
  calls: [
    {
      call: 'encode',
      is: 'TokenIssue',
      roles: {
        payload: 'arg 1|named claims',
        key: 'arg 2|named key',
        algorithm: 'arg 0 .alg|named header .alg',
        expiresAt: { at: 'arg 1 .exp|named claims .exp', as: 'expiry' },
        issuer: 'arg 1 .iss',
        audience: 'arg 1 .aud',
        jti: 'arg 1 .jti',
        result: 'return',
      },
      fixed: { protection: 'signed' },
    },
    {
      call: 'decode',
      is: 'TokenVerify',
      roles: { token: 'arg 0', key: 'arg 1|named key', algorithms: 'named algorithms|arg 2', result: 'return' },
      fixed: { choice: 'key-fixes-one', signature: 'checked', failure: 'throws' },
    },
    { call: 'pypi:joserfc.jwk.KeySet.import_key_set', is: 'KeyMaterial', fixed: { kind: 'set' } },
    { call: 'pypi:joserfc.jwk.RSAKey.import_key', is: 'KeyMaterial', fixed: { kind: 'asymmetric' } },
    { call: 'pypi:joserfc.jwk.ECKey.import_key', is: 'KeyMaterial', fixed: { kind: 'asymmetric' } },
    { call: 'pypi:joserfc.jwk.OctKey.import_key', is: 'KeyMaterial', fixed: { kind: 'symmetric' } },
  ],
} as const satisfies LibraryModel;
