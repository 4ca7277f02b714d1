/**
 * For what a token is: by a claim of its payload, by the names of what holds it, makes it or signs it. The first that
 * answers decides; a token of which nothing is said is an access token.
 */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { returnsOf } from '../../semantics/calls.js';
import { ONE_TIME_USES, type TokenUse, USE_CLAIMS, saysAccess, useOfName } from '../../semantics/token-uses.js';
import { type CallSite, type Value, alternatives, fieldOf, textOf } from '../../semantics/value.js';
import type { Fact, FactKind } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'token-use',
  phase: 'file',
  order: 5,
  refine(fact, view) {
    if (fact.kind === 'TokenIssue') {
      const found = useOfIssue(fact as Fact<'TokenIssue'>, view);
      return withRoles(fact, { use: literal(found?.use ?? 'access'), useFrom: literal(found?.from ?? 'default') });
    }
    if (fact.kind === 'TokenVerify') {
      const verify = fact as Fact<'TokenVerify'>;
      const typ = textOf(verify.roles.use);
      const said = (typ ? useOfName(typ) : undefined) ?? useByArguments(verify, ['token', 'key']);
      const named = said ?? useByNames(verify, view, ['token', 'key']);
      return withRoles(fact, {
        use: literal(named ?? 'access'),
        useFrom: literal(said ? 'name' : named ? 'function' : 'default'),
      });
    }
    return undefined;
  },
});

/** A fact with further roles. */
export function withRoles<K extends FactKind>(fact: Fact<K>, roles: Readonly<Record<string, Value>>): Fact {
  return { ...fact, roles: withAbsent({ ...fact.roles, ...roles }) } as unknown as Fact;
}

/** A plain value. */
export function literal(value: string | number | boolean): Value {
  return { kind: 'literal', value };
}

function useOfIssue(fact: Fact<'TokenIssue'>, view: FileView): { use: TokenUse; from: 'claim' | 'name' } | undefined {
  for (const option of alternatives(fact.roles.payload)) {
    for (const claim of USE_CLAIMS) {
      const text = textOf(fieldOf(option, claim));
      const use = text === undefined ? undefined : useOfName(text);
      if (use && (claim !== 'scope' && claim !== 'aud' ? true : use !== 'service' && use !== 'access'))
        return { use, from: 'claim' };
    }
  }
  const header = textOf(fact.roles.use);
  const typed = header ? useOfName(header) : undefined;
  if (typed) return { use: typed, from: 'claim' };
  const named = useByNames(fact, view, ['key', 'lifetime', 'expiresAt']);
  return named ? { use: named, from: 'name' } : undefined;
}

/** The use by the names in a call's own arguments. */
function useByArguments(fact: TokenAct, roles: readonly string[]): TokenUse | undefined {
  if (!fact.node || !('kind' in fact.node) || fact.node.kind !== 'call') return undefined;
  for (const name of argumentsAt(fact, fact.node, roles).flatMap((e) => [...namesIn(e, 3)])) {
    const use = useOfName(name);
    if (use && use !== 'access' && use !== 'service') return use;
  }
  return undefined;
}

/** The use by what stands around the call, and around the calls that lead to it; the nearest name that is plain wins. */
type TokenAct = Fact<'TokenIssue'> | Fact<'TokenVerify'> | Fact<'LinkOpen'>;

export function useByNames(fact: TokenAct, view: FileView, roles: readonly string[]): TokenUse | undefined {
  const node = fact.node;
  if (!node) return undefined;
  const ways: { path: string; node: IrNode }[] = [
    { path: fact.path, node },
    ...(fact.through ?? []).map((site: CallSite) => ({ path: site.path, node: site.call })),
  ];
  let general: TokenUse | undefined;
  for (const way of ways) {
    const { names, carried } = namesAround(view, way.path, way.node, fact.kind !== 'TokenIssue');
    for (const name of names) {
      const use = useOfName(name);
      if (use === undefined) continue;
      if ((use !== 'access' && use !== 'service') || saysAccess(name)) return use;
      general ??= use;
    }
    // Names further out speak of this token only where the function gives nothing else.
    if (!carried) break;
  }
  for (const way of ways) {
    if (!('kind' in way.node) || way.node.kind !== 'call') continue;
    const args =
      way.path === fact.path && way.node === node
        ? argumentsAt(fact, way.node, roles)
        : way.node.args.slice(1).map((a) => a.value);
    for (const name of args.flatMap((e) => [...namesIn(e, 3)])) {
      const use = useOfName(name);
      if (use && use !== 'access' && use !== 'service') return use;
      general ??= use;
    }
  }
  return general;
}

function argumentsAt(fact: TokenAct, call: Extract<Expr, { kind: 'call' }>, roles: readonly string[]): readonly Expr[] {
  const spans = roles.flatMap((role) => (fact.spans as Record<string, { start: number; end: number }>)[role] ?? []);
  return call.args
    .filter(
      (a, i) =>
        (i > 0 && fact.kind === 'TokenIssue') || spans.some((s) => s.start >= a.span.start && s.end <= a.span.end),
    )
    .map((a) => a.value);
}

/**
 * Names that hold a call's value, nearest first: variable, property, key, then the functions around. `carried`: the
 * function around gives the value itself.
 */
function namesAround(
  view: FileView,
  path: string,
  from: IrNode,
  isCheck: boolean,
): { readonly names: readonly string[]; readonly carried: boolean } {
  const index = view.s.index(path);
  const names: string[] = [];
  let node: IrNode | undefined = from;
  let inArguments = false;
  let carried: boolean | undefined;
  let held: string | undefined;
  while (node) {
    const parent: IrNode | undefined = index.parentOf(node);
    if (!parent) break;
    if ('params' in parent) {
      const given = !inArguments && (held === undefined || gives(parent, held));
      carried ??= given;
      // A function is named after what it gives, a handler after what it is asked for. Of a check, it says what it takes.
      if (parent.name && (isCheck || given)) names.push(parent.name);
      if (held !== undefined) inArguments = true;
    } else if ('kind' in parent) {
      if ((parent.kind === 'let' || parent.kind === 'assign') && parent.value === node && !inArguments) {
        names.push(...patternNames(parent.target));
        held = parent.target.kind === 'bind' ? parent.target.name : '';
      } else if (parent.kind === 'record') {
        const entry = parent.entries.find((e) => e.value === node);
        if (entry?.key) names.push(entry.key);
        inArguments = true;
      } else if (parent.kind === 'expr') held = '';
      else if (parent.kind === 'call' && parent.callee !== node) {
        const argument = parent.args.find((a) => a.value === node);
        if (argument?.name) names.push(argument.name);
        if (argument) {
          // `setCookie('refresh', token)`, `cache.set("reset:…", token)`
          for (const other of parent.args) {
            if (other.value.kind !== 'literal' || typeof other.value.value !== 'string') continue;
            // A route for renewing makes access tokens; one for a forgotten password makes the token that is mailed.
            const isRoute = argument.value.kind === 'lambda' && !isCheck;
            if (!isRoute || ONE_TIME_USES.has(useOfName(other.value.value) ?? '')) names.push(other.value.value);
          }
          if (parent.callee.kind === 'member') names.push(parent.callee.property);
          inArguments = argument.value.kind !== 'lambda';
        }
      }
    }
    node = parent;
  }
  return { names, carried: carried ?? false };
}

/** Whether a function returns what this variable holds. */
function gives(fn: FunctionIR, name: string): boolean {
  return returnsOf(fn).some((e) => {
    const value = e?.kind === 'unary' ? e.operand : e;
    return value?.kind === 'name' && value.name === name;
  });
}

function* patternNames(pattern: Extract<IrNode, { kind: 'let' }>['target']): Generator<string> {
  if (pattern.kind === 'bind') yield pattern.name;
  else if (pattern.kind === 'place' && pattern.expression.kind === 'member') yield pattern.expression.property;
  else if (pattern.kind === 'items') for (const item of pattern.items) if (item) yield* patternNames(item);
}

/** The names inside an expression. */
function* namesIn(expr: Expr, depth: number): Generator<string> {
  if (depth < 0) return;
  switch (expr.kind) {
    case 'name':
      yield expr.name;
      return;
    case 'member':
      yield expr.property;
      yield* namesIn(expr.object, depth - 1);
      return;
    case 'index':
      yield* namesIn(expr.object, depth - 1);
      yield* namesIn(expr.index, depth - 1);
      return;
    case 'call':
      for (const a of expr.args) yield* namesIn(a.value, depth - 1);
      yield* namesIn(expr.callee, depth - 1);
      return;
    case 'record':
      for (const e of expr.entries) yield* namesIn(e.value, depth - 1);
      return;
    case 'binary':
      yield* namesIn(expr.left, depth - 1);
      yield* namesIn(expr.right, depth - 1);
      return;
    case 'unary':
      yield* namesIn(expr.operand, depth - 1);
      return;
    default:
      return;
  }
}
