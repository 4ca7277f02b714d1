import type { LibraryModel } from '../../facts/library-model.js';

/** Stores in IndexedDB: whatever script runs in the page reads them. */
export default {
  name: 'indexed-storage',
  ecosystem: 'npm',
  modules: ['localforage', 'idb-keyval'],
  docs: 'https://localforage.github.io/localForage/',
  calls: [
    {
      call: 'npm:localforage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'indexedDb' },
    },
    {
      call: 'npm:idb-keyval.set',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'indexedDb' },
    },
    {
      call: 'npm:store2.set',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    { call: 'npm:store.set', is: 'StoreWrite', roles: { key: 'arg 0', value: 'arg 1' }, fixed: { medium: 'webLocal' } },
    {
      call: 'npm:store2',
      when: { 'arg 1': 'present' },
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    {
      call: 'npm:lscache.set',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    {
      call: 'npm:secure-ls#set',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
    {
      call: 'npm:react-secure-storage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'webLocal' },
    },
  ],
} as const satisfies LibraryModel;
