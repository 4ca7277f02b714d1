import type { LibraryModel } from '../../facts/library-model.js';

/** The web's own `Request`, `Headers`, `FormData` and `URL`, as frameworks hand them to handlers. */
export default {
  name: 'fetch',
  ecosystem: 'npm',
  modules: [''],
  docs: 'https://developer.mozilla.org/en-US/docs/Web/API/Request',
  types: { Request: 'Request', Response: 'Response', Headers: 'Headers' },
  members: [
    { member: 'Request#headers', is: 'RequestInput', fixed: { source: 'header' } },
    { member: 'Request#url', is: 'RequestInput', fixed: { source: 'query' } },
    { member: 'Request#body', is: 'RequestInput', fixed: { source: 'body' } },
  ],
  calls: [
    {
      call: 'Request#json|Request#formData|Request#text|Request#blob|Request#arrayBuffer',
      is: 'RequestInput',
      fixed: { source: 'body' },
    },
  ],
} as const satisfies LibraryModel;
