import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'scope-default-everything',
  item: 'scopes',
  title: 'A request without scope gets every scope',
  why: 'A client that asks for nothing in particular is given everything; the narrow request is then the exception.',
  attack:
    'A client that was meant to read sends no `scope`, or an attacker leaves it out, and the token may do all there is.',
  remedy: 'Make the default the smallest scope that is of use, or refuse a request without `scope`.',
  severities: ['warning'],
  precision: 'high',
  cwe: [276],
  references: ['RFC 9700 §2.3', 'ASVS 10.4.11'],
  noFix: 'Which scopes suffice by default is for its author to say.',
  examples: [
    {
      language: 'python',
      vulnerable: `INSTALLED_APPS = ["oauth2_provider"]\nOAUTH2_PROVIDER = {"SCOPES": {"read": "Read", "write": "Write"}, "DEFAULT_SCOPES": ["__all__"]}`,
      fixed: `INSTALLED_APPS = ["oauth2_provider"]\nOAUTH2_PROVIDER = {"SCOPES": {"read": "Read", "write": "Write"}, "DEFAULT_SCOPES": ["read"]}`,
    },
  ],
  on: 'ScopeGrant',
  *check({ roles, at }) {
    if (textOf(roles.limitedBy) === 'everything')
      yield { at, message: 'A request that names no scope is granted all of them.' };
  },
});
