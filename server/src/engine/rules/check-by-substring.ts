import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'check-by-substring',
  item: 'endpoint-protection',
  title: 'A domain or role is compared by a part of it',
  why: '“Ends with” and “contains” are not “is”.',
  attack: '`evilacme.com` costs ten dollars a year. Its owner logs in with an address that ends as the check demands.',
  remedy: 'Compare the whole domain of a verified address, or the whole role name.',
  severities: ['error'],
  precision: 'medium',
  cwe: [863, 187],
  references: ['ASVS 8.2.1', 'ASVS 8.3.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `function mayLogIn(user) {
  if (!user.email.endsWith('acme.com')) {
    throw new Error('not ours');
  }
  return user;
}`,
      fixed: `function mayLogIn(user) {
  if (user.email.split('@')[1] !== 'acme.com') {
    throw new Error('not ours');
  }
  return user;
}`,
    },
    {
      language: 'python',
      vulnerable: `def is_admin(user):
    return "admin" in user.role
`,
      fixed: `def is_admin(user):
    return user.role == "admin"
`,
    },
  ],
  on: 'PartialTest',
  *check({ roles, at }) {
    const of = textOf(roles.of);
    if (of !== 'domain' && of !== 'role') return;
    const how =
      textOf(roles.form) === 'ends' ? 'its ending' : textOf(roles.form) === 'starts' ? 'its beginning' : 'a part of it';
    yield {
      at,
      message: `The ${of} is compared by ${how}: \`${textOf(roles.text) ?? ''}\`.`,
      ...(of === 'role'
        ? { fix: { title: 'Compare the whole role', kind: 'suggestion', steps: [{ compareWhole: at }] } }
        : {}),
    };
  },
});
