import { booleanOf, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'open-redirect',
  item: 'redirect-uri',
  title: 'The target after login or logout is not checked, or weakly',
  why: 'A link that begins with your domain ends on another site, right after a login, when trust is highest.',
  attack:
    'The user signs in on the real page, lands on a copy that says “wrong password, try again”, and types it there. If a code or token is in the address, the copy has that too.',
  remedy:
    'Accept paths only: one leading slash, second character neither slash nor backslash; or parse against your own base and compare the origin.',
  severities: ['error', 'warning', 'info'],
  precision: 'high',
  cwe: [601],
  references: ['RFC 9700 §4.11.1', 'OAuth 2.1 §7.13', 'ASVS 3.7.2'],
  noFix: 'Which targets are right is for its author to say.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const express = require('express');\nconst app = express();\napp.post('/login', (req, res) => {\n  const next = req.query.next;\n  if (next.startsWith('/')) return res.redirect(next);\n  res.redirect('/');\n});`,
      fixed: `const express = require('express');\nconst app = express();\napp.post('/login', (req, res) => {\n  const next = req.query.next;\n  if (/^\\/(?![\\/\\\\])/.test(next)) return res.redirect(next);\n  res.redirect('/');\n});`,
    },
  ],
  on: 'RedirectDecision',
  *check({ roles, at }) {
    const purpose = textOf(roles.purpose);
    if (purpose !== 'afterLogin' && purpose !== 'afterLogout') return;
    const check = textOf(roles.check);
    const lets = textOf(roles.lets) ?? '//evil.example';
    const anywhere = booleanOf(roles.absolute) === true || textOf(roles.carries) === 'token';
    const severity = anywhere ? 'error' : 'warning';
    if (check === 'none')
      yield { at, message: `The target comes from the request unchecked: \`${lets}\` is followed.`, severity };
    else if (check === 'weak')
      yield {
        at: roles.check.place ?? at,
        message: `\`${lets}\` passes this check.`,
        severity,
        related: [{ place: at, message: 'The redirect.' }],
      };
  },
});
