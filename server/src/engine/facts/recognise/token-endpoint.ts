/** Token endpoints that are served by hand: which grants they answer, and what they do about the code verifier. */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { keyedRead, requestParameter } from '../oauth/keyed-read.js';
import { type Scenario, reached } from '../oauth/scenario.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'token-endpoint',
  phase: 'file',
  *recognise(view) {
    const seen = new Set<string>();
    for (const expr of view.index.expressions) {
      if (expr.kind !== 'binary' || (expr.operator !== '==' && expr.operator !== '!=')) continue;
      const grant = grantOf(view, expr);
      if (grant === undefined) continue;
      const fn = view.index.functionOf(expr);
      const key = `${fn?.span.start ?? 0} ${grant}`;
      if (seen.has(key) || isRefusal(view, expr)) continue;
      seen.add(key);
      yield* served(view, expr, grant, fn);
    }
    yield* plainAccepted(view);
  },
});

const say = (value: string): Value => ({ kind: 'literal', value });

/** `method === 'plain' ? verifier : sha256(verifier)`, or a discovery document that offers it: the server takes `plain`. */
function* plainAccepted(view: FileView): Generator<Fact> {
  const { index, s, path } = view;
  const config = (at: Expr): Fact => {
    const fn = index.functionOf(at);
    return {
      kind: 'AuthorizationServerConfig',
      roles: withAbsent({ pkceMethods: say('plain'), by: say('code') }),
      spans: {},
      at: { path, span: at.span },
      path,
      library: 'by hand',
      node: at,
      ...(fn ? { fn } : {}),
    } as Fact;
  };
  for (const expr of index.expressions) {
    if (expr.kind === 'record') {
      const methods = expr.entries.find((e) => e.key === 'code_challenge_methods_supported')?.value;
      const served = expr.entries.some((e) => e.key === 'token_endpoint' || e.key === 'authorization_endpoint');
      const plain =
        methods?.kind === 'list'
          ? methods.items.find((i) => i.value.kind === 'literal' && i.value.value === 'plain')
          : undefined;
      if (served && plain) yield config(plain.value);
    }
    if (
      expr.kind !== 'binary' ||
      expr.operator !== '==' ||
      expr.right.kind !== 'literal' ||
      expr.right.value !== 'plain'
    )
      continue;
    const read = keyedRead(s, s.evaluate(path, expr.left));
    const name = read?.key ?? (expr.left.kind === 'name' ? expr.left.name : '');
    if (!/challenge_?method|^method$/i.test(name) || isRefusal(view, expr)) continue;
    const compares = index.expressions.some(
      (e) => e.kind === 'name' && /verifier/i.test(e.name) && index.functionOf(e) === index.functionOf(expr),
    );
    if (compares && !refusesPlain(view)) yield config(expr);
  }
}

/** A test that lets only `S256` through comes first. */
function refusesPlain(view: FileView): boolean {
  return view.index.statements.some(
    (stmt) =>
      stmt.kind === 'if' &&
      stmt.test.kind === 'binary' &&
      stmt.test.operator === '!=' &&
      stmt.test.right.kind === 'literal' &&
      stmt.test.right.value === 'S256' &&
      view.s.exits(view.path, stmt.then),
  );
}

/** The grant that a test of the request's `grant_type` is about. */
function grantOf(view: FileView, expr: Extract<Expr, { kind: 'binary' }>): string | undefined {
  const { s, path } = view;
  for (const [one, other] of [
    [expr.left, expr.right],
    [expr.right, expr.left],
  ] as const) {
    const name = parameterOf(view, s.evaluate(path, one), one);
    if (name !== undefined && /^grant_?type$/i.test(name)) return textOf(s.evaluate(path, other));
  }
  return undefined;
}

/** The request's parameter that a value is: read by name, or a route's own. */
function parameterOf(view: FileView, value: Value, expr: Expr): string | undefined {
  for (const option of alternatives(value)) {
    if (option.kind === 'parameter') return option.name;
    const name = requestParameter(view.s, option);
    if (name !== undefined) return name;
    if (option.kind === 'result' && option.via?.kind === 'parameter') return option.via.name;
  }
  return expr.kind === 'name' && /^(?:grant_?type|code_?verifier|client_?(?:id|secret))$/i.test(expr.name)
    ? expr.name
    : undefined;
}

/** `if (grant_type === 'password') return error('unsupported_grant_type')` */
function isRefusal(view: FileView, test: Extract<Expr, { kind: 'binary' }>): boolean {
  const { index } = view;
  if (test.operator !== '==') return false;
  let node: IrNode | undefined = test;
  while (node && !('kind' in node && node.kind === 'if')) node = index.parentOf(node);
  if (!node || !('kind' in node) || node.kind !== 'if') return true;
  const span = { start: node.then[0]?.span.start ?? 0, end: node.then.at(-1)?.span.end ?? 0 };
  return index.expressions.some(
    (e) =>
      e.kind === 'literal' &&
      typeof e.value === 'string' &&
      /unsupported|not.?supported|disabled/i.test(e.value) &&
      e.span.start >= span.start &&
      e.span.end <= span.end,
  );
}

const ISSUES = /issue|sign|token|grant|encode|respond|jwt|session/i;
const NOT_ISSUES =
  /verify|validate|check|hash|find|get|query|delete|remove|revoke|decode|compare|digest|sha|update|status|json|error|abort/i;

function* served(view: FileView, test: Expr, grant: string, fn: FunctionIR | undefined): Generator<Fact> {
  const { index, s, path } = view;
  const within = index.expressions.filter((e) => !fn || (e.span.start >= fn.span.start && e.span.end <= fn.span.end));
  const reads = (name: RegExp) =>
    within.find(
      (e) =>
        (e.kind === 'name' || e.kind === 'member' || e.kind === 'call') &&
        name.test(parameterOf(view, s.evaluate(path, e), e) ?? ''),
    );
  const client = reads(/^client_?id$/i);
  const secret = reads(/^client_?secret$/i);
  const verifier = reads(/^code_?verifier$/i);
  const base = {
    side: say('serves'),
    grantType: say(grant),
    ...(client ? { clientId: s.evaluate(path, client) } : {}),
  };
  const roles: Record<string, Value> = { ...base };
  if (grant === 'authorization_code') {
    const issue = issuingCall(view, test, within);
    const absent = issue ? lets(view, issue, { verifier: false, challenge: true }) : undefined;
    const none = issue ? lets(view, issue, { verifier: false, challenge: false }) : undefined;
    roles.verifierCheck = say(
      !verifier
        ? 'none'
        : absent === true
          ? 'skipped'
          : demandsChallenge(view)
            ? 'demanded'
            : none === true
              ? 'optional'
              : none === false
                ? 'demanded'
                : 'unknown',
    );
    roles.secretCheck = say(secret ? 'read' : 'none');
    if (verifier) roles.verifier = s.evaluate(path, verifier);
  }
  yield {
    kind: 'TokenRequest',
    roles: withAbsent(roles),
    spans: {},
    at: { path, span: test.span },
    path,
    library: 'by hand',
    node: test,
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** The call that makes the token for a grant: the last one of that name in its branch. */
function issuingCall(view: FileView, test: Expr, within: readonly Expr[]): Expr | undefined {
  const { index } = view;
  let node: IrNode | undefined = test;
  while (node && !('kind' in node && node.kind === 'if')) node = index.parentOf(node);
  const branch =
    node &&
    'kind' in node &&
    node.kind === 'if' &&
    test.kind === 'binary' &&
    test.operator === '==' &&
    node.test === test
      ? node.then
      : undefined;
  const start = branch?.[0]?.span.start ?? test.span.end;
  const end = branch?.at(-1)?.span.end ?? Number.POSITIVE_INFINITY;
  return within
    .filter((e) => e.kind === 'call' && e.span.start >= start && e.span.end <= end)
    .filter((e) => {
      const callee = e.kind === 'call' ? e.callee : undefined;
      const name = callee?.kind === 'member' ? callee.property : callee?.kind === 'name' ? callee.name : '';
      return ISSUES.test(name) && !NOT_ISSUES.test(name);
    })
    .at(-1);
}

/** Whether a token is made in this case. */
function lets(view: FileView, issue: Expr, given: { verifier: boolean; challenge: boolean }): boolean | undefined {
  const { s, path } = view;
  const scenario: Scenario = {
    name: `${given.verifier}/${given.challenge}`,
    scalar(value, expr) {
      const name = parameterOf(view, value, expr);
      if (name !== undefined && /^code_?verifier$/i.test(name))
        return given.verifier ? { is: 'text', text: 'verifier' } : { is: 'absent' };
      if (name !== undefined && /^code$/.test(name)) return { is: 'text', text: 'code' };
      for (const option of alternatives(value)) {
        const read = keyedRead(s, option);
        if (read && /^code_?challenge$/i.test(read.key))
          return given.challenge ? { is: 'text', text: 'challenge' } : { is: 'absent' };
        if (read && /^code_?challenge_?method$/i.test(read.key))
          return given.challenge ? { is: 'literal', value: 'S256' } : { is: 'absent' };
      }
      return 'unsaid';
    },
    lookup: () => undefined,
    verifies: () => undefined,
  };
  const result = reached(s, path, issue, undefined, scenario);
  if (result.reached !== undefined) return result.reached;
  // Conditions about other things: the client, the code.
  return !result.unsure.some(({ test }) => mentions(view, test));
}

function mentions(view: FileView, test: Expr): boolean {
  return view.index.expressions.some(
    (e) =>
      e.span.start >= test.span.start &&
      e.span.end <= test.span.end &&
      ((e.kind === 'name' && /verifier|challenge|pkce/i.test(e.name)) ||
        (e.kind === 'member' && /verifier|challenge|pkce/i.test(e.property)) ||
        (e.kind === 'call' && e.callee.kind === 'name' && /verifier|challenge|pkce/i.test(e.callee.name))),
  );
}

/** Whether the file refuses authorization requests without a challenge. */
function demandsChallenge(view: FileView): boolean {
  const { index, s, path } = view;
  return index.statements.some((stmt) => {
    if (stmt.kind !== 'if' || !s.exits(path, stmt.then)) return false;
    return index.expressions.some((e) => {
      if (e.span.start < stmt.test.span.start || e.span.end > stmt.test.span.end) return false;
      if (e.kind === 'unary' && e.operator === '!') return isChallenge(view, e.operand);
      return (
        e.kind === 'binary' &&
        (e.operator === '==' || e.operator === '!=') &&
        isChallenge(view, e.left) &&
        e.right.kind === 'literal' &&
        (e.right.value === null || e.right.value === '' || e.right.value === 'S256')
      );
    });
  });
}

function isChallenge(view: FileView, expr: Expr): boolean {
  const name = parameterOf(view, view.s.evaluate(view.path, expr), expr);
  return (
    (name !== undefined && /^code_?challenge(?:_?method)?$/i.test(name)) ||
    (expr.kind === 'name' && /^code_?challenge(?:_?method)?$/i.test(expr.name))
  );
}
