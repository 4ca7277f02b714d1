/**
 * A token that is taken apart by hand: split at the dots, a segment decoded from base64 and read as JSON. Where the same
 * function computes or compares a signature, it is a verification by hand.
 */
import type { CallExpr, Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { partsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';
import { segmentOf } from '../token-flow.js';
import { literal } from './token-use.js';

const PARSES = /^(?:parse|loads|load|decode_json|fromjson|unmarshal|decode)$/i;
const BASE64 =
  /^(?:atob|b64decode|urlsafe_b64decode|from|base64urldecode|base64decode|decode|toString|base64_decode|base64url)$/i;
const SIGNATURE = /hmac|timingSafeEqual|compare_digest|createVerify|createSign|^verify$|^sign$/i;

export default defineRecogniser({
  name: 'hand-made-decode',
  phase: 'file',
  order: 2,
  *recognise(view) {
    const seen = new Set<IrNode>();
    for (const call of view.index.calls) {
      if (!PARSES.test(lastName(call))) continue;
      const first = call.args[0]?.value;
      if (!first || !mentionsCall(first)) continue;
      const segment = segmentIn(view, first);
      if (!segment || seen.has(segment.split)) continue;
      if (!decodesBase64(first) && !decodesNearby(view, call)) continue;
      seen.add(segment.split);
      yield* fromCall(view, call, segment);
    }
  },
});

interface Segment {
  readonly split: CallExpr;
  readonly part: 'header' | 'payload';
}

function* fromCall(view: FileView, call: CallExpr, segment: Segment): Generator<Fact> {
  const fn = view.index.functionOf(call);
  const signs = view.index.calls.some(
    (c) =>
      fn !== undefined &&
      view.index.functionOf(c) === fn &&
      SIGNATURE.test(lastName(c)) &&
      !view.facts('TokenVerify').some((f) => f.node === c) &&
      !view.facts('TokenIssue').some((f) => f.node === c),
  );
  const token =
    segment.split.callee.kind === 'member' ? view.s.evaluate(view.path, segment.split.callee.object) : undefined;
  const base = {
    spans: {},
    at: { path: view.path, span: call.span },
    path: view.path,
    library: 'hand-made-decode',
    node: segment.split,
    ...(fn ? { fn } : {}),
  };
  const roles = { ...(token ? { token } : {}), part: literal(segment.part) };
  if (signs) return;
  yield { ...base, kind: 'TokenDecode', roles: withAbsent(roles) } as Fact;
}

/** The segment of a token that an expression is read from. */
function segmentIn(view: FileView, expr: Expr): Segment | undefined {
  for (const part of partsOf(view.s.evaluate(view.path, expr), 8)) {
    const found = segmentOf(part);
    if (found) return { split: found.split, part: found.index === 0 ? 'header' : 'payload' };
  }
  return undefined;
}

function mentionsCall(expr: Expr): boolean {
  return (
    expr.kind === 'call' ||
    expr.kind === 'name' ||
    expr.kind === 'member' ||
    expr.kind === 'concat' ||
    expr.kind === 'binary'
  );
}

function decodesBase64(expr: Expr): boolean {
  if (expr.kind === 'call') {
    if (BASE64.test(lastName(expr))) return true;
    if (expr.callee.kind === 'member' && decodesBase64(expr.callee.object)) return true;
    return expr.args.some((a) => decodesBase64(a.value));
  }
  return false;
}

/** The base64 is decoded into a variable of the same function before. */
function decodesNearby(view: FileView, call: CallExpr): boolean {
  const fn = view.index.functionOf(call);
  return view.index.calls.some((c) => c !== call && view.index.functionOf(c) === fn && BASE64.test(lastName(c)));
}

function lastName(call: CallExpr): string {
  const callee = call.callee;
  return callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
}
