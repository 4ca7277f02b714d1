import { textOf } from '../semantics/value.js';
import { inSentence, isCredentialCookie, nameOfCookie } from '../facts/credential-cookie.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'cookie-without-httponly',
  item: 'refresh-storage',
  title: 'Scripts can read a token or session cookie',
  why: 'Without `HttpOnly` every script in the page can read the cookie: yours, a dependency’s, an attacker’s. The attribute costs nothing, as no script needs to see the token.',
  attack:
    'A comment field lets one script tag through. It reads `document.cookie`, sends the token away, and is gone in a second. The attacker goes on as that user from another country.',
  remedy:
    'Set `HttpOnly` where the server sets the cookie. A cookie that a script writes can’t have it: let the server set it, or keep the token in memory.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [1004],
  references: ['ASVS 3.3.4', 'OAuth 2.1 §7.1.3.4'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nexpress().post('/login', (req, res) => { res.cookie('access_token', issue(req), { secure: true, sameSite: 'lax' }); });`,
      fixed: `const express = require('express');\nexpress().post('/login', (req, res) => { res.cookie('access_token', issue(req), { httpOnly: true, secure: true, sameSite: 'lax' }); });`,
    },
  ],
  on: 'CookieSet',
  *check(cookie) {
    if (!isCredentialCookie(cookie)) return;
    const { httpOnly, valueKind, by } = cookie.roles;
    const said = textOf(httpOnly);
    if (said !== 'off' && said !== 'missing' && said !== 'inverted') return;
    const name = nameOfCookie(cookie);
    const message =
      textOf(by) === 'script'
        ? `${name} is written by script, so scripts can read it too: \`HttpOnly\` is impossible.`
        : said === 'missing'
          ? `${name} is set without \`HttpOnly\`, which is off by default.`
          : said === 'inverted'
            ? `\`HttpOnly\` of ${inSentence(name)} is off in production.`
            : `\`HttpOnly\` of ${inSentence(name)} is switched off.`;
    yield {
      at: httpOnly.place ?? cookie.at,
      message,
      severity: textOf(valueKind) === 'session' ? 'warning' : 'error',
      fix: { title: 'Set `HttpOnly`', kind: 'safe', steps: [{ set: 'httpOnly', of: cookie, or: true }] },
    };
  },
});
