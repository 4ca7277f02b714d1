/** Types, lowered as expressions. Pointers are unwrapped: what points to a user is a user. */
import type { Expr } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { type Context, deeper, intrinsic, listOf, opaque, textOf } from './context.js';
import { lowerExpression } from './expressions.js';

/** A type; see `context.ts` for how the unnamed ones are written. */
export function lowerType(ctx: Context, node: SyntaxNode): Expr {
  return deeper(
    ctx,
    () => opaque(node),
    () => lowerTypeNode(ctx, node),
  );
}

function lowerTypeNode(ctx: Context, node: SyntaxNode): Expr {
  const [first] = namedChildren(node);
  switch (node.type) {
    case 'type_identifier':
    case 'package_identifier':
      return lowerTypeName(ctx, node);
    case 'qualified_type':
      return lowerQualified(ctx, node);
    case 'pointer_type':
    case 'negated_type':
    case 'parenthesized_type':
      return first === undefined ? opaque(node) : lowerType(ctx, first);
    case 'type_elem':
    case 'type_constraint':
      return namedChildren(node).length === 1 && first !== undefined ? lowerType(ctx, first) : opaque(node);
    case 'generic_type':
      return lowerGeneric(ctx, node);
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type':
      return lowerSequence(ctx, node);
    case 'map_type':
      return typeOf(ctx, node, { name: 'map', of: ['key', 'value'] });
    case 'channel_type':
      return typeOf(ctx, node, { name: 'chan', of: ['value'] });
    case 'function_type':
      return { kind: 'index', span: spanOf(node), object: intrinsic(node, 'func'), index: signature(ctx, node) };
    case 'struct_type':
      return intrinsic(node, 'struct');
    case 'interface_type':
      return intrinsic(node, 'interface');
    default:
      return lowerExpression(ctx, node);
  }
}

/** The types of a parameter or result list, without their names. */
export function parameterTypes(ctx: Context, list: SyntaxNode): readonly Expr[] {
  if (list.type !== 'parameter_list') return [lowerType(ctx, list)];
  return namedChildren(list).flatMap((declaration) => {
    const type = child(declaration, 'type');
    const names = declaration.children.filter((one) => one.field === 'name' && one.named).length;
    return type === undefined ? [] : Array.from({ length: Math.max(1, names) }, () => lowerType(ctx, type));
  });
}

/** A type's name is never the receiver's. */
function lowerTypeName(ctx: Context, node: SyntaxNode): Expr {
  const name = textOf(ctx, node);
  // In a `case nil` of a type switch the grammar sees a type.
  if (name === 'nil') return { kind: 'literal', span: spanOf(node), value: null };
  return { kind: 'name', span: spanOf(node), name };
}

function lowerQualified(ctx: Context, node: SyntaxNode): Expr {
  const packageNode = child(node, 'package');
  const name = child(node, 'name');
  if (packageNode === undefined || name === undefined) return opaque(node);
  return {
    kind: 'member',
    span: spanOf(node),
    object: lowerTypeName(ctx, packageNode),
    property: textOf(ctx, name),
    propertySpan: spanOf(name),
  };
}

function lowerGeneric(ctx: Context, node: SyntaxNode): Expr {
  const object = child(node, 'type');
  const typeArguments = child(node, 'type_arguments');
  if (object === undefined || typeArguments === undefined) return opaque(node);
  const index = listOf(
    namedChildren(typeArguments).map((argument) => lowerType(ctx, argument)),
    typeArguments,
  );
  return { kind: 'index', span: spanOf(node), object: lowerType(ctx, object), index };
}

function lowerSequence(ctx: Context, node: SyntaxNode): Expr {
  const element = child(node, 'element');
  const isBytes = element !== undefined && /^(byte|uint8)$/.test(textOf(ctx, element));
  return isBytes ? intrinsic(node, 'bytes') : typeOf(ctx, node, { name: 'slice', of: ['element'] });
}

function typeOf(
  ctx: Context,
  node: SyntaxNode,
  shape: { readonly name: string; readonly of: readonly string[] },
): Expr {
  const inner = shape.of.flatMap((field) => {
    const type = child(node, field);
    return type === undefined ? [] : [lowerType(ctx, type)];
  });
  return { kind: 'index', span: spanOf(node), object: intrinsic(node, shape.name), index: listOf(inner, node) };
}

function signature(ctx: Context, node: SyntaxNode): Expr {
  const [parameters, results] = ['parameters', 'result'].map((field): Expr => {
    const list = child(node, field);
    const items = list === undefined ? [] : parameterTypes(ctx, list).map((value) => ({ value }));
    return { kind: 'list', span: spanOf(list ?? node), items };
  });
  return listOf([parameters ?? opaque(node), results ?? opaque(node)], node);
}
