/**
 * Whether a value is the caller, as the server knows it: what a guard bound to the request, a session holds, a verified
 * token says; and what was loaded by it.
 */
import type { Expr, FunctionIR } from '../ir/ir.js';
import { returnsOf } from '../semantics/calls.js';
import type { Semantics } from '../semantics/semantics.js';
import { annotationOf, namesOf } from '../semantics/types.js';
import { type CallSite, type Value, textOf } from '../semantics/value.js';
import { requestInputOf } from './request-input.js';

export type Backing = 'verified' | 'session' | 'decoded' | 'unsigned' | 'request' | 'unknown';

export interface Principal {
  /** Where it is read: `req.user`, `session`, `token`. */
  readonly slot: string;
  /** Which of its fields; absent for the whole. */
  readonly field: string | undefined;
  readonly backing: Backing;
  /** Loaded from a store by the principal: its record, or what belongs to it. */
  readonly loaded: boolean;
}

const DEPTH = 12;
const IDENTITY =
  /^_?(current|auth|authed|authenticated|logged_?in|session|jwt|token|request|my)?_?(user|users?_?id|uid|sub|principal|session|auth|identity|account|account_?id|claims|payload|jwt_?payload|viewer|actor|me|member|employee|tenant|tenant_?id|org|org_?id|customer|admin|caller|subject|roles?|scopes?)$/i;
const READS_CALLER =
  /^(get|require|current|assert|ensure|load|fetch|validate|read|use|verify|check|resolve|must|try)?_?(get|my|server|current|auth|authenticated|authed|logged_?in|active|api|optional|request)*_?(user|session|principal|auth|identity|viewer|actor|caller|me|claims|admin|member|employee|userid|user_id)(_?(or_?(throw|fail|redirect|401|none)|required|from_?(request|session|token|cookie|context)|id|data|session|info))*$/i;

const READS_TOKEN =
  /^(verify|decode|validate|parse|read|check)_?(access_?|jwt_?|auth_?|id_?|session_?|bearer_?)*(token|jwt|claims)$/i;

/** Who a value is, if it is the caller or something reached from the caller; `undefined` for anything else. */
export function principalOf(s: Semantics, value: Value): Principal | undefined {
  return look(s, value, DEPTH);
}

/** Whether a name reads like the caller's: `userId`, `currentUser`, `session`. */
export function soundsLikeCaller(name: string): boolean {
  return IDENTITY.test(name);
}

function look(s: Semantics, value: Value, depth: number): Principal | undefined {
  if (depth <= 0) return undefined;
  const found = byKind(s, value, depth);
  if (found || value.via?.kind !== 'parameter') return found;
  return parameterPrincipal(s, value.via);
}

function byKind(s: Semantics, value: Value, depth: number): Principal | undefined {
  switch (value.kind) {
    case 'oneOf': {
      for (const option of value.values) {
        const found = look(s, option, depth - 1);
        if (found) return found;
      }
      return undefined;
    }
    case 'member': {
      for (const name of namesOf(s, value)) {
        const said = says(s, name);
        if (said) return settled(s, said, undefined);
      }
      const inner = look(s, value.object, depth - 1);
      if (inner) return narrowedTo(inner, value.property);
      return slotRead(s, value, depth);
    }
    case 'external': {
      let at = value.name.length;
      for (let i = 0; i < 4 && at > 0; i++) {
        const said = says(s, value.name.slice(0, at));
        if (said) return settled(s, said, value.name.slice(at + 1).split('.')[0] || undefined);
        at = value.name.lastIndexOf('.', at - 1);
      }
      return undefined;
    }
    case 'result':
      return calledAs(s, value.callee, value.site, depth);
    case 'call':
      return calledAs(s, undefined, value.site, depth);
    case 'element': {
      const inner = look(s, value.object, depth - 1);
      return inner && narrowedTo(inner, textOf(value.index));
    }
    case 'rest':
      return look(s, value.object, depth - 1);
    case 'record': {
      // A principal that a guard put together: `{ sub: payload.sub, scopes }`.
      if (value.fields.size === 0 && value.spreads[0]) return look(s, value.spreads[0], depth - 1);
      for (const [key, field] of value.fields) {
        if (!IDENTITY.test(key) && key !== 'id') continue;
        const found = look(s, field, depth - 1);
        if (found) return { ...found, field: undefined };
      }
      return undefined;
    }
    case 'derived':
      return value.of[0] && value.how !== 'boolean' && value.how !== 'comparison' && value.how !== 'length'
        ? look(s, value.of[0], depth - 1)
        : undefined;
    case 'operation':
      return value.operator === '&&' && value.operands[1] ? look(s, value.operands[1], depth - 1) : undefined;
    case 'instance':
    case 'object':
      return value.of ? look(s, value.of, depth - 1) : undefined;
    case 'parameter':
      return parameterPrincipal(s, value);
    default:
      return undefined;
  }
}

/** A field of the caller; what only wraps the caller (`session.user`, `result.payload`) is looked through. */
function narrowedTo(inner: Principal, field: string | undefined): Principal {
  const wraps =
    inner.field === undefined ||
    /^(payload|claims|user|data|account|principal|identity|session|profile|jwt_?payload|current_?user|auth|viewer|member|employee|customer|\d+)$/i.test(
      inner.field,
    );
  return wraps ? { ...inner, field } : inner;
}

interface Said {
  readonly slot: string;
  readonly backing: Backing;
  readonly nameAt: string | undefined;
  readonly token: boolean;
}

function says(s: Semantics, name: string): Said | undefined {
  for (const saying of s.project.knowledge.says(name)) {
    if (saying.is === 'PrincipalRead')
      return {
        slot: String(saying.fixed.slot ?? ''),
        backing: (saying.fixed.backing ?? 'unknown') as Backing,
        nameAt: saying.roles.name,
        token: false,
      };
    if (saying.is === 'TokenVerify') return { slot: 'token', backing: 'verified', nameAt: undefined, token: true };
    if (saying.is === 'TokenDecode') return { slot: 'token', backing: 'decoded', nameAt: undefined, token: true };
  }
  return undefined;
}

/** A slot that nobody vouches for has the backing of what the workspace binds to it. */
function settled(s: Semantics, said: Said, field: string | undefined): Principal {
  const name = said.slot.slice(said.slot.lastIndexOf('.') + 1);
  const bound = said.backing === 'unknown' ? boundTo(s, name) : undefined;
  return { slot: said.slot, field, backing: bound ?? said.backing, loaded: false };
}

function calledAs(s: Semantics, callee: string | undefined, site: CallSite, depth: number): Principal | undefined {
  const said = callee ? says(s, callee) : undefined;
  if (said) {
    if (said.nameAt !== undefined) {
      const name = textOf(s.access(site, said.nameAt).value) ?? keyName(site);
      if (name === undefined) return undefined;
      const bound = boundTo(s, name);
      if (bound === undefined && !IDENTITY.test(name)) return undefined;
      return { slot: said.slot, field: name, backing: bound ?? 'unknown', loaded: false };
    }
    if (said.token && signatureSkipped(s, callee as string, site))
      return { slot: said.slot, field: undefined, backing: 'decoded', loaded: false };
    return { slot: said.slot, field: undefined, backing: said.backing, loaded: false };
  }
  const { callee: written, args } = site.call;
  // A token library that no model speaks of.
  if (
    callee &&
    /(jwt|jose|jws|paseto|jsonwebtoken)/i.test(callee) &&
    /[.#](verify|decode|jwtVerify|parse\w*|verifyToken|decodeToken)$/i.test(callee)
  )
    return { slot: 'token', field: undefined, backing: 'unknown', loaded: false };
  // Methods of the principal or of its session: `session.get("user_id")`, `payload.get("sub")`, `user.getId()`.
  if (written.kind === 'member') {
    const inner = look(s, s.evaluate(site.path, written.object, site.frame), depth - 2);
    if (inner) {
      const first = args[0] ? textOf(s.evaluate(site.path, args[0].value, site.frame)) : undefined;
      return /^(get|pop|at|setdefault)$/.test(written.property) && first !== undefined
        ? narrowedTo(inner, first)
        : inner;
    }
  }
  // A record that was looked up by what only a logged-in client holds: a session's cookie, a bearer token, an API key.
  if (
    depth > 3 &&
    args.slice(0, 4).some((a) => holdsCredential(s, s.evaluate(site.path, a.value, site.frame), 4)) &&
    !/^(verify|compare|hash|createHash|update|digest|sha256|encode|log|info|warn|error|debug|split|replace|send|json|set|sign|startsWith|slice|substring|trim)$/i.test(
      lastOf(written),
    )
  )
    return { slot: 'session record', field: undefined, backing: 'session', loaded: true };
  // What was asked for with the principal is the principal's.
  if (depth > 3) {
    for (const argument of args.slice(0, 6)) {
      const found = within(s, s.evaluate(site.path, argument.value, site.frame), depth - 4);
      if (found) return { ...found, field: undefined, loaded: true };
    }
    if (written.kind === 'member' && written.object.kind === 'call') {
      const receiver = s.evaluate(site.path, written.object, site.frame);
      const found = receiver.kind === 'result' || receiver.kind === 'call' ? look(s, receiver, depth - 2) : undefined;
      if (found) return { ...found, field: undefined, loaded: true };
    }
  }
  const last = written.kind === 'member' ? written.property : written.kind === 'name' ? written.name : '';
  if (READS_TOKEN.test(last) && args.length <= 3)
    return { slot: 'token', field: undefined, backing: 'unknown', loaded: false };
  if (
    READS_CALLER.test(last) &&
    args.length <= 3 &&
    !opensOne(last) &&
    !/^(get_)?(db_|async_|sql_)?session$|^Session(Local)?$/.test(last)
  )
    return { slot: `${last}()`, field: undefined, backing: boundByFunction(s, site) ?? 'unknown', loaded: false };
  return undefined;
}

/** A key that is a constant of its own type: `ctx.Value(userIDKey)` → `userID`. */
function keyName(site: CallSite): string | undefined {
  let expr = site.call.args[0]?.value;
  if (expr?.kind === 'call' || expr?.kind === 'record') expr = expr.kind === 'call' ? expr.callee : expr.type;
  const name = expr?.kind === 'name' ? expr.name : expr?.kind === 'member' ? expr.property : undefined;
  return name?.replace(/^(ctx|context)(key)?_?(?=.)/i, '').replace(/_?(ctx|context)?_?key$/i, '');
}

function lastOf(expr: Expr): string {
  return expr.kind === 'member' ? expr.property : expr.kind === 'name' ? expr.name : '';
}

/** Whether a value is, or is made from, a cookie or header that serves as a credential; one that names somebody is none. */
function holdsCredential(s: Semantics, value: Value, depth: number): boolean {
  if (depth === 0) return false;
  const input = requestInputOf(s, value);
  if (input)
    return (
      (input.source === 'cookie' &&
        input.name !== undefined &&
        !/user|uid|account|email|role|tenant|member|customer|name|lang|theme|locale|cart|consent/i.test(input.name)) ||
      (input.source === 'header' &&
        input.name !== undefined &&
        /authorization|api[-_]?key|token|session/i.test(input.name))
    );
  switch (value.kind) {
    case 'record':
      return [...value.fields.values()].slice(0, 6).some((v) => holdsCredential(s, v, depth - 1));
    case 'list':
      return value.items.slice(0, 6).some((v) => holdsCredential(s, v, depth - 1));
    case 'oneOf':
      return value.values.some((v) => holdsCredential(s, v, depth - 1));
    case 'derived':
      return value.of.some((v) => holdsCredential(s, v, depth - 1));
    case 'concat':
      return value.parts.some((v) => holdsCredential(s, v, depth - 1));
    case 'operation':
      return value.operands.some((v) => holdsCredential(s, v, depth - 1));
    case 'member':
    case 'element':
      return holdsCredential(s, value.object, depth - 1);
    case 'function':
      return returnsOf(value.fn)
        .slice(0, 1)
        .some((e) => e !== undefined && holdsCredential(s, s.evaluate(value.path, e, value.frame), depth - 1));
    case 'result':
    case 'call':
      return value.site.call.args
        .slice(0, 2)
        .some((a) => holdsCredential(s, s.evaluate(value.site.path, a.value, value.site.frame), depth - 1));
    default:
      return false;
  }
}

/** `createSession`, `loginUser`: makes one, does not read one. `getUser(id)` loads anybody's. */
function opensOne(name: string): boolean {
  if (/^(get_)?(db_|async_|sql_)?session$|^Session(Local)?$/.test(name)) return true;
  return /^(get|load|fetch|read|check|validate|resolve|try|find)_?(user|member|account|employee|admin)(_?(id|data|info))?$/i.test(
    name,
  );
}

function boundByFunction(s: Semantics, site: CallSite): Backing | undefined {
  const callee = s.callee(site);
  return callee.kind === 'function' && verifies(s, callee.path, callee.fn) ? 'verified' : undefined;
}

/** Whether a function's body verifies a token. */
function verifies(s: Semantics, path: string, fn: FunctionIR): boolean {
  const index = s.index(path);
  return index.calls.some(
    (call) =>
      call.span.start >= fn.span.start &&
      call.span.end <= fn.span.end &&
      s.names({ path, call, frame: undefined }).some((n) => says(s, n)?.token),
  );
}

function signatureSkipped(s: Semantics, callee: string, site: CallSite): boolean {
  void callee;
  const options = s.access(site, 'named options').value;
  const verify = options.kind === 'record' ? options.fields.get('verify_signature') : undefined;
  return verify?.kind === 'literal' && verify.value === false;
}

function within(s: Semantics, value: Value, depth: number): Principal | undefined {
  if (depth <= 0) return undefined;
  if (value.kind === 'record') {
    for (const field of value.fields.values()) {
      const found = within(s, field, depth - 1);
      if (found) return found;
    }
    return undefined;
  }
  if (value.kind === 'list') {
    for (const item of value.items) {
      const found = within(s, item, depth - 1);
      if (found) return found;
    }
    return undefined;
  }
  if (value.kind === 'function') {
    // `users.find((u) => u.id === req.session.userId)`
    for (const returned of returnsOf(value.fn).slice(0, 2)) {
      const found = returned && within(s, s.evaluate(value.path, returned, value.frame), depth - 1);
      if (found) return found;
    }
    return undefined;
  }
  if (value.kind === 'operation' || value.kind === 'concat' || value.kind === 'derived') {
    for (const part of value.kind === 'operation' ? value.operands : value.kind === 'concat' ? value.parts : value.of) {
      const found = within(s, part, depth - 1);
      if (found) return found;
    }
    return undefined;
  }
  return look(s, value, depth);
}

/** `req.userId`, `request.state.employee`: a member of the request that no model speaks of, but that the code binds or names so. */
function slotRead(s: Semantics, value: Extract<Value, { kind: 'member' }>, depth: number): Principal | undefined {
  const type = s.typeOf(value.object);
  const holder = type !== undefined && isHolder(type);
  const named =
    value.object.kind === 'parameter' && /^(ctx|context|req|request|locals|event|info)$/.test(value.object.name);
  if (!holder && !named) {
    // `ctx.session.user`, `context.auth.userId`
    void depth;
    return undefined;
  }
  if (requestInputOf(s, value)) return undefined;
  const bound = boundTo(s, value.property);
  if (bound === undefined && !IDENTITY.test(value.property)) return undefined;
  return { slot: value.property, field: undefined, backing: bound ?? 'unknown', loaded: false };
}

/** Whether instances of a type live as long as a request and carry what middleware puts on them. */
function isHolder(type: string): boolean {
  return /(Request|Context|State|Locals|Variables|Event|Socket|Message)$/.test(type);
}

function parameterPrincipal(s: Semantics, value: Extract<Value, { kind: 'parameter' }>): Principal | undefined {
  const param = value.fn.params[value.index];
  if (!param) return undefined;
  const markers: Expr[] = param.decorators.map((d) => d.value);
  if (param.default?.kind === 'call') markers.push(param.default);
  const annotation = param.type ? annotationOf(s, value.path, param.type, 0) : {};
  if (annotation.injected) markers.push(annotation.injected.expr);
  for (const marker of markers) {
    const written = marker.kind === 'call' ? marker.callee : marker;
    const last = written.kind === 'name' ? written.name : written.kind === 'member' ? written.property : '';
    const given = marker.kind === 'call' ? marker.args[0]?.value : undefined;
    const inner =
      given?.kind === 'name'
        ? given.name
        : given?.kind === 'member'
          ? given.property
          : given?.kind === 'call' && given.callee.kind === 'name'
            ? given.callee.name
            : '';
    // What opens a database is called a session too.
    if (/^(get_?)?(db|async|sql|database)?_?(session|conn|connection|db)(_?(maker|local|factory))?$/i.test(inner))
      continue;
    if (
      (/^(Depends|Security|Inject)$/.test(last) &&
        (READS_CALLER.test(inner) || /user|auth|principal|require/i.test(inner))) ||
      /(User|Account|Principal|Auth|Session|Tenant|Member|Identity|Claims)/.test(last)
    )
      return { slot: inner || last, field: undefined, backing: 'unknown', loaded: false };
  }
  // A wrapper that hands the caller in: `@token_required def view(current_user, id)`.
  const name = value.name;
  if (
    value.fn.decorators.length > 1 &&
    value.index === 0 &&
    /^(current_?user|auth_?user|user|me|identity|claims|principal|viewer|account|token_?data)$/i.test(name) &&
    !param.default
  )
    return { slot: name, field: undefined, backing: 'unknown', loaded: false };
  return undefined;
}

const bindings = new WeakMap<Semantics, Map<string, Backing>>();

/** How far the value can be trusted that the workspace binds to a slot of this name; `undefined` if nobody binds it. */
function boundTo(s: Semantics, slot: string): Backing | undefined {
  let known = bindings.get(s);
  if (!known) {
    known = new Map();
    bindings.set(s, known);
    for (const bind of principalBinds(s)) {
      const before = known.get(bind.slot);
      // The weakest bind decides.
      if (before === undefined || ORDER.indexOf(bind.backing) < ORDER.indexOf(before))
        known.set(bind.slot, bind.backing);
    }
  }
  return known.get(slot);
}

const ORDER: readonly Backing[] = ['request', 'unsigned', 'decoded', 'unknown', 'session', 'verified'];

export interface PrincipalBinding {
  readonly slot: string;
  readonly backing: Backing;
  readonly path: string;
  readonly span: { readonly start: number; readonly end: number };
}

const binds = new WeakMap<Semantics, readonly PrincipalBinding[]>();

/** Every place of the workspace that puts something on the request which is, or says, who is calling. */
export function principalBinds(s: Semantics): readonly PrincipalBinding[] {
  const known = binds.get(s);
  if (known) return known;
  binds.set(s, []);
  const found: PrincipalBinding[] = [];
  for (const path of s.project.paths) {
    const index = s.project.file(path);
    if (!index) continue;
    s.memo.work = 0;
    for (const write of index.memberWrites) {
      const { target } = write;
      if (target.kind !== 'member') continue;
      const type = s.typeOf(s.evaluate(path, target.object));
      if (type === undefined || !isHolder(type)) continue;
      add(found, s, path, target.property, write.value, target.span);
    }
    for (const call of index.calls) {
      if (call.callee.kind !== 'member' || call.callee.property !== 'set' || call.args.length !== 2) continue;
      const type = s.typeOf(s.evaluate(path, call.callee.object));
      if (type === undefined || !isHolder(type)) continue;
      const name = call.args[0] ? textOf(s.evaluate(path, call.args[0].value)) : undefined;
      if (name !== undefined && call.args[1]) add(found, s, path, name, call.args[1].value, call.span);
    }
  }
  binds.set(s, found);
  return found;
}

function add(
  found: PrincipalBinding[],
  s: Semantics,
  path: string,
  slot: string,
  expr: Expr,
  span: { readonly start: number; readonly end: number },
): void {
  const value = s.evaluate(path, expr);
  if (value.kind === 'literal' || value.kind === 'absent') return;
  const principal = look(s, value, DEPTH);
  const backing = principal?.backing ?? (requestInputOf(s, value) ? 'request' : undefined);
  if (backing === undefined && !IDENTITY.test(slot)) return;
  if (backing === 'request' && !IDENTITY.test(slot)) return;
  found.push({ slot, backing: backing ?? 'unknown', path, span });
}
