import type { LibraryModel } from '../../facts/library-model.js';

/** Which origins may read answers. `true` reflects the asking origin; `*` does not, so browsers refuse it with credentials. */
export default {
  name: 'cors',
  ecosystem: 'npm',
  modules: ['cors', '@koa/cors', '@elysiajs/cors'],
  docs: 'https://github.com/expressjs/cors#readme',
  calls: [
    { call: '', is: 'CorsConfig', roles: { origins: 'arg 0 .origin', credentials: 'arg 0 .credentials' } },
    { call: 'cors', is: 'CorsConfig', roles: { origins: 'arg 0 .origin', credentials: 'arg 0 .credentials' } },
    {
      call: 'npm:hono/cors.cors',
      is: 'CorsConfig',
      roles: { origins: 'arg 0 .origin', credentials: 'arg 0 .credentials' },
    },
    {
      call: '?#register',
      when: { 'arg 0': 'npm:@fastify/cors' },
      is: 'CorsConfig',
      roles: { origins: 'arg 1 .origin', credentials: 'arg 1 .credentials' },
    },
  ],
} as const satisfies LibraryModel;
