import type { Fact } from '../facts/kinds.js';
import { isAbsent, textOf, type Value } from '../semantics/value.js';
import { defineRule, type FixStep } from './rule.js';

export default defineRule({
  id: 'issuer-audience-not-validated',
  item: 'issuer-audience',
  title: 'Issuer or audience of a token are not validated',
  why: 'A valid signature says who made the token, not for whom. A token for service A must not open service B.',
  attack:
    'The attacker registers an own app at the same provider, logs in to it and takes the token. Your service finds a genuine signature and lets them in as whoever the token names.',
  remedy: 'Require the exact issuer and your own audience in the call that verifies, and set both when you issue.',
  severities: ['error', 'warning'],
  precision: 'high',
  cwe: [345, 287],
  references: ['RFC 8725 §3.8', 'RFC 8725 §3.9', 'ASVS 9.2.3'],
  stricter:
    'RFC 8725 asks for `aud` where an issuer serves several audiences; a single application with its own key is reported all the same, as a `warning`.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, process.env.KEY, { algorithms: ['HS256'] });`,
      fixed: `const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(token, process.env.KEY, { algorithms: ['HS256'], issuer: 'https://login.example', audience: 'orders' });`,
    },
    {
      language: 'python',
      vulnerable: `import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["RS256"], issuer="https://login.example", options={"verify_aud": False})`,
      fixed: `import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["RS256"], audience="orders", issuer="https://login.example")`,
    },
  ],
  on: 'TokenVerify',
  *check(fact, ctx) {
    const { roles, at } = fact;
    const issues = ctx.all('TokenIssue');
    const provider = textOf(roles.issuerKind) === 'provider';
    if (textOf(roles.signature) === 'skipped' && !provider) return;
    const issuer = missing(roles.issuer, roles.issuerMatch);
    const audience = missing(roles.audience, roles.audienceMatch);
    if (!issuer && !audience) return;
    const off = [issuer ? roles.issuerMatch : undefined, audience ? roles.audienceMatch : undefined].find(
      (match) => match && textOf(match) === 'ignored' && match.place?.path === at.path,
    );
    const both = issuer && audience;
    yield {
      at: off?.place && !both ? off.place : at,
      message: both
        ? 'Neither issuer nor audience of the token is validated.'
        : issuer
          ? 'The issuer of the token is not validated.'
          : 'The audience of the token is not validated.',
      severity: provider ? 'error' : 'warning',
      // Where a token without the claim passes all the same, an expectation alone mends nothing.
      ...(audience && textOf(roles.missingAudience) === 'accepted' ? {} : { fix: fixFor() }),
    };
    function fixFor() {
      return {
        title: both ? 'Require issuer and audience' : issuer ? 'Require the issuer' : 'Require the audience',
        kind: 'suggestion' as const,
        steps: [
          ...(issuer
            ? require(fact, 'issuer', roles.issuerMatch, issued(issues, 'issuer'), 'https://issuer.example')
            : []),
          ...(audience ? require(fact, 'audience', roles.audienceMatch, issued(issues, 'audience'), 'my-api') : []),
        ],
      };
    }
  },
});

/** Says what is expected, and takes out what switches the comparison off. */
function require(
  of: Fact<'TokenVerify'>,
  set: 'issuer' | 'audience',
  match: Value,
  to: string | undefined,
  or: string,
): readonly FixStep[] {
  const off = textOf(match) === 'ignored' && match.place ? [{ remove: match.place }] : [];
  return isAbsent(of.roles[set]) === false && off.length > 0
    ? off
    : [...off, { set, of, or, ...(to === undefined ? {} : { to }) }];
}

/** What the workspace's own tokens say, where they all say the same. */
function issued(issues: readonly Fact<'TokenIssue'>[], role: 'issuer' | 'audience'): string | undefined {
  const texts = new Set(issues.map(({ roles }) => textOf(roles[role])));
  const [only] = texts;
  return texts.size === 1 ? only : undefined;
}

function missing(expected: Parameters<typeof isAbsent>[0], match: Parameters<typeof textOf>[0]): boolean {
  return (
    isAbsent(expected) === true || textOf(match) === 'ignored' || (expected.kind === 'literal' && expected.value === '')
  );
}
