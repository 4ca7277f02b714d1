/**
 * What the table of endpoints says about each of them: which lack a caller, a role, an owner check that others have; whose
 * data a request may choose. Compared across the workspace, by model and by router.
 */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import { principalBinds, principalOf } from '../principal.js';
import { type RequestInput, requestInputOf } from '../request-input.js';
import { type Check, checksAfter, checksAt } from './checks.js';
import { type Endpoint, accessesIn, matcherCovers, proxiesOf } from './endpoints.js';
import { type Guard, guardsIn, styleOf, summarise } from './guards.js';
import { classFields, modelFields } from './models.js';
import { type Access, accessOfValue } from './object-access.js';
import { dotted } from './steps.js';
import {
  administrativeSegment,
  isCapability,
  isEverybodysRole,
  isPrivateByNature,
  isPublicForm,
  isSensitiveField,
  isUserModel,
  looksLikeScope,
  namesRights,
  namesSubject,
  namesTarget,
  showsOnlyPublic,
} from './vocabulary.js';

/** One thing to say about a place. `kind` and `roles` become a fact. */
export interface Remark {
  readonly kind:
    | 'Endpoint'
    | 'ObjectAccess'
    | 'BulkAssign'
    | 'UnsignedIdentity'
    | 'AccountMatch'
    | 'GuardFlaw'
    | 'PartialTest'
    | 'PatternGap'
    | 'AccessStatement';
  readonly at: Place;
  readonly roles: Readonly<Record<string, string | boolean | readonly string[]>>;
  readonly related?: readonly Place[];
}

/** Everything there is to say, in no order. */
export function judge(s: Semantics, endpoints: readonly Endpoint[]): readonly Remark[] {
  const remarks: Remark[] = [];
  const touched = endpoints.map((e) => ({ e, touches: touchesOf(s, e) }));
  const models = byModel(touched);
  const unguarded = new Set<Endpoint>();
  for (const e of endpoints) {
    const lack = lacksCaller(s, e, endpoints);
    if (lack) {
      unguarded.add(e);
      remarks.push(missedByPattern(s, e) ?? lack);
    }
    if (e.unread)
      remarks.push({
        kind: 'Endpoint',
        at: e.unread,
        roles: { method: e.method, route: e.route, effect: e.writes ? 'write' : 'read', lacks: 'annotation' },
      });
  }
  remarks.push(...adminRemarks(endpoints));
  remarks.push(...siblingRoles(endpoints, touched));
  const sectioned = new Set(remarks.filter((r) => r.roles.lacks === 'role').map((r) => r.at.path));
  for (const { e, touches } of touched) {
    s.memo.work = 0;
    if (!unguarded.has(e)) remarks.push(...ownerRemarks(e, touches, models));
    remarks.push(...bulkRemarks(s, e), ...bindRemarks(s, e));
    remarks.push(
      ...identityRemarks(
        s,
        e,
        touches,
        endpoints,
        unguarded.has(e) || (sectioned.has(e.at.path) && administrative(e) !== undefined),
      ),
    );
  }
  // An identity that the client writes is the defect; that nobody asks for another is the same one.
  const unsigned = new Set(
    remarks.filter((r) => r.kind === 'UnsignedIdentity').map((r) => r.at.path + (r.roles.route as string)),
  );
  for (let i = remarks.length - 1; i >= 0; i--) {
    const r = remarks[i] as Remark;
    if (
      r.kind === 'Endpoint' &&
      r.roles.lacks === 'caller' &&
      r.roles.effect === 'read' &&
      unsigned.has(r.at.path + (r.roles.route as string))
    )
      remarks.splice(i, 1);
  }
  remarks.push(...guardRemarks(s, endpoints), ...anonymousRemarks(s));
  remarks.push(...evidence(s, endpoints, touched, unguarded));
  return remarks;
}

// ------------------------------------------------------------------ accesses with their keys and checks

interface Touch {
  readonly access: Access;
  /** Filters whose value the request chooses. */
  readonly keys: readonly {
    readonly field: string;
    readonly input: RequestInput;
    readonly expr?: Expr;
    readonly value: Value;
  }[];
  /** A filter ties it to the caller. */
  readonly ownFilter: boolean;
  /** What surely held, or what stops the answer. */
  readonly checks: readonly Check[];
  readonly checked: 'owner' | 'role' | 'presumed' | undefined;
  readonly write: boolean;
}

function touchesOf(s: Semantics, e: Endpoint): readonly Touch[] {
  const touches = e.accesses.map((access): Touch => {
    const write = access.op !== 'read' && access.op !== 'list';
    const spot = { path: access.path, node: access.node, frame: access.frame, fn: access.fn, via: access.via };
    const before = checksAt(s, spot);
    const after = write && !createdFirst(access) ? [] : checksAfter(s, spot);
    const checks = [...before, ...after];
    const ownFilter =
      access.filter.some((t) => ownedBy(s, t.value)) ||
      (access.loaded?.filter.some((t) => ownedBy(s, t.value)) ?? false);
    const owner = checks.filter((c) => c.proves === 'owner');
    const role = checks.some((c) => c.proves === 'role' && privileged(c.roles ?? []));
    const guardOwner = e.uses.some((u) => u.guard.outcome === 'rejects' && u.guard.proves.has('owner'));
    const guardRole = e.uses.some(
      (u) =>
        u.guard.outcome === 'rejects' &&
        u.guard.proves.has('role') &&
        privileged(u.guard.roles.length > 0 ? u.guard.roles : [u.guard.name]),
    );
    const checked =
      ownFilter || owner.some((c) => !c.presumed) || guardOwner
        ? 'owner'
        : role || guardRole
          ? 'role'
          : owner.length > 0
            ? 'presumed'
            : undefined;
    return { access, keys: keysOf(s, access), ownFilter, checks, checked, write };
  });
  // A child that is tied to a parent which was checked is checked.
  const safe = new Set(
    touches.filter((t) => t.checked === 'owner').flatMap((t) => t.keys.map((k) => `${k.input.source}.${k.input.name}`)),
  );
  for (const u of e.uses) {
    if (!u.guard.fn) continue;
    for (const a of accessesIn(s, u.guard.fn.path, u.guard.fn.fn))
      if (a.filter.some((f) => ownedBy(s, f.value)))
        for (const k of keysOf(s, a)) safe.add(`${k.input.source}.${k.input.name}`);
  }
  const isSafe = (keys: Touch['keys']) => keys.some((k) => safe.has(`${k.input.source}.${k.input.name}`));
  return touches.map((t) => {
    if (t.checked) return t;
    const parent = t.access.filter.some((f) => {
      const loaded = accessOfValue(s, f.value, t.access.fn);
      return loaded !== undefined && isSafe(keysOf(s, loaded));
    });
    return parent || isSafe(t.keys) ? { ...t, checked: 'owner' as const } : t;
  });
}

function createdFirst(access: Access): boolean {
  return access.op === 'create';
}

/** Whether a value is the caller's own: of the principal itself, not something it merely helped to load. */
function ownedBy(s: Semantics, value: Value): boolean {
  return (
    alternatives(value).every((v) => v.kind === 'absent' || v.kind === 'literal' || principalOf(s, v) !== undefined) &&
    principalOf(s, value) !== undefined
  );
}

function privileged(roles: readonly string[]): boolean {
  return roles.length === 0 || roles.some((r) => !looksLikeScope(r) && !isEverybodysRole(r) && !/scope/i.test(r));
}

function keysOf(s: Semantics, access: Access): Touch['keys'] {
  return access.filter.flatMap((t) => {
    const input = requestInputOf(s, t.value);
    return input && !input.whole
      ? [{ field: t.field, input, value: t.value, ...(t.expr ? { expr: t.expr } : {}) }]
      : [];
  });
}

// ------------------------------------------------------------------ nobody asks who is calling

function touchesData(e: Endpoint): boolean {
  return e.writes || e.reads || (e.handler === undefined && writesByMethod(e));
}

function writesByMethod(e: Endpoint): boolean {
  return /POST|PUT|PATCH|DELETE|mutation|Mutation|action|event/.test(e.method);
}

function guarded(e: Endpoint): boolean {
  return e.proofs.size > 0;
}

/** Whether others near an endpoint ask for a caller, and how: in its own router, in its file, elsewhere. */
function authenticationNear(
  s: Semantics,
  e: Endpoint,
  all: readonly Endpoint[],
): 'router' | 'file' | 'workspace' | undefined {
  if (all.some((o) => o !== e && o.group === e.group && guarded(o) && inlineGuarded(o))) return 'router';
  if (all.some((o) => o !== e && o.group === e.group && guarded(o))) return 'router';
  if (all.some((o) => o !== e && o.at.path === e.at.path && guarded(o))) return 'file';
  if (readsPrincipal(s, e)) return 'file';
  if (all.some((o) => guarded(o))) return 'workspace';
  return undefined;
}

/** Whether an endpoint carries its guard itself, so that its siblings would too. */
function inlineGuarded(e: Endpoint): boolean {
  return (
    e.handlerChecks ||
    e.uses.some((u) => u.guard.outcome === 'rejects' && /inline|wrapper|decorator|dependency|class/.test(u.via))
  );
}

function readsPrincipal(s: Semantics, e: Endpoint): boolean {
  return e.accesses.some((a) => [...a.filter, ...a.written].some((t) => principalOf(s, t.value)));
}

function lacksCaller(s: Semantics, e: Endpoint, all: readonly Endpoint[]): Remark | undefined {
  if (guarded(e) || e.decoded || (e.purpose !== 'data' && e.purpose !== 'webhook')) return undefined;
  if (e.optional && e.purpose === 'data' && !e.writes) return undefined;
  if (!touchesData(e)) return undefined;
  const near = authenticationNear(s, e, all);
  const siblings = all.filter((o) => o !== e && o.group === e.group);
  const known = e.complete || siblings.some((o) => inlineGuarded(o) && guarded(o));
  const effect = e.writes || (e.handler === undefined && writesByMethod(e)) ? 'write' : 'read';
  const model =
    e.accesses.find((a) => a.model !== '' && a.op !== 'read' && a.op !== 'list')?.model ??
    e.accesses.find((a) => a.model !== '')?.model ??
    '';
  const make = (why: string, severity = 'error'): Remark => ({
    kind: 'Endpoint',
    at: e.at,
    roles: { method: e.method, route: e.route || e.name, effect, lacks: 'caller', model, why, severity },
  });
  const question = (): Remark => ({
    kind: 'AccessStatement',
    at: e.at,
    roles: {
      item: 'endpoint-protection',
      question: `\`${label(e)}\` changes data, and nothing here asks who is calling. Is it meant to be open to everyone?`,
    },
  });
  if (!known)
    return effect === 'write' && near && near !== 'workspace' && e.uses.every((u) => u.guard.outcome === 'none')
      ? question()
      : undefined;
  if (near === undefined) return undefined;
  if (e.purpose === 'webhook') return undefined;
  const keyed = e.accesses.flatMap((a) => a.filter);
  if (keyed.length > 0 && keyed.every((t) => isCapability(t.field) || principalOf(s, t.value))) return undefined;
  const formOnly =
    e.accesses.length > 0 &&
    e.accesses.every((a) => a.op === 'create' || a.counts || a.op === 'read') &&
    e.accesses.some((a) => a.op === 'create') &&
    (isPublicForm(e.route) || isPublicForm(model));
  if (formOnly || (isPublicForm(e.route) && e.accesses.every((a) => a.op === 'create' || a.counts || a.op === 'read')))
    return undefined;
  if (effect === 'write') {
    if (near === 'workspace' && !sameModelGuarded(e, all)) return question();
    // Registration without the word: an account is made from what the client sends.
    if (
      e.accesses.some((a) => a.op === 'create' && isUserModel(a.model)) &&
      e.accesses.every((a) => isUserModel(a.model) || a.op === 'create' || a.op === 'read')
    )
      return undefined;
    return make('');
  }
  if (near === 'workspace') return undefined;
  const ownReads = e.accesses.filter((a) => (a.op === 'read' || a.op === 'list') && !a.counts);
  if (ownReads.length === 0) return undefined;
  const open = ownReads.some((a) =>
    [...a.filter].some((t) => showsOnlyPublic(t.field) || /^(username|user_?name|handle)$/i.test(t.field)),
  );
  const sameModel = all.filter((o) => o !== e && o.accesses.some((a) => a.model === model && model !== ''));
  const readsOf = sameModel.filter((o) => !o.writes);
  if (e.opened)
    return isPrivateByNature(`${e.route}/${model}`) && administrativeOrUser(`${e.route}/${model}`, model) && !open
      ? make('')
      : undefined;
  if (readsOf.some((o) => guarded(o) && !open)) return make(`other reads of \`${model}\` are guarded`);
  const others = siblings
    .concat(all.filter((o) => o.at.path === e.at.path && o.group !== e.group && o !== e))
    .filter((o) => o.purpose === 'data' && touchesData(o));
  const catalogue = readsOf.length > 0 && readsOf.every((o) => !guarded(o));
  const onlyWritesGuarded = sameModel.some((o) => o.writes && guarded(o)) && readsOf.every((o) => !guarded(o));
  const privateText = `${e.route}/${model}`;
  const owned = ownedModel(s, model, all);
  if (owned && !open && !catalogue && !onlyWritesGuarded) return make(`\`${model}\` belongs to somebody`, 'error');
  if (isPrivateByNature(privateText) && !open && !onlyWritesGuarded && administrativeOrUser(privateText, model))
    return make(`\`${label(e)}\` is private by nature`);
  if (others.filter(guarded).length >= 2 && !catalogue && !onlyWritesGuarded && !open)
    return make('the other endpoints here are guarded', 'warning');
  return undefined;
}

/** A pattern in front whose literal beginning is this very path, and that misses it. */
function missedByPattern(s: Semantics, e: Endpoint): Remark | undefined {
  for (const proxy of proxiesOf(s)) {
    if (proxy.guard.outcome !== 'rejects') continue;
    const pattern = proxy.matchers.find((m) => {
      const prefix = m.replace(/\/?(:|\(|\*).*$/, '');
      return (
        prefix !== '' && (e.route === prefix || e.route.startsWith(`${prefix}/`)) && matcherCovers(m, e.route) === 'no'
      );
    });
    if (pattern)
      return { kind: 'PatternGap', at: proxy.at, roles: { pattern, route: e.route, kind: 'misses' }, related: [e.at] };
  }
  return undefined;
}

function administrativeOrUser(text: string, model: string): boolean {
  return (
    isUserModel(model) ||
    administrativeSegment(text) !== undefined ||
    /export|report|invoice|billing|payment|audit|log|order|message|setting|transaction|session|patient|customer/i.test(
      text,
    )
  );
}

function sameModelGuarded(e: Endpoint, all: readonly Endpoint[]): boolean {
  return e.accesses.some(
    (a) => a.model !== '' && all.some((o) => o !== e && guarded(o) && o.accesses.some((b) => b.model === a.model)),
  );
}

/** Whether records of a model belong to somebody: a declared field says so, or the code binds one to the caller. */
function ownedModel(s: Semantics, model: string, all: readonly Endpoint[]): boolean | undefined {
  if (model === '') return undefined;
  const declared = modelFields(s, model);
  if (declared && [...declared.fields.keys()].some((f) => namesSubject(f))) return true;
  for (const e of all)
    for (const a of e.accesses)
      if (
        a.model === model &&
        [...a.filter, ...a.written].some((t) => namesSubject(t.field) && principalOf(s, t.value))
      )
        return true;
  return declared ? false : undefined;
}

function label(e: Endpoint): string {
  return e.transport === 'http' ? `${e.method} ${e.route}` : e.name || e.route;
}

// ------------------------------------------------------------------ administrative sections

function administrative(e: Endpoint): string | undefined {
  return administrativeSegment(e.route) ?? administrativeSegment(e.name) ?? fileSection(e.at.path);
}

/** `routes/admin.js`, `app/admin/…/route.ts`: the file says which section it is. */
function fileSection(path: string): string | undefined {
  const parts = path.split('/').slice(-3);
  return parts.map((p) => administrativeSegment(p.replace(/\.\w+$/, ''))).find((x) => x !== undefined);
}

function hasPrivilege(e: Endpoint): boolean {
  if (e.proofs.has('secret')) return true;
  if (e.proofs.has('role') && (e.roles.length === 0 || e.roles.some((r) => !isEverybodysRole(r)))) return true;
  return e.proofs.has('owner') && e.uses.some((u) => u.guard.proves.has('owner'));
}

function adminRemarks(all: readonly Endpoint[]): readonly Remark[] {
  const groups = new Map<string, Endpoint[]>();
  for (const e of all) {
    if (!guarded(e) || e.decoded || hasPrivilege(e) || e.purpose !== 'data') continue;
    if (e.unread) continue;
    if (!(administrative(e) || actsOnOthers(e)) || !(touchesData(e) || e.handler)) continue;
    const list = groups.get(e.group) ?? [];
    list.push(e);
    groups.set(e.group, list);
  }
  const remarks: Remark[] = [];
  for (const list of groups.values()) {
    const section = list.filter((e) => administrative(e) !== undefined);
    const common = section.length > 1 || section.length === 1 ? commonBinding(section, all) : undefined;
    const unseen = list.every((e) =>
      e.uses.some(
        (u) =>
          u.guard.presumed &&
          u.guard.outcome === 'rejects' &&
          !/auth|login|logged|session|jwt|token|user/i.test(u.guard.name),
      ),
    );
    if (unseen) {
      const e = list[0] as Endpoint;
      const name = e.uses.find((u) => u.guard.presumed)?.guard.name ?? '';
      remarks.push({
        kind: 'AccessStatement',
        at: e.at,
        roles: {
          item: 'endpoint-protection',
          question: `\`${e.route}\` looks administrative; \`${name}\` can't be seen here. Does it ask for more than a login?`,
        },
      });
      continue;
    }
    if (common && section.length > 0) {
      remarks.push({
        kind: 'Endpoint',
        at: common,
        roles: { method: 'ANY', route: section[0]?.route ?? '', effect: 'read', lacks: 'role', section: 'true' },
        related: section.map((e) => e.at),
      });
    }
    for (const e of list) {
      if (common && section.includes(e)) continue;
      remarks.push({
        kind: 'Endpoint',
        at: e.at,
        roles: { method: e.method, route: e.route, effect: e.writes ? 'write' : 'read', lacks: 'role' },
      });
    }
  }
  return remarks;
}

/** The one binding that all of a section's endpoints share: the place to mend. */
function commonBinding(section: readonly Endpoint[], all: readonly Endpoint[]): Place | undefined {
  const first = section[0];
  if (!first) return undefined;
  const shared = first.uses.filter(
    (u) =>
      u.via === 'router' &&
      u.guard.outcome === 'rejects' &&
      section.every((e) => e.uses.some((x) => x.at.path === u.at.path && x.at.span.start === u.at.span.start)),
  );
  const own = shared.filter((u) => {
    // A binding that guards other sections too is not the place.
    const covered = all.filter((e) =>
      e.uses.some((x) => x.at.path === u.at.path && x.at.span.start === u.at.span.start),
    );
    return covered.every((e) => administrative(e) !== undefined || section.includes(e));
  });
  const best = own.at(-1);
  return best ? { path: best.at.path, span: best.at.span } : undefined;
}

/** Whether an endpoint does what only an administrator should: gives rights to another account, lists or deletes all. */
function actsOnOthers(e: Endpoint): boolean {
  return e.accesses.some((a) => {
    if (!isUserModel(a.model) || a.guessed) return false;
    if (
      a.op === 'update' &&
      a.written.some((t) => namesRights(t.field)) &&
      a.filter.some((t) => /^(id|_id|pk|uuid|public_?id|user_?id|email|username)$/i.test(t.field))
    )
      return e.route.includes(':') || /[{<]/.test(e.route);
    return false;
  });
}

// ------------------------------------------------------------------ a sibling asks for a role

function siblingRoles(
  all: readonly Endpoint[],
  touched: readonly { e: Endpoint; touches: readonly Touch[] }[],
): readonly Remark[] {
  void all;
  const remarks: Remark[] = [];
  for (const { e, touches } of touched) {
    if (!guarded(e) || e.decoded || hasPrivilege(e) || administrative(e) || e.purpose !== 'data') continue;
    const writes = touches.filter((t) => t.write && t.access.model !== '' && !isUserModel(t.access.model));
    for (const t of writes) {
      if (t.checked || t.access.written.some((w) => namesSubject(w.field))) continue;
      const sibling = touched.find(
        ({ e: o, touches: others }) =>
          o !== e &&
          o.proofs.has('role') &&
          (o.group === e.group || o.at.path === e.at.path) &&
          o.roles.every((r) => !isEverybodysRole(r)) &&
          hasPrivilege(o) &&
          !o.roles.every(looksLikeScope) &&
          others.some((x) => x.write && x.access.model === t.access.model && rank(x.access.op) <= rank(t.access.op)),
      );
      if (!sibling || e.presumed) continue;
      remarks.push({
        kind: 'Endpoint',
        at: e.at,
        roles: {
          method: e.method,
          route: e.route,
          effect: 'write',
          lacks: 'sibling-role',
          model: t.access.model,
          sibling: label(sibling.e),
        },
        related: [sibling.e.at],
      });
      break;
    }
  }
  return remarks;
}

/** Making something needs no more than changing it, changing it no more than deleting it. */
function rank(op: string): number {
  return op === 'create' ? 0 : op === 'update' ? 1 : 2;
}

// ------------------------------------------------------------------ objects by their id

interface ModelEvidence {
  readonly itemRead: Endpoint | undefined;
  readonly itemWrite: Endpoint | undefined;
  readonly ownList: Endpoint | undefined;
  readonly ownCreate: Endpoint | undefined;
}

function byModel(touched: readonly { e: Endpoint; touches: readonly Touch[] }[]): ReadonlyMap<string, ModelEvidence> {
  const found = new Map<string, { -readonly [K in keyof ModelEvidence]: ModelEvidence[K] }>();
  for (const { e, touches } of touched) {
    // A record that was read and compared before it is changed: the check belongs to the write.
    const changes = new Set(touches.filter((t) => t.write).map((t) => t.access.model));
    for (const t of touches) {
      const { model } = t.access;
      if (model === '' || t.access.counts) continue;
      let known = found.get(model);
      if (!known) {
        known = { itemRead: undefined, itemWrite: undefined, ownList: undefined, ownCreate: undefined };
        found.set(model, known);
      }
      if (t.checked !== 'owner') {
        if (
          t.access.op === 'create' &&
          t.access.written.some((w) => namesSubject(w.field) && isPrincipalValue(t, w.value))
        )
          known.ownCreate ??= e;
        continue;
      }
      const keyed = t.keys.length > 0;
      if (t.access.op === 'list' && t.ownFilter && !keyed) known.ownList ??= e;
      else if (t.access.op === 'read' && keyed) {
        if (changes.has(model)) known.itemWrite ??= e;
        else known.itemRead ??= e;
      } else if (t.write && keyed) known.itemWrite ??= e;
      else if (t.access.op === 'create') known.ownCreate ??= e;
      else if (t.access.op === 'list' && t.ownFilter) known.ownList ??= e;
    }
  }
  return found;
}

function isPrincipalValue(_t: Touch, value: Value): boolean {
  return value.kind !== 'literal' && value.kind !== 'absent';
}

function objectKey(k: Touch['keys'][number], model: string): boolean {
  if (namesSubject(k.field) || isCapability(k.field) || showsOnlyPublic(k.field)) return false;
  if (isUserModel(model)) return false;
  return (
    /^(_?id|pk|uuid|guid|[a-z]+_?id|[a-z]+Id|number|no|ref|key|filename|file|name|path|code)$/i.test(k.field) ||
    /id$/i.test(k.input.name ?? '')
  );
}

function ownerRemarks(
  e: Endpoint,
  touches: readonly Touch[],
  models: ReadonlyMap<string, ModelEvidence>,
): readonly Remark[] {
  if (!guarded(e) || e.decoded || e.purpose === 'sign-in' || e.purpose === 'sign-out' || e.purpose === 'health')
    return [];
  if (hasPrivilege(e) && !(e.proofs.has('role') && e.roles.length > 0 && e.roles.every(looksLikeScope))) return [];
  if (administrative(e)) return [];
  if (e.proofs.has('secret')) return [];
  const remarks: Remark[] = [];
  const done = new Set<string>();
  for (const t of touches) {
    const { access } = t;
    if (t.checked || access.counts || access.op === 'create' || done.has(access.model)) continue;
    const key = t.keys.find((k) => objectKey(k, access.model));
    // Whose rows: the other item's question.
    if (!key || t.keys.some((k) => subjectKey(k, access.model))) continue;
    // The record that is changed later decides what kind of act it is.
    const change = touches.find((o) => o.write && o.access.model === access.model && o.access.op !== 'create');
    if (change?.checked) continue;
    const write = t.write || change !== undefined || /^(PUT|PATCH|DELETE)(,|$)/.test(e.method);
    const evidence = models.get(access.model);
    const sibling = write
      ? (evidence?.itemWrite ?? evidence?.itemRead ?? evidence?.ownList)
      : (evidence?.itemRead ?? evidence?.ownList);
    done.add(access.model);
    const place = met(e, access);
    if (sibling && sibling !== e) {
      remarks.push({
        kind: 'ObjectAccess',
        at: place,
        roles: {
          model: access.model,
          op: write
            ? (change?.access.op ?? (t.write ? access.op : e.method === 'DELETE' ? 'delete' : 'update'))
            : access.op,
          key: 'object',
          field: key.field,
          source: key.input.source,
          lacks: 'check',
          sibling: label(sibling),
          route: label(e),
        },
        related: [sibling.at],
      });
      continue;
    }
    if (!write && evidence?.itemWrite) continue;
    remarks.push({
      kind: 'AccessStatement',
      at: place,
      roles: {
        item: 'endpoint-protection',
        question: `Any logged-in user can name any ${access.model === '' ? '' : `\`${access.model}\` `}id here. Does something else make sure that it is the caller's own, or is it shared on purpose?`,
      },
    });
  }
  return remarks;
}

/** Where an access is met in its endpoint's handler: itself, or the call that leads to it from there. */
function met(e: Endpoint, access: Access): Place {
  if (!e.handler || !access.via) return narrow(access);
  let outer = access.via;
  while (outer.via) outer = outer.via;
  if (access.path === e.handler.path) return narrow(access);
  const { callee } = outer.call;
  return { path: outer.path, span: callee.span };
}

/** The smallest text that stands for an access. */
function narrow(access: Access): Place {
  const source =
    access.loaded && access.loaded.path === access.path && access.node.kind !== 'call' ? access.loaded : access;
  const { node } = source;
  if (node.kind === 'call') {
    const callee = node.callee;
    const end = callee.kind === 'member' ? callee.propertySpan.end : callee.span.end;
    let start = callee.span.start;
    let object = callee.kind === 'member' ? callee.object : undefined;
    let first = end;
    for (let i = 0; object && i < 12; i++) {
      if (object.kind === 'call') {
        first = object.callee.kind === 'member' ? object.callee.propertySpan.end : object.callee.span.end;
        object = object.callee.kind === 'member' ? object.callee.object : undefined;
      } else {
        start = object.span.start;
        break;
      }
    }
    return { path: source.path, span: { start, end: Math.max(start + 1, Math.min(first, end)) } };
  }
  return { path: source.path, span: node.span };
}

// ------------------------------------------------------------------ whose data the request chooses

function identityRemarks(
  s: Semantics,
  e: Endpoint,
  touches: readonly Touch[],
  all: readonly Endpoint[],
  silent: boolean,
): readonly Remark[] {
  const remarks: Remark[] = [];
  const anyAuth = all.some(guarded);
  const privilege = hasPrivilege(e) && !(e.roles.length > 0 && e.roles.every(looksLikeScope));
  for (const t of touches) {
    const { access } = t;
    remarks.push(...accountMatch(s, e, t));
    if (access.counts) continue;
    remarks.push(...copyRemarks(s, e, t, privilege));
    if (privilege || e.decoded) continue;
    if (e.purpose === 'sign-in' || e.purpose === 'sign-out' || e.purpose === 'health' || e.purpose === 'webhook') {
      remarks.push(...writtenRemarks(s, e, t, true));
      continue;
    }
    if (!silent) remarks.push(...writtenRemarks(s, e, t, false));
    const key = t.keys.find((k) => subjectKey(k, access.model));
    const unsigned = access.filter
      .map((f) => requestInputOf(s, f.value))
      .find(
        (i) =>
          (i?.source === 'cookie' || i?.source === 'header') &&
          i.name !== undefined &&
          /user|uid|account|tenant|member|customer|role|email/i.test(i.name),
      );
    if (unsigned && !t.checked) {
      remarks.push({
        kind: 'UnsignedIdentity',
        at: met(e, access),
        roles: { source: unsigned.source, name: unsigned.name ?? '', route: e.route || e.name },
      });
      continue;
    }
    const bound = access.filter
      .map((f) => principalOf(s, f.value))
      .find((p) => p?.backing === 'request' || p?.backing === 'unsigned');
    if (bound) {
      remarks.push({
        kind: 'UnsignedIdentity',
        at: met(e, access),
        roles: { source: 'slot', name: bound.slot, route: e.route || e.name },
      });
      continue;
    }
    if (silent || (!guarded(e) && anyAuth)) continue;
    if (!key || t.checked || key.input.source === 'cookie') continue;
    if (t.keys.some((k) => comparedWithCaller(s, t, k.value))) continue;
    if (publicProfile(s, e, access)) continue;
    // A relation between the caller and the named one: whom to follow, to invite.
    if (access.written.some((w) => holdsCaller(s, w.value, 4))) continue;
    if (isUserModel(access.model) && !t.write && key.input.source !== 'body') {
      // A handle is made to be looked up.
      const handle = /^(username|user_?name|handle|slug|nick(name)?|login)$/i.test(key.field);
      if (handle && !/setting|private|account|admin/i.test(e.route)) continue;
      // Whom the caller's own new record is about: the write binds the caller.
      if (touches.some((o) => o.write && (o.ownFilter || o.access.written.some((w) => holdsCaller(s, w.value, 3)))))
        continue;
    }
    if (
      isUserModel(access.model) &&
      !t.write &&
      !e.writes &&
      /^(GET|ANY|query|Query)/.test(e.method) &&
      (key.input.source === 'path' || key.input.source === 'args')
    ) {
      // What is shown of an account is for a person to judge where it is shaped first.
      if (!answersWhole(s, e, access)) {
        remarks.push({
          kind: 'AccessStatement',
          at: met(e, access),
          roles: {
            item: 'identity-source',
            question: `The account \`${key.input.name ?? key.field}\` is read from the ${key.input.source}. Is what is shown of it meant for every user?`,
          },
        });
        continue;
      }
    }
    if (
      /^(search|author|q|filter|by)$/i.test(key.input.name ?? '') ||
      (key.input.source === 'query' && access.op === 'list' && !guardedByCaller(e))
    )
      continue;
    if (!e.complete && e.group.endsWith('#handlers') && key.input.source === 'path') {
      remarks.push({
        kind: 'AccessStatement',
        at: met(e, access),
        roles: {
          item: 'identity-source',
          question: `The account \`${key.input.name ?? key.field}\` is read from the ${key.input.source}. Does something in front of this handler make sure that it is the caller's own?`,
        },
      });
      continue;
    }
    remarks.push({
      kind: 'ObjectAccess',
      at: met(e, access),
      roles: {
        model: access.model,
        op: access.op,
        key: 'subject',
        field: key.input.name ?? key.field,
        source: key.input.source,
        lacks: 'check',
        route: label(e),
      },
    });
  }
  return dedupe(remarks);
}

function holdsCaller(s: Semantics, value: Value, depth: number): boolean {
  if (depth === 0) return false;
  if (principalOf(s, value)) return true;
  if (value.kind === 'record') return [...value.fields.values()].some((v) => holdsCaller(s, v, depth - 1));
  if (value.kind === 'list') return value.items.some((v) => holdsCaller(s, v, depth - 1));
  return false;
}

/** Whether a handler answers with the record as it was loaded: the access itself, or the name that holds it, is what is sent or returned. */
function answersWhole(s: Semantics, e: Endpoint, access: Access): boolean {
  if (!e.handler) return true;
  const { path, fn, frame } = e.handler;
  const index = s.index(path);
  const first = fn.body[0];
  const last = fn.body.at(-1);
  if (!first || !last) return true;
  const isIt = (expr: Expr): boolean => {
    let inner: Expr = expr;
    while (inner.kind === 'unary') inner = inner.operand;
    if (inner === access.node) return true;
    if (inner.kind !== 'name' && inner.kind !== 'member' && inner.kind !== 'call') return false;
    return alternatives(s.evaluate(path, inner, frame)).some((v) => {
      let held: Value = v;
      if (held.kind === 'element' || (held.kind === 'member' && /^(0|rows|data)$/.test(held.property)))
        held = held.object;
      if (held.kind === 'element' || (held.kind === 'member' && /^(0|rows|data)$/.test(held.property)))
        held = held.object;
      return (
        (held.kind === 'result' || held.kind === 'call') &&
        held.site.call.span.start >= access.node.span.start &&
        held.site.call.span.end <= access.node.span.end &&
        held.site.path === access.path
      );
    });
  };
  for (const call of index.calls) {
    if (call.span.start < first.span.start || call.span.end > last.span.end) continue;
    if (
      !/^(json|send|jsonify|JsonResponse|JSON|Response|render|Encode)$/.test(
        dotted(call.callee).split('.').at(-1) ?? '',
      )
    )
      continue;
    for (const a of call.args) {
      if (isIt(a.value)) return true;
      if (a.value.kind === 'record' && a.value.entries.some((x) => isIt(x.value))) return true;
    }
  }
  const filtered =
    fn.decorators.some(
      (d) =>
        d.value.kind === 'call' && d.value.args.some((a) => /^(response_model|response_class)$/.test(a.name ?? '')),
    ) || fn.returns !== undefined;
  if (filtered) return false;
  return index.statements.some(
    (x) =>
      x.kind === 'exit' &&
      x.how === 'return' &&
      x.value !== undefined &&
      x.span.start >= first.span.start &&
      x.span.end <= last.span.end &&
      isIt(x.value),
  );
}

function guardedByCaller(e: Endpoint): boolean {
  return e.proofs.has('caller');
}

function dedupe(remarks: readonly Remark[]): readonly Remark[] {
  const seen = new Set<string>();
  let subject = false;
  return remarks.filter((r) => {
    if (r.kind === 'ObjectAccess' && r.roles.key === 'subject') {
      // One flow is one finding: the first access under the key.
      if (subject) return false;
      subject = true;
    }
    const key = `${r.kind}${r.at.path}@${r.at.span.start}${r.roles.field ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function subjectKey(k: Touch['keys'][number], model: string): boolean {
  if (namesTarget(k.field) && !namesSubject(k.field)) return false;
  if (isUserModel(model) && /^(_?id|pk|uuid|email|username|user_?name|[a-z]*user_?id)$/i.test(k.field)) return true;
  return (
    namesSubject(k.field) || (/^(_?id|key)$/.test(k.field) && k.input.name !== undefined && namesSubject(k.input.name))
  );
}

/** Whether a check compared this very value with the caller. */
function comparedWithCaller(s: Semantics, t: Touch, value: Value): boolean {
  const wanted = requestInputOf(s, value);
  return t.checks.some((c) => {
    if (c.proves !== 'owner') return false;
    const subject = c.subject ? requestInputOf(s, c.subject) : undefined;
    return subject !== undefined && subject.source === wanted?.source && subject.name === wanted?.name;
  });
}

/** An answer that names the fields of a public profile. */
function publicProfile(s: Semantics, e: Endpoint, access: Access): boolean {
  if (e.writes || (access.op !== 'read' && access.op !== 'list')) return false;
  if (/public|profile|author/i.test(e.route) && !/private|setting/i.test(e.route)) return true;
  const text = access.node;
  void s;
  return selects(text);
}

function selects(node: Expr): boolean {
  if (node.kind !== 'call') return false;
  for (const a of node.args) {
    if (a.value.kind === 'record') {
      const select = a.value.entries.find((x) => /^(select|attributes|fields|columns)$/.test(x.key ?? ''));
      if (select) return !sensitiveSelection(select.value);
    }
  }
  return node.callee.kind === 'member' && node.callee.object.kind === 'call' ? selects(node.callee.object) : false;
}

function sensitiveSelection(value: Expr): boolean {
  if (value.kind === 'record')
    return value.entries.some((x) => /email|phone|address|role|balance|birth|token|password/i.test(x.key ?? ''));
  if (value.kind === 'list')
    return value.items.some(
      (i) =>
        i.value.kind === 'literal' &&
        /email|phone|address|role|balance|birth|token|password/i.test(String(i.value.value)),
    );
  return true;
}

/** Written fields that say whose a record is, or what somebody may do. */
function writtenRemarks(s: Semantics, e: Endpoint, t: Touch, signIn: boolean): readonly Remark[] {
  const { access } = t;
  if (access.op !== 'create' && access.op !== 'update') return [];
  const remarks: Remark[] = [];
  const bindsOwner = access.written.some(
    (w) =>
      principalOf(s, w.value) !== undefined && (namesSubject(w.field) || /^(from|sender|creator|by)/i.test(w.field)),
  );
  for (const w of access.written) {
    const input = inputOf(s, w.value);
    if (!input || input.whole) continue;
    const at: Place =
      w.expr && access.path === (e.handler?.path ?? '') ? { path: access.path, span: w.expr.span } : met(e, access);
    if (
      namesRights(w.field) &&
      (isUserModel(access.model) || signIn) &&
      /^(_?roles?|.*admin.*|.*staff.*|permissions?|scopes|abilities|groups?|.*super.*|user_?type|account_?type|access_?level|privileges?|authorities)$/i.test(
        w.field,
      )
    ) {
      if (t.checked === 'role') continue;
      if (constrained(w.value)) continue;
      remarks.push({
        kind: 'ObjectAccess',
        at,
        roles: {
          model: access.model,
          op: access.op,
          key: 'rights',
          field: input.name ?? w.field,
          source: input.source,
          lacks: 'check',
          route: label(e),
        },
      });
    } else if (
      namesSubject(w.field) &&
      !signIn &&
      !namesTarget(w.field) &&
      !namesTarget(input.name ?? '') &&
      !isUserModel(access.model)
    ) {
      if (bindsOwner || t.checked) continue;
      if (input.source === 'path' && comparedSomewhere(t)) continue;
      if (!guarded(e) && !guardedByCaller(e)) continue;
      if (
        !/user|owner|author|creator|account|customer|member|patient|employee|uid|sub|seller|buyer|sender|created|submitted|uploaded|username/i.test(
          w.field,
        )
      )
        continue;
      remarks.push({
        kind: 'ObjectAccess',
        at,
        roles: {
          model: access.model,
          op: access.op,
          key: 'owner',
          field: input.name ?? w.field,
          source: input.source,
          lacks: 'check',
          route: label(e),
        },
      });
    }
  }
  return remarks;
}

function comparedSomewhere(t: Touch): boolean {
  return t.checks.some((c) => c.proves === 'owner');
}

/** The input that a value takes, looked for behind a default (`body.role ?? 'user'`). */
function inputOf(s: Semantics, value: Value): RequestInput | undefined {
  for (const v of alternatives(value)) {
    const input = requestInputOf(s, v);
    if (input) return input;
  }
  return undefined;
}

/** A value that was narrowed to constants: `body.role === 'editor' ? 'editor' : 'user'`. */
function constrained(value: Value): boolean {
  return alternatives(value).every((v) => v.kind === 'literal' || v.kind === 'absent');
}

/** Whole bodies that are copied onto a record. */
function copyRemarks(s: Semantics, e: Endpoint, t: Touch, privilege: boolean): readonly Remark[] {
  const { access } = t;
  if (access.op !== 'create' && access.op !== 'update') return [];
  const remarks: Remark[] = [];
  for (const { value, expr } of access.copied) {
    const input = requestInputOf(s, value);
    if (!input?.whole || (input.source !== 'body' && input.source !== 'query' && input.source !== 'args')) continue;
    const remark = copied(
      s,
      e,
      access.model,
      value,
      input,
      { path: access.path, span: expr.span },
      new Set(access.written.filter((w) => !requestInputOf(s, w.value)).map((w) => w.field.toLowerCase())),
      privilege,
    );
    if (remark) remarks.push(remark);
  }
  return remarks;
}

/** What copying a whole body onto a model means. */
export function copied(
  s: Semantics,
  e: Endpoint,
  model: string,
  value: Value,
  input: RequestInput,
  at: Place,
  overridden: ReadonlySet<string>,
  privilege: boolean,
): Remark | undefined {
  if (e.transport === 'rpc') return undefined;
  const left = (fields: Iterable<string>): string[] =>
    [...fields].filter(
      (f) =>
        !overridden.has(f.toLowerCase()) &&
        !removed(value, f) &&
        (isSensitiveField(f) || (namesSubject(f) && !isUserModel(model) && !namesTarget(f))),
    );
  if (input.schema) {
    // A schema or declared type lets through only what it names.
    if (input.schema.kind !== 'class') return undefined;
    const allowed = classFields(s, input.schema.path, input.schema.cls);
    const stored = modelFields(s, model);
    const bad = left(allowed.keys()).filter((f) => !stored || stored.fields.has(f) || isSensitiveField(f));
    const field = bad[0];
    if (!field || privilege) return undefined;
    return {
      kind: 'BulkAssign',
      at: allowed.get(field) ?? at,
      roles: { source: input.source, target: stored?.name ?? model, fields: bad, listed: 'true' },
      related: [at],
    };
  }
  if (privilege) return undefined;
  const stored = modelFields(s, model);
  // A schema in front may let through only what it names.
  if (validatedBefore(e)) return undefined;
  if (stored) {
    const bad = left(stored.fields.keys());
    if (bad.length === 0) return undefined;
    return { kind: 'BulkAssign', at, roles: { source: input.source, target: stored.name, fields: bad } };
  }
  if (validatedBefore(e) || [...overridden].some(namesSubject)) return undefined;
  if (isUserModel(model) && overridden.size === 0)
    return { kind: 'BulkAssign', at, roles: { source: input.source, target: model, fields: [] } };
  return {
    kind: 'AccessStatement',
    at,
    roles: {
      item: 'identity-source',
      question: `The whole request body is written to \`${model}\`, whose fields can't be seen here. Does it hold an owner, a role or another field that the client must not set?`,
    },
  };
}

/** `Object.assign(user, req.body)`, `user.set(req.body)`, `for key, value in body.items(): setattr(user, key, value)`. */
function bulkRemarks(s: Semantics, e: Endpoint): readonly Remark[] {
  const privilege = hasPrivilege(e) && !(e.roles.length > 0 && e.roles.every(looksLikeScope));
  const remarks: Remark[] = [];
  for (const step of e.steps) {
    const { call, path, frame } = step;
    const name = dotted(call.callee).split('.').at(-1) ?? '';
    let target: Expr | undefined;
    let sources: Expr[] = [];
    if (/^(assign|merge|extend|assignIn|defaults|defaultsDeep)$/.test(name) && call.args.length >= 2) {
      target = call.args[0]?.value;
      sources = call.args.slice(1).map((a) => a.value);
    } else if (
      /^(set|overwrite|setAttributes|fill|merge)$/.test(name) &&
      call.callee.kind === 'member' &&
      call.args.length === 1
    ) {
      target = call.callee.object;
      sources = call.args.map((a) => a.value);
    } else if (name === 'setattr' && call.args[0] && call.args[1]) {
      const key = s.evaluate(path, call.args[1].value, frame);
      if (key.kind === 'literal') continue;
      const over = loopOver(s, path, call);
      if (!over || listedKeys(s, path, call)) continue;
      target = call.args[0].value;
      sources = [over];
    }
    if (!target || target.kind === 'record') continue;
    const held = s.evaluate(path, target, frame);
    const who = principalOf(s, held);
    const loaded = alternatives(held)
      .map((v) => accessOfValue(s, v, step.fn))
      .find((a) => a !== undefined);
    const model =
      loaded?.model ??
      (who && (who.field === undefined || who.loaded || /user|account|member|employee/i.test(who.field))
        ? 'user'
        : undefined);
    if (model === undefined) continue;
    for (const source of sources) {
      const value = s.evaluate(path, source, frame);
      const picked = pickedFields(s, path, source);
      if (picked) {
        const bad = picked.find((f) => isSensitiveField(f.name));
        if (bad && !privilege)
          remarks.push({
            kind: 'BulkAssign',
            at: bad.place,
            roles: { source: 'body', target: modelFields(s, model)?.name ?? model, fields: [bad.name], listed: 'true' },
          });
        continue;
      }
      const input = requestInputOf(s, value);
      if (!input?.whole) continue;
      const remark = copied(s, e, model, value, input, { path, span: call.span }, new Set(), privilege);
      if (remark) remarks.push(remark);
    }
  }
  return remarks;
}

/** `c.ShouldBindJSON(&user)` and then `store.Create(&user)`: the request fills a stored record, whatever it holds. */
function bindRemarks(s: Semantics, e: Endpoint): readonly Remark[] {
  if (!e.handler || (hasPrivilege(e) && !(e.roles.length > 0 && e.roles.every(looksLikeScope)))) return [];
  const { fn, path, frame } = e.handler;
  const remarks: Remark[] = [];
  for (const step of e.steps) {
    if (step.fn !== fn || step.via) continue;
    const given = step.call.args
      .map((a) => a.value)
      .find((a) => a.kind === 'unary' && a.operator === '&' && a.operand.kind === 'name');
    if (given?.kind !== 'unary' || given.operand.kind !== 'name') continue;
    const says = s.names({ path, call: step.call, frame }).flatMap((n) => s.project.knowledge.says(n));
    if (!says.some((x) => x.is === 'RequestInput' && x.fixed.source === 'body')) continue;
    const name = given.operand.name;
    const held = alternatives(s.evaluate(path, given.operand, frame)).find((v) => v.kind === 'instance');
    if (held?.kind !== 'instance' || !held.cls.name) continue;
    const kept = e.steps.find(
      (x) =>
        x.fn === fn &&
        x.call.span.start > step.call.span.start &&
        /^(create|insert|save|add|register|store|put|update|upsert|push)/i.test(
          dotted(x.call.callee).split('.').at(-1) ?? '',
        ) &&
        x.call.args.some(
          (a) => (a.value.kind === 'unary' ? a.value.operand : a.value).kind === 'name' && dotted(a.value) === name,
        ),
    );
    if (!kept) continue;
    const index = s.index(path);
    const overridden = new Set(
      index.memberWrites
        .filter(
          (w) =>
            w.target.kind === 'member' &&
            w.target.object.kind === 'name' &&
            w.target.object.name === name &&
            w.at > step.call.span.end &&
            s.dominates(path, w.node, kept.call),
        )
        .map((w) => (w.target.kind === 'member' ? w.target.property.toLowerCase() : '')),
    );
    const model = held.cls.name;
    const bad = held.cls.fields
      .filter((f) => !/json:"-/.test(f.tag ?? '') && !overridden.has(f.name.toLowerCase()))
      .map((f) => f.name)
      .filter((f) => isSensitiveField(f) || (namesSubject(f) && !isUserModel(model.toLowerCase()) && !namesTarget(f)));
    if (bad.length > 0)
      remarks.push({
        kind: 'BulkAssign',
        at: { path, span: step.call.callee.span },
        roles: { source: 'body', target: model, fields: bad },
      });
  }
  return remarks;
}

/** `pick(req.body, ['name', 'role'])`: the fields that are let through. */
function pickedFields(s: Semantics, path: string, source: Expr): readonly { name: string; place: Place }[] | undefined {
  if (
    source.kind !== 'call' ||
    !/^(pick|only|permit|pickBy|whitelist|select)$/.test(dotted(source.callee).split('.').at(-1) ?? '')
  )
    return undefined;
  return source.args.slice(1).flatMap((a) => {
    const value = s.evaluate(path, a.value);
    const items = value.kind === 'list' ? value.items : [value];
    return items.flatMap((i) => {
      const name = textOf(i);
      return name === undefined ? [] : [{ name, place: i.place ?? { path, span: a.span } }];
    });
  });
}

/** What the loop around a call goes over. */
function loopOver(s: Semantics, path: string, call: Expr): Expr | undefined {
  const index = s.index(path);
  for (let node = index.parentOf(call); node; node = index.parentOf(node)) {
    if ('kind' in node && node.kind === 'loop') return node.over;
    if (!('kind' in node)) return undefined;
  }
  return undefined;
}

/** `if key in ALLOWED`: only listed keys are copied. */
function listedKeys(s: Semantics, path: string, call: Expr): boolean {
  return s
    .conditionsAt(path, call)
    .some(
      (c) =>
        c.test.kind === 'binary' &&
        ((c.test.operator === 'in' && c.holds) || (c.test.operator === 'not in' && !c.holds)),
    );
}

function validatedBefore(e: Endpoint): boolean {
  return e.uses.some((u) => /valid|schema|sanit|celebrate|body/i.test(u.guard.name));
}

/** `const { role, ...rest } = req.body`: the copy leaves the field out. */
function removed(value: Value, field: string): boolean {
  if (value.kind === 'rest') return value.without.includes(field) || removed(value.object, field);
  if (value.kind === 'record')
    return value.fields.get(field)?.kind === 'absent' || value.spreads.some((x) => removed(x, field));
  return false;
}

// ------------------------------------------------------------------ accounts of a provider

const PROFILE =
  /profile|userinfo|user_info|claims|id_?token|payload|google|github|facebook|microsoft|azure|oidc|openid|tokenset|gh_?user|(^|\.)me(\.|$)|info(\.|$)|identity|emails/i;

function accountMatch(s: Semantics, e: Endpoint, t: Touch): readonly Remark[] {
  const { access } = t;
  if (!isUserModel(access.model) || access.op === 'create' || (access.op === 'list' && access.filter.length === 0))
    return [];
  if (
    !/callback|google|github|oauth|oidc|sso|social|saml|microsoft|azure|apple|facebook|login/i.test(
      `${e.route}/${e.name}/${e.at.path}`,
    )
  )
    return [];
  const by = access.filter.find(
    (f) =>
      /^(email|e_mail|mail|upn|username|preferred_?username|login|email_?address)$/i.test(f.field) &&
      fromProfile(s, f.value, f.expr, access),
  );
  if (!by) return [];
  if (access.filter.some((f) => /sub|provider|google_?id|github_?id|oid|external/i.test(f.field))) return [];
  const verified = checkedVerified(s, t);
  if (verified) return [];
  return [
    {
      kind: 'AccountMatch',
      at: narrow(access),
      roles: { by: /mail/i.test(by.field) ? 'email' : 'username', verifiedEmail: 'unchecked' },
    },
  ];
}

function provesPassword(call: Expr): boolean {
  if (call.kind !== 'call') return false;
  const name = dotted(call.callee);
  return /(checkpw|verify_password|check_password|check_password_hash|checkPassword|verifyPassword|comparePassword|validatePassword|(bcrypt|argon2?|pwd_context|hasher|password_hash|crypt_context|scrypt|ph)\w*\.(verify|compare|compareSync|checkpw))$/i.test(
    name,
  );
}

/** Whether a value is what a provider says of somebody: not what the login form says. */
function fromProfile(s: Semantics, value: Value, expr: Expr | undefined, access: Access): boolean {
  if (requestInputOf(s, value)) return false;
  const text = expr ? dotted(expr) : '';
  if (PROFILE.test(text)) return true;
  if (expr?.kind === 'member') {
    const holder = s.evaluate(access.path, expr.object, access.frame);
    for (const v of alternatives(holder)) if (v.kind === 'instance' && PROFILE.test(v.cls.name)) return true;
  }
  let current: Value | undefined = value;
  for (let i = 0; current && i < 8; i++) {
    if (current.kind === 'member' || current.kind === 'element') current = current.object;
    else if (current.kind === 'oneOf') current = current.values[0];
    else break;
  }
  if (current?.kind === 'result' || current?.kind === 'call')
    return /userinfo|user_info|claims|id_?token|verify|decode|parse_id_token|authorize_access_token|callback|profile|fetch|json|get/i.test(
      dotted(current.site.call.callee),
    );
  if (current?.kind === 'parameter') return PROFILE.test(current.name);
  return false;
}

/** Whether somebody asked if the address was verified: anywhere in the function, before the lookup. */
function checkedVerified(s: Semantics, t: Touch): boolean {
  const index = s.index(t.access.path);
  const mentions = index.expressions.some(
    (x) =>
      x.span.start >= t.access.fn.span.start &&
      x.span.end <= t.access.fn.span.end &&
      ((x.kind === 'member' &&
        /^(email_?verified|verified|verified_?email|xms_edov|is_?verified)$/i.test(x.property)) ||
        (x.kind === 'literal' && typeof x.value === 'string' && /^(email_verified|verified|xms_edov)$/.test(x.value))),
  );
  return mentions;
}

// ------------------------------------------------------------------ guards that let go

function guardRemarks(s: Semantics, all: readonly Endpoint[]): readonly Remark[] {
  const remarks: Remark[] = [];
  const seen = new Set<string>();
  const say = (guard: Guard) => {
    if (!guard.flaw) return;
    const key = `${guard.flaw.path}@${guard.flaw.span.start}`;
    if (seen.has(key)) return;
    seen.add(key);
    remarks.push({
      kind: 'GuardFlaw',
      at: guard.flaw,
      roles: { guard: guard.name, how: guard.outcome === 'continues' ? 'answered' : 'caught', severity: 'error' },
    });
  };
  for (const e of all) {
    for (const { guard } of e.uses) {
      if (!guard.flaw || guard.decoded) continue;
      // A first stage that leaves the slot empty is fine where a later one rejects, or the handler asks.
      if (
        guard.outcome === 'continues' ||
        (!guarded(e) && (e.writes || e.reads) && e.purpose === 'data' && meansToReject(guard.name))
      )
        say(guard);
    }
  }
  for (const path of s.project.paths) {
    for (const guard of guardsIn(s, path)) {
      if (guard.outcome === 'continues' && !guard.decoded) say(guard);
      // Applied nowhere in sight, and named as one that rejects.
      else if (
        guard.flaw &&
        !guard.decoded &&
        !all.some((e) => e.uses.some((u) => u.guard.fn?.fn === guard.fn?.fn)) &&
        /^(require|ensure|must|protect)/i.test(guard.name)
      )
        say(guard);
    }
  }
  return remarks;
}

function meansToReject(name: string): boolean {
  return /^(require|ensure|must|protect|verify|check|auth|authenticate|is)/i.test(name);
}

/** A user who is gone becomes an anonymous one after the token was accepted, and the request goes on. */
function anonymousRemarks(s: Semantics): readonly Remark[] {
  const remarks: Remark[] = [];
  for (const path of s.project.paths) {
    const index = s.index(path);
    for (const call of index.calls) {
      if (!/^Anonymous/.test(dotted(call.callee).split('.').at(-1) ?? '')) continue;
      const parent = index.parentOf(call);
      const fn = index.functionOf(call);
      if (!fn || !parent || !('kind' in parent) || parent.kind !== 'exit') continue;
      for (const site of s.usage(fn).calls) {
        const there = s.index(site.path);
        let around = there.functionOf(site.call);
        for (let i = 0; around && i < 4; i++) {
          const style = styleOf(around);
          const method = /^(__call__|__acall__)$/.test(around.name);
          if (style === 'next' || method) {
            const guard = summarise(s, site.path, around, undefined, 'next', around.name);
            if (guard.outcome === 'rejects' && guard.proves.has('token'))
              remarks.push({
                kind: 'GuardFlaw',
                at: { path, span: call.span },
                roles: { guard: around.name, how: 'anonymous', severity: 'warning' },
              });
            break;
          }
          around = there.functionOf(around);
        }
      }
    }
  }
  return remarks;
}

// ------------------------------------------------------------------ what is in order

function evidence(
  s: Semantics,
  all: readonly Endpoint[],
  touched: readonly { e: Endpoint; touches: readonly Touch[] }[],
  unguarded: ReadonlySet<Endpoint>,
): readonly Remark[] {
  const remarks: Remark[] = [];
  const say = (item: string, at: Place, text: string) =>
    remarks.push({ kind: 'AccessStatement', at, roles: { item, evidence: text } });
  for (const { e, touches } of touched) {
    const proven = guarded(e) && !e.decoded;
    if (proven && e.purpose === 'data' && (e.complete || !e.group.endsWith('#handlers'))) {
      const guard = e.uses.find((u) => u.guard.outcome === 'rejects');
      const how = guard
        ? `\`${guard.guard.name}\`${guard.guard.presumed ? ' (by its name)' : ''}`
        : 'a check in the handler';
      const own = touches.some((t) => t.checked === 'owner')
        ? ', and the caller is compared with the owner'
        : e.proofs.has('role')
          ? ', which asks for a role'
          : '';
      say('endpoint-protection', e.at, `\`${label(e)}\` is behind ${how}${own}.`);
    } else if (!proven && !unguarded.has(e) && e.proofs.has('secret'))
      say('endpoint-protection', e.at, `\`${label(e)}\` asks for a secret.`);
    if (e.decoded) continue;
    remarks.push(...signInEvidence(s, e));
    if (proven && e.purpose !== 'sign-in') {
      const read = callerRead(s, e);
      if (read) say('identity-source', read, 'The handler acts for the caller that its guard bound.');
    }
    for (const t of touches) {
      const tied = [...t.access.filter, ...t.access.written].find((f) => trusted(s, f.value));
      if (tied) {
        say('identity-source', met(e, t.access), `\`${tied.field}\` comes from the caller's own token or session.`);
        break;
      }
      if (t.checks.some((c) => c.proves === 'owner' && !c.presumed && !c.decoded)) {
        say('identity-source', met(e, t.access), 'What the request names is compared with the caller.');
        break;
      }
    }
  }
  for (const e of all) {
    for (const u of e.uses) {
      const fn = u.guard.fn;
      if (u.guard.outcome !== 'rejects' || u.guard.decoded || !fn || u.guard.presumed) continue;
      say(
        'endpoint-protection',
        {
          path: fn.path,
          span:
            fn.fn.nameSpan.end > fn.fn.nameSpan.start
              ? fn.fn.nameSpan
              : { start: fn.fn.span.start, end: fn.fn.span.start + 1 },
        },
        `\`${u.guard.name}\` lets no request past without ${u.guard.proves.has('role') ? 'the role' : 'a caller'}.`,
      );
    }
  }
  for (const path of s.project.paths) {
    for (const guard of guardsIn(s, path)) {
      if (guard.outcome !== 'rejects' || guard.decoded || !guard.fn) continue;
      const { fn } = guard.fn;
      const span = fn.nameSpan.end > fn.nameSpan.start ? fn.nameSpan : { start: fn.span.start, end: fn.span.start + 1 };
      say(
        'endpoint-protection',
        { path, span },
        `\`${guard.name}\` lets no request past without ${guard.proves.has('role') ? 'the role' : 'a caller'}.`,
      );
    }
  }
  for (const bind of principalBinds(s)) {
    if (bind.backing === 'verified' || bind.backing === 'session')
      say(
        'identity-source',
        { path: bind.path, span: bind.span },
        `\`${bind.slot}\` is bound from a verified token or session.`,
      );
  }
  return uniqueStatements(remarks);
}

/** Where a handler first reads who is calling. */
function callerRead(s: Semantics, e: Endpoint): Place | undefined {
  if (!e.handler) return undefined;
  const { path, fn, frame } = e.handler;
  const first = fn.body[0];
  const last = fn.body.at(-1);
  if (!first || !last) return undefined;
  for (const expr of s.index(path).expressions) {
    if (expr.span.start < first.span.start || expr.span.end > last.span.end) continue;
    if (expr.kind !== 'member' && expr.kind !== 'name' && expr.kind !== 'call') continue;
    if (expr.kind === 'call' && expr.args.length > 1) continue;
    const p = principalOf(s, s.evaluate(path, expr, frame));
    if (p && !p.loaded && p.backing !== 'decoded' && p.backing !== 'request' && p.backing !== 'unsigned')
      return { path, span: expr.span };
  }
  return undefined;
}

/** A login whose token is about the account that was proven. */
function signInEvidence(s: Semantics, e: Endpoint): readonly Remark[] {
  if (e.purpose !== 'sign-in' || !e.handler) return [];
  const { handler } = e;
  const remarks: Remark[] = [];
  const proof = e.steps.find(
    (x) =>
      /^(compare|compareSync|checkpw|verify_password|check_password|check_password_hash|checkPassword|verifyPassword|comparePassword|authenticate|verify)$/.test(
        dotted(x.call.callee).split('.').at(-1) ?? '',
      ) &&
      !/jwt|token/i.test(dotted(x.call.callee)) &&
      x.call.args.length >= 2,
  );
  if (proof) {
    let outer = proof;
    while (outer.via) outer = outer.via;
    if (outer.path === handler.path)
      remarks.push({
        kind: 'AccessStatement',
        at: { path: outer.path, span: outer.call.callee.span },
        roles: { item: 'identity-source', evidence: 'Whoever is logged in has proven the password of that account.' },
      });
  }
  for (const access of e.accesses) {
    const by = [...access.filter, ...access.written].find(
      (f) =>
        /^(google|github|facebook|microsoft|azure|apple|gitlab|discord|auth0|provider|oidc|oauth|external|keycloak|okta|entra)_?(id|sub|subject|oid|user_?id|account_?id)$|^(sub|subject|oid|provider_?account_?id|provider_?user_?id)$/i.test(
          f.field,
        ) && !requestInputOf(s, f.value),
    );
    if (by && (isUserModel(access.model) || /identity|account|federated|social|login/i.test(access.model)))
      remarks.push({
        kind: 'AccessStatement',
        at: met(e, access),
        roles: {
          item: 'identity-source',
          evidence: `The account is found by the provider's own id (\`${by.field}\`).`,
        },
      });
  }
  return remarks;
}

function uniqueStatements(remarks: readonly Remark[]): readonly Remark[] {
  const seen = new Set<string>();
  return remarks.filter((r) => {
    const key = `${r.roles.item}${r.at.path}@${r.at.span.start}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Whether a value is the caller's, and can be trusted to be. */
function trusted(s: Semantics, value: Value): boolean {
  const p = principalOf(s, value);
  return p !== undefined && p.backing !== 'decoded' && p.backing !== 'request' && p.backing !== 'unsigned';
}
