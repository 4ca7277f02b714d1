import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'refresh-token-left-by-logout',
  item: 'revocation',
  title: 'A logout ends the access token and leaves the refresh token',
  why: 'The access token would have ended by itself in minutes. The refresh token is the one that lasts, and it makes a new access token whenever it is presented.',
  attack:
    'The victim logs out, and the access token goes on the blocklist. An attacker who copied the refresh token trades it for a new access token, which is on no list.',
  remedy: 'End the refresh token’s record at logout, too: delete the row, or mark the whole session as ended.',
  severities: ['warning'],
  precision: 'medium',
  cwe: [613],
  references: ['ASVS 7.4.1', 'ASVS 10.4.9'],
  noFix: 'How the refresh token ends depends on how it is kept.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\nfunction guard(req) { const c = jwt.verify(req.token, process.env.KEY); if (blocklist.has(c.jti)) throw new Error('ended'); }\nconst blocklist = new Set();\napp.post('/refresh', (req, res) => { const c = jwt.verify(req.body.refreshToken, process.env.REFRESH_KEY); res.json({ accessToken: jwt.sign({ sub: c.sub }, process.env.KEY, { expiresIn: '15m' }) }); });\napp.post('/logout', (req, res) => { blocklist.add(req.user.jti); res.sendStatus(204); });`,
      fixed: `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\nfunction guard(req) { const c = jwt.verify(req.token, process.env.KEY); if (blocklist.has(c.jti)) throw new Error('ended'); }\nconst blocklist = new Set();\napp.post('/refresh', (req, res) => { const c = jwt.verify(req.body.refreshToken, process.env.REFRESH_KEY); res.json({ accessToken: jwt.sign({ sub: c.sub }, process.env.KEY, { expiresIn: '15m' }) }); });\napp.post('/logout', async (req, res) => { blocklist.add(req.user.jti); await db.query('DELETE FROM refresh_tokens WHERE user_id = $1', [req.user.id]); res.sendStatus(204); });`,
    },
  ],
  on: 'Logout',
  *check({ roles, at }, ctx) {
    if (textOf(roles.side) !== 'server') return;
    const effects = textsOf(roles.effects) ?? [];
    if (!effects.includes('blocklist') || effects.filter((e) => e === 'blocklist').length > 1) return;
    if (effects.some((e) => /^(?:recordEnd|versionBump|providerRevoke|sessionDestroy|unknown)$/.test(e))) return;
    const exchange = ctx
      .all('RefreshExchange')
      .find(
        (e) =>
          textOf(e.roles.side) === 'server' &&
          textOf(e.roles.presented) === 'refresh' &&
          textOf(e.roles.end) !== 'blocklist',
      );
    if (!exchange) return;
    yield {
      at,
      touches: textsOf(roles.files) ?? [],
      message: 'Logout ends the access token, and the refresh token goes on making new ones.',
      related: [{ place: exchange.at, message: 'Refresh tokens are exchanged here.' }],
    };
  },
});
