import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'role-annotation-not-enforced',
  item: 'endpoint-protection',
  title: 'Nothing reads a role annotation',
  why: 'The annotation is a label; something has to read it.',
  attack: 'None is needed: every user who is logged in passes.',
  remedy: 'Register the guard that reads the annotation, then prove it with a request that must fail.',
  severities: ['error'],
  precision: 'medium',
  cwe: [862, 285],
  references: ['ASVS 8.2.1', 'ASVS 8.3.1'],
  examples: [],
  on: 'Endpoint',
  *check({ roles, at }) {
    if (textOf(roles.lacks) !== 'annotation') return;
    yield { at, message: 'No guard reads this role annotation.' };
  },
});
