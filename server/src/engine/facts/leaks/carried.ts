/**
 * Which credentials the text of an expression holds once it is printed: by where its value comes from first, by names last.
 * Follows assignments in the file, values across files; knows what lengths, hashes, short slices and omitted fields leave.
 */
import { isErrorResult } from '../../semantics/names.js';
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import {
  type CredentialKind,
  credentialKind,
  headerKind,
  kindMadeBy,
  namesRedactor,
  namesReduction,
} from '../../semantics/credential-kinds.js';
import { words } from '../../semantics/credential-names.js';
import type { Definition, FileIndex } from '../../semantics/file-index.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives, numberOf, textOf, textsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { requestInputOf } from '../request-input.js';
import { errorCarried } from './errors.js';
import { type Held, type Place, placeOf, placesIn } from './paths.js';
import { isMereLogger, redacts } from './redactors.js';
import { saysItself, valueCarries } from './values.js';

/** One credential, or one thing that holds some. */
export interface Carried {
  readonly kind: CredentialKind;
  /** Absent for the credential itself; else what holds it, in words. */
  readonly carrier?: string;
  readonly isError?: boolean;
  /** The key under which it stands, for redaction by key. */
  readonly key?: string;
  /** A function that may take it out; whether it does cannot be told. */
  readonly redactor?: string;
}

/** What an expression carries; `known` when that is certain, so that a name says no more. */
export interface Answer {
  readonly carried: readonly Carried[];
  readonly known: boolean;
}

/** What looking needs beside the expression. */
export interface Looking {
  readonly s: Semantics;
  readonly path: string;
  readonly index: FileIndex;
  readonly issues: ReadonlyMap<unknown, Fact<'TokenIssue'>>;
  /** Whether the workspace takes passwords somewhere. */
  readonly takesPasswords: boolean;
  requests(path: string): readonly Fact<'ClientRequest'>[];
  /** Same facts, another file. */
  at(path: string): Looking;
}

const CLEAN: Answer = { carried: [], known: true };
const UNSEEN: Answer = { carried: [], known: false };
const DEPTH = 10;

/** What an expression carries. `shows`: an object's fields are printed too. */
export function carriedBy(l: Looking, expr: Expr, shows: boolean, depth = DEPTH): Answer {
  if (depth <= 0) return UNSEEN;
  const look = (e: Expr, show = shows) => carriedBy(l, e, show, depth - 1);
  switch (expr.kind) {
    case 'literal':
    case 'regex':
    case 'lambda':
    case 'class':
    case 'module':
      return CLEAN;
    case 'concat':
      return union(expr.parts.map((part) => look(part, shows && textShowsFields(l))));
    case 'binary':
      return lookBinary(l, expr, shows, depth);
    case 'choice':
      return union([look(expr.then), look(expr.otherwise)]);
    case 'unary':
      return /^(?:!|typeof|void|delete)$/.test(expr.operator) ? CLEAN : look(expr.operand);
    case 'assign':
      return look(expr.value);
    case 'list':
      return union(expr.items.map((item) => look(item.value)));
    case 'record':
      return shows ? lookRecord(l, expr, depth) : CLEAN;
    case 'opaque':
      return union(expr.children.map((child) => look(child)));
    case 'name':
      return lookName(l, expr, shows, depth);
    case 'member':
      return lookMember(l, expr, shows, depth);
    case 'index':
      return lookIndex(l, expr, shows, depth);
    case 'call':
      return lookCall(l, expr, shows, depth);
  }
}

/** Whether an object inside a text prints its fields: everywhere but in JavaScript. */
function textShowsFields(l: Looking): boolean {
  return l.s.project.ecosystem(l.path) !== 'npm';
}

function union(answers: readonly Answer[]): Answer {
  return { carried: answers.flatMap((a) => a.carried), known: answers.every((a) => a.known) };
}

function scalar(kind: CredentialKind, key?: string): Answer {
  return { carried: [{ kind, ...(key ? { key } : {}) }], known: true };
}

function lookBinary(l: Looking, expr: Extract<Expr, { kind: 'binary' }>, shows: boolean, depth: number): Answer {
  const right = () => carriedBy(l, expr.right, shows, depth - 1);
  switch (expr.operator) {
    case '+':
    case '%': {
      const show = shows && textShowsFields(l);
      return union([carriedBy(l, expr.left, show, depth - 1), carriedBy(l, expr.right, show, depth - 1)]);
    }
    case '||':
    case '??':
      return union([carriedBy(l, expr.left, shows, depth - 1), right()]);
    case '&&':
      return right();
    default:
      return CLEAN;
  }
}

function lookRecord(l: Looking, expr: Extract<Expr, { kind: 'record' }>, depth: number): Answer {
  let carried: Carried[] = [];
  let known = true;
  for (const entry of expr.entries) {
    const answer = carriedBy(l, entry.value, true, depth - 1);
    // A later entry writes over what a spread brought along: `{ ...user, password: undefined }`.
    if (entry.key !== undefined) carried = carried.filter((c) => !(c.carrier && c.key === entry.key));
    known &&= answer.known;
    carried.push(...answer.carried.map((c) => (entry.key && !c.carrier ? { ...c, key: entry.key } : c)));
    const kind = entry.key !== undefined && !answer.known ? credentialKind(entry.key) : undefined;
    if (kind && answer.carried.length === 0 && !isPlain(l, entry.value))
      carried.push({ kind, key: entry.key as string });
  }
  return { carried, known };
}

function isPlain(l: Looking, expr: Expr): boolean {
  return isClean(l.s.evaluate(l.path, expr));
}

/** Values that hold nothing secret, whatever their name: numbers, truths, hashes, lengths, functions. */
function isClean(value: Value): boolean {
  return alternatives(value).every((v) => {
    switch (v.kind) {
      case 'derived':
      case 'absent':
      case 'literal':
      case 'moment':
      case 'duration':
      case 'regex':
      case 'function':
      case 'class':
        return true;
      default:
        return false;
    }
  });
}

function lookName(l: Looking, expr: Extract<Expr, { kind: 'name' }>, shows: boolean, depth: number): Answer {
  const binding = l.index.lookup(expr.name, expr);
  const value = l.s.evaluate(l.path, expr);
  if (isClean(value)) return CLEAN;
  const answers = (binding?.definitions ?? [])
    .filter((d) => !isErrorResult(d, expr.name))
    .slice(0, 6)
    .map((d) => lookDefinition(l, d, shows, depth));
  const traced = answers.length > 0 ? union(answers) : UNSEEN;
  if (traced.known || traced.carried.length > 0) return traced;
  const byValue = valueCarries(l.s, l.issues, value, shows);
  if (byValue.known || byValue.carried.length > 0) return union([traced, byValue]);
  if (/^(?:credentials|creds|auth)$/.test(expr.name) && /Authorization/.test(l.s.typeOf(value) ?? ''))
    return named('token', expr.name);
  const kind = nameKind(l, expr.name, shows);
  if (kind) return kind;
  return withContainer(l, expr, value, shows, traced);
}

/** What a name alone says: a credential, or an object that holds some. */
function nameKind(l: Looking, name: string, shows: boolean): Answer | undefined {
  const kind = credentialKind(name);
  if (kind) {
    if (/s$/i.test(name) && !/pass$/i.test(name)) return shows || textShowsFields(l) ? named(kind, name) : undefined;
    return scalar(kind);
  }
  if (!shows) return undefined;
  if (
    /^(?:tokens?|oauth2?|auth)_?(?:token_?)?(?:response|data|set|result|res|json|pair|bundle)$/i.test(name) &&
    /token|oauth/i.test(name)
  )
    return named('refresh token', name);
  if (/^(?:login|sign_?in|register|user)?_?(?:credentials|creds)$/i.test(name)) return named('password', name);
  return undefined;
}

function named(kind: CredentialKind, name: string): Answer {
  return { carried: [{ kind, carrier: `\`${name}\`` }], known: false };
}

function lookDefinition(l: Looking, definition: Definition, shows: boolean, depth: number): Answer {
  const { how, value, steps } = definition;
  if (how === 'caught') return errorCarried(l, definition, [], shows);
  if (how === 'param') {
    const intercepted = shows && definition.fn && interceptedFailure(l, definition.fn);
    if (intercepted) return intercepted;
    const given = shows && steps.length === 0 ? callersCarry(l, definition, depth) : undefined;
    if (given) return given;
    const asError = definition.fn && catchCall(l, definition.fn, definition.paramIndex);
    if (asError) return errorCarried(l, definition, [], shows, asError);
  }
  const [item] = steps;
  // `const [scheme, token] = header.split(' ')`: the first part is no secret.
  if (
    item?.kind === 'item' &&
    item.index === 0 &&
    value?.kind === 'call' &&
    /^(?:split|partition)$/.test(lastName(value.callee))
  )
    return CLEAN;
  // One of several results of a call: the name tells which, `token, err := newToken()`.
  if (item?.kind === 'item' && value && isSeveralResults(value)) return UNSEEN;
  const field = [...steps].reverse().find((step) => step.kind === 'field');
  const rest = steps.find((step) => step.kind === 'rest');
  if (rest?.kind === 'rest' && value) {
    const whole = carriedBy(l, value, shows, depth - 1);
    return { carried: whole.carried.filter((c) => !c.key || !rest.without.includes(c.key)), known: true };
  }
  if (field?.kind === 'field') {
    const parent = value && placeOf(l.index, value);
    const kind = /headers$/i.test(parent?.key ?? '') ? headerKind(field.name) : credentialKind(field.name);
    return kind ? scalar(kind, field.name) : UNSEEN;
  }
  if (!value) return UNSEEN;
  if (how === 'loop') {
    const over = carriedBy(l, value, true, depth - 1);
    return over.carried.length > 0 ? over : UNSEEN;
  }
  if (how !== 'let') return UNSEEN;
  const answer = carriedBy(l, value, shows, depth - 1);
  if (value.kind !== 'record') return answer;
  return { ...answer, carried: answer.carried.map((c) => ({ ...c, carrier: c.carrier ?? 'the object' })) };
}

/** Whether an expression is a call that gives several different things, not the parts of one text. */
function isSeveralResults(value: Expr): boolean {
  const call = value.kind === 'unary' ? value.operand : value;
  return (
    call.kind === 'call' &&
    !SHAPERS.test(lastName(call.callee)) &&
    !/^(?:DumpRequest(?:Out)?|Marshal(?:Indent)?)$/.test(lastName(call.callee))
  );
}

/** The error that a response interceptor hears of, in a file that gives its requests a token. */
function interceptedFailure(l: Looking, fn: FunctionIR): Answer | undefined {
  const isFailure = l.s.usage(fn).passed.some(({ site, index }) => {
    const { callee } = site.call;
    return (
      index === 1 && callee.kind === 'member' && callee.property === 'use' && lastName(callee.object) === 'response'
    );
  });
  if (!isFailure) return undefined;
  const sends = l.index.expressions.some((e) =>
    e.kind === 'member'
      ? e.property === 'Authorization'
      : e.kind === 'record' && e.entries.some((entry) => entry.key === 'Authorization'),
  );
  return sends
    ? { carried: [{ kind: 'authorization header', carrier: 'the error', isError: true }], known: true }
    : CLEAN;
}

/** What callers hand to a function that does something with it and logs it too. A mere logger is no place to mend: its callers are. */
function callersCarry(l: Looking, definition: Definition, depth: number): Answer | undefined {
  const { fn, paramIndex } = definition;
  if (!fn || paramIndex === undefined || depth < 7 || isMereLogger(fn)) return undefined;
  const param = fn.params[paramIndex];
  if (param?.target.kind !== 'bind' || credentialKind(param.target.name)) return undefined;
  for (const site of l.s.usage(fn).calls.slice(0, 8)) {
    const argument = site.call.args[paramIndex];
    if (!argument || argument.spread) continue;
    const carried = carriedBy(l.at(site.path), argument.value, true, depth - 4).carried.filter((c) => !c.redactor);
    if (carried.length > 0)
      return {
        carried: carried.map((c) => ({
          ...c,
          carrier: `\`${param.target.kind === 'bind' ? param.target.name : ''}\``,
        })),
        known: true,
      };
  }
  return undefined;
}

/** The call whose failure a function is told of: `request(…).catch(f)`. */
function catchCall(l: Looking, fn: FunctionIR, position: number | undefined): CallExpr | undefined {
  if (position !== 0) return undefined;
  for (const { site, index } of l.s.usage(fn).passed) {
    const { callee } = site.call;
    if (site.path !== l.path || callee.kind !== 'member') continue;
    if (callee.property === 'catch' && index === 0) return site.call;
    if (callee.property === 'then' && index === 1) return site.call;
  }
  return undefined;
}

/** Properties that are no credential, whatever they are read from. */
const ABOUT_MEMBERS =
  /^(?:length|size|status|statusCode|status_code|statusText|ok|code|message|name|reason|exp|iat|nbf|sub|iss|aud|jti|type|id|_id|email|username|role|roles|scope|method|path|ip|host|hostname|protocol|expires_in|expiresIn|token_type|tokenType)$/;

function lookMember(l: Looking, expr: Extract<Expr, { kind: 'member' }>, shows: boolean, depth: number): Answer {
  const failure = lookFailure(l, expr, shows);
  if (failure) return failure;
  if (ABOUT_MEMBERS.test(expr.property)) return CLEAN;
  if (expr.property === 'cookie' && expr.object.kind === 'name' && expr.object.name === 'document')
    return { carried: carriedIn('the cookies of the page', ['cookie']), known: true };
  const value = l.s.evaluate(l.path, expr);
  if (isClean(value)) return CLEAN;
  const byValue = valueCarries(l.s, l.issues, value, shows);
  if (byValue.known) return byValue;
  const kind = memberKind(isHeaders(l, expr.object), expr.property);
  if (kind) {
    const tokens = nameKind(l, expr.property, shows);
    return tokens ?? scalar(kind, expr.property);
  }
  const named = nameKind(l, expr.property, shows);
  if (named) return named;
  if (expr.property === 'value' || expr.property === 'current') return carriedBy(l, expr.object, shows, depth - 1);
  // `token.split(' ')[1]` arrives as a member of a call.
  if (/^\d+$/.test(expr.property) && expr.object.kind === 'call') return carriedBy(l, expr.object, shows, depth - 1);
  return withContainer(l, expr, value, shows, UNSEEN);
}

/** What a property is: `authorization` only in a map of headers, elsewhere it is a setting. */
function memberKind(inHeaders: boolean, property: string): CredentialKind | undefined {
  if (inHeaders) return headerKind(property);
  return property === 'authorization' ? undefined : credentialKind(property);
}

/** `err.response`, `error.config.headers`: parts of a caught error. */
function lookFailure(l: Looking, expr: Extract<Expr, { kind: 'member' }>, shows: boolean): Answer | undefined {
  const properties: string[] = [];
  let root: Expr = expr;
  while (root.kind === 'member') {
    properties.unshift(root.property);
    root = root.object;
  }
  if (root.kind !== 'name') return undefined;
  const definition = l.index.lookup(root.name, root)?.definitions[0];
  if (definition?.how === 'caught') return errorCarried(l, definition, properties, shows);
  if (definition?.how !== 'param' || !definition.fn) return undefined;
  const call = catchCall(l, definition.fn, definition.paramIndex);
  return call && errorCarried(l, definition, properties, shows, call);
}

/** Whether an expression is a map of headers. */
export function isHeaders(l: Looking, expr: Expr): boolean {
  const place = placeOf(l.index, expr);
  if (place && /(?:^|[._])headers?(?:@\d+)?$|\.META$/i.test(place.key)) return true;
  const input = requestInputOf(l.s, l.s.evaluate(l.path, expr));
  return input?.source === 'header' && input.whole;
}

function lookIndex(l: Looking, expr: Extract<Expr, { kind: 'index' }>, shows: boolean, depth: number): Answer {
  const { index } = expr;
  const object = carriedBy(l, expr.object, shows, depth - 1);
  if (index.kind === 'opaque') {
    // A slice: `token[:8]` keeps the front, `token[-4:]` the end.
    const [only] = index.children;
    if (index.children.length === 1 && only) {
      const n = numberOf(l.s.evaluate(l.path, only));
      const isStart = only.span.start === index.span.start;
      if (n !== undefined && ((!isStart && n >= 0 && n <= 8) || (isStart && n < 0 && n >= -8))) return masked(object);
    }
    if (index.children.length === 2) {
      const [from, to] = index.children.map((child) => numberOf(l.s.evaluate(l.path, child)));
      if (from !== undefined && to !== undefined && to > from && to - from <= 8) return masked(object);
    }
    return object;
  }
  // A key that is computed: some value of the container.
  return object;
}

/** What is left of a credential in at most eight characters: nothing, but of a password still too much. */
function masked(answer: Answer): Answer {
  return { carried: answer.carried.filter((c) => c.kind === 'password' && !c.carrier), known: true };
}

/** Functions whose result still has the text of what they are given … */
const SERIALIZERS =
  /^(?:stringify|String|string|str|%bytes|repr|dumps|dict|list|inspect|pformat|vars|asdict|fromEntries|encodeURIComponent|b64encode|urlsafe_b64encode|btoa|structuredClone|deepcopy|Object|quote|safe_dump|dump|serialize|escape|Error|URLSearchParams|FormData|urlencode|printf|Sprintf|Sprint|sprintf|from|assign|entries|values|format)$/;
/** … and methods whose result has that of their receiver. */
const SHAPERS =
  /^(?:toString|to_string|to_json|toJSON|toObject|to_dict|model_dump|model_dump_json|dict|copy|json|text|entries|values|items|encode|decode|hex|trim|strip|lower|upper|toLowerCase|toUpperCase|replace|replaceAll|removeprefix|split|rsplit|partition|rpartition|concat|join|all|then|unwrap|getvalue|to_bytes|ljust|padEnd|padStart|flat|map|filter|sort|raw|inspect|format|decode|slice)$/;
const GETTERS =
  /^(?:get|getItem|getenv|header|getHeader|get_header|cookie|getCookie|get_cookie|param|query|read|getFirst|getOrThrow|require|environ|config|load|lookup|Get|Getenv|FormValue|Cookie|GetHeader|Query|PostForm)$/;

function lookCall(l: Looking, call: CallExpr, shows: boolean, depth: number): Answer {
  const { callee, args } = call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const receiver = callee.kind === 'member' ? callee.object : undefined;
  const look = (e: Expr, show = true) => carriedBy(l, e, show, depth - 1);
  const argsAnswer = (show = true) => union(args.map((a) => look(a.value, show)));
  const first = args[0]?.value;
  if (call.form === 'jsx') return CLEAN;

  const reduced = sliced(l, call, name, receiver, shows, depth);
  if (reduced) return reduced;
  if (/^(?:hash|hashSync|hashpw|get_password_hash|hash_password|make_password|hashPassword)$/.test(name)) {
    const inner = argsAnswer().carried;
    return inner.some((c) => c.kind === 'password') ? scalar('password hash') : CLEAN;
  }
  if (/^DumpRequest(?:Out)?$/.test(name))
    return { carried: carriedIn('the request', ['authorization header', 'cookie']), known: true };
  const picked = picking(l, call, name, receiver, depth);
  if (picked) return picked;
  if (
    namesRedactor(name) ||
    (callee.kind === 'member' && callee.object.kind === 'name' && namesRedactor(callee.object.name))
  )
    return redacted(l, call, name, argsAnswer());
  const value = l.s.evaluate(l.path, call);
  const byValue = valueCarries(l.s, l.issues, value, shows);
  const isShaper = receiver !== undefined && SHAPERS.test(name) && !isModuleName(l, receiver);
  const isSerializer = isShaper || SERIALIZERS.test(name);
  if (byValue.carried.length > 0 && !isSerializer) return { ...byValue, known: true };
  if (isClean(value)) return CLEAN;
  const literal = first ? textOf(l.s.evaluate(l.path, first)) : undefined;
  if (GETTERS.test(name) && literal !== undefined) {
    const kind =
      (receiver && isHeaders(l, receiver)) || /header/i.test(name) ? headerKind(literal) : credentialKind(literal);
    const header = kind ?? (requestInputOf(l.s, value)?.source === 'header' ? headerKind(literal) : undefined);
    if (header) return scalar(header, literal);
    if (/cookie/i.test(name) || (receiver && /cookie/i.test(lastName(receiver))))
      return /sess|auth|token|sid|jwt/i.test(literal) && !/csrf|xsrf|state|nonce/i.test(literal)
        ? scalar('session token')
        : CLEAN;
    return UNSEEN;
  }
  if (namesReduction(name)) return CLEAN;
  if (isSerializer) {
    const show = shows || !textShowsFields(l);
    const sources = [
      ...(receiver && isShaper ? [look(receiver, show)] : []),
      ...(isShaper && !/^(?:concat|format|join)$/.test(name) ? [] : args)
        .filter((a) => a.value.kind !== 'lambda')
        .map((a) => look(a.value)),
    ];
    const whole = union(sources);
    if (name === 'stringify' && args[1] && args[1].value.kind !== 'literal')
      return throughReplacer(l, args[1].value, whole);
    const container = receiver && shows ? withContainer(l, call, value, shows, UNSEEN) : UNSEEN;
    const both = union([whole, container]);
    return both.carried.length === 0 && byValue.carried.length > 0 ? { ...byValue, known: true } : both;
  }
  const made = kindMadeBy(name);
  if (made) return scalar(made);
  // A text that is only dressed up: `chalk.red(`token ${token}`)`.
  const texts = args
    .filter((a) => a.value.kind === 'concat' || a.value.kind === 'binary')
    .map((a) => look(a.value, false));
  if (texts.some((t) => t.carried.length > 0) && value.kind !== 'result') return union(texts);
  return withContainer(l, call, value, shows, byValue);
}

function lastName(expr: Expr): string {
  return expr.kind === 'name'
    ? expr.name
    : expr.kind === 'member'
      ? expr.property
      : expr.kind === 'call'
        ? lastName(expr.callee)
        : '';
}

/** `JSON`, `json`, `util`: the receiver is a module, no value. */
function isModuleName(l: Looking, expr: Expr): boolean {
  const value = l.s.evaluate(l.path, expr);
  return (
    value.kind === 'external' ||
    value.kind === 'module' ||
    (expr.kind === 'name' && l.index.lookup(expr.name, expr) === undefined)
  );
}

/** `token.slice(0, 8)`, `token.substring(0, 6)`, `token.slice(-4)`. */
function sliced(
  l: Looking,
  call: CallExpr,
  name: string,
  receiver: Expr | undefined,
  shows: boolean,
  depth: number,
): Answer | undefined {
  if (!receiver || !/^(?:slice|substring|substr|at|charAt|take|first|last)$/.test(name)) return undefined;
  const inner = carriedBy(l, receiver, shows, depth - 1);
  const [from, to] = call.args.map((a) => numberOf(l.s.evaluate(l.path, a.value)));
  if (name === 'at' || name === 'charAt') return masked(inner);
  if (from === undefined) return inner;
  if (call.args.length === 1) return from < 0 && from >= -8 && name !== 'substring' ? masked(inner) : inner;
  if (to === undefined) return inner;
  const kept = name === 'substr' ? to : to - from;
  return kept >= 0 && kept <= 8 && !(from >= 0 && to < 0) ? masked(inner) : inner;
}

/** `omit(x, ['password'])`, `pick(x, ['id'])`, `model_dump(exclude={"password"})`, `Object.keys(x)`. */
function picking(
  l: Looking,
  call: CallExpr,
  name: string,
  receiver: Expr | undefined,
  depth: number,
): Answer | undefined {
  const texts = (exprs: readonly Expr[]) =>
    exprs.flatMap(
      (e) => textsOf(l.s.evaluate(l.path, e)) ?? (e.kind === 'record' ? e.entries.flatMap((x) => x.key ?? []) : []),
    );
  if (name === 'keys') return CLEAN;
  if (name === 'omit' || name === 'except' || name === 'without' || name === 'exclude') {
    const [object, ...rest] =
      receiver && !isModuleName(l, receiver)
        ? [receiver, ...call.args.map((a) => a.value)]
        : call.args.map((a) => a.value);
    if (!object) return undefined;
    const out = texts(rest);
    return {
      carried: carriedBy(l, object, true, depth - 1).carried.filter((c) => c.key !== undefined && !out.includes(c.key)),
      known: true,
    };
  }
  if (name === 'pick' || name === 'only') {
    const kinds = texts(call.args.map((a) => a.value)).flatMap((key) => credentialKind(key) ?? []);
    return { carried: kinds.map((kind) => ({ kind })), known: true };
  }
  const exclude = call.args.find((a) => a.name === 'exclude');
  const include = call.args.find((a) => a.name === 'include');
  if (receiver && (exclude ?? include)) {
    const keys = texts([(exclude ?? include)?.value as Expr]);
    const inner = carriedBy(l, receiver, true, depth - 1).carried;
    return {
      carried: inner.filter((c) => c.key !== undefined && keys.includes(c.key) === (include !== undefined)),
      known: true,
    };
  }
  return undefined;
}

function throughReplacer(l: Looking, replacer: Expr, whole: Answer): Answer {
  const keys = textsOf(l.s.evaluate(l.path, replacer));
  if (keys) return { carried: whole.carried.filter((c) => c.key !== undefined && keys.includes(c.key)), known: true };
  const value = l.s.evaluate(l.path, replacer);
  if (value.kind === 'literal' || value.kind === 'absent') return whole;
  if (value.kind === 'function' && redacts(value.fn)) return CLEAN;
  return { carried: whole.carried.map((c) => ({ ...c, redactor: 'the replacer' })), known: true };
}

/** What comes out of a function that is named like a redactor: judged by its body where there is one. */
function redacted(l: Looking, call: CallExpr, name: string, inner: Answer): Answer {
  if (inner.carried.length === 0) return CLEAN;
  const callees = alternatives(l.s.callee(l.s.site(l.path, call)));
  const judged = callees.map((callee) => (callee.kind === 'function' ? redacts(callee.fn) : undefined));
  if (judged.length > 0 && judged.every((j) => j === true)) return CLEAN;
  if (judged.some((j) => j === false)) return inner;
  return { carried: inner.carried.map((c) => ({ ...c, redactor: name })), known: true };
}

/** What a container holds, by what the file reads from it and by what it is. */
function withContainer(l: Looking, expr: Expr, value: Value, shows: boolean, traced: Answer): Answer {
  if (!shows) return traced;
  const found = containerOf(l, expr, value);
  return found.length > 0 ? { carried: [...traced.carried, ...found], known: false } : traced;
}

function containerOf(l: Looking, expr: Expr, value: Value): readonly Carried[] {
  const input = requestInputOf(l.s, value);
  if (input?.whole && input.source === 'header')
    return carriedIn('the request headers', ['authorization header', 'cookie']);
  if (input?.whole && input.source === 'cookie') return carriedIn('the request cookies', ['cookie']);
  const place = placeOf(l.index, expr);
  const isBody =
    (input?.whole && input.source === 'body') ||
    /(?:^|\.)(?:req|request)(?:@\d+)?\.(?:body|rawBody|POST|data)$/.test(place?.key ?? '');
  if (isBody && !(place && placesIn(l.index).held.has(place.key)) && l.takesPasswords && isForAll(l, expr))
    return carriedIn('the request body', ['password']);
  if (!place) return [];
  const { held, responses } = placesIn(l.index);
  if (
    /(?:^|\.)(?:_?req|request|event|handshake|config|originalRequest|httpRequest)(?:@\d+)?\.headers$|(?:^|\.)(?:r|req|request|Request)(?:@\d+)?\.Header$/.test(
      place.key,
    ) ||
    /\.handshake$/.test(place.key)
  )
    return carriedIn('the request headers', ['authorization header', 'cookie']);
  const holds = (held.get(place.key) ?? []).filter((h) => printed(l, h, value));
  if (holds.length > 0 && (place.opened || !responses.has(place.key))) {
    const carrier = saying(expr, place);
    return dedupe(holds).map(({ kind, name }) => ({ kind, carrier, key: name }));
  }
  // The whole request: what it holds is known even if the file reads only a part.
  const inside = [...held.keys()].filter((key) => key === `${place.key}.headers` || key === `${place.key}.body`);
  if (inside.length > 0 && !textShowsFields(l))
    return carriedIn('the request', [
      'authorization header',
      ...inside.flatMap((key) => (held.get(key) ?? []).map((h) => h.kind)),
    ]);
  const type = l.s.typeOf(value);
  if (type && !textShowsFields(l) && value.kind === 'parameter' && /[.:](?:\w*Request)$/.test(type))
    return carriedIn('the request', ['authorization header', 'cookie']);
  return [];
}

/** Python's plain objects print no fields; what is read as a key is a dict. */
function printed(l: Looking, held: Held, value: Value): boolean {
  if (value.kind === 'instance' && saysItself(l.s, value.cls, value.path)) return false;
  if (l.s.project.ecosystem(l.path) !== 'pypi') return true;
  return held.asKey && value.kind !== 'object';
}

function carriedIn(carrier: string, kinds: readonly CredentialKind[]): readonly Carried[] {
  return [...new Set(kinds)].map((kind) => ({ kind, carrier }));
}

function dedupe(held: readonly Held[]): readonly Held[] {
  return held.filter((h, i) => held.findIndex((other) => other.kind === h.kind) === i);
}

function saying(expr: Expr, { key, opened }: Place): string {
  if (/\.headers$/.test(key)) return 'the headers';
  if (/\.(?:body|form|json|POST)$/.test(key) || (opened && /^(?:req|request)\b/.test(key))) return 'the request body';
  if (/\.cookies$/.test(key)) return 'the cookies';
  const name = expr.kind === 'call' || expr.kind === 'member' ? '' : lastName(expr);
  if (name && name.length <= 30) return `\`${name}\``;
  return opened ? 'the response body' : `\`${lastName(expr) || 'the object'}\``;
}

/** Whether a function stands in front of all routes: middleware, interceptors, error handlers. */
function isForAll(l: Looking, expr: Expr): boolean {
  for (let fn = l.index.functionOf(expr), i = 0; fn && i < 4; fn = l.index.functionOf(fn), i++) {
    if (
      /(?:^|_)(?:middleware|interceptor|intercept|logs?|logger|logging|dispatch|process_request|exception|handle_errors?|on_error|before_request|after_request|call)(?:_|$)/.test(
        words(fn.name),
      )
    )
      return true;
    if (
      fn.params.some(
        (p) =>
          p.target.kind === 'bind' && /^(?:next|call_next|get_response|handler|exc|err|error)$/.test(p.target.name),
      )
    )
      return true;
    if (
      fn.decorators.some((d) =>
        /before_request|after_request|middleware|exception_handler|errorhandler/.test(lastName(d.value)),
      )
    )
      return true;
  }
  return false;
}
