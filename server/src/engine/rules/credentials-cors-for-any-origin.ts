import { isCredentialCookie } from '../facts/credential-cookie.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'credentials-cors-for-any-origin',
  item: 'refresh-storage',
  title: 'Any origin may read what the cookie opens',
  why: 'CORS with credentials tells the browser to send the cookie along and to show the answer to the page that asked. If every origin is allowed, every site on the web may ask in the name of whoever visits it.',
  attack:
    'The victim opens a page of the attacker. A script there calls the API; the browser adds the session cookie, and the answer (a profile, an access token) is readable by the attacker’s page.',
  remedy: 'List the exact origins that need it. Without cookies, leave credentials off.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [942],
  references: ['ASVS 3.4.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst cors = require('cors');\nconst app = express();\napp.use(cors({ origin: true, credentials: true }));\napp.post('/login', (req, res) => { res.cookie('access_token', issue(req), { httpOnly: true, secure: true, sameSite: 'none' }); });`,
      fixed: `const express = require('express');\nconst cors = require('cors');\nconst app = express();\napp.use(cors({ origin: 'https://app.example.com', credentials: true }));\napp.post('/login', (req, res) => { res.cookie('access_token', issue(req), { httpOnly: true, secure: true, sameSite: 'none' }); });`,
    },
  ],
  on: 'CorsPolicy',
  *check({ roles, at }, ctx) {
    if (textOf(roles.origins) !== 'reflected' || textOf(roles.credentials) !== 'on') return;
    const cookies = ctx.all('CookieSet').filter(isCredentialCookie);
    if (cookies.length === 0) return;
    const crosses = cookies.some((cookie) => /^(?:none|off|missing)$/.test(textOf(cookie.roles.sameSite) ?? ''));
    yield {
      at,
      severity: crosses ? 'error' : 'warning',
      message:
        'Every origin may send the cookie and read the answer: CORS reflects the asking origin, with credentials.',
    };
  },
});
