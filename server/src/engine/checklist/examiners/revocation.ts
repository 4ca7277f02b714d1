import { sayDuration } from '../../semantics/operators.js';
import { type Value, alternatives, textOf, textsOf } from '../../semantics/value.js';
import type { Fact } from '../../facts/kinds.js';
import { defineExaminer } from '../examiner.js';
import type { Statement } from '../examiner.js';
import type { RuleContext } from '../../rules/rule.js';

const EFFECTS: Readonly<Record<string, string>> = {
  recordEnd: 'Logout ends the record on the server.',
  blocklist: 'Logout writes the token on the list of ended ones.',
  versionBump: 'Logout raises the version of the account’s tokens.',
  providerRevoke: 'Logout revokes the token at its issuer.',
  serverLogout: 'Logout calls the server’s logout.',
  sessionDestroy: 'Logout destroys the session’s record.',
};

const CHECKS: Readonly<Record<string, string>> = {
  blocklist: 'Verification asks the list of ended tokens.',
  record: 'Verification looks up the record of the token or session.',
  version: 'Verification compares the version of the account’s tokens.',
  library: 'The library asks this function whether a token was ended.',
};

export default defineExaminer({
  item: 'revocation',
  *examine(path, ctx) {
    yield* logouts(path, ctx);
    for (const { roles, at } of ctx.all('RevocationCheck')) {
      if (at.path !== path && !(textsOf(roles.files) ?? []).includes(path)) continue;
      const how = textOf(roles.how) ?? '';
      if (!isTrue(roles.written) && how !== 'library')
        yield {
          question:
            'This is asked at every verification, and nothing in sight ends anything there. What does, for a logout, a stolen device or a leaver?',
          at,
        };
      else if (CHECKS[how]) yield { evidence: CHECKS[how] as string, at };
    }
    const ended = endsRecords(ctx);
    for (const { roles, at } of ctx.all('RefreshExchange')) {
      if (textOf(roles.side) !== 'server' || (at.path !== path && !(textsOf(roles.files) ?? []).includes(path)))
        continue;
      if (!isTrue(roles.record)) continue;
      if (ended) yield { evidence: 'Refresh tokens are records on the server, and a logout ends them.', at: ended };
      else
        yield {
          question: 'Nothing here ends this session or token for a logout, a stolen device or a leaver. What does?',
          at: roles.taken.place ?? at,
        };
    }
    yield* issues(path, ctx, ended);
    yield* sessions(path, ctx);
  },
});

function* logouts(path: string, ctx: RuleContext): Iterable<Statement> {
  for (const { roles, at } of ctx.all('Logout')) {
    if (at.path !== path && !(textsOf(roles.files) ?? []).includes(path)) continue;
    const effects = alternativesOf(roles.effects);
    const strong = effects.find((e) => EFFECTS[textOf(e) ?? ''] !== undefined);
    const session = textOf(roles.session);
    if (strong && !(textOf(strong) === 'sessionDestroy' && session === 'cookie')) {
      yield { evidence: EFFECTS[textOf(strong) ?? ''] as string, at: strong.place ?? at };
      continue;
    }
    const names = effects.map((e) => textOf(e));
    if (names.includes('sessionClear') && session === 'server')
      yield { evidence: 'Logout empties the session’s record.', at };
    else if (names.includes('sessionClear') && session === 'unknown')
      yield {
        question: 'Does clearing this session end its record on the server, or is the session the cookie itself?',
        at,
      };
    else if (names.includes('unknown'))
      yield { question: 'Does this logout end the token on the server, or only on this device?', at };
    else if (
      textOf(roles.side) === 'client' &&
      names.includes('providerEndSession') &&
      !ctx.all('TokenStore').some((s) => textOf(s.roles.tokenKind) === 'refresh')
    )
      yield { evidence: 'Logout ends the session at the provider.', at };
    else if (textOf(roles.side) === 'client' && names.length > 0)
      yield {
        question:
          'This logout forgets the tokens in the client. Does the provider end the refresh token too, or must it be revoked?',
        at,
      };
  }
}

/** Where some code ends records of refresh tokens or sessions outside the refresh itself. */
function endsRecords(ctx: RuleContext): Fact['at'] | undefined {
  for (const { roles, at } of ctx.all('Logout')) {
    const end = alternativesOf(roles.effects).find((e) => /^(?:recordEnd|versionBump)$/.test(textOf(e) ?? ''));
    if (end) return end.place ?? at;
  }
  return undefined;
}

function* issues(path: string, ctx: RuleContext, ended: Fact['at'] | undefined): Iterable<Statement> {
  const seen = new Set<unknown>();
  const check = ctx.all('RevocationCheck').find(({ roles }) => isTrue(roles.written));
  for (const issue of ctx.facts('TokenIssue')) {
    const use = textOf(issue.roles.use);
    if (seen.has(issue.node) || (use !== undefined && use !== 'access' && use !== 'refresh' && use !== 'session'))
      continue;
    seen.add(issue.node);
    const seconds = secondsOf(issue.roles.lifetime) ?? secondsOf(issue.roles.expiresAt);
    if (check) {
      yield { evidence: 'A verification of these tokens asks whether they were ended.', at: check.at };
      continue;
    }
    if (use === 'refresh') {
      if (ended) yield { evidence: 'Refresh tokens can be ended on the server.', at: ended };
      continue;
    }
    if (seconds === undefined) {
      if (issue.roles.lifetime.kind !== 'absent' || issue.roles.expiresAt.kind !== 'absent')
        yield {
          question:
            'These tokens can’t be ended early, and their lifetime is set elsewhere. Is it short enough for a stolen one?',
          at: issue.at,
        };
    } else if (seconds <= 900)
      yield { evidence: `The token lives ${sayDuration(seconds)}, and ends by itself.`, at: issue.at };
    else if (seconds <= ctx.limits.accessTokenMinutes * 60) {
      if (ended)
        yield {
          evidence: `The access token lives ${sayDuration(seconds)}, and what renews it can be ended.`,
          at: ended,
        };
      else
        yield {
          question: `These tokens can’t be ended early; they live ${sayDuration(seconds)}. Is that short enough for a stolen one?`,
          at: issue.at,
        };
    }
  }
  // A guard that only verifies: what it accepts is as good as what is issued.
  for (const verify of ctx.facts('TokenVerify')) {
    if (check || seen.size > 0) continue;
    const use = textOf(verify.roles.use);
    if (textOf(verify.roles.issuerKind) === 'provider') {
      if (use !== 'id')
        yield {
          question:
            'Tokens of a provider are checked by signature only. How long do they live, and is it accepted that a revoked one works until then?',
          at: verify.at,
        };
      seen.add(verify.node);
      continue;
    }
    if (textOf(verify.roles.issuerKind) !== 'own') continue;
    if (use !== undefined && use !== 'access' && use !== 'session') continue;
    const lives = ctx
      .all('TokenIssue')
      .filter((i) => textOf(i.roles.use) !== 'refresh')
      .map((i) => secondsOf(i.roles.lifetime) ?? secondsOf(i.roles.expiresAt));
    const longest = lives.every((s) => s !== undefined) ? Math.max(0, ...(lives as number[])) : undefined;
    if (lives.length === 0 || longest === undefined)
      yield {
        question:
          'Tokens are checked by signature only. How long do they live, and is it accepted that a revoked one works until then?',
        at: verify.at,
      };
    else if (longest <= 900 || (ended && longest <= ctx.limits.accessTokenMinutes * 60))
      yield { evidence: `The tokens live ${sayDuration(longest)} at most.`, at: verify.at };
    else if (longest <= ctx.limits.accessTokenMinutes * 60)
      yield {
        question: `These tokens can’t be ended early; they live ${sayDuration(longest)}. Is that short enough for a stolen one?`,
        at: verify.at,
      };
    seen.add(verify.node);
  }
}

/** A session that is the cookie itself, and no logout in sight. */
function* sessions(path: string, ctx: RuleContext): Iterable<Statement> {
  for (const { roles, at } of ctx.facts('SessionConfig')) {
    if (at.path !== path || textOf(roles.kept) !== 'cookie') continue;
    if (ctx.all('Logout').some((logout) => /^(?:cookie|server)$/.test(textOf(logout.roles.session) ?? ''))) continue;
    if (ctx.all('RevocationCheck').length > 0) continue;
    yield {
      question: 'Nothing here ends this session or token for a logout, a stolen device or a leaver. What does?',
      at,
    };
  }
}

function alternativesOf(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : alternatives(value);
}

function secondsOf(value: Value): number | undefined {
  let longest: number | undefined;
  for (const one of alternatives(value)) {
    if (one.kind !== 'duration') return undefined;
    if (one.seconds === undefined) return undefined;
    longest = Math.max(longest ?? 0, one.seconds);
  }
  return longest;
}

function isTrue(value: Value): boolean {
  return value.kind === 'literal' && value.value === true;
}
