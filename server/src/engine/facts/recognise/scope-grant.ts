/** What a new token may do, where the request has a say in it. */
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { type Value, partsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { requestParameter } from '../oauth/keyed-read.js';
import { originsOf } from '../oauth/origins.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

const FIELD = /^(?:scopes?|scp|abilities|permissions|grants)$/;
const MAKER = /token|api_?key|code|grant|sign|encode|credential|access/i;
const LIMITS =
  /^(?:filter|intersection|intersect|includes|every|some|has|issubset|issuperset|difference|validate\w*|check\w*|allowed\w*|restrict\w*|narrow\w*|get_allowed_scope|parse|safeParse)$/;

export default defineRecogniser({
  name: 'scope-grant',
  phase: 'file',
  order: 2,
  *recognise(view) {
    const { index, s, path } = view;
    const seen = new Set<number>();
    for (const expr of index.expressions) {
      if (expr.kind !== 'record') continue;
      for (const entry of expr.entries) {
        if (entry.key === undefined || !FIELD.test(entry.key) || seen.has(entry.span.start)) continue;
        const value = s.evaluate(path, entry.value);
        if (!asksFor(view, value)) continue;
        const maker = makerOf(view, expr);
        if (!maker) continue;
        seen.add(entry.span.start);
        const limited = isLimited(view, entry.value, value, maker);
        const fn = index.functionOf(expr);
        yield {
          kind: 'ScopeGrant',
          roles: withAbsent({ scopes: value, limitedBy: { kind: 'literal', value: limited ? 'list' : 'nothing' } }),
          spans: {},
          at: { path, span: entry.value.span },
          path,
          library: 'by hand',
          node: expr,
          ...(fn ? { fn } : {}),
        } as Fact;
      }
    }
  },
});

/** Whether a value is what the request asks for, as scopes. */
function asksFor(view: FileView, value: Value): boolean {
  return originsOf(view.s, value).some((part) => {
    if (part.kind === 'member' && part.property === 'scopes' && isForm(part.object)) return true;
    const key = requestParameter(view.s, part);
    return (
      key !== undefined && /^(?:scopes?|abilities|permissions|requested_?scopes?)$/i.test(key) && fromBody(view, part)
    );
  });
}

function isForm(value: Value): boolean {
  return [...partsOf(value)].some((part) => {
    const parameter = part.kind === 'parameter' ? part : part.kind === 'result' ? part.via : undefined;
    if (parameter?.kind !== 'parameter') return false;
    const type = parameter.fn.params[parameter.index]?.type;
    return type !== undefined && saysForm(type);
  });
}

function saysForm(type: Expr): boolean {
  if (type.kind === 'name') return /OAuth2PasswordRequestForm/.test(type.name);
  if (type.kind === 'index') return saysForm(type.object) || saysForm(type.index);
  return type.kind === 'list' && type.items.some((i) => saysForm(i.value));
}

function fromBody(view: FileView, value: Value): boolean {
  return (
    originsOf(view.s, value).some(
      (p) =>
        p.kind === 'member' &&
        /^(?:body|query|form|args|json|params|data|query_params|searchParams|GET|POST)$/.test(p.property),
    ) ||
    value.kind === 'call' ||
    value.kind === 'result'
  );
}

/** The call that makes a token of the record: itself, or what the record's name is handed to. */
function makerOf(view: FileView, record: Expr): IrNode | undefined {
  const { index } = view;
  for (let node: IrNode | undefined = record, i = 0; node && i < 6; node = index.parentOf(node), i++) {
    if ('kind' in node && node.kind === 'call' && MAKER.test(sayCallee(node.callee))) return node;
    if ('kind' in node && node.kind === 'let' && node.target.kind === 'bind') {
      const binding = index.lookup(node.target.name, node);
      for (const reference of binding ? index.references(binding) : []) {
        const parent = index.parentOf(reference);
        if (parent && 'kind' in parent && parent.kind === 'call' && MAKER.test(sayCallee(parent.callee))) return parent;
      }
      return undefined;
    }
  }
  return undefined;
}

function sayCallee(expr: Expr): string {
  if (expr.kind === 'member') return `${sayCallee(expr.object)}.${expr.property}`;
  return expr.kind === 'name' ? expr.name : '';
}

/** Whether what is asked for is held against a list, in the value or by a check before. */
function isLimited(view: FileView, expr: Expr, value: Value, maker: IrNode): boolean {
  const { s, path, index } = view;
  const through = originsOf(s, value).some((v) => {
    if (v.kind !== 'call' && v.kind !== 'result') return false;
    const { callee } = v.site.call;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    return LIMITS.test(name) || (v.kind === 'call' && callee.kind === 'name');
  });
  if (through || [...partsOf(value)].some((v) => v.kind === 'operation' && v.operator === '&')) return true;
  void expr;
  return (
    s.conditionsAt(path, maker).some(({ test }) =>
      index.expressions.some((e) => {
        if (e.span.start < test.span.start || e.span.end > test.span.end) return false;
        if (e.kind !== 'name' && e.kind !== 'member') return false;
        return asksFor(view, s.evaluate(path, e));
      }),
    ) || loopChecks(view, maker)
  );
}

/** `for s in requested: if s not in client.scopes: raise` before the token is made. */
function loopChecks(view: FileView, maker: IrNode): boolean {
  const { index, s, path } = view;
  const fn = index.functionOf(maker);
  return index.statements.some(
    (stmt) =>
      stmt.kind === 'loop' &&
      stmt.over !== undefined &&
      stmt.span.end <= maker.span.start &&
      index.functionOf(stmt) === fn &&
      asksFor(view, s.evaluate(path, stmt.over)),
  );
}
