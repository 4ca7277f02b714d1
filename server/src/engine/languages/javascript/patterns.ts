/** Targets: what a declaration binds, an assignment writes, a parameter takes. */
import type { Expr, Pattern } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerExpression, lowerKey } from './expressions.js';
import { deeper, type Lowering, opaque, textOf } from './lowering.js';

type FieldPattern = Extract<Pattern, { kind: 'fields' }>['fields'][number];

/** Lowers a pattern or the left side of an assignment. Total: what binds nothing is a `place`. */
export function lowerTarget(node: SyntaxNode | undefined, lowering: Lowering): Pattern {
  if (node === undefined) {
    return { kind: 'place', span: { start: 0, end: 0 }, expression: lowerExpression(undefined, lowering) };
  }
  return deeper(
    lowering,
    () => lowerPattern(node, lowering),
    () => ({ kind: 'place', span: spanOf(node), expression: opaque(node) }),
  );
}

function lowerPattern(node: SyntaxNode, lowering: Lowering): Pattern {
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
    case 'shorthand_property_identifier':
      return { kind: 'bind', span: spanOf(node), name: textOf(node, lowering) };
    case 'object_pattern':
    case 'object':
      return lowerFields(node, lowering);
    case 'array_pattern':
    case 'array':
      return lowerItems(node, lowering);
    case 'assignment_pattern':
    case 'object_assignment_pattern':
    case 'assignment_expression': {
      const target = lowerTarget(child(node, 'left'), lowering);
      return target.kind === 'bind' ? { ...target, default: lowerExpression(child(node, 'right'), lowering) } : target;
    }
    case 'rest_pattern':
    case 'spread_element':
    case 'non_null_expression':
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
      return lowerTarget(namedChildren(node)[0], lowering);
    default:
      return { kind: 'place', span: spanOf(node), expression: lowerExpression(node, lowering) };
  }
}

function lowerFields(node: SyntaxNode, lowering: Lowering): Pattern {
  const fields: FieldPattern[] = [];
  let rest: Pattern | undefined;
  for (const one of namedChildren(node)) {
    if (one.type === 'rest_pattern' || one.type === 'spread_element') {
      rest = lowerTarget(one, lowering);
    } else if (one.type === 'pair_pattern' || one.type === 'pair') {
      fields.push(field(lowerKey(child(one, 'key'), lowering).key ?? '', child(one, 'value'), lowering));
    } else {
      const name = child(one, 'left') ?? one;
      fields.push(field(textOf(name, lowering), one, lowering));
    }
  }
  return { kind: 'fields', span: spanOf(node), fields, ...(rest === undefined ? {} : { rest }) };
}

/** A field's default is the field's, not its target's. */
function field(key: string, node: SyntaxNode | undefined, lowering: Lowering): FieldPattern {
  const right = node !== undefined && DEFAULTED.has(node.type) ? child(node, 'right') : undefined;
  if (node === undefined || right === undefined) {
    return { key, target: lowerTarget(node, lowering) };
  }
  const fallback: Expr = lowerExpression(right, lowering);
  return { key, target: lowerTarget(child(node, 'left'), lowering), default: fallback };
}

const DEFAULTED = new Set(['assignment_pattern', 'object_assignment_pattern', 'assignment_expression']);

function lowerItems(node: SyntaxNode, lowering: Lowering): Pattern {
  const items: (Pattern | undefined)[] = [];
  let rest: Pattern | undefined;
  let filled = false;
  for (const one of node.children) {
    if (!one.named) {
      if (one.type === ',') {
        if (!filled) {
          items.push(undefined);
        }
        filled = false;
      }
    } else if (one.type === 'rest_pattern' || one.type === 'spread_element') {
      rest = lowerTarget(one, lowering);
      filled = true;
    } else {
      items.push(lowerTarget(one, lowering));
      filled = true;
    }
  }
  return { kind: 'items', span: spanOf(node), items, ...(rest === undefined ? {} : { rest }) };
}

/** All names that a pattern binds. */
export function boundNames(pattern: Pattern): readonly { readonly name: string; readonly pattern: Pattern }[] {
  switch (pattern.kind) {
    case 'bind':
      return [{ name: pattern.name, pattern }];
    case 'fields':
      return [...pattern.fields.map((one) => one.target), ...(pattern.rest ? [pattern.rest] : [])].flatMap(boundNames);
    case 'items':
      return [...pattern.items, pattern.rest].flatMap((one) => (one === undefined ? [] : boundNames(one)));
    case 'place':
      return [];
  }
}
