import type { LibraryModel } from '../../facts/library-model.js';

const PARSE = {
  is: 'TokenVerify',
  fixed: { articleList: true, failure: 'second value', signature: 'checked' },
  defaults: { choice: 'token-chooses', expiry: 'checked' },
  write: {
    algorithms: { at: 'option jwt.WithValidMethods', text: '[]string{"HS256"}' },
    issuer: { at: 'option jwt.WithIssuer', text: '"https://issuer.example"' },
    audience: { at: 'option jwt.WithAudience', text: '"my-api"' },
  },
  source: 'https://github.com/golang-jwt/jwt/blob/v5.3.0/parser.go',
} as const;

const OPTIONS = {
  algorithms: 'option WithValidMethods arg 0',
  issuer: 'option WithIssuer arg 0',
  audience: 'option WithAudience arg 0',
  clockTolerance: { at: 'option WithLeeway arg 0', as: 'seconds' },
} as const;

/** The options of `jwt.NewParser(…)`. */
const PARSER_OPTIONS = {
  algorithms: 'receiver made option WithValidMethods arg 0',
  issuer: 'receiver made option WithIssuer arg 0',
  audience: 'receiver made option WithAudience arg 0',
  clockTolerance: { at: 'receiver made option WithLeeway arg 0', as: 'seconds' },
} as const;

const REQUIRED = { expiry: [{ at: 'option WithExpirationRequired', when: { true: 'required' } }] } as const;

/** Where a claim stands: in a map under its own name, in a struct under the field's, promoted or not. */
const claim = (name: string, field: string) =>
  `receiver made arg 1 .${name}|receiver made arg 1 .${field}|receiver made arg 1 .RegisteredClaims.${field}|receiver made arg 1 .StandardClaims.${field}`;

export default {
  name: 'golang-jwt',
  ecosystem: 'go',
  modules: [
    'github.com/golang-jwt/jwt/v5',
    'github.com/golang-jwt/jwt/v4',
    'github.com/golang-jwt/jwt',
    'github.com/dgrijalva/jwt-go',
  ],
  docs: 'https://pkg.go.dev/github.com/golang-jwt/jwt/v5',
  members: [
    { member: 'SigningMethodHS256', gives: { literal: 'HS256' } },
    { member: 'SigningMethodHS384', gives: { literal: 'HS384' } },
    { member: 'SigningMethodHS512', gives: { literal: 'HS512' } },
    { member: 'SigningMethodRS256', gives: { literal: 'RS256' } },
    { member: 'SigningMethodRS384', gives: { literal: 'RS384' } },
    { member: 'SigningMethodRS512', gives: { literal: 'RS512' } },
    { member: 'SigningMethodES256', gives: { literal: 'ES256' } },
    { member: 'SigningMethodES384', gives: { literal: 'ES384' } },
    { member: 'SigningMethodES512', gives: { literal: 'ES512' } },
    { member: 'SigningMethodPS256', gives: { literal: 'PS256' } },
    { member: 'SigningMethodPS384', gives: { literal: 'PS384' } },
    { member: 'SigningMethodPS512', gives: { literal: 'PS512' } },
    { member: 'SigningMethodEdDSA', gives: { literal: 'EdDSA' } },
  ],
  calls: [
    { call: 'NewNumericDate', gives: { same: 'arg 0' } },
    { call: 'NewWithClaims', returns: 'Token' },
    { call: 'New', returns: 'Token' },
    { call: 'NewParser', returns: 'Parser' },
    {
      call: 'Token#SignedString',
      is: 'TokenIssue',
      roles: {
        payload: 'receiver made arg 1',
        key: 'arg 0',
        algorithm: 'receiver made arg 0',
        expiresAt: { at: claim('exp', 'ExpiresAt'), as: 'expiry' },
        issuer: claim('iss', 'Issuer'),
        audience: claim('aud', 'Audience'),
        jti: claim('jti', 'ID'),
        result: 'return',
      },
      fixed: { protection: 'signed' },
      write: { expiresAt: { at: 'receiver made arg 1 .exp', text: '{{time.Now}}().Add({{:duration}}).Unix()' } },
      source: 'https://github.com/golang-jwt/jwt/blob/v5.3.0/token.go',
    },
    {
      call: 'Parse',
      ...PARSE,
      roles: { token: 'arg 0', key: 'arg 1 returns', callback: 'arg 1', result: 'return', ...OPTIONS },
      meaning: REQUIRED,
    },
    {
      call: 'ParseWithClaims',
      ...PARSE,
      roles: { token: 'arg 0', key: 'arg 2 returns', callback: 'arg 2', result: 'arg 1', ...OPTIONS },
      meaning: REQUIRED,
    },
    {
      call: 'Parser#Parse',
      ...PARSE,
      roles: { token: 'arg 0', key: 'arg 1 returns', callback: 'arg 1', result: 'return', ...PARSER_OPTIONS },
      meaning: { expiry: [{ at: 'receiver made option WithExpirationRequired', when: { true: 'required' } }] },
    },
    {
      call: 'Parser#ParseWithClaims',
      ...PARSE,
      roles: { token: 'arg 0', key: 'arg 2 returns', callback: 'arg 2', result: 'arg 1', ...PARSER_OPTIONS },
      meaning: { expiry: [{ at: 'receiver made option WithExpirationRequired', when: { true: 'required' } }] },
    },
    {
      call: 'Parser#ParseUnverified',
      is: 'TokenDecode',
      roles: { token: 'arg 0', result: 'arg 1' },
      fixed: { part: 'payload' },
    },
    { call: 'ParseRSAPublicKeyFromPEM', gives: { results: [{ same: 'arg 0' }, { derived: 'error' }] } },
    { call: 'ParseECPublicKeyFromPEM', gives: { results: [{ same: 'arg 0' }, { derived: 'error' }] } },
    { call: 'ParseRSAPrivateKeyFromPEM', gives: { results: [{ same: 'arg 0' }, { derived: 'error' }] } },
    { call: 'ParseEdPrivateKeyFromPEM', gives: { results: [{ same: 'arg 0' }, { derived: 'error' }] } },
    { call: 'ParseEdPublicKeyFromPEM', gives: { results: [{ same: 'arg 0' }, { derived: 'error' }] } },
    { call: 'ParseECPrivateKeyFromPEM', gives: { results: [{ same: 'arg 0' }, { derived: 'error' }] } },
  ],
} as const satisfies LibraryModel;
