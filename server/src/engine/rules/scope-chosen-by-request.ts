import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'scope-chosen-by-request',
  item: 'scopes',
  title: 'The request chooses the scopes that are asked for',
  why: 'Whoever writes the link chooses the rights.',
  attack: 'The attacker sends your own login link with wider scopes; the user consents to your name.',
  remedy: 'Map the feature’s name to a fixed list of scopes.',
  severities: ['warning'],
  precision: 'high',
  cwe: [272],
  references: ['OAuth 2.1 §7.1.4', 'ASVS 10.2.3'],
  noFix: 'Which scopes are right is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: CB, state: req.session.state, scope: req.query.scope });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: CB, state: req.session.state, scope: 'openid email' });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
    },
  ],
  on: 'ScopeRequest',
  *check({ roles, at }) {
    if (textOf(roles.from) === 'request') yield { at, message: 'The scopes that are asked for come from the request.' };
  },
});
