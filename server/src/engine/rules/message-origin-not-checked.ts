import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'message-origin-not-checked',
  item: 'redirect-uri',
  title: 'A listener takes a code or token from any window',
  why: 'Any page that holds this window can post to it.',
  attack:
    'The attacker’s page opens or frames yours and posts a token of the attacker’s account. The victim works in that account, and what they enter is the attacker’s.',
  remedy: 'Compare `event.origin` with the one origin that may post, before anything is used.',
  severities: ['warning'],
  precision: 'high',
  cwe: [346],
  references: ['ASVS 3.5.5', 'OAuth 2.1 §7.13'],
  noFix: 'Only its author knows which origin sends the message.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `window.addEventListener('message', (event) => {\n  save(event.data.token);\n});`,
      fixed: `window.addEventListener('message', (event) => {\n  if (event.origin !== 'https://app.example.com') return;\n  save(event.data.token);\n});`,
    },
  ],
  on: 'WindowMessage',
  *check({ roles, at }) {
    if (textOf(roles.side) === 'listens' && textOf(roles.originCheck) === 'none')
      yield { at, message: 'A token is taken from a message whose sender nobody looks at.' };
  },
});
