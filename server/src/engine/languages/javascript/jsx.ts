/** JSX: an element is a call of its tag with one record of attributes and the children. */
import type { Argument, CallExpr, Expr, RecordEntry } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { isExpression, lowerExpression } from './expressions.js';
import { decodeEntities } from './literals.js';
import { type Lowering, opaque, startOf, textOf } from './lowering.js';

/** Lowers an element. `<div>` is the text `div`, as in `createElement('div')`; `<Page>` and `<a.b>` are expressions. */
export function lowerJsx(node: SyntaxNode, lowering: Lowering): CallExpr {
  const opening = node.type === 'jsx_element' ? child(node, 'open_tag') : node;
  const attributes = opening?.children.filter((one) => one.field === 'attribute' && one.named) ?? [];
  const attributesSpan = {
    start: attributes[0]?.start ?? opening?.end ?? node.end,
    end: attributes.at(-1)?.end ?? opening?.end ?? node.end,
  };
  const record: Expr = {
    kind: 'record',
    span: attributesSpan,
    entries: attributes.map((attribute) => lowerAttribute(attribute, lowering)),
  };
  const children = node.type === 'jsx_element' ? namedChildren(node).filter((one) => one.field === undefined) : [];
  return {
    kind: 'call',
    span: spanOf(node),
    form: 'jsx',
    callee: lowerTag(opening, lowering),
    args: [
      { span: attributesSpan, value: record },
      ...children.flatMap((one): readonly Argument[] => {
        const value = lowerChild(one, lowering);
        return value === undefined ? [] : [{ span: spanOf(one), value }];
      }),
    ],
  };
}

function lowerTag(opening: SyntaxNode | undefined, lowering: Lowering): Expr {
  const name = opening === undefined ? undefined : child(opening, 'name');
  if (name === undefined) {
    const at = opening === undefined ? { start: 0, end: 0 } : startOf(opening);
    return { kind: 'literal', span: at, value: '' };
  }
  const tag = textOf(name, lowering);
  return name.type === 'jsx_namespace_name' || (name.type === 'identifier' && /^[a-z]/.test(tag))
    ? { kind: 'literal', span: spanOf(name), value: tag }
    : lowerExpression(name, lowering);
}

function lowerAttribute(node: SyntaxNode, lowering: Lowering): RecordEntry {
  if (node.type !== 'jsx_attribute') {
    const spread = namedChildren(node)[0];
    const value = spread === undefined ? undefined : namedChildren(spread)[0];
    return { span: spanOf(node), spread: true, value: lowerExpression(value ?? spread ?? node, lowering) };
  }
  const [name, value] = namedChildren(node);
  return {
    span: spanOf(node),
    ...(name === undefined ? {} : { key: textOf(name, lowering), keySpan: spanOf(name) }),
    value:
      value === undefined
        ? { kind: 'literal', span: spanOf(node), value: true }
        : (lowerChild(value, lowering) ?? opaque(value)),
  };
}

function lowerChild(node: SyntaxNode, lowering: Lowering): Expr | undefined {
  switch (node.type) {
    case 'jsx_text':
    case 'html_character_reference': {
      const text = decodeEntities(textOf(node, lowering)).trim();
      return text === '' ? undefined : { kind: 'literal', span: spanOf(node), value: text };
    }
    case 'string':
      return {
        kind: 'literal',
        span: spanOf(node),
        value: decodeEntities(lowering.text.slice(node.start + 1, node.end - 1)),
      };
    case 'jsx_expression':
      return namedChildren(node).length === 0 ? undefined : lowerJsxExpression(node, lowering);
    default:
      return isExpression(node) ? lowerExpression(node, lowering) : undefined;
  }
}

/** What stands between braces. */
export function lowerJsxExpression(node: SyntaxNode, lowering: Lowering): Expr {
  const inside = namedChildren(node)[0];
  return inside === undefined ? opaque(node) : lowerExpression(inside, lowering);
}
