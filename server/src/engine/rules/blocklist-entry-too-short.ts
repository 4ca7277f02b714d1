import { sayLife } from '../facts/token-life.js';
import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'blocklist-entry-too-short',
  item: 'revocation',
  title: 'A revocation ends before the token does',
  why: 'An entry must stay on the list for as long as the token could still be used. When it disappears earlier, the token comes back to life.',
  attack:
    'A person logs out, and their week-long token is listed for an hour. The thief waits an hour and goes on for the rest of the week.',
  remedy: 'Keep the entry until the token’s own `exp`.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 7.4.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nexports.issue = (user) => jwt.sign({ sub: user.id }, process.env.KEY, { expiresIn: '7d' });\nexports.logout = async (req, res) => { await redis.setex('bl:' + req.token, 3600, '1'); res.sendStatus(204); };\nexports.guard = async (req) => { jwt.verify(req.token, process.env.KEY); if (await redis.exists('bl:' + req.token)) throw new Error('ended'); };`,
      fixed: `const jwt = require('jsonwebtoken');\nexports.issue = (user) => jwt.sign({ sub: user.id }, process.env.KEY, { expiresIn: '7d' });\nexports.logout = async (req, res) => { await redis.setex('bl:' + req.token, 604800, '1'); res.sendStatus(204); };\nexports.guard = async (req) => { jwt.verify(req.token, process.env.KEY); if (await redis.exists('bl:' + req.token)) throw new Error('ended'); };`,
    },
  ],
  on: 'Revocation',
  *check({ roles, at }) {
    if (textOf(roles.target) !== 'blocklist' || roles.ttl.kind !== 'duration' || roles.tokenLife.kind !== 'duration')
      return;
    const [entry, token] = [roles.ttl.seconds, roles.tokenLife.seconds];
    if (entry === undefined || token === undefined || entry >= token - 60) return;
    yield {
      at: roles.ttl.place ?? at,
      fix: {
        title: 'Keep it as long as the token lives',
        kind: 'suggestion',
        steps: [{ lifetime: roles.ttl.place ?? at, was: entry, seconds: token }],
      },
      touches: textsOf(roles.files) ?? [],
      message: `The entry lives ${sayLife(entry)}, and the token that it ends lives ${sayLife(token)}.`,
    };
  },
});
