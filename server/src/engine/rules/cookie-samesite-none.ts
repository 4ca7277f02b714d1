import { textOf } from '../semantics/value.js';
import { isCredentialCookie, nameOfCookie } from '../facts/credential-cookie.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'cookie-samesite-none',
  item: 'refresh-storage',
  title: '`SameSite=None` without visible need or defence',
  why: '`None` asks the browser to send the cookie with every cross-site request. That is needed where a page of another site calls the API, and then something else must tell wanted requests from forged ones.',
  attack:
    'The victim opens a page of the attacker. It posts to the application, the browser adds the cookie, and the server acts for the victim.',
  remedy:
    'Use `Lax` or `Strict`. Where another site’s page must call: list its exact origin for CORS with credentials, and check the `Origin` or an anti-forgery token on every change.',
  severities: ['warning'],
  precision: 'medium',
  cwe: [1275, 352],
  references: ['ASVS 3.3.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nexpress().post('/login', (req, res) => { res.cookie('access_token', issue(req), { httpOnly: true, secure: true, sameSite: 'none' }); });`,
      fixed: `const express = require('express');\nexpress().post('/login', (req, res) => { res.cookie('access_token', issue(req), { httpOnly: true, secure: true, sameSite: 'lax' }); });`,
    },
  ],
  on: 'CookieSet',
  *check(cookie, ctx) {
    if (!isCredentialCookie(cookie)) return;
    const { sameSite } = cookie.roles;
    if (textOf(sameSite) !== 'none') return;
    if (ctx.all('CsrfDefence').length > 0) return;
    const named = ctx.all('CorsPolicy').some(({ roles }) => {
      const origins = textOf(roles.origins);
      return textOf(roles.credentials) === 'on' && origins !== 'any' && origins !== 'reflected';
    });
    if (named) return;
    yield {
      at: sameSite.place ?? cookie.at,
      message: `${nameOfCookie(cookie)} is sent with every cross-site request (\`SameSite=None\`).`,
      fix: { title: 'Set `SameSite=Lax`', kind: 'suggestion', steps: [{ set: 'sameSite', of: cookie, to: 'lax' }] },
    };
  },
});
