import type { LibraryModel } from '../../facts/library-model.js';

/** The standard library's mux, requests and contexts. */
export default {
  name: 'nethttp',
  ecosystem: 'go',
  modules: ['net/http'],
  docs: 'https://pkg.go.dev/net/http',
  types: { ServeMux: 'Application', Request: 'Request' },
  calls: [
    { call: 'NewServeMux', returns: 'Application' },
    {
      call: 'HandleFunc|Handle',
      is: 'Route',
      fixed: { transport: 'http', method: 'ANY', mode: 'mux' },
      roles: { path: 'arg 0', handlers: 'args' },
      callbacks: { 'arg 1': ['ResponseWriter', 'Request'] },
    },
    {
      call: 'Application#HandleFunc|Application#Handle',
      is: 'Route',
      fixed: { transport: 'http', method: 'ANY', mode: 'sequence' },
      roles: { path: 'arg 0', owner: 'receiver', handlers: 'args' },
      callbacks: { 'arg 1': ['ResponseWriter', 'Request'] },
    },
    { call: 'HandlerFunc', gives: { same: 'arg 0' } },
    { call: 'Request#PathValue', is: 'RequestInput', fixed: { source: 'path' }, roles: { name: 'arg 0' } },
    {
      call: 'Request#FormValue|Request#PostFormValue',
      is: 'RequestInput',
      fixed: { source: 'body' },
      roles: { name: 'arg 0' },
    },
    { call: 'Request#Context', returns: 'go:context.Context' },
    {
      call: 'go:context.Context#Value',
      is: 'PrincipalRead',
      fixed: { slot: 'ctx', backing: 'unknown' },
      roles: { name: 'arg 0' },
    },
    {
      call: 'go:encoding/json.NewDecoder#Decode|go:encoding/json.NewDecoder()#Decode',
      is: 'RequestInput',
      fixed: { source: 'body' },
    },
    { call: 'Request#Cookie', is: 'RequestInput', fixed: { source: 'cookie' }, roles: { name: 'arg 0' } },
  ],
  members: [
    { member: 'Request#Body', is: 'RequestInput', fixed: { source: 'body' } },
    { member: 'Request#Form', is: 'RequestInput', fixed: { source: 'body' } },
    { member: 'Request#PostForm', is: 'RequestInput', fixed: { source: 'body' } },
    { member: 'Request#Header', is: 'RequestInput', fixed: { source: 'header' } },
    { member: 'Request#URL', is: 'RequestInput', fixed: { source: 'query' } },
    { member: 'Request#Host', is: 'RequestInput', fixed: { source: 'host' } },
  ],
} as const satisfies LibraryModel;
