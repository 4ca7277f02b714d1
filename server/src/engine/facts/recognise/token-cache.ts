/**
 * A token of one's own service at another party, kept for later calls: in a variable of the module, a field, a memoised
 * function. What matters is whether anybody asks how long it lives.
 */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { FileIndex } from '../../semantics/file-index.js';
import { textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { claimsIn, functionsReached } from '../token-flow.js';
import { literal } from './token-use.js';

const TOKEN = /^(?:\*|access_?token|token|id_?token)$/i;
const END = /expir|expires|exp$|_exp\b|valid_?until|ttl|max_?age|renew|refresh_?at|lifetime|not_?after|deadline|stale/i;
const MEMO = /^(?:lru_cache|cache|cached|memoize|memoized|once|cached_property)$/;

export default defineRecogniser({
  name: 'token-cache',
  phase: 'workspace',
  order: 30,
  *recognise(view) {
    const seen = new Set<number>();
    for (const request of view.facts('TokenRequest')) {
      if (!request.node || textOf(request.roles.grantType) !== 'client_credentials') continue;
      const roots: ReadonlySet<IrNode> = new Set([request.node]);
      for (const { path, fn } of functionsReached(view.s, request.path, request.node, roots)) {
        if (path !== view.path || !fn) continue;
        const kept = keptIn(view, fn, roots);
        if (!kept || seen.has(kept.span.start)) continue;
        seen.add(kept.span.start);
        yield {
          kind: 'TokenCache',
          roles: withAbsent({ renewal: literal(renewalIn(view.index, fn, kept)) }),
          spans: {},
          at: { path, span: kept.span },
          path,
          library: 'token-cache',
          node: kept,
          fn,
        } as unknown as Fact;
      }
    }
  },
});

/** Where a function keeps the token beyond its call. */
function keptIn(view: FileView, fn: FunctionIR, roots: ReadonlySet<IrNode>): IrNode | undefined {
  const { index, s, path } = view;
  const inside = (node: IrNode) => node.span.start >= fn.span.start && node.span.end <= fn.span.end;
  const holds = (expr: Expr) => {
    const claims = [...claimsIn(s, s.evaluate(path, expr), roots)];
    return claims.length > 0 && claims.some((c) => TOKEN.test(c));
  };
  for (const decorator of fn.decorators) {
    const callee = decorator.value.kind === 'call' ? decorator.value.callee : decorator.value;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    // A cache with a time of its own renews.
    if (
      MEMO.test(name) &&
      !(decorator.value.kind === 'call' && decorator.value.args.some((a) => END.test(a.name ?? '')))
    )
      return decorator.value;
  }
  for (const write of index.memberWrites) {
    if (!inside(write.node) || !isLasting(index, write.target)) continue;
    if (holds(write.value)) return write.target;
  }
  for (const node of [...index.statements, ...index.expressions]) {
    if (!inside(node) || (node.kind !== 'let' && node.kind !== 'assign')) continue;
    if (node.kind === 'let' && node.declares) continue;
    if (node.target.kind !== 'bind' || !node.value) continue;
    const binding = index.lookup(node.target.name, node);
    if (binding && binding.scope.parent === undefined && holds(node.value)) return node;
  }
  return undefined;
}

/** `this.token`, `self._token`, a field of an object that the module holds. */
function isLasting(index: FileIndex, target: Expr): boolean {
  if (target.kind !== 'member' && target.kind !== 'index') return false;
  const object = target.object;
  if (object.kind !== 'name') return object.kind === 'member' ? isLasting(index, object) : false;
  if (object.name === 'this' || object.name === 'self' || object.name === 'cls') return true;
  const binding = index.lookup(object.name, object);
  return (
    binding !== undefined && binding.scope.parent === undefined && binding.definitions.every((d) => d.how === 'let')
  );
}

/** Whether the file asks for the token's end, or fetches anew when it is refused. */
function renewalIn(index: FileIndex, fn: FunctionIR, kept: IrNode): 'before end' | 'on 401' | 'none' {
  const around = index.classOf(kept) ?? undefined;
  const inside = (node: IrNode) =>
    around ? node.span.start >= around.span.start && node.span.end <= around.span.end : true;
  void fn;
  let refused = false;
  for (const node of [...index.statements, ...index.expressions]) {
    if (!inside(node)) continue;
    if (node.kind === 'literal' && node.value === 401) refused = true;
    if (node.kind === 'call') {
      const name =
        node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
      if (/^(?:setTimeout|setInterval|setex|setEx|psetex|expire)$/.test(name)) return 'before end';
      if (/^set$/.test(name) && node.args.length >= 3) return 'before end';
    }
    const test =
      'test' in node && node.test
        ? node.test
        : node.kind === 'binary' && /^[<>]=?$/.test(node.operator)
          ? node
          : undefined;
    if (test && names(test).some((name) => END.test(name))) return 'before end';
  }
  return refused ? 'on 401' : 'none';
}

function names(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case 'name':
      return [expr.name];
    case 'member':
      return [expr.property, ...names(expr.object)];
    case 'binary':
      return [...names(expr.left), ...names(expr.right)];
    case 'unary':
      return names(expr.operand);
    case 'call':
      return [...names(expr.callee), ...expr.args.flatMap((a) => names(a.value))];
    case 'index':
      return [...names(expr.object), ...names(expr.index)];
    case 'literal':
      return typeof expr.value === 'string' ? [expr.value] : [];
    default:
      return [];
  }
}
