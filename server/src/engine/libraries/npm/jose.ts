import type { LibraryModel } from '../../facts/library-model.js';

const VERIFY = {
  is: 'TokenVerify',
  roles: {
    token: 'arg 0',
    key: 'arg 1',
    algorithms: 'arg 2 .algorithms',
    issuer: 'arg 2 .issuer',
    audience: 'arg 2 .audience',
    use: 'arg 2 .typ',
    clockTolerance: { at: 'arg 2 .clockTolerance', as: 'seconds' },
    result: 'return',
  },
  meaning: { expiry: { at: 'arg 2 .requiredClaims', when: { exp: 'required' } } },
  defaults: { expiry: 'checked' },
  fixed: { choice: 'key-fixes-family', signature: 'checked', failure: 'promise', emptyMeansSkip: true },
  write: {
    algorithms: { at: 'arg 2 .algorithms', text: "['ES256']" },
    issuer: { at: 'arg 2 .issuer', text: "'https://issuer.example'" },
    audience: { at: 'arg 2 .audience', text: "'my-api'" },
  },
  source: 'https://github.com/panva/jose/blob/main/docs/jwt/verify/interfaces/JWTVerifyOptions.md',
} as const;

const ISSUE = {
  is: 'TokenIssue',
  roles: {
    payload: 'arg 0',
    expiresAt: { at: 'chain setExpirationTime arg 0|arg 0 .exp', as: 'expiry' },
    algorithm: 'chain setProtectedHeader arg 0 .alg',
    issuer: 'chain setIssuer arg 0|arg 0 .iss',
    audience: 'chain setAudience arg 0|arg 0 .aud',
    jti: 'chain setJti arg 0|arg 0 .jti',
    use: 'chain setProtectedHeader arg 0 .typ',
    result: 'return',
  },
  write: { expiresAt: { at: 'chain setExpirationTime arg 0', text: '{{:short}}' } },
  source: 'https://github.com/panva/jose/blob/main/docs/jwt/sign/classes/SignJWT.md',
} as const;

const SETTERS = [
  'setProtectedHeader',
  'setIssuer',
  'setSubject',
  'setAudience',
  'setJti',
  'setIssuedAt',
  'setNotBefore',
  'setExpirationTime',
] as const;

export default {
  name: 'jose',
  ecosystem: 'npm',
  modules: ['jose', 'jose/jwt/sign', 'jose/jwt/verify', 'jose/util/decode_protected_header'],
  docs: 'https://github.com/panva/jose/blob/main/docs/README.md',
  calls: [
    {
      ...ISSUE,
      call: 'SignJWT',
      roles: { ...ISSUE.roles, key: 'chain sign arg 0' },
      fixed: { protection: 'signed' },
    },
    {
      ...ISSUE,
      call: 'EncryptJWT',
      roles: { ...ISSUE.roles, key: 'chain encrypt arg 0' },
      fixed: { protection: 'encrypted' },
    },
    ...SETTERS.flatMap((name) => [
      { call: `SignJWT#${name}`, returns: 'receiver' },
      { call: `EncryptJWT#${name}`, returns: 'receiver' },
    ]),
    { ...VERIFY, call: 'jwtVerify' },
    { call: 'decodeJwt', is: 'TokenDecode', roles: { token: 'arg 0', result: 'return' }, fixed: { part: 'payload' } },
    {
      call: 'decodeProtectedHeader',
      is: 'TokenDecode',
      roles: { token: 'arg 0', result: 'return' },
      fixed: { part: 'header' },
    },
    {
      call: 'UnsecuredJWT.decode',
      is: 'TokenVerify',
      roles: { token: 'arg 0', issuer: 'arg 1 .issuer', audience: 'arg 1 .audience', result: 'return' },
      fixed: { unsigned: true, signature: 'checked', expiry: 'checked', failure: 'throws' },
    },
    { call: 'createRemoteJWKSet', is: 'KeyMaterial', roles: { source: 'arg 0' }, fixed: { kind: 'set' } },
    { call: 'createLocalJWKSet', is: 'KeyMaterial', fixed: { kind: 'set' } },
    { call: 'importSPKI', is: 'KeyMaterial', roles: { source: 'arg 0' }, fixed: { kind: 'asymmetric' } },
    { call: 'importX509', is: 'KeyMaterial', roles: { source: 'arg 0' }, fixed: { kind: 'asymmetric' } },
    { call: 'importPKCS8', is: 'KeyMaterial', roles: { source: 'arg 0' }, fixed: { kind: 'asymmetric' } },
    { call: 'importJWK', is: 'KeyMaterial', roles: { source: 'arg 0' } },
  ],
  members: [{ member: 'EmbeddedJWK', is: 'KeyMaterial', fixed: { kind: 'asymmetric', from: 'token' } }],
} as const satisfies LibraryModel;
