import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'self-renewing-access-token',
  item: 'refresh-rotation',
  title: 'An access token is traded for a new one without end',
  why: 'A token that buys its own successor never really expires: its lifetime says how often it must be traded, not when it ends. Old ones stay good beside the new, so nobody sees that two people trade.',
  attack:
    'An attacker finds one access token in a log. Before it expires they trade it for the next, and so on for years. The owner logs out, changes the password: nothing asks.',
  remedy:
    'Renew with a refresh token that the server keeps a record of, ends at each use, and can end at logout. Or keep the session’s record on the server and check it at each renewal.',
  severities: ['error'],
  precision: 'high',
  cwe: [613],
  references: ['RFC 9700 §4.14.2', 'ASVS 10.4.5', 'ASVS 10.4.8'],
  noFix: 'A refresh token has to be introduced, with its storage.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nfunction refresh(req, res) {\n  const claims = jwt.verify(req.body.token, process.env.KEY);\n  res.json({ token: jwt.sign({ sub: claims.sub }, process.env.KEY, { expiresIn: '1h' }) });\n}`,
      fixed: `const jwt = require('jsonwebtoken');\nasync function refresh(req, res) {\n  const claims = jwt.verify(req.body.token, process.env.KEY);\n  if (!(await redis.getdel(\`session:\${claims.jti}\`))) return res.sendStatus(401);\n  res.json({ token: jwt.sign({ sub: claims.sub }, process.env.KEY, { expiresIn: '1h' }) });\n}`,
    },
  ],
  on: 'RefreshExchange',
  *check({ roles, at }) {
    if (textOf(roles.side) !== 'server' || textOf(roles.presented) !== 'access') return;
    if (textOf(roles.end) !== 'none') return;
    yield {
      at,
      touches: textsOf(roles.files) ?? [],
      message: 'An access token is traded for a new one, again and again, and the old one is not ended.',
    };
  },
});
