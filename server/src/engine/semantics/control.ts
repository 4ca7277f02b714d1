/** Order and conditions inside one function: what surely ran before a node, and what surely holds there. */
import type { Expr, Stmt } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { FileIndex } from './file-index.js';
import { isFunction } from './file-index.js';

/** A test that surely had this outcome when a node is reached. */
export interface Condition {
  readonly test: Expr;
  readonly holds: boolean;
  /** The statement or expression that tests. */
  readonly node: IrNode;
}

/** Whether a call never returns; answered by whoever knows libraries. */
export type NeverReturns = (call: Expr) => boolean;

/** Whether control never goes past this list of statements (in the same function). */
export function exits(list: readonly Stmt[], neverReturns: NeverReturns): boolean {
  return list.some((stmt) => stmtExits(stmt, neverReturns));
}

function stmtExits(stmt: Stmt, neverReturns: NeverReturns): boolean {
  switch (stmt.kind) {
    case 'exit':
      return true;
    case 'if':
      return stmt.otherwise.length > 0 && exits(stmt.then, neverReturns) && exits(stmt.otherwise, neverReturns);
    case 'block':
      return exits(stmt.body, neverReturns);
    case 'try':
      return (
        exits(stmt.finally, neverReturns) ||
        (exits(stmt.body, neverReturns) && stmt.handlers.every((h) => exits(h.body, neverReturns)))
      );
    case 'expr': {
      const value = stmt.value.kind === 'unary' ? stmt.value.operand : stmt.value;
      return value.kind === 'call' && neverReturns(value);
    }
    default:
      return false;
  }
}

/** What surely holds when control reaches a node, innermost first; stops at the function's border. */
export function conditionsAt(index: FileIndex, node: IrNode, neverReturns: NeverReturns): readonly Condition[] {
  const found: Condition[] = [];
  let current: IrNode = node;
  for (;;) {
    const list = index.listOf(current);
    if (list) addEarlier(list, current as Stmt, neverReturns, found);
    const parent = index.parentOf(current);
    if (!parent || isFunction(parent)) return found;
    if ('kind' in parent) addBranch(parent, current, list, found);
    current = parent;
  }
}

/** What surely holds after a list of statements has run to its end: for the top of a module. */
export function conditionsAfter(list: readonly Stmt[], neverReturns: NeverReturns): readonly Condition[] {
  const found: Condition[] = [];
  addEarlier(list, undefined, neverReturns, found);
  return found;
}

function addEarlier(
  list: readonly Stmt[],
  until: Stmt | undefined,
  neverReturns: NeverReturns,
  found: Condition[],
): void {
  for (const stmt of list) {
    if (stmt === until) return;
    if (stmt.kind === 'if') {
      if (exits(stmt.then, neverReturns)) found.push({ test: stmt.test, holds: false, node: stmt });
      else if (stmt.otherwise.length > 0 && exits(stmt.otherwise, neverReturns))
        found.push({ test: stmt.test, holds: true, node: stmt });
      // `else if … else throw`: what is left of a chain that exits everywhere else.
      if (exits(stmt.then, neverReturns)) addEarlier(stmt.otherwise, undefined, neverReturns, found);
    } else if (stmt.kind === 'block') addEarlier(stmt.body, undefined, neverReturns, found);
    else if (stmt.kind === 'try' && stmt.handlers.every((h) => exits(h.body, neverReturns)))
      addEarlier(stmt.body, undefined, neverReturns, found);
    else if (
      stmt.kind === 'expr' &&
      stmt.value.kind === 'binary' &&
      (stmt.value.operator === '||' || stmt.value.operator === '??')
    ) {
      const right = stmt.value.right;
      if (right.kind === 'call' && neverReturns(right)) found.push({ test: stmt.value.left, holds: true, node: stmt });
    }
  }
}

function addBranch(parent: IrNode, child: IrNode, list: readonly Stmt[] | undefined, found: Condition[]): void {
  if (!('kind' in parent)) return;
  if (parent.kind === 'if' && list) {
    found.push({ test: parent.test, holds: list === parent.then, node: parent });
  } else if (parent.kind === 'loop' && list && parent.test) {
    found.push({ test: parent.test, holds: true, node: parent });
  } else if (parent.kind === 'choice' && child !== parent.test) {
    found.push({ test: parent.test, holds: child === parent.then, node: parent });
  } else if (parent.kind === 'binary' && child === parent.right) {
    if (parent.operator === '&&') found.push({ test: parent.left, holds: true, node: parent });
    if (parent.operator === '||') found.push({ test: parent.left, holds: false, node: parent });
  }
}

/** Whether `before` has surely run whenever `after` is reached. Both are in the same function (or both at the top of the file). */
export function dominates(index: FileIndex, before: IrNode, after: IrNode, neverReturns: NeverReturns): boolean {
  if (index.functionOf(before) !== index.functionOf(after)) return false;
  const chain = new Map<readonly Stmt[], Stmt>();
  let top: IrNode | undefined;
  for (let node: IrNode | undefined = after; node && !isFunction(node); node = index.parentOf(node)) {
    const list = index.listOf(node);
    if (list) chain.set(list, node as Stmt);
    top = node;
  }
  let node: IrNode = before;
  for (;;) {
    const list = index.listOf(node);
    if (list) {
      const later = chain.get(list);
      if (later) {
        if (later === node) return beforeInStatement(index, before, after, node as Stmt);
        return list.indexOf(node as Stmt) < list.indexOf(later);
      }
    }
    const parent: IrNode | undefined = index.parentOf(node);
    if (!parent || isFunction(parent)) {
      // Two top-level items of a file are in different lists.
      return !parent && top !== undefined && list !== undefined && node.span.end <= top.span.start;
    }
    if (conditional(parent, node, list, neverReturns)) return false;
    node = parent;
  }
}

function beforeInStatement(index: FileIndex, before: IrNode, after: IrNode, stmt: Stmt): boolean {
  if (before === after) return true;
  // Inside one statement: its head runs before its lists; otherwise by position, if not behind a condition.
  for (let node: IrNode = before; node !== stmt; ) {
    const parent = index.parentOf(node);
    if (!parent) return false;
    const list = index.listOf(node);
    if (list && parent !== stmt) return false;
    if (parent !== stmt && conditional(parent, node, undefined, () => false)) return false;
    if (list && parent === stmt) return false;
    node = parent;
  }
  return (
    before.span.end <= after.span.start || (after.span.start <= before.span.start && after.span.end >= before.span.end)
  );
}

function conditional(
  parent: IrNode,
  child: IrNode,
  list: readonly Stmt[] | undefined,
  neverReturns: NeverReturns,
): boolean {
  if (!('kind' in parent)) return false;
  switch (parent.kind) {
    case 'if':
      if (!list) return false;
      // An `if` whose other branch leaves: this branch has surely run.
      return list === parent.then ? !exits(parent.otherwise, neverReturns) : !exits(parent.then, neverReturns);
    case 'loop':
      return list !== undefined;
    case 'try':
      if (list === parent.body) return !parent.handlers.every((h) => exits(h.body, neverReturns));
      return list !== parent.finally && list !== undefined;
    case 'choice':
      return child !== parent.test;
    case 'binary':
      return child === parent.right && ['&&', '||', '??'].includes(parent.operator);
    case 'lambda':
      return true;
    default:
      return false;
  }
}
