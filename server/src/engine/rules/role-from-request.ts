import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'role-from-request',
  item: 'identity-source',
  title: 'A role or permission comes from the request',
  why: 'A record is more than its form. Who may set a role decides who is an administrator, and here the client does.',
  attack: 'At sign-up the attacker adds `"role": "admin"` to the JSON. It is saved. The next token says administrator.',
  remedy: 'Set the role yourself, to the least one; let only an administrator’s route raise it.',
  severities: ['error'],
  precision: 'medium',
  cwe: [269, 915],
  references: ['ASVS 8.2.3', 'ASVS 8.3.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');
const app = express();
app.post('/register', async (req, res) => {
  const { email, role } = req.body;
  await User.create({ email, role: role || 'user' });
  res.end();
});`,
      fixed: `const express = require('express');
const app = express();
app.post('/register', async (req, res) => {
  const { email } = req.body;
  await User.create({ email, role: 'user' });
  res.end();
});`,
    },
  ],
  on: 'ObjectAccess',
  *check({ roles, at }) {
    if (textOf(roles.key) !== 'rights') return;
    yield {
      at,
      fix: { title: 'Do not take it from the request', kind: 'suggestion', steps: [{ remove: at }] },
      message: `The client may set \`${textOf(roles.field) ?? 'role'}\` of \`${textOf(roles.model) || 'the account'}\`.`,
    };
  },
});
