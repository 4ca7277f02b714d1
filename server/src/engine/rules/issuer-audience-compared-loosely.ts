import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'issuer-audience-compared-loosely',
  item: 'issuer-audience',
  title: 'Issuer or audience are compared by a part of them',
  why: 'A prefix is not an identity: anybody can register a name that begins, or ends, like yours.',
  attack:
    'The attacker owns `login.acme.com.evil.example`, publishes keys there and signs tokens. The prefix matches, and the tokens count as yours.',
  remedy: 'Compare the whole text with a constant, or with a list of constants.',
  severities: ['error', 'info'],
  precision: 'high',
  cwe: [345, 287],
  references: ['RFC 8725 §3.8', 'RFC 8725 §3.9'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['RS256'], audience: 'api' });\nif (!claims.iss.startsWith('https://login.acme.com')) throw new Error('issuer');`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, key, { algorithms: ['RS256'], audience: 'api', issuer: 'https://login.acme.com/' });`,
    },
  ],
  on: 'ClaimCheck',
  *check({ roles, at }) {
    const name = textOf(roles.claim) === 'iss' ? 'issuer' : textOf(roles.claim) === 'aud' ? 'audience' : undefined;
    if (!name || textOf(roles.onFailure) !== 'rejects') return;
    const match = textOf(roles.match);
    if (match === 'loose')
      yield {
        at,
        message: `The ${name} is compared by a part of it: other values fit as well.`,
        fix: { title: 'Compare the whole value', kind: 'suggestion', steps: [{ compareWhole: at }] },
      };
    else if (match === 'any')
      yield {
        at,
        message: `\`*\` stands in the list of the ${name}, where only exact values count.`,
        severity: 'info',
        fix: { title: 'Take `*` out', kind: 'suggestion', steps: [{ dropWords: at, words: ['*'] }] },
      };
  },
});
