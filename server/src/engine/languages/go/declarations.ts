/** `var`, `const`, `type`, `:=` and `=`. */
import type { ClassIR, Expr, Field, LetStmt, Pattern, Stmt } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { afterDeclaration, bindName, type Context, childrenIn, deeper, intrinsic, listOf, textOf } from './context.js';
import { lowerExpression, lowerExpressions } from './expressions.js';
import { stringText } from './literals.js';
import { lowerType } from './types.js';

/** `var a, b T = x, y`, alone or in a group. */
export function lowerVar(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return namedChildren(node).flatMap((part): readonly Stmt[] => {
    if (part.type === 'var_spec_list') return lowerVar(ctx, part);
    return part.type === 'var_spec' ? lowerSpec(ctx, part, part) : [];
  });
}

/** A group of constants: one without a value repeats the expression before it, with the next `iota`. */
export function lowerConst(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  let repeated: SyntaxNode | undefined;
  return namedChildren(node)
    .filter((part) => part.type === 'const_spec')
    .flatMap((spec, iota) => {
      if (child(spec, 'value') !== undefined) repeated = spec;
      return lowerSpec({ ...ctx, iota }, spec, repeated);
    });
}

/** `a, err := f()`. */
export function lowerShortVar(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const left = child(node, 'left');
  const right = child(node, 'right');
  if (left === undefined || right === undefined) return [];
  return [binding(ctx, { span: spanOf(node), left, right, declares: true })];
}

/** `a, b = x, y`, `a += x`. */
export function lowerAssignment(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  const left = child(node, 'left');
  const right = child(node, 'right');
  if (left === undefined || right === undefined) return [];
  const operator = child(node, 'operator')?.type ?? '=';
  const assigned = binding(ctx, { span: spanOf(node), left, right, declares: false });
  return [operator === '=' || assigned.kind !== 'let' ? assigned : { ...assigned, operator }];
}

/** What stands left of `=`, `:=` and `range`, as one pattern. */
export function lowerTargets(ctx: Context, node: SyntaxNode): Pattern | undefined {
  const targets = (node.type === 'expression_list' ? namedChildren(node) : [node]).map((one) => lowerTarget(ctx, one));
  return targets.length === 1 ? targets[0] : { kind: 'items', span: spanOf(node), items: targets };
}

interface Binding {
  readonly span: Stmt['span'];
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
  readonly declares: boolean;
}

/** Several values to several names are a list to items; `_ = f()` only calls. */
export function binding(ctx: Context, { span, left, right, declares }: Binding): Stmt {
  const values = lowerExpressions(ctx, right);
  const [only] = values;
  const wantsOk = values.length === 1 && left.type === 'expression_list' && namedChildren(left).length === 2;
  const value = (wantsOk && only !== undefined ? withOk(only, right) : undefined) ?? listOf(values, right);
  const isHidden = declares && namedChildren(left).some((name) => textOf(ctx, name) === ctx.receiver);
  const target = lowerTargets(isHidden ? { ...ctx, receiver: undefined } : ctx, left);
  if (target === undefined) return { kind: 'expr', span, value };
  return { kind: 'let', span, target, value, ...(declares ? { declares: 'block' } : {}) };
}

/** `m[k]`, `x.(T)`, `<-ch` say whether there was a value, when they are asked for two. */
function withOk(value: Expr, node: SyntaxNode): Expr | undefined {
  const source = askedFor(value);
  if (source === undefined) return undefined;
  const { span } = value;
  const args = isPath(source) ? [{ span: source.span, value: source }] : [];
  const ok: Expr = { kind: 'call', span, form: 'call', callee: intrinsic(node, 'ok'), args };
  return { kind: 'list', span, items: [{ value }, { value: ok }] };
}

function askedFor(value: Expr): Expr | undefined {
  if (value.kind === 'index' || value.kind === 'member') return value;
  if (value.kind === 'unary' && value.operator === '<-') return value.operand;
  const isAssertion = value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === '%assert';
  return isAssertion ? value.args[0]?.value : undefined;
}

function isPath(value: Expr): boolean {
  if (value.kind === 'name' || value.kind === 'literal') return true;
  if (value.kind === 'index') return isPath(value.object) && isPath(value.index);
  return value.kind === 'member' && isPath(value.object);
}

function lowerTarget(ctx: Context, node: SyntaxNode): Pattern | undefined {
  if (node.type === 'identifier') return bindName(ctx, node);
  return { kind: 'place', span: spanOf(node), expression: lowerExpression(ctx, node) };
}

function lowerSpec(ctx: Context, spec: SyntaxNode, valued: SyntaxNode | undefined): readonly Stmt[] {
  const declared = afterDeclaration(ctx, spec);
  const names = childrenIn(spec, 'name').map((name) => bindName(declared, name));
  const typeNode = child(spec, 'type') ?? (valued === undefined ? undefined : child(valued, 'type'));
  const valueNode = valued === undefined ? undefined : child(valued, 'value');
  const values = valueNode === undefined ? [] : lowerExpressions(ctx, valueNode);
  const shared = { span: spanOf(spec), declares: 'block' } as const;
  const typed = typeNode === undefined ? {} : { type: lowerType(ctx, typeNode) };
  if (values.length !== names.length && values.length > 0) {
    const target = { kind: 'items', span: spanOf(spec), items: names } as const;
    const [only] = values;
    const value = (only !== undefined && names.length === 2 ? withOk(only, spec) : undefined) ?? listOf(values, spec);
    return [{ kind: 'let', ...shared, target, value, ...typed }];
  }
  return names.flatMap((target, i): readonly Stmt[] => {
    const value = values[i];
    if (target === undefined) return value === undefined ? [] : [{ kind: 'expr', span: spanOf(spec), value }];
    const statement: LetStmt = { kind: 'let', ...shared, target, ...typed };
    return [value === undefined ? statement : { ...statement, value }];
  });
}

/** `type T struct {…}` is a class; any other type is a name for what stands right of it. */
export function lowerTypeDeclaration(ctx: Context, node: SyntaxNode): readonly Stmt[] {
  return namedChildren(node).flatMap((spec): readonly Stmt[] => {
    const name = child(spec, 'name');
    const type = child(spec, 'type');
    if (name === undefined || type === undefined) return [];
    const span = spanOf(spec);
    const isClass = type.type === 'struct_type' || type.type === 'interface_type';
    if (isClass) return [{ kind: 'class', span, class: deeperClass(ctx, { spec, name, type }) }];
    const target = { kind: 'bind', span: spanOf(name), name: textOf(ctx, name) } as const;
    return [{ kind: 'let', span, target, value: lowerType(ctx, type), declares: 'block' }];
  });
}

interface NamedType {
  readonly spec: SyntaxNode;
  readonly name: SyntaxNode;
  readonly type: SyntaxNode;
}

function deeperClass(ctx: Context, { spec, name, type }: NamedType): ClassIR {
  const members = deeper<Members>(
    ctx,
    () => ({ bases: [], fields: [] }),
    () => (type.type === 'struct_type' ? structMembers(ctx, type) : interfaceMembers(ctx, type)),
  );
  return {
    span: spanOf(spec),
    name: textOf(ctx, name),
    nameSpan: spanOf(name),
    ...members,
    decorators: [],
    methods: [],
    body: [],
  };
}

interface Members {
  readonly bases: readonly Expr[];
  readonly fields: readonly Field[];
}

/** An embedded type is a base, and a field of its own name. */
function structMembers(ctx: Context, type: SyntaxNode): Members {
  const list = namedChildren(type).find((part) => part.type === 'field_declaration_list');
  const declarations =
    list === undefined ? [] : namedChildren(list).filter((part) => part.type === 'field_declaration');
  const embedded = declarations.filter((declaration) => child(declaration, 'name') === undefined);
  return {
    bases: embedded.flatMap((declaration) => typeIn(ctx, declaration)),
    fields: declarations.flatMap((declaration) => lowerFields(ctx, declaration)),
  };
}

function typeIn(ctx: Context, declaration: SyntaxNode): readonly Expr[] {
  const type = child(declaration, 'type');
  return type === undefined ? [] : [lowerType(ctx, type)];
}

function lowerFields(ctx: Context, declaration: SyntaxNode): readonly Field[] {
  const [type] = typeIn(ctx, declaration);
  const tagNode = child(declaration, 'tag');
  const tag = tagNode === undefined ? {} : { tag: stringText(ctx, tagNode) };
  const written = childrenIn(declaration, 'name');
  const names = written.length > 0 ? written : ownName(child(declaration, 'type'));
  return names.map((name) => ({
    span: spanOf(declaration),
    name: textOf(ctx, name),
    nameSpan: spanOf(name),
    ...(type === undefined ? {} : { type }),
    decorators: [],
    ...tag,
  }));
}

/** `pkg.Other` is embedded as `Other`. */
function ownName(type: SyntaxNode | undefined): readonly SyntaxNode[] {
  let node = type;
  while (node !== undefined && node.type !== 'type_identifier') {
    node = node.type === 'qualified_type' ? child(node, 'name') : namedChildren(node)[0];
  }
  return node === undefined ? [] : [node];
}

/** What an interface asks for has no body, so its methods are fields whose type is a function. */
function interfaceMembers(ctx: Context, type: SyntaxNode): Members {
  const parts = namedChildren(type);
  return {
    bases: parts.filter((part) => part.type === 'type_elem').map((part) => lowerType(ctx, part)),
    fields: parts
      .filter((part) => part.type === 'method_elem')
      .flatMap((part): Field[] => {
        const name = child(part, 'name');
        if (name === undefined) return [];
        const asFunction = lowerType(ctx, { ...part, type: 'function_type' });
        const field = { span: spanOf(part), name: textOf(ctx, name), nameSpan: spanOf(name), type: asFunction };
        return [{ ...field, decorators: [] }];
      }),
  };
}
