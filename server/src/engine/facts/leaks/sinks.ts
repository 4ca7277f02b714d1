/** Where texts leave: the arguments of logs, of functions that log their arguments, of errors. */
import { contains } from '../../base/span.js';
import type { Argument, CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import { credentialKind } from '../../semantics/credential-kinds.js';
import type { Semantics } from '../../semantics/semantics.js';
import { alternatives } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { isLogCall } from './loggers.js';
import { isMereLogger } from './redactors.js';

/** An argument that is printed. */
export interface Sink {
  readonly call: CallExpr;
  readonly argument: Argument;
}

/** Which parameters a function of the workspace hands to a log as they are; from `rest` on, all. */
interface Printed {
  readonly indexes: ReadonlySet<number>;
  readonly rest: number | undefined;
}

const printedBy = new WeakMap<Semantics, Map<FunctionIR, Printed | undefined>>();

/** What a function prints of its parameters, if it is there to log. Asked of functions in any file, whatever its words. */
function printedParameters(s: Semantics, path: string, fn: FunctionIR): Printed | undefined {
  const known = printedBy.get(s) ?? new Map<FunctionIR, Printed | undefined>();
  printedBy.set(s, known);
  if (!known.has(fn)) known.set(fn, isMereLogger(fn) ? printedIn(s, path, fn) : undefined);
  return known.get(fn);
}

function printedIn(s: Semantics, path: string, fn: FunctionIR): Printed | undefined {
  const index = s.index(path);
  const indexes = new Set<number>();
  let rest: number | undefined;
  for (const call of index.calls) {
    if (!contains(fn.span, call.span) || !(isLogCall(call) || isLogOfLibrary(s, path, call))) continue;
    for (const argument of call.args)
      for (const name of namesIn(argument.value, 0)) {
        const definition = index.lookup(name.name, name)?.definitions.find((d) => d.how === 'param' && d.fn === fn);
        if (!definition || definition.paramIndex === undefined || credentialKind(name.name)) continue;
        if (fn.params[definition.paramIndex]?.rest === 'list') rest = definition.paramIndex;
        else if (definition.steps.every((step) => step.kind === 'default')) indexes.add(definition.paramIndex);
      }
  }
  return indexes.size > 0 || rest !== undefined ? { indexes, rest } : undefined;
}

function isLogOfLibrary(s: Semantics, path: string, call: CallExpr): boolean {
  return s
    .names(s.site(path, call))
    .some((name) => s.project.knowledge.says(name).some((said) => said.is === 'LogWrite'));
}

function* namesIn(expr: Expr, depth: number): Generator<Extract<Expr, { kind: 'name' }>> {
  if (depth > 4) return;
  switch (expr.kind) {
    case 'name':
      yield expr;
      return;
    case 'record':
      for (const entry of expr.entries) yield* namesIn(entry.value, depth + 1);
      return;
    case 'list':
      for (const item of expr.items) yield* namesIn(item.value, depth + 1);
      return;
    case 'concat':
      for (const part of expr.parts) yield* namesIn(part, depth + 1);
      return;
    case 'call':
      if (
        /^(?:stringify|dumps|inspect|String|str)$/.test(
          expr.callee.kind === 'member' ? expr.callee.property : expr.callee.kind === 'name' ? expr.callee.name : '',
        )
      )
        for (const argument of expr.args) yield* namesIn(argument.value, depth + 1);
      return;
    default:
  }
}

/** The arguments that a file's logs print, by its own logs and by functions that log what they are given. */
export function* logSinks(s: Semantics, path: string, own: readonly Fact<'LogWrite'>[]): Iterable<Sink> {
  const direct = new Set<CallExpr>();
  for (const log of own) {
    if (!log.site) continue;
    direct.add(log.site.call);
    for (const argument of log.site.call.args) yield { call: log.site.call, argument };
  }
  for (const call of s.index(path).calls) {
    if (direct.has(call) || (call.callee.kind !== 'name' && call.callee.kind !== 'member')) continue;
    for (const callee of alternatives(s.callee(s.site(path, call)))) {
      const entry = callee.kind === 'function' ? printedParameters(s, callee.path, callee.fn) : undefined;
      if (!entry) continue;
      for (const [i, argument] of call.args.entries())
        if (entry.indexes.has(i) || (entry.rest !== undefined && i >= entry.rest)) yield { call, argument };
      break;
    }
  }
}
