/** Errors that leave a function or the server, by shape: an answer with a status of 400 and more, something thrown. */
import type { CallExpr, Expr } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives, numberOf } from '../../semantics/value.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { defineRecogniser } from '../recogniser.js';

export default defineRecogniser({
  name: 'error-response',
  phase: 'file',
  *recognise({ path, index, s }) {
    const thrown = new Set<Expr>();
    for (const stmt of index.statements)
      if (stmt.kind === 'exit' && stmt.how === 'throw' && stmt.value?.kind === 'call') thrown.add(stmt.value);
    for (const call of index.calls) {
      if (call.args.length === 0 || call.form === 'jsx') continue;
      if (!thrown.has(call) && !hasErrorStatus(s, path, call) && !makesError(call)) continue;
      const fn = index.functionOf(call);
      yield {
        kind: 'ErrorResponse',
        roles: withAbsent({ status: { kind: 'literal', value: thrown.has(call) ? 'thrown' : 'answered' } }) as never,
        spans: {},
        at: { path, span: calleeSpan(call) },
        path,
        library: 'error-response',
        site: s.site(path, call),
        node: call,
        ...(fn ? { fn } : {}),
      };
    }
  },
});

/** `createError(401, …)`, `abort(400, …)`, `fmt.Errorf(…)`, `new UnauthorizedException(…)`. */
function makesError(call: CallExpr): boolean {
  const name =
    call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
  return /^(?:createError|createHttpError|Errorf|abort)$|^[A-Z]\w*(?:Exception|HTTPError|HttpError)$/.test(name);
}

function hasErrorStatus(s: Semantics, path: string, call: CallExpr): boolean {
  const { callee, args } = call;
  if (callee.kind !== 'member' && callee.kind !== 'name') return false;
  if (args.length <= 4 && args.some((a) => isErrorStatus(s, path, a.value, a.name))) return true;
  // `res.status(401).json(…)`, `reply.code(400).send(…)`
  for (let at = callee.kind === 'member' ? callee.object : undefined; at?.kind === 'call'; ) {
    const inner: Expr = at.callee;
    if (inner.kind !== 'member') return false;
    const [first] = at.args;
    if (
      /^(?:status|code|sendStatus|statusCode)$/.test(inner.property) &&
      first &&
      isError(s.evaluate(path, first.value))
    )
      return true;
    at = inner.object;
  }
  return false;
}

function isErrorStatus(s: Semantics, path: string, expr: Expr, name: string | undefined): boolean {
  if (name !== undefined)
    return /^(?:status|status_code|statusCode|code)$/.test(name) && isError(s.evaluate(path, expr));
  if (expr.kind === 'record')
    return expr.entries.some(
      (e) => /^(?:status|statusCode|status_code)$/.test(e.key ?? '') && isError(s.evaluate(path, e.value)),
    );
  if (expr.kind !== 'literal' && expr.kind !== 'member' && expr.kind !== 'name') return false;
  return isError(s.evaluate(path, expr));
}

function isError(value: Value): boolean {
  return alternatives(value).some((v) => {
    const n = numberOf(v);
    if (n !== undefined) return n >= 400 && n < 600;
    const name = v.kind === 'external' ? v.name : v.kind === 'member' ? v.property : '';
    return /HTTP_[45]\d\d|\.?(?:Status|HttpStatus\.)?(?:Unauthorized|UNAUTHORIZED|BadRequest|BAD_REQUEST|Forbidden|FORBIDDEN|InternalServerError|INTERNAL_SERVER_ERROR|BadGateway|BAD_GATEWAY|UnprocessableEntity)$/.test(
      name,
    );
  });
}
