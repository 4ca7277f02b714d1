/** Imports and exports, of both module systems. */
import type { Span } from '../../base/span.js';
import type { Decorator, ExportIR, Expr, ImportIR, Item, Pattern, Stmt } from '../../ir/ir.js';
import { child, hasToken, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerClass } from './classes.js';
import { isExpression, lowerExpression, stringValue } from './expressions.js';
import { decoratorsOf } from './functions.js';
import { type Lowering, textOf } from './lowering.js';
import { boundNames } from './patterns.js';
import { expressionStatement, lowerStatements } from './statements.js';

/** Lowers one top-level node. */
export function lowerItem(node: SyntaxNode, lowering: Lowering): Item {
  const span = spanOf(node);
  if (node.type === 'import_statement') {
    return { span, statements: [], imports: lowerImport(node, lowering), exports: [] };
  }
  if (node.type === 'export_statement') {
    const { statements, exports } = lowerExport(node, lowering);
    return { span, statements, imports: [], exports };
  }
  const statements = lowerStatements([node], lowering);
  return { span, statements, imports: [], exports: statements.flatMap(commonJsExports) };
}

function lowerImport(node: SyntaxNode, lowering: Lowering): readonly ImportIR[] {
  const typeOnly = hasToken(node, 'type') || hasToken(node, 'typeof');
  const required = node.children.find((one) => one.type === 'import_require_clause');
  const source = child(required ?? node, 'source');
  const specifier = source === undefined ? '' : stringValue(source, lowering);
  if (required !== undefined) {
    const name = namedChildren(required)[0];
    return name === undefined ? [] : [imported(name, textOf(name, lowering), '*', specifier, typeOnly)];
  }
  const clause = node.children.find((one) => one.type === 'import_clause');
  if (clause === undefined) {
    return [{ span: spanOf(node), specifier, local: '', imported: '*' }];
  }
  return namedChildren(clause).flatMap((one): readonly ImportIR[] => {
    switch (one.type) {
      case 'identifier':
        return [imported(one, textOf(one, lowering), 'default', specifier, typeOnly)];
      case 'namespace_import': {
        const name = namedChildren(one)[0];
        return name === undefined ? [] : [imported(one, textOf(name, lowering), '*', specifier, typeOnly)];
      }
      case 'named_imports':
        return namedChildren(one).flatMap((part) => {
          const name = moduleName(child(part, 'name'), lowering);
          const alias = child(part, 'alias');
          return name === undefined
            ? []
            : [
                imported(
                  part,
                  alias === undefined ? name : textOf(alias, lowering),
                  name,
                  specifier,
                  typeOnly || hasToken(part, 'type') || hasToken(part, 'typeof'),
                ),
              ];
        });
      default:
        return [];
    }
  });
}

function imported(node: SyntaxNode, local: string, name: string, specifier: string, typeOnly: boolean): ImportIR {
  return { span: spanOf(node), specifier, local, imported: name, ...(typeOnly ? { typeOnly } : {}) };
}

/** Names of imports and exports may be written as texts. */
function moduleName(node: SyntaxNode | undefined, lowering: Lowering): string | undefined {
  if (node === undefined || !node.named) {
    // `default` is a keyword here.
    return node?.type;
  }
  return node.type === 'string' ? stringValue(node, lowering) : textOf(node, lowering);
}

interface Exported {
  readonly statements: readonly Stmt[];
  readonly exports: readonly ExportIR[];
}

function lowerExport(node: SyntaxNode, lowering: Lowering): Exported {
  const declaration = child(node, 'declaration');
  const source = child(node, 'source');
  const from = source === undefined ? undefined : stringValue(source, lowering);
  const isDefault = hasToken(node, 'default');
  if (declaration !== undefined) {
    return exportedDeclaration(node, declaration, isDefault, lowering);
  }
  if (hasToken(node, 'type') && !isDefault) {
    return { statements: [], exports: [] };
  }
  const clause = node.children.find((one) => one.type === 'export_clause');
  if (clause !== undefined) {
    return { statements: [], exports: namedChildren(clause).flatMap((one) => exportSpecifier(one, from, lowering)) };
  }
  const namespace = node.children.find((one) => one.type === 'namespace_export');
  if (from !== undefined) {
    const name = namespace === undefined ? undefined : moduleName(namedChildren(namespace)[0], lowering);
    return {
      statements: [],
      exports: [
        name === undefined
          ? { span: spanOf(node), name: '*', from }
          : { span: spanOf(namespace ?? node), name, local: '*', from },
      ],
    };
  }
  const value = child(node, 'value') ?? namedChildren(node).find((one) => isExpression(one));
  if (value === undefined || (!isDefault && !hasToken(node, '='))) {
    return { statements: [], exports: [] };
  }
  return exportedValue(spanOf(node), isDefault ? 'default' : '=', lowerDefault(value, node, lowering));
}

/** `@decorator() export default class {}` keeps its decorators. */
function lowerDefault(value: SyntaxNode, statement: SyntaxNode, lowering: Lowering): Expr {
  const decorators = decoratorsOf(statement, lowering);
  return value.type === 'class' && decorators.length > 0
    ? { kind: 'class', span: spanOf(value), class: lowerClass(value, lowering, decorators) }
    : lowerExpression(value, lowering);
}

/** The value stands among the statements too: what is in it runs. */
function exportedValue(span: Span, name: string, value: Expr): Exported {
  return {
    statements: value.kind === 'name' ? [] : [expressionStatement(value)],
    exports: [{ span, name, value, ...(value.kind === 'name' ? { local: value.name } : {}) }],
  };
}

function exportSpecifier(node: SyntaxNode, from: string | undefined, lowering: Lowering): readonly ExportIR[] {
  const local = moduleName(child(node, 'name'), lowering);
  if (local === undefined || hasToken(node, 'type') || hasToken(node, 'typeof')) {
    return [];
  }
  const name = moduleName(child(node, 'alias'), lowering) ?? local;
  return [{ span: spanOf(node), name, local, ...(from === undefined ? {} : { from }) }];
}

function exportedDeclaration(
  node: SyntaxNode,
  declaration: SyntaxNode,
  isDefault: boolean,
  lowering: Lowering,
): Exported {
  const statements = lowerDeclared(declaration, decoratorsOf(node, lowering), lowering);
  const names = statements.flatMap(declaredNames);
  if (!isDefault) {
    return { statements, exports: names.map(({ name, span }) => ({ span, name, local: name })) };
  }
  const [first] = names;
  if (first !== undefined && first.name !== '') {
    return { statements, exports: [{ span: spanOf(node), name: 'default', local: first.name }] };
  }
  const value = isExpression(declaration) ? lowerExpression(declaration, lowering) : undefined;
  return value === undefined ? { statements, exports: [] } : exportedValue(spanOf(node), 'default', value);
}

function lowerDeclared(node: SyntaxNode, decorators: readonly Decorator[], lowering: Lowering): readonly Stmt[] {
  return node.type === 'class_declaration' || node.type === 'abstract_class_declaration'
    ? [{ kind: 'class', span: spanOf(node), class: lowerClass(node, lowering, decorators) }]
    : lowerStatements([node], lowering);
}

/** An `export` that is not at the top of a file: only its declaration counts. */
export function lowerExportedDeclaration(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  return lowerExport(node, lowering).statements;
}

function declaredNames(statement: Stmt): readonly { readonly name: string; readonly span: Span }[] {
  switch (statement.kind) {
    case 'let':
      return boundNames(statement.target).map(({ name, pattern }) => ({ name, span: pattern.span }));
    case 'function':
      return [{ name: statement.function.name, span: statement.function.nameSpan }];
    case 'class':
      return [{ name: statement.class.name, span: statement.class.nameSpan }];
    default:
      return [];
  }
}

/** `module.exports = …`, `exports.x = …`, also chained and as a declaration's value: `const x = exports.x = …`. */
function commonJsExports(statement: Stmt): readonly ExportIR[] {
  if (statement.kind !== 'let' || statement.operator !== undefined) {
    return [];
  }
  const targets: { readonly target: Pattern; readonly span: Span }[] = [statement];
  let value = statement.value;
  while (value?.kind === 'assign' && value.operator === undefined) {
    targets.push(value);
    value = value.value;
  }
  const bound = targets.find(({ target }) => target.kind === 'bind' && target.name !== 'exports')?.target;
  const exported = value;
  const names = targets.flatMap(({ target, span }) => {
    const name = commonJsName(target);
    return name === undefined ? [] : [{ name, span }];
  });
  if (exported === undefined) {
    return [];
  }
  const local = bound?.kind === 'bind' ? bound.name : exported.kind === 'name' ? exported.name : undefined;
  return names.map(({ name, span }) => ({
    span,
    name,
    ...(local === undefined ? {} : { local }),
    value: exported,
  }));
}

/** The exported name that an assignment's target stands for: `=` for the module itself. */
function commonJsName(target: Pattern): string | undefined {
  if (target.kind !== 'place' || target.expression.kind !== 'member') {
    return undefined;
  }
  const { object, property } = target.expression;
  if (object.kind === 'name') {
    return object.name === 'exports' ? property : object.name === 'module' && property === 'exports' ? '=' : undefined;
  }
  return object.kind === 'member' &&
    object.property === 'exports' &&
    object.object.kind === 'name' &&
    object.object.name === 'module'
    ? property
    : undefined;
}
