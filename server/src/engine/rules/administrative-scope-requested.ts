import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'administrative-scope-requested',
  item: 'scopes',
  title: 'An administrative or wildcard scope is requested',
  why: 'The token can do everything that was asked for, whether your code does it or not; it is as dangerous as its widest scope.',
  attack:
    'One leaked token or one bug, and the attacker does not read a name and an e-mail address, but deletes repositories or reads the mailbox of each user.',
  remedy:
    'Ask for identity only (`openid email`, `read:user`); ask for more when the user starts the feature that needs it.',
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [272],
  references: ['RFC 9700 §2.3', 'OAuth 2.1 §7.1.4', 'ASVS 10.2.3'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const { GitHub, generateState } = require('arctic');\nconst github = new GitHub(ID, SECRET, CB);\nfunction login(res) {\n  const state = generateState();\n  res.cookie('state', state);\n  return github.createAuthorizationURL(state, ['read:user', 'admin:org']);\n}\nasync function profile(token) {\n  return fetch('https://api.github.com/user', { headers: { Authorization: \`Bearer \${token}\` } });\n}`,
      fixed: `const { GitHub, generateState } = require('arctic');\nconst github = new GitHub(ID, SECRET, CB);\nfunction login(res) {\n  const state = generateState();\n  res.cookie('state', state);\n  return github.createAuthorizationURL(state, ['read:user']);\n}\nasync function profile(token) {\n  return fetch('https://api.github.com/user', { headers: { Authorization: \`Bearer \${token}\` } });\n}`,
    },
  ],
  on: 'ScopeRequest',
  *check({ roles, at }) {
    if (textOf(roles.level) !== 'admin') return;
    const shipped = ['browser', 'mobile', 'desktop'].includes(textOf(roles.client) ?? '');
    yield {
      at,
      fix: {
        title: 'Do not ask for it',
        kind: 'suggestion',
        steps: [{ dropWords: at, words: [textOf(roles.scope) ?? ''] }],
      },
      message: `\`${textOf(roles.scope)}\` asks for administrative rights or for everything.`,
      severity: shipped ? 'error' : 'warning',
    };
  },
});
