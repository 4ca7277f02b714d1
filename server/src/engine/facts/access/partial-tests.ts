/** Tests of a path, a domain or a role by a part of it, where more passes than is meant. */
import type { Place } from '../../base/span.js';
import type { Expr, FunctionIR, Stmt } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { isFunction } from '../../semantics/file-index.js';
import type { Semantics } from '../../semantics/semantics.js';
import { textOf } from '../../semantics/value.js';
import { dotted } from './steps.js';

export interface PartialTest {
  readonly of: 'path' | 'domain' | 'role';
  readonly form: 'contains' | 'ends' | 'starts';
  readonly text: string;
  readonly at: Place;
}

/** The partial tests of a file that decide who gets in. */
export function partialTestsIn(s: Semantics, path: string): readonly PartialTest[] {
  const index = s.index(path);
  const found: PartialTest[] = [];
  for (const expr of index.expressions) {
    const test = partOf(s, path, expr);
    if (!test) continue;
    const at: Place = { path, span: expr.span };
    const text = test.part === undefined ? '' : (textOf(s.evaluate(path, test.part)) ?? '');
    const subject = words(test.whole);
    if (
      isPath(subject) &&
      (test.form === 'contains' || (test.form === 'ends' && text.startsWith('/'))) &&
      (text === '' || text.startsWith('/'))
    ) {
      if (frees(s, path, expr)) found.push({ of: 'path', form: test.form, text, at });
    } else if (
      isAddress(subject) &&
      text !== '' &&
      /\.\w{2,}$|^@/.test(text) &&
      decides(index.parentOf.bind(index), expr)
    ) {
      if (test.form === 'ends' && !text.startsWith('@')) found.push({ of: 'domain', form: 'ends', text, at });
      else if (test.form === 'contains') found.push({ of: 'domain', form: 'contains', text, at });
    } else if (
      isRole(subject) &&
      text !== '' &&
      /admin|staff|manager|owner|super|editor|mod|root|user/i.test(text) &&
      decides(index.parentOf.bind(index), expr)
    ) {
      const value = s.evaluate(path, test.whole);
      if (value.kind !== 'list' && test.form !== 'ends') found.push({ of: 'role', form: test.form, text, at });
    }
  }
  return found;
}

interface Part {
  readonly whole: Expr;
  readonly part: Expr | undefined;
  readonly form: PartialTest['form'];
}

/** `whole.includes(part)`, `part in whole`, `whole.endswith(part)`, `/part/.test(whole)`, `strings.Contains(whole, part)`. */
function partOf(s: Semantics, path: string, expr: Expr): Part | undefined {
  if (expr.kind === 'binary' && expr.operator === 'in') {
    if (expr.right.kind === 'list' || expr.right.kind === 'record') return undefined;
    return { whole: expr.right, part: expr.left, form: 'contains' };
  }
  if (
    expr.kind === 'binary' &&
    /^(!=|>=|>)$/.test(expr.operator) &&
    expr.left.kind === 'call' &&
    expr.left.callee.kind === 'member' &&
    /^(indexOf|find)$/.test(expr.left.callee.property) &&
    expr.left.args[0]
  )
    return { whole: expr.left.callee.object, part: expr.left.args[0].value, form: 'contains' };
  if (expr.kind !== 'call' || expr.callee.kind !== 'member' || !expr.args[0]) return undefined;
  const { property, object } = expr.callee;
  const first = expr.args[0].value;
  if (expr.args[1] && dotted(object) === 'strings') {
    const form =
      property === 'Contains'
        ? 'contains'
        : property === 'HasSuffix'
          ? 'ends'
          : property === 'HasPrefix'
            ? 'starts'
            : undefined;
    return form ? { whole: first, part: expr.args[1].value, form } : undefined;
  }
  if (/^(includes|contains|include\?)$/.test(property)) return { whole: object, part: first, form: 'contains' };
  if (/^(endsWith|endswith|end_with\?)$/.test(property)) return { whole: object, part: first, form: 'ends' };
  if (/^(startsWith|startswith|start_with\?)$/.test(property)) return { whole: object, part: first, form: 'starts' };
  void s;
  void path;
  return undefined;
}

/** The words of an expression's last parts: `req.user.email.toLowerCase()` → `email`. */
function words(expr: Expr): string {
  if (
    expr.kind === 'call' &&
    expr.callee.kind === 'member' &&
    /^(toLowerCase|toUpperCase|lower|upper|trim|strip|toString|casefold|rstrip|get)$/.test(expr.callee.property)
  ) {
    const first = expr.args[0]?.value;
    if (expr.callee.property === 'get' && first?.kind === 'literal') return String(first.value);
    return words(expr.callee.object);
  }
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member')
    return expr.property === 'length' ? '' : expr.property === 'path' ? 'path' : expr.property;
  if (expr.kind === 'index' && expr.index.kind === 'literal') return String(expr.index.value);
  if (expr.kind === 'binary' && (expr.operator === '??' || expr.operator === '||')) return words(expr.left);
  return '';
}

function isPath(word: string): boolean {
  return /^(path|pathname|url|originalUrl|req_?path|request_?path|path_?info|full_?path|route|uri|endpoint|current_?path)$/i.test(
    word,
  );
}

function isAddress(word: string): boolean {
  return /^(e?_?mail|user_?email|email_?address|email_?lower|upn|preferred_?username|address|hd|domain|email_?domain)$/i.test(
    word,
  );
}

function isRole(word: string): boolean {
  return /^(user_?)?role(_?name)?$/i.test(word);
}

/** Whether a test is asked in a condition or is an answer: not merely shown. */
function decides(parentOf: (node: IrNode) => IrNode | undefined, expr: Expr): boolean {
  let node: IrNode = expr;
  for (let i = 0; i < 8; i++) {
    const parent = parentOf(node);
    if (!parent) return false;
    if (isFunction(parent)) return false;
    if (!('kind' in parent)) return false;
    if (parent.kind === 'if') return parent.test === node;
    if (parent.kind === 'choice') return parent.test === node;
    if (parent.kind === 'exit') return parent.how === 'return';
    if (parent.kind === 'binary' || parent.kind === 'unary' || parent.kind === 'let' || parent.kind === 'call') {
      if (parent.kind === 'let') return true;
      node = parent;
      continue;
    }
    return false;
  }
  return false;
}

/** Whether a test of the path lets a request past a check: the branch continues, or the function says that it is exempt. */
function frees(s: Semantics, path: string, expr: Expr): boolean {
  const index = s.index(path);
  let node: IrNode = expr;
  let fn: FunctionIR | undefined;
  for (let i = 0; i < 14; i++) {
    const parent: IrNode | undefined = index.parentOf(node);
    if (!parent) return false;
    if (isFunction(parent)) {
      if (EXEMPT.test(parent.name)) return true;
      fn = parent;
      // A lambda handed to `some` or `any`: go on with the call.
      const lambda = index.parentOf(parent);
      const call = lambda ? index.parentOf(lambda) : undefined;
      if (lambda && call && 'kind' in call && call.kind === 'call') {
        node = call;
        continue;
      }
      return false;
    }
    if ('kind' in parent && parent.kind === 'if' && parent.test === node)
      return continuesIn(s, path, parent.then) || leavesHook(index.functionOf(parent), parent.then);
    if ('kind' in parent && parent.kind === 'let' && parent.target.kind === 'bind')
      return EXEMPT.test(parent.target.name);
    node = parent;
  }
  void fn;
  return false;
}

/** `if (…) return;` in a hook that would have refused: leaving it lets the request go on. */
function leavesHook(fn: FunctionIR | undefined, list: readonly Stmt[]): boolean {
  const only = list[0];
  if (!fn || list.length !== 1 || only?.kind !== 'exit' || only.how !== 'return') return false;
  if (only.value && !(only.value.kind === 'literal' && only.value.value === null)) return false;
  return (
    fn.params.some((p) => p.target.kind === 'bind' && /^(reply|rep)$/.test(p.target.name)) ||
    fn.decorators.some((d) => /before_(app_)?request/.test(dotted(d.value)))
  );
}

const EXEMPT = /exempt|public|skip|white_?list|allow_?list|excluded|ignored|open|unprotected|bypass|anonymous/i;

function continuesIn(
  s: Semantics,
  path: string,
  list: readonly { readonly span: { readonly start: number; readonly end: number } }[],
): boolean {
  const first = list[0];
  const last = list.at(-1);
  if (!first || !last) return false;
  const index = s.index(path);
  return index.calls.some((c) => {
    if (c.span.start < first.span.start || c.span.end > last.span.end) return false;
    const name = dotted(c.callee).split('.').at(-1) ?? '';
    return /^(next|call_next|get_response|_get_response|resolve)$/.test(name);
  });
}
