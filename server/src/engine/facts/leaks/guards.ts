/** Conditions under which a write does no harm: only in development, or only for an answer that is an error. */
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { Semantics } from '../../semantics/semantics.js';
import { textOf } from '../../semantics/value.js';

/** Whether a node runs in development only: `if (process.env.NODE_ENV !== 'production')`, `if (__DEV__)`, `if settings.DEBUG`. */
export function isDevelopmentOnly(s: Semantics, path: string, node: IrNode): boolean {
  return s.conditionsAt(path, node).some(({ test, holds }) => saysDevelopment(s, path, test, holds));
}

function saysDevelopment(s: Semantics, path: string, test: Expr, holds: boolean): boolean {
  if (test.kind === 'unary' && test.operator === '!') return saysDevelopment(s, path, test.operand, !holds);
  if (test.kind === 'binary' && test.operator === '&&' && holds)
    return saysDevelopment(s, path, test.left, holds) || saysDevelopment(s, path, test.right, holds);
  if (test.kind === 'binary' && (test.operator === '==' || test.operator === '!=')) {
    const [name, text] = [test.left, test.right]
      .map((side) => ({ name: nameOf(side), text: textOf(s.evaluate(path, side)) }))
      .sort((a) => (a.text === undefined ? -1 : 1));
    const equal = (test.operator === '==') === holds;
    if (!name || text?.text === undefined || !/env|stage|mode|profile/i.test(name.name)) return false;
    if (/^prod/i.test(text.text)) return !equal;
    return /^(?:dev|local|test)/i.test(text.text) && equal;
  }
  const name = nameOf(test);
  if (/^(?:__DEV__|isDev|isDevelopment|is_dev|is_development|DEV|IS_DEV|isLocal|is_local)$/.test(name)) return holds;
  if (/^(?:isProd|isProduction|is_prod|is_production|PROD|IS_PROD|IS_PRODUCTION)$/.test(name)) return !holds;
  // Django's own `settings.DEBUG`, not a variable of the environment: that is one setting away in production too.
  return test.kind === 'member' && test.property === 'DEBUG' && nameOf(test.object) === 'settings' && holds;
}

/** Whether a node is reached only when an HTTP answer, or a record with an `error`, is no success. */
export function isErrorAnswerOnly(s: Semantics, path: string, node: IrNode): boolean {
  return s.conditionsAt(path, node).some(({ test, holds }) => asksFailure(test, holds));
}

function asksFailure(test: Expr, holds: boolean): boolean {
  if (test.kind === 'unary' && test.operator === '!') return asksFailure(test.operand, !holds);
  if (test.kind === 'binary') {
    if (test.operator === '&&' || test.operator === '||')
      return asksFailure(test.left, holds) || asksFailure(test.right, holds);
    if (/^(?:error|error_code)$/.test(nameOf(test.left)))
      return !isNothing(test.right) === ((test.operator !== '!=') === holds);
    return asksStatus(test, holds) || asksMissing(test, holds);
  }
  const name = nameOf(test);
  if (/^(?:ok|is_success|isSuccess|success)$/.test(name)) return !holds;
  if (/^(?:error|is_error|isError|errors)$/.test(name)) return holds;
  // `if (!data.access_token) …`: there is none.
  return /token$/i.test(name) && !holds;
}

/** `status != 200`, `status >= 400`, `not (status == 200)`. */
function asksStatus(test: Extract<Expr, { kind: 'binary' }>, holds: boolean): boolean {
  if (!/^(?:status|status_code|statusCode|StatusCode)$/.test(nameOf(test.left)) || test.right.kind !== 'literal')
    return false;
  const good = Number(test.right.value) < 400;
  switch (test.operator) {
    case '==':
      return good !== holds;
    case '!=':
      return good === holds;
    case '>=':
    case '>':
      return holds && Number(test.right.value) >= 299;
    case '<':
    case '<=':
      return !holds;
    default:
      return false;
  }
}

function isNothing(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.value === null;
}

function asksMissing(test: Extract<Expr, { kind: 'binary' }>, holds: boolean): boolean {
  const isToken =
    test.left.kind === 'literal' ? /token/.test(String(test.left.value)) : /token$/i.test(nameOf(test.left));
  if (test.operator === 'not in') return isToken && holds;
  if (test.operator === 'in') return isToken && !holds;
  return isToken && isNothing(test.right) && (test.operator === '==') === holds;
}

function nameOf(expr: Expr): string {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') return expr.property;
  if (expr.kind === 'call') {
    const [first] = expr.args;
    if (first?.value.kind === 'literal') return String(first.value.value);
    return nameOf(expr.callee);
  }
  return '';
}
