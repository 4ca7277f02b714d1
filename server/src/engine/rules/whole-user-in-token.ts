import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'whole-user-in-token',
  item: 'token-payload',
  title: 'A whole record is the payload of a token',
  why: 'The object grows with the table. What is harmless today holds a reset token or a phone number after the next migration, and old tokens stay out there.',
  attack:
    'The attacker reads in their own token what the API would never show them: the password hash, internal flags. In a stolen one they read what belongs to somebody else.',
  remedy: 'Name the claims one by one: id, role, tenant.',
  severities: ['warning', 'error'],
  precision: 'medium',
  cwe: [200, 201],
  references: ['ASVS 15.3.1', 'ASVS 14.2.6'],
  noFix: 'Which claims the token needs is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nasync function login(email) {\n  const user = await User.findOne({ email });\n  return jwt.sign({ user }, key, { expiresIn: '15m' });\n}`,
      fixed: `const jwt = require('jsonwebtoken');\nasync function login(email) {\n  const user = await User.findOne({ email });\n  return jwt.sign({ sub: user.id, role: user.role }, key, { expiresIn: '15m' });\n}`,
    },
  ],
  on: 'TokenIssue',
  *check({ roles, at }) {
    if (textOf(roles.protection) === 'encrypted') return;
    const whole = textOf(roles.whole);
    const message =
      whole === 'record'
        ? 'The whole stored record goes into the token, whatever its fields are.'
        : whole === 'narrowed record'
          ? 'All but some fields of the stored record go into the token: the next column will, too.'
          : whole === 'provider profile'
            ? "The provider's whole profile goes into the token."
            : undefined;
    if (!message) return;
    yield {
      at: roles.whole.place ?? at,
      message,
      severity: 'warning',
      related: [{ place: at, message: 'The token is issued here.' }],
    };
  },
});
