/**
 * A token that is taken apart by hand: split at the dots, a segment decoded from base64 and read as JSON. Where the same
 * function computes or compares a signature, it is a verification by hand.
 */
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { entriesOf } from '../../semantics/entries.js';
import { alternatives, fieldOf, partsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { readAs, withAbsent } from '../recognise.js';
import { arrivalsOf, claimsIn, segmentOf } from '../token-flow.js';
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
    const bySplit = new Map<CallExpr, { readonly call: CallExpr; readonly part: 'header' | 'payload' }[]>();
    for (const call of view.index.calls) {
      if (!PARSES.test(lastName(call))) continue;
      const first = call.args[0]?.value;
      if (!first || !mentionsCall(first)) continue;
      const segment = segmentIn(view, first);
      if (!segment || (!decodesBase64(first) && !decodesNearby(view, call))) continue;
      const known = bySplit.get(segment.split) ?? [];
      bySplit.set(segment.split, [...known, { call, part: segment.part }]);
    }
    for (const [split, reads] of bySplit) yield* fromReads(view, split, reads);
    yield* handMadeTokens(view);
  },
});

interface Segment {
  readonly split: CallExpr;
  readonly part: 'header' | 'payload';
}

/** Whether a function computes or compares a signature: itself, or by a function that it calls. */
function signatureCalls(view: FileView, path: string, fn: FunctionIR, depth = 1): readonly CallExpr[] {
  const index = view.s.index(path);
  const library = (c: CallExpr) =>
    path === view.path && [...view.facts('TokenVerify'), ...view.facts('TokenIssue')].some((f) => f.node === c);
  const found: CallExpr[] = [];
  for (const call of index.calls) {
    if (index.functionOf(call) !== fn || library(call)) continue;
    const holder = call.callee.kind === 'member' && call.callee.object.kind === 'name' ? call.callee.object.name : '';
    if (SIGNATURE.test(lastName(call)) || /^hmac$/i.test(holder)) found.push(call);
    else if (depth > 0) {
      for (const callee of alternatives(view.s.callee({ path, call, frame: undefined })))
        if (callee.kind === 'function') found.push(...signatureCalls(view, callee.path, callee.fn, depth - 1));
    }
  }
  return found;
}

function* fromReads(
  view: FileView,
  split: CallExpr,
  reads: readonly { readonly call: CallExpr; readonly part: 'header' | 'payload' }[],
): Generator<Fact> {
  const payload = reads.find((r) => r.part === 'payload');
  const first = payload ?? reads[0];
  if (!first) return;
  const fn = view.index.functionOf(first.call);
  const signs = fn ? signatureCalls(view, view.path, fn) : [];
  const token = split.callee.kind === 'member' ? view.s.evaluate(view.path, split.callee.object) : undefined;
  const base = {
    spans: {},
    at: { path: view.path, span: first.call.span },
    path: view.path,
    library: 'hand-made-decode',
    node: split,
    ...(fn ? { fn } : {}),
  };
  if (signs.length === 0) {
    const roles = { ...(token ? { token } : {}), part: literal(first.part) };
    yield { ...base, kind: 'TokenDecode', roles: withAbsent(roles) } as Fact;
    return;
  }
  // Two parts, a text and its signature, are no JWT.
  if (!payload) return;
  const roots: ReadonlySet<IrNode> = new Set([split]);
  const algorithm = signs[0]?.args[0]
    ? view.s.evaluate(view.path, (signs[0] as CallExpr).args[0]?.value as Expr)
    : undefined;
  const byHeader = algorithm && claimsIn(view.s, algorithm, roots).has('alg');
  const checksEnd = arrivalsOf(view.s, view.path, split, roots).some((a) => a.claims.has('exp'));
  yield {
    ...base,
    kind: 'TokenVerify',
    roles: withAbsent({
      ...(token ? { token } : {}),
      ...(byHeader ? { algorithms: algorithm } : {}),
      ...(fn && acceptsUnsigned(view, fn, roots) ? { unsigned: literal(true) } : {}),
      choice: literal('key-fixes-one'),
      signature: literal('checked'),
      failure: literal('throws'),
      expiry: literal(checksEnd ? 'checked' : 'skipped'),
    }),
  } as Fact;
}

/** `if (header.alg === 'none') return payload`. */
function acceptsUnsigned(view: FileView, fn: FunctionIR, roots: ReadonlySet<IrNode>): boolean {
  return view.index.statements.some((stmt) => {
    if (stmt.kind !== 'if' || view.index.functionOf(stmt) !== fn || stmt.test.kind !== 'binary') return false;
    const { left, right, operator } = stmt.test;
    const none = [left, right].some((e) => e.kind === 'literal' && /^none$/i.test(String(e.value)));
    const header = [left, right].some((e) => claimsIn(view.s, view.s.evaluate(view.path, e), roots).has('alg'));
    const last = stmt.then.at(-1);
    return (
      none &&
      header &&
      operator === '==' &&
      last?.kind === 'exit' &&
      last.how === 'return' &&
      last.value !== undefined &&
      last.value.kind !== 'literal'
    );
  });
}

/** Texts of three parts with dots between them, the last one a signature. */
function* handMadeTokens(view: FileView): Generator<Fact> {
  for (const expr of view.index.expressions) {
    const parts = dotted(expr);
    const payload = parts?.[1];
    const signature = parts?.[2];
    if (!payload || !signature) continue;
    const fn = view.index.functionOf(expr);
    if (!fn || signatureCalls(view, view.path, fn).length === 0 || !isSignature(view, signature)) continue;
    const entries = entriesOf(view.s, view.path, expr, [view.s.evaluate(view.path, payload)]);
    for (const entry of entries.length > 0 ? entries : [undefined]) {
      const claims = view.s.evaluate(view.path, payload, entry?.frame);
      const claim = (name: string) => fieldOf(claims, name);
      yield {
        kind: 'TokenIssue',
        roles: withAbsent({
          payload: claims,
          expiresAt: readAs(claim('exp'), 'expiry'),
          issuer: claim('iss'),
          audience: claim('aud'),
          jti: claim('jti'),
          protection: literal('signed'),
          algorithm: literal('by hand'),
        }),
        spans: { payload: payload.span },
        at: { path: view.path, span: expr.span },
        path: view.path,
        library: 'hand-made-decode',
        node: expr,
        fn,
        ...(entry ? { through: entry.through } : {}),
      } as unknown as Fact;
    }
  }
}

/** The three parts of a text: a template, a sum, a join of a list. */
function dotted(expr: Expr): readonly Expr[] | undefined {
  const isDot = (e: Expr | undefined) => e?.kind === 'literal' && e.value === '.';
  const parts =
    expr.kind === 'concat' ? expr.parts : expr.kind === 'binary' && expr.operator === '+' ? summands(expr) : undefined;
  if (parts?.length === 5 && isDot(parts[1]) && isDot(parts[3])) return [0, 2, 4].map((i) => parts[i] as Expr);
  if (expr.kind !== 'call' || expr.callee.kind !== 'member' || expr.callee.property !== 'join') return undefined;
  const { object } = expr.callee;
  const list = object.kind === 'list' ? object : expr.args[0]?.value.kind === 'list' ? expr.args[0].value : undefined;
  const separator = object.kind === 'list' ? expr.args[0]?.value : object;
  return list?.kind === 'list' && list.items.length === 3 && isDot(separator)
    ? list.items.map((i) => i.value)
    : undefined;
}

function summands(expr: Expr): readonly Expr[] {
  return expr.kind === 'binary' && expr.operator === '+' ? [...summands(expr.left), ...summands(expr.right)] : [expr];
}

function isSignature(view: FileView, expr: Expr): boolean {
  const value = view.s.evaluate(view.path, expr);
  return [...partsOf(value, 6)].some(
    (part) =>
      ((part.kind === 'call' || part.kind === 'result') && /digest|hmac|sign|update/i.test(lastName(part.site.call))) ||
      (part.kind === 'result' && /digest|hmac/i.test(part.callee)) ||
      (part.kind === 'derived' && /hash|hmac|sign/i.test(part.how)),
  );
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
