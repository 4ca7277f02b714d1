import type { LibraryModel } from '../../facts/library-model.js';

const DECODE = {
  call: 'decode',
  is: 'TokenVerify',
  roles: {
    token: 'arg 0|named token',
    key: 'arg 1|named key',
    algorithms: 'arg 2|named algorithms',
    issuer: 'named issuer|arg 5',
    audience: 'named audience|arg 4',
    clockTolerance: { at: 'named options .leeway|arg 3 .leeway', as: 'seconds' },
    result: 'return',
  },
  meaning: {
    signature: {
      at: 'named options .verify_signature|arg 3 .verify_signature',
      when: { false: 'skipped', true: 'checked' },
    },
    expiry: [
      { at: 'named options .verify_exp|arg 3 .verify_exp', when: { false: 'skipped' } },
      { at: 'named options .require_exp|arg 3 .require_exp', when: { true: 'required' } },
    ],
    issuerMatch: { at: 'named options .verify_iss|arg 3 .verify_iss', when: { false: 'ignored' } },
    audienceMatch: { at: 'named options .verify_aud|arg 3 .verify_aud', when: { false: 'ignored' } },
    missingAudience: {
      at: 'named options .require_aud|arg 3 .require_aud',
      when: { true: 'refused', false: 'accepted' },
    },
  },
  // A token without `aud` passes although an audience is expected, unless `require_aud` is set.
  defaults: { signature: 'checked', expiry: 'checked', missingAudience: 'accepted' },
  fixed: { choice: 'token-chooses', articleList: true, failure: 'throws', emptyMeansSkip: true },
  write: {
    algorithms: { at: 'named algorithms', text: '["HS256"]' },
  },
  source: 'https://github.com/mpdavis/python-jose/blob/3.5.0/jose/jwt.py',
} as const;

export default {
  name: 'python-jose',
  ecosystem: 'pypi',
  modules: ['jose.jwt'],
  docs: 'https://python-jose.readthedocs.io/en/latest/jwt/api.html',
  calls: [
    {
      call: 'encode',
      is: 'TokenIssue',
      roles: {
        payload: 'arg 0|named claims',
        key: 'arg 1|named key',
        algorithm: 'arg 2|named algorithm',
        expiresAt: { at: 'arg 0 .exp|named claims .exp', as: 'expiry' },
        issuer: 'arg 0 .iss|named claims .iss',
        audience: 'arg 0 .aud|named claims .aud',
        jti: 'arg 0 .jti|named claims .jti',
        use: 'named headers .typ|arg 3 .typ',
        result: 'return',
      },
      defaults: { algorithm: 'HS256' },
      fixed: { protection: 'signed' },
    },
    DECODE,
    {
      call: 'get_unverified_claims',
      is: 'TokenDecode',
      roles: { token: 'arg 0', result: 'return' },
      fixed: { part: 'payload' },
    },
    {
      call: 'get_unverified_header',
      is: 'TokenDecode',
      roles: { token: 'arg 0', result: 'return' },
      fixed: { part: 'header' },
    },
    {
      call: 'get_unverified_headers',
      is: 'TokenDecode',
      roles: { token: 'arg 0', result: 'return' },
      fixed: { part: 'header' },
    },
  ],
} as const satisfies LibraryModel;
