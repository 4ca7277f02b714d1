/** From calls to facts: what the library models say of a call, with its roles evaluated. */
import type { Place, Span } from '../base/span.js';
import type { CallExpr, Expr, FunctionIR, MemberExpr } from '../ir/ir.js';
import { returnsOf } from '../semantics/calls.js';
import { externalBase } from '../semantics/classes.js';
import { type FileIndex, isClass } from '../semantics/file-index.js';
import { parseDuration } from '../semantics/operators.js';
import { fieldsOf, parseAccess } from '../semantics/access.js';
import { type Setting, settingsIn } from '../semantics/elsewhere.js';
import { entriesOf } from '../semantics/entries.js';
import type { Semantics } from '../semantics/semantics.js';
import { namesOf } from '../semantics/types.js';
import { importsRead, remembered } from '../semantics/value-cache.js';
import {
  ABSENT,
  type CallSite,
  UNKNOWN,
  type Value,
  alternatives,
  isAbsent,
  mapAlternatives,
  numberOf,
  oneOf,
  textOf,
} from '../semantics/value.js';
import type { Fact, FactKind, RoleWriting } from './kinds.js';
import { clientKindOf } from './oauth/client-kind.js';
import type {
  CallRow,
  HookRow,
  LibraryModel,
  Meaning,
  MemberRow,
  Plain,
  RolePath,
  SettingRow,
} from './library-model.js';
import type { ModelIndex } from './models.js';

/** The facts that library models give for a file. */
export function modelFacts(s: Semantics, models: ModelIndex, path: string): readonly Fact[] {
  const index = s.look(path);
  const facts: Fact[] = [];
  for (const call of index.calls)
    facts.push(...remembered(s, 'facts', call, () => factsOfCall(s, models, s.site(path, call))));
  for (const expr of index.expressions) {
    if (expr.kind !== 'member' && expr.kind !== 'name') continue;
    const parent = index.parentOf(expr);
    if (parent && 'kind' in parent && parent.kind === 'call' && parent.callee === expr) continue;
    // Only names that models speak of are worth an evaluation.
    if (!models.speaksOfMember(expr.kind === 'member' ? expr.property : expr.name)) continue;
    const value = s.evaluate(path, expr);
    for (const option of alternatives(value)) {
      for (const name of namesOf(s, option)) {
        for (const { row, model } of models.members(name))
          if (row.is) facts.push(memberFact(s, path, expr, row, model));
      }
    }
  }
  for (const setting of settingsIn(index)) facts.push(...settingFacts(s, models, setting));
  facts.push(...hookFacts(s, models, path));
  return facts.map((fact) => withClient(index, fact));
}

function settingFacts(s: Semantics, models: ModelIndex, setting: Setting): readonly Fact[] {
  const rows = models
    .settings(s.project.ecosystem(setting.path), setting.name)
    .filter(({ row, model }) => row.plain || s.project.paths.some((path) => imports(s, path, model)));
  if (rows.length === 0) return [];
  const whole = s.evaluate(setting.path, setting.expr);
  const at = { path: setting.path, span: setting.key };
  return rows.flatMap(({ row, model }) => factOfValue(s, whole, row, model, at, setting.expr));
}

/** Functions that libraries call, as facts of what they give. */
function hookFacts(s: Semantics, models: ModelIndex, path: string): readonly Fact[] {
  const index = s.index(path);
  return index.functions.flatMap((fn): readonly Fact[] => {
    const names: string[] = [];
    const holder = index.parentOf(fn);
    if (holder && isClass(holder) && models.speaksOfHook(fn.name)) {
      const base = externalBase(s, holder, path);
      if (base) names.push(`${base}#${fn.name}`);
    }
    for (const { value } of fn.decorators) {
      const callee = value.kind === 'call' ? value.callee : value;
      const last = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
      if (models.speaksOfHook(last)) names.push(...namesOf(s, s.evaluate(path, callee)).map((name) => `@${name}`));
    }
    return names.flatMap((name) =>
      models
        .hooks(name)
        .flatMap(({ row, model }) =>
          factOfValue(s, givenBy(s, path, fn), row, model, { path, span: fn.nameSpan }, undefined, fn),
        ),
    );
  });
}

/** What a function returns, with the fields that it writes into what it returns. */
function givenBy(s: Semantics, path: string, fn: FunctionIR): Value {
  const index = s.index(path);
  const values = returnsOf(fn).flatMap((e) => (e ? [s.evaluate(path, e)] : []));
  const records = values.flatMap(alternatives).filter((v) => v.kind === 'record');
  if (records.length > 0) return oneOf(records);
  const held = new Set(returnsOf(fn).flatMap((e) => (e?.kind === 'name' ? [e.name] : [])));
  const fields = new Map<string, Value>();
  for (const { target, value, node } of index.memberWrites) {
    if (index.functionOf(node) !== fn || target.kind !== 'member' || target.object.kind !== 'name') continue;
    if (held.has(target.object.name)) fields.set(target.property, s.evaluate(path, value));
  }
  return { kind: 'record', fields, open: false, spreads: [] };
}

function factOfValue(
  s: Semantics,
  whole: Value,
  row: (SettingRow | HookRow) & { is: FactKind },
  model: LibraryModel,
  place: Place,
  node: Expr | undefined,
  fn?: FunctionIR,
): readonly Fact[] {
  const at = (path: string): Value => {
    for (const steps of parseAccess(path)) {
      const value = fieldsOf(s, whole, steps);
      if (value.kind !== 'absent') return value;
    }
    return ABSENT;
  };
  for (const [path, wanted] of Object.entries(row.when ?? {})) {
    const value = at(path);
    const there = isAbsent(value) !== true;
    if (wanted === 'present' && !there) return [];
    if (wanted === 'absent' && there) return [];
    if (wanted !== 'present' && wanted !== 'absent' && !(value.kind === 'literal' && value.value === wanted)) return [];
  }
  const roles: Record<string, Value> = {};
  for (const [role, plain] of Object.entries(row.fixed ?? {})) roles[role] = plainValue(plain as Plain, undefined);
  for (const [role, path] of Object.entries(row.roles ?? {}) as [string, RolePath][]) {
    const value = at(typeof path === 'string' ? path : path.at);
    if (value.kind !== 'absent') roles[role] = typeof path === 'string' ? value : readAs(value, path.as);
  }
  for (const [role, meant] of Object.entries(row.meaning ?? {}) as [string, Meaning | readonly Meaning[]][]) {
    for (const { at: path, when } of Array.isArray(meant) ? (meant as readonly Meaning[]) : [meant as Meaning]) {
      const found = mapAlternatives(at(path), (v) => (v.kind === 'absent' ? v : meaningOf(v, when)));
      if (isAbsent(found) === true || found.kind === 'unknown') continue;
      roles[role] = found;
      break;
    }
  }
  for (const [role, plain] of Object.entries(row.defaults ?? {})) roles[role] ??= plainDefault(role, plain as Plain);
  return [
    {
      kind: row.is,
      roles: withAbsent(roles),
      spans: {},
      at: place,
      path: place.path,
      library: model.name,
      ...(node ? { node } : {}),
      ...(fn ? { fn } : {}),
    } as unknown as Fact,
  ];
}

const DURATIONS = new Set(['lifetime', 'clockTolerance', 'expiresAt']);

/** A default; of a duration, in seconds. */
function plainDefault(role: string, plain: Plain): Value {
  if (DURATIONS.has(role) && typeof plain === 'number') return { kind: 'duration', seconds: plain };
  return plainValue(plain, undefined);
}

const OF_CLIENTS: ReadonlySet<FactKind> = new Set<FactKind>(['AuthorizationRequest', 'TokenRequest']);

/** An act of an OAuth client, with the kind of client that its file is; a library for one kind says so itself. */
function withClient(index: FileIndex, fact: Fact): Fact {
  if (!OF_CLIENTS.has(fact.kind)) return fact;
  const roles = fact.roles as Record<string, Value>;
  const own = { ...roles };
  const { code, verifier } = roles;
  if (
    verifier?.kind === 'member' &&
    code?.kind === 'member' &&
    verifier.object === code.object &&
    verifier.object.kind !== 'record'
  ) {
    // The code itself was handed over, not an object that holds it.
    own.code = code.object;
    delete own.verifier;
  }
  if (roles.client?.kind === 'absent') own.client = clientKindOf(index);
  return { ...fact, roles: withAbsent(own) } as Fact;
}

function factsOfCall(s: Semantics, models: ModelIndex, site: CallSite): readonly Fact[] {
  const facts: Fact[] = [];
  for (const name of s.names(site)) {
    for (const { row, model } of models.calls(name)) {
      if (row.is && applies(s, site, row)) facts.push(...callFacts(s, site, row, model));
    }
  }
  const { callee } = site.call;
  if (callee.kind !== 'member') return facts;
  if (facts.length === 0) return untypedFacts(s, models, site, callee);
  // What is handed over says more than who takes it: `app.add_middleware(CORSMiddleware, …)`.
  return [...facts, ...handedOver(s, models, site, callee)];
}

/** Facts by what is handed over as the first argument, whatever the receiver is. */
function handedOver(s: Semantics, models: ModelIndex, site: CallSite, callee: MemberExpr): readonly Fact[] {
  return models
    .untyped(s.project.ecosystem(site.path), callee.property)
    .filter(
      ({ row }) =>
        row.is && typeof row.when?.['arg 0'] === 'string' && row.when['arg 0'].includes(':') && applies(s, site, row),
    )
    .slice(0, 1)
    .map(({ row, model }) => callFact(s, site, row as CallRow & { is: FactKind }, model));
}

/** Facts of a method whose receiver is of no known type: by the method's name, where the library is imported. */
function untypedFacts(s: Semantics, models: ModelIndex, site: CallSite, callee: MemberExpr): readonly Fact[] {
  const ecosystem = s.project.ecosystem(site.path);
  const rows = models.untyped(ecosystem, callee.property).filter(({ receiver }) => {
    if (receiver === '') return true;
    const object = callee.object.kind === 'unary' ? callee.object.operand : callee.object;
    const called = object.kind === 'call' ? object.callee : object;
    const last = called.kind === 'name' ? called.name : called.kind === 'member' ? called.property : undefined;
    return last === receiver;
  });
  const handed = handedOver(s, models, site, callee);
  if (handed.length > 0) return handed;
  // One library gives one kind of fact; another may speak of the same method as another act.
  return [...new Set(rows.map(({ row }) => row.is))].flatMap((kind) => {
    const same = rows.filter(({ row }) => row.is === kind);
    const isImported = (path: string) => (row: (typeof rows)[number]) => imports(s, path, row.model);
    let meant = same.filter(isImported(site.path));
    if (meant.length === 0) meant = same.filter((row) => s.project.paths.some((path) => isImported(path)(row)));
    if (meant.length === 0 && new Set(same.map((row) => row.model)).size === 1) meant = same;
    return meant
      .filter(({ row, model }) => row.is && model === meant[0]?.model && applies(s, site, row))
      .slice(0, 1)
      .map(({ row, model }) => callFact(s, site, row as CallRow & { is: FactKind }, model));
  });
}

const importsByFile = new WeakMap<FileIndex, ReadonlySet<string>>();

/** Whether a file imports one of the library's modules, or a submodule of one. */
function imports(s: Semantics, path: string, model: LibraryModel): boolean {
  const index = s.look(path);
  s.reads.add(importsRead(path));
  let specifiers = importsByFile.get(index);
  if (!specifiers) {
    const required = index.expressions.flatMap((e) => (e.kind === 'module' ? [e.specifier] : []));
    specifiers = new Set([...index.imports.map((i) => i.specifier), ...required]);
    importsByFile.set(index, specifiers);
  }
  for (const specifier of specifiers)
    if (
      model.modules.some(
        (m) => m !== '' && (specifier === m || (/^[/.]$/.test(specifier.charAt(m.length)) && specifier.startsWith(m))),
      )
    )
      return true;
  return false;
}

function applies(s: Semantics, site: CallSite, row: CallRow): boolean {
  for (const [path, wanted] of Object.entries(row.when ?? {})) {
    const value = s.access(site, path).value;
    if (wanted === 'absent') {
      if (isAbsent(value) !== true) return false;
    } else if (wanted === 'present') {
      if (isAbsent(value) === true) return false;
    } else if (
      !(value.kind === 'literal' && value.value === wanted) &&
      !(value.kind === 'external' && value.name === wanted)
    )
      return false;
  }
  return true;
}

/** The fact of a call: once for each way in which its roles are given by calls of the functions around it. */
function callFacts(
  s: Semantics,
  site: CallSite,
  row: CallRow & { is: FactKind },
  model: LibraryModel,
): readonly Fact[] {
  const used: Value[] = [];
  const plain = callFact(s, site, row, model, used);
  if (row.is !== 'TokenIssue' && row.is !== 'TokenVerify') return [plain];
  const entries = entriesOf(s, site.path, site.call, used);
  if (entries.length === 0) return [plain];
  return entries.map(({ frame, through }) => ({ ...callFact(s, { ...site, frame }, row, model), through }));
}

/** Which token it is never matters for how it is made or checked. */
const BESIDE_THE_POINT = new Set(['token', 'result', 'callback']);

/** `used` collects the values that the roles are read from. */
function callFact(
  s: Semantics,
  site: CallSite,
  row: CallRow & { is: FactKind },
  model: LibraryModel,
  used: Value[] = [],
): Fact {
  const roles: Record<string, Value> = {};
  const spans: Record<string, Span> = {};
  for (const [role, plain] of Object.entries(row.fixed ?? {})) roles[role] = plainValue(plain as Plain, undefined);
  for (const [role, path] of Object.entries(row.roles ?? {}) as [string, RolePath][]) {
    const { value, span } = s.access(site, typeof path === 'string' ? path : path.at);
    if (value.kind === 'absent') continue;
    if (!BESIDE_THE_POINT.has(role)) used.push(value);
    if (span) spans[role] = span;
    roles[role] = typeof path === 'string' ? value : readAs(value, path.as);
  }
  for (const [role, meant] of Object.entries(row.meaning ?? {}) as [string, Meaning | readonly Meaning[]][]) {
    for (const { at, when } of Array.isArray(meant) ? (meant as readonly Meaning[]) : [meant as Meaning]) {
      const { value, span } = s.access(site, at);
      used.push(value);
      const found = mapAlternatives(value, (v) => (v.kind === 'absent' ? v : meaningOf(v, when)));
      if (isAbsent(found) === true || (found.kind === 'unknown' && roles[role])) continue;
      if (span) spans[role] = span;
      roles[role] = found;
      break;
    }
  }
  for (const [role, plain] of Object.entries(row.defaults ?? {})) roles[role] ??= plainDefault(role, plain as Plain);
  return {
    kind: row.is,
    roles: withAbsent(roles),
    spans,
    at: { path: site.path, span: calleeSpan(site.call) },
    path: site.path,
    library: model.name,
    site,
    node: site.call,
    ...fnOf(s, site.path, site.call),
    ...(row.write ? { write: row.write as Readonly<Record<string, RoleWriting>> } : {}),
    ...aboutRow(row),
  } as Fact;
}

type AboutRow = Pick<Fact, 'paths' | 'defaults'>;

const aboutRows = new WeakMap<object, AboutRow>();

/** Where a row takes its roles, as texts, and which it knows without them. */
function aboutRow(row: CallRow & { is: FactKind }): AboutRow {
  let known = aboutRows.get(row);
  if (!known) {
    const roles = Object.entries(row.roles ?? {}) as [string, RolePath][];
    known = {
      paths: Object.fromEntries(roles.map(([role, path]) => [role, typeof path === 'string' ? path : path.at])),
      defaults: Object.keys(row.defaults ?? {}),
    };
    aboutRows.set(row, known);
  }
  return known;
}

/** What a literal means by a table; of a list, what the first of its members that stands there means. */
function meaningOf(value: Value, when: Readonly<Record<string, Plain>>): Value {
  if (value.kind === 'list') {
    const item = value.items.find((v) => v.kind === 'literal' && when[String(v.value)] !== undefined);
    if (item) return meaningOf(item, when);
    return value.open ? UNKNOWN : ABSENT;
  }
  if (value.kind !== 'literal') return value.kind === 'derived' ? value : UNKNOWN;
  const meant = when[String(value.value)];
  return meant === undefined ? ABSENT : plainValue(meant, value.place);
}

function memberFact(
  s: Semantics,
  path: string,
  expr: Expr,
  row: MemberRow & { is: FactKind },
  model: LibraryModel,
): Fact {
  const roles: Record<string, Value> = {};
  for (const [role, plain] of Object.entries({ ...row.defaults, ...row.fixed }))
    roles[role] = plainValue(plain as Plain, undefined);
  return {
    kind: row.is,
    roles: withAbsent(roles),
    spans: {},
    at: { path, span: expr.span },
    path,
    library: model.name,
    node: expr,
    ...fnOf(s, path, expr),
  } as Fact;
}

function fnOf(s: Semantics, path: string, node: Expr) {
  const fn = s.look(path).functionOf(node);
  return fn ? { fn } : {};
}

/** The smallest text that stands for a call: its callee's last name. */
export function calleeSpan(call: CallExpr): Span {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.object.kind !== 'name') {
    return callee.kind === 'member' && callee.propertySpan.end > callee.object.span.end
      ? callee.propertySpan
      : callee.span;
  }
  if (callee.propertySpan.end <= callee.object.span.end) return callee.span;
  // Read when asked: code that only moves keeps its facts, and its spans move in place.
  const { object, propertySpan } = callee;
  return {
    get start() {
      return object.span.start;
    },
    get end() {
      return propertySpan.end;
    },
  };
}

/** Roles of which nothing is said are absent, whatever their name. */
export function withAbsent(roles: Record<string, Value>): Record<string, Value> {
  return new Proxy(roles, {
    get: (target, name) => (typeof name === 'string' ? (target[name] ?? ABSENT) : undefined),
  });
}

/** A plain value of a model as a value. */
export function plainValue(plain: Plain, place: Place | undefined): Value {
  const here = place ? { place } : {};
  if (plain === null) return ABSENT;
  if (typeof plain === 'object')
    return { kind: 'list', items: plain.map((p) => ({ kind: 'literal', value: p })), open: false, ...here };
  return { kind: 'literal', value: plain, ...here };
}

const UNIT_SECONDS = { seconds: 1, milliseconds: 0.001, minutes: 60, hours: 3600, days: 86_400 } as const;

/** A duration or moment as a `duration` of seconds, by the unit in which the library reads it. Absent and false stay as they are. */
export function readAs(value: Value, as: Exclude<RolePath, string>['as']): Value {
  return mapAlternatives(value, (v): Value => {
    const place = v.place ? { place: v.place } : {};
    if (v.kind === 'environment') {
      if (!v.fallback) return v;
      const read = readAs(v.fallback, as);
      return read.kind === 'duration' ? { ...read, by: v } : read;
    }
    if (v.kind === 'duration') return v;
    // Milliseconds where seconds are read stay what they are: a mistake that a rule speaks of.
    if (v.kind === 'moment' && as === 'expiry' && v.unit === 'ms') return v;
    if (v.kind === 'moment')
      return {
        kind: 'duration',
        seconds: as === 'expiry' || v.unit === 'object' ? v.plus : undefined,
        ...(v.by ? { by: v.by } : {}),
        ...place,
      };
    if (as === 'expiry') {
      // A text is a span from now; a number is a moment that this call does not count from now.
      const span = textOf(v) === undefined ? undefined : parseDuration(textOf(v) as string);
      return span === undefined ? v : { kind: 'duration', seconds: span, ...place };
    }
    const n = numberOf(v);
    if (n !== undefined) return { kind: 'duration', seconds: n * UNIT_SECONDS[as], ...place };
    const text = textOf(v);
    if (text !== undefined) {
      const seconds = parseDuration(text);
      return seconds === undefined ? v : { kind: 'duration', seconds, ...place };
    }
    return v;
  });
}
