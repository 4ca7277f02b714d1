import type { LibraryModel } from '../../facts/library-model.js';

/** aiohttp's responses: no attribute is on unless it is asked for. */
export default {
  name: 'aiohttp-cookies',
  ecosystem: 'pypi',
  modules: ['aiohttp.web', 'aiohttp'],
  docs: 'https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.StreamResponse.set_cookie',
  calls: [
    {
      call: '?#set_cookie',
      is: 'CookieWrite',
      roles: {
        name: 'arg 0|named name',
        value: 'arg 1|named value',
        secure: 'named secure',
        httpOnly: 'named httponly',
        sameSite: 'named samesite',
        path: 'named path',
        maxAge: 'named max_age',
      },
      defaults: { httpOnly: false, secure: false, sameSite: null },
      fixed: { by: 'header', op: 'set' },
    },
    {
      call: '?#del_cookie',
      is: 'CookieWrite',
      roles: { name: 'arg 0|named name', path: 'named path' },
      fixed: { by: 'header', op: 'clear' },
    },
  ],
} as const satisfies LibraryModel;
