/** What a caught error prints of the request that failed: some HTTP clients keep headers, body or address in their errors. */
import type { CallExpr } from '../../ir/ir.js';
import type { Definition } from '../../semantics/file-index.js';
import { type Span, contains } from '../../base/span.js';
import { alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type Answer, type Carried, carriedBy, type Looking } from './carried.js';

const CLEAN: Answer = { carried: [], known: true };

/** What an error, or a part of it, carries. `chain` is the call whose failure it is, for `request(…).catch(f)`. */
export function errorCarried(
  l: Looking,
  definition: Definition,
  properties: readonly string[],
  shows: boolean,
  chain?: CallExpr,
): Answer {
  const part = partOf(properties);
  if (part === 'nothing') return CLEAN;
  const found: Carried[] = [];
  for (const { fact, looking } of failing(l, definition, chain)) {
    const failure = textOf(fact.roles.failure);
    if (failure === 'request' && (part === 'whole' ? shows : part === 'request'))
      found.push(...requestCarries(looking, fact));
    if (failure === 'url' && part !== 'request') found.push(...addressCarries(looking, fact));
  }
  return { carried: found, known: true };
}

function partOf(properties: readonly string[]): 'whole' | 'message' | 'request' | 'nothing' {
  const [first, second] = properties;
  if (first === undefined || first === 'toJSON' || first === 'args') return 'whole';
  if (first === 'message') return 'message';
  if (first === 'config' || first === 'request' || first === 'options') {
    const last = properties.at(-1) ?? '';
    return /^(?:url|method|baseURL|timeout|path|host)$/.test(last) && last !== 'url' ? 'nothing' : 'request';
  }
  if (first === 'response')
    return second === undefined || second === 'config' || second === 'request' ? 'request' : 'nothing';
  return 'nothing';
}

/** The requests whose failure a handler hears of: those in the `try` body, and those of the functions it calls. */
function failing(
  l: Looking,
  definition: Definition,
  chain: CallExpr | undefined,
): readonly { fact: Fact<'ClientRequest'>; looking: Looking }[] {
  const node = definition.node;
  const spans: Span[] = [];
  if (chain) spans.push(chain.callee.span);
  else if (node && 'kind' in node && node.kind === 'try') spans.push(...node.body.map((stmt) => stmt.span));
  if (spans.length === 0) return [];
  const within = (span: Span) => spans.some((outer) => contains(outer, span));
  const found = l
    .requests(l.path)
    .filter((fact) => fact.node && within(fact.node.span))
    .map((fact) => ({ fact, looking: l }));
  for (const call of l.index.calls) {
    if (!within(call.span) || found.length > 20) continue;
    if (call.callee.kind !== 'name' && call.callee.kind !== 'member') continue;
    for (const callee of alternatives(l.s.callee(l.s.site(l.path, call)))) {
      if (callee.kind !== 'function' || callee.fn.body.some((stmt) => stmt.kind === 'try')) continue;
      const looking = l.at(callee.path);
      for (const fact of l.requests(callee.path))
        if (fact.node && contains(callee.fn.span, fact.node.span)) found.push({ fact, looking });
    }
  }
  return found;
}

function requestCarries(l: Looking, fact: Fact<'ClientRequest'>): readonly Carried[] {
  const args = fact.site?.call.args ?? [];
  return args
    .flatMap((argument) => carriedBy(l, argument.value, true).carried)
    .filter((c) => c.redactor === undefined)
    .map((c) => ({ kind: c.kind, carrier: 'the error of the HTTP client', isError: true }));
}

function addressCarries(l: Looking, fact: Fact<'ClientRequest'>): readonly Carried[] {
  const spans = [fact.spans.url, fact.spans.query].filter((span) => span !== undefined);
  return (fact.site?.call.args ?? [])
    .filter((argument) => spans.some((span) => contains(argument.span, span) || contains(span, argument.span)))
    .flatMap((argument) => carriedBy(l, argument.value, true).carried)
    .map((c) => ({ kind: c.kind, carrier: 'the address in the error', isError: true }));
}
