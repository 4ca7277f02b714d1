import { textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

/** Flags that are set where an account may not be used. */
const INACTIVE = /disabled|blocked|banned|locked|suspended|deleted|deactivated|inactive|frozen|closed/i;

export default defineRule({
  id: 'inactive-account-accepted',
  item: 'revocation',
  title: 'A deactivated account’s token is accepted where the account is at hand',
  why: 'The account is loaded for every request, and its flag is not looked at: a person who was locked out keeps working until the token expires. Login refuses them; the door that they are already through does not.',
  attack:
    'An employee is dismissed and the account deactivated at noon. The token that was issued in the morning is accepted all week, with all the rights it had.',
  remedy: 'Look at the flag where the account is loaded for the token, and answer 401.',
  severities: ['warning', 'info'],
  precision: 'medium',
  cwe: [613],
  references: ['ASVS 7.4.2', 'ASVS 8.3.2'],
  examples: [
    {
      language: 'python',
      vulnerable: `import jwt\ndef login(user):\n    if not user.is_active:\n        raise ValueError\ndef current_user(token, db):\n    claims = jwt.decode(token, KEY, algorithms=["HS256"])\n    return db.get(User, claims["sub"])`,
      fixed: `import jwt\ndef login(user):\n    if not user.is_active:\n        raise ValueError\ndef current_user(token, db):\n    claims = jwt.decode(token, KEY, algorithms=["HS256"])\n    user = db.get(User, claims["sub"])\n    if not user.is_active:\n        raise ValueError\n    return user`,
    },
  ],
  on: 'AccountState',
  *check(fact) {
    const { roles, at } = fact;
    if (!(roles.tested.kind === 'literal' && roles.tested.value === false)) return;
    const field = textOf(roles.field) ?? 'is_active';
    yield {
      at,
      severity: textOf(roles.place) === 'refresh' ? 'info' : 'warning',
      touches: textsOf(roles.files) ?? [],
      fix: {
        title: 'Reject a deactivated account',
        kind: 'suggestion',
        steps: [{ alsoReject: fact, field, when: INACTIVE.test(field) }],
      },
      message: `The account is loaded for the token, and \`${field}\` is not asked: a deactivated one passes.`,
    };
  },
});
