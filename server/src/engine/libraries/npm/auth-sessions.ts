import type { LibraryModel } from '../../facts/library-model.js';

const COOKIE = {
  name: 'arg 0 .cookies .sessionToken .name',
  options: 'arg 0 .cookies .sessionToken .options',
  httpOnly: 'arg 0 .cookies .sessionToken .options .httpOnly',
  secure: 'arg 0 .cookies .sessionToken .options .secure|arg 0 .useSecureCookies',
  sameSite: 'arg 0 .cookies .sessionToken .options .sameSite',
  maxAge: { at: 'arg 0 .session .maxAge', as: 'seconds' },
} as const;
const DEFAULTS = { httpOnly: true, secure: 'auto', sameSite: 'lax', name: 'next-auth.session-token' } as const;

/**
 * Sessions of Auth.js and Better Auth. Without an adapter Auth.js keeps the session in an encrypted cookie; with one, or with
 * Better Auth, it is a record. Their cookies are `HttpOnly` and `SameSite=Lax`, and `Secure` over TLS.
 */
export default {
  name: 'auth-sessions',
  ecosystem: 'npm',
  modules: ['next-auth', '@auth/express', '@auth/sveltekit', 'next-auth/next'],
  docs: 'https://authjs.dev/reference/core#session',
  calls: [
    {
      call: '',
      when: { 'arg 0 .adapter': 'absent' },
      is: 'SessionConfig',
      roles: COOKIE,
      defaults: DEFAULTS,
      fixed: { kept: 'cookie', protection: 'encrypted' },
    },
    {
      call: '',
      when: { 'arg 0 .adapter': 'present', 'arg 0 .session .strategy': 'jwt' },
      is: 'SessionConfig',
      roles: COOKIE,
      defaults: DEFAULTS,
      fixed: { kept: 'cookie', protection: 'encrypted' },
    },
    {
      call: '',
      when: { 'arg 0 .adapter': 'present', 'arg 0 .session .strategy': 'database' },
      is: 'SessionConfig',
      roles: COOKIE,
      defaults: DEFAULTS,
      fixed: { kept: 'server' },
    },
    {
      call: '',
      when: { 'arg 0 .adapter': 'present', 'arg 0 .session': 'absent' },
      is: 'SessionConfig',
      roles: COOKIE,
      defaults: DEFAULTS,
      fixed: { kept: 'server' },
    },
    {
      call: 'npm:better-auth.betterAuth',
      is: 'SessionConfig',
      roles: {
        options: 'arg 0 .advanced .defaultCookieAttributes',
        httpOnly: 'arg 0 .advanced .defaultCookieAttributes .httpOnly',
        secure: 'arg 0 .advanced .defaultCookieAttributes .secure|arg 0 .advanced .useSecureCookies',
        sameSite: 'arg 0 .advanced .defaultCookieAttributes .sameSite',
      },
      defaults: { httpOnly: true, secure: 'auto', sameSite: 'lax', name: 'better-auth.session_token' },
      fixed: { kept: 'server', protection: 'signed' },
    },
  ],
} as const satisfies LibraryModel;
