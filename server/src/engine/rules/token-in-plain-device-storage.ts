import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-in-plain-device-storage',
  item: 'refresh-storage',
  title: 'A token is kept in a phone’s unprotected storage',
  why: 'Such a store is a plain file or database in the app’s folder. It goes into backups, and lies open on a rooted or lost phone. The platform has a store that keeps secrets under a key of the hardware.',
  attack:
    'A phone’s backup is copied to a computer. The token is in it in clear text, and whoever finds it is logged in as its owner for weeks.',
  remedy: 'Keep tokens in the platform’s secure store: Keychain on iOS, a Keystore-backed store on Android.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [922, 312],
  references: ['ASVS 14.3.3'],
  noFix: 'The secure store has another interface: the reading and the writing side change together.',
  examples: [
    {
      language: 'typescript',
      vulnerable: `import AsyncStorage from '@react-native-async-storage/async-storage';\nexport const save = (refreshToken: string) => AsyncStorage.setItem('auth.refresh', refreshToken);`,
      fixed: `import * as SecureStore from 'expo-secure-store';\nexport const save = (refreshToken: string) => SecureStore.setItemAsync('auth.refresh', refreshToken);`,
    },
  ],
  on: 'TokenStore',
  *check({ roles, at }) {
    if (textOf(roles.medium) !== 'devicePlain' || textOf(roles.form) === 'encrypted') return;
    const kind = textOf(roles.tokenKind);
    yield {
      at,
      message: `The ${kind} token is kept in the device’s unprotected storage.`,
      severity: kind === 'refresh' ? 'error' : 'warning',
    };
  },
});
