import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'refresh-token-in-clear',
  item: 'refresh-storage',
  title: 'Refresh or provider tokens are kept in the database in clear',
  why: 'A database leaks more often than a server is taken over: a backup, an injection, a copy for testing. A token in clear works for the finder; its SHA-256 is worth nothing to them, and finds the row just as well.',
  attack:
    'A backup of the database lies in an open bucket. Whoever reads it takes the refresh tokens and is logged in as every user, without a password.',
  remedy: 'Store only a SHA-256 of your own random token. A token of another party must be sent again, so encrypt it.',
  severities: ['warning'],
  precision: 'medium',
  cwe: [312, 522],
  references: ['ASVS 11.4.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const crypto = require('crypto');\nexports.start = async (userId) => {\n  const refreshToken = crypto.randomBytes(32).toString('hex');\n  await RefreshToken.create({ userId, token: refreshToken });\n  return refreshToken;\n};`,
      fixed: `const crypto = require('crypto');\nexports.start = async (userId) => {\n  const refreshToken = crypto.randomBytes(32).toString('hex');\n  await RefreshToken.create({ userId, tokenHash: crypto.createHash('sha256').update(refreshToken).digest('hex') });\n  return refreshToken;\n};`,
    },
  ],
  on: 'TokenStore',
  *check({ roles, at }) {
    const medium = textOf(roles.medium);
    if ((medium !== 'db' && medium !== 'cache') || textOf(roles.form) !== 'clear') return;
    const provider = textOf(roles.owner) === 'provider';
    if (!provider && textOf(roles.tokenKind) !== 'refresh') return;
    yield {
      at,
      message: provider
        ? `The provider’s ${textOf(roles.tokenKind)} token is kept in clear.`
        : medium === 'cache'
          ? 'The refresh token is kept in the cache in clear.'
          : `The refresh token is kept in the database in clear, as \`${textOf(roles.key) ?? 'token'}\`.`,
    };
  },
});
