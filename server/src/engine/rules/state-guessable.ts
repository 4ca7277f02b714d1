import { hasSoundPkce, isPublicKind, pathsOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'state-guessable',
  item: 'state',
  title: '`state` can be guessed',
  why: 'A `state` that the attacker can write down is no secret of this browser.',
  attack:
    'The attacker sends the victim a callback link with their own code and the known value. It matches, and the victim works in the attacker’s account.',
  remedy: 'Draw 16 bytes or more from the cryptographic source, new for each login.',
  severities: ['error'],
  precision: 'high',
  cwe: [330, 352],
  references: ['RFC 9700 §4.7.1', 'OAuth 2.1 §7.10', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: CB, state: 'login' });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.get('/login', (req, res) => {\n  req.session.state = crypto.randomUUID();\n  const query = new URLSearchParams({ response_type: 'code', client_id: ID, redirect_uri: CB, state: req.session.state });\n  res.redirect(\`https://idp.example/authorize?\${query}\`);\n});`,
    },
  ],
  on: 'RandomValue',
  *check({ roles, at, path }, ctx) {
    if (textOf(roles.use) !== 'state') return;
    const source = textOf(roles.source);
    if (source === 'crypto' || (source === 'once' && isPublicKind(roles.client))) return;
    const requests = ctx.all('AuthorizationRequest').filter((r) => r.path === path);
    if (requests.length > 0 && requests.every((r) => hasSoundPkce(r, ctx))) return;
    const text = textOf(roles.value);
    yield {
      at,
      ...(source === 'once'
        ? {}
        : { fix: { title: 'Make it from a cryptographic source', kind: 'suggestion', steps: [{ random: at }] } }),
      message:
        source === 'constant'
          ? text !== undefined && text.length < 40
            ? `\`state\` is the constant \`${text}\`.`
            : '`state` is made of constants only.'
          : source === 'once'
            ? '`state` is drawn once, when the program starts, and serves every login.'
            : '`state` comes from a source that can be guessed.',
      touches: pathsOf(requests),
    };
  },
});
