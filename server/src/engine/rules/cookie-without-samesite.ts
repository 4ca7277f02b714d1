import { textOf } from '../semantics/value.js';
import { inSentence, isCredentialCookie, nameOfCookie } from '../facts/credential-cookie.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'cookie-without-samesite',
  item: 'refresh-storage',
  title: 'A token or session cookie goes along with cross-site requests',
  why: 'A cookie is sent by itself, also when another site made the browser send the request. `SameSite` says in the code that it must not be; without it one browser’s default protects, another’s does not.',
  attack:
    'The victim opens a page of the attacker. A hidden form posts to the application, the browser adds the cookie, and the server acts for the victim.',
  remedy: 'Set `SameSite=Lax` or `Strict`, or check an anti-forgery token on every request that changes something.',
  severities: ['warning'],
  precision: 'high',
  cwe: [1275, 352],
  references: ['ASVS 3.3.2'],
  stricter:
    'Chromium treats a cookie without `SameSite` as `Lax`; the checklist asks for it in the code, as other browsers don’t.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nexpress().post('/login', (req, res) => { res.cookie('access_token', issue(req), { httpOnly: true, secure: true }); });`,
      fixed: `const express = require('express');\nexpress().post('/login', (req, res) => { res.cookie('access_token', issue(req), { httpOnly: true, secure: true, sameSite: 'lax' }); });`,
    },
  ],
  on: 'CookieSet',
  *check(cookie, ctx) {
    if (!isCredentialCookie(cookie)) return;
    const { sameSite } = cookie.roles;
    const said = textOf(sameSite);
    if (said !== 'off' && said !== 'missing') return;
    if (ctx.all('CsrfDefence').length > 0) return;
    const name = nameOfCookie(cookie);
    yield {
      at: sameSite.place ?? cookie.at,
      message:
        said === 'missing'
          ? `${name} is set without \`SameSite\`, which the library leaves out by default.`
          : `\`SameSite\` of ${inSentence(name)} is switched off.`,
      fix: { title: 'Set `SameSite=Lax`', kind: 'safe', steps: [{ set: 'sameSite', of: cookie, or: 'lax' }] },
    };
  },
});
