/** Codes and tokens that one window posts to another, also in pages that the code writes as text. */
import type { Place } from '../../base/span.js';
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import { type Value, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { originsOf } from '../oauth/origins.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

const WINDOW = /^(?:opener|parent|window|top|popup|self|iframe|contentWindow|source|target|win|authWindow|frame)$/;
const SECRET =
  /(?:^|_|\b)(?:access_?|id_?|refresh_?|auth_?)?(?:token|jwt|tokens|credential|accesstoken)s?$|^code$|^session$/i;

export default defineRecogniser({
  name: 'window-message',
  phase: 'file',
  *recognise(view) {
    for (const call of view.index.calls) {
      yield* posted(view, call);
      yield* listened(view, call);
    }
    for (const expr of view.index.expressions)
      if (expr.kind === 'concat' || expr.kind === 'literal') yield* written(view, expr);
  },
});

function fact(view: FileView, at: Place, roles: Record<string, Value>, node: Expr): Fact {
  const fn = view.index.functionOf(node);
  return {
    kind: 'WindowMessage',
    roles: withAbsent(roles),
    spans: {},
    at,
    path: view.path,
    library: 'by hand',
    node,
    ...(fn ? { fn } : {}),
  } as Fact;
}

const say = (value: string): Value => ({ kind: 'literal', value });

/** `window.opener.postMessage({ token }, '*')` */
function* posted(view: FileView, call: CallExpr): Generator<Fact> {
  const { callee, args } = call;
  if (callee.kind !== 'member' || callee.property !== 'postMessage' || !args[0]) return;
  const holder =
    callee.object.kind === 'member' ? callee.object.property : callee.object.kind === 'name' ? callee.object.name : '';
  if (!WINDOW.test(holder)) return;
  const message = view.s.evaluate(view.path, args[0].value);
  const origin: Value = args[1] ? targetOrigin(view.s.evaluate(view.path, args[1].value)) : say('own');
  yield fact(
    view,
    { path: view.path, span: args[1]?.span ?? call.callee.span },
    {
      side: say('posts'),
      message,
      targetOrigin: origin,
      carries: say(carries(view, message, args[0].value) ? 'token' : 'nothing'),
    },
    call,
  );
}

function targetOrigin(value: Value): Value {
  return value.kind === 'record' ? (value.fields.get('targetOrigin') ?? value) : value;
}

function carries(view: FileView, message: Value, expr: Expr): boolean {
  if (expr.kind === 'name' && SECRET.test(expr.name)) return true;
  return originsOf(view.s, message).some((part) => {
    if (part.kind === 'record') return [...part.fields.keys()].some((key) => SECRET.test(key));
    if (part.kind === 'member') return SECRET.test(part.property) && part.property !== 'session';
    return part.kind === 'parameter' && SECRET.test(part.name);
  });
}

/** A page that is written as text: `<script>window.opener.postMessage(${data}, '*')</script>`. */
function* written(view: FileView, expr: Extract<Expr, { kind: 'concat' | 'literal' }>): Generator<Fact> {
  const { index, path, s } = view;
  const parent = index.parentOf(expr);
  if (parent && 'kind' in parent && parent.kind === 'concat') return;
  const parts: readonly Expr[] = expr.kind === 'concat' ? expr.parts : [expr];
  let text = '';
  const starts: { readonly at: number; readonly part: Expr }[] = [];
  for (const part of parts) {
    starts.push({ at: text.length, part });
    text += part.kind === 'literal' && typeof part.value === 'string' ? part.value : `‹${starts.length - 1}›`;
  }
  if (!text.includes('postMessage(')) return;
  const everything = originsOfParts(view, parts);
  for (const match of text.matchAll(
    /\.postMessage\(\s*([\s\S]{0,600}?),\s*((['"])[^'"]{0,200}\3|‹\d+›|[\w.]+)\s*\)/g,
  )) {
    const message = match[1] ?? '';
    const target = match[2] ?? '';
    const holes = [...message.matchAll(/‹(\d+)›/g)]
      .map((m) => starts[Number(m[1])]?.part)
      .filter((p) => p !== undefined);
    // What a script variable of the same page holds was put there by a hole before it.
    const variable = /^[\w.]+$/.test(message.trim()) && !/^['"]/.test(message.trim());
    const secret =
      holes.some((hole) => carriesIn(view, s.evaluate(path, hole), hole)) ||
      (variable && everything) ||
      /\b(?:access_token|token|jwt|code)\s*[:}]/.test(message);
    const hole = /‹(\d+)›/.exec(target)?.[1];
    const origin: Value =
      hole !== undefined
        ? s.evaluate(path, (starts[Number(hole)] as { part: Expr }).part)
        : /^['"]/.test(target)
          ? say(target.slice(1, -1))
          : say('own');
    const offset = (match.index ?? 0) + match[0].lastIndexOf(target);
    yield fact(
      view,
      { path, span: spanAt(starts, offset, target.length, expr) },
      { side: say('posts'), targetOrigin: origin, carries: say(secret ? 'token' : 'nothing') },
      expr,
    );
  }
}

function originsOfParts(view: FileView, parts: readonly Expr[]): boolean {
  return parts.some((part) => part.kind !== 'literal' && carriesIn(view, view.s.evaluate(view.path, part), part));
}

/** Whether a value holds a token, also by what the callers of its function hand over. */
function carriesIn(view: FileView, value: Value, expr: Expr): boolean {
  if (carries(view, value, expr)) return true;
  const { s, index } = view;
  for (const part of originsOf(s, value)) {
    if (part.kind !== 'parameter') continue;
    const fn: FunctionIR = part.fn;
    for (const site of s.usage(fn).calls.slice(0, 6)) {
      const given = site.call.args[part.index];
      if (given && carries(view, s.evaluate(site.path, given.value), given.value)) return true;
    }
  }
  void index;
  return false;
}

/** Where a piece of the text stands in the file, as far as its literal part tells. */
function spanAt(
  starts: readonly { readonly at: number; readonly part: Expr }[],
  offset: number,
  length: number,
  whole: Expr,
) {
  const owner = [...starts].reverse().find((start) => start.at <= offset);
  if (owner?.part.kind !== 'literal') return whole.span;
  // A literal of a template has no quotes of its own; a plain one has.
  const shift = owner.part.span.end - owner.part.span.start - String(owner.part.value).length;
  const start = owner.part.span.start + (offset - owner.at) + (shift === 2 ? 1 : 0);
  return start + length <= owner.part.span.end ? { start, end: start + length } : whole.span;
}

/** `window.addEventListener('message', (event) => save(event.data.token))` */
function* listened(view: FileView, call: CallExpr): Generator<Fact> {
  const { callee, args } = call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  if (name !== 'addEventListener' || !args[1]) return;
  if (textOf(view.s.evaluate(view.path, args[0]?.value as Expr)) !== 'message') return;
  const holder = callee.kind === 'member' && callee.object.kind === 'name' ? callee.object.name : 'window';
  if (!/^(?:window|self|globalThis|top)$/.test(holder)) return;
  const handler = view.s.evaluate(view.path, args[1].value);
  if (handler.kind !== 'function' || handler.path !== view.path) return;
  const { fn } = handler;
  const within = view.index.expressions.filter((e) => e.span.start >= fn.span.start && e.span.end <= fn.span.end);
  const takes =
    within.some((e) => e.kind === 'member' && SECRET.test(e.property) && e.property !== 'session') ||
    destructures(view, fn);
  if (!takes) return;
  const checked =
    within.some((e) => e.kind === 'member' && (e.property === 'origin' || e.property === 'source')) ||
    within.some((e) => e.kind === 'name' && e.name === 'origin');
  yield fact(
    view,
    { path: view.path, span: args[0]?.span ?? call.span },
    { side: say('listens'), carries: say('token'), originCheck: say(checked ? 'checked' : 'none') },
    call,
  );
}

function destructures(view: FileView, fn: FunctionIR): boolean {
  return view.index.statements.some(
    (stmt) =>
      stmt.kind === 'let' &&
      stmt.span.start >= fn.span.start &&
      stmt.span.end <= fn.span.end &&
      stmt.target.kind === 'fields' &&
      stmt.target.fields.some((f) => SECRET.test(f.key)),
  );
}
