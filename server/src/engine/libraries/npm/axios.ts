import type { LibraryModel } from '../../facts/library-model.js';

/** An `AxiosError` keeps `config` (headers, data), `request` and `response`; they are printed with it, and by `JSON.stringify`. */
const withBody = {
  is: 'ClientRequest',
  roles: { url: 'arg 0', body: 'arg 1', options: 'arg 2', query: 'arg 2 .params' },
  fixed: { failure: 'request' },
} as const;
const withoutBody = {
  is: 'ClientRequest',
  roles: { url: 'arg 0', options: 'arg 1', query: 'arg 1 .params' },
  fixed: { failure: 'request' },
} as const;
const byConfig = {
  is: 'ClientRequest',
  roles: { url: 'arg 0 .url', options: 'arg 0', body: 'arg 0 .data', query: 'arg 0 .params|arg 1 .params' },
  fixed: { failure: 'request' },
} as const;

export default {
  name: 'axios',
  ecosystem: 'npm',
  modules: ['axios'],
  docs: 'https://axios-http.com/docs/handling_errors',
  types: { AxiosInstance: 'Instance' },
  calls: [
    { call: '', ...byConfig },
    { call: 'request', ...byConfig },
    { call: 'get', ...withoutBody },
    { call: 'delete', ...withoutBody },
    { call: 'head', ...withoutBody },
    { call: 'options', ...withoutBody },
    { call: 'post', ...withBody },
    { call: 'put', ...withBody },
    { call: 'patch', ...withBody },
    { call: 'postForm', ...withBody },
    { call: 'create', returns: 'Instance' },
    { call: 'Instance#request', ...byConfig },
    { call: 'Instance#call', ...byConfig },
    { call: 'Instance#get', ...withoutBody },
    { call: 'Instance#delete', ...withoutBody },
    { call: 'Instance#head', ...withoutBody },
    { call: 'Instance#post', ...withBody },
    { call: 'Instance#put', ...withBody },
    { call: 'Instance#patch', ...withBody },
  ],
} as const satisfies LibraryModel;
