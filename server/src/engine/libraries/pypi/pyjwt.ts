import type { LibraryModel } from '../../facts/library-model.js';

export default {
  name: 'pyjwt',
  ecosystem: 'pypi',
  modules: ['jwt'],
  docs: 'https://pyjwt.readthedocs.io/en/stable/api.html',
  calls: [
    {
      call: 'encode',
      is: 'TokenIssue',
      roles: {
        payload: 'arg 0|named payload',
        key: 'arg 1|named key',
        algorithm: 'arg 2|named algorithm',
        expiresAt: { at: 'arg 0 .exp|named payload .exp', as: 'expiry' },
        issuer: 'arg 0 .iss',
        audience: 'arg 0 .aud',
        jti: 'arg 0 .jti',
        result: 'return',
      },
      defaults: { algorithm: 'HS256' },
      fixed: { protection: 'signed' },
    },
    {
      call: 'decode',
      is: 'TokenVerify',
      roles: {
        token: 'arg 0|named jwt',
        key: 'arg 1|named key',
        algorithms: 'arg 2|named algorithms',
        issuer: 'named issuer',
        audience: 'named audience',
        clockTolerance: { at: 'named leeway', as: 'seconds' },
        result: 'return',
      },
      meaning: {
        signature: { at: 'named options .verify_signature', when: { false: 'skipped', true: 'checked' } },
        expiry: { at: 'named options .verify_exp', when: { false: 'skipped', true: 'checked' } },
      },
      defaults: { signature: 'checked', expiry: 'checked' },
      fixed: { choice: 'caller-lists', articleList: true, failure: 'throws' },
      write: {
        algorithms: { at: 'named algorithms', text: '["HS256"]' },
        issuer: { at: 'named issuer', text: '"https://issuer.example"' },
        audience: { at: 'named audience', text: '"my-api"' },
      },
    },
  ],
} as const satisfies LibraryModel;
