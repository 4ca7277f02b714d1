import type { LibraryModel } from '../../facts/library-model.js';

/** State that a library keeps in the browser for the page. */
export default {
  name: 'web-storage-bindings',
  ecosystem: 'npm',
  modules: [
    '@vueuse/core',
    'usehooks-ts',
    'react-use',
    'jotai/utils',
    '@mantine/hooks',
    '@uidotdev/usehooks',
    'ahooks',
    'svelte-persisted-store',
    'svelte-local-storage-store',
  ],
  docs: 'https://vueuse.org/core/useLocalStorage/',
  calls: [
    { call: 'useLocalStorage', is: 'StoreWrite', roles: { key: 'arg 0 .key|arg 0' }, fixed: { medium: 'webLocal' } },
    {
      call: 'useSessionStorage',
      is: 'StoreWrite',
      roles: { key: 'arg 0 .key|arg 0' },
      fixed: { medium: 'webSession' },
    },
    { call: 'useStorage', is: 'StoreWrite', roles: { key: 'arg 0' }, fixed: { medium: 'webLocal' } },
    { call: 'useLocalStorageState', is: 'StoreWrite', roles: { key: 'arg 0' }, fixed: { medium: 'webLocal' } },
    { call: 'useSessionStorageState', is: 'StoreWrite', roles: { key: 'arg 0' }, fixed: { medium: 'webSession' } },
    {
      call: 'atomWithStorage',
      when: { 'arg 2': 'absent' },
      is: 'StoreWrite',
      roles: { key: 'arg 0' },
      fixed: { medium: 'webLocal' },
    },
    { call: 'persisted', is: 'StoreWrite', roles: { key: 'arg 0' }, fixed: { medium: 'webLocal' } },
    {
      call: 'writable',
      when: { 'arg 1': 'present' },
      is: 'StoreWrite',
      roles: { key: 'arg 0' },
      fixed: { medium: 'webLocal' },
    },
  ],
} as const satisfies LibraryModel;
