import type { LibraryModel } from '../../facts/library-model.js';

/** SvelteKit's `cookies`: `HttpOnly`, `Secure` and `SameSite=Lax` unless they are switched off. */
export default {
  name: 'sveltekit-cookies',
  ecosystem: 'npm',
  modules: ['@sveltejs/kit', './$types', '$app/environment', '$env/dynamic/private', '$env/static/private'],
  docs: 'https://svelte.dev/docs/kit/@sveltejs-kit#Cookies',
  calls: [
    {
      call: '?cookies#set',
      is: 'CookieWrite',
      roles: {
        name: 'arg 0',
        value: 'arg 1',
        options: 'arg 2',
        httpOnly: 'arg 2 .httpOnly',
        secure: 'arg 2 .secure',
        sameSite: 'arg 2 .sameSite',
        path: 'arg 2 .path',
        domain: 'arg 2 .domain',
        maxAge: 'arg 2 .maxAge',
      },
      defaults: { httpOnly: true, secure: true, sameSite: 'lax' },
      fixed: { by: 'header', op: 'set' },
    },
    {
      call: 'npm:@sveltejs/kit.Cookies#set',
      is: 'CookieWrite',
      roles: {
        name: 'arg 0',
        value: 'arg 1',
        options: 'arg 2',
        httpOnly: 'arg 2 .httpOnly',
        secure: 'arg 2 .secure',
        sameSite: 'arg 2 .sameSite',
        path: 'arg 2 .path',
        domain: 'arg 2 .domain',
        maxAge: 'arg 2 .maxAge',
      },
      defaults: { httpOnly: true, secure: true, sameSite: 'lax' },
      fixed: { by: 'header', op: 'set' },
    },
    {
      call: '?cookies#delete',
      is: 'CookieWrite',
      roles: { name: 'arg 0', path: 'arg 1 .path' },
      fixed: { by: 'header', op: 'clear' },
    },
  ],
} as const satisfies LibraryModel;
