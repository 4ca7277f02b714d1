import { type Value, textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

function relatedPlaces(value: Value, message: string) {
  return value.kind === 'list' ? value.items.flatMap((i) => (i.place ? [{ place: i.place, message }] : [])) : [];
}

export default defineRule({
  id: 'mass-assignment',
  item: 'identity-source',
  title: 'The body is copied onto a record that holds an owner or a role',
  why: 'A record is more than its form. When the whole body is copied, the client fills every column, also those the form never showed: the role, the owner, the verified flag.',
  attack:
    'The attacker adds `"role": "admin"` to the JSON. The model has such a field, so it is saved. The next token says administrator.',
  remedy:
    'Name the fields that a client may set, in a type or list made for this endpoint, and set owner and role yourself, last.',
  severities: ['error', 'warning'],
  precision: 'medium',
  cwe: [915],
  references: ['ASVS 8.2.3'],
  noFix: 'Which fields a client may set is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');
const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ name: String, role: String }));
const app = express();
app.post('/register', async (req, res) => res.json(await User.create(req.body)));`,
      fixed: `const express = require('express');
const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ name: String, role: String }));
const app = express();
app.post('/register', async (req, res) => res.json(await User.create({ name: req.body.name })));`,
    },
  ],
  on: 'BulkAssign',
  *check({ roles, at }) {
    const fields = textsOf(roles.fields) ?? [];
    const target = textOf(roles.target) ?? 'a record';
    const named = fields
      .slice(0, 3)
      .map((f) => `\`${f}\``)
      .join(', ');
    const message =
      textOf(roles.listed) !== undefined
        ? `The client may set ${named} of \`${target}\`.`
        : fields.length > 0
          ? `The whole body is written to \`${target}\`, which holds ${named}.`
          : `The whole body is written to \`${target}\`, whatever it holds.`;
    yield { at, message, related: relatedPlaces(roles.related, 'the body is copied here') };
  },
});
