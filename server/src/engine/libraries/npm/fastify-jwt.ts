import type { LibraryModel } from '../../facts/library-model.js';

/** An option of the call, or of the plugin's registration. */
const option = <A extends string>(at: A, plugin: string) => `${at}|given npm:@fastify/jwt arg 1 ${plugin}`;

const ISSUE = {
  is: 'TokenIssue',
  roles: {
    payload: 'arg 0',
    key: option('arg 1 .key', '.secret'),
    algorithm: option('arg 1 .algorithm', '.sign .algorithm'),
    lifetime: { at: option('arg 1 .expiresIn|arg 1 .sign .expiresIn', '.sign .expiresIn'), as: 'seconds' },
    expiresAt: { at: 'arg 0 .exp', as: 'expiry' },
    issuer: option('arg 1 .iss|arg 1 .sign .iss|arg 0 .iss', '.sign .iss'),
    audience: option('arg 1 .aud|arg 1 .sign .aud|arg 0 .aud', '.sign .aud'),
    jti: 'arg 1 .jti|arg 0 .jti',
    result: 'return',
  },
  defaults: { algorithm: 'HS256' },
  fixed: { protection: 'signed' },
  write: { lifetime: { at: 'arg 1 .expiresIn', text: "'15m'" } },
  source: 'https://github.com/fastify/fastify-jwt#sign',
} as const;

const VERIFY = {
  is: 'TokenVerify',
  roles: {
    key: option('arg 0 .key', '.secret'),
    algorithms: option('arg 0 .algorithms|arg 0 .verify .algorithms', '.verify .algorithms'),
    issuer: option('arg 0 .allowedIss|arg 0 .verify .allowedIss', '.verify .allowedIss'),
    audience: option('arg 0 .allowedAud|arg 0 .verify .allowedAud', '.verify .allowedAud'),
    result: 'return',
  },
  meaning: {
    expiry: { at: option('arg 0 .ignoreExpiration', '.verify .ignoreExpiration'), when: { true: 'skipped' } },
    missingIssuer: { at: option('arg 0 .requiredClaims', '.verify .requiredClaims'), when: { iss: 'refused' } },
    missingAudience: { at: option('arg 0 .requiredClaims', '.verify .requiredClaims'), when: { aud: 'refused' } },
  },
  defaults: { expiry: 'checked', missingIssuer: 'accepted', missingAudience: 'accepted' },
  fixed: {
    choice: 'key-fixes-family',
    signature: 'checked',
    failure: 'promise',
    issuerPattern: 'searched',
    audiencePattern: 'searched',
  },
  source: 'https://github.com/fastify/fastify-jwt#verify',
} as const;

const TOKEN_FIRST = {
  ...VERIFY,
  roles: {
    ...VERIFY.roles,
    token: 'arg 0',
    key: option('arg 1 .key', '.secret'),
    algorithms: option('arg 1 .algorithms', '.verify .algorithms'),
    issuer: option('arg 1 .allowedIss', '.verify .allowedIss'),
    audience: option('arg 1 .allowedAud', '.verify .allowedAud'),
  },
  fixed: { ...VERIFY.fixed, failure: 'throws' },
} as const;

export default {
  name: '@fastify/jwt',
  ecosystem: 'npm',
  modules: ['@fastify/jwt', 'fastify-jwt', 'fastify'],
  docs: 'https://github.com/fastify/fastify-jwt#readme',
  calls: [
    { ...ISSUE, call: '?#jwtSign' },
    { ...ISSUE, call: '?jwt#sign' },
    { ...VERIFY, call: '?#jwtVerify' },
    { ...VERIFY, call: 'npm:fastify.Request#jwtVerify' },
    { ...TOKEN_FIRST, call: '?jwt#verify' },
    { call: '?jwt#decode', is: 'TokenDecode', roles: { token: 'arg 0', result: 'return' }, fixed: { part: 'payload' } },
    { call: '?#jwtDecode', is: 'TokenDecode', roles: { result: 'return' }, fixed: { part: 'payload' } },
  ],
} as const satisfies LibraryModel;
