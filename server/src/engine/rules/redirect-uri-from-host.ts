import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'redirect-uri-from-host',
  item: 'redirect-uri',
  title: 'A client builds its `redirect_uri` from the request’s host',
  why: 'The `Host` header is written by whoever sends the request. The provider’s exact list is then the only check.',
  attack:
    'The attacker makes the server start a login with their host name in `redirect_uri`. A provider that matches loosely sends the code there.',
  remedy: 'Build the address from a configured base, or fix the hosts that the application answers to.',
  severities: ['info'],
  precision: 'high',
  cwe: [601],
  references: ['RFC 9700 §2.1', 'OAuth 2.1 §2.3'],
  noFix: 'Only its author knows the address that is registered.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: \`https://\${req.headers.host}/callback\`, state: req.session.state });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: process.env.REDIRECT_URI, state: req.session.state });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
    },
  ],
  on: 'RedirectDecision',
  *check({ roles, at }) {
    if (textOf(roles.purpose) === 'clientRedirectUri' && textOf(roles.check) === 'host')
      yield { at, message: 'The `redirect_uri` is built from the host of the request.' };
  },
});
