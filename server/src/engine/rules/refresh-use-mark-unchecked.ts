import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'refresh-use-mark-unchecked',
  item: 'refresh-rotation',
  title: 'A used token is marked, and no lookup tests the mark',
  why: 'A record of use protects only if the next lookup refuses a token that has it. Here the mark is written and never asked about, so the old token stays valid and its reuse is never noticed.',
  attack:
    'An attacker presents a refresh token that its owner used last week. The row says that it was replaced, nobody reads that, and new tokens go out.',
  remedy:
    'Refuse a marked token in the lookup itself (`where used_at is null`), and take its reuse as a sign of theft: end the whole session.',
  severities: ['warning'],
  precision: 'high',
  cwe: [294, 613],
  references: ['RFC 9700 §4.14.2', 'ASVS 10.4.5'],
  noFix: 'The lookup has to ask about the mark, in the way that the store is asked.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const crypto = require('crypto');\nasync function refresh(db, hash) {\n  const { rows } = await db.query('SELECT id, user_id FROM refresh_tokens WHERE token_hash = $1', [hash]);\n  await db.query('UPDATE refresh_tokens SET used_at = now() WHERE id = $1', [rows[0].id]);\n  const next = crypto.randomBytes(32).toString('hex');\n  await db.query('INSERT INTO refresh_tokens (user_id, token_hash) VALUES ($1, $2)', [rows[0].user_id, digest(next)]);\n  return next;\n}`,
      fixed: `const crypto = require('crypto');\nasync function refresh(db, hash) {\n  const { rows } = await db.query('SELECT id, user_id FROM refresh_tokens WHERE token_hash = $1 AND used_at IS NULL', [hash]);\n  await db.query('UPDATE refresh_tokens SET used_at = now() WHERE id = $1', [rows[0].id]);\n  const next = crypto.randomBytes(32).toString('hex');\n  await db.query('INSERT INTO refresh_tokens (user_id, token_hash) VALUES ($1, $2)', [rows[0].user_id, digest(next)]);\n  return next;\n}`,
    },
  ],
  on: 'RefreshExchange',
  *check({ roles, at }) {
    if (textOf(roles.side) !== 'server' || textOf(roles.flaw) !== 'mark unread') return;
    yield {
      at: roles.flaw.place ?? at,
      touches: textsOf(roles.files) ?? [],
      message: 'The old refresh token is marked here, and no lookup asks about the mark, so it stays valid.',
    };
  },
});
