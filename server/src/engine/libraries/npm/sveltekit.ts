import type { LibraryModel } from '../../facts/library-model.js';

/** Events of `hooks.server`, `+server`, `+page.server` and their helpers. */
export default {
  name: 'sveltekit',
  ecosystem: 'npm',
  modules: ['@sveltejs/kit'],
  docs: 'https://svelte.dev/docs/kit/@sveltejs-kit#RequestEvent',
  types: { RequestEvent: 'RequestEvent', ServerLoadEvent: 'RequestEvent' },
  members: [
    { member: 'RequestEvent#request', type: 'npm:Request' },
    { member: 'RequestEvent#params', is: 'RequestInput', fixed: { source: 'path' } },
    { member: 'RequestEvent#cookies', type: 'Cookies' },
    { member: 'RequestEvent#locals', type: 'Locals' },
    { member: 'RequestEvent#url', type: 'Url' },
    { member: 'Url#searchParams', type: 'SearchParams' },
    { member: 'Url#pathname', is: 'RequestInput', fixed: { source: 'path' } },
    { member: 'Url#host', is: 'RequestInput', fixed: { source: 'host' } },
    { member: 'Url#origin', is: 'RequestInput', fixed: { source: 'host' } },
    { member: 'Locals#user', is: 'PrincipalRead', fixed: { slot: 'locals.user', backing: 'unknown' } },
    { member: 'Locals#session', is: 'PrincipalRead', fixed: { slot: 'locals.session', backing: 'unknown' } },
  ],
  calls: [
    { call: 'Cookies#get', is: 'RequestInput', fixed: { source: 'cookie' }, roles: { name: 'arg 0' } },
    {
      call: 'SearchParams#get|SearchParams#getAll',
      is: 'RequestInput',
      fixed: { source: 'query' },
      roles: { name: 'arg 0' },
    },
    { call: 'redirect', exits: true },
    { call: 'error', exits: true },
    { call: 'json', returns: 'Response' },
    { call: 'fail', returns: 'Response' },
    { call: 'Locals#auth', is: 'PrincipalRead', fixed: { slot: 'session', backing: 'verified' } },
    { call: 'Locals#getSession', is: 'PrincipalRead', fixed: { slot: 'session', backing: 'unknown' } },
    { call: 'Locals#safeGetSession', is: 'PrincipalRead', fixed: { slot: 'session', backing: 'verified' } },
  ],
  files: [
    {
      path: '(^|/)\\+server\\.[jt]s$',
      exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'fallback'],
      parameters: ['RequestEvent'],
    },
    { path: '(^|/)\\+(page|layout)\\.server\\.[jt]s$', exports: ['load', '*'], parameters: ['RequestEvent'] },
    { path: '(^|/)hooks\\.server\\.[jt]s$', exports: ['*'], parameters: ['HandleInput'] },
  ],
} as const satisfies LibraryModel;
