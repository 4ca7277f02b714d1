import { type Value, alternatives, partsOf, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'expiry-not-checked',
  item: 'token-expiry',
  title: 'Expired tokens are accepted',
  why: 'An end that nobody checks is decoration.',
  attack: 'Any token that was ever issued, from a backup, an old log or a phone that was sold, is presented and works.',
  remedy:
    'Let the library check `exp`, and require it. To renew a session, ask for a refresh token instead of an expired access token.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 9.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['HS256'] });`,
    },
    {
      language: 'python',
      vulnerable: `import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_exp": False})`,
      fixed: `import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["HS256"])`,
    },
  ],
  on: 'TokenVerify',
  *check({ roles, at }) {
    if (textOf(roles.signature) === 'skipped' || textOf(roles.use) === 'revoked') return;
    for (const option of alternatives(roles.expiry)) {
      if (textOf(option) === 'skipped') {
        const place = option.place ?? at;
        yield {
          at: place,
          message: 'The check of `exp` is switched off: expired tokens pass.',
          fix: { title: 'Check `exp`', kind: 'suggestion', steps: [{ remove: place }] },
        };
        return;
      }
      if (option.kind === 'derived' && rests(option)) {
        yield {
          at: option.place ?? at,
          message: 'A setting of the environment switches the check of `exp` off.',
          severity: 'warning',
          fix: { title: 'Always check `exp`', kind: 'suggestion', steps: [{ remove: option.place ?? at }] },
        };
        return;
      }
    }
  },
});

/** Whether a condition rests on how the program is run. */
function rests(condition: Value): boolean {
  return [...partsOf(condition)].some((v) => v.kind === 'environment' || v.kind === 'external');
}
