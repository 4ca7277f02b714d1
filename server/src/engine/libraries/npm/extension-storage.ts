import type { LibraryModel } from '../../facts/library-model.js';

/** A browser extension's stores: `local` and `sync` are on disk in clear, `session` is in memory. */
export default {
  name: 'extension-storage',
  ecosystem: 'npm',
  modules: [''],
  docs: 'https://developer.chrome.com/docs/extensions/reference/api/storage',
  calls: [
    {
      call: 'chrome.storage.local.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'chrome.storage.sync.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'chrome.storage.session.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionSession' },
    },
    {
      call: 'browser.storage.local.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'browser.storage.sync.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'browser.storage.session.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionSession' },
    },
    {
      call: 'npm:webextension-polyfill.storage.local.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'npm:webextension-polyfill.storage.sync.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'npm:webextension-polyfill.storage.session.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionSession' },
    },
    {
      call: 'npm:wxt/browser.browser.storage.local.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'npm:wxt/browser.browser.storage.sync.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionLocal' },
    },
    {
      call: 'npm:wxt/browser.browser.storage.session.set',
      is: 'StoreWrite',
      roles: { value: 'arg 0' },
      fixed: { medium: 'extensionSession' },
    },
  ],
} as const satisfies LibraryModel;
