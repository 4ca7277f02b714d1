/** Callbacks: where the answer of an authorization request arrives, and what becomes of its `state`. */
import type { Place } from '../../base/span.js';
import type { FunctionIR } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type Link, type StateVerdict, codeRead, judgeWay, waysTo } from '../oauth/callback.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calleeSpan, withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'callback-handler',
  phase: 'workspace',
  *recognise(view) {
    const { path, s } = view;
    const seen = new Map<FunctionIR | string, StateVerdict>();
    for (const exchange of view.all('TokenRequest')) {
      if (textOf(exchange.roles.side) === 'serves' || !isCodeExchange(exchange) || !exchange.node) continue;
      for (const way of waysOf(s, exchange)) {
        const first = way[0] as Link;
        if (first.path !== path) continue;
        const fn = s.index(path).functionOf(first.node);
        const key = fn ?? path;
        if (seen.has(key)) continue;
        const verdict = byLibrary(exchange) ?? judgeWay(s, way, textOf(exchange.roles.stateBy) === 'expected');
        seen.set(key, verdict);
        yield callback(view, way, fn, verdict);
      }
    }
  },
});

const ways = new WeakMap<Semantics, Map<Fact, readonly (readonly Link[])[]>>();

/** The ways to an exchange: the same for every file that asks. */
function waysOf(s: Semantics, exchange: Fact<'TokenRequest'>): readonly (readonly Link[])[] {
  const known = ways.get(s) ?? new Map<Fact, readonly (readonly Link[])[]>();
  ways.set(s, known);
  let found = known.get(exchange as Fact);
  if (!found) {
    found = exchange.node ? waysTo(s, exchange.path, exchange.node) : [];
    known.set(exchange as Fact, found);
  }
  return found;
}

/** A library that compares `state` by itself when it trades the code in. */
function byLibrary(exchange: Fact<'TokenRequest'>): StateVerdict | undefined {
  const { stateBy, expectedState } = exchange.roles;
  if (textOf(stateBy) === 'library')
    return {
      check: 'library',
      missing: 'rejects',
      failure: 'rejects',
      bound: 'yes',
      order: 'before',
      place: exchange.at,
      skip: undefined,
    };
  if (textOf(stateBy) !== 'expected' || expectedState.kind === 'absent') return undefined;
  return {
    check: 'library',
    missing: 'rejects',
    failure: 'rejects',
    bound: 'yes',
    order: 'before',
    place: exchange.at,
    skip: undefined,
  };
}

function isCodeExchange({ roles }: Fact<'TokenRequest'>): boolean {
  const grant = textOf(roles.grantType);
  return (
    grant === 'authorization_code' ||
    (grant === undefined && roles.code.kind !== 'absent' && roles.code.kind !== 'unknown')
  );
}

function callback(view: FileView, way: readonly Link[], fn: FunctionIR | undefined, verdict: StateVerdict): Fact {
  const { path, s } = view;
  const first = way[0] as Link;
  const read = codeRead(s, path, fn);
  const param = fn?.params.find((p) => p.target.kind === 'bind' && p.target.name === 'code');
  const call = first.node;
  const own = 'kind' in call && call.kind === 'call' ? calleeSpan(call) : call.span;
  const at: Place = { path, span: read?.span ?? param?.target.span ?? own };
  const say = (value: string, place?: Place): Value => ({ kind: 'literal', value, ...(place ? { place } : {}) });
  const roles: Record<string, Value> = {
    code: read ? s.evaluate(path, read) : { kind: 'unknown' },
    check: say(verdict.check, verdict.place),
    missing: say(verdict.missing, verdict.skip ?? verdict.place),
    failure: say(verdict.failure, verdict.place),
    bound: say(verdict.bound, verdict.place),
    order: say(verdict.order, verdict.place),
  };
  return {
    kind: 'CallbackHandler',
    roles: withAbsent(roles),
    spans: {},
    at,
    path,
    library: 'by hand',
    node: first.node,
    ...(fn ? { fn } : {}),
  } as Fact;
}
