import type { LibraryModel } from '../../facts/library-model.js';

/** Where the standard library and common packages take a secret. */
export default {
  name: 'secret-sinks',
  ecosystem: 'pypi',
  modules: [''],
  docs: 'https://docs.python.org/3/library/hmac.html#hmac.new',
  calls: [
    {
      call: 'hmac.new',
      is: 'SecretUse',
      roles: { value: 'arg 0|named key' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'accepted' },
    },
    {
      call: 'hmac.digest',
      is: 'SecretUse',
      roles: { value: 'arg 0|named key' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'accepted' },
    },
    {
      call: 'itsdangerous.URLSafeTimedSerializer',
      is: 'SecretUse',
      roles: { value: 'arg 0|named secret_key' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'throws at use' },
    },
    {
      call: 'itsdangerous.URLSafeSerializer',
      is: 'SecretUse',
      roles: { value: 'arg 0|named secret_key' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'throws at use' },
    },
    {
      call: 'itsdangerous.TimestampSigner',
      is: 'SecretUse',
      roles: { value: 'arg 0|named secret_key' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'throws at use' },
    },
    {
      call: 'cryptography.fernet.Fernet',
      is: 'SecretUse',
      roles: { value: 'arg 0|named key' },
      fixed: { purpose: 'encryption-key', file: 'code', whenMissing: 'throws' },
    },
    { call: 'jwt.PyJWKClient', returns: 'jwt.PyJWKClient' },
  ],
} as const satisfies LibraryModel;
