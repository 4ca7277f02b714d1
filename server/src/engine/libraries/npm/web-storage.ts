import type { LibraryModel } from '../../facts/library-model.js';

/** The browser's own stores: whatever script runs in the page reads them. */
export default {
  name: 'web-storage',
  ecosystem: 'npm',
  modules: [''],
  docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Web_Storage_API',
  calls: [
    {
      call: 'localStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    {
      call: 'sessionStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webSession' },
    },
    {
      call: 'window.localStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    {
      call: 'window.sessionStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webSession' },
    },
    {
      call: 'globalThis.localStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    {
      call: 'globalThis.sessionStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webSession' },
    },
    {
      call: 'self.localStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    {
      call: 'self.sessionStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webSession' },
    },
  ],
} as const satisfies LibraryModel;
