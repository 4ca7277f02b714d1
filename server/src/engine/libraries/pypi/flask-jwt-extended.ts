import type { LibraryModel } from '../../facts/library-model.js';

const NEVER = { false: 'never' } as const;

const VERIFY = {
  is: 'TokenVerify',
  roles: {
    key: 'setting JWT_SECRET_KEY|setting JWT_PUBLIC_KEY',
    algorithms: 'setting JWT_DECODE_ALGORITHMS|setting JWT_ALGORITHM',
    issuer: 'setting JWT_DECODE_ISSUER',
    audience: 'setting JWT_DECODE_AUDIENCE',
    clockTolerance: { at: 'setting JWT_DECODE_LEEWAY', as: 'seconds' },
  },
  fixed: {
    choice: 'library-fixes',
    signature: 'checked',
    expiry: 'checked',
    failure: 'throws',
    handled: 'by library',
    kinds: 'library',
    issuerKind: 'own',
  },
  source: 'https://flask-jwt-extended.readthedocs.io/en/stable/options.html',
} as const;

/** Everything is a setting of the application; kinds of tokens are told apart by the library. */
export default {
  name: 'flask-jwt-extended',
  ecosystem: 'pypi',
  modules: ['flask_jwt_extended'],
  docs: 'https://flask-jwt-extended.readthedocs.io/en/stable/api.html',
  calls: [
    {
      call: 'create_access_token',
      is: 'TokenIssue',
      roles: {
        payload: 'named additional_claims|arg 3',
        key: 'setting JWT_SECRET_KEY|setting JWT_PRIVATE_KEY',
        lifetime: { at: 'named expires_delta|arg 2|setting JWT_ACCESS_TOKEN_EXPIRES', as: 'seconds' },
        issuer: 'setting JWT_ENCODE_ISSUER',
        audience: 'setting JWT_ENCODE_AUDIENCE',
        result: 'return',
      },
      meaning: { lifetime: [{ at: 'named expires_delta|arg 2|setting JWT_ACCESS_TOKEN_EXPIRES', when: NEVER }] },
      defaults: { lifetime: 900 },
      fixed: { protection: 'signed', use: 'access', jti: 'by library' },
      source: 'https://flask-jwt-extended.readthedocs.io/en/stable/options.html#JWT_ACCESS_TOKEN_EXPIRES',
    },
    {
      call: 'create_refresh_token',
      is: 'TokenIssue',
      roles: {
        payload: 'named additional_claims|arg 2',
        key: 'setting JWT_SECRET_KEY|setting JWT_PRIVATE_KEY',
        lifetime: { at: 'named expires_delta|arg 1|setting JWT_REFRESH_TOKEN_EXPIRES', as: 'seconds' },
        result: 'return',
      },
      meaning: { lifetime: [{ at: 'named expires_delta|arg 1|setting JWT_REFRESH_TOKEN_EXPIRES', when: NEVER }] },
      defaults: { lifetime: 2_592_000 },
      fixed: { protection: 'signed', use: 'refresh', jti: 'by library' },
      source: 'https://flask-jwt-extended.readthedocs.io/en/stable/options.html#JWT_REFRESH_TOKEN_EXPIRES',
    },
    { ...VERIFY, call: 'JWTManager' },
    {
      ...VERIFY,
      call: 'decode_token',
      roles: { ...VERIFY.roles, token: 'arg 0', result: 'return' },
      meaning: { expiry: { at: 'named allow_expired|arg 2', when: { true: 'skipped' } } },
      defaults: { expiry: 'checked' },
      fixed: {
        choice: 'library-fixes',
        signature: 'checked',
        failure: 'throws',
        issuerKind: 'own',
      },
    },
  ],
  hooks: [
    {
      hook: '@JWTManager#additional_claims_loader',
      is: 'TokenIssue',
      roles: { payload: 'value' },
      defaults: { lifetime: 'by settings' },
      fixed: { protection: 'signed', use: 'access' },
      source: 'https://flask-jwt-extended.readthedocs.io/en/stable/add_custom_data_claims.html',
    },
  ],
  settings: [
    {
      setting: 'JWT_ACCESS_TOKEN_EXPIRES',
      is: 'TokenIssue',
      roles: { lifetime: { at: 'value', as: 'seconds' } },
      meaning: { lifetime: [{ at: 'value', when: NEVER }] },
      fixed: { protection: 'signed', use: 'access' },
    },
    {
      setting: 'JWT_REFRESH_TOKEN_EXPIRES',
      is: 'TokenIssue',
      roles: { lifetime: { at: 'value', as: 'seconds' } },
      meaning: { lifetime: [{ at: 'value', when: NEVER }] },
      fixed: { protection: 'signed', use: 'refresh' },
    },
  ],
} as const satisfies LibraryModel;
