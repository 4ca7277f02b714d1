import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'payload-from-request',
  item: 'token-payload',
  title: "The request's body is the payload of a token",
  why: 'A claim is what your server vouches for.',
  attack: 'The attacker adds `"role": "admin"` to the login request. Your server signs it.',
  remedy: 'Build the payload from the stored account only.',
  severities: ['error'],
  precision: 'high',
  cwe: [345, 915],
  references: ['ASVS 15.3.1', 'ASVS 9.2.2'],
  noFix: 'Which claims the token needs is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\napp.post('/login', (req, res) => {\n  res.json({ token: jwt.sign({ ...req.body }, key, { expiresIn: '15m' }) });\n});`,
      fixed: `const jwt = require('jsonwebtoken');\napp.post('/login', async (req, res) => {\n  const user = await login(req.body.email, req.body.password);\n  res.json({ token: jwt.sign({ sub: user.id }, key, { expiresIn: '15m' }) });\n});`,
    },
  ],
  on: 'TokenIssue',
  *check({ roles, at }) {
    if (textOf(roles.whole) !== 'request body') return;
    yield {
      at: roles.whole.place ?? at,
      message: "The request's body becomes the claims: the client writes them itself.",
      related: [{ place: at, message: 'The token is issued here.' }],
    };
  },
});
