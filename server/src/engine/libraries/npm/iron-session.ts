import type { LibraryModel } from '../../facts/library-model.js';

const DEFAULTS = { httpOnly: true, secure: true, sameSite: 'lax' } as const;
const KEPT = { kept: 'cookie', protection: 'encrypted' } as const;

/** `iron-session`: the data is in a sealed (encrypted) cookie; all three attributes are on by default. */
export default {
  name: 'iron-session',
  ecosystem: 'npm',
  modules: ['iron-session', 'iron-session/edge', 'iron-session/next', 'iron-session/express'],
  docs: 'https://github.com/vvo/iron-session#readme',
  calls: [
    {
      call: 'getIronSession',
      returns: 'IronSession',
      is: 'SessionConfig',
      roles: {
        name: 'arg 2 .cookieName|arg 1 .cookieName',
        options: 'arg 2 .cookieOptions|arg 1 .cookieOptions',
        httpOnly: 'arg 2 .cookieOptions .httpOnly|arg 1 .cookieOptions .httpOnly',
        secure: 'arg 2 .cookieOptions .secure|arg 1 .cookieOptions .secure',
        sameSite: 'arg 2 .cookieOptions .sameSite|arg 1 .cookieOptions .sameSite',
        maxAge: { at: 'arg 2 .ttl|arg 1 .ttl', as: 'seconds' },
      },
      defaults: DEFAULTS,
      fixed: KEPT,
    },
  ],
} as const satisfies LibraryModel;
