import { alternatives, settled, textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'jwt-algorithm-families-mixed',
  item: 'jwt-algorithms',
  title: 'Shared-secret and public-key algorithms are accepted together',
  why: 'A public key is known to everybody. Where the same verifier also takes `HS256`, it becomes a secret that everybody knows.',
  attack:
    'The attacker downloads the public key, uses its text as the shared secret, and signs a token with `HS256`. The list allows it, and the check succeeds with the very key that was meant for `RS256`.',
  remedy: 'List the one family that the issuer signs with; a second issuer gets its own verifier and key.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [347, 327],
  references: ['RFC 8725 §2.1', 'ASVS 9.1.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, PUBLIC_KEY, { algorithms: ['HS256', 'RS256'] });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, PUBLIC_KEY, { algorithms: ['RS256'] });`,
    },
  ],
  on: 'TokenVerify',
  *check({ roles, spans, at, path }) {
    const lists = alternatives(roles.algorithms).map((list) => textsOf(settled(list)));
    const mixed = lists.find((list) => list?.some(isShared) && list.some(isPublic));
    if (!mixed || lists.some((list) => list === undefined)) return;
    const shared = mixed.find(isShared);
    const other = mixed.find(isPublic);
    const place = roles.algorithms.place ?? (spans.algorithms ? { path, span: spans.algorithms } : at);
    const isSecret = textOf(roles.keyKind) === 'symmetric';
    yield {
      at: place,
      fix: {
        title: isSecret ? 'Accept only what the shared secret signs' : 'Accept only what the private key signs',
        kind: 'suggestion',
        steps: [{ dropWords: place, words: mixed.filter(isSecret ? isPublic : isShared) }],
      },
      message: `\`${shared}\` and \`${other}\` are accepted together: a public key can pass as the secret.`,
      severity: textOf(roles.keyKind) === 'symmetric' ? 'warning' : 'error',
    };
  },
});

const isShared = (name: string) => /^HS\d+$/.test(name);
const isPublic = (name: string) => /^(?:RS|PS|ES)\d+K?$|^EdDSA$|^Ed25519$/i.test(name);
