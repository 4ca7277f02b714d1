import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'scope-checked-by-substring',
  item: 'scopes',
  title: 'A scope is found by a part of the text',
  why: '`scope` is a list written as text; a part of a word is not a word.',
  attack: 'A token with `thread:list` passes a test for `read`.',
  remedy: 'Split at spaces and look for the whole name.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [863],
  references: ['RFC 9700 §2.3', 'ASVS 10.3.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `function requireAdmin(req, res, next) {\n  if (!req.auth.scope.includes('admin')) return res.sendStatus(403);\n  next();\n}`,
      fixed: `function requireAdmin(req, res, next) {\n  if (!req.auth.scope.split(' ').includes('admin')) return res.sendStatus(403);\n  next();\n}`,
    },
  ],
  on: 'ScopeCheck',
  *check({ roles, at }) {
    if (textOf(roles.comparison) !== 'substring') return;
    const required = textOf(roles.required);
    yield {
      at,
      fix: { title: 'Compare whole words', kind: 'suggestion', steps: [{ inWords: at }] },
      message: `${required ? `\`${required}\`` : 'The scope'} is searched for in the whole text of \`scope\`.`,
    };
  },
});
