import type { LibraryModel } from '../../facts/library-model.js';

/** Loaders and actions of Remix and React Router. */
export default {
  name: 'remix',
  ecosystem: 'npm',
  modules: [
    '@remix-run/node',
    '@remix-run/server-runtime',
    '@remix-run/cloudflare',
    'react-router',
    '@remix-run/router',
  ],
  docs: 'https://reactrouter.com/api/framework-conventions/route-module',
  types: {
    LoaderFunctionArgs: 'RouteArgs',
    ActionFunctionArgs: 'RouteArgs',
    LoaderArgs: 'RouteArgs',
    ActionArgs: 'RouteArgs',
    DataFunctionArgs: 'RouteArgs',
  },
  members: [
    { member: 'RouteArgs#request', type: 'npm:Request' },
    { member: 'RouteArgs#params', is: 'RequestInput', fixed: { source: 'path' } },
    { member: 'RouteArgs#context', type: 'RouteContext' },
  ],
  calls: [
    { call: 'createCookieSessionStorage', returns: 'SessionStorage' },
    { call: 'createSessionStorage', returns: 'SessionStorage' },
    {
      call: 'SessionStorage#getSession',
      returns: 'Session',
      is: 'PrincipalRead',
      fixed: { slot: 'session', backing: 'session' },
    },
    { call: 'redirect', returns: 'Response' },
    { call: 'json', returns: 'Response' },
    { call: 'data', returns: 'Response' },
  ],
  files: [{ path: '(^|/)app/(routes/.*|root)\\.[jt]sx?$', exports: ['loader', 'action'], parameters: ['RouteArgs'] }],
} as const satisfies LibraryModel;
