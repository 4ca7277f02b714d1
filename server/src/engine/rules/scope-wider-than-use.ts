import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'scope-wider-than-use',
  item: 'scopes',
  title: 'More is asked for than is used',
  why: 'The token can do everything that was asked for, whether your code does it or not; it is as dangerous as its widest scope.',
  attack:
    'One leaked token or one bug, and the attacker does not read a name and an e-mail address, but deletes repositories or reads the mailbox of each user.',
  remedy:
    'Ask for identity only (`openid email`, `read:user`); ask for more when the user starts the feature that needs it.',
  severities: ['warning', 'info'],
  precision: 'high',
  cwe: [272],
  references: ['RFC 9700 §2.3', 'OAuth 2.1 §7.1.4', 'ASVS 10.2.3'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const { GitHub, generateState } = require('arctic');\nconst github = new GitHub(ID, SECRET, CB);\nfunction login(res) {\n  const state = generateState();\n  res.cookie('state', state);\n  return github.createAuthorizationURL(state, ['read:user', 'repo']);\n}\nasync function profile(token) {\n  return fetch('https://api.github.com/user', { headers: { Authorization: \`Bearer \${token}\` } });\n}`,
      fixed: `const { GitHub, generateState } = require('arctic');\nconst github = new GitHub(ID, SECRET, CB);\nfunction login(res) {\n  const state = generateState();\n  res.cookie('state', state);\n  return github.createAuthorizationURL(state, ['read:user']);\n}\nasync function profile(token) {\n  return fetch('https://api.github.com/user', { headers: { Authorization: \`Bearer \${token}\` } });\n}`,
    },
  ],
  on: 'ScopeRequest',
  *check({ roles, at }) {
    const level = textOf(roles.level);
    const use = textOf(roles.use);
    const name = textOf(roles.scope) ?? '';
    if (level !== 'full' && level !== 'write') return;
    if (use === 'identity')
      yield {
        at,
        message: `\`${name}\` is asked for, and nothing here uses it.`,
        fix: { title: 'Do not ask for it', kind: 'suggestion', steps: [{ dropWords: at, words: [name] }] },
      };
    else if (use === 'read' && textOf(roles.narrower) !== undefined)
      yield {
        at,
        message: `\`${name}\` may write, and only reads are made: \`${textOf(roles.narrower)}\` would do.`,
        fix: {
          title: 'Ask for reading only',
          kind: 'suggestion',
          steps: [{ dropWords: at, words: [name], instead: textOf(roles.narrower) ?? name }],
        },
      };
  },
});
