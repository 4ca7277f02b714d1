/** Tokens in the bodies of answers, and tokens of a provider in a session that is a readable cookie. */
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { credentialNamed, wordsOf } from '../../semantics/names-of-things.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import { entryPoints } from '../entry-points.js';
import type { Fact } from '../kinds.js';
import { callsIn, runsIn } from '../reach.js';
import { withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { isSession, sessionsKept } from '../session-kind.js';
import { calledName } from '../token-estate.js';
import { credentialIn, credentialWritten, isPlain, issuesByNode } from '../token-kind.js';

export default defineRecogniser({
  name: 'token-responses',
  phase: 'workspace',
  order: 30,
  *recognise(view) {
    const entries = entryPoints(view, view.path).filter(
      (entry) => entry.route !== undefined || takesResponse(entry.fn),
    );
    const seen = new Set<IrNode>();
    for (const { fn } of entries) {
      for (const { body, node } of bodiesIn(view, fn)) {
        if (seen.has(node)) continue;
        seen.add(node);
        yield* tokensIn(view, fn, body);
      }
    }
    yield* inSessions(view);
  },
});

function takesResponse(fn: FunctionIR): boolean {
  return fn.params.some(
    (p) => p.target.kind === 'bind' && /^(?:res|response|reply|ctx|c|request|req)$/.test(p.target.name),
  );
}

/** What a handler answers: the argument of a call that sends, or what it returns. */
function* bodiesIn(view: FileView, fn: FunctionIR): Iterable<{ body: Expr; node: IrNode }> {
  for (const call of callsIn(view.index, fn)) {
    const body = sentBy(call);
    if (body) yield { body, node: call };
  }
  for (const stmt of view.index.statements) {
    if (stmt.kind !== 'exit' || stmt.how !== 'return' || !stmt.value || !runsIn(fn, stmt)) continue;
    if (view.index.functionOf(stmt) !== fn) continue;
    const value = stmt.value.kind === 'unary' ? stmt.value.operand : stmt.value;
    if (value.kind === 'record' || (value.kind === 'call' && /^[A-Z]/.test(calledName(value)) && !sentBy(value)))
      yield { body: value, node: stmt };
  }
}

function sentBy(call: CallExpr): Expr | undefined {
  const name = calledName(call);
  const first = call.args.find((a) => a.name === 'content')?.value ?? call.args[0]?.value;
  if (/^(?:JSONResponse|JsonResponse|ORJSONResponse|Response|jsonify|make_response|dict)$/.test(name)) {
    if (name === 'jsonify' && call.args.some((a) => a.name)) return call;
    return first?.kind === 'record' || first?.kind === 'call' ? first : undefined;
  }
  if (!/^(?:json|send|jsonp|success|ok|created)$/.test(name) || call.callee.kind !== 'member') return undefined;
  return call.callee.object.kind === 'name' &&
    /^(?:axios|api|http|client|response|resp|r)$/.test(call.callee.object.name) &&
    call.args.length === 0
    ? undefined
    : first;
}

/** The tokens in a body: by field name and value. */
function* tokensIn(view: FileView, fn: FunctionIR, body: Expr): Iterable<Fact> {
  const issues = issuesByNode(view.all('TokenIssue'));
  const entries: { key: string; value: Expr; span: Expr['span'] }[] = [];
  if (body.kind === 'record') {
    for (const e of body.entries) if (e.key !== undefined) entries.push({ key: e.key, value: e.value, span: e.span });
    for (const e of body.entries)
      if (e.value.kind === 'record')
        for (const inner of e.value.entries)
          if (inner.key !== undefined) entries.push({ key: inner.key, value: inner.value, span: inner.span });
  } else if (body.kind === 'call') {
    for (const a of body.args) if (a.name) entries.push({ key: a.name, value: a.value, span: a.span });
    for (const a of body.args)
      if (a.value.kind === 'record')
        for (const e of a.value.entries)
          if (e.key !== undefined) entries.push({ key: e.key, value: e.value, span: e.span });
  }
  const cookies = cookieTexts(view, fn);
  for (const { key, value, span } of entries) {
    const evaluated = view.s.evaluate(view.path, value);
    if (isPlain(evaluated)) continue;
    const named =
      credentialNamed(key) ?? (wordsOf(key).length === 1 && wordsOf(key)[0] === 'refresh' ? 'refresh' : undefined);
    const kind =
      named === 'refresh' || named === 'access' || named === 'session' || named === 'id'
        ? named
        : named === undefined
          ? credentialIn(view.s, issues, evaluated)
          : undefined;
    if (kind === undefined || kind === 'csrf' || kind === 'flow') continue;
    const text = textFor(value);
    yield response(view, fn, { path: view.path, span }, kind, evaluated, text !== undefined && cookies.has(text));
  }
  if (entries.length > 0) return;
  // A whole object: `res.json(tokens)`.
  for (const v of alternatives(view.s.evaluate(view.path, body))) {
    if (v.kind !== 'record') continue;
    for (const [key, field] of v.fields) {
      if (isPlain(field) || credentialNamed(key) !== 'refresh') continue;
      const whole = textFor(body);
      yield response(
        view,
        fn,
        { path: view.path, span: body.span },
        'refresh',
        field,
        whole !== undefined && (cookies.has(`${whole}.${key}`) || cookies.has(`${whole}`)),
      );
      return;
    }
  }
}

/** The texts of what goes into cookies in a function: by its own writes, and by helpers that it hands the token to. */
function cookieTexts(view: FileView, fn: FunctionIR): ReadonlySet<string> {
  const found = new Set<string>();
  const writers = new Set<FunctionIR>();
  for (const path of view.s.project.paths)
    for (const write of view.factsOf(path, 'CookieWrite')) {
      if (textOf(write.roles.op) !== 'set' || textOf(write.roles.by) === 'script') continue;
      if (write.fn) writers.add(write.fn);
      if (path !== view.path || !write.node || !runsIn(fn, write.node)) continue;
      const node = write.node;
      if ('kind' in node && node.kind === 'call') {
        const span = write.spans.value;
        const argument = node.args.find((a) => span && a.span.start <= span.start && span.end <= a.span.end);
        const text = argument ? textFor(argument.value) : undefined;
        if (text) found.add(text);
      }
    }
  for (const call of callsIn(view.index, fn)) {
    const callee = view.s.callee({ path: view.path, call, frame: undefined });
    if (!alternatives(callee).some((v) => v.kind === 'function' && writers.has(v.fn))) continue;
    for (const argument of call.args) {
      const text = textFor(argument.value);
      if (text && credentialWritten(argument.value)) found.add(text);
    }
  }
  return found;
}

/** A name or path of names as text. */
function textFor(expr: Expr): string | undefined {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') {
    const object = textFor(expr.object);
    return object === undefined ? undefined : `${object}.${expr.property}`;
  }
  if (expr.kind === 'unary') return textFor(expr.operand);
  if (expr.kind === 'concat') {
    const named = expr.parts.filter((p) => p.kind !== 'literal');
    return named.length === 1 && named[0] ? textFor(named[0]) : undefined;
  }
  return undefined;
}

function response(
  view: FileView,
  fn: FunctionIR,
  at: Fact['at'],
  kind: string,
  value: Value,
  alsoInCookie: boolean,
): Fact {
  return {
    kind: 'TokenResponse',
    roles: withAbsent({
      tokenKind: { kind: 'literal', value: kind },
      alsoInCookie: { kind: 'literal', value: alsoInCookie },
      value,
    }),
    spans: {},
    at,
    path: view.path,
    library: 'token-responses',
    fn,
  } as unknown as Fact;
}

/** `request.session["token"] = token` where the session is a signed cookie. */
function* inSessions(view: FileView): Iterable<Fact> {
  const configs = view.all('SessionConfig');
  const signed = configs.some((c) => textOf(c.roles.kept) === 'cookie' && textOf(c.roles.protection) === 'signed');
  if (!signed || sessionsKept(configs) !== 'cookie') return;
  const issues = issuesByNode(view.all('TokenIssue'));
  for (const write of view.index.memberWrites) {
    const { target } = write;
    if (target.kind !== 'member' || !isSession(view.s, view.path, target.object)) continue;
    const value = view.s.evaluate(view.path, write.value);
    if (isPlain(value)) continue;
    const named = credentialNamed(target.property);
    const carried = credentialIn(view.s, issues, value);
    const kind =
      carried === 'refresh' || carried === 'access'
        ? carried
        : named === 'refresh' || named === 'access'
          ? named
          : undefined;
    if (!kind || named === 'csrf' || named === 'flow') continue;
    const fn = view.index.functionOf(write.node);
    yield {
      kind: 'TokenStore',
      roles: withAbsent({
        medium: { kind: 'literal', value: 'signedCookie' },
        tokenKind: { kind: 'literal', value: kind },
        form: { kind: 'literal', value: 'clear' },
        owner: { kind: 'literal', value: 'provider' },
        by: { kind: 'literal', value: 'code' },
        key: { kind: 'literal', value: target.property },
        value,
      }),
      spans: {},
      at: { path: view.path, span: target.span },
      path: view.path,
      library: 'token-responses',
      node: write.node,
      ...(fn ? { fn } : {}),
    } as unknown as Fact;
  }
}
