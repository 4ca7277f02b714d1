import type { LibraryModel } from '../../facts/library-model.js';

/** The message of an `HTTPError` has the whole address; its `options` are not printed with it. */
const request = {
  is: 'ClientRequest',
  roles: { url: 'arg 0', options: 'arg 1', query: 'arg 1 .searchParams' },
  fixed: { failure: 'url' },
} as const;

export default {
  name: 'got',
  ecosystem: 'npm',
  modules: ['got', 'ky'],
  docs: 'https://github.com/sindresorhus/got/blob/main/documentation/8-errors.md',
  calls: [
    { call: '', ...request },
    { call: 'get', ...request },
    { call: 'post', ...request },
    { call: 'put', ...request },
    { call: 'patch', ...request },
    { call: 'delete', ...request },
  ],
} as const satisfies LibraryModel;
