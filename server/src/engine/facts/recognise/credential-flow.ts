/** Credentials that flow into logs, errors and addresses. */
import type { Span } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { gravity } from '../../semantics/credential-kinds.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, textOf, textsOf } from '../../semantics/value.js';
import { type Carried, carriedBy, type Looking } from '../leaks/carried.js';
import { addressFlows } from '../leaks/addresses.js';
import { isDevelopmentOnly, isErrorAnswerOnly } from '../leaks/guards.js';
import { logSinks } from '../leaks/sinks.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser, type FileView } from '../recogniser.js';

export default defineRecogniser({
  name: 'credential-flow',
  phase: 'workspace',
  order: 50,
  *recognise(view) {
    if (view.facts('Credential').length === 0 && view.facts('LogWrite').length === 0) return;
    const l = lookingAt(view);
    yield* logFlows(view, l);
    yield* errorFlows(view, l);
    for (const flow of addressFlows(l, view.facts('ClientRequest')))
      yield flowFact(view, flow.node, flow.span, 'url', [flow.carried], { kind: 'literal', value: flow.parameter });
  },
});

const issuesBySemantics = new WeakMap<Semantics, ReadonlyMap<unknown, Fact<'TokenIssue'>>>();

function lookingAt(view: FileView): Looking {
  let issues = issuesBySemantics.get(view.s);
  if (!issues) {
    issues = new Map(view.all('TokenIssue').map((issue) => [issue.site?.call, issue]));
    issuesBySemantics.set(view.s, issues);
  }
  const shared = issues;
  const takesPasswords = view.all('Credential').some(({ roles }) => textOf(roles.kind) === 'password');
  const at = (path: string): Looking => ({
    s: view.s,
    path,
    index: view.s.index(path),
    issues: shared,
    takesPasswords,
    requests: (other) => view.factsOf(other, 'ClientRequest'),
    at,
  });
  return at(view.path);
}

function* logFlows(view: FileView, l: Looking): Iterable<Fact> {
  for (const { call, argument } of logSinks(view.s, view.path, view.facts('LogWrite'))) {
    const carried = carriedBy(l, argument.value, true).carried.filter(
      (c) => !isRedactedByLogger(view, call, argument.value, c),
    );
    if (carried.length === 0 || isDevelopmentOnly(view.s, view.path, call)) continue;
    if (
      carried.every((c) => c.carrier !== undefined && !c.isError) &&
      isErrorAnswerOnly(view.s, view.path, call) &&
      !carriesRequest(carried)
    )
      continue;
    yield flowFact(view, call, smallest(l, argument.value).span, 'log', carried);
  }
}

function carriesRequest(carried: readonly Carried[]): boolean {
  return carried.some((c) => /request|header|cookie|environment/.test(c.carrier ?? ''));
}

function* errorFlows(view: FileView, l: Looking): Iterable<Fact> {
  for (const error of view.facts('ErrorResponse')) {
    const call = error.site?.call;
    if (!call) continue;
    const isThrown = error.roles.status.kind === 'literal' && error.roles.status.value === 'thrown';
    for (const argument of call.args) {
      if (isThrown && isBareName(argument.value)) continue;
      const carried = carriedBy(l, argument.value, true).carried.filter((c) => !c.redactor);
      if (carried.length === 0 || isDevelopmentOnly(view.s, view.path, call)) continue;
      if (carried.every((c) => c.carrier !== undefined && !c.isError) && isErrorAnswerOnly(view.s, view.path, call))
        continue;
      yield flowFact(view, call, smallest(l, argument.value).span, 'error', carried);
    }
  }
}

/** An exception that is handed a value keeps it; only a text surely shows it. */
function isBareName(expr: Expr): boolean {
  return expr.kind === 'name' || expr.kind === 'member' || expr.kind === 'call';
}

/** The part of an argument that carries: an entry of a record, a part of a text. */
function smallest(l: Looking, expr: Expr, depth = 4): Expr {
  if (depth === 0) return expr;
  const parts: readonly Expr[] =
    expr.kind === 'record'
      ? expr.entries.map((e) => e.value)
      : expr.kind === 'list'
        ? expr.items.map((i) => i.value)
        : expr.kind === 'concat'
          ? expr.parts
          : expr.kind === 'binary' && expr.operator === '+'
            ? [expr.left, expr.right]
            : [];
  const carrying = parts.find((part) => part.kind !== 'literal' && carriedBy(l, part, true).carried.length > 0);
  return carrying ? smallest(l, carrying, depth - 1) : expr;
}

/** Whether the logger itself is configured to mask that key: `pino({ redact: [...] })`. */
function isRedactedByLogger(
  view: FileView,
  call: Extract<Expr, { kind: 'call' }>,
  argument: Expr,
  carried: Carried,
): boolean {
  if (carried.key === undefined || argument.kind !== 'record' || call.callee.kind !== 'member') return false;
  const logger = view.s.evaluate(view.path, call.callee.object);
  if (logger.kind !== 'result') return false;
  const given = ['arg 0 .redact', 'arg 0 .redact .paths']
    .map((path) => textsOf(view.s.access(logger.site, path).value))
    .find((texts) => texts !== undefined);
  return (given ?? []).some(
    (path) =>
      path
        .replace(/["'\]]/g, '')
        .split(/[.[]/)
        .at(-1) === carried.key,
  );
}

function flowFact(
  view: FileView,
  node: IrNode,
  span: Span,
  sink: 'log' | 'error' | 'url',
  carried: readonly Carried[],
  parameter?: Value,
): Fact {
  const certain = carried.filter((c) => c.redactor === undefined);
  const shown = certain.length > 0 ? certain : carried;
  const kinds = [...new Set(shown.map((c) => c.kind))];
  const [first] = shown as [Carried];
  const fn = view.index.functionOf(node);
  const literal = (value: string): Value => ({ kind: 'literal', value });
  return {
    kind: 'CredentialFlow',
    roles: withAbsent({
      kinds: { kind: 'list', items: kinds.map(literal), open: false },
      sink: literal(sink),
      source: literal(first.isError ? 'http error' : first.carrier === undefined ? 'value' : 'container'),
      gravity: literal(kinds.map(gravity).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0] ?? 'warning'),
      ...(first.carrier === undefined ? {} : { carrier: literal(first.carrier) }),
      ...(parameter ? { parameter } : {}),
      ...(certain.length === 0 && first.redactor ? { redactor: literal(first.redactor) } : {}),
    }) as never,
    spans: {},
    at: { path: view.path, span },
    path: view.path,
    library: 'credential-flow',
    node,
    ...(fn ? { fn } : {}),
  } as Fact;
}

const ORDER = ['error', 'warning', 'info'] as const;
