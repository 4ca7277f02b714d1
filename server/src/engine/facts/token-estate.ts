/**
 * What the workspace as a whole does with tokens: every act on records, which fields are ever asked about, which calls
 * end sessions. Computed once for a state of the workspace; what the recognisers of refreshes and logouts rest on.
 */
import type { CallExpr, Expr, FunctionIR } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { Semantics } from '../semantics/semantics.js';
import { namesTokenContainer, namesTokenField } from '../semantics/names-of-things.js';
import { type Value, alternatives, textOf } from '../semantics/value.js';
import type { Fact, FactKind } from './kinds.js';
import { type Visit, callsIn, runsIn } from './reach.js';
import type { FileView } from './recogniser.js';
import { type RecordAct, nameOfField, recordActs } from './stored-records.js';

export interface TokenEstate {
  /** All acts on records in the workspace, each once, without frames. */
  readonly acts: readonly RecordAct[];
  /** Fields that some code or query asks about, in one form: members that are read, columns in conditions. */
  asked(field: string): boolean;
  issuesIn(visits: readonly Visit[]): readonly { fact: Fact<'TokenIssue'>; visit: Visit }[];
  verifiesIn(visits: readonly Visit[]): readonly { fact: Fact<'TokenVerify'>; visit: Visit }[];
}

const known = new WeakMap<Semantics, TokenEstate>();

/** The estate of a view's workspace. */
export function tokenEstate(view: FileView): TokenEstate {
  let estate = known.get(view.s);
  if (!estate) {
    estate = compute(view);
    known.set(view.s, estate);
  }
  return estate;
}

function compute(view: FileView): TokenEstate {
  const { s } = view;
  const acts: RecordAct[] = [];
  const seen = new Set<IrNode>();
  const askedFields = new Set<string>();
  for (const path of s.project.paths) {
    const index = s.index(path);
    for (const fn of index.functions) {
      for (const one of recordActs(s, { path, fn, frame: undefined, via: undefined })) {
        if (seen.has(one.node) && one.kept !== 'table') continue;
        seen.add(one.node);
        acts.push(one);
        for (const field of one.tested) askedFields.add(nameOfField(field));
      }
    }
    const written = new Set<Expr>(index.memberWrites.map((write) => write.target));
    for (const expr of index.expressions) {
      if (expr.kind === 'member' && !written.has(expr)) {
        const parent = index.parentOf(expr);
        const isColumn = isColumnOfWrite(index, expr, parent);
        if (!isColumn) askedFields.add(nameOfField(expr.property));
      }
    }
    for (const stmt of index.statements)
      if (stmt.kind === 'let' && stmt.target.kind === 'fields')
        for (const field of stmt.target.fields) askedFields.add(nameOfField(field.key));
  }
  return {
    acts,
    asked: (field) => askedFields.has(nameOfField(field)) || askedFields.has('*'),
    issuesIn: (visits) => within(view, visits, 'TokenIssue') as never,
    verifiesIn: (visits) => within(view, visits, 'TokenVerify') as never,
  };
}

/** `table.column` as the key of a write: names a column, reads no value. */
function isColumnOfWrite(index: ReturnType<Semantics['index']>, expr: Expr, parent: IrNode | undefined): boolean {
  void index;
  void expr;
  return Boolean(
    parent &&
      'kind' in parent &&
      parent.kind === 'assign' &&
      parent.target.kind === 'place' &&
      parent.target.expression === expr,
  );
}

function within<K extends FactKind>(
  view: FileView,
  visits: readonly Visit[],
  kind: K,
): { fact: Fact<K>; visit: Visit }[] {
  const found: { fact: Fact<K>; visit: Visit }[] = [];
  const seen = new Set<IrNode>();
  for (const visit of visits) {
    for (const fact of view.factsOf(visit.path, kind)) {
      if (!fact.node || !runsIn(visit.fn, fact.node) || seen.has(fact.node)) continue;
      seen.add(fact.node);
      found.push({ fact, visit });
    }
  }
  return found;
}

/** The calls of visits, each in its visit. */
export function* callsOf(s: Semantics, visits: readonly Visit[]): Generator<{ call: CallExpr; visit: Visit }> {
  for (const visit of visits) {
    for (const call of callsIn(s.index(visit.path), visit.fn)) yield { call, visit };
  }
}

/** The last name of what is called. */
export function calledName(call: CallExpr): string {
  const callee = call.callee;
  return callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
}

/** Whether an act is on records of tokens or sessions: by its container, or by the field that it is about. */
export function isTokenAct(act: RecordAct): boolean {
  if (namesTokenContainer(act.container)) return true;
  return [...act.where, ...act.written].some(
    (f) =>
      f.field !== 'key' &&
      f.field !== 'id' &&
      /token|session|jti|rt$|rthash/i.test(f.field) &&
      namesTokenField(f.field),
  );
}

/** Whether a function is inside another, or the same. */
export function isInside(inner: FunctionIR, outer: FunctionIR): boolean {
  return inner.span.start >= outer.span.start && inner.span.end <= outer.span.end;
}

/** A key in one form, so that two can be compared; `undefined` if a part of it is not known. */
export function keyForm(s: Semantics, value: Value, depth = 8): string | undefined {
  if (depth === 0) return undefined;
  const inner = (v: Value) => keyForm(s, v, depth - 1);
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'concat': {
      const parts = value.parts.map(inner);
      return parts.every((p) => p !== undefined) ? parts.join('+').replaceAll('"+"', '') : undefined;
    }
    case 'parameter':
      return `<${value.name}@${value.fn.span.start}>`;
    case 'member': {
      const object = inner(value.object);
      return object === undefined ? undefined : `${object}.${value.property}`;
    }
    case 'element': {
      const object = inner(value.object);
      const index = textOf(value.index) ?? inner(value.index);
      return object === undefined || index === undefined ? undefined : `${object}.${index}`;
    }
    case 'result':
    case 'call': {
      const { site } = value;
      const callee = site.call.callee;
      const name = calledName(site.call);
      const receiver =
        callee.kind === 'member' &&
        !/^(?:crypto|hashlib|jwt|hmac)$/.test(callee.object.kind === 'name' ? callee.object.name : '')
          ? inner(s.evaluate(site.path, callee.object, site.frame))
          : '';
      const args = site.call.args.slice(0, 3).map((a) => inner(s.evaluate(site.path, a.value, site.frame)));
      if (args.some((a) => a === undefined)) return undefined;
      return `${receiver ?? ''}${name}(${args.join(',')})`;
    }
    case 'oneOf': {
      const forms = new Set(
        alternatives(value)
          .filter((v) => !(v.kind === 'literal' && (v.value === '' || v.value === null)))
          .map(inner),
      );
      return forms.size === 1 ? [...forms][0] : undefined;
    }
    default:
      return undefined;
  }
}
