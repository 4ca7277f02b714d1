import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'refresh-token-reusable',
  item: 'refresh-rotation',
  title: 'The presented refresh token stays valid after a refresh',
  why: 'A refresh token is a long-lived key that makes new short-lived keys. If using it neither replaces it nor ends it, a copy is as good as the original until the day it expires, and nobody can see that two people are using it.',
  attack:
    'An attacker copies a refresh token from a backup, a log or a stolen phone. Every fifteen minutes they trade it for a fresh access token, and the user notices nothing. With rotation one of the two would have presented a used token, and the server could have ended the session.',
  remedy:
    'At each refresh, in one transaction: mark the presented token as used with a conditional update, issue a new one, store only its hash. If no row changes, the token was used before: end the whole session.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [294, 613],
  references: ['RFC 9700 §4.14.2', 'ASVS 10.4.5', 'OAuth 2.1 §4.3.3'],
  stricter:
    'RFC 9700 demands rotation, or binding to a key of the client, for public clients; the checklist asks for it everywhere.',
  noFix: 'How the old token ends depends on how tokens are stored.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nfunction refresh(req, res) {\n  const claims = jwt.verify(req.body.refreshToken, process.env.REFRESH_KEY);\n  const access = jwt.sign({ sub: claims.sub }, process.env.ACCESS_KEY, { expiresIn: '15m' });\n  res.json({ accessToken: access });\n}`,
      fixed: `const jwt = require('jsonwebtoken');\nasync function refresh(req, res) {\n  const claims = jwt.verify(req.body.refreshToken, process.env.REFRESH_KEY);\n  const row = await redis.getdel(\`refresh:\${claims.jti}\`);\n  if (!row) return res.sendStatus(401);\n  const access = jwt.sign({ sub: claims.sub }, process.env.ACCESS_KEY, { expiresIn: '15m' });\n  res.json({ accessToken: access, refreshToken: await issueRefreshToken(claims.sub) });\n}`,
    },
  ],
  on: 'RefreshExchange',
  *check({ roles, at }) {
    if (textOf(roles.side) !== 'server' || textOf(roles.presented) !== 'refresh') return;
    const flaw = textOf(roles.flaw);
    const end = textOf(roles.end);
    const touches = textsOf(roles.files) ?? [];
    const severity =
      roles.endless.kind === 'literal' && roles.endless.value === true ? ('error' as const) : ('warning' as const);
    if (end === 'none') {
      const fresh = textOf(roles.newRefresh) === 'fresh';
      yield {
        at,
        severity,
        touches,
        message: fresh
          ? 'A new refresh token goes out, and nothing ends the one that was presented.'
          : 'The presented refresh token stays valid: nothing replaces or ends it.',
      };
    } else if (flaw === 'never runs')
      yield {
        at: roles.flaw.place ?? at,
        severity,
        touches,
        message: 'The old refresh token is to be ended here, but the change is never saved or sent.',
      };
    else if (flaw === 'some paths')
      yield {
        at: roles.flaw.place ?? at,
        severity,
        touches,
        message: 'The old refresh token is ended on some of the ways that lead to new tokens only.',
      };
  },
});
