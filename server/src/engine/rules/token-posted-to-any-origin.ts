import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-posted-to-any-origin',
  item: 'redirect-uri',
  title: 'A code or token is posted to a window of any origin',
  why: '`’*’` delivers to whatever page holds the window.',
  attack:
    'The attacker’s page opens your login in a popup; the user’s session completes it silently; the token is posted to the attacker.',
  remedy: 'Name the one origin that may get it, from a constant or your configuration.',
  severities: ['error'],
  precision: 'high',
  cwe: [601, 346],
  references: ['OAuth 2.1 §7.13', 'ASVS 3.5.5'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `window.opener.postMessage({ token }, '*');\nwindow.close();`,
      fixed: `window.opener.postMessage({ token }, 'https://app.example.com');\nwindow.close();`,
    },
  ],
  on: 'WindowMessage',
  *check({ roles, at }) {
    if (textOf(roles.side) !== 'posts' || textOf(roles.carries) !== 'token') return;
    if (textOf(roles.targetOrigin) === '*')
      yield {
        at,
        message: 'A token is posted to a window of any origin (`*`).',
        fix: { title: 'Post it to this origin only', kind: 'suggestion', steps: [{ ownOrigin: at }] },
      };
  },
});
