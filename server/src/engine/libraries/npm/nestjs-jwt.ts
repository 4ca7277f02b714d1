import type { LibraryModel } from '../../facts/library-model.js';

/** An option of the call, or of the module's registration that stands somewhere else. */
const option = <A extends string>(at: A, module: string) =>
  `${at}|elsewhere npm:@nestjs/jwt.JwtModule.register arg 0 ${module}|elsewhere npm:@nestjs/jwt.JwtModule.registerAsync arg 0 .useFactory returns ${module}`;

const ISSUE = {
  is: 'TokenIssue',
  roles: {
    payload: 'arg 0',
    key: option('arg 1 .secret|arg 1 .privateKey', '.secret'),
    algorithm: option('arg 1 .algorithm', '.signOptions .algorithm'),
    lifetime: { at: option('arg 1 .expiresIn', '.signOptions .expiresIn'), as: 'seconds' },
    expiresAt: { at: 'arg 0 .exp', as: 'expiry' },
    issuer: option('arg 1 .issuer|arg 0 .iss', '.signOptions .issuer'),
    audience: option('arg 1 .audience|arg 0 .aud', '.signOptions .audience'),
    jti: 'arg 1 .jwtid|arg 0 .jti',
    result: 'return',
  },
  defaults: { algorithm: 'HS256' },
  fixed: { protection: 'signed' },
  write: { lifetime: { at: 'arg 1 .expiresIn', text: "'15m'" } },
  source: 'https://github.com/nestjs/jwt/blob/master/lib/jwt.service.ts',
} as const;

const VERIFY = {
  is: 'TokenVerify',
  roles: {
    token: 'arg 0',
    key: option('arg 1 .secret|arg 1 .publicKey', '.secret'),
    algorithms: option('arg 1 .algorithms', '.verifyOptions .algorithms'),
    issuer: option('arg 1 .issuer', '.verifyOptions .issuer'),
    audience: option('arg 1 .audience', '.verifyOptions .audience'),
    clockTolerance: { at: option('arg 1 .clockTolerance', '.verifyOptions .clockTolerance'), as: 'seconds' },
    result: 'return',
  },
  meaning: {
    expiry: {
      at: option('arg 1 .ignoreExpiration', '.verifyOptions .ignoreExpiration'),
      when: { true: 'skipped', false: 'checked' },
    },
  },
  defaults: { expiry: 'checked' },
  write: {
    algorithms: { at: 'arg 1 .algorithms', text: "['HS256']" },
    issuer: { at: 'arg 1 .issuer', text: "'https://issuer.example'" },
    audience: { at: 'arg 1 .audience', text: "'my-api'" },
  },
  source: 'https://github.com/nestjs/jwt/blob/master/lib/jwt.service.ts',
} as const;

const FIXED = {
  choice: 'key-fixes-family',
  articleList: true,
  signature: 'checked',
  emptyMeansSkip: true,
  issuerPattern: 'ignored',
  audiencePattern: 'searched',
} as const;

export default {
  name: '@nestjs/jwt',
  ecosystem: 'npm',
  modules: ['@nestjs/jwt'],
  docs: 'https://github.com/nestjs/jwt#readme',
  types: { JwtService: 'JwtService' },
  calls: [
    { ...ISSUE, call: 'JwtService#sign' },
    { ...ISSUE, call: 'JwtService#signAsync' },
    { ...VERIFY, call: 'JwtService#verify', fixed: { ...FIXED, failure: 'throws' } },
    { ...VERIFY, call: 'JwtService#verifyAsync', fixed: { ...FIXED, failure: 'promise' } },
    {
      call: 'JwtService#decode',
      is: 'TokenDecode',
      roles: { token: 'arg 0', result: 'return' },
      fixed: { part: 'payload' },
    },
  ],
} as const satisfies LibraryModel;
