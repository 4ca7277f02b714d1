import type { LibraryModel } from '../../facts/library-model.js';

/** Middleware that logs every request. `pino-http` writes all headers unless told to redact, `morgan` those its format names. */
export default {
  name: 'request loggers',
  ecosystem: 'npm',
  modules: ['pino-http'],
  docs: 'https://github.com/pinojs/pino-http#readme',
  calls: [
    {
      call: '',
      is: 'HttpLogConfig',
      roles: { redacted: 'arg 0 .redact|arg 0 .serializers|arg 0 .logger|arg 0 .customProps' },
      write: {
        redacted: {
          at: 'arg 0 .redact',
          text: `['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]']`,
        },
      },
      fixed: { writes: 'all request headers and the `set-cookie` header' },
      source: 'https://github.com/pinojs/pino-std-serializers/blob/v7.0.0/lib/req.js',
    },
    {
      call: 'pinoHttp',
      is: 'HttpLogConfig',
      roles: { redacted: 'arg 0 .redact|arg 0 .serializers|arg 0 .logger' },
      write: {
        redacted: {
          at: 'arg 0 .redact',
          text: `['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]']`,
        },
      },
      fixed: { writes: 'all request headers and the `set-cookie` header' },
    },
    {
      call: 'npm:nestjs-pino.LoggerModule.forRoot',
      is: 'HttpLogConfig',
      roles: {
        redacted: 'arg 0 .pinoHttp .redact|arg 0 .pinoHttp .serializers|arg 0 .pinoHttp .logger',
      },
      write: {
        redacted: {
          at: 'arg 0 .pinoHttp .redact',
          text: `['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]']`,
        },
      },
      fixed: { writes: 'all request headers and the `set-cookie` header' },
    },
    {
      call: 'npm:express-winston.logger',
      is: 'HttpLogConfig',
      roles: {
        redacted: 'arg 0 .headerBlacklist|arg 0 .requestWhitelist|arg 0 .requestFilter',
      },
      write: { redacted: { at: 'arg 0 .headerBlacklist', text: "['authorization', 'cookie']" } },
      fixed: { writes: 'all request headers' },
      source: 'https://github.com/bithavoc/express-winston/blob/v4.2.0/index.js',
    },
    { call: 'npm:morgan', is: 'HttpLogConfig', roles: { named: 'arg 0' } },
  ],
} as const satisfies LibraryModel;
