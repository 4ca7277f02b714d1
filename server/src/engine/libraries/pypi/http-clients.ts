import type { LibraryModel } from '../../facts/library-model.js';

/** Exceptions of `requests` and `httpx` hold the address in their message; headers and body are not printed. */
const request = {
  is: 'ClientRequest',
  roles: { url: 'arg 0|named url', query: 'named params', body: 'named data|named json' },
  fixed: { failure: 'url' },
} as const;
const named = {
  is: 'ClientRequest',
  roles: { url: 'arg 1|named url', query: 'named params', body: 'named data|named json' },
  fixed: { failure: 'url' },
} as const;

export default {
  name: 'HTTP clients',
  ecosystem: 'pypi',
  modules: ['requests', 'httpx'],
  docs: 'https://www.python-httpx.org/exceptions/',
  types: { Session: 'Session', Client: 'Session', AsyncClient: 'Session' },
  calls: [
    { call: 'get', ...request },
    { call: 'post', ...request },
    { call: 'put', ...request },
    { call: 'patch', ...request },
    { call: 'delete', ...request },
    { call: 'request', ...named },
    { call: 'Session', returns: 'Session' },
    { call: 'Client', returns: 'Session' },
    { call: 'AsyncClient', returns: 'Session' },
    { call: 'Session#get', ...request },
    { call: 'Session#post', ...request },
    { call: 'Session#put', ...request },
    { call: 'Session#patch', ...request },
    { call: 'Session#delete', ...request },
    { call: 'Session#request', ...named },
  ],
} as const satisfies LibraryModel;
