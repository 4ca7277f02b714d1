import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'refresh-token-ended-under-wrong-key',
  item: 'refresh-rotation',
  title: 'The old token is ended under another key than the lookup uses',
  why: 'The code looks as if it rotated: something is deleted. But the entry that the next lookup asks for has another key (hashed against raw, another prefix), so the old token goes on working.',
  attack:
    'An attacker copies a refresh token from a backup. It was used long ago, and the lookup finds it all the same, as the deletion hit a key that never existed.',
  remedy: 'Build the key in one function, and use it for storing, looking up and ending.',
  severities: ['error'],
  precision: 'high',
  cwe: [613, 294],
  references: ['RFC 9700 §4.14.2', 'ASVS 10.4.5'],
  noFix: 'Which of the two keys is right is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const crypto = require('crypto');\nconst hash = (t) => crypto.createHash('sha256').update(t).digest('hex');\nasync function refresh(token) {\n  const userId = await redis.get('rt:' + hash(token));\n  if (!userId) throw new Error('unknown');\n  await redis.del('rt:' + token);\n  const next = crypto.randomBytes(32).toString('hex');\n  await redis.set('rt:' + hash(next), userId);\n  return next;\n}`,
      fixed: `const crypto = require('crypto');\nconst hash = (t) => crypto.createHash('sha256').update(t).digest('hex');\nasync function refresh(token) {\n  const userId = await redis.get('rt:' + hash(token));\n  if (!userId) throw new Error('unknown');\n  await redis.del('rt:' + hash(token));\n  const next = crypto.randomBytes(32).toString('hex');\n  await redis.set('rt:' + hash(next), userId);\n  return next;\n}`,
    },
  ],
  on: 'RefreshExchange',
  *check({ roles, at }) {
    if (textOf(roles.side) !== 'server' || textOf(roles.flaw) !== 'other key') return;
    yield {
      at: roles.flaw.place ?? at,
      touches: textsOf(roles.files) ?? [],
      message: 'The old refresh token is ended under another key than it is looked up by, so it stays valid.',
    };
  },
});
