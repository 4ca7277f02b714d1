import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-in-cookie-and-body',
  item: 'refresh-storage',
  title: 'The same token is in a cookie and in the response body',
  why: '`HttpOnly` keeps scripts from reading the cookie. A copy in the body gives them the same token: whatever runs in the page can read the answer, and front ends tend to store it.',
  attack:
    'An injected script calls the refresh route itself. The browser adds the cookie, and the answer hands the script the token that the cookie was to hide.',
  remedy: 'Send the token by `Set-Cookie` only; answer with what the page needs to show.',
  severities: ['warning'],
  precision: 'high',
  cwe: [1004, 522],
  references: ['ASVS 3.3.4'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.post('/login', async (req, res) => {\n  const refreshToken = await createRefreshToken(req.body);\n  res.cookie('refresh_token', refreshToken, { httpOnly: true, secure: true, sameSite: 'strict' });\n  res.json({ refreshToken });\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.post('/login', async (req, res) => {\n  const refreshToken = await createRefreshToken(req.body);\n  res.cookie('refresh_token', refreshToken, { httpOnly: true, secure: true, sameSite: 'strict' });\n  res.json({ ok: true });\n});`,
    },
  ],
  on: 'TokenResponse',
  *check({ roles, at }) {
    if (!(roles.alsoInCookie.kind === 'literal' && roles.alsoInCookie.value === true)) return;
    yield {
      at,
      message: `The ${textOf(roles.tokenKind)} token is in the response body, beside the cookie that hides it from scripts.`,
    };
  },
});
