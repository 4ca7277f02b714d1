import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-link-from-host',
  item: 'redirect-uri',
  title: 'A link with a token is built from the request’s host',
  why: 'The `Host` header is written by whoever sends the request.',
  attack:
    'The attacker asks for a reset of the victim’s password with their own host name. The mail is real, the link leads to the attacker, and the token with it.',
  remedy: 'Build links from a configured base address.',
  severities: ['error'],
  precision: 'high',
  cwe: [601],
  references: ['ASVS 3.7.2'],
  noFix: 'Only its author knows the address of the site.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.post('/forgot', async (req, res) => {\n  const token = crypto.randomBytes(32).toString('hex');\n  await mail(req.body.email, \`https://\${req.headers.host}/reset?token=\${token}\`);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.post('/forgot', async (req, res) => {\n  const token = crypto.randomBytes(32).toString('hex');\n  await mail(req.body.email, \`\${process.env.BASE_URL}/reset?token=\${token}\`);\n});`,
    },
  ],
  on: 'RedirectDecision',
  *check({ roles, at }) {
    if (textOf(roles.purpose) === 'mailLink' && textOf(roles.check) === 'host')
      yield { at, message: 'A link with a token gets its host from the request.' };
  },
});
