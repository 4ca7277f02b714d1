import type { Fact } from '../facts/kinds.js';
import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';
import type { RuleContext } from './rule.js';

export default defineRule({
  id: 'logout-without-revocation',
  item: 'revocation',
  title: 'A logout ends nothing on the server',
  why: 'Clearing a cookie or a variable forgets the token on this device. Any copy of it (in another browser, a log, an attacker’s hands) goes on working until it expires, and the person believes that they are logged out.',
  attack:
    'A session cookie was copied from a shared computer. Its owner notices and logs out. The server only told their own browser to forget the cookie; the copy stays good.',
  remedy:
    'End the record: delete the refresh token or session row, put the token’s `jti` on a list that verification asks, or raise the account’s token version. Then clear the cookie.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 7.4.1'],
  noFix: 'How a token or session ends depends on how it is kept.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\napp.post('/login', (req, res) => { res.json({ token: jwt.sign({ sub: 1 }, process.env.KEY, { expiresIn: '15m' }) }); });\napp.post('/logout', (req, res) => { res.clearCookie('token'); res.json({ ok: true }); });`,
      fixed: `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\napp.post('/login', (req, res) => { res.json({ token: jwt.sign({ sub: 1 }, process.env.KEY, { expiresIn: '15m' }) }); });\napp.post('/logout', async (req, res) => { await redis.del('session:' + req.cookies.sid); res.clearCookie('token'); res.json({ ok: true }); });`,
    },
  ],
  on: 'Logout',
  *check(logout, ctx) {
    const { roles, at } = logout;
    const effects = textsOf(roles.effects) ?? [];
    const has = (...names: readonly string[]) => names.some((name) => effects.includes(name));
    if (has('recordEnd', 'blocklist', 'versionBump', 'unknown')) return;
    const touches = textsOf(roles.files) ?? [];
    if (textOf(roles.side) === 'client') {
      if (has('serverLogout', 'providerRevoke', 'providerEndSession', 'sessionDestroy')) return;
      const server = ctx.all('Logout').find((other) => textOf(other.roles.side) === 'server');
      if (server && effects.length > 0)
        yield {
          at,
          touches,
          message: 'This logout forgets the token on the client and does not call the server’s logout.',
          related: [{ place: server.at, message: 'The server’s logout.' }],
        };
      return;
    }
    const session = textOf(roles.session);
    if (has('sessionDestroy', 'sessionClear')) {
      if (
        session === 'cookie' &&
        !ctx.all('RevocationCheck').some((c) => /^(?:version|record)$/.test(textOf(c.roles.how) ?? ''))
      )
        yield {
          at,
          touches,
          message: 'The session is the cookie itself: clearing it ends it in this browser only, a copy works on.',
        };
      return;
    }
    if (has('providerRevoke', 'serverLogout')) return;
    if (holdsTokens(ctx))
      yield {
        at,
        touches,
        message: has('cookieClear')
          ? 'Logout clears the cookie, and the token in it stays valid until it expires.'
          : 'Logout ends nothing on the server: tokens stay valid until they expire.',
      };
    else if (has('cookieClear') && ctx.all('SessionConfig').some((c) => textOf(c.roles.kept) === 'server'))
      yield { at, touches, message: 'Logout clears the cookie, and the session’s record stays.' };
  },
});

/** Whether the workspace hands out tokens that work without a record, or keeps refresh tokens that a logout should end. */
function holdsTokens(ctx: RuleContext): boolean {
  const isLogin = (issue: Fact<'TokenIssue'>) =>
    /^(?:access|refresh|session)$/.test(textOf(issue.roles.use) ?? 'access');
  return (
    ctx.all('TokenIssue').some(isLogin) ||
    ctx.all('RefreshExchange').some(({ roles }) => textOf(roles.side) === 'server') ||
    ctx
      .all('CookieSet')
      .some(({ roles }) => textOf(roles.valueKind) === 'refresh' || textOf(roles.valueKind) === 'access')
  );
}
