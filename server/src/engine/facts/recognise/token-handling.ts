/** Whether anybody hears when a verification fails: a promise that is awaited, a callback that looks at the error. */
import type { FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { FileIndex } from '../../semantics/file-index.js';
import { alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { literal, withRoles } from './token-use.js';

export default defineRecogniser({
  name: 'token-handling',
  phase: 'file',
  order: 10,
  refine(fact, view) {
    if (fact.kind !== 'TokenVerify') return undefined;
    const verify = fact as Fact<'TokenVerify'>;
    if (verify.roles.handled.kind !== 'absent' || !verify.node) return undefined;
    const why = ignoredBecause(verify, view);
    return why ? withRoles(fact, { handled: literal(why) }) : undefined;
  },
});

function ignoredBecause(verify: Fact<'TokenVerify'>, view: FileView): string | undefined {
  const index = view.index;
  const node = verify.node as IrNode;
  for (const option of alternatives(verify.roles.callback)) {
    if (option.kind === 'function' && option.path === view.path && ignoresError(index, option.fn))
      return 'the callback never looks at its error';
  }
  const failure = textOf(verify.roles.failure);
  const use = useOfCall(index, node);
  if (failure === 'promise' && use === 'dropped') return 'nobody waits for the promise';
  if (failure === 'returns' && (use === 'dropped' || use === 'awaited')) return 'nobody reads the answer';
  if (failure === 'second value' && use === 'error dropped') return 'the error is dropped';
  return undefined;
}

/** What is done with a call's value: nothing, or only waited for. */
function useOfCall(index: FileIndex, node: IrNode): 'dropped' | 'awaited' | 'error dropped' | 'used' {
  let awaited = false;
  let current: IrNode = node;
  for (;;) {
    const parent = index.parentOf(current);
    if (!parent || !('kind' in parent)) return 'used';
    if (parent.kind === 'unary' && parent.operator === 'await') awaited = true;
    else if (parent.kind === 'expr') return awaited ? 'awaited' : 'dropped';
    else if (parent.kind === 'let' && parent.target.kind === 'items') {
      const second = parent.target.items[1];
      return second === undefined && parent.target.items.length > 1 ? 'error dropped' : 'used';
    } else return 'used';
    current = parent;
  }
}

/** A callback that lets everybody through: the error is never read, nor is the result asked for. */
function ignoresError(index: FileIndex, fn: FunctionIR): boolean {
  const [error, result] = fn.params;
  if (!error || error.target.kind !== 'bind' || fn.params.length < 2) return false;
  if (isRead(index, fn, error.target.name)) return false;
  const name = result?.target.kind === 'bind' ? result.target.name : undefined;
  // `if (!decoded) return res.sendStatus(401)` sees the failure too.
  return name === undefined || !isTested(index, fn, name);
}

function isRead(index: FileIndex, fn: FunctionIR, name: string): boolean {
  return index.expressions.some(
    (e) => e.kind === 'name' && e.name === name && within(e, fn) && e.span.start >= (fn.body[0]?.span.start ?? 0),
  );
}

function isTested(index: FileIndex, fn: FunctionIR, name: string): boolean {
  return [...index.statements, ...index.expressions].some((node) => {
    if (!within(node, fn) || !('test' in node) || !node.test) return false;
    const test = node.test;
    return index.expressions.some(
      (e) => e.kind === 'name' && e.name === name && e.span.start >= test.span.start && e.span.end <= test.span.end,
    );
  });
}

function within(node: IrNode, fn: FunctionIR): boolean {
  return node.span.start >= fn.span.start && node.span.end <= fn.span.end;
}
