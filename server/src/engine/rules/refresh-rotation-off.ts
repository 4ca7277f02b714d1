import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'refresh-rotation-off',
  item: 'refresh-rotation',
  title: 'A library’s rotation of refresh tokens is switched off',
  why: 'The library can make each refresh token good for one use. Switched off, one token is traded again and again until it expires, and nobody can see that two people do so.',
  attack:
    'An attacker copies a refresh token from a backup or a stolen phone. They trade it for fresh access tokens beside its owner, and neither the owner nor the server notices.',
  remedy: 'Switch rotation on, and what ends the old token with it.',
  severities: ['warning'],
  precision: 'high',
  cwe: [294, 613],
  references: ['RFC 9700 §4.14.2', 'ASVS 10.4.5'],
  stricter:
    'RFC 9700 demands rotation, or binding to a key of the client, for public clients; the checklist asks for it everywhere.',
  examples: [
    {
      language: 'python',
      vulnerable: `INSTALLED_APPS = ["rest_framework_simplejwt.token_blacklist"]\nSIMPLE_JWT = {"ROTATE_REFRESH_TOKENS": False}`,
      fixed: `INSTALLED_APPS = ["rest_framework_simplejwt.token_blacklist"]\nSIMPLE_JWT = {"ROTATE_REFRESH_TOKENS": True, "BLACKLIST_AFTER_ROTATION": True}`,
    },
  ],
  on: 'RefreshExchange',
  *check({ roles, at }) {
    if (textOf(roles.side) !== 'settings') return;
    const end = textOf(roles.end);
    if (end === 'off')
      yield { at, message: 'Refresh tokens are not rotated: each one can be used again until it expires.' };
    else if (end === 'none')
      yield {
        at,
        message: 'Refresh tokens are renewed, and the old one is not ended: no blacklist is switched on and installed.',
      };
  },
});
