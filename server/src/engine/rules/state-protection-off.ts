import { configuredWith, pathsOf } from '../checklist/flows.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'state-protection-off',
  item: 'state',
  title: 'A library’s protection by `state` is off',
  why: 'The callback is an address that anybody can call with anybody’s code. The library can tie the answer to this browser, and is not asked to.',
  attack:
    'The attacker starts a login, keeps the code, and makes the victim’s browser open your callback with it. The victim now works in the attacker’s account, or has linked the attacker’s identity to their own.',
  remedy: 'Switch on the library’s `state` option, with a session for it to keep the value in.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [352],
  references: ['RFC 9700 §2.1', 'RFC 9700 §4.7.1', 'OAuth 2.1 §7.10', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const passport = require('passport');\nconst GoogleStrategy = require('passport-google-oauth20').Strategy;\npassport.use(new GoogleStrategy({ clientID: ID, clientSecret: SECRET, callbackURL: CB }, verify));`,
      fixed: `const passport = require('passport');\nconst GoogleStrategy = require('passport-google-oauth20').Strategy;\npassport.use(new GoogleStrategy({ clientID: ID, clientSecret: SECRET, callbackURL: CB, state: true }, verify));`,
    },
  ],
  on: 'AuthorizationRequest',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (textOf(roles.stateBy) === 'byLink') {
      yield {
        at: roles.stateBy.place ?? at,
        message: 'A login can be started by a mere link (`GET`).',
        severity: 'warning',
      };
      return;
    }
    if (textOf(roles.stateBy) !== 'off') return;
    if (isAbsent(roles.state) === false) return;
    yield {
      at: roles.stateBy.place ?? at,
      message: 'Nothing ties the answer to this browser: the `state` of the library is not switched on.',
      fix: [
        { title: 'Switch `state` on', kind: 'suggestion', steps: [{ set: 'state', of: fact }] },
        ...(roles.stateBy.place
          ? [{ title: 'Switch `state` on', kind: 'suggestion' as const, steps: [{ remove: roles.stateBy.place }] }]
          : []),
      ],
      touches: pathsOf(configuredWith(fact, ctx)),
    };
  },
});
