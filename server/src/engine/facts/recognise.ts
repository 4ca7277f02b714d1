/** From calls to facts: what the library models say of a call, with its roles evaluated. */
import type { Place, Span } from '../base/span.js';
import type { CallExpr, Expr } from '../ir/ir.js';
import { parseDuration } from '../semantics/operators.js';
import type { Semantics } from '../semantics/semantics.js';
import { namesOf } from '../semantics/types.js';
import {
  ABSENT,
  type CallSite,
  UNKNOWN,
  type Value,
  alternatives,
  isAbsent,
  mapAlternatives,
  numberOf,
  textOf,
} from '../semantics/value.js';
import type { Fact, FactKind, RoleWriting } from './kinds.js';
import type { CallRow, LibraryModel, MemberRow, Plain, RolePath } from './library-model.js';
import type { ModelIndex } from './models.js';

/** The facts that library models give for a file. */
export function modelFacts(s: Semantics, models: ModelIndex, path: string): readonly Fact[] {
  const index = s.index(path);
  const facts: Fact[] = [];
  for (const call of index.calls) {
    const site = s.site(path, call);
    for (const name of s.names(site)) {
      for (const { row, model } of models.calls(name)) {
        if (row.is && applies(s, site, row)) facts.push(callFact(s, site, row, model));
      }
    }
  }
  for (const expr of index.expressions) {
    if (expr.kind !== 'member' && expr.kind !== 'name') continue;
    const parent = index.parentOf(expr);
    if (parent && 'kind' in parent && parent.kind === 'call' && parent.callee === expr) continue;
    // Only names that models speak of are worth an evaluation.
    const value = s.evaluate(path, expr);
    for (const option of alternatives(value)) {
      for (const name of namesOf(s, option)) {
        for (const { row, model } of models.members(name))
          if (row.is) facts.push(memberFact(s, path, expr, row, model));
      }
    }
  }
  return facts;
}

function applies(s: Semantics, site: CallSite, row: CallRow): boolean {
  for (const [path, wanted] of Object.entries(row.when ?? {})) {
    const value = s.access(site, path).value;
    if (wanted === 'absent') {
      if (isAbsent(value) !== true) return false;
    } else if (wanted === 'present') {
      if (isAbsent(value) === true) return false;
    } else if (!(value.kind === 'literal' && value.value === wanted)) return false;
  }
  return true;
}

function callFact(s: Semantics, site: CallSite, row: CallRow & { is: FactKind }, model: LibraryModel): Fact {
  const roles: Record<string, Value> = {};
  const spans: Record<string, Span> = {};
  for (const [role, plain] of Object.entries(row.fixed ?? {})) roles[role] = plainValue(plain as Plain, undefined);
  for (const [role, path] of Object.entries(row.roles ?? {}) as [string, RolePath][]) {
    const { value, span } = s.access(site, typeof path === 'string' ? path : path.at);
    if (value.kind === 'absent') continue;
    if (span) spans[role] = span;
    roles[role] = typeof path === 'string' ? value : readAs(value, path.as);
  }
  const meanings = (row.meaning ?? {}) as Record<string, { at: string; when: Readonly<Record<string, Plain>> }>;
  for (const [role, { at, when }] of Object.entries(meanings)) {
    const { value, span } = s.access(site, at);
    if (value.kind === 'absent') continue;
    if (span) spans[role] = span;
    roles[role] = mapAlternatives(value, (v) => {
      if (v.kind !== 'literal') return UNKNOWN;
      const meant = when[String(v.value)];
      return meant === undefined ? ABSENT : plainValue(meant, v.place);
    });
    if (isAbsent(roles[role] as Value)) delete roles[role];
  }
  for (const [role, plain] of Object.entries(row.defaults ?? {})) roles[role] ??= plainValue(plain as Plain, undefined);
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
  } as Fact;
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
  const fn = s.index(path).functionOf(node);
  return fn ? { fn } : {};
}

/** The smallest text that stands for a call: its callee's last name. */
export function calleeSpan(call: CallExpr): Span {
  const callee = call.callee;
  if (callee.kind === 'member')
    return callee.propertySpan.end > callee.object.span.end
      ? {
          start: callee.object.kind === 'name' ? callee.object.span.start : callee.propertySpan.start,
          end: callee.propertySpan.end,
        }
      : callee.span;
  return callee.span;
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
    if (v.kind === 'moment')
      return {
        kind: 'duration',
        seconds: as === 'expiry' || v.unit === 'object' ? v.plus : undefined,
        ...(v.by ? { by: v.by } : {}),
        ...place,
      };
    if (as === 'expiry') return v;
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
