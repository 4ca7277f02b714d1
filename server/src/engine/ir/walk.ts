/** Visiting IR nodes: the one place that knows which node holds which. */
import type { ClassIR, Expr, FunctionIR, Pattern, Stmt } from './ir.js';

/** Anything that can be a parent: expressions, statements, functions and classes. */
export type IrNode = Expr | Stmt | FunctionIR | ClassIR;

export interface Visitor {
  expr(expr: Expr, parent: IrNode | undefined): void;
  stmt(stmt: Stmt, parent: IrNode | undefined, list: readonly Stmt[]): void;
  fn(fn: FunctionIR, parent: IrNode | undefined): void;
  cls(cls: ClassIR, parent: IrNode | undefined): void;
}

/** Visits a list of statements and everything below, parents before children, in source order. */
export function walkStatements(visitor: Visitor, list: readonly Stmt[], parent: IrNode | undefined): void {
  for (const stmt of list) {
    visitor.stmt(stmt, parent, list);
    walkStatement(visitor, stmt);
  }
}

function walkStatement(v: Visitor, stmt: Stmt): void {
  switch (stmt.kind) {
    case 'let':
      if (stmt.type) walkExpr(v, stmt.type, stmt);
      walkPattern(v, stmt.target, stmt);
      if (stmt.value) walkExpr(v, stmt.value, stmt);
      return;
    case 'expr':
      return walkExpr(v, stmt.value, stmt);
    case 'if':
      walkExpr(v, stmt.test, stmt);
      walkStatements(v, stmt.then, stmt);
      return walkStatements(v, stmt.otherwise, stmt);
    case 'loop':
      if (stmt.over) walkExpr(v, stmt.over, stmt);
      if (stmt.binding) walkPattern(v, stmt.binding, stmt);
      if (stmt.test) walkExpr(v, stmt.test, stmt);
      return walkStatements(v, stmt.body, stmt);
    case 'try':
      walkStatements(v, stmt.body, stmt);
      for (const handler of stmt.handlers) {
        for (const type of handler.types) walkExpr(v, type, stmt);
        walkStatements(v, handler.body, stmt);
      }
      return walkStatements(v, stmt.finally, stmt);
    case 'block':
      return walkStatements(v, stmt.body, stmt);
    case 'exit':
      if (stmt.value) walkExpr(v, stmt.value, stmt);
      return;
    case 'function':
      return walkFunction(v, stmt.function, stmt);
    case 'class':
      return walkClass(v, stmt.class, stmt);
  }
}

/** Visits an expression and everything below it. */
export function walkExpr(v: Visitor, expr: Expr, parent: IrNode | undefined): void {
  v.expr(expr, parent);
  switch (expr.kind) {
    case 'literal':
    case 'regex':
    case 'name':
    case 'module':
      return;
    case 'member':
      return walkExpr(v, expr.object, expr);
    case 'index':
      walkExpr(v, expr.object, expr);
      return walkExpr(v, expr.index, expr);
    case 'call':
      walkExpr(v, expr.callee, expr);
      for (const argument of expr.args) walkExpr(v, argument.value, expr);
      return;
    case 'record':
      if (expr.type) walkExpr(v, expr.type, expr);
      for (const entry of expr.entries) {
        if (entry.computedKey) walkExpr(v, entry.computedKey, expr);
        walkExpr(v, entry.value, expr);
      }
      return;
    case 'list':
      if (expr.type) walkExpr(v, expr.type, expr);
      for (const item of expr.items) walkExpr(v, item.value, expr);
      return;
    case 'concat':
      if (expr.tag) walkExpr(v, expr.tag, expr);
      for (const part of expr.parts) walkExpr(v, part, expr);
      return;
    case 'binary':
      walkExpr(v, expr.left, expr);
      return walkExpr(v, expr.right, expr);
    case 'unary':
      return walkExpr(v, expr.operand, expr);
    case 'choice':
      walkExpr(v, expr.test, expr);
      walkExpr(v, expr.then, expr);
      return walkExpr(v, expr.otherwise, expr);
    case 'lambda':
      return walkFunction(v, expr.function, expr);
    case 'class':
      return walkClass(v, expr.class, expr);
    case 'assign':
      walkPattern(v, expr.target, expr);
      return walkExpr(v, expr.value, expr);
    case 'opaque':
      for (const child of expr.children) walkExpr(v, child, expr);
      return;
  }
}

function walkPattern(v: Visitor, pattern: Pattern, parent: IrNode): void {
  switch (pattern.kind) {
    case 'bind':
      if (pattern.default) walkExpr(v, pattern.default, parent);
      return;
    case 'fields':
      for (const field of pattern.fields) {
        walkPattern(v, field.target, parent);
        if (field.default) walkExpr(v, field.default, parent);
      }
      if (pattern.rest) walkPattern(v, pattern.rest, parent);
      return;
    case 'items':
      for (const item of pattern.items) if (item) walkPattern(v, item, parent);
      if (pattern.rest) walkPattern(v, pattern.rest, parent);
      return;
    case 'place':
      return walkExpr(v, pattern.expression, parent);
  }
}

function walkFunction(v: Visitor, fn: FunctionIR, parent: IrNode | undefined): void {
  v.fn(fn, parent);
  for (const decorator of fn.decorators) walkExpr(v, decorator.value, fn);
  for (const param of fn.params) {
    for (const decorator of param.decorators) walkExpr(v, decorator.value, fn);
    if (param.type) walkExpr(v, param.type, fn);
    walkPattern(v, param.target, fn);
    if (param.default) walkExpr(v, param.default, fn);
  }
  if (fn.returns) walkExpr(v, fn.returns, fn);
  walkStatements(v, fn.body, fn);
}

function walkClass(v: Visitor, cls: ClassIR, parent: IrNode | undefined): void {
  v.cls(cls, parent);
  for (const decorator of cls.decorators) walkExpr(v, decorator.value, cls);
  for (const base of cls.bases) walkExpr(v, base, cls);
  const inBody = new Set<unknown>();
  for (const stmt of cls.body) if (stmt.kind === 'let') inBody.add(stmt.value).add(stmt.type);
  for (const field of cls.fields) {
    for (const decorator of field.decorators) walkExpr(v, decorator.value, cls);
    if (field.type && !inBody.has(field.type)) walkExpr(v, field.type, cls);
    if (field.value && !inBody.has(field.value)) walkExpr(v, field.value, cls);
  }
  walkStatements(v, cls.body, cls);
  for (const method of cls.methods) walkFunction(v, method, cls);
}
