import type { LibraryModel } from '../../facts/library-model.js';

/** Where Node's own functions and common middlewares take a secret. What happens without one is read in their sources. */
export default {
  name: 'secret-sinks',
  ecosystem: 'npm',
  modules: [''],
  docs: 'https://nodejs.org/api/crypto.html#cryptocreatehmacalgorithm-key-options',
  calls: [
    {
      call: 'crypto.createHmac',
      is: 'SecretUse',
      roles: { value: 'arg 1' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'throws at use' },
    },
    {
      call: 'express-session',
      is: 'SecretUse',
      roles: { value: 'arg 0 .secret' },
      fixed: { purpose: 'session', file: 'code', whenMissing: 'throws at use' },
      source: 'https://github.com/expressjs/session/blob/v1.18.1/index.js',
    },
    {
      call: 'cookie-session',
      is: 'SecretUse',
      roles: { value: 'arg 0 .keys|arg 0 .secret' },
      fixed: { purpose: 'session', file: 'code', whenMissing: 'throws' },
      source: 'https://github.com/expressjs/cookie-session/blob/v2.1.0/index.js',
    },
    {
      call: 'cookie-parser',
      is: 'SecretUse',
      roles: { value: 'arg 0' },
      when: { 'arg 0': 'present' },
      fixed: { purpose: 'cookie-signing', file: 'code', whenMissing: 'accepted' },
    },
    {
      call: 'iron-session.getIronSession',
      is: 'SecretUse',
      roles: { value: 'arg 2 .password' },
      fixed: { purpose: 'session', file: 'code', whenMissing: 'throws at use' },
      source: 'https://github.com/vvo/iron-session/blob/v8.0.4/src/core.ts',
    },
    {
      call: 'passport-jwt.Strategy',
      is: 'SecretUse',
      roles: { value: 'arg 0 .secretOrKey' },
      when: { 'arg 0 .secretOrKey': 'present' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'throws' },
      source: 'https://github.com/mikenicholson/passport-jwt/blob/v4.0.1/lib/strategy.js',
    },
    {
      call: 'express-jwt.expressjwt',
      is: 'SecretUse',
      roles: { value: 'arg 0 .secret' },
      fixed: { purpose: 'hmac-key', file: 'code', whenMissing: 'throws' },
      source: 'https://github.com/auth0/express-jwt/blob/v8.4.1/src/index.ts',
    },
    {
      call: 'stripe',
      is: 'SecretUse',
      roles: { value: 'arg 0' },
      fixed: { purpose: 'api-key', file: 'code', whenMissing: 'throws' },
    },
    {
      call: 'openai',
      is: 'SecretUse',
      roles: { value: 'arg 0 .apiKey' },
      when: { 'arg 0 .apiKey': 'present' },
      fixed: { purpose: 'api-key', file: 'code', whenMissing: 'throws' },
    },
  ],
} as const satisfies LibraryModel;
