/** Comprehensions and generator expressions: `map` and `filter` calls on what is iterated. */
import type { Span } from '../../base/span.js';
import type { Expr, FunctionIR } from '../../ir/ir.js';
import { child, namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { type Context, opaque, childrenIn } from './context.js';
import { indexOf, lowerEntry, lowerExpression, lowerOptional } from './expressions.js';
import { lowerPattern } from './patterns.js';

/** `[x for a in b if c]` is `b.filter(a => c).map(a => x)`; every further `for` nests inside. */
export function lowerComprehension(ctx: Context, node: SyntaxNode): Expr {
  const body = child(node, 'body');
  const clauses = groupClauses(namedChildren(node));
  if (body === undefined || clauses.length === 0 || clauses.length > MOST_CLAUSES) {
    return opaque(
      node,
      namedChildren(node).map((part) => lowerExpression(ctx, part)),
    );
  }
  const [, ...inner] = clauses;
  const values = clauses.map((clause) => iterated(ctx, clause));
  const element = body.type === 'pair' ? pairRecord(ctx, body) : lowerExpression(ctx, body);
  return clauses.reduceRight<Expr>((result, clause, i) => {
    const over = values[i] ?? opaque(clause.node);
    const span = i === 0 ? spanOf(node) : { start: clause.node.start, end: inner.at(-1)?.end ?? node.end };
    return callOf('map', over, { ctx, clause, result, span });
  }, element);
}

interface Clause {
  readonly node: SyntaxNode;
  readonly conditions: readonly SyntaxNode[];
  readonly end: number;
}

const MOST_CLAUSES = 20;

function groupClauses(children: readonly SyntaxNode[]): Clause[] {
  const clauses: { node: SyntaxNode; conditions: SyntaxNode[]; end: number }[] = [];
  for (const child of children) {
    const last = clauses.at(-1);
    if (child.type === 'for_in_clause') clauses.push({ node: child, conditions: [], end: child.end });
    if (child.type === 'if_clause' && last !== undefined) {
      last.conditions.push(child);
      last.end = child.end;
    }
  }
  return clauses;
}

function iterated(ctx: Context, clause: Clause): Expr {
  const right = childrenIn(clause.node, 'right');
  const over = right.length === 0 ? opaque(clause.node) : indexOf(ctx, right);
  return clause.conditions.reduce<Expr>((values, condition) => {
    const result = lowerOptional(ctx, condition, namedChildren(condition)[0]);
    const span = { start: clause.node.start, end: condition.end };
    return callOf('filter', values, { ctx, clause, result, span });
  }, over);
}

interface Step {
  readonly ctx: Context;
  readonly clause: Clause;
  readonly result: Expr;
  readonly span: Span;
}

function callOf(method: 'map' | 'filter', over: Expr, step: Step): Expr {
  const { span } = step;
  const lambda: Expr = { kind: 'lambda', span: step.result.span, function: stepFunction(step) };
  const keyword = { start: step.clause.node.start, end: step.clause.node.start + 'for'.length };
  return {
    kind: 'call',
    span,
    form: 'call',
    callee: { kind: 'member', span: over.span, object: over, property: method, propertySpan: keyword },
    args: [{ span: step.result.span, value: lambda }],
  };
}

function stepFunction({ ctx, clause, result }: Step): FunctionIR {
  const target = child(clause.node, 'left');
  const { span } = result;
  return {
    span,
    name: '',
    nameSpan: { start: span.start, end: span.start },
    params: target === undefined ? [] : [{ span: spanOf(target), target: lowerPattern(ctx, target), decorators: [] }],
    decorators: [],
    body: [{ kind: 'exit', span, how: 'return', value: result }],
    arrow: true,
  };
}

function pairRecord(ctx: Context, pair: SyntaxNode): Expr {
  return { kind: 'record', span: spanOf(pair), entries: [lowerEntry(ctx, pair)] };
}
