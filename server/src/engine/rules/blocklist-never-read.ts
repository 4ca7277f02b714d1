import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'blocklist-never-read',
  item: 'revocation',
  title: 'Revocations are written, and no verification reads them',
  why: 'A list of ended tokens works only if every verification asks it. This one is written at logout and read by nobody, so a "revoked" token is as good as any.',
  attack:
    'A person logs out after a theft, and the token’s id goes on the list. The thief sends the token once more; the signature is right, and nobody looks at the list.',
  remedy: 'Ask the list where tokens are verified, in the one function that all routes go through.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 7.4.1'],
  noFix: 'Each verification has to ask, in the way that the store is asked.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nexports.logout = async (req, res) => { await redis.set('bl:' + req.user.jti, '1'); res.sendStatus(204); };\nexports.guard = (req) => jwt.verify(req.token, process.env.KEY);`,
      fixed: `const jwt = require('jsonwebtoken');\nexports.logout = async (req, res) => { await redis.set('bl:' + req.user.jti, '1'); res.sendStatus(204); };\nexports.guard = async (req) => { const c = jwt.verify(req.token, process.env.KEY); if (await redis.exists('bl:' + c.jti)) throw new Error('ended'); };`,
    },
  ],
  on: 'Revocation',
  *check({ roles, at }) {
    if (textOf(roles.target) !== 'blocklist' || textOf(roles.flaw) !== 'never read') return;
    yield {
      at,
      touches: textsOf(roles.files) ?? [],
      message: 'Ended tokens are written down here, and no verification asks for them.',
    };
  },
});
