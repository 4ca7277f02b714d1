/** Comparisons of a verified token's claims, as code writes them after the verification. */
import type { Expr, FunctionIR, Stmt } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { Semantics } from '../semantics/semantics.js';
import { ABSENT, type Value, alternatives, isAbsent, textOf, textsOf } from '../semantics/value.js';
import { claimsIn } from './token-flow.js';

/** One comparison. */
export interface ClaimComparison {
  readonly path: string;
  readonly claim: string;
  readonly expected: Value;
  readonly match: 'exact' | 'loose' | 'negative' | 'present' | 'unknown';
  readonly whenMissing: 'rejects' | 'skips';
  readonly onFailure: 'rejects' | 'continues';
  readonly node: Expr;
}

/** The comparisons in a function (or at the top of a file) that concern what these calls give. */
export function comparisonsIn(
  s: Semantics,
  path: string,
  fn: FunctionIR | undefined,
  roots: ReadonlySet<IrNode>,
): readonly ClaimComparison[] {
  const index = s.index(path);
  const inside = (node: IrNode) =>
    fn ? node.span.start >= fn.span.start && node.span.end <= fn.span.end : index.functionOf(node) === undefined;
  const found: ClaimComparison[] = [];
  const reader: Reader = { s, path, roots };
  for (const stmt of index.statements) {
    if (!inside(stmt)) continue;
    if (stmt.kind === 'if') {
      const rejects = leaves(s, path, stmt.then);
      const accepts = stmt.otherwise.length > 0 && leaves(s, path, stmt.otherwise);
      // `if (a === b) { … return ok }  throw`: the rest of the list is the other branch.
      const after = !rejects && !accepts && stmt.otherwise.length === 0 && restLeaves(s, path, stmt);
      if (rejects) found.push(...read(reader, stmt.test, false, 'rejects'));
      else if (accepts || after) found.push(...read(reader, stmt.test, true, 'rejects'));
      else found.push(...read(reader, stmt.test, false, 'continues'));
    } else if (stmt.kind === 'exit' && stmt.how === 'return' && stmt.value) {
      const value = stmt.value;
      if (value.kind === 'binary' || (value.kind === 'unary' && value.operator === '!') || value.kind === 'call')
        found.push(...read(reader, value, true, 'rejects'));
      else if (value.kind === 'choice') found.push(...read(reader, value.test, true, 'rejects'));
    } else if (stmt.kind === 'expr' && stmt.value.kind === 'call') {
      const callee = stmt.value.callee;
      const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
      const first = stmt.value.args[0]?.value;
      if (first && /^(?:assert|ok|invariant|ensure|require|expect)$/.test(name))
        found.push(...read(reader, first, true, 'rejects'));
    }
  }
  return found;
}

interface Reader {
  readonly s: Semantics;
  readonly path: string;
  readonly roots: ReadonlySet<IrNode>;
}

function leaves(s: Semantics, path: string, list: readonly Stmt[]): boolean {
  return list.length > 0 && s.exits(path, list);
}

function restLeaves(s: Semantics, path: string, stmt: Stmt): boolean {
  const list = s.index(path).listOf(stmt);
  if (!list) return false;
  const rest = list.slice(list.indexOf(stmt) + 1);
  const first = rest[0];
  return s.exits(path, stmt.kind === 'if' ? stmt.then : []) && first?.kind === 'exit' && first.how === 'throw';
}

/**
 * The comparisons of a test. `accepted`: the test holds for tokens that pass; otherwise it holds for those that are
 * rejected.
 */
function read(
  reader: Reader,
  test: Expr,
  accepted: boolean,
  onFailure: ClaimComparison['onFailure'],
  guarded: ReadonlySet<string> = new Set(),
): readonly ClaimComparison[] {
  switch (test.kind) {
    case 'unary':
      return test.operator === '!' ? read(reader, test.operand, !accepted, onFailure, guarded) : [];
    case 'binary':
      break;
    case 'call':
      return readCall(reader, test, accepted, onFailure, guarded);
    case 'member':
    case 'index': {
      const claim = claimOf(reader, test);
      return claim
        ? [comparison(reader, test, claim, ABSENT, accepted ? 'present' : 'negative', onFailure, guarded)]
        : [];
    }
    default:
      return [];
  }
  const { operator, left, right } = test;
  if (operator === '&&' || operator === '||') {
    // `claim && claim !== X` rejects: what lacks the claim passes. The same, turned: `!claim || claim === X` accepts.
    const narrowing = accepted ? operator === '||' : operator === '&&';
    const asked = narrowing ? askedFor(reader, left, !accepted) : undefined;
    if (asked) return read(reader, right, accepted, onFailure, new Set([...guarded, asked]));
    const both = [
      ...read(reader, left, accepted, onFailure, guarded),
      ...read(reader, right, accepted, onFailure, guarded),
    ];
    // Two mismatches joined by "and" reject only what fails both; each alone proves nothing.
    return narrowing && both.length > 1 && new Set(both.map((c) => c.claim)).size > 1
      ? both.map((c) => ({ ...c, onFailure: 'continues' as const }))
      : both;
  }
  const equal = operator === '==' || operator === '!=';
  if (equal || operator === 'in' || operator === 'not in') {
    const positive = operator === '==' || operator === 'in';
    const a = claimOf(reader, left);
    const b = claimOf(reader, right);
    if ((a === undefined) === (b === undefined)) return [];
    const claim = (a ?? b) as string;
    const other = a ? right : left;
    const expected = reader.s.evaluate(reader.path, other);
    if (isAbsent(expected) === true) return [];
    const wanted = positive === accepted;
    let match: ClaimComparison['match'] = wanted ? 'exact' : 'negative';
    // `"api" in claims["aud"]` finds parts of a text, too.
    if (!equal && b && wanted) match = claim === 'aud' ? 'unknown' : 'exact';
    const skips = defaultsToExpected(reader, a ? left : right, expected) ? new Set([...guarded, claim]) : guarded;
    return [comparison(reader, test, claim, expected, match, onFailure, skips)];
  }
  return [];
}

function readCall(
  reader: Reader,
  test: Extract<Expr, { kind: 'call' }>,
  accepted: boolean,
  onFailure: ClaimComparison['onFailure'],
  guarded: ReadonlySet<string>,
): readonly ClaimComparison[] {
  const callee = test.callee;
  if (callee.kind !== 'member') return [];
  const first = test.args[0]?.value;
  const receiver = claimOf(reader, callee.object);
  const argument = first ? claimOf(reader, first) : undefined;
  const method = callee.property;
  if (
    receiver &&
    first &&
    /^(?:startsWith|startswith|endsWith|endswith|indexOf|match|search|HasPrefix)$/.test(method)
  ) {
    return [
      comparison(
        reader,
        test,
        receiver,
        reader.s.evaluate(reader.path, first),
        looseness(reader, first),
        onFailure,
        guarded,
      ),
    ];
  }
  if (receiver && first && /^(?:includes|contains)$/.test(method)) {
    const match = accepted ? (receiver === 'iss' ? 'loose' : 'unknown') : 'negative';
    return [comparison(reader, test, receiver, reader.s.evaluate(reader.path, first), match, onFailure, guarded)];
  }
  if (argument && /^(?:includes|has|contains|some|indexOf)$/.test(method)) {
    const list = reader.s.evaluate(reader.path, callee.object);
    return [comparison(reader, test, argument, list, accepted ? 'exact' : 'negative', onFailure, guarded)];
  }
  if (argument && /^(?:test|match|search|fullmatch|exec)$/.test(method)) {
    return [
      comparison(
        reader,
        test,
        argument,
        reader.s.evaluate(reader.path, callee.object),
        looseness(reader, callee.object, method),
        onFailure,
        guarded,
      ),
    ];
  }
  if (receiver && method === 'get') {
    return [
      comparison(
        reader,
        test,
        claimOf(reader, test) ?? receiver,
        ABSENT,
        accepted ? 'present' : 'negative',
        onFailure,
        guarded,
      ),
    ];
  }
  return [];
}

/** A pattern with both anchors and no open end compares the whole. */
function looseness(reader: Reader, pattern: Expr, method = ''): ClaimComparison['match'] {
  const value = reader.s.evaluate(reader.path, pattern);
  if (value.kind !== 'regex') return method === 'fullmatch' ? 'unknown' : 'loose';
  return isWholePattern(value.pattern) ? 'exact' : 'loose';
}

/** Whether a pattern holds only for whole texts that it spells out. */
export function isWholePattern(pattern: string): boolean {
  return /^\^.*\$$/.test(pattern) && !/(?<!\\)\.[*+]/.test(pattern);
}

function comparison(
  reader: Reader,
  node: Expr,
  claim: string,
  expected: Value,
  match: ClaimComparison['match'],
  onFailure: ClaimComparison['onFailure'],
  guarded: ReadonlySet<string>,
): ClaimComparison {
  return {
    path: reader.path,
    claim,
    expected,
    match,
    whenMissing: guarded.has(claim) ? 'skips' : 'rejects',
    onFailure,
    node,
  };
}

/** The one claim that an expression is. */
function claimOf(reader: Reader, expr: Expr): string | undefined {
  if (expr.kind === 'literal') return undefined;
  const claims = claimsIn(reader.s, reader.s.evaluate(reader.path, expr), reader.roots);
  const [only] = claims;
  return claims.size === 1 && only !== '*' ? only : undefined;
}

/** The claim that a test only asks to be there (`missing`: to be missing). */
function askedFor(reader: Reader, test: Expr, present: boolean): string | undefined {
  if (test.kind === 'unary' && test.operator === '!') return askedFor(reader, test.operand, !present);
  if (test.kind === 'binary' && (test.operator === '==' || test.operator === '!=')) {
    const nothing = (e: Expr) => e.kind === 'literal' && e.value === null;
    if (!nothing(test.left) && !nothing(test.right)) return undefined;
    const there = test.operator === '!=';
    return there === present ? claimOf(reader, nothing(test.left) ? test.right : test.left) : undefined;
  }
  if (test.kind === 'binary' && (test.operator === 'in' || test.operator === 'not in')) {
    const name = test.left.kind === 'literal' ? test.left.value : undefined;
    const whole = claimsIn(reader.s, reader.s.evaluate(reader.path, test.right), reader.roots).has('*');
    return typeof name === 'string' && whole && (test.operator === 'in') === present ? name : undefined;
  }
  if (!present) return undefined;
  return test.kind === 'member' || test.kind === 'index' || test.kind === 'call' || test.kind === 'name'
    ? claimOf(reader, test)
    : undefined;
}

/** `claims.get("aud", AUD) != AUD`, `(claims.type ?? 'access') !== 'access'`: what lacks the claim passes. */
function defaultsToExpected(reader: Reader, side: Expr, expected: Value): boolean {
  const fallback =
    side.kind === 'call' && side.callee.kind === 'member' && side.callee.property === 'get'
      ? side.args[1]?.value
      : side.kind === 'binary' && (side.operator === '??' || side.operator === '||')
        ? side.right
        : undefined;
  if (!fallback) return false;
  const given = textOf(reader.s.evaluate(reader.path, fallback));
  return given !== undefined && alternatives(expected).some((v) => textsOf(v)?.includes(given) ?? false);
}
