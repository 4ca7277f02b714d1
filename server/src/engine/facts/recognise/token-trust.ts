/**
 * Whether the token itself decides how it is checked: its header gives the algorithm, carries or names the key, or its
 * unverified issuer says where the keys are.
 */
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { returnsOf } from '../../semantics/calls.js';
import { type Value, alternatives, directParts, partsOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { claimsIn, markParameter } from '../token-flow.js';
import { literal, withRoles } from './token-use.js';

/** Header fields that bring or locate a key. */
const CARRIES = new Set(['jwk', 'jku', 'x5u', 'x5c', 'jwks_uri']);

export default defineRecogniser({
  name: 'token-trust',
  phase: 'workspace',
  order: 15,
  refine(fact, view) {
    if (fact.kind !== 'TokenVerify') return undefined;
    const verify = fact as Fact<'TokenVerify'>;
    const roots = rootsFor(view);
    const roles: Record<string, Value> = {};
    const algorithms = claimsIn(view.s, verify.roles.algorithms, roots);
    if (algorithms.has('alg') || algorithms.has('*')) {
      roles.algorithmsFrom = { ...literal('token'), ...placeOf(verify.roles.algorithms) };
    }
    const key = keyFrom(view, verify, roots);
    if (key) roles.keyFrom = key;
    return Object.keys(roles).length > 0 ? withRoles(fact, roles) : undefined;
  },
});

function placeOf(value: Value): { place?: NonNullable<Value['place']> } {
  return value.place ? { place: value.place } : {};
}

const rootsByView = new WeakMap<object, ReadonlySet<IrNode>>();

/** All calls of the workspace that only read a token. */
export function rootsFor(view: FileView): ReadonlySet<IrNode> {
  let known = rootsByView.get(view.s);
  if (!known) {
    // What a verification by hand reads of the header is not verified yet, either.
    const byHand = view.all('TokenVerify').filter((v) => v.node && !v.site);
    const unchecked = view.all('TokenVerify').filter((v) => textOf(v.roles.signature) === 'skipped');
    known = new Set([...view.all('TokenDecode'), ...byHand, ...unchecked].flatMap((d) => d.node ?? []));
    rootsByView.set(view.s, known);
  }
  return known;
}

function keyFrom(view: FileView, verify: Fact<'TokenVerify'>, roots: ReadonlySet<IrNode>): Value | undefined {
  for (const option of alternatives(verify.roles.key)) {
    if (option.kind === 'function') {
      const found = keyOfResolver(view, option);
      if (found) return found;
      continue;
    }
    const found = trustIn(view, option, roots, 5);
    if (found) return { ...found, ...placeOf(option) };
  }
  const node = verify.node;
  const brings = view
    .factsOf(verify.path, 'KeyMaterial')
    .find(
      (m) =>
        textOf(m.roles.from) === 'token' &&
        node !== undefined &&
        m.at.span.start >= node.span.start &&
        m.at.span.end <= node.span.end,
    );
  return brings ? { ...literal('token'), place: brings.at } : undefined;
}

/** A function that is asked for the key with the token's header. */
function keyOfResolver(view: FileView, resolver: Extract<Value, { kind: 'function' }>): Value | undefined {
  const { fn, path } = resolver;
  for (const index of fn.params.keys()) markParameter(fn, index);
  const roots: ReadonlySet<IrNode> = new Set([fn]);
  const results: Expr[] = returnsOf(fn).flatMap((e) => e ?? []);
  const index = view.s.index(path);
  // `done(null, key)`
  for (const call of index.calls) {
    if (index.functionOf(call) !== fn || call.callee.kind !== 'name') continue;
    const name = call.callee.name;
    if (fn.params.some((p) => p.target.kind === 'bind' && p.target.name === name))
      results.push(...call.args.slice(1).map((a) => a.value));
  }
  for (const result of results) {
    const found = trustIn(view, view.s.evaluate(path, result), roots, 5);
    if (found) return { ...found, place: { path, span: result.span } };
  }
  return undefined;
}

/** Whether a key is the token's own, fetched from where the token says, or read from a path that it names. */
function trustIn(view: FileView, value: Value, roots: ReadonlySet<IrNode>, depth: number): Value | undefined {
  if (depth < 0) return undefined;
  const claims = claimsIn(view.s, value, roots);
  for (const claim of claims) if (CARRIES.has(claim)) return literal('token');
  if (value.kind === 'result' || value.kind === 'call') {
    // What an answer is read from: `fetch(…).json()`.
    const { callee } = value.site.call;
    if (callee.kind === 'member' && depth > 0) {
      const receiver = view.s.evaluate(value.site.path, callee.object, value.site.frame);
      const found = trustIn(view, receiver, roots, depth - 1);
      if (found) return found;
    }
    for (const argument of value.site.call.args) {
      const given = view.s.evaluate(value.site.path, argument.value, value.site.frame);
      const inner = claimsIn(view.s, given, roots);
      for (const claim of inner) if (CARRIES.has(claim)) return literal('token');
      // An address, a path or a statement that is put together from what the token says.
      if (isText(given) && (inner.has('kid') || inner.has('iss'))) {
        if (!isChecked(view, value.site.path, argument.value, inner)) return literal('address');
      }
      const nested = trustIn(view, given, roots, depth - 1);
      if (nested) return nested;
    }
  }
  for (const part of directParts(value)) {
    const found = trustIn(view, part, roots, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/** A text that is put together, alone or in an address object. */
function isText(value: Value): boolean {
  return [...partsOf(value, 2)].some((v) => v.kind === 'concat' || (v.kind === 'operation' && v.operator === '+'));
}

/** An allow-list before: `if (!ISSUERS.includes(iss)) throw`. */
function isChecked(view: FileView, path: string, at: Expr, claims: ReadonlySet<string>): boolean {
  return view.s.conditionsAt(path, at).some((condition) => mentions(condition.test, claims));
}

function mentions(expr: Expr, names: ReadonlySet<string>): boolean {
  switch (expr.kind) {
    case 'name':
      return names.has(expr.name) || /iss|kid|trusted|allowed/i.test(expr.name);
    case 'member':
      return names.has(expr.property) || mentions(expr.object, names);
    case 'binary':
      return mentions(expr.left, names) || mentions(expr.right, names);
    case 'unary':
      return mentions(expr.operand, names);
    case 'call':
      return mentions(expr.callee, names) || expr.args.some((a) => mentions(a.value, names));
    default:
      return false;
  }
}
