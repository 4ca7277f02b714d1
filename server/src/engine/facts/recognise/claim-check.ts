/**
 * Issuer, audience and kind, compared by hand after the verification. A comparison that rejects counts as if the library had
 * made it; one that is skipped, or that finds parts, is a fact of its own.
 */
import type { FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { ONE_TIME_USES, USE_CLAIMS } from '../../semantics/token-uses.js';
import { type Value, alternatives, isAbsent, numberOf, partsOf, textOf } from '../../semantics/value.js';
import { type ClaimComparison, comparisonsIn, isWholePattern } from '../claim-checks.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { claimsIn, functionsReached, markParameter, sameValue } from '../token-flow.js';
import { rootsFor } from './token-trust.js';
import { literal, withRoles } from './token-use.js';

type Verify = Fact<'TokenVerify'>;

export default defineRecogniser({
  name: 'claim-check',
  phase: 'workspace',
  order: 12,
  *recognise(view) {
    const seen = new Set<string>();
    for (const verify of view.facts('TokenVerify')) {
      for (const fact of factsOf(verify, view)) {
        const key = `${fact.at.path}:${fact.at.span.start}:${textOf(fact.roles.claim)}`;
        if (!seen.has(key)) {
          seen.add(key);
          yield fact as unknown as Fact;
        }
      }
    }
  },
  refine(fact, view) {
    return fact.kind === 'TokenVerify' ? refineVerify(fact as Verify, view) : undefined;
  },
});

const byNode = new WeakMap<object, WeakMap<IrNode, readonly ClaimComparison[]>>();

/** The comparisons of what a verification gave, in the functions that get its result. */
function comparisonsOf(verify: Verify, view: FileView): readonly ClaimComparison[] {
  const node = verify.node;
  if (!node) return [];
  let memo = byNode.get(view.s);
  if (!memo) {
    memo = new WeakMap();
    byNode.set(view.s, memo);
  }
  const known = memo.get(node);
  if (known) return known;
  const { roots, functions } = claimRoots(verify, view);
  const found: ClaimComparison[] = [];
  for (const { path, fn } of [...functionsReached(view.s, verify.path, node, roots), ...functions])
    found.push(...comparisonsIn(view.s, path, fn, roots));
  memo.set(node, found);
  return found;
}

/** What stands for the claims: the call, and the parameter of a function that it is given. */
export function claimRoots(
  verify: Verify,
  view: FileView,
): { roots: ReadonlySet<IrNode>; functions: readonly { path: string; fn: FunctionIR }[] } {
  const roots = new Set<IrNode>();
  const functions: { path: string; fn: FunctionIR }[] = [];
  if (verify.node) roots.add(verify.node);
  const at = numberOf(verify.roles.claimsAt) ?? 1;
  for (const option of alternatives(verify.roles.callback)) {
    if (option.kind !== 'function') continue;
    markParameter(option.fn, at);
    roots.add(option.fn);
    functions.push({ path: option.path, fn: option.fn });
  }
  const cls = verify.node ? view.s.index(verify.path).classOf(verify.node) : undefined;
  const validate = cls?.methods.find((m) => m.name === 'validate');
  if (validate && textOf(verify.roles.handled) === 'by library') {
    markParameter(
      validate,
      Math.max(
        0,
        validate.params.findIndex((p) => p.target.kind === 'bind' && /payload|claims|jwt|token/i.test(p.target.name)),
      ),
    );
    roots.add(validate);
    functions.push({ path: verify.path, fn: validate });
  }
  return { roots, functions };
}

const ROLES: Readonly<Record<string, 'issuer' | 'audience'>> = {
  iss: 'issuer',
  aud: 'audience',
  client_id: 'audience',
  azp: 'audience',
};
const PATTERNS = { issuer: 'issuerPattern', audience: 'audiencePattern' } as const;
const MISSING = { issuer: 'missingIssuer', audience: 'missingAudience' } as const;

function* factsOf(verify: Verify, view: FileView): Generator<Fact<'ClaimCheck'>> {
  for (const c of comparisonsOf(verify, view)) {
    if (!(c.claim in ROLES) && !isKindClaim(c.claim)) continue;
    yield check(verify, c.claim, c.expected, c.match, c.whenMissing, c.onFailure, { path: c.path, span: c.node.span });
  }
  for (const role of ['issuer', 'audience'] as const) {
    const given = verify.roles[role];
    if (isAbsent(given) === true) continue;
    const claim = role === 'issuer' ? 'iss' : 'aud';
    const span = verify.spans[role];
    const at =
      given.place?.path === verify.path && !span ? given.place : span ? { path: verify.path, span } : verify.at;
    if (textOf(verify.roles[MISSING[role]]) === 'accepted')
      yield check(verify, claim, given, 'exact', 'skips', 'rejects', verify.at);
    for (const option of alternatives(given).flatMap((v) => (v.kind === 'list' ? v.items : [v]))) {
      if (
        option.kind === 'regex' &&
        textOf(verify.roles[PATTERNS[role]]) === 'searched' &&
        !isWholePattern(option.pattern)
      )
        yield check(verify, claim, option, 'loose', 'rejects', 'rejects', option.place ?? at);
      if (textOf(option) === '*') yield check(verify, claim, option, 'any', 'rejects', 'rejects', option.place ?? at);
    }
  }
}

function check(
  verify: Verify,
  claim: string,
  expected: Value,
  match: string,
  whenMissing: string,
  onFailure: string,
  at: Fact['at'],
): Fact<'ClaimCheck'> {
  return {
    kind: 'ClaimCheck',
    roles: withAbsent({
      claim: literal(claim),
      expected,
      match: literal(match),
      whenMissing: literal(whenMissing),
      onFailure: literal(onFailure),
      issuerKind: literal(isProvider(verify) ? 'provider' : 'own'),
    }) as Fact<'ClaimCheck'>['roles'],
    spans: {},
    at,
    path: verify.path,
    library: 'claim-check',
    ...(verify.node ? { node: verify.node } : {}),
    ...(verify.fn ? { fn: verify.fn } : {}),
  };
}

function isProvider(verify: Verify): boolean {
  return textOf(verify.roles.issuerKind) === 'provider';
}

function isKindClaim(claim: string): boolean {
  return (USE_CLAIMS.includes(claim) && claim !== 'aud') || /refresh|reset|purpose|kind/i.test(claim);
}

function refineVerify(verify: Verify, view: FileView): Fact | undefined {
  const roles: Record<string, Value> = {};
  const comparisons = comparisonsOf(verify, view);
  for (const c of comparisons) {
    const role = ROLES[c.claim];
    if (!role || c.onFailure === 'continues' || c.match === 'negative' || c.match === 'present') continue;
    if (c.claim === 'azp' && isAbsent(verify.roles.audience) === true) {
      roles[role] ??= { kind: 'unknown' };
      continue;
    }
    // A comparison whose kind cannot be told is no evidence, and no defect.
    roles[role] = c.match === 'unknown' ? { kind: 'unknown' } : c.expected;
    if (isAbsent(roles[role] as Value) === true) roles[role] = literal('checked');
    roles[`${role}Match`] = literal(c.match === 'loose' ? 'loose' : 'exact');
    if (c.whenMissing === 'skips') roles[MISSING[role]] = literal('accepted');
  }
  for (const role of ['issuer', 'audience'] as const) {
    const given = verify.roles[role];
    const patterns = alternatives(given)
      .flatMap((v) => (v.kind === 'list' ? v.items : [v]))
      .filter((v) => v.kind === 'regex');
    if (patterns.length > 0 && textOf(verify.roles[PATTERNS[role]]) === 'ignored')
      roles[`${role}Match`] = literal('ignored');
    if (role === 'issuer' && isAbsent(given) === false && issuerFromToken(verify, view))
      roles.issuerMatch = literal('ignored');
  }
  const kind = comparisons.find((c) => isKindClaim(c.claim) && c.onFailure === 'rejects');
  const given = verify.roles.kinds;
  if (kind && given.kind === 'absent') roles.kinds = literal('claim');
  const confused =
    given.kind === 'absent' && !kind ? confusedWith(verify, view, roles.audience ?? verify.roles.audience) : undefined;
  if (confused) roles.confused = literal(confused);
  return Object.keys(roles).length > 0 ? withRoles(verify, roles) : undefined;
}

/** The expected issuer is what the token says, and the key does not depend on it either. */
function issuerFromToken(verify: Verify, view: FileView): boolean {
  const roots = rootsFor(view);
  if (!claimsIn(view.s, verify.roles.issuer, roots).has('iss')) return false;
  return !claimsIn(view.s, verify.roles.key, roots).has('iss');
}

/** Another kind of token that the workspace makes with the same key, and that passes here. */
function confusedWith(verify: Verify, view: FileView, audience: Value): string | undefined {
  const use = textOf(verify.roles.use) ?? 'access';
  if (use === 'revoked') return undefined;
  const others = view.all('TokenIssue').filter((issue) => {
    const other = textOf(issue.roles.use) ?? 'access';
    if (other === use || (textOf(issue.roles.useFrom) === 'default' && use === 'access')) return false;
    if (textOf(issue.roles.protection) === 'encrypted') return false;
    if (!mayShareKey(issue.roles.key, verify.roles.key)) return false;
    return !audienceTellsApart(issue.roles.audience, audience);
  });
  if (use !== 'access') {
    // An access token in a refresh or reset route; where a store knows the token, nothing is confused.
    if (!view.all('TokenIssue').some((i) => textOf(i.roles.use) === use && mayShareKey(i.roles.key, verify.roles.key)))
      return undefined;
    if (isLookedUp(verify, view)) return undefined;
  }
  const graver = others.find((o) => textOf(o.roles.use) === 'refresh' || ONE_TIME_USES.has(textOf(o.roles.use) ?? ''));
  return textOf((graver ?? others[0])?.roles.use);
}

function mayShareKey(a: Value, b: Value): boolean {
  if (sameValue(a, b)) return true;
  // Two variables that fall back to one literal are one key where neither is set.
  return alternatives(a).some((x) =>
    alternatives(b).some(
      (y) =>
        x.kind === 'environment' &&
        y.kind === 'environment' &&
        x.fallback !== undefined &&
        y.fallback !== undefined &&
        textOf(x.fallback) !== undefined &&
        textOf(x.fallback) === textOf(y.fallback),
    ),
  );
}

function audienceTellsApart(issued: Value, expected: Value): boolean {
  if (isAbsent(expected) !== false) return false;
  const a = textOf(issued);
  const b = textOf(expected);
  return a !== undefined && b !== undefined ? a !== b : isAbsent(issued) === true;
}

/** The token, or its id, is asked for in a store beside the verification. */
function isLookedUp(verify: Verify, view: FileView): boolean {
  const index = view.s.index(verify.path);
  const fn = verify.node ? index.functionOf(verify.node) : undefined;
  if (!fn) return false;
  const { roots } = claimRoots(verify, view);
  return index.calls.some((call) => {
    if (call === verify.node || index.functionOf(call) !== fn) return false;
    return call.args.some((argument) => {
      const value = view.s.evaluate(verify.path, argument.value);
      const claims = claimsIn(view.s, value, roots);
      if (claims.has('jti') || claims.has('sid') || claims.has('tokenId')) return true;
      return [...partsOf(value, 4)].some((part) => sameValue(part, verify.roles.token));
    });
  });
}
