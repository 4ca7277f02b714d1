import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

const PLACES: Readonly<Record<string, string>> = {
  webLocal: '`localStorage`',
  webSession: '`sessionStorage`',
  indexedDb: 'IndexedDB',
  global: 'a global variable of the page',
  extensionLocal: 'the extension’s storage, in clear on disk',
};

const KINDS: Readonly<Record<string, string>> = {
  refresh: 'refresh token',
  access: 'access token',
  id: 'ID token',
  session: 'session token',
};

export default defineRule({
  id: 'token-in-browser-storage',
  item: 'refresh-storage',
  title: 'A token is kept where scripts can read it',
  why: 'Whoever holds a refresh token is the user, for weeks. Script that runs in your page, yours or a dependency’s or an attacker’s, reads `localStorage` with one line; it can’t read an `HttpOnly` cookie.',
  attack:
    'A comment field lets one script tag through. It reads `localStorage`, sends the token away, and is gone in a second. The attacker goes on as that user long after the hole is closed.',
  remedy:
    'Keep the access token in memory and the refresh token in a cookie with `HttpOnly`, `Secure` and `SameSite`, or hold all tokens on a back end. No browser store stops a script from using the session while the page is open; the cookie stops it from taking the token away.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [922],
  references: ['ASVS 14.3.3', 'ASVS 10.1.1', 'OAuth 2.1 §7.1.3.1'],
  noFix: 'Where the token can live instead depends on how it is sent.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const data = await login();\nlocalStorage.setItem('refreshToken', data.refreshToken);`,
      fixed: `const data = await login();\nlocalStorage.setItem('theme', data.theme);`,
    },
  ],
  on: 'TokenStore',
  *check({ roles, at }) {
    const place = PLACES[textOf(roles.medium) ?? ''];
    const kind = KINDS[textOf(roles.tokenKind) ?? ''];
    if (!place || !kind || textOf(roles.by) === 'default') return;
    const said =
      textOf(roles.by) === 'setting'
        ? `The library is told to keep tokens in ${place}.`
        : `The ${kind} is kept in ${place}.`;
    yield {
      at,
      message: said,
      severity: kind === KINDS.refresh && textOf(roles.medium) !== 'extensionLocal' ? 'error' : 'warning',
    };
  },
});
