import type { LibraryModel } from '../../facts/library-model.js';

/** Sessions for Fastify, registered as plugins. `@fastify/secure-session` keeps the data in a sealed cookie. */
export default {
  name: 'fastify-session',
  ecosystem: 'npm',
  modules: ['@fastify/session', '@fastify/secure-session'],
  docs: 'https://github.com/fastify/session#readme',
  calls: [
    {
      call: '?#register',
      when: { 'arg 0': 'npm:@fastify/session' },
      is: 'SessionConfig',
      roles: {
        name: 'arg 1 .cookieName',
        options: 'arg 1 .cookie',
        httpOnly: 'arg 1 .cookie .httpOnly',
        secure: 'arg 1 .cookie .secure',
        sameSite: 'arg 1 .cookie .sameSite',
        maxAge: { at: 'arg 1 .cookie .maxAge', as: 'milliseconds' },
        store: 'arg 1 .store',
      },
      defaults: { httpOnly: true, secure: true, sameSite: null, name: 'sessionId' },
      fixed: { kept: 'server', protection: 'signed' },
    },
    {
      call: '?#register',
      when: { 'arg 0': 'npm:@fastify/secure-session' },
      is: 'SessionConfig',
      roles: {
        name: 'arg 1 .cookieName',
        options: 'arg 1 .cookie',
        httpOnly: 'arg 1 .cookie .httpOnly',
        secure: 'arg 1 .cookie .secure',
        sameSite: 'arg 1 .cookie .sameSite',
      },
      defaults: { httpOnly: true, secure: false, sameSite: 'lax', name: 'session' },
      fixed: { kept: 'cookie', protection: 'encrypted' },
    },
  ],
} as const satisfies LibraryModel;
