import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'claim-checked-only-if-present',
  item: 'issuer-audience',
  title: 'A token without the claim passes the check',
  why: 'Whoever makes the token leaves out the claim that would be wrong.',
  attack:
    'The attacker gets a token from the same provider that carries no `aud`, or another kind of token. The comparison is skipped, and the token passes as one that was made for you.',
  remedy: 'Require the claim, and then compare it.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [345, 287],
  references: ['RFC 8725 §3.9', 'ASVS 9.2.3'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, process.env.KEY, { algorithms: ['HS256'], issuer: 'shop' });\nif (claims.aud && claims.aud !== 'web') throw new Error('audience');`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, process.env.KEY, { algorithms: ['HS256'], issuer: 'shop', audience: 'web' });`,
    },
    {
      language: 'python',
      vulnerable: `from jose import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["RS256"], issuer=ISSUER, audience="orders")`,
      fixed: `from jose import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["RS256"], issuer=ISSUER, audience="orders", options={"require_aud": True})`,
    },
  ],
  on: 'ClaimCheck',
  *check({ roles, at }) {
    const claim = textOf(roles.claim);
    if (textOf(roles.whenMissing) !== 'skips' || textOf(roles.onFailure) !== 'rejects') return;
    // Of one's own kinds of tokens, those that lack the claim are the ones it was added for.
    if (textOf(roles.match) === 'negative' || !['iss', 'aud', 'client_id', 'azp'].includes(claim ?? '')) return;
    yield {
      at,
      message: `A token without \`${claim}\` passes: the claim is compared only if it is there.`,
      fix: { title: 'Reject a token without the claim', kind: 'suggestion', steps: [{ demandCompared: at }] },
      severity: textOf(roles.issuerKind) === 'provider' ? 'error' : 'warning',
    };
  },
});
