/** Looks at a token's scopes: membership in a list, or a search in the text; and guards that do so, where they are put. */
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { keyedRead } from '../oauth/keyed-read.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'scope-check',
  phase: 'file',
  *recognise(view) {
    const { index } = view;
    for (const expr of index.expressions) {
      if (expr.kind === 'call') {
        const one = ofCall(view, expr);
        if (one) yield one;
      } else if (expr.kind === 'binary') {
        const one = ofBinary(view, expr);
        if (one) yield one;
      }
    }
    yield* guardsPut(view);
  },
});

const say = (value: string): Value => ({ kind: 'literal', value });

function fact(view: FileView, at: Expr, comparison: string, required: Value, presented: Value): Fact {
  const fn = view.index.functionOf(at);
  return {
    kind: 'ScopeCheck',
    roles: withAbsent({ comparison: say(comparison), required, presented }),
    spans: {},
    at: { path: view.path, span: at.span },
    path: view.path,
    library: 'by hand',
    node: at,
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** Whether a value is a token's scopes: one text, a list of names, or none of both. */
function scopesKind(view: FileView, expr: Expr): 'text' | 'list' | undefined {
  const value = view.s.evaluate(view.path, expr);
  for (const option of alternatives(value)) {
    if (option.kind === 'call' || option.kind === 'result') {
      const { callee, args } = option.site.call;
      const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
      // `payload.get("scope", "")`
      if (name === 'get' && args[0]?.value.kind === 'literal') {
        const key = String(args[0].value.value);
        if (/^scope$/.test(key)) return args[1]?.value.kind === 'list' ? 'list' : 'text';
        if (/^(?:scopes|scp|permissions)$/.test(key)) return 'list';
      }
      if (/^(?:split|Fields|Set|set|frozenset|fromkeys|filter)$/.test(name)) {
        const inner = callee.kind === 'member' && name !== 'Fields' ? callee.object : args[0]?.value;
        if (inner && (scopesKind(view, inner) || mentionsScope(inner))) return 'list';
      }
      continue;
    }
    const read = keyedRead(view.s, option);
    if (
      read &&
      /^scope$/.test(read.key) &&
      !/^(?:body|query|form|args|config|options|props)$/.test(read.words[0] ?? '')
    )
      return 'text';
    if (read && /^(?:scopes|scp|grantedScopes|token_scopes|tokenScopes)$/.test(read.key)) return 'list';
    if (option.kind === 'parameter' && /^(?:scopes|tokenScopes|token_scopes|granted)$/.test(option.name)) return 'list';
  }
  if (expr.kind === 'name' && /^(?:token_?scopes|granted_?scopes?|user_?scopes)$/i.test(expr.name)) return 'list';
  return undefined;
}

function mentionsScope(expr: Expr): boolean {
  if (expr.kind === 'member') return /scope|scp/i.test(expr.property) || mentionsScope(expr.object);
  if (expr.kind === 'name') return /scope|scp/i.test(expr.name);
  if (expr.kind === 'call')
    return (
      expr.args.some((a) => mentionsScope(a.value)) ||
      mentionsScope(expr.callee) ||
      expr.args.some((a) => a.value.kind === 'literal' && a.value.value === 'scope')
    );
  if (expr.kind === 'binary') return mentionsScope(expr.left) || mentionsScope(expr.right);
  return false;
}

function ofCall(view: FileView, call: CallExpr): Fact | undefined {
  const { callee, args } = call;
  if (callee.kind !== 'member') return undefined;
  const first = args[0]?.value;
  if (!first) return undefined;
  const required = view.s.evaluate(view.path, first);
  switch (callee.property) {
    case 'includes':
    case 'has':
    case 'contains':
    case 'indexOf':
    case 'issuperset':
    case 'Contains': {
      const kind = scopesKind(view, callee.object);
      if (!kind) return undefined;
      const presented = view.s.evaluate(view.path, callee.object);
      return fact(
        view,
        call,
        kind === 'text' && callee.property !== 'has' ? 'substring' : 'membership',
        required,
        presented,
      );
    }
    case 'startsWith':
    case 'startswith':
    case 'endsWith':
    case 'match':
      return scopesKind(view, callee.object) === 'text'
        ? fact(view, call, 'substring', required, view.s.evaluate(view.path, callee.object))
        : undefined;
    case 'test':
    case 'search':
      return scopesKind(view, args.at(-1)?.value as Expr) === 'text'
        ? fact(view, call, 'substring', required, required)
        : undefined;
    case 'issubset':
      return scopesKind(view, first)
        ? fact(view, call, 'membership', view.s.evaluate(view.path, callee.object), required)
        : undefined;
    default:
      return undefined;
  }
}

function ofBinary(view: FileView, expr: Extract<Expr, { kind: 'binary' }>): Fact | undefined {
  const { operator, left, right } = expr;
  if (operator === 'in' || operator === 'not in') {
    const kind = scopesKind(view, right);
    if (!kind || (left.kind === 'literal' && (left.value === 'scope' || left.value === 'scopes'))) return undefined;
    return fact(
      view,
      expr,
      kind === 'text' ? 'substring' : 'membership',
      view.s.evaluate(view.path, left),
      view.s.evaluate(view.path, right),
    );
  }
  if (
    (operator === '<=' || operator === '>=') &&
    (scopesKind(view, right) === 'list' || scopesKind(view, left) === 'list')
  )
    return fact(view, expr, 'membership', view.s.evaluate(view.path, left), view.s.evaluate(view.path, right));
  if (operator !== '==' && operator !== '!=') return undefined;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (scopesKind(view, one) !== 'text') continue;
    const text = textOf(view.s.evaluate(view.path, other));
    if (text !== undefined && text !== '' && !text.includes(' '))
      return fact(view, expr, 'whole', say(text), view.s.evaluate(view.path, one));
  }
  return undefined;
}

/** A guard of the workspace or of a library, put in front of a route: `requireScope('orders:read')`. */
function* guardsPut(view: FileView): Generator<Fact> {
  for (const call of view.index.calls) {
    const name =
      call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
    if (!GUARD.test(name)) continue;
    const scope = call.args
      .map((a) => a.value)
      .find((e) => e.kind === 'literal' || e.kind === 'list' || e.kind === 'name' || e.kind === 'member');
    if (!scope) continue;
    const required = view.s.evaluate(view.path, scope);
    const callee = view.s.callee({ path: view.path, call, frame: undefined });
    const own = alternatives(callee).find((v) => v.kind === 'function');
    const known =
      own?.kind === 'function' ? guardKind(view, own.fn, own.path) : callee.kind === 'external' ? 'library' : undefined;
    if (known) yield fact(view, call, known, required, { kind: 'unknown' });
  }
}

const GUARD =
  /^(?:require|check|has|need|verify|ensure|with|claim)[A-Z_]?\w*[sS]copes?\w*$|^(?:requiredScopes|requireScopes?|scopes?_required|require_scopes?|requires_scope|jwtAuthz|claimIncludes|scopeRequired|requireOAuth|require_oauth)$/;

/** How a workspace guard compares: by what its own text does. */
function guardKind(view: FileView, fn: FunctionIR, path: string): string | undefined {
  const index = view.s.index(path);
  for (const expr of index.expressions) {
    if (expr.span.start < fn.span.start || expr.span.end > fn.span.end) continue;
    if (
      expr.kind === 'call' &&
      expr.callee.kind === 'member' &&
      /^(?:has|includes|every|some|issubset|issuperset)$/.test(expr.callee.property) &&
      mentionsScope(expr)
    )
      return 'membership';
    if (expr.kind === 'binary' && /^(?:in|not in|<=)$/.test(expr.operator) && mentionsScope(expr)) return 'membership';
  }
  return undefined;
}
