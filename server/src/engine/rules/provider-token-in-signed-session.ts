import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'provider-token-in-signed-session',
  item: 'refresh-storage',
  title: 'Another party’s token is in a session cookie that is signed, not encrypted',
  why: 'A signature keeps the cookie from being changed, not from being read: its content is Base64. The token lies in the browser’s profile, in backups, in every proxy’s log of the header.',
  attack:
    'A colleague’s laptop is borrowed for a minute. The cookie is copied from the browser’s tools, decoded, and the token in it opens the victim’s account at the provider.',
  remedy: 'Keep the provider’s tokens on the server, by session id; or use a session that encrypts its cookie.',
  severities: ['info'],
  precision: 'medium',
  cwe: [315],
  references: ['ASVS 14.3.3'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const cookieSession = require('cookie-session');\napp.use(cookieSession({ keys: [process.env.K], secure: true, sameSite: 'lax' }));\napp.get('/callback', async (req, res) => { const tokens = await exchangeCode(req.query.code); req.session.refreshToken = tokens.refresh_token; });`,
      fixed: `const session = require('express-session');\napp.use(session({ secret: process.env.K, cookie: { secure: true, sameSite: 'lax' } }));\napp.get('/callback', async (req, res) => { const tokens = await exchangeCode(req.query.code); req.session.refreshToken = tokens.refresh_token; });`,
    },
  ],
  on: 'TokenStore',
  *check({ roles, at }) {
    if (textOf(roles.medium) !== 'signedCookie') return;
    yield {
      at,
      message: `The ${textOf(roles.tokenKind)} token is put into a session cookie that is signed, not encrypted.`,
    };
  },
});
