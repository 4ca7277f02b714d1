/**
 * What goes into a token: each claim with what it tells, and whole objects: a stored record, the request's body, a
 * profile of a provider.
 */
import type { Place } from '../../base/span.js';
import { classOfClaim } from '../../semantics/claim-classes.js';
import { ONE_TIME_USES, wordsOf } from '../../semantics/token-uses.js';
import { ABSENT, type Value, alternatives, isAbsent, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { literal, withRoles } from './token-use.js';

export type Whole = 'record' | 'narrowed record' | 'request body' | 'provider profile' | 'unknown';

export default defineRecogniser({
  name: 'token-claims',
  phase: 'workspace',
  order: 8,
  refine(fact, view) {
    if (fact.kind !== 'TokenIssue') return undefined;
    const issue = fact as Fact<'TokenIssue'>;
    const found = new Findings(issue, view);
    for (const option of alternatives(issue.roles.payload)) read(view, option, '', found, 3);
    const whole = textOf(found.whole);
    // A stored record holds no `exp`.
    const endless =
      (whole === 'record' || whole === 'narrowed record') &&
      alternatives(issue.roles.expiresAt).every((v) => v.kind === 'unknown' || v.kind === 'member');
    return withRoles(fact, {
      ...(endless ? { expiresAt: ABSENT } : {}),
      claims: { kind: 'list', items: found.claims, open: false },
      ...(found.whole ? { whole: found.whole } : {}),
    });
  },
});

/** Claims that the library or the protocol fill, and what every token may say. */
const REGISTERED = new Set(['iss', 'aud', 'exp', 'iat', 'nbf', 'jti', 'typ', 'alg', 'kid']);

class Findings {
  readonly claims: Value[] = [];
  whole: Value | undefined;
  readonly issue: Fact<'TokenIssue'>;
  private readonly use: string;
  private readonly view: FileView;

  constructor(issue: Fact<'TokenIssue'>, view: FileView) {
    this.issue = issue;
    this.view = view;
    this.use = textOf(issue.roles.use) ?? 'access';
  }

  claim(name: string, kind: string | undefined, place: Place | undefined): void {
    // The address that a mailed token is about, and what an ID token is asked to tell.
    if (kind === 'contact' && (ONE_TIME_USES.has(this.use) || this.use === 'id')) kind = undefined;
    if (kind === 'credential' && this.use === 'mfa' && /otp|code|pin/i.test(name)) kind = undefined;
    const fields = new Map([['name', literal(name)]]);
    if (kind) fields.set('class', literal(kind));
    this.claims.push({
      kind: 'record',
      fields,
      open: false,
      spreads: [],
      ...placed(writtenAt(this.view, this.issue, name) ?? here(this.issue, place)),
    });
  }

  object(kind: Whole, place: Place | undefined): void {
    const rank: readonly Whole[] = ['request body', 'record', 'provider profile', 'narrowed record', 'unknown'];
    const known = textOf(this.whole) as Whole | undefined;
    if (known && rank.indexOf(known) <= rank.indexOf(kind)) return;
    this.whole = { ...literal(kind), ...placed(inPayload(this.issue, place)) };
  }
}

function placed(place: Place | undefined): { place?: Place } {
  return place ? { place } : {};
}

/** Only places of files through which the token is made; what was written elsewhere is said at the call. */
function here(issue: Fact<'TokenIssue'>, place: Place | undefined): Place | undefined {
  const paths = new Set([issue.path, ...(issue.through ?? []).map((site) => site.path)]);
  return place && paths.has(place.path) ? place : undefined;
}

/** The place itself if it is part of the payload, else the payload. */
function inPayload(issue: Fact<'TokenIssue'>, place: Place | undefined): Place | undefined {
  const span = issue.spans.payload;
  const sites = (issue.through ?? []).map((site) => ({ path: site.path, span: site.call.span }));
  const around = [...(span ? [{ path: issue.path, span }] : []), ...sites];
  const holds = (p: Place) =>
    place?.path === p.path && place.span.start >= p.span.start && place.span.end <= p.span.end;
  return around.some(holds) ? place : around[0];
}

/** Where a claim is written into the payload: an entry of a record, a write to a field. */
function writtenAt(view: FileView, issue: Fact<'TokenIssue'>, name: string): Place | undefined {
  const span = issue.spans.payload;
  const ways = [
    { path: issue.path, fn: issue.fn, span },
    ...(issue.through ?? []).map((site) => ({
      path: site.path,
      fn: view.s.index(site.path).functionOf(site.call),
      span: site.call.span,
    })),
  ];
  for (const way of ways) {
    const index = view.s.index(way.path);
    const inside = (at: { start: number; end: number }, around: { start: number; end: number } | undefined) =>
      around !== undefined && at.start >= around.start && at.end <= around.end;
    for (const around of [way.span, way.fn?.span]) {
      for (const expr of index.expressions) {
        if (expr.kind !== 'record' || !inside(expr.span, around)) continue;
        const entry = expr.entries.find((e) => e.key === name);
        if (entry) return { path: way.path, span: entry.value.span };
      }
      for (const write of index.memberWrites) {
        if (write.target.kind === 'member' && write.target.property === name && inside(write.target.span, around))
          return { path: way.path, span: write.value.span };
      }
    }
  }
  return undefined;
}

function read(view: FileView, value: Value, prefix: string, found: Findings, depth: number): void {
  if (depth < 0) return;
  if (value.kind === 'record') {
    const dropped: string[] = [];
    for (const [name, field] of value.fields) {
      if (isAbsent(field) === true) dropped.push(name);
      else readClaim(view, name, field, prefix, found, depth);
    }
    for (const spread of value.spreads) readWhole(view, spread, dropped, found, depth);
    if (value.open && value.spreads.length === 0) found.object('unknown', value.place);
    return;
  }
  readWhole(view, value, [], found, depth);
}

function readClaim(view: FileView, name: string, field: Value, prefix: string, found: Findings, depth: number): void {
  if (prefix === '' && REGISTERED.has(name)) return;
  const options = alternatives(field).filter((v) => isAbsent(v) !== true);
  for (const option of options) {
    // A flag, a count, a digest: nothing of the thing itself.
    if (option.kind === 'derived' || option.kind === 'random' || typeof literalOf(option) === 'boolean') {
      found.claim(name, undefined, option.place);
      return;
    }
    if (option.kind === 'record') {
      read(view, option, name, found, depth - 1);
      return;
    }
    const whole = wholeOf(view, option, name);
    if (whole) {
      found.object(whole, option.place);
      return;
    }
    const source = sourceName(option);
    const bySource = source === undefined ? undefined : classOfClaim(source);
    const byName = name === 'sub' || name === 'uid' || name === 'userId' ? undefined : classOfClaim(name);
    // What the value is counts more than what it is called; a subject may be an address.
    const kind = graver(bySource, byName);
    found.claim(name, kind, option.place);
    return;
  }
}

function literalOf(value: Value): unknown {
  return value.kind === 'literal' ? value.value : undefined;
}

const GRAVITY = ['credential', 'official', 'personal', 'business', 'contact', 'foreign'] as const;

function graver(a: string | undefined, b: string | undefined): string | undefined {
  return GRAVITY.find((kind) => kind === a || kind === b);
}

/** The field that a value is read from: `user.iban`, `row["phone"]`, `user.get_email()`. */
function sourceName(value: Value): string | undefined {
  switch (value.kind) {
    case 'member':
      return value.property;
    case 'element':
      return textOf(value.index);
    case 'call':
    case 'result': {
      const callee = value.site.call.callee;
      const name = callee.kind === 'member' ? callee.property : undefined;
      if (name === 'get') {
        const first = value.site.call.args[0]?.value;
        return first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
      }
      return name && /^(?:get|access|refresh|id)[_A-Z]?\w*/.test(name) ? name.replace(/^get_?/, '') : undefined;
    }
    case 'parameter':
      return value.name;
    default:
      return undefined;
  }
}

function readWhole(view: FileView, value: Value, dropped: readonly string[], found: Findings, depth: number): void {
  for (const option of alternatives(value)) {
    if (isAbsent(option) === true || option.kind === 'literal') continue;
    if (option.kind === 'record') {
      read(view, option, '', found, depth - 1);
      continue;
    }
    const whole = wholeOf(view, option, '') ?? 'unknown';
    found.object(whole === 'record' && dropped.length > 0 ? 'narrowed record' : whole, option.place);
  }
}

const USER =
  /\b(?:user|account|member|customer|employee|admin|person|profile|principal|owner|doctor|patient|student|teacher|seller|client record|record|row|doc|entity)\b/;
const FINDS =
  /^(?:find\w*|get_?(?:user|account|by|one|or_404|object|member|customer|employee)\w*|load_?user\w*|fetch(?:_?one|_?user|_?row)\w*|authenticate(?:_?user)?|first|first_or_404|one|one_or_none|scalar\w*|scalars|findOrCreate|upsert|create(?:_?user)?|insert\w*|returning|register\w*|validate_?user\w*|query_?one|getOne|lean|exec|populate|single|maybeSingle|toObject|toJSON|get)$/;
const CONVERTS =
  /^(?:toJSON|toObject|toJson|to_dict|as_dict|todict|dict|model_dump|asdict|model_to_dict|vars|dict|_asdict|serialize|to_json|json|lean|get|copy|plain|instanceToPlain)$/;

/** What kind of whole object a value is; `undefined` if it is none that is known. */
function wholeOf(view: FileView, value: Value, name: string): Whole | undefined {
  if (isRequestBody(view, value)) return 'request body';
  switch (value.kind) {
    case 'rest': {
      const inner = wholeOf(view, value.object, name || 'user');
      return inner === 'request body' ? inner : inner ? 'narrowed record' : undefined;
    }
    case 'parameter':
      return USER.test(wordsOf(value.name)) && !/\bid$|\bname$|email|role/.test(wordsOf(value.name))
        ? 'record'
        : undefined;
    case 'instance':
      return isRecordClass(value.cls.name, name) ? 'record' : undefined;
    case 'object':
      return /(?:^|[.#])(?:User|Account|Member|Customer|Employee)\w*$/.test(value.type) ? 'record' : undefined;
    case 'member': {
      const words = wordsOf(value.property);
      if (/^(?:_json|profile|userinfo|user info)$/.test(words)) return 'provider profile';
      if (value.property === '_doc' || value.property === '__dict__' || value.property === 'dataValues')
        return wholeOf(view, value.object, name || 'user') ?? 'record';
      if (/^\d+$/.test(value.property)) return ofRows(value.object);
      return /^(?:user|account|current user|employee|customer|member)$/.test(words) ? 'record' : undefined;
    }
    case 'element':
      return value.index.kind === 'literal' && typeof value.index.value === 'number' ? ofRows(value.object) : undefined;
    case 'call':
    case 'result':
      return ofCall(view, value, name);
    default:
      return undefined;
  }
}

function ofRows(rows: Value): Whole | undefined {
  const call = callIn(rows, 3);
  return call ? ofQuery(call) : undefined;
}

function callIn(value: Value, depth: number): Extract<Value, { kind: 'call' | 'result' }> | undefined {
  if (value.kind === 'call' || value.kind === 'result') return value;
  if (depth > 0 && (value.kind === 'member' || value.kind === 'element')) return callIn(value.object, depth - 1);
  return undefined;
}

function ofCall(view: FileView, value: Extract<Value, { kind: 'call' | 'result' }>, name: string): Whole | undefined {
  const call = value.site.call;
  const last = lastName(value);
  const argument = call.args[0]?.value;
  if (
    CONVERTS.test(last) ||
    /^(?:asdict|model_to_dict|vars|dict|instanceToPlain|classToPlain|jsonable_encoder)$/.test(last)
  ) {
    // A document's own method: `this.toObject()`.
    if (
      /^(?:toObject|toJSON|to_dict|model_dump)$/.test(last) &&
      call.callee.kind === 'member' &&
      call.callee.object.kind === 'name' &&
      call.callee.object.name === 'this'
    )
      return 'record';
    const object =
      call.callee.kind === 'member' && !/^(?:_|lodash|forms|encoders|models|dataclasses)$/.test(nameOfHolder(value))
        ? view.s.evaluate(value.site.path, call.callee.object, value.site.frame)
        : argument
          ? view.s.evaluate(value.site.path, argument, value.site.frame)
          : undefined;
    if (object) {
      for (const option of alternatives(object)) {
        const inner = wholeOf(view, option, name || 'user');
        if (inner) return hasExclusion(value) && inner === 'record' ? 'narrowed record' : inner;
      }
    }
    if (last !== 'get') return undefined;
  }
  if (/^(?:omit|except|exclude|without)$/.test(last)) return 'narrowed record';
  if (/^(?:pick|only|project|toDto|to_dto|serializeUser|sanitize\w*|toPublic\w*|public\w*)$/.test(last))
    return undefined;
  if (FINDS.test(last) && (name === '' || USER.test(wordsOf(name)) || name === 'data')) return ofQuery(value);
  return undefined;
}

/** A query whose columns are named is no whole record. */
function ofQuery(value: Extract<Value, { kind: 'call' | 'result' }>): Whole | undefined {
  const shape = selection(value.site.call, 6);
  if (shape === 'named') return undefined;
  if (shape === 'dropped') return 'narrowed record';
  if (shape === 'all') return 'record';
  return FINDS.test(lastName(value)) || /^(?:query|execute|select|from|where|limit|raw)$/.test(lastName(value))
    ? 'record'
    : undefined;
}

type Call = Extract<Value, { kind: 'call' }>['site']['call'];

/** Which columns a query keeps: those that it names, all but some, all. */
function selection(call: Call, depth: number): 'named' | 'dropped' | 'all' | undefined {
  if (depth < 0) return undefined;
  const name = call.callee.kind === 'member' ? call.callee.property : '';
  for (const argument of call.args) {
    const value = argument.value;
    if (value.kind === 'literal' && typeof value.value === 'string') {
      const sql = /\bselect\s+([\s\S]+?)\s+from\b/i.exec(value.value);
      if (sql) return /(?:^|[\s,.])\*/.test(sql[1] ?? '') ? 'all' : 'named';
      if (/\breturning\s+(?!\*)/i.test(value.value)) return 'named';
      if (name === 'select')
        return value.value.trim().startsWith('-') ? 'dropped' : value.value.includes('+') ? 'all' : 'named';
      if (name === 'only' || name === 'values') return 'named';
    }
    if (value.kind === 'record') {
      if (value.entries.some((e) => e.key === 'select' || e.key === 'attributes' || e.key === 'projection'))
        return 'named';
      if (value.entries.some((e) => e.key === 'omit' || e.key === 'exclude')) return 'dropped';
      if ((name === 'select' || name === 'columns') && value.entries.length > 0) return 'named';
      if (name === 'returning' && value.entries.length > 0) return 'named';
    }
  }
  return call.callee.kind === 'member' && call.callee.object.kind === 'call'
    ? selection(call.callee.object, depth - 1)
    : undefined;
}

function hasExclusion(value: Extract<Value, { kind: 'call' | 'result' }>): boolean {
  return value.site.call.args.some((a) => a.name === 'exclude');
}

function lastName(value: Extract<Value, { kind: 'call' | 'result' }>): string {
  const callee = value.site.call.callee;
  return callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
}

function nameOfHolder(value: Extract<Value, { kind: 'call' | 'result' }>): string {
  const callee = value.site.call.callee;
  return callee.kind === 'member' && callee.object.kind === 'name' ? callee.object.name : '';
}

function isRecordClass(className: string, claim: string): boolean {
  const words = wordsOf(className);
  if (/\b(?:dto|response|public|view|out|claims|payload|token|settings|config|service)\b/.test(words)) return false;
  return USER.test(words) || (claim !== '' && USER.test(wordsOf(claim)));
}

/** The request's body, or what it was read into. */
function isRequestBody(view: FileView, value: Value): boolean {
  if (value.kind === 'member' && /^(?:body|form|POST|data|json)$/.test(value.property))
    return isRequest(view, value.object);
  if (value.kind === 'instance')
    return (
      /(?:Request|Create|Login|Register|Body|Dto|Input|Form)(?:Dto|Model|Schema|In)?$/.test(value.cls.name) &&
      !/Response/.test(value.cls.name)
    );
  if (value.kind !== 'call' && value.kind !== 'result') return false;
  const call = value.site.call;
  if (call.callee.kind === 'name') return /^(?:readBody|getJson)$/.test(call.callee.name);
  if (call.callee.kind !== 'member') return false;
  const object = view.s.evaluate(value.site.path, call.callee.object, value.site.frame);
  if (/^(?:json|get_json|formData|parseBody|form|to_dict)$/.test(call.callee.property))
    return isRequest(view, object) || isRequestBody(view, object);
  if (/^(?:dict|model_dump)$/.test(call.callee.property)) return isRequestBody(view, object);
  return false;
}

function isRequest(view: FileView, value: Value): boolean {
  const type = view.s.typeOf(value);
  if (type && /[rR]equest$/.test(type)) return true;
  if (value.kind === 'external') return /\.request$/.test(value.name);
  if (value.kind === 'member') return /^(?:req|request)$/.test(value.property);
  return value.kind === 'parameter' && /^(?:req|request)$/.test(value.name);
}
