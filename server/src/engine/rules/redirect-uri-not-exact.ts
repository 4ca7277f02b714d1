import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'redirect-uri-not-exact',
  item: 'redirect-uri',
  title: 'An authorization server does not compare `redirect_uri` exactly',
  why: 'The code is sent wherever this check lets it go; each inexact match leaves room for an address that the attacker controls.',
  attack:
    'The attacker sends a login link with an address that only begins like the client’s. The user sees the real login page, and the code arrives at the attacker.',
  remedy:
    'Compare the whole string with the registered list; only the port of a loopback address may differ; on a mismatch show an error page.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [601, 183],
  references: ['RFC 9700 §2.1', 'RFC 9700 §4.1.3', 'OAuth 2.1 §2.3', 'ASVS 10.4.1'],
  noFix: 'Where the registered addresses are kept is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/authorize', async (req, res) => {\n  const { client_id, redirect_uri, state } = req.query;\n  const client = await clients.get(client_id);\n  if (!client || !client.redirectUris.some((u) => redirect_uri.startsWith(u))) return res.status(400).send('unknown client');\n  res.redirect(\`\${redirect_uri}?code=\${makeCode(client)}&state=\${state}\`);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/authorize', async (req, res) => {\n  const { client_id, redirect_uri, state } = req.query;\n  const client = await clients.get(client_id);\n  if (!client || !client.redirectUris.includes(redirect_uri)) return res.status(400).send('unknown client');\n  res.redirect(\`\${redirect_uri}?code=\${makeCode(client)}&state=\${state}\`);\n});`,
    },
  ],
  on: 'RedirectDecision',
  *check({ roles, at }) {
    if (textOf(roles.purpose) !== 'authorizationResponse') return;
    const check = textOf(roles.check);
    const lets = textOf(roles.lets) ?? '';
    if (check === 'none')
      yield { at, message: 'The code is sent to a `redirect_uri` that nobody compares with a registered one.' };
    else if (check === 'weak')
      yield {
        at: roles.check.place ?? at,
        message: `\`${lets}\` passes this check.`,
        related: [{ place: at, message: 'The code goes there.' }],
        fix: {
          title: 'Compare the whole address',
          kind: 'suggestion',
          steps: [{ compareWhole: roles.check.place ?? at }],
        },
      };
  },
});
