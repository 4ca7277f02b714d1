import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'redirect-uri-from-request',
  item: 'redirect-uri',
  title: 'A client takes its `redirect_uri` from the request',
  why: 'The code goes to the address in `redirect_uri`. If the request writes it, only the provider’s list stands between the code and the attacker.',
  attack:
    'The attacker sends a login link with their own address in it. A provider with a wildcard or a forgotten entry in its list sends them the victim’s code.',
  remedy: 'Use one configured address. To come back to a page, keep its path in the session.',
  severities: ['error'],
  precision: 'high',
  cwe: [601],
  references: ['RFC 9700 §2.1', 'OAuth 2.1 §2.3', 'ASVS 10.4.1'],
  noFix: 'Only its author knows the address that is registered.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: req.query.redirect_uri, state: req.session.state });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: process.env.REDIRECT_URI, state: req.session.state });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
    },
  ],
  on: 'RedirectDecision',
  *check({ roles, at }) {
    if (textOf(roles.purpose) === 'clientRedirectUri' && textOf(roles.check) === 'parameter')
      yield { at, message: 'The `redirect_uri` of this login comes from a parameter of the request.' };
  },
});
