import type { LibraryModel } from '../../facts/library-model.js';

const ROLES = {
  name: 'arg 0 .key',
  options: 'arg 0',
  httpOnly: 'arg 0 .httpOnly',
  secure: 'arg 0 .secure',
  sameSite: 'arg 0 .sameSite',
  maxAge: { at: 'arg 0 .maxAge', as: 'milliseconds' },
  store: 'arg 0 .store',
} as const;

/** `koa-session`: the data is in a signed cookie unless a store is given. */
export default {
  name: 'koa-session',
  ecosystem: 'npm',
  modules: ['koa-session'],
  docs: 'https://github.com/koajs/session#readme',
  calls: [
    {
      call: '',
      when: { 'arg 0 .store': 'absent' },
      is: 'SessionConfig',
      roles: ROLES,
      defaults: { httpOnly: true, secure: 'auto', sameSite: null },
      fixed: { kept: 'cookie', protection: 'signed' },
    },
    {
      call: '',
      when: { 'arg 0 .store': 'present' },
      is: 'SessionConfig',
      roles: ROLES,
      defaults: { httpOnly: true, secure: 'auto', sameSite: null },
      fixed: { kept: 'server', protection: 'signed' },
    },
  ],
} as const satisfies LibraryModel;
