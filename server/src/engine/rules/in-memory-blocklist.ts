import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'in-memory-blocklist',
  item: 'revocation',
  title: 'Revocations live in one process',
  why: 'A list in memory is empty after every restart, and unknown to the other instances of the same service: tokens that were ended work again.',
  attack:
    'A stolen token was revoked yesterday. Tonight’s deployment restarts the process, the list is empty, and the token is good again.',
  remedy: 'Keep the list in a store that all instances share, with entries that live as long as the token.',
  severities: ['info'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 7.4.1'],
  noFix: 'A shared store has to be set up first.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst blocklist = new Set();\nexports.revoke = (jti) => blocklist.add(jti);\nexports.guard = (req, res, next) => { const c = jwt.verify(req.token, process.env.KEY); if (blocklist.has(c.jti)) return res.sendStatus(401); next(); };`,
      fixed: `const jwt = require('jsonwebtoken');\nexports.revoke = (jti) => redis.set('bl:' + jti, '1');\nexports.guard = async (req, res, next) => { const c = jwt.verify(req.token, process.env.KEY); if (await redis.exists('bl:' + c.jti)) return res.sendStatus(401); next(); };`,
    },
  ],
  on: 'RevocationCheck',
  *check({ roles, at }) {
    if (textOf(roles.kept) !== 'memory' || textOf(roles.how) === 'version') return;
    yield {
      at,
      message: 'The list of ended tokens is kept in this process: a restart, or another instance, forgets it.',
    };
  },
});
