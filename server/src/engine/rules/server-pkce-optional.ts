import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'server-pkce-optional',
  item: 'pkce',
  title: 'An authorization server lets the verifier be left out',
  why: 'A check that depends on what the attacker sends is no check.',
  attack: 'The thief of a code simply leaves out `code_verifier`, and the server gives the tokens.',
  remedy: 'If a challenge was stored, demand the verifier; from public clients demand a challenge.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [345],
  references: ['RFC 9700 §4.8.2', 'OAuth 2.1 §7.5.1', 'ASVS 10.4.6'],
  noFix: 'What the server answers to a request without a challenge is decided by what surrounds it.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.post('/token', async (req, res) => {\n  const { grant_type, code, client_id, code_verifier } = req.body;\n  if (grant_type !== 'authorization_code') return res.status(400).end();\n  const entry = await codes.take(code, client_id);\n  if (!entry) return res.status(400).end();\n  if (code_verifier && entry.codeChallenge !== s256(code_verifier)) return res.status(400).end();\n  res.json(await issueTokens(entry.userId));\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.post('/token', async (req, res) => {\n  const { grant_type, code, client_id, code_verifier } = req.body;\n  if (grant_type !== 'authorization_code') return res.status(400).end();\n  const entry = await codes.take(code, client_id);\n  if (!entry) return res.status(400).end();\n  if (!code_verifier || entry.codeChallenge !== s256(code_verifier)) return res.status(400).end();\n  res.json(await issueTokens(entry.userId));\n});`,
    },
  ],
  on: 'TokenRequest',
  *check({ roles, at }) {
    if (textOf(roles.side) !== 'serves' || textOf(roles.grantType) !== 'authorization_code') return;
    const check = textOf(roles.verifierCheck);
    if (check === 'skipped')
      yield { at, message: 'A request without `code_verifier` gets its token, though a challenge was stored.' };
    else if ((check === 'optional' || check === 'none') && textOf(roles.secretCheck) === 'none')
      yield { at, message: 'A code of a client without a secret is traded in without a verifier.' };
  },
});
