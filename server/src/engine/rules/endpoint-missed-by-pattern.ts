import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'endpoint-missed-by-pattern',
  item: 'endpoint-protection',
  title: 'A path pattern does not cover an endpoint below it',
  why: 'The list of paths and the list of routes are two documents, and only one of them runs.',
  attack: 'The attacker asks for `/reports` instead of `/reports/1`. The filter looks away.',
  remedy: 'Deny by default, list what is open with exact patterns, and write patterns that cover the bare path too.',
  severities: ['error'],
  precision: 'medium',
  cwe: [863, 862],
  references: ['ASVS 8.3.1'],
  noFix: 'Whether the pattern or the path is wrong is for its author to say.',
  examples: [],
  on: 'PatternGap',
  *check({ roles, at }) {
    yield {
      at,
      message: `The pattern \`${textOf(roles.pattern) ?? ''}\` does not cover \`${textOf(roles.route) ?? ''}\`.`,
    };
  },
});
