import type { LibraryModel } from '../../facts/library-model.js';

const DECODE = {
  is: 'TokenVerify',
  roles: {
    token: 'arg 0|named jwt|named token',
    key: 'arg 1|named key',
    algorithms: 'arg 2|named algorithms',
    issuer: 'named issuer',
    audience: 'named audience',
    clockTolerance: { at: 'named leeway', as: 'seconds' },
    result: 'return',
  },
  meaning: {
    signature: {
      at: 'named options .verify_signature|arg 3 .verify_signature',
      when: { false: 'skipped', true: 'checked' },
    },
    expiry: [
      { at: 'named options .verify_exp|arg 3 .verify_exp', when: { false: 'skipped' } },
      { at: 'named options .require|arg 3 .require', when: { exp: 'required' } },
      { at: 'named options .require_exp|arg 3 .require_exp', when: { true: 'required' } },
    ],
    issuerMatch: { at: 'named options .verify_iss', when: { false: 'ignored' } },
    audienceMatch: { at: 'named options .verify_aud', when: { false: 'ignored' } },
  },
  defaults: { signature: 'checked', expiry: 'checked' },
  write: {
    algorithms: { at: 'named algorithms', text: '["HS256"]' },
    issuer: { at: 'named issuer', text: '"https://issuer.example"' },
    audience: { at: 'named audience', text: '"my-api"' },
  },
  source: 'https://github.com/jpadilla/pyjwt/blob/2.12.0/jwt/api_jwt.py',
} as const;

const FIXED = { articleList: true, failure: 'throws', emptyMeansSkip: true } as const;

/** The same functions at the module, and as methods of a `PyJWT` object. */
const NAMES = ['decode', 'decode_complete', 'PyJWT#decode', 'PyJWT#decode_complete', 'api_jwt.decode'] as const;

export default {
  name: 'pyjwt',
  ecosystem: 'pypi',
  modules: ['jwt'],
  docs: 'https://pyjwt.readthedocs.io/en/stable/api.html',
  calls: [
    ...(['encode', 'PyJWT#encode'] as const).map(
      (call) =>
        ({
          call,
          is: 'TokenIssue',
          roles: {
            payload: 'arg 0|named payload',
            key: 'arg 1|named key',
            algorithm: 'arg 2|named algorithm',
            expiresAt: { at: 'arg 0 .exp|named payload .exp', as: 'expiry' },
            issuer: 'arg 0 .iss|named payload .iss',
            audience: 'arg 0 .aud|named payload .aud',
            jti: 'arg 0 .jti|named payload .jti',
            use: 'arg 3 .typ|named headers .typ',
            result: 'return',
          },
          defaults: { algorithm: 'HS256' },
          fixed: { protection: 'signed' },
          write: {
            expiresAt: {
              at: 'arg 0 .exp|named payload .exp',
              text: '{{datetime.datetime}}.now({{datetime.timezone}}.utc) + {{:duration}}',
            },
          },
        }) as const,
    ),
    ...NAMES.flatMap(
      (call) =>
        [
          { ...DECODE, call, versions: '>=2', fixed: { ...FIXED, choice: 'caller-lists' } },
          {
            ...DECODE,
            call,
            versions: '<2',
            roles: { ...DECODE.roles, algorithms: 'named algorithms|arg 3' },
            meaning: {
              ...DECODE.meaning,
              signature: {
                at: 'named verify|arg 2|named options .verify_signature',
                when: { false: 'skipped', true: 'checked' },
              },
            },
            fixed: { ...FIXED, choice: 'token-chooses' },
          },
        ] as const,
    ),
    {
      call: 'get_unverified_header',
      is: 'TokenDecode',
      roles: { token: 'arg 0', result: 'return' },
      fixed: { part: 'header' },
    },
    { call: 'PyJWKClient', is: 'KeyMaterial', roles: { source: 'arg 0|named uri' }, fixed: { kind: 'set' } },
    { call: 'PyJWKClient#get_signing_key_from_jwt', is: 'KeyMaterial', fixed: { kind: 'set' } },
    { call: 'PyJWKClient#get_signing_key', is: 'KeyMaterial', fixed: { kind: 'set' } },
    { call: 'PyJWKClient#get_signing_keys', is: 'KeyMaterial', fixed: { kind: 'set' } },
    { call: 'PyJWK', is: 'KeyMaterial', roles: { source: 'arg 0' } },
  ],
} as const satisfies LibraryModel;
