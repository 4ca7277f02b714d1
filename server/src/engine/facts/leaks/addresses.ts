/** Credentials in the query or fragment of an address: written into its text, set on its parameters, given as `params`. */
import { type Span, contains } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { type CredentialKind, credentialKind } from '../../semantics/credential-kinds.js';
import { words } from '../../semantics/credential-names.js';
import { alternatives } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { requestInputOf } from '../request-input.js';
import { type Carried, carriedBy, type Looking } from './carried.js';

/** A credential as a parameter of an address. */
export interface AddressFlow {
  readonly node: IrNode;
  readonly span: Span;
  readonly parameter: string;
  readonly carried: Carried;
}

/** Links that carry a token by design, once. */
const ONE_TIME =
  /reset|verif|confirm|activat|invit|magic|unsubscribe|forgot|recover|accept|onboard|ticket|e_?mail|signup|share|presign|signed_?url|preview/i;
/** Parameters that belong into an address, or are no credential. */
const BY_DESIGN =
  /^(?:code|state|nonce|id_token_hint|code_challenge|client_id|csrf\w*|ticket|page_?token|token_type(?:_hint)?|sig|signature)$/i;

/** The credentials that a file's addresses hold. */
export function* addressFlows(l: Looking, requests: readonly Fact<'ClientRequest'>[]): Iterable<AddressFlow> {
  for (const expr of l.index.expressions) {
    if (expr.kind === 'concat') yield* inText(l, expr, expr.parts);
    else if (expr.kind === 'binary' && (expr.operator === '+' || expr.operator === '%')) {
      const parent = l.index.parentOf(expr);
      if (parent && 'kind' in parent && parent.kind === 'binary' && parent.operator === '+') continue;
      yield* inText(l, expr, expr.operator === '+' ? summands(expr) : formatted(expr.left, expr.right));
    } else if (expr.kind === 'call') yield* byCall(l, expr);
  }
  for (const write of l.index.memberWrites) {
    if (write.target.kind === 'member' && (write.target.property === 'search' || write.target.property === 'hash'))
      yield* inParameters(l, write.value, write.node);
  }
  for (const request of requests) {
    const span = request.spans.query;
    if (!span || !request.node) continue;
    for (const entry of entriesAt(l, request, span)) yield* inParameters(l, entry, request.node);
  }
}

function* entriesAt(l: Looking, request: Fact<'ClientRequest'>, span: Span): Iterable<Expr> {
  for (const argument of request.site?.call.args ?? []) {
    if (!contains(argument.span, span)) continue;
    const found = innermost(l, argument.value, span);
    if (found) yield found;
  }
}

/** The value that stands at a span, which may begin with its key. */
function innermost(l: Looking, expr: Expr, span: Span): Expr | undefined {
  if (contains(span, expr.span)) return expr;
  const inside = l.index.expressions.filter((e) => contains(span, e.span) && e.span.end === span.end);
  return inside.sort((x, y) => x.span.start - y.span.start)[0];
}

function summands(expr: Expr): readonly Expr[] {
  return expr.kind === 'binary' && expr.operator === '+'
    ? [...summands(expr.left), ...summands(expr.right)]
    : expr.kind === 'concat'
      ? expr.parts
      : [expr];
}

/** `"…?token=%s" % token` as text and values in turn. */
function formatted(text: Expr, values: Expr): readonly Expr[] {
  if (text.kind !== 'literal' || typeof text.value !== 'string') return [];
  const filled = values.kind === 'list' ? values.items.map((item) => item.value) : [values];
  const pieces = text.value.split(/%[+#]?[sdrvq]|\{\w*\}/);
  return pieces.flatMap((piece, i): Expr[] => {
    const value = filled[i];
    return [{ kind: 'literal', span: text.span, value: piece }, ...(value && i < pieces.length - 1 ? [value] : [])];
  });
}

function* inText(l: Looking, whole: Expr, parts: readonly Expr[]): Iterable<AddressFlow> {
  let before = '';
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'literal') {
      before += String(part.value);
      continue;
    }
    const written = /([?&#;])([A-Za-z_][\w.-]*)=(?:Bearer(?:%20|\+| ))?$/.exec(before);
    if (written && /[?#]/.test(before) && !/\s/.test(before.replace(/^\S*\s+(?=https?:|wss?:|\/)/, '').trim())) {
      const flow = parameterFlow(l, written[2] as string, part, before + contextOf(l, whole));
      if (flow) yield { node: whole, span: part.span, parameter: written[2] as string, carried: flow };
    } else if (/[?#&]$/.test(before) && i > 0) yield* inParameters(l, part, whole, before);
    before += '\u0000';
  }
}

/** What the surroundings say of an address: the function, the variable that it is put into. */
function contextOf(l: Looking, node: IrNode): string {
  const fn = l.index.functionOf(node);
  const stmt = l.index.statementOf(node);
  const target = stmt?.kind === 'let' && stmt.target.kind === 'bind' ? stmt.target.name : '';
  return ` ${fn?.name ?? ''} ${target}`;
}

function* byCall(l: Looking, call: Extract<Expr, { kind: 'call' }>): Iterable<AddressFlow> {
  const { callee, args } = call;
  if (callee.kind !== 'member') return;
  const [first, second] = args;
  if (callee.property === 'format' && callee.object.kind === 'literal') {
    yield* inText(
      l,
      call,
      formatted(callee.object, { kind: 'list', span: call.span, items: args.map((a) => ({ value: a.value })) }),
    );
  }
  if (/^[sS]printf$/.test(callee.property) && first?.value.kind === 'literal') {
    const items = args.slice(1).map((a) => ({ value: a.value }));
    yield* inText(l, call, formatted(first.value, { kind: 'list', span: call.span, items }));
  }
  // `url.searchParams.set('access_token', token)`
  if (/^(?:set|append|Set|Add|add)$/.test(callee.property) && first?.value.kind === 'literal' && second) {
    const isAddress =
      callee.object.kind === 'member'
        ? callee.object.property === 'searchParams'
        : isAddressParameters(l, callee.object);
    const name = String(first.value.value);
    const flow = isAddress ? parameterFlow(l, name, second.value, contextOf(l, call)) : undefined;
    if (flow) yield { node: call, span: second.value.span, parameter: name, carried: flow };
  }
}

/** Whether parameters that were made by themselves end in an address: `` `${base}?${params}` ``. */
function isAddressParameters(l: Looking, expr: Expr): boolean {
  if (expr.kind !== 'name') return false;
  const binding = l.index.lookup(expr.name, expr);
  if (!binding) return false;
  return l.index.references(binding).some((reference) => {
    let node: IrNode | undefined = l.index.parentOf(reference);
    for (let i = 0; i < 3 && node; i++, node = l.index.parentOf(node)) {
      if ('kind' in node && node.kind === 'concat') return precededByQuery(node.parts, reference.span);
      if ('kind' in node && node.kind === 'binary' && node.operator === '+')
        return precededByQuery(summands(node), reference.span);
    }
    return false;
  });
}

function precededByQuery(parts: readonly Expr[], span: Span): boolean {
  const at = parts.findIndex((part) => contains(part.span, span));
  const before = parts[at - 1];
  return before?.kind === 'literal' && /[?&#]$/.test(String(before.value));
}

/** The parameters that an expression stands for: `new URLSearchParams({ … })`, `urlencode(params)`, a record. */
function* inParameters(l: Looking, expr: Expr, node: IrNode, before = ''): Iterable<AddressFlow> {
  const record = recordOf(l, expr, 6);
  if (!record) return;
  for (const entry of record.entries) {
    if (entry.key === undefined) continue;
    const flow = parameterFlow(l, entry.key, entry.value, before + contextOf(l, node));
    if (flow) yield { node, span: entry.value.span, parameter: entry.key, carried: flow };
  }
}

function recordOf(l: Looking, expr: Expr, depth: number): Extract<Expr, { kind: 'record' }> | undefined {
  if (depth === 0) return undefined;
  if (expr.kind === 'record') return expr;
  if (expr.kind === 'name') {
    const definitions = l.index.lookup(expr.name, expr)?.definitions ?? [];
    const [only] = definitions;
    return definitions.length === 1 && only?.how === 'let' && only.value && only.steps.length === 0
      ? recordOf(l, only.value, depth - 1)
      : undefined;
  }
  if (expr.kind === 'unary') return recordOf(l, expr.operand, depth - 1);
  if (expr.kind !== 'call') return undefined;
  const name =
    expr.callee.kind === 'member' ? expr.callee.property : expr.callee.kind === 'name' ? expr.callee.name : '';
  if (name === 'toString' && expr.callee.kind === 'member') return recordOf(l, expr.callee.object, depth - 1);
  const [first] = expr.args;
  return /^(?:URLSearchParams|urlencode|stringify|String|str|encode)$/.test(name) && first
    ? recordOf(l, first.value, depth - 1)
    : undefined;
}

/** Parameter names that say by themselves what they hold. */
const STRONG: ReadonlySet<CredentialKind> = new Set([
  'access token',
  'refresh token',
  'ID token',
  'session token',
  'password',
  'client secret',
]);

function parameterFlow(l: Looking, parameter: string, value: Expr, context: string): Carried | undefined {
  if (BY_DESIGN.test(parameter)) return undefined;
  const answer = carriedBy(l, value, false);
  const carried = answer.carried.find((c) => c.carrier === undefined && c.redactor === undefined);
  const named = credentialKind(parameter);
  if (!named && !carried) return undefined;
  if (
    carried?.kind === 'API key' ||
    carried?.kind === 'signing key' ||
    carried?.kind === 'password hash' ||
    carried?.kind === 'authorization code'
  )
    return undefined;
  const kind = carried && STRONG.has(carried.kind) ? carried.kind : named && STRONG.has(named) ? named : undefined;
  const isOneTime = ONE_TIME.test(words(context)) || carried?.kind === 'one-time token' || isRandom(l, value);
  if (kind) {
    if (!carried && answer.known) return undefined;
    // A mail link may call its one-time token what it likes, but not these.
    if (
      isOneTime &&
      !/^(?:refresh token|password|client secret)$/.test(kind) &&
      !/access|jwt|session|bearer/.test(words(parameter))
    )
      return undefined;
    return { kind };
  }
  if (isOneTime || !carried || !named || isFromAddress(l, value)) return undefined;
  return { kind: carried.kind };
}

/** Whether a value was in an address before: `params.get('token')`. */
function isFromAddress(l: Looking, expr: Expr): boolean {
  if (requestInputOf(l.s, l.s.evaluate(l.path, expr))?.source === 'query') return true;
  if (expr.kind === 'name') {
    const [only] = l.index.lookup(expr.name, expr)?.definitions ?? [];
    return only?.value !== undefined && only.how === 'let' && isFromAddress(l, only.value);
  }
  if (expr.kind === 'member') return /query|params/i.test(nameOf(expr.object));
  return (
    expr.kind === 'call' &&
    expr.callee.kind === 'member' &&
    expr.callee.property === 'get' &&
    /query|params/i.test(nameOf(expr.callee.object))
  );
}

function nameOf(expr: Expr): string {
  return expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : '';
}

function isRandom(l: Looking, expr: Expr): boolean {
  return alternatives(l.s.evaluate(l.path, expr)).some((v) => v.kind === 'random');
}
