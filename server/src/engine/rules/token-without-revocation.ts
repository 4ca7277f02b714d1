import { lifetimeOf, sayLife } from '../facts/token-life.js';
import type { Fact } from '../facts/kinds.js';
import { lifetimesOf } from '../facts/lifetimes.js';
import { type Value, textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';
import type { FixIntent, Report, RuleContext } from './rule.js';

export default defineRule({
  id: 'token-without-revocation',
  item: 'revocation',
  title: 'Long-lived or refresh tokens that nothing can end',
  why: 'A signed token is like a stamped wristband: the door only looks at the stamp, never at a list of guests. Without a list, a version or a short life, throwing somebody out means waiting until the stamp fades. That shows up in no test, only in an incident.',
  attack:
    'A laptop is stolen with a session in its browser. The owner logs out everywhere and changes the password; nothing on the server asks. The thief’s copy of the token goes on working for its whole life.',
  remedy:
    'Either keep access tokens to 5 to 15 minutes and refresh tokens as rows you can delete, or put a random `jti` in each token and ask a blocklist at every verification. Where the account is loaded anyway, compare a `token_version` there.',
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 7.4.1', 'ASVS 10.4.9', 'RFC 9700 §4.14.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nexports.login = (user) => jwt.sign({ sub: user.id }, process.env.KEY, { expiresIn: '7d' });`,
      fixed: `const jwt = require('jsonwebtoken');\nexports.login = (user) => jwt.sign({ sub: user.id }, process.env.KEY, { expiresIn: '15m' });`,
    },
  ],
  scope: 'project',
  *check(ctx) {
    if (ctx.all('RevocationCheck').length > 0) return;
    const seen = new Set<unknown>();
    const own = ctx
      .all('TokenVerify')
      .filter(
        ({ roles }) => textOf(roles.issuerKind) === 'own' && /^(?:access|session)$/.test(textOf(roles.use) ?? 'access'),
      );
    const verifiersOf = (issue: Fact<'TokenIssue'>) =>
      own.filter((verify) => mayBeSameKey(issue.roles.key, verify.roles.key)).map((verify) => verify.path);
    for (const issue of ctx.all('TokenIssue')) {
      if (ctx.isTest(issue.path) || seen.has(issue.node)) continue;
      const report = issueReport(ctx, issue, verifiersOf(issue));
      if (!report) continue;
      seen.add(issue.node);
      yield report;
    }
    for (const { roles, at } of ctx.all('RefreshExchange')) {
      if (textOf(roles.side) !== 'server' || textOf(roles.presented) !== 'access' || textOf(roles.end) !== 'none')
        continue;
      yield {
        at: roles.taken.place ?? at,
        severity: 'error',
        touches: textsOf(roles.files) ?? [],
        message: 'The token renews itself, and nothing on the server can end it: no record, no version, no blocklist.',
      };
    }
  },
});

function issueReport(ctx: RuleContext, issue: Fact<'TokenIssue'>, verifiers: readonly string[]): Report | undefined {
  const use = textOf(issue.roles.use);
  if (use !== 'access' && use !== 'refresh' && use !== 'session' && use !== undefined) return undefined;
  if (isMailed(issue) || hasOwnKey(issue)) return undefined;
  const life = lifetimeOf(issue);
  if (use === 'refresh' && textOf(issue.roles.useFrom) !== 'default') {
    const exchanges = ctx
      .all('RefreshExchange')
      .filter(({ roles }) => textOf(roles.side) === 'server' && textOf(roles.presented) === 'refresh');
    if (exchanges.length === 0 || exchanges.some(({ roles }) => isTrue(roles.record) || textOf(roles.end) !== 'none'))
      return undefined;
    return {
      at: issue.at,
      severity: life === 'never' ? 'error' : 'warning',
      touches: exchanges.flatMap((e) => [e.path, ...(textsOf(e.roles.files) ?? [])]),
      message: 'Refresh tokens are signed and nowhere recorded: nothing can end one before it expires.',
    };
  }
  if (life === undefined) return undefined;
  if (life !== 'never' && life <= ctx.limits.accessTokenMinutes * 60) return undefined;
  // A token that ends soon needs no revocation of its own.
  const title = 'Let it live 15 minutes';
  const seconds = Math.min(900, ctx.limits.accessTokenMinutes * 60);
  const shorter: readonly FixIntent[] =
    life === 'never'
      ? ['lifetime', 'expiresAt'].map((set) => ({ title, kind: 'suggestion', steps: [{ set, of: issue, seconds }] }))
      : lifetimesOf(issue).flatMap(({ place, seconds: was }) =>
          place ? [{ title, kind: 'suggestion', steps: [{ lifetime: place, was, seconds }] }] : [],
        );
  return {
    at: issue.at,
    severity: life === 'never' ? 'error' : 'warning',
    touches: verifiers,
    ...(shorter.length > 0 ? { fix: shorter } : {}),
    message: `The token lives ${life === 'never' ? 'for ever' : sayLife(life)}, and nothing can end it before: no record, no version, no blocklist.`,
  };
}

/** Whether a token whose use nothing says is made for a mail, a download, a call: by the function and file that make it. */
function isMailed(issue: Fact<'TokenIssue'>): boolean {
  if (textOf(issue.roles.useFrom) === 'claim') return false;
  return /invit|reset|verif|confirm|magic|unsubscri|download|webhook|share|ticket|transfer|collab|email/i.test(
    `${issue.fn?.name ?? ''} ${issue.path}`,
  );
}

/** Whether the key belongs to the account, so that a new key ends its tokens; or nothing is known of it. */
function hasOwnKey({ roles }: Fact<'TokenIssue'>): boolean {
  const { key } = roles;
  if (key.kind === 'unknown') return true;
  return (
    key.kind === 'member' &&
    (key.object.kind === 'parameter' || key.object.kind === 'instance') &&
    /secret|salt|key/i.test(key.property) &&
    /user|account|member/i.test(key.object.kind === 'parameter' ? key.object.name : key.object.cls.name)
  );
}

/** Whether two keys may be one: both from the same variable, or nothing is known of one. */
function mayBeSameKey(a: Value, b: Value): boolean {
  const name = (v: Value) => (v.kind === 'environment' ? v.name : v.kind === 'literal' ? String(v.value) : undefined);
  const [one, other] = [name(a), name(b)];
  return one === undefined || other === undefined ? a.kind === b.kind : one === other;
}

function isTrue(value: Fact<'RefreshExchange'>['roles']['record']): boolean {
  return value.kind === 'literal' && value.value === true;
}
