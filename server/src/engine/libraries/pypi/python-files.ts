import type { LibraryModel } from '../../facts/library-model.js';

/** Files that a program writes, and the keyring. */
export default {
  name: 'python-files',
  ecosystem: 'pypi',
  modules: ['', 'pathlib'],
  docs: 'https://docs.python.org/3/library/json.html',
  calls: [
    { call: 'json.dump', is: 'StoreWrite', roles: { value: 'arg 0|named obj' }, fixed: { medium: 'file' } },
    { call: 'pickle.dump', is: 'StoreWrite', roles: { value: 'arg 0|named obj' }, fixed: { medium: 'file' } },
    {
      call: 'yaml.dump',
      when: { 'arg 1': 'present' },
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'file' },
    },
    {
      call: 'yaml.safe_dump',
      when: { 'arg 1': 'present' },
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'file' },
    },
    { call: 'toml.dump', is: 'StoreWrite', roles: { value: 'arg 0' }, fixed: { medium: 'file' } },
    { call: 'open()#write', is: 'StoreWrite', roles: { value: 'arg 0' }, fixed: { medium: 'file' } },
    { call: 'pathlib.Path#write_text', is: 'StoreWrite', roles: { value: 'arg 0' }, fixed: { medium: 'file' } },
    { call: 'pathlib.Path#write_bytes', is: 'StoreWrite', roles: { value: 'arg 0' }, fixed: { medium: 'file' } },
    { call: '?#write_text', is: 'StoreWrite', roles: { value: 'arg 0' }, fixed: { medium: 'file' } },
    {
      call: 'keyring.set_password',
      is: 'StoreWrite',
      roles: { key: 'arg 1', value: 'arg 2' },
      fixed: { medium: 'osKeyring' },
    },
  ],
} as const satisfies LibraryModel;
