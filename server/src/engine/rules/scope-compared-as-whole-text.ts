import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'scope-compared-as-whole-text',
  item: 'scopes',
  title: 'The whole scope text is compared with one name',
  why: '`scope` is a list written as text. A comparison of the whole refuses a token with two scopes, and is soon loosened to a search.',
  attack:
    'To make a refused token pass, somebody turns the comparison into a search, and a token with `thread:list` passes a test for `read`.',
  remedy: 'Split at spaces and look for the whole name.',
  severities: ['info'],
  precision: 'high',
  cwe: [863],
  references: ['RFC 9700 §2.3', 'ASVS 10.3.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `function requireAdmin(req, res, next) {\n  if (req.auth.scope !== 'admin') return res.sendStatus(403);\n  next();\n}`,
      fixed: `function requireAdmin(req, res, next) {\n  if (!req.auth.scope.split(' ').includes('admin')) return res.sendStatus(403);\n  next();\n}`,
    },
  ],
  on: 'ScopeCheck',
  *check({ roles, at }) {
    if (textOf(roles.comparison) === 'whole')
      yield {
        at,
        message: `The whole text of \`scope\` is compared with \`${textOf(roles.required)}\`.`,
        fix: { title: 'Compare whole words', kind: 'suggestion', steps: [{ inWords: at }] },
      };
  },
});
