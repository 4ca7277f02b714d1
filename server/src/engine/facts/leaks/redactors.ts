/** Whether a function of the workspace takes credentials out of what it is given, told by its body. */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import { walkStatements } from '../../ir/walk.js';

const known = new WeakMap<FunctionIR, { readonly answer: boolean | undefined }>();

/** `true` when it deletes, cuts or replaces; `false` when it hands its argument through; `undefined` when it cannot be told. */
export function redacts(fn: FunctionIR): boolean | undefined {
  const before = known.get(fn);
  if (before) return before.answer;
  const answer = judge(fn);
  known.set(fn, { answer });
  return answer;
}

/** Whether a function is there to log: by its name, or because it does nothing else. */
export function isMereLogger(fn: FunctionIR): boolean {
  return (
    (fn.body.length <= 2 && fn.body.every((stmt) => stmt.kind === 'expr' || stmt.kind === 'exit')) ||
    /log|audit|trace|debug|report|track|print|warn|error|info|emit|record|capture|notify/i.test(fn.name)
  );
}

function judge(fn: FunctionIR): boolean | undefined {
  let takesOut = false;
  walkStatements(
    {
      expr(expr) {
        takesOut ||= cuts(expr);
      },
      stmt(stmt) {
        if (stmt.kind === 'let' && stmt.target.kind === 'fields' && stmt.target.rest) takesOut = true;
        if (stmt.kind === 'expr' && stmt.value.kind === 'opaque')
          takesOut ||= stmt.value.children.some((c) => c.kind === 'member');
      },
      fn() {},
      cls() {},
    },
    fn.body,
    undefined,
  );
  if (takesOut || fn.params.some((p) => p.target.kind === 'fields' && p.target.rest !== undefined)) return true;
  const [only] = fn.body;
  const [param] = fn.params;
  if (fn.body.length === 1 && only?.kind === 'exit' && only.value?.kind === 'name' && param?.target.kind === 'bind')
    return only.value.name === param.target.name ? false : undefined;
  return undefined;
}

function cuts(expr: Expr): boolean {
  if (expr.kind === 'unary') return expr.operator === 'delete';
  if (expr.kind === 'literal')
    return typeof expr.value === 'string' && /\*{2,}|redact|filtered|masked|removed|hidden|•{2,}|…/i.test(expr.value);
  if (expr.kind !== 'call' || expr.callee.kind !== 'member') return false;
  return /^(?:slice|substring|substr|omit|pick|pop|delete|digest|hexdigest|replace|sub)$/.test(expr.callee.property);
}
