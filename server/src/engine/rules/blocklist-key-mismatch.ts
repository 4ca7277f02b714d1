import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'blocklist-key-mismatch',
  item: 'revocation',
  title: 'Revocations are written and read under different keys',
  why: 'Both halves are there, and they never meet: one writes the token’s id, the other looks for the token, or the prefix differs. Every test of one half passes.',
  attack:
    'A person logs out, and `bl:<jti>` is written. The verification looks for `blacklist:<token>`, finds nothing, and the stolen token goes on working.',
  remedy: 'Build the key in one function that both sides call.',
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 7.4.1'],
  noFix: 'Which of the two keys is right is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nexports.logout = async (req, res) => { await redis.set('bl:' + req.user.jti, '1'); res.sendStatus(204); };\nexports.guard = async (req) => { const c = jwt.verify(req.token, process.env.KEY); if (await redis.exists('blacklist:' + c.jti)) throw new Error('ended'); };`,
      fixed: `const jwt = require('jsonwebtoken');\nexports.logout = async (req, res) => { await redis.set('bl:' + req.user.jti, '1'); res.sendStatus(204); };\nexports.guard = async (req) => { const c = jwt.verify(req.token, process.env.KEY); if (await redis.exists('bl:' + c.jti)) throw new Error('ended'); };`,
    },
  ],
  on: 'Revocation',
  *check({ roles, at }) {
    const flaw = textOf(roles.flaw);
    if (textOf(roles.target) !== 'blocklist' || (flaw !== 'other container' && flaw !== 'other key')) return;
    yield {
      at,
      touches: textsOf(roles.files) ?? [],
      message: `Ended tokens are written under ${textOf(roles.key) ?? 'one key'}, and looked up under ${textOf(roles.readKey) ?? 'another'}.`,
      ...(roles.readKey.place
        ? { related: [{ place: roles.readKey.place, message: 'They are looked up here.' }] }
        : {}),
    };
  },
});
