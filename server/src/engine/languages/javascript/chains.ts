/** Binary operators. A sum of a thousand texts nests a thousand deep to the left: it is walked, not descended. */
import type { Span } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import { child, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerExpression } from './expressions.js';
import type { Lowering } from './lowering.js';

/** Longer chains of one operator are not nested as they are written. */
const LONG_CHAIN = 100;

const OPERATORS: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' };

/** One operand, and the operator that joins it to what is left of it. */
interface Link {
  readonly operator: string;
  readonly right: Expr;
  readonly end: number;
}

/** Lowers a binary expression. */
export function lowerBinary(node: SyntaxNode, lowering: Lowering): Expr {
  const spine: SyntaxNode[] = [];
  let first: SyntaxNode | undefined = node;
  while (first?.type === 'binary_expression') {
    spine.push(first);
    first = child(first, 'left');
  }
  const start = lowerExpression(first, lowering);
  const links = spine.toReversed().map((one): Link => {
    const written = child(one, 'operator')?.type ?? '';
    return {
      operator: OPERATORS[written] ?? written,
      right: lowerExpression(child(one, 'right'), lowering),
      end: one.end,
    };
  });
  return links.length > LONG_CHAIN ? long(start, links, spanOf(node)) : nested(start, links, node.start);
}

function nested(first: Expr, links: readonly Link[], start: number): Expr {
  return links.reduce<Expr>(
    (left, { operator, right, end }) => ({ kind: 'binary', span: { start, end }, operator, left, right }),
    first,
  );
}

/** A long sum with a text in it is one text; `&&`, `||` and `??` may be grouped at will; the rest only keeps its parts. */
function long(first: Expr, links: readonly Link[], span: Span): Expr {
  const operands = [first, ...links.map((link) => link.right)];
  const operator = links[0]?.operator ?? '';
  if (links.every((link) => link.operator === operator)) {
    if (operator === '+' && operands.some(isText)) {
      return { kind: 'concat', span, parts: operands };
    }
    if (operator === '&&' || operator === '||' || operator === '??') {
      return balanced(operands, operator);
    }
  }
  return { kind: 'opaque', span, children: operands };
}

function isText(operand: Expr): boolean {
  return operand.kind === 'concat' || (operand.kind === 'literal' && typeof operand.value === 'string');
}

function balanced(operands: readonly Expr[], operator: string): Expr {
  const [only] = operands;
  if (only !== undefined && operands.length === 1) {
    return only;
  }
  const middle = operands.length >> 1;
  const left = balanced(operands.slice(0, middle), operator);
  const right = balanced(operands.slice(middle), operator);
  return { kind: 'binary', span: { start: left.span.start, end: right.span.end }, operator, left, right };
}
