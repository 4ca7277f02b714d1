import type { LibraryModel } from '../../facts/library-model.js';

/** Stores on a phone: plain ones, and those that the platform protects. */
export default {
  name: 'device-storage',
  ecosystem: 'npm',
  modules: ['@react-native-async-storage/async-storage'],
  docs: 'https://react-native-async-storage.github.io/async-storage/',
  calls: [
    { call: 'setItem', is: 'StoreWrite', roles: { key: 'arg 0', value: 'arg 1' }, fixed: { medium: 'devicePlain' } },
    { call: 'mergeItem', is: 'StoreWrite', roles: { key: 'arg 0', value: 'arg 1' }, fixed: { medium: 'devicePlain' } },
    { call: 'multiSet', is: 'StoreWrite', roles: { value: 'arg 0' }, fixed: { medium: 'devicePlain' } },
    { call: 'setMany', is: 'StoreWrite', roles: { value: 'arg 0' }, fixed: { medium: 'devicePlain' } },
    {
      call: 'npm:react-native.AsyncStorage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:@capacitor/preferences.Preferences.set',
      is: 'StoreWrite',
      roles: { key: 'arg 0 .key', value: 'arg 0 .value' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:@capacitor/storage.Storage.set',
      is: 'StoreWrite',
      roles: { key: 'arg 0 .key', value: 'arg 0 .value' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:react-native-mmkv.MMKV#set',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:react-native-mmkv.createMMKV()#set',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:expo-file-system.writeAsStringAsync',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:expo-sqlite/kv-store.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:expo-sqlite/kv-store.setItemSync',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:react-native-default-preference.set',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:@nativescript/core.ApplicationSettings.setString',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'devicePlain' },
    },
    {
      call: 'npm:expo-secure-store.setItemAsync',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'deviceSecure' },
    },
    {
      call: 'npm:expo-secure-store.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'deviceSecure' },
    },
    {
      call: 'npm:react-native-encrypted-storage.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'deviceSecure' },
    },
    {
      call: 'npm:react-native-sensitive-info.setItem',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'deviceSecure' },
    },
    {
      call: 'npm:react-native-keychain.setGenericPassword',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 1' },
      fixed: { medium: 'deviceSecure' },
    },
    {
      call: 'npm:react-native-keychain.setInternetCredentials',
      is: 'StoreWrite',
      roles: { key: 'arg 0', value: 'arg 2' },
      fixed: { medium: 'deviceSecure' },
    },
    {
      call: 'npm:capacitor-secure-storage-plugin.SecureStoragePlugin.set',
      is: 'StoreWrite',
      roles: { key: 'arg 0 .key', value: 'arg 0 .value' },
      fixed: { medium: 'deviceSecure' },
    },
  ],
} as const satisfies LibraryModel;
