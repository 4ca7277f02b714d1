/** Classes: fields, methods, decorators, bases. */
import type { ClassIR, Decorator, Expr, Field, FunctionIR, Stmt } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerExpression, lowerKey } from './expressions.js';
import { decoratorsOf, isStatic, lowerDecorator, lowerFunction } from './functions.js';
import { type Lowering, startOf, textOf } from './lowering.js';
import { lowerStatements } from './statements.js';
import { lowerType } from './types.js';

/** Lowers a class; `@decorator() export class` stands its decorators before the `export`, so they are handed in. */
export function lowerClass(node: SyntaxNode, lowering: Lowering, before: readonly Decorator[] = []): ClassIR {
  const name = child(node, 'name');
  const body = child(node, 'body');
  const members = lowerMembers(body === undefined ? [] : namedChildren(body), lowering);
  return {
    span: spanOf(node),
    name: name === undefined ? '' : textOf(name, lowering),
    nameSpan: name === undefined ? startOf(node) : spanOf(name),
    bases: node.children.flatMap((one) => (one.type === 'class_heritage' ? lowerBases(one, lowering) : [])),
    decorators: [...before, ...decoratorsOf(node, lowering)],
    ...members,
  };
}

/** Base classes are expressions, interfaces types; type arguments are left out, so that a base is what it is called. */
function lowerBases(heritage: SyntaxNode, lowering: Lowering): readonly Expr[] {
  return namedChildren(heritage).flatMap((one) => {
    if (one.type === 'extends_clause') {
      return one.children.filter((part) => part.field === 'value').map((part) => lowerExpression(part, lowering));
    }
    if (one.type === 'implements_clause') {
      return namedChildren(one).map((type) => withoutArguments(lowerType(type, lowering)));
    }
    return [lowerExpression(one, lowering)];
  });
}

function withoutArguments(type: Expr): Expr {
  return type.kind === 'index' ? type.object : type;
}

function lowerMembers(
  nodes: readonly SyntaxNode[],
  lowering: Lowering,
): { readonly fields: readonly Field[]; readonly methods: readonly FunctionIR[]; readonly body: readonly Stmt[] } {
  const fields: Field[] = [];
  const methods: FunctionIR[] = [];
  const body: Stmt[] = [];
  // The TypeScript grammar puts a method's decorators beside it.
  let before: Decorator[] = [];
  for (const node of nodes) {
    switch (node.type) {
      case 'decorator':
        before.push(lowerDecorator(node, lowering));
        continue;
      case 'method_definition':
        methods.push(lowerFunction(node, lowering, [...before, ...decoratorsOf(node, lowering)]));
        break;
      case 'field_definition':
      case 'public_field_definition':
        fields.push(lowerField(node, lowering, before));
        break;
      case 'class_static_block': {
        const block = child(node, 'body');
        const statements = block === undefined ? [] : lowerStatements(namedChildren(block), lowering);
        body.push({ kind: 'block', span: spanOf(node), body: statements });
        break;
      }
      case 'method_signature':
      case 'abstract_method_signature':
      case 'index_signature':
        break;
      default:
        body.push(...lowerStatements([node], lowering));
    }
    before = [];
  }
  return { fields, methods, body };
}

function lowerField(node: SyntaxNode, lowering: Lowering, before: readonly Decorator[]): Field {
  const name = child(node, 'name') ?? child(node, 'property');
  const { key, keySpan } = lowerKey(name, lowering);
  const type = child(node, 'type');
  const value = child(node, 'value');
  return {
    span: spanOf(node),
    name: key ?? '',
    nameSpan: keySpan ?? (name === undefined ? startOf(node) : spanOf(name)),
    ...(type === undefined ? {} : { type: lowerType(type, lowering) }),
    ...(value === undefined ? {} : { value: lowerExpression(value, lowering) }),
    ...(isStatic(node) ? { static: true } : {}),
    decorators: [...before, ...decoratorsOf(node, lowering)],
  };
}
