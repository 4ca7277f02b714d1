import type { LibraryModel } from '../../facts/library-model.js';

const IN_LOCAL = {
  is: 'TokenStore',
  fixed: { medium: 'webLocal', tokenKind: 'refresh', form: 'clear', by: 'setting' },
} as const;
const ACCESS_LOCAL = {
  is: 'TokenStore',
  fixed: { medium: 'webLocal', tokenKind: 'access', form: 'clear', by: 'setting' },
} as const;
const BY_DEFAULT = {
  is: 'TokenStore',
  fixed: { medium: 'webLocal', tokenKind: 'refresh', form: 'clear', by: 'default' },
} as const;

/** Where login libraries of the browser keep tokens: by a setting, or by their default. */
export default {
  name: 'browser-sdk-storage',
  ecosystem: 'npm',
  modules: ['@auth0/auth0-spa-js'],
  docs: 'https://auth0.com/docs/libraries/auth0-single-page-app-sdk',
  calls: [
    {
      call: 'createAuth0Client',
      when: { 'arg 0 .cacheLocation': 'localstorage' },
      roles: { key: 'arg 0 .cacheLocation' },
      ...IN_LOCAL,
    },
    {
      call: 'Auth0Client',
      when: { 'arg 0 .cacheLocation': 'localstorage' },
      roles: { key: 'arg 0 .cacheLocation' },
      ...IN_LOCAL,
    },
    {
      call: 'npm:@auth0/auth0-react.Auth0Provider',
      when: { 'arg 0 .cacheLocation': 'localstorage' },
      roles: { key: 'arg 0 .cacheLocation' },
      ...IN_LOCAL,
    },
    {
      call: 'npm:@auth0/auth0-vue.createAuth0',
      when: { 'arg 1 .cacheLocation': 'localstorage' },
      roles: { key: 'arg 1 .cacheLocation' },
      ...IN_LOCAL,
    },
    {
      call: 'npm:@azure/msal-browser.PublicClientApplication',
      when: { 'arg 0 .cache .cacheLocation': 'localStorage' },
      roles: { key: 'arg 0 .cache .cacheLocation' },
      ...ACCESS_LOCAL,
    },
    {
      call: 'npm:oidc-client-ts.WebStorageStateStore',
      when: { 'arg 0 .store': 'npm:window.localStorage' },
      roles: { key: 'arg 0 .store' },
      ...IN_LOCAL,
    },
    {
      call: 'npm:oidc-client-ts.WebStorageStateStore',
      when: { 'arg 0 .store': 'npm:localStorage' },
      roles: { key: 'arg 0 .store' },
      ...IN_LOCAL,
    },
    { call: 'npm:@supabase/supabase-js.createClient', when: { 'arg 2 .auth': 'absent' }, ...BY_DEFAULT },
    { call: 'npm:@supabase/ssr.createServerClient', ...BY_DEFAULT },
    { call: 'npm:@supabase/ssr.createBrowserClient', ...BY_DEFAULT },
  ],
} as const satisfies LibraryModel;
