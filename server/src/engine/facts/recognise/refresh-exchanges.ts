/**
 * The refresh act on the server: a token comes in, is verified or looked up, and new tokens go out. Recognised by the
 * route's or function's name, or by its shape alone; then what becomes of the old token is read from what the code does.
 */
import type { Place } from '../../base/span.js';
import type { CallExpr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import {
  credentialNamed,
  namesBlocklist,
  namesEndMark,
  namesLoginAct,
  namesLogoutAct,
  namesRefreshAct,
  namesTokenField,
  namesTokenVersion,
  wordsOf,
} from '../../semantics/names-of-things.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives, directParts, isAbsent, textOf } from '../../semantics/value.js';
import { type EntryPoint, entryPoints } from '../entry-points.js';
import type { Fact } from '../kinds.js';
import { type Visit, expressionsIn, liftTo, reach } from '../reach.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { type RecordAct, nameOfField, recordActs } from '../stored-records.js';
import { type TokenEstate, calledName, callsOf, isTokenAct, keyForm, tokenEstate } from '../token-estate.js';
import { credentialIn, credentialMadeBy, credentialWritten, issuesByNode } from '../token-kind.js';

export default defineRecogniser({
  name: 'refresh-exchanges',
  phase: 'workspace',
  order: 40,
  *recognise(view) {
    for (const exchange of exchangesOf(view)) if (exchange.path === view.path) yield exchange as unknown as Fact;
  },
});

const known = new WeakMap<Semantics, readonly Fact<'RefreshExchange'>[]>();

function exchangesOf(view: FileView): readonly Fact<'RefreshExchange'>[] {
  let exchanges = known.get(view.s);
  if (!exchanges) {
    exchanges = compute(view);
    known.set(view.s, exchanges);
  }
  return exchanges;
}

function compute(view: FileView): readonly Fact<'RefreshExchange'>[] {
  const estate = tokenEstate(view);
  const byPlace = new Map<string, Found>();
  for (const path of view.s.project.paths) {
    if (view.s.project.ecosystem(path) === '') continue;
    for (const entry of entryPoints(view, path)) {
      const found = exchangeAt(view, estate, entry);
      if (!found) continue;
      const key = `${found.core.path}:${found.core.fn.span.start}`;
      const before = byPlace.get(key);
      if (!before) byPlace.set(key, found);
      else byPlace.set(key, merge(before, found));
    }
  }
  return [...byPlace.values()].map((found) => factOf(view, estate, found));
}

interface Ended {
  readonly how: string;
  readonly act: RecordAct | undefined;
  readonly visit: Visit;
  readonly node: IrNode;
}

interface Found {
  readonly entry: EntryPoint;
  readonly entries: readonly EntryPoint[];
  readonly by: 'route' | 'shape' | 'grant' | 'library';
  readonly visits: readonly Visit[];
  /** The function in which the old token is looked at and the new ones are made. */
  readonly core: Visit;
  /** Where, in it, new tokens are made. */
  readonly out: IrNode;
  /** Where, in it, the old token is looked at. */
  readonly taken: IrNode | undefined;
  readonly verifies: readonly { fact: Fact<'TokenVerify'>; visit: Visit }[];
  readonly issues: readonly { fact: Fact<'TokenIssue'>; visit: Visit }[];
  readonly lookups: readonly { act: RecordAct; visit: Visit }[];
  readonly inserts: readonly { act: RecordAct; visit: Visit }[];
}

function merge(a: Found, b: Found): Found {
  // What was named is told from what only has the shape; the outermost sees most.
  const better = rank(b) > rank(a) ? b : a;
  return { ...better, entries: [...a.entries, ...b.entries] };
}

function rank(found: Found): number {
  return (found.by === 'shape' ? 0 : 100) + (found.entry.route ? 50 : 0) + Math.min(found.visits.length, 40);
}

function exchangeAt(view: FileView, estate: TokenEstate, entry: EntryPoint): Found | undefined {
  const { s } = view;
  const named = entry.names.some(namesRefreshAct);
  if (entry.names.some(namesLogoutAct)) return undefined;
  const own = reach(s, entry.path, entry.fn);
  const top = own[0] as Visit;
  const before = named ? entry.before.flatMap((b) => reach(s, b.path, b.fn)) : [];
  const visits = [...own, ...before];
  const issues = estate.issuesIn(visits).filter(({ fact }) => isLoginToken(fact));
  const verifies = estate
    .verifiesIn(visits)
    .filter(({ fact }) => textOf(fact.roles.issuerKind) !== 'provider' && !isOneTime(textOf(fact.roles.use)));
  const acts = visits.flatMap((visit) => recordActs(s, visit).map((act) => ({ act, visit })));
  const inserts = acts.filter(
    ({ act }) =>
      (act.op === 'insert' || act.op === 'update') &&
      isTokenAct(act) &&
      [...act.written, ...act.where].some((w) => madeFresh(w.value)),
  );
  const lookups = acts.filter(
    ({ act }) => (act.op === 'read' || (act.op !== 'insert' && isUsed(s, act))) && isTokenLookup(act),
  );
  const made = issues.length === 0 ? madeElsewhere(s, visits) : [];
  if (issues.length === 0 && inserts.length === 0 && made.length === 0) return undefined;
  const given = named && entry.fn.decorators.some((d) => /refresh/.test(JSON.stringify(namesIn(d.value))));
  if (verifies.length === 0 && lookups.length === 0 && !given && !(named && comparesToken(s, visits))) return undefined;
  const takesRefresh = issues.length > 0 && verifies.some(({ fact }) => isRefreshVerify(view, fact));
  if (!named && !takesRefresh) {
    const shaped = hasShape(view, entry, top, visits, issues, verifies);
    if (!shaped) return undefined;
  }
  const sources: { node: IrNode; visit: Visit }[] = [
    ...verifies.map(({ fact, visit }) => ({ node: fact.node as IrNode, visit })),
    ...lookups.map(({ act, visit }) => ({ node: act.node, visit })),
  ];
  const sinks: { node: IrNode; visit: Visit }[] = [
    ...issues.map(({ fact, visit }) => ({ node: fact.node as IrNode, visit })),
    ...inserts.map(({ act, visit }) => ({ node: act.node, visit })),
    ...made,
  ];
  const { core, out } = coreOf(own, sources, sinks) ?? {};
  if (!core || !out) return undefined;
  const taken = sources
    .flatMap((source) => liftTo(core, source.visit, source.node) ?? [])
    .sort((a, b) => a.span.start - b.span.start)[0];
  return {
    entry,
    taken,
    entries: [entry],
    by: named || takesRefresh ? 'route' : 'shape',
    visits,
    core,
    out,
    verifies,
    issues,
    lookups,
    inserts,
  };
}

/** Whether what is verified is a refresh token: by the claim it must have, its key, its name. */
function isRefreshVerify(view: FileView, fact: Fact<'TokenVerify'>): boolean {
  if (textOf(fact.roles.use) === 'refresh') return true;
  const { key, token } = fact.roles;
  if (key.kind === 'environment' && key.name !== undefined && wordsOf(key.name).includes('refresh')) return true;
  if (credentialIn(view.s, issuesByNode(view.all('TokenIssue')), token) === 'refresh') return true;
  return fact.site !== undefined && credentialWritten(fact.site.call.args[0]?.value) === 'refresh';
}

/** Whether what an act gives is looked at: it finds and ends in one. */
function isUsed(s: Semantics, act: RecordAct): boolean {
  const index = s.index(act.path);
  let parent = index.parentOf(act.node);
  if (parent && 'kind' in parent && parent.kind === 'unary' && parent.operator === 'await')
    parent = index.parentOf(parent);
  return Boolean(parent && 'kind' in parent && parent.kind !== 'expr');
}

/** Calls of functions that are not seen and say by their name that they make tokens: `create_access_token(user)`. */
function madeElsewhere(s: Semantics, visits: readonly Visit[]): { node: IrNode; visit: Visit }[] {
  const found: { node: IrNode; visit: Visit }[] = [];
  for (const { call, visit } of callsOf(s, visits)) {
    const name = calledName(call);
    const maker =
      /^(?:create|generate|issue|make|sign|mint|encode|build|new|get|gen)(?=[A-Z_])/.test(name) ||
      /^access_?token$/i.test(name);
    const kind = maker ? credentialMadeBy(name.replace(/_?for_?user$/i, '')) : undefined;
    const signs =
      /^(?:sign|signAsync)$/.test(name) &&
      call.callee.kind === 'member' &&
      /jwt/i.test(JSON.stringify(call.callee.object).slice(0, 300));
    if (
      (kind === 'access' || kind === 'refresh' || signs || /^access_?token$/i.test(name)) &&
      isUnresolved(s, call, visit)
    )
      found.push({ node: call, visit });
  }
  return found;
}

/** Tokens that log somebody in; not those of a mail link, a socket ticket, a service. */
function isLoginToken(fact: Fact<'TokenIssue'>): boolean {
  return !isOneTime(textOf(fact.roles.use));
}

function isOneTime(use: string | undefined): boolean {
  return use !== undefined && !/^(?:access|refresh|session|id|unknown|login|auth)$/.test(use);
}

/** Whether a value was drawn, made or hashed here: a new token, not a name or a date. */
function madeFresh(value: Value, depth = 6): boolean {
  if (depth === 0) return false;
  if (value.kind === 'random') return true;
  if (value.kind === 'result' || value.kind === 'call') {
    const name = calledName(value.site.call);
    return (
      /token|random|uuid|nanoid|sign|encode|digest|hash|hex|urlsafe|ulid|generate|sum256|sum512/i.test(name) &&
      !/now|date|time|find|get|query/i.test(name)
    );
  }
  return directParts(value).some((part) => madeFresh(part, depth - 1));
}

/** A lookup of a token or of what a token names: in a container of tokens, or by a field that holds one. */
function isTokenLookup(act: RecordAct): boolean {
  return isTokenAct(act) && act.where.length > 0 && !namesBlocklist(act.container);
}

/** Names in an expression of a decorator: `jwt_required(refresh=True)`. */
function namesIn(expr: { kind: string }): string[] {
  const found: string[] = [];
  const call = expr as CallExpr;
  if (call.kind === 'call') {
    found.push(calledName(call));
    for (const a of call.args) if (a.name && a.value.kind === 'literal' && a.value.value === true) found.push(a.name);
    for (const a of call.args) if (a.value.kind === 'literal') found.push(String(a.value.value));
  } else if ('name' in expr && typeof expr.name === 'string') found.push(expr.name);
  return found;
}

/** `user.refreshToken !== presented`, `bcrypt.compare(presented, user.hashedRefreshToken)`. */
function comparesToken(s: Semantics, visits: readonly Visit[]): boolean {
  for (const visit of visits) {
    for (const expr of expressionsIn(s.index(visit.path), visit.fn)) {
      if (expr.kind === 'binary' && (expr.operator === '==' || expr.operator === '!='))
        if (
          [expr.left, expr.right].some(
            (side) =>
              side.kind === 'member' && namesTokenField(side.property) && /token|rt|hash|jti/i.test(side.property),
          )
        )
          return true;
      if (expr.kind === 'call' && /compare|verify|check/i.test(calledName(expr)))
        if (
          expr.args.some(
            (a) => a.value.kind === 'member' && namesTokenField(a.value.property) && /token|rt/i.test(a.value.property),
          )
        )
          return true;
    }
  }
  return false;
}

/** Without a telling name: what is issued is for the subject of the very token that was verified, and no password is asked. */
function hasShape(
  view: FileView,
  entry: EntryPoint,
  top: Visit,
  visits: readonly Visit[],
  issues: Found['issues'],
  verifies: Found['verifies'],
): boolean {
  if (issues.length === 0 || verifies.length === 0) return false;
  if (
    entry.names.some(
      (name) =>
        namesLoginAct(name) ||
        wordsOf(name).some((w) =>
          /^(?:verify|confirm|reset|magic|accept|switch|impersonate|ticket|exchange|invite|setup|mfa|2fa|otp|totp|download|oauth|callback|google|github|test)$/.test(
            w,
          ),
        ),
    )
  )
    return false;
  const inParameters = (visit: Visit, node: IrNode) =>
    visit === top && top.fn.params.some((p) => node.span.start >= p.span.start && node.span.end <= p.span.end);
  const verified = new Set(
    verifies
      .filter(({ fact, visit }) => {
        const at = liftTo(top, visit, fact.node as IrNode);
        return at !== undefined && !inParameters(top, at);
      })
      .map(({ fact }) => fact.node),
  );
  for (const { call } of callsOf(view.s, visits))
    if (
      /^(?:compare|compareSync|verify_password|check_password|checkpw|verifyPassword|comparePassword|authenticate|check_password_hash|isPasswordValid|validatePassword|matchPassword)$/.test(
        calledName(call),
      )
    )
      return false;
  const fromVerified = (value: Value, depth: number): boolean => {
    if (depth === 0) return false;
    if (value.kind === 'result' || value.kind === 'call') {
      if (verified.has(value.site.call)) return true;
      const { site } = value;
      return (
        site.call.args.some((a) =>
          fromVerified(view.s.evaluate(site.path, a.value, site.frame), depth - 2 > 0 ? depth - 2 : 0),
        ) ||
        (site.call.callee.kind === 'member' &&
          fromVerified(view.s.evaluate(site.path, site.call.callee.object, site.frame), depth - 1))
      );
    }
    return directParts(value).some((part) => fromVerified(part, depth - 1));
  };
  return issues.some(({ fact, visit }) => {
    const payload =
      visit.frame && fact.site ? view.s.access({ ...fact.site, frame: visit.frame }, 'args').value : fact.roles.payload;
    return fromVerified(payload, 9) || fromVerified(fact.roles.payload, 9);
  });
}

/** The innermost function that both looks at the old token and makes the new ones, and where it does the latter. */
function coreOf(
  visits: readonly Visit[],
  sources: readonly { node: IrNode; visit: Visit }[],
  sinks: readonly { node: IrNode; visit: Visit }[],
): { core: Visit; out: IrNode } | undefined {
  const depthOf = (visit: Visit) => {
    let depth = 0;
    for (let v: Visit | undefined = visit; v?.via; v = v.via.visit) depth++;
    return depth;
  };
  const inwards = [...visits].sort((a, b) => depthOf(b) - depthOf(a));
  for (const visit of inwards) {
    const from = sources.some((source) => liftTo(visit, source.visit, source.node));
    const outs = sinks.flatMap((sink) => liftTo(visit, sink.visit, sink.node) ?? []);
    if (from && outs[0]) return { core: visit, out: outs.sort((a, b) => a.span.start - b.span.start)[0] as IrNode };
  }
  // The old token was looked at before: by a guard, a decorator.
  const top = visits[0] as Visit;
  const out = sinks
    .flatMap((sink) => liftTo(top, sink.visit, sink.node) ?? [])
    .sort((a, b) => a.span.start - b.span.start)[0];
  return out ? { core: top, out } : undefined;
}

// --- what becomes of the old one ---

function factOf(view: FileView, estate: TokenEstate, found: Found): Fact<'RefreshExchange'> {
  const { s } = view;
  const { visits, core } = found;
  const acts = visits.flatMap((visit) => recordActs(s, visit).map((act) => ({ act, visit })));
  const ends = endsIn(s, estate, found, acts);
  const judged = judge(s, estate, found, ends);
  const literal = (value: string | boolean, place?: Place): Value => ({
    kind: 'literal',
    value,
    ...(place ? { place } : {}),
  });
  const separate = isSeparate(view, estate, found);
  const files = new Set([
    core.path,
    ...found.entries.filter((e) => e.route || e.names.some(namesRefreshAct)).map((e) => e.path),
  ]);
  for (const { act } of found.lookups) files.add(act.path);
  for (const { act } of ends) if (act) files.add(act.path);
  const fresh =
    found.inserts.length > 0 ||
    found.issues.some(({ fact }) =>
      view
        .factsOf(fact.path, 'TokenIssue')
        .some((one) => one.node === fact.node && textOf(one.roles.use) === 'refresh'),
    ) ||
    new Set(found.issues.map(({ fact }) => fact.node)).size > 1 ||
    makesRefresh(s, visits);
  const at = placeOf(core.path, found.out);
  const endless = found.verifies.length > 0 && found.lookups.length === 0 && refreshHasNoEnd(view);
  return {
    kind: 'RefreshExchange',
    roles: withAbsent({
      side: literal('server'),
      presented: literal(separate ? 'refresh' : 'access'),
      recognisedBy: literal(found.by),
      newRefresh: literal(fresh ? 'fresh' : 'absent'),
      end: literal(judged.end, judged.place),
      ...(judged.flaw ? { flaw: literal(judged.flaw, judged.place) } : {}),
      reuse: literal(judged.reuse),
      record: literal(found.lookups.length > 0 || comparesToken(s, visits)),
      endless: literal(endless),
      ...(found.taken ? { taken: literal(true, placeOf(core.path, found.taken)) } : {}),
      files: { kind: 'list', items: [...files].sort().map((f) => literal(f)), open: false },
      clientKind: literal('public'),
    }) as Fact<'RefreshExchange'>['roles'],
    spans: {},
    at,
    path: core.path,
    library: 'refresh-exchanges',
    node: found.out,
    fn: core.fn,
  };
}

function placeOf(path: string, node: IrNode): Place {
  return { path, span: 'kind' in node && node.kind === 'call' ? calleeSpan(node) : node.span };
}

function refreshHasNoEnd(view: FileView): boolean {
  return view
    .all('TokenIssue')
    .some(
      ({ roles }) =>
        textOf(roles.use) === 'refresh' && isAbsent(roles.lifetime) === true && isAbsent(roles.expiresAt) === true,
    );
}

/** Whether a refresh token of its own comes in, or the access token renews itself. */
function isSeparate(view: FileView, estate: TokenEstate, found: Found): boolean {
  if (found.lookups.length > 0 || found.inserts.length > 0) return true;
  if (found.verifies.length === 0) return true;
  if (found.verifies.some(({ fact }) => isRefreshVerify(view, fact))) return true;
  if (estate.asked('refreshtoken') || estate.asked('refresh')) {
    // Some code reads a field of that name, so there is one.
    return true;
  }
  const own = view.all('TokenIssue').filter((issue) => isLoginToken(issue));
  return new Set(own.map((issue) => issue.node)).size > 1;
}

/** Whether a function that makes refresh tokens is called: `generateRefreshToken()`. */
function makesRefresh(s: Semantics, visits: readonly Visit[]): boolean {
  for (const { call } of callsOf(s, visits)) {
    const name = calledName(call);
    if (
      /^(?:create|generate|issue|make|sign|mint|new|build|get|gen)/i.test(name) &&
      credentialNamed(name.replace(/^(?:create|generate|issue|make|sign|mint|new|build|get|gen)_?/i, '')) === 'refresh'
    )
      return true;
  }
  return false;
}

function endsIn(
  s: Semantics,
  estate: TokenEstate,
  found: Found,
  acts: readonly { act: RecordAct; visit: Visit }[],
): readonly Ended[] {
  const ends: Ended[] = [];
  const looked = new Set(found.lookups.map(({ act }) => act.container));
  const put = (how: string, act: RecordAct | undefined, visit: Visit, node: IrNode) =>
    ends.push({ how, act, visit, node });
  for (const { act, visit } of acts) {
    if (act.op === 'read') continue;
    const onTokens = isTokenAct(act) || looked.has(act.container);
    if (act.op === 'delete' && onTokens && !namesBlocklist(act.container)) put('delete', act, visit, act.node);
    else if (act.op === 'insert' && namesBlocklist(act.container)) put('blocklist', act, visit, act.node);
    else if (act.op === 'update' || act.op === 'insert') {
      for (const { field, value } of act.written) {
        if (namesTokenVersion(field) && !onTokens && changes(value)) put('version', act, visit, act.node);
        else if (
          (act.op === 'update' || saysEnded(field, value)) &&
          onTokens &&
          namesEndMark(field) &&
          (!isFuture(value) || /replaced|used|revoked/i.test(field)) &&
          !isOnUnrelated(found, act)
        )
          put('mark', act, visit, act.node);
        else if (act.op === 'update' && namesTokenField(field) && !act.where.some((w) => w.field === 'email'))
          put(clears(value) ? 'delete' : 'replace', act, visit, act.node);
      }
      // The same key is written anew: `refresh:<user>`.
      if (act.op === 'insert' && act.kept !== 'table' && act.where[0]) {
        const key = keyForm(s, act.where[0].value);
        if (
          key !== undefined &&
          found.lookups.some(({ act: read }) => read.where[0] && keyForm(s, read.where[0].value) === key)
        )
          put('replace', act, visit, act.node);
      }
    }
  }
  for (const { call, visit } of callsOf(s, found.visits)) {
    const name = calledName(call);
    if (
      /^(?:blacklist|revoke|revoke_token|revokeToken|add_to_blacklist|revokeRefreshToken|revoke_refresh_token)$/.test(
        name,
      ) &&
      isUnresolved(s, call, visit)
    )
      put(name === 'blacklist' ? 'blocklist' : 'unknown', undefined, visit, call);
    else if (
      /rotate|revoke|invalidate|consume|mark\w*used|blacklist|burn|(?:delete|remove|replace|update|save)\w*(?:token|session|rt)/i.test(
        name,
      ) &&
      !ends.some((e) => e.node === call) &&
      isUnresolved(s, call, visit)
    )
      put('unknown', undefined, visit, call);
  }
  return ends.filter((end, i) => ends.findIndex((other) => other.node === end.node && other.how === end.how) === i);
}

/** `save({ ...stored, isRevoked: true })`: a whole record is written with the mark. */
function saysEnded(field: string, value: Value): boolean {
  return /revoked|used|consumed|invalid/i.test(field) && value.kind === 'literal' && value.value === true;
}

function isOnUnrelated(found: Found, act: RecordAct): boolean {
  const { container } = act;
  return container === 'user' && !found.lookups.some((l) => l.act.container === 'user');
}

/** Whether a value is a time to come: an end that is set at the start. */
function isFuture(value: Value): boolean {
  return alternatives(value).some(
    (v) => (v.kind === 'moment' && v.plus !== undefined && v.plus > 60) || v.kind === 'duration',
  );
}

function clears(value: Value): boolean {
  return alternatives(value).every(
    (v) => v.kind === 'absent' || (v.kind === 'literal' && (v.value === null || v.value === '')),
  );
}

function changes(value: Value): boolean {
  return value.kind !== 'parameter';
}

/** Whether a call leads out of what is seen: to a method that no file of the workspace declares. */
function isUnresolved(s: Semantics, call: CallExpr, visit: Visit): boolean {
  return alternatives(s.callee({ path: visit.path, call, frame: visit.frame })).every((v) => v.kind !== 'function');
}

interface Judged {
  readonly end: string;
  readonly place?: Place;
  readonly flaw?: 'mark unread' | 'other key' | 'never runs' | 'some paths';
  readonly reuse: 'family' | 'rejected' | 'unnoticed';
}

function judge(s: Semantics, estate: TokenEstate, found: Found, ends: readonly Ended[]): Judged {
  const flawed: Judged[] = [];
  const marks = ends.filter((end) => end.how === 'mark');
  for (const end of ends) {
    const { act } = end;
    const place = placeOf(end.visit.path, end.node);
    if (end.how === 'unknown') continue;
    if (act?.idle) {
      flawed.push({ end: end.how, flaw: 'never runs', place, reuse: 'unnoticed' });
      continue;
    }
    if (act?.unsaved && !isSaved(s, found, end)) {
      flawed.push({ end: end.how, flaw: 'never runs', place, reuse: 'unnoticed' });
      continue;
    }
    if (end.how === 'mark' && act) {
      const fields = act.written.filter((w) => namesEndMark(w.field)).map((w) => w.field);
      if (!fields.some((field) => isTested(estate, act, field))) {
        flawed.push({ end: 'mark', flaw: 'mark unread', place, reuse: 'unnoticed' });
        continue;
      }
    }
    if (end.how === 'blocklist' && act && !estate.acts.some((a) => a.op === 'read' && a.container === act.container)) {
      flawed.push({ end: 'blocklist', flaw: 'mark unread', place, reuse: 'unnoticed' });
      continue;
    }
    if (act && (end.how === 'delete' || end.how === 'mark') && hasOtherKey(s, found, act)) {
      flawed.push({ end: end.how, flaw: 'other key', place, reuse: 'unnoticed' });
      continue;
    }
    if (end.how === 'version' && act && !act.written.some((w) => namesTokenVersion(w.field) && estate.asked(w.field))) {
      flawed.push({ end: 'version', flaw: 'mark unread', place, reuse: 'unnoticed' });
      continue;
    }
    if (
      isConditional(s, found, end) &&
      !ends.some((other) => other !== end && other.how !== 'unknown' && !isConditional(s, found, other))
    ) {
      flawed.push({ end: end.how, flaw: 'some paths', place, reuse: 'unnoticed' });
      continue;
    }
    const family = ends.some(
      (other) =>
        other !== end &&
        other.act?.where.some((w) => /user|family|session|owner|account|chain/i.test(nameOfField(w.field))),
    );
    return { end: end.how, place, reuse: family ? 'family' : marks.length > 0 ? 'rejected' : 'unnoticed' };
  }
  const unknown = ends.find((end) => end.how === 'unknown');
  if (unknown && flawed.length === 0)
    return { end: 'unknown', place: placeOf(unknown.visit.path, unknown.node), reuse: 'unnoticed' };
  return flawed[0] ?? { end: 'none', reuse: 'unnoticed' };
}

/** Whether a lookup asks about a mark: in a query of that container, or in code that reads the field. */
function isTested(estate: TokenEstate, act: RecordAct, field: string): boolean {
  const wanted = nameOfField(field);
  const inQuery = estate.acts.some(
    (a) => a.container === act.container && a.tested.some((t) => nameOfField(t) === wanted),
  );
  if (inQuery) return true;
  // `expires_at = now()`: asked by every lookup that looks at the end.
  return estate.asked(field);
}

/** Whether an object that was changed in memory is saved afterwards. */
function isSaved(s: Semantics, found: Found, end: Ended): boolean {
  for (const { call } of callsOf(s, found.visits)) {
    if (
      /^(?:save|commit|flush|update|asave|saveChanges|persist|persistAndFlush|upsert|put|merge|Save|Commit|updateOne|bulk_update|transaction|begin|set|setItem|write|saveUsers|writeFile|writeFileSync)$/.test(
        calledName(call),
      )
    )
      return true;
  }
  // A unit of work that commits by itself: `with session.begin():`, a dependency that commits.
  void end;
  return found.visits.some((visit) => visit.path !== found.core.path && /commit/.test(visit.fn.name));
}

/** Whether a token is ended under another key than it is looked up by; only where both are fully known. */
function hasOtherKey(s: Semantics, found: Found, act: RecordAct): boolean {
  const end = act.where.find((w) => w.field === 'key' || namesTokenField(w.field));
  if (!end || act.where.length > 1) return false;
  const form = keyForm(s, end.value);
  if (form === undefined) return false;
  const reads = found.lookups.filter(
    ({ act: read }) => read.kept === act.kept && (act.kept !== 'table' || read.container === act.container),
  );
  const comparable = reads.flatMap(({ act: read }) => {
    const key = read.where.find((w) => nameOfField(w.field) === nameOfField(end.field));
    return key ? [keyForm(s, key.value)] : [];
  });
  if (comparable.length === 0 || comparable.some((c) => c === undefined)) return false;
  const leaf = (text: string) => /<[^>]*>[\w.]*/.exec(text)?.[0];
  return (
    !comparable.includes(form) &&
    comparable.every((c) => leaf(c as string) !== undefined && leaf(c as string) === leaf(form))
  );
}

/** Whether an end runs only on some of the ways that lead to new tokens: behind a test that is not about the token itself. */
function isConditional(s: Semantics, found: Found, end: Ended): boolean {
  const node = liftTo(found.core, end.visit, end.node);
  if (!node) return false;
  const index = s.index(found.core.path);
  const out = found.out;
  for (let at: IrNode | undefined = node; at; at = index.parentOf(at)) {
    const parent: IrNode | undefined = index.parentOf(at);
    if (!parent || !('kind' in parent)) return false;
    if (parent.kind === 'if' && index.listOf(at)) {
      const holdsOut = out.span.start >= parent.span.start && out.span.end <= parent.span.end;
      if (holdsOut) continue;
      const list = index.listOf(at) as readonly { readonly span: unknown }[];
      // The branch that leaves (reuse was noticed) is no way to new tokens.
      if (s.exits(found.core.path, list as never)) return true;
      return isOtherwiseTested(parent.test);
    }
  }
  return false;
}

/** Whether a test is about something else than the token's record: a flag of the request, a setting, a date. */
function isOtherwiseTested(test: unknown): boolean {
  const text = JSON.stringify(test);
  return (
    /remember|rotat(?:e|ion)_?(?:enabled|tokens)|ENABLE|feature|expir|mobile|device|keep/i.test(text) &&
    !/"name":"(?:stored|row|record|token|session|existing|current)"/i.test(text)
  );
}
