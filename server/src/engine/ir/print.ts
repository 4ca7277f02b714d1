/** The IR as text that reads like code: for tests, for looking at what an adapter made of a file. */
import type { ClassIR, Expr, FileIR, FunctionIR, Item, Param, Pattern, RecordEntry, Stmt } from './ir.js';

/** A file: its directive, its items, what is broken. */
export function printFile(file: FileIR): string {
  const directive = file.directive === undefined ? [] : [`directive ${quoted(file.directive)}`];
  const broken = file.broken.map(({ start, end }) => `broken ${start}-${end}`);
  return [...directive, ...file.items.map(printItem).filter((text) => text !== ''), ...broken].join('\n');
}

/** An item: imports, statements, exports, one a line. */
export function printItem(item: Item): string {
  return [
    ...item.imports.map(
      ({ local, imported, specifier, typeOnly }) =>
        `import ${typeOnly ? 'type ' : ''}${local === '' ? '' : `${local} = `}${specifier}#${imported}`,
    ),
    ...lines(item.statements, 0),
    ...item.exports.map((one) => {
      const from = one.from === undefined ? '' : ` from ${one.from}`;
      const local = one.local === undefined ? '' : ` = ${one.local}`;
      const value = one.local === undefined && one.value !== undefined ? ` = (${one.value.kind})` : '';
      return `export ${one.name}${local}${value}${from}`;
    }),
  ].join('\n');
}

/** Statements, indented. */
export function printStatements(statements: readonly Stmt[]): string {
  return lines(statements, 0).join('\n');
}

/** An expression; only functions and classes in it take more than one line. */
export function printExpression(expression: Expr): string {
  return expr(expression, 0);
}

function lines(statements: readonly Stmt[], depth: number): readonly string[] {
  return statements.map((statement) => indent(depth) + stmt(statement, depth));
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

function body(statements: readonly Stmt[], depth: number): string {
  return statements.length === 0 ? '{}' : `{\n${lines(statements, depth + 1).join('\n')}\n${indent(depth)}}`;
}

function stmt(statement: Stmt, depth: number): string {
  switch (statement.kind) {
    case 'let': {
      const keyword = statement.declares === undefined ? '' : statement.declares === 'block' ? 'let ' : 'var ';
      const value =
        statement.value === undefined ? '' : ` ${statement.operator ?? '='} ${expr(statement.value, depth)}`;
      return `${keyword}${pattern(statement.target, depth)}${annotation(statement.type, depth)}${value}`;
    }
    case 'expr':
      return expr(statement.value, depth);
    case 'if': {
      const otherwise = statement.otherwise.length === 0 ? '' : ` else ${body(statement.otherwise, depth)}`;
      return `if ${expr(statement.test, depth)} ${body(statement.then, depth)}${otherwise}`;
    }
    case 'loop': {
      const binding = statement.binding === undefined ? '' : ` ${pattern(statement.binding, depth)}`;
      const over = statement.over === undefined ? '' : ` of ${expr(statement.over, depth)}`;
      const test = statement.test === undefined ? '' : ` while ${expr(statement.test, depth)}`;
      return `loop${binding}${over}${test} ${body(statement.body, depth)}`;
    }
    case 'try': {
      const handlers = statement.handlers.map((handler) => {
        const types = handler.types.map((type) => ` ${expr(type, depth)}`).join(',');
        const binding = handler.binding === undefined ? '' : ` ${pattern(handler.binding, depth)}`;
        return ` catch${types}${binding} ${body(handler.body, depth)}`;
      });
      const last = statement.finally.length === 0 ? '' : ` finally ${body(statement.finally, depth)}`;
      return `try ${body(statement.body, depth)}${handlers.join('')}${last}`;
    }
    case 'block':
      return body(statement.body, depth);
    case 'exit':
      return statement.value === undefined ? statement.how : `${statement.how} ${expr(statement.value, depth)}`;
    case 'function':
      return fn(statement.function, depth);
    case 'class':
      return cls(statement.class, depth);
  }
}

function expr(expression: Expr, depth: number): string {
  const show = (one: Expr) => expr(one, depth);
  switch (expression.kind) {
    case 'literal':
      return quoted(expression.value);
    case 'regex':
      return `/${expression.pattern}/${expression.flags}`;
    case 'name':
      return expression.name;
    case 'member':
      return `${show(expression.object)}${expression.optional ? '?' : ''}.${expression.property}`;
    case 'index':
      return `${show(expression.object)}[${show(expression.index)}]`;
    case 'call': {
      const args = expression.args.map(({ name, spread, value }) => {
        const before = name === undefined ? '' : `${name}: `;
        return `${before}${spread === 'list' ? '...' : spread === 'record' ? '**' : ''}${show(value)}`;
      });
      const form = expression.form === 'call' ? '' : `${expression.form} `;
      return `${form}${show(expression.callee)}(${args.join(', ')})`;
    }
    case 'record': {
      const entries = expression.entries.map((one) => entry(one, depth));
      const type = expression.type === undefined ? '' : show(expression.type);
      return entries.length === 0 ? `${type}{}` : `${type}{ ${entries.join(', ')} }`;
    }
    case 'list': {
      const items = expression.items.map(({ value, spread }) => (spread ? `...${show(value)}` : show(value)));
      return `${expression.type === undefined ? '' : show(expression.type)}[${items.join(', ')}]`;
    }
    case 'concat':
      return `${expression.tag === undefined ? '' : `${show(expression.tag)} `}concat(${expression.parts.map(show).join(', ')})`;
    case 'binary':
      return `(${show(expression.left)} ${expression.operator} ${show(expression.right)})`;
    case 'unary':
      return `${expression.operator}${/\w$/.test(expression.operator) ? ' ' : ''}${show(expression.operand)}`;
    case 'choice':
      return `(${show(expression.test)} ? ${show(expression.then)} : ${show(expression.otherwise)})`;
    case 'lambda':
      return fn(expression.function, depth);
    case 'class':
      return cls(expression.class, depth);
    case 'assign':
      return `(${pattern(expression.target, depth)} ${expression.operator ?? '='} ${show(expression.value)})`;
    case 'module':
      return `module(${quoted(expression.specifier)})`;
    case 'opaque':
      return `opaque(${expression.children.map(show).join(', ')})`;
  }
}

function entry(one: RecordEntry, depth: number): string {
  const value = expr(one.value, depth);
  if (one.spread) {
    return `...${value}`;
  }
  if (one.shorthand) {
    return one.key === value ? value : `${one.key}: ${value}`;
  }
  const key = one.key ?? (one.computedKey === undefined ? '' : `[${expr(one.computedKey, depth)}]`);
  return `${key}: ${value}`;
}

function pattern(target: Pattern, depth: number): string {
  const show = (one: Pattern) => pattern(one, depth);
  switch (target.kind) {
    case 'bind':
      return `${target.name}${fallback(target.default, depth)}`;
    case 'fields': {
      const fields = target.fields.map((one) => {
        const bound = show(one.target);
        return `${one.key === bound ? bound : `${one.key}: ${bound}`}${fallback(one.default, depth)}`;
      });
      return `{ ${[...fields, ...(target.rest === undefined ? [] : [`...${show(target.rest)}`])].join(', ')} }`;
    }
    case 'items': {
      const items = target.items.map((one) => (one === undefined ? '_' : show(one)));
      return `[${[...items, ...(target.rest === undefined ? [] : [`...${show(target.rest)}`])].join(', ')}]`;
    }
    case 'place':
      return expr(target.expression, depth);
  }
}

function fallback(value: Expr | undefined, depth: number): string {
  return value === undefined ? '' : ` = ${expr(value, depth)}`;
}

function annotation(type: Expr | undefined, depth: number): string {
  return type === undefined ? '' : `: ${expr(type, depth)}`;
}

function decorators(values: readonly { readonly value: Expr }[], depth: number): string {
  return values.map(({ value }) => `@${expr(value, depth)} `).join('');
}

function fn(one: FunctionIR, depth: number): string {
  const words = [
    one.static ? 'static' : '',
    one.async ? 'async' : '',
    one.accessor ?? '',
    one.arrow ? 'arrow' : 'function',
  ].filter((word) => word !== '');
  const receiver = one.receiver === undefined ? '' : ` (${one.receiver})`;
  const name = one.name === '' ? '' : ` ${one.name}`;
  const params = one.params.map((one) => param(one, depth)).join(', ');
  const directive = one.directive === undefined ? '' : `${quoted(one.directive)} `;
  return `${decorators(one.decorators, depth)}${words.join(' ')}${one.generator ? '*' : ''}${receiver}${name}(${params})${annotation(one.returns, depth)} ${directive}${body(one.body, depth)}`;
}

function param(one: Param, depth: number): string {
  const rest = one.rest === undefined ? '' : one.rest === 'list' ? '...' : '**';
  return `${decorators(one.decorators, depth)}${one.property ? 'field ' : ''}${rest}${pattern(one.target, depth)}${annotation(one.type, depth)}${fallback(one.default, depth)}`;
}

function cls(one: ClassIR, depth: number): string {
  const bases = one.bases.map((base) => expr(base, depth + 1));
  const members = [
    ...one.fields.map(
      (field) =>
        `${decorators(field.decorators, depth + 1)}${field.static ? 'static ' : ''}field ${field.name}${annotation(field.type, depth + 1)}${fallback(field.value, depth + 1)}${field.tag === undefined ? '' : ` tag ${quoted(field.tag)}`}`,
    ),
    ...one.methods.map((method) => fn(method, depth + 1)),
  ].map((member) => indent(depth + 1) + member);
  const inside = [...members, ...lines(one.body, depth + 1)];
  const head = `${decorators(one.decorators, depth)}class${one.name === '' ? '' : ` ${one.name}`}${bases.length === 0 ? '' : ` extends ${bases.join(', ')}`}`;
  return inside.length === 0 ? `${head} {}` : `${head} {\n${inside.join('\n')}\n${indent(depth)}}`;
}

function quoted(value: string | number | boolean | null): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
