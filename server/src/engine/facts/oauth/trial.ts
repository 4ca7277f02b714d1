/**
 * Runs a function on paper with one chosen value for what the request brings, and says what arrives at a place: which text
 * a redirect gets when the request says `//evil.example`. Texts, lists, regular expressions and addresses are computed;
 * all else is unknown. Bounded; nothing of the workspace is executed.
 */
import type { CallExpr, Expr, FunctionIR, Pattern, Stmt } from '../../ir/ir.js';
import type { Binding } from '../../semantics/file-index.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Frame, type Value, alternatives } from '../../semantics/value.js';
import { frameAt } from './callers.js';
import { type Parsed, browserAddress, hostAndPort, plainAddress, sayAddress } from './site.js';

/** What an expression comes to. `of` says that what the request brought is in it. */
export type Seen =
  | { readonly is: 'text'; readonly text: string; readonly of: boolean }
  | { readonly is: 'number'; readonly number: number; readonly of: boolean }
  | { readonly is: 'truth'; readonly truth: boolean; readonly of: boolean }
  | { readonly is: 'absent'; readonly of: boolean }
  | { readonly is: 'list'; readonly items: readonly Seen[]; readonly of: boolean }
  | { readonly is: 'record'; readonly fields: ReadonlyMap<string, Seen>; readonly of: boolean }
  | { readonly is: 'address'; readonly address: Parsed; readonly plain: boolean; readonly of: boolean }
  | { readonly is: 'pattern'; readonly pattern: string; readonly flags: string; readonly of: boolean }
  | { readonly is: 'function'; readonly value: Extract<Value, { kind: 'function' }>; readonly of: boolean }
  | { readonly is: 'thrown'; readonly of: boolean }
  | { readonly is: 'unknown'; readonly of: boolean };

/** What a trial supposes, and what it looks for. */
export interface Trial {
  /** What a value is, if the trial says so. */
  supposed(value: Value, expr: Expr): Seen | undefined;
  /** The own origin, as far as code asks for it. */
  readonly origin: string;
  /** An expression whose value is looked for. */
  readonly sink: Expr;
}

/** What came to the sink, and by which tests. */
export interface Arrival {
  readonly seen: Seen;
  /** Tests about the request's value that were decided on the way, in order. */
  readonly tests: readonly { readonly path: string; readonly expr: Expr }[];
  /** Tests about it that could not be decided. */
  readonly unsure: readonly { readonly path: string; readonly expr: Expr }[];
}

type Env = Map<Binding, Seen>;
type End =
  | { readonly how: 'on'; readonly env: Env }
  | { readonly how: 'return'; readonly value: Seen }
  | { readonly how: 'throw' }
  | { readonly how: 'break' };

const UNKNOWN_SEEN: Seen = { is: 'unknown', of: false };
const STEPS = 4000;

/** What arrives at the sink when its function runs from the top. Empty: it is not reached. */
export function tryOut(
  s: Semantics,
  path: string,
  fn: FunctionIR | undefined,
  trial: Trial,
): { readonly arrivals: readonly Arrival[]; readonly tests: Arrival['tests'] } {
  const run = new Run(s, trial);
  const body: readonly Stmt[] = fn ? fn.body : s.index(path).file.items.flatMap((item) => item.statements);
  run.block(path, body, new Map(), undefined, 0);
  return { arrivals: run.arrivals, tests: run.decided };
}

class Run {
  readonly arrivals: Arrival[] = [];
  readonly s: Semantics;
  readonly trial: Trial;
  private steps = 0;
  get decided(): Arrival['tests'] {
    return this.tests;
  }
  private tests: { path: string; expr: Expr }[] = [];
  private unsure: { path: string; expr: Expr }[] = [];

  constructor(s: Semantics, trial: Trial) {
    this.s = s;
    this.trial = trial;
  }

  /** Runs statements; every way they can end. */
  block(path: string, list: readonly Stmt[], env: Env, frame: Frame | undefined, depth: number): readonly End[] {
    const ends: End[] = [];
    let states: Env[] = [env];
    for (const stmt of list) {
      const next: Env[] = [];
      for (const state of states) {
        for (const end of this.statement(path, stmt, state, frame, depth)) {
          if (end.how === 'on') next.push(end.env);
          else ends.push(end);
        }
      }
      states = next.slice(0, 4);
      if (states.length === 0 || this.steps > STEPS) break;
    }
    return [...ends, ...states.map((state): End => ({ how: 'on', env: state }))];
  }

  private statement(path: string, stmt: Stmt, env: Env, frame: Frame | undefined, depth: number): readonly End[] {
    if (++this.steps > STEPS) return [{ how: 'on', env }];
    const on: End = { how: 'on', env };
    switch (stmt.kind) {
      case 'let': {
        if (!stmt.value) return [on];
        const value = this.see(path, stmt.value, env, frame, depth);
        if (value.is === 'thrown') return [{ how: 'throw' }];
        if (stmt.target.kind === 'place') this.see(path, stmt.target.expression, env, frame, depth);
        this.bind(path, stmt.target, stmt.operator ? UNKNOWN_SEEN : value, stmt, env);
        return [on];
      }
      case 'expr': {
        const value = this.see(path, stmt.value, env, frame, depth);
        return value.is === 'thrown' || this.leaves(path, stmt.value, frame) ? [{ how: 'throw' }] : [on];
      }
      case 'if': {
        const answers = this.test(path, stmt.test, env, frame, depth);
        return answers.flatMap((answer) =>
          answer === 'throws'
            ? [{ how: 'throw' } as End]
            : this.block(path, answer ? stmt.then : stmt.otherwise, new Map(env), frame, depth),
        );
      }
      case 'loop': {
        const over = stmt.over ? this.see(path, stmt.over, env, frame, depth) : UNKNOWN_SEEN;
        if (over.is === 'list' && stmt.binding && over.items.length <= 8) {
          let states: Env[] = [env];
          const ends: End[] = [];
          for (const item of over.items) {
            const next: Env[] = [];
            for (const state of states) {
              const inner = new Map(state);
              this.bind(path, stmt.binding, item, stmt, inner);
              for (const end of this.block(path, stmt.body, inner, frame, depth)) {
                if (end.how === 'on') next.push(end.env);
                else if (end.how !== 'break') ends.push(end);
              }
            }
            states = next.slice(0, 2);
          }
          return [...ends, ...states.map((state): End => ({ how: 'on', env: state }))];
        }
        return [
          ...this.block(path, stmt.body, new Map(env), frame, depth).filter((e) => e.how !== 'break' && e.how !== 'on'),
          on,
        ];
      }
      case 'try': {
        const ends = this.block(path, stmt.body, new Map(env), frame, depth);
        const thrown = ends.some((e) => e.how === 'throw');
        const handled =
          thrown && stmt.handlers[0] ? this.block(path, stmt.handlers[0].body, new Map(env), frame, depth) : [];
        const out = [...ends.filter((e) => e.how !== 'throw'), ...handled];
        const after = out.flatMap((e) => (e.how === 'on' ? this.block(path, stmt.finally, e.env, frame, depth) : [e]));
        return after;
      }
      case 'block':
        return this.block(path, stmt.body, env, frame, depth);
      case 'exit': {
        if (stmt.how === 'break' || stmt.how === 'continue') return [{ how: 'break' }];
        const value: Seen = stmt.value ? this.see(path, stmt.value, env, frame, depth) : { is: 'absent', of: false };
        return stmt.how === 'throw' || value.is === 'thrown' ? [{ how: 'throw' }] : [{ how: 'return', value }];
      }
      default:
        return [on];
    }
  }

  private leaves(path: string, expr: Expr, frame: Frame | undefined): boolean {
    void frame;
    return this.s.exits(path, [{ kind: 'expr', span: expr.span, value: expr }]);
  }

  /** The ways a test can come out: one if it is decided, both if not. */
  private test(
    path: string,
    expr: Expr,
    env: Env,
    frame: Frame | undefined,
    depth: number,
  ): readonly (boolean | 'throws')[] {
    const value = this.see(path, expr, env, frame, depth);
    if (value.is === 'thrown') return ['throws'];
    const truth = truthOf(value);
    if (value.of && !isPresence(expr)) (truth === undefined ? this.unsure : this.tests).push({ path, expr });
    return truth === undefined ? [true, false] : [truth];
  }

  private bind(path: string, target: Pattern, value: Seen, at: Stmt, env: Env): void {
    if (target.kind === 'fields') {
      for (const field of target.fields) {
        const inner =
          value.is === 'record' ? (value.fields.get(field.key) ?? { is: 'absent' as const, of: value.of }) : undefined;
        if (inner) this.bind(path, field.target, inner, at, env);
      }
      return;
    }
    if (target.kind === 'items') {
      target.items.forEach((item, i) => {
        if (item && value.is === 'list')
          this.bind(path, item, value.items[i] ?? { is: 'absent', of: value.of }, at, env);
      });
      return;
    }
    if (target.kind !== 'bind') return;
    const binding = this.s.index(path).lookup(target.name, at);
    if (binding) env.set(binding, value.is === 'absent' && target.default ? UNKNOWN_SEEN : value);
  }

  /** What an expression comes to. */
  see(path: string, expr: Expr, env: Env, frame: Frame | undefined, depth: number): Seen {
    const value = this.compute(path, expr, env, frame, depth);
    if (expr === this.trial.sink) this.arrivals.push({ seen: value, tests: [...this.tests], unsure: [...this.unsure] });
    return value;
  }

  private compute(path: string, expr: Expr, env: Env, frame: Frame | undefined, depth: number): Seen {
    if (++this.steps > STEPS || depth > 8) return UNKNOWN_SEEN;
    const see = (e: Expr) => this.see(path, e, env, frame, depth);
    switch (expr.kind) {
      case 'literal':
        return fromLiteral(expr.value);
      case 'regex':
        return { is: 'pattern', pattern: expr.pattern, flags: expr.flags, of: false };
      case 'name': {
        const binding = this.s.index(path).lookup(expr.name, expr);
        const known = binding && env.get(binding);
        return known ?? this.value(path, expr, frame);
      }
      case 'member': {
        const object = see(expr.object);
        if (object.is === 'thrown') return object;
        const own = memberOf(object, expr.property);
        if (own && object.of) return own;
        const supposed = this.supposed(path, expr, frame);
        if (supposed) return supposed;
        return own ?? (object.of ? { is: 'unknown', of: true } : this.value(path, expr, frame));
      }
      case 'index': {
        const supposed = this.supposed(path, expr, frame);
        if (supposed) return supposed;
        const object = see(expr.object);
        const index = see(expr.index);
        const of = object.of || index.of;
        if (object.is === 'text' && index.is === 'number') {
          const c = object.text.at(index.number);
          return c === undefined ? { is: 'absent', of } : { is: 'text', text: c, of };
        }
        if (object.is === 'list' && index.is === 'number') return object.items.at(index.number) ?? { is: 'absent', of };
        if (object.is === 'record' && index.is === 'text') return object.fields.get(index.text) ?? { is: 'absent', of };
        return object.of || index.of ? { is: 'unknown', of } : this.value(path, expr, frame);
      }
      case 'concat':
        return joined(expr.parts.map(see));
      case 'list':
        return { is: 'list', items: expr.items.map((i) => see(i.value)), of: false };
      case 'record': {
        const fields = new Map<string, Seen>();
        for (const entry of expr.entries) if (entry.key !== undefined) fields.set(entry.key, see(entry.value));
        return { is: 'record', fields, of: [...fields.values()].some((f) => f.of) };
      }
      case 'unary': {
        const operand = see(expr.operand);
        if (operand.is === 'thrown') return operand;
        if (expr.operator === '!') {
          const truth = truthOf(operand);
          return truth === undefined
            ? { is: 'unknown', of: operand.of }
            : { is: 'truth', truth: !truth, of: operand.of };
        }
        if (expr.operator === '-')
          return operand.is === 'number' ? { ...operand, number: -operand.number } : UNKNOWN_SEEN;
        if (expr.operator === 'typeof') {
          const type = {
            text: 'string',
            number: 'number',
            truth: 'boolean',
            absent: 'undefined',
            list: 'object',
            record: 'object',
            address: 'object',
          } as const;
          return operand.is in type
            ? { is: 'text', text: type[operand.is as keyof typeof type], of: operand.of }
            : { is: 'unknown', of: operand.of };
        }
        return operand;
      }
      case 'binary':
        return this.binary(path, expr, env, frame, depth);
      case 'choice': {
        const answers = this.test(path, expr.test, env, frame, depth);
        const seen = answers.map(
          (a): Seen => (a === 'throws' ? { is: 'thrown', of: false } : see(a ? expr.then : expr.otherwise)),
        );
        return seen.length === 1 ? (seen[0] as Seen) : worst(seen);
      }
      case 'lambda':
        return { is: 'function', value: { kind: 'function', fn: expr.function, path, frame }, of: false };
      case 'assign': {
        const value = see(expr.value);
        if (expr.target.kind === 'place') see(expr.target.expression);
        const stmt = this.s.index(path).statementOf(expr);
        if (stmt) this.bind(path, expr.target, value, stmt, env);
        return value;
      }
      case 'call':
        return this.call(path, expr, env, frame, depth);
      default:
        return UNKNOWN_SEEN;
    }
  }

  private supposed(path: string, expr: Expr, frame: Frame | undefined): Seen | undefined {
    return this.trial.supposed(this.s.evaluate(path, expr, frame), expr);
  }

  /** What the workspace knows of an expression. */
  private value(path: string, expr: Expr, frame: Frame | undefined): Seen {
    return this.fromValue(this.s.evaluate(path, expr, frame), expr);
  }

  private fromValue(value: Value, expr: Expr, depth = 0): Seen {
    const supposed = this.trial.supposed(value, expr);
    if (supposed) return supposed;
    if (depth > 3) return UNKNOWN_SEEN;
    switch (value.kind) {
      case 'literal':
        return fromLiteral(value.value);
      case 'absent':
        return { is: 'absent', of: false };
      case 'regex':
        return { is: 'pattern', pattern: value.pattern, flags: value.flags, of: false };
      case 'function':
        return { is: 'function', value, of: false };
      case 'list':
        return value.open
          ? UNKNOWN_SEEN
          : { is: 'list', items: value.items.map((i) => this.fromValue(i, expr, depth + 1)), of: false };
      case 'record':
        if (value.open) return UNKNOWN_SEEN;
        return {
          is: 'record',
          fields: new Map([...value.fields].map(([k, v]) => [k, this.fromValue(v, expr, depth + 1)])),
          of: false,
        };
      case 'concat':
        return joined(value.parts.map((p) => this.fromValue(p, expr, depth + 1)));
      case 'oneOf': {
        const all = value.values.map((v) => this.fromValue(v, expr, depth + 1));
        return all.find((v) => v.of) ?? all.find((v) => v.is !== 'absent' && v.is !== 'unknown') ?? UNKNOWN_SEEN;
      }
      case 'result': {
        const name = value.callee;
        if (/(?:^|[.:])(?:Set|frozenset)$/.test(name) || /compile$/.test(name)) {
          const { value: given } = this.s.access(value.site, 'arg 0');
          if (given.kind === 'list') return this.fromValue(given, expr, depth + 1);
          if (/compile|MustCompile/i.test(name) && given.kind === 'literal' && typeof given.value === 'string')
            return { is: 'pattern', pattern: given.value, flags: '', of: false };
        }
        return UNKNOWN_SEEN;
      }
      default:
        return UNKNOWN_SEEN;
    }
  }

  private binary(
    path: string,
    expr: Extract<Expr, { kind: 'binary' }>,
    env: Env,
    frame: Frame | undefined,
    depth: number,
  ): Seen {
    const { operator } = expr;
    const left = this.see(path, expr.left, env, frame, depth);
    if (left.is === 'thrown') return left;
    if (operator === '&&' || operator === '||' || operator === '??') {
      const truth = operator === '??' ? (left.is === 'unknown' ? undefined : left.is !== 'absent') : truthOf(left);
      if (left.of && truth !== undefined && !isPresence(expr.left) && operator !== '??')
        this.tests.push({ path, expr: expr.left });
      const decided = operator === '&&' ? truth === false : truth === true;
      if (decided) return left;
      const right = this.see(path, expr.right, env, frame, depth);
      if (truth !== undefined) return right;
      if (left.of) this.unsure.push({ path, expr: expr.left });
      // Not known which: what the request brought is the worse answer.
      if (operator === '||' && truthOf(right) === true) return { is: 'truth', truth: true, of: left.of || right.of };
      if (operator === '&&' && truthOf(right) === false) return { is: 'truth', truth: false, of: left.of || right.of };
      return left.of || right.of
        ? left.of && left.is !== 'unknown'
          ? left
          : right.of && right.is !== 'unknown'
            ? right
            : { is: 'unknown', of: true }
        : UNKNOWN_SEEN;
    }
    const right = this.see(path, expr.right, env, frame, depth);
    if (right.is === 'thrown') return right;
    const of = left.of || right.of;
    const say = (truth: boolean | undefined): Seen =>
      truth === undefined ? { is: 'unknown', of } : { is: 'truth', truth, of };
    switch (operator) {
      case '==':
        return say(equal(left, right));
      case '!=': {
        const same = equal(left, right);
        return say(same === undefined ? undefined : !same);
      }
      case 'in':
        return say(holds(right, left));
      case 'not in': {
        const there = holds(right, left);
        return say(there === undefined ? undefined : !there);
      }
      case '+':
        return left.is === 'text' || right.is === 'text' || left.is === 'address'
          ? joined([left, right])
          : { is: 'unknown', of };
      case '<':
      case '<=':
      case '>':
      case '>=':
        if (left.is !== 'number' || right.is !== 'number') return { is: 'unknown', of };
        return say(
          operator === '<'
            ? left.number < right.number
            : operator === '<='
              ? left.number <= right.number
              : operator === '>'
                ? left.number > right.number
                : left.number >= right.number,
        );
      default:
        return { is: 'unknown', of };
    }
  }

  private call(path: string, call: CallExpr, env: Env, frame: Frame | undefined, depth: number): Seen {
    const { callee } = call;
    const args = call.args.map((a) => this.see(path, a.value, env, frame, depth));
    if (args.some((a) => a.is === 'thrown')) return { is: 'thrown', of: true };
    const named = new Map(call.args.flatMap((a, i) => (a.name ? [[a.name, args[i] as Seen] as const] : [])));
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    const receiver = callee.kind === 'member' ? this.see(path, callee.object, env, frame, depth) : undefined;
    if (receiver?.is === 'thrown') return receiver;
    const of = args.some((a) => a.of) || (receiver?.of ?? false);
    const local = callee.kind === 'name' ? this.see(path, callee, env, frame, depth) : undefined;
    const target =
      local?.is === 'function'
        ? local.value
        : alternatives(this.s.callee({ path, call, frame })).find((v) => v.kind === 'function');
    if (target?.kind === 'function') return this.apply(target, path, call, args, named, env, frame, depth);
    // What is done to the request's value comes before what reads it.
    const done = of ? this.known(name, receiver, args, named, of, depth) : undefined;
    if (done) return done;
    const supposed = this.supposed(path, call, frame);
    if (supposed) return supposed;
    const known = of ? undefined : this.known(name, receiver, args, named, of, depth);
    if (known) return known;
    // A callback that somebody else calls: `req.login(user, (error) => res.redirect(next))`.
    for (const argument of call.args) {
      if (argument.value.kind === 'lambda')
        this.block(path, argument.value.function.body, new Map(env), frame, depth + 1);
    }
    if (of) return { is: 'unknown', of: true };
    return this.value(path, call, frame);
  }

  /** Calls a workspace function with what was computed for its arguments. */
  private apply(
    target: Extract<Value, { kind: 'function' }>,
    path: string,
    call: CallExpr | undefined,
    args: readonly Seen[],
    named: ReadonlyMap<string, Seen>,
    env: Env,
    frame: Frame | undefined,
    depth: number,
  ): Seen {
    const { fn } = target;
    if (depth > 6) return UNKNOWN_SEEN;
    for (let f = frame; f; f = f.parent) if (f.fn === fn) return UNKNOWN_SEEN;
    const index = this.s.index(target.path);
    const inner: Env = new Map(env);
    fn.params.forEach((param, i) => {
      if (param.target.kind !== 'bind') {
        const given = args[i];
        const first = fn.body[0];
        if (given && first) this.bind(target.path, param.target, given, first, inner);
        return;
      }
      const first = fn.body[0];
      const binding = first && index.lookup(param.target.name, first);
      const given = named.get(param.target.name) ?? args[i];
      if (binding && given && !(given.is === 'absent' && param.default)) inner.set(binding, given);
      else if (binding && param.default)
        inner.set(binding, this.see(target.path, param.default, inner, frame, depth + 1));
    });
    const next = call ? frameAt(this.s, fn, { path, call, frame }) : frame;
    const ends = this.block(target.path, fn.body, inner, next, depth + 1);
    const seen = ends.map(
      (end): Seen =>
        end.how === 'return'
          ? end.value
          : end.how === 'throw'
            ? { is: 'thrown', of: true }
            : { is: 'absent', of: false },
    );
    return seen.length === 1 ? (seen[0] as Seen) : worst(seen);
  }

  /** Functions and methods of the languages that are about texts, lists, patterns and addresses. */
  private known(
    name: string,
    receiver: Seen | undefined,
    args: readonly Seen[],
    named: ReadonlyMap<string, Seen>,
    of: boolean,
    depth: number,
  ): Seen | undefined {
    const [first, second] = args;
    const text = (t: string): Seen => ({ is: 'text', text: t, of });
    const truth = (t: boolean | undefined): Seen =>
      t === undefined ? { is: 'unknown', of } : { is: 'truth', truth: t, of };
    switch (name) {
      case 'URL': {
        const address = asText(first);
        if (address === undefined) return { is: 'unknown', of };
        const base = second === undefined || second.is === 'absent' ? undefined : (asText(second) ?? this.trial.origin);
        const parsed = browserAddress(address, base);
        return parsed ? { is: 'address', address: parsed, plain: false, of } : { is: 'thrown', of };
      }
      case 'canParse': {
        const address = asText(first);
        return truth(
          address === undefined
            ? undefined
            : browserAddress(address, second ? this.trial.origin : undefined) !== undefined,
        );
      }
      case 'urlparse':
      case 'urlsplit':
      case 'Parse':
      case 'ParseRequestURI': {
        const address = asText(first);
        return address === undefined
          ? { is: 'unknown', of }
          : { is: 'address', address: plainAddress(address), plain: true, of };
      }
      case 'urljoin': {
        const address = asText(second);
        if (address === undefined) return { is: 'unknown', of };
        const own = plainAddress(asText(first) ?? this.trial.origin);
        const other = plainAddress(address);
        if (other.scheme) return text(address);
        return text(
          other.host
            ? `${own.scheme}:${address}`
            : sayAddress({
                ...own,
                path: other.path.startsWith('/') ? other.path : `/${other.path}`,
                query: other.query,
                hash: other.hash,
              }),
        );
      }
      case 'url_has_allowed_host_and_scheme':
      case 'is_safe_url': {
        const address = asText(first ?? named.get('url'));
        if (address === undefined) return { is: 'unknown', of };
        return truth(
          address !== '' &&
            !address.startsWith('///') &&
            !address.includes('\\') &&
            isHere(browserAddress(address, this.trial.origin), this.trial.origin),
        );
      }
      case 'url_for':
      case 'reverse':
      case 'path_for':
        return named.get('_external') ? text(`${this.trial.origin}/page`) : text('/page');
      case 'encodeURIComponent':
      case 'quote':
      case 'quote_plus':
      case 'QueryEscape':
      case 'escape': {
        const given = asText(first);
        return given === undefined ? { is: 'unknown', of } : text(encoded(given));
      }
      case 'decodeURIComponent':
      case 'unquote':
      case 'unquote_plus':
      case 'decodeURI':
      case 'encodeURI':
      case 'String':
      case 'str':
      case 'toString':
      case 'trim':
      case 'strip':
      case 'lstrip':
      case 'TrimSpace':
      case 'decode':
      case 'encode':
      case 'geturl': {
        const given = receiver && (receiver.is === 'text' || receiver.is === 'address') ? receiver : first;
        if (given?.is === 'address')
          return given.plain ? text(sayAddress(given.address)) : text(sayAddress(given.address));
        return given?.is === 'text'
          ? args.length > 0 && receiver === given && /strip/.test(name)
            ? { is: 'unknown', of }
            : text(/trim|strip|Space/.test(name) ? given.text.trim() : given.text)
          : given;
      }
      case 'toLowerCase':
      case 'lower':
        return receiver?.is === 'text' ? text(receiver.text.toLowerCase()) : undefined;
      case 'Boolean':
      case 'bool':
        return truth(first && truthOf(first));
      case 'len':
        return first?.is === 'text' ? { is: 'number', number: first.text.length, of } : undefined;
      case 'isinstance':
        return truth(first?.is === 'text');
      case 'startsWith':
      case 'startswith':
        return truth(both(receiver, first, (a, b) => a.startsWith(b)));
      case 'endsWith':
      case 'endswith':
        return truth(both(receiver, first, (a, b) => a.endsWith(b)));
      case 'HasPrefix':
        return truth(both(first, second, (a, b) => a.startsWith(b)));
      case 'HasSuffix':
        return truth(both(first, second, (a, b) => a.endsWith(b)));
      case 'includes':
      case 'contains':
      case 'has':
      case 'Contains': {
        const pair =
          receiver && receiver.is !== 'unknown' && first
            ? [receiver, first]
            : first && second
              ? [first, second]
              : undefined;
        return pair?.[0] && pair[1] ? truth(holds(pair[0], pair[1])) : undefined;
      }
      case 'indexOf':
      case 'find':
        if (name === 'find' && first?.is === 'function') break;
        if (receiver?.is === 'text' && first?.is === 'text')
          return { is: 'number', number: receiver.text.indexOf(first.text), of };
        if (receiver?.is === 'list' && first) {
          const there = holds(receiver, first);
          return there === undefined ? { is: 'unknown', of } : { is: 'number', number: there ? 0 : -1, of };
        }
        return undefined;
      case 'charAt':
        return receiver?.is === 'text' && first?.is === 'number' ? text(receiver.text.charAt(first.number)) : undefined;
      case 'slice':
      case 'substring':
      case 'substr':
        return receiver?.is === 'text' && first?.is === 'number'
          ? text(receiver.text.slice(first.number, second?.is === 'number' ? second.number : undefined))
          : undefined;
      case 'test':
        return receiver?.is === 'pattern' ? truth(matches(receiver, first, 'search')) : undefined;
      case 'match':
      case 'fullmatch':
      case 'search':
      case 'MatchString': {
        const how = name === 'search' || name === 'MatchString' ? 'search' : name === 'fullmatch' ? 'full' : 'start';
        if (receiver?.is === 'pattern') return truth(matches(receiver, first, how));
        if (receiver?.is === 'text' && first?.is === 'pattern') return truth(matches(first, receiver, 'search'));
        // `re.match(r"…", value)`
        if (first?.is === 'text' && second)
          return truth(matches({ is: 'pattern', pattern: first.text, flags: '', of: false }, second, how));
        if (first?.is === 'pattern' && second) return truth(matches(first, second, how));
        return undefined;
      }
      case 'replace':
      case 'replaceAll':
      case 'sub': {
        if (receiver?.is === 'text' && first && second?.is === 'text')
          return replaced(receiver, first, second.text, name === 'replaceAll', of);
        return undefined;
      }
      case 'split':
        return receiver?.is === 'text' && first?.is === 'text'
          ? { is: 'list', items: receiver.text.split(first.text).map(text), of }
          : undefined;
      case 'get': {
        if (receiver?.is === 'record' && first?.is === 'text')
          return receiver.fields.get(first.text) ?? second ?? { is: 'absent', of };
        return undefined;
      }
      default:
        break;
    }
    if (/^(?:some|every|find|any|all|filter)$/.test(name) && receiver?.is === 'list' && first?.is === 'function') {
      const answers = receiver.items.map((item) =>
        this.apply(first.value, first.value.path, undefined, [item], new Map(), new Map(), undefined, depth + 1),
      );
      const truths = answers.map(truthOf);
      const about = answers.some((a) => a.of);
      if (truths.includes(undefined)) return { is: 'unknown', of: about };
      if (name === 'every') return { is: 'truth', truth: truths.every((t) => t === true), of: about };
      if (name === 'find') {
        const at = truths.indexOf(true);
        return at === -1 ? { is: 'absent', of: about } : { ...(receiver.items[at] as Seen), of: about };
      }
      return { is: 'truth', truth: truths.some((t) => t === true), of: about };
    }
    return undefined;
  }
}

function fromLiteral(value: string | number | boolean | null): Seen {
  if (value === null) return { is: 'absent', of: false };
  if (typeof value === 'string') return { is: 'text', text: value, of: false };
  return typeof value === 'number'
    ? { is: 'number', number: value, of: false }
    : { is: 'truth', truth: value, of: false };
}

function truthOf(seen: Seen): boolean | undefined {
  switch (seen.is) {
    case 'text':
      return seen.text !== '';
    case 'number':
      return seen.number !== 0;
    case 'truth':
      return seen.truth;
    case 'absent':
      return false;
    case 'list':
      return true;
    case 'record':
    case 'address':
    case 'pattern':
    case 'function':
      return true;
    default:
      return undefined;
  }
}

function asText(seen: Seen | undefined): string | undefined {
  if (seen?.is === 'text') return seen.text;
  return seen?.is === 'address' ? sayAddress(seen.address) : undefined;
}

function equal(a: Seen, b: Seen): boolean | undefined {
  if (a.is === 'unknown' || b.is === 'unknown') return undefined;
  if (a.is === 'absent' || b.is === 'absent') return a.is === b.is;
  const left = asText(a);
  const right = asText(b);
  if (left !== undefined && right !== undefined) return left === right;
  if (a.is === 'number' && b.is === 'number') return a.number === b.number;
  if (a.is === 'truth' && b.is === 'truth') return a.truth === b.truth;
  return a.is === b.is ? undefined : false;
}

/** Whether a list, a text or a record holds something. */
function holds(container: Seen, item: Seen): boolean | undefined {
  if (container.is === 'text') {
    const text = asText(item);
    return text === undefined ? undefined : container.text.includes(text);
  }
  if (container.is === 'list') {
    const answers = container.items.map((i) => equal(i, item));
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
  }
  if (container.is === 'record') {
    const text = asText(item);
    return text === undefined ? undefined : container.fields.has(text);
  }
  return undefined;
}

function both(
  a: Seen | undefined,
  b: Seen | undefined,
  compute: (a: string, b: string) => boolean,
): boolean | undefined {
  const left = asText(a);
  if (left === undefined) return undefined;
  // `startswith(("http://", "https://"))`
  if (b?.is === 'list') {
    const answers = b.items.map((item) => both(a, item, compute));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  const right = asText(b);
  return right === undefined ? undefined : compute(left, right);
}

function matches(
  pattern: Extract<Seen, { is: 'pattern' }>,
  subject: Seen | undefined,
  how: 'search' | 'start' | 'full',
): boolean | undefined {
  const text = asText(subject);
  if (text === undefined || text.length > 300 || pattern.pattern.length > 300) return undefined;
  const source = pattern.pattern
    .replace(/^\(\?[a-z]+\)/, '')
    .replaceAll('\\A', '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?P</g, '(?<');
  const whole = how === 'full' ? `^(?:${source})$` : how === 'start' ? `^(?:${source})` : source;
  const compiled = compile(whole, pattern.flags.replace(/[^imsu]/g, ''));
  return compiled?.test(text);
}

/**
 * Whether a pattern may take more than a moment: a repeated group that holds a repetition or a choice, or so many
 * repetitions after each other that they share out a text in too many ways.
 */
function mayExplode(source: string): boolean {
  const plain = source.replace(/\\./g, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
  const withoutSimple = plain.replace(/\((?:\?:|\?<\w+>)?[^()|+*?{]*\)[+*{]/g, 'x+');
  return /\)[+*{]/.test(withoutSimple) || (plain.match(/[+*]|\{\d*,\}/g)?.length ?? 0) > 4;
}

function compile(source: string, flags: string): RegExp | undefined {
  // Patterns of the code under review are short; a long one is not tried, nor one that could try for ever.
  if (source.length > 300 || mayExplode(source)) return undefined;
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function replaced(subject: Extract<Seen, { is: 'text' }>, what: Seen, by: string, all: boolean, of: boolean): Seen {
  if (what.is === 'text')
    return { is: 'text', text: all ? subject.text.replaceAll(what.text, by) : subject.text.replace(what.text, by), of };
  if (what.is !== 'pattern') return { is: 'unknown', of };
  const compiled = compile(what.pattern, what.flags.replace(/[^gimsu]/g, ''));
  return compiled ? { is: 'text', text: subject.text.replace(compiled, by), of } : { is: 'unknown', of };
}

function memberOf(object: Seen, property: string): Seen | undefined {
  const { of } = object;
  if (object.is === 'text' && property === 'length') return { is: 'number', number: object.text.length, of };
  if (object.is === 'record') return object.fields.get(property);
  if (object.is === 'absent') return { is: 'absent', of };
  if (object.is !== 'address') return undefined;
  const a = object.address;
  const text = (t: string): Seen => ({ is: 'text', text: t, of });
  switch (property) {
    case 'origin':
      return text(a.host ? `${a.scheme}://${hostAndPort(a)}` : 'null');
    case 'host':
    case 'netloc':
    case 'Host':
      return text(`${property === 'host' || !a.user ? '' : `${a.user}@`}${hostAndPort(a)}`);
    case 'hostname':
      return object.plain && a.host === '' ? { is: 'absent', of } : text(a.host);
    case 'protocol':
      return text(`${a.scheme}:`);
    case 'scheme':
    case 'Scheme':
      return text(a.scheme);
    case 'pathname':
    case 'path':
    case 'Path':
      return text(a.path);
    case 'search':
      return text(a.query);
    case 'query':
    case 'RawQuery':
      return text(a.query.slice(1));
    case 'hash':
      return text(a.hash);
    case 'fragment':
      return text(a.hash.slice(1));
    case 'href':
      return text(sayAddress(a));
    case 'username':
      return text(a.user);
    default:
      return undefined;
  }
}

/** A text put together; what is not known in it stands as `…`, which no host can hold. */
function joined(parts: readonly Seen[]): Seen {
  if (parts.some((p) => p.is === 'thrown')) return { is: 'thrown', of: true };
  const of = parts.some((p) => p.of);
  let text = '';
  for (const part of parts) {
    if (part.is === 'unknown' && part.of) return { is: 'unknown', of: true };
    text += asText(part) ?? (part.is === 'number' ? String(part.number) : part.is === 'absent' ? '' : '…');
  }
  return { is: 'text', text, of };
}

/** Of several ways, the one that the request decides; unknown if that cannot be told. */
function worst(seen: readonly Seen[]): Seen {
  const of = seen.filter((v) => v.of && v.is !== 'thrown');
  const text = of.find((v) => v.is === 'text' || v.is === 'address' || v.is === 'truth');
  if (text && of.every((v) => v === text || equal(v, text) === true) && seen.every((v) => v.of || v.is === 'thrown'))
    return text;
  const settled = seen.find((v) => v.is !== 'thrown') ?? seen[0] ?? UNKNOWN_SEEN;
  if (seen.every((v) => equal(v, settled) === true)) return settled;
  return { is: 'unknown', of: of.length > 0 };
}

function encoded(text: string): string {
  return text.replace(
    /[^A-Za-z0-9\-_.~]/g,
    (c) => `%${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Whether an address stays on the own site. */
export function isHere(address: Parsed | undefined, origin: string): boolean {
  const own = browserAddress(origin);
  return (
    address !== undefined &&
    own !== undefined &&
    (address.scheme === 'http' || address.scheme === 'https') &&
    hostAndPort(address) === hostAndPort(own)
  );
}

/** A test that only asks whether there is a value: `if (next)`, `next != null`. */
function isPresence(expr: Expr): boolean {
  if (expr.kind === 'name' || expr.kind === 'member') return true;
  if (expr.kind === 'unary' && (expr.operator === '!' || expr.operator === 'await')) return isPresence(expr.operand);
  if (expr.kind === 'binary' && (expr.operator === '==' || expr.operator === '!='))
    return (
      expr.right.kind === 'literal' &&
      (expr.right.value === null || expr.right.value === '' || expr.left.kind === 'unary')
    );
  return false;
}
