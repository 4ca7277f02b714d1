/**
 * Calls that touch stored data: which model, what they do, which fields they demand, which they write. By shape, so that
 * a store whose client is not seen (`./db`) is read all the same.
 */
import type { CallExpr, Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Frame, type Value, UNKNOWN, alternatives, textOf } from '../../semantics/value.js';
import { requestInputOf } from '../request-input.js';
import { type FieldTest, namedTests, testsOf } from './field-tests.js';
import { HOLE, readSql } from './sql.js';
import { type Chain, type Step, chainOf, dotted, endsChain } from './steps.js';

export type AccessOp = 'read' | 'list' | 'create' | 'update' | 'delete';

export interface Access {
  /** The model's name: singular, in lower case; empty where it is not known. */
  readonly model: string;
  readonly op: AccessOp;
  readonly filter: readonly FieldTest[];
  readonly written: readonly FieldTest[];
  /** Whole objects that are written field by field: the request's body. */
  readonly copied: readonly { readonly value: Value; readonly expr: Expr }[];
  readonly path: string;
  readonly node: Expr;
  readonly frame: Frame | undefined;
  readonly fn: FunctionIR;
  readonly via: Step | undefined;
  /** How the changed record was loaded, when this is a change of a loaded record. */
  readonly loaded?: Access;
  /** The store's answer is a number, not records. */
  readonly counts?: boolean;
  /** Only the name says that it touches data: a service that can't be seen. */
  readonly guessed?: boolean;
}

const READ_ONE =
  /^(findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|findOne|findOneOrFail|findOneBy|findOneByOrFail|findById|findByIdOrFail|findByPk|find_one|find_by_id|find_by|get_or_404|first_or_404|one_or_404|get_or_none|get_one|getOne|getById|get_by_id|fetchOne|fetch_one|get_object|retrieve)$/;
const READ_MANY =
  /^(findMany|findAll|findBy|findAndCount|findAndCountAll|findAndCountBy|find_all|find_many|listAll|getAll|get_all|list_all|paginate|search)$/;
const COUNTS = /^(count|countDocuments|estimatedDocumentCount|aggregate|groupBy|exists|sum|avg|count_documents)$/;
const CREATE =
  /^(createMany|insertOne|insertMany|insert_one|insert_many|bulkCreate|bulk_create|createAndSave|createManyAndReturn)$/;
const UPDATE =
  /^(updateOne|updateMany|update_one|update_many|findByIdAndUpdate|findOneAndUpdate|find_one_and_update|replaceOne|replace_one|upsert|update_or_create|updateById|update_by_id|increment|decrement|findOneAndReplace|bulk_update)$/;
const DELETE =
  /^(deleteOne|deleteMany|delete_one|delete_many|destroy|findByIdAndDelete|findByIdAndRemove|findOneAndDelete|findOneAndRemove|find_one_and_delete|softDelete|softRemove|deleteById|delete_by_id|removeById)$/;
/** Methods that other things have too: only on what looks like a model or a store. */
const GENERIC: Readonly<Record<string, AccessOp>> = {
  find: 'list',
  filter: 'list',
  filter_by: 'list',
  all: 'list',
  list: 'list',
  get: 'read',
  first: 'read',
  create: 'create',
  insert: 'create',
  add: 'create',
  put: 'update',
  update: 'update',
  save: 'update',
  set: 'update',
  delete: 'delete',
  del: 'delete',
  remove: 'delete',
};
const BY_ID = /(ById|ByPk|ByIdAnd\w+|_by_id|by_id|get_or_404|ByIdOrFail)$|^(getById|get|findById)$/;
const STORE =
  /(^|[._])(prisma|db|database|client|tx|trx|knex|conn|connection|session|em|manager|entityManager|pool|supabase|sql|cursor|cur|cnx|mongo|collection|redis)$/i;
const REPOSITORY =
  /(repo|repository|repositories|store|dao|model|models|collection|table|service|svc|crud|gateway|api|client|objects)$/i;

/** The stored data that a call touches, if any. Only the last call of a chain speaks for the chain. */
export function accessOf(s: Semantics, step: Step): Access | undefined {
  if (!endsChain(s.index(step.path), step.call)) return undefined;
  return accessAt(s, step);
}

function accessAt(s: Semantics, step: Step): Access | undefined {
  const chain = chainOf(step.call);
  return (
    textual(s, step, chain) ??
    gorm(s, step, chain) ??
    wrapped(s, step, chain) ??
    drizzle(s, step, chain) ??
    tableChain(s, step, chain) ??
    alchemy(s, step, chain) ??
    modelCall(s, step, chain) ??
    inMemory(s, step, chain) ??
    ofLoaded(s, step, chain)
  );
}

/** How a value was loaded: the access whose result it is, or comes from. */
export function accessOfValue(s: Semantics, value: Value, fn: FunctionIR, depth = 6): Access | undefined {
  if (depth === 0) return undefined;
  switch (value.kind) {
    case 'oneOf':
      for (const v of value.values) {
        const found = accessOfValue(s, v, fn, depth - 1);
        if (found) return found;
      }
      return undefined;
    case 'member':
    case 'element':
    case 'rest':
      return accessOfValue(s, value.object, fn, depth - 1);
    case 'result':
    case 'call': {
      const { path, call, frame } = value.site;
      return accessAt(s, { path, call, frame, fn, via: undefined });
    }
    case 'record':
      return value.spreads[0] ? accessOfValue(s, value.spreads[0], fn, depth - 1) : undefined;
    default:
      return undefined;
  }
}

interface Parts {
  readonly model: string;
  readonly op: AccessOp;
  readonly filter?: readonly FieldTest[];
  readonly written?: Written;
  readonly loaded?: Access;
  readonly counts?: boolean;
  readonly guessed?: boolean;
}

function made(step: Step, parts: Parts, node: Expr = step.call): Access {
  return {
    model: parts.model,
    op: parts.op,
    filter: parts.filter ?? [],
    written: parts.written?.fields ?? [],
    copied: parts.written?.copied ?? [],
    path: step.path,
    node,
    frame: step.frame,
    fn: step.fn,
    via: step.via,
    ...(parts.loaded ? { loaded: parts.loaded } : {}),
    ...(parts.counts ? { counts: true } : {}),
    ...(parts.guessed ? { guessed: true } : {}),
  };
}

interface Written {
  readonly fields: readonly FieldTest[];
  readonly copied: readonly { readonly value: Value; readonly expr: Expr }[];
}

/** What a record that is written holds: single fields, and whole objects that were spread into it. */
export function writtenBy(s: Semantics, path: string, expr: Expr | undefined, frame: Frame | undefined): Written {
  if (!expr) return { fields: [], copied: [] };
  if (expr.kind === 'list' && expr.items[0]) return writtenBy(s, path, expr.items[0].value, frame);
  const value = s.evaluate(path, expr, frame);
  const fields: FieldTest[] = [];
  const copied: { value: Value; expr: Expr }[] = [];
  for (const v of alternatives(value)) {
    if (v.kind === 'record') {
      for (const [key, field] of v.fields) {
        if (key.startsWith('$') && field.kind === 'record') {
          for (const [inner, f] of field.fields) fields.push({ field: inner, whole: inner, value: f });
          for (const spread of field.spreads) copied.push({ value: spread, expr });
        } else if (key.startsWith('$') && requestInputOf(s, field)?.whole) copied.push({ value: field, expr });
        else fields.push({ field: key, whole: key, value: field, ...entryExpr(expr, key) });
      }
      for (const spread of v.spreads) copied.push({ value: spread, expr });
    } else if (v.kind === 'list') {
      for (const item of v.items.slice(0, 3))
        if (item.kind === 'record')
          for (const [key, f] of item.fields) fields.push({ field: key, whole: key, value: f });
    } else if (requestInputOf(s, v)) copied.push({ value: v, expr });
  }
  return { fields, copied };
}

function entryExpr(expr: Expr, key: string): { expr?: Expr } {
  const entry = expr.kind === 'record' ? expr.entries.find((e) => e.key === key) : undefined;
  return entry ? { expr: entry.value } : {};
}

function namedWritten(s: Semantics, step: Step, call: CallExpr): Written {
  const copied = call.args
    .filter((a) => a.spread === 'record')
    .map((a) => ({ value: s.evaluate(step.path, a.value, step.frame), expr: a.value }));
  const open = copied.filter(({ value }) => value.kind !== 'record' || value.open);
  return {
    fields: namedTests(s, step.path, call.args, step.frame).map((t) => ({ ...t, field: t.whole })),
    copied: open,
  };
}

/** `pool.query('select … where id = $1', [id])`, `` sql`…` ``, `cur.execute("…", (id,))`. */
function textual(s: Semantics, step: Step, chain: Chain): Access | undefined {
  for (const { call } of chain.links) {
    const first = call.args[0]?.value;
    if (!first) continue;
    const found = sqlOf(
      s,
      step,
      first,
      call.args.slice(1).map((a) => a.value),
      chain,
    );
    if (found) return found;
    // `db.QueryRowContext(ctx, "select …", id)`
    const second = call.args[1]?.value;
    const late = second
      ? sqlOf(
          s,
          step,
          second,
          call.args.slice(2).map((a) => a.value),
          chain,
        )
      : undefined;
    if (late) return late;
  }
  return undefined;
}

/** A tagged text that is itself the query: `` await sql`select …` ``. */
export function taggedAccess(s: Semantics, step: Step, expr: Extract<Expr, { kind: 'concat' }>): Access | undefined {
  return expr.tag ? sqlOf(s, step, expr, [], { root: undefined, links: [] }, expr) : undefined;
}

function sqlOf(
  s: Semantics,
  step: Step,
  text: Expr,
  rest: readonly Expr[],
  chain: Chain,
  node?: Expr,
): Access | undefined {
  if (
    text.kind !== 'literal' &&
    text.kind !== 'concat' &&
    text.kind !== 'name' &&
    text.kind !== 'member' &&
    text.kind !== 'call' &&
    text.kind !== 'binary'
  )
    return undefined;
  // `text("select …")`
  const inner =
    text.kind === 'call' && text.callee.kind === 'name' && text.callee.name === 'text' ? text.args[0]?.value : text;
  if (!inner) return undefined;
  const value = s.evaluate(step.path, inner, step.frame);
  const holes: Value[] = [];
  const written = sqlText(value, holes);
  if (written === undefined || !/^\s*(--|select|insert|update|delete|with|replace)\b/i.test(written)) return undefined;
  const statement = readSql(written);
  if (!statement) return undefined;
  const given = parametersGiven(s, step, rest, chain);
  const givenAs = (parameter: string | number | undefined): Value =>
    parameter === undefined
      ? UNKNOWN
      : typeof parameter === 'string'
        ? (given.named.get(parameter) ?? UNKNOWN)
        : holes.length > 0
          ? (holes[parameter] ?? UNKNOWN)
          : (given.list[parameter] ?? UNKNOWN);
  const tests = (list: typeof statement.where): FieldTest[] =>
    list.map(({ column, parameter }) => {
      const expr = typeof parameter === 'number' && holes.length === 0 ? given.exprs[parameter] : undefined;
      return { field: column, whole: column, value: givenAs(parameter), ...(expr ? { expr } : {}) };
    });
  const many =
    statement.op === 'read' &&
    !statement.where.some(
      (t) =>
        /^(id|uuid|pk)$/i.test(t.column) ||
        (/_id$/i.test(t.column) && t.parameter !== undefined && statement.where.length > 1),
    );
  return made(
    step,
    {
      model: modelName(statement.table),
      op: statement.op === 'read' && many ? 'list' : statement.op,
      filter: tests(statement.where),
      written: { fields: tests(statement.written), copied: [] },
      counts: statement.aggregate,
    },
    node,
  );
}

function sqlText(value: Value, holes: Value[]): string | undefined {
  const known = textOf(value);
  if (known !== undefined) return known;
  if (value.kind === 'concat')
    return value.parts
      .map((part) => {
        const text = textOf(part);
        if (text !== undefined) return text;
        holes.push(part);
        return HOLE;
      })
      .join('');
  return undefined;
}

function parametersGiven(
  s: Semantics,
  step: Step,
  rest: readonly Expr[],
  chain: Chain,
): { list: readonly Value[]; exprs: readonly (Expr | undefined)[]; named: ReadonlyMap<string, Value> } {
  const list: Value[] = [];
  const exprs: (Expr | undefined)[] = [];
  const named = new Map<string, Value>();
  const sources = [...rest];
  // `db.prepare(sql).get(id)`, `.bind(id).first()`
  for (const link of chain.links)
    if (/^(get|all|run|bind|first|iterate|bindparams)$/.test(link.name))
      for (const a of link.call.args) sources.push(a.value);
  for (const expr of sources) {
    const value = s.evaluate(step.path, expr, step.frame);
    if (value.kind === 'list') {
      list.push(...value.items);
      for (let i = 0; i < value.items.length; i++) exprs.push(expr.kind === 'list' ? expr.items[i]?.value : undefined);
    } else if (value.kind === 'record') for (const [k, v] of value.fields) named.set(k, v);
    else {
      list.push(value);
      exprs.push(expr);
    }
  }
  return { list, exprs, named };
}

/** `session.execute(select(Note)…)`, `db.scalars(stmt).first()`: the statement inside is what is run. */
function wrapped(s: Semantics, step: Step, chain: Chain): Access | undefined {
  const runner = chain.links.find((l) =>
    /^(execute|scalar|scalars|scalar_one|scalar_one_or_none|exec|fetch_all|fetch_one|fetch_val|run_sync)$/.test(l.name),
  );
  const first = runner?.call.args[0]?.value;
  if (!runner || !first) return undefined;
  const inner = statementOf(s, step, first);
  if (!inner) return undefined;
  const many =
    chain.links.some((l) => /^(all|fetchall|partitions)$/.test(l.name)) ||
    (runner.name === 'scalars' && !chain.links.some((l) => /^(first|one|one_or_none)$/.test(l.name)));
  return made(step, { ...inner, op: inner.op === 'list' && !many && keyed(inner.filter ?? []) ? 'read' : inner.op });
}

function keyed(filter: readonly FieldTest[]): boolean {
  return filter.some((t) => /^(id|_id|pk|uuid|slug|code|key)$/i.test(t.field));
}

function statementOf(s: Semantics, step: Step, expr: Expr): Parts | undefined {
  let { path, frame } = step;
  let call: Expr = expr;
  if (expr.kind !== 'call') {
    const value = s.evaluate(path, expr, frame);
    const one = alternatives(value).find((v) => v.kind === 'result' || v.kind === 'call');
    if (one?.kind !== 'result' && one?.kind !== 'call') return undefined;
    ({ path, frame } = one.site);
    call = one.site.call;
  }
  if (call.kind !== 'call') return undefined;
  const at: Step = { ...step, path, frame, call };
  return sqlAlchemy(s, at, chainOf(call));
}

/** `select(Note).where(…)`, `update(Note).where(…).values(…)`, `db.query(Note).filter(…).first()`, `Note.query.filter_by(…)`. */
function sqlAlchemy(s: Semantics, step: Step, chain: Chain): Parts | undefined {
  const start = chain.links.findIndex(
    (l) => /^(select|update|delete|insert|query)$/.test(l.name) && modelArgument(l.call) !== undefined,
  );
  const legacy =
    chain.root?.kind === 'member' &&
    chain.root.property === 'query' &&
    chain.root.object.kind === 'name' &&
    /^[A-Z]/.test(chain.root.object.name);
  if (start === -1 && !legacy) return undefined;
  const head = chain.links[start];
  const model =
    legacy && chain.root?.kind === 'member'
      ? dotted(chain.root.object)
      : head
        ? (modelArgument(head.call) as string)
        : '';
  let op: AccessOp =
    head?.name === 'update'
      ? 'update'
      : head?.name === 'delete'
        ? 'delete'
        : head?.name === 'insert'
          ? 'create'
          : 'list';
  const filter: FieldTest[] = [];
  let written: Written = { fields: [], copied: [] };
  let counts = false;
  for (const { name, call } of chain.links.slice(start + 1)) {
    if (/^(where|filter|filter_by|having|join|outerjoin)$/.test(name)) {
      for (const a of call.args) if (!a.name && !a.spread) filter.push(...testsOf(s, step.path, a.value, step.frame));
      filter.push(...namedTests(s, step.path, call.args, step.frame));
    } else if (/^(get|get_or_404)$/.test(name) && call.args[0]) {
      filter.push({
        field: 'id',
        whole: 'id',
        value: s.evaluate(step.path, call.args[0].value, step.frame),
        expr: call.args[0].value,
      });
      op = 'read';
    } else if (
      /^(first|one|one_or_none|scalar|scalar_one|scalar_one_or_none|first_or_404|one_or_404)$/.test(name) &&
      op === 'list'
    )
      op = 'read';
    else if (name === 'values') {
      const first = call.args.find((a) => !a.name && !a.spread);
      const byRecord = first ? writtenBy(s, step.path, first.value, step.frame) : { fields: [], copied: [] };
      const byName = namedWritten(s, step, call);
      written = { fields: [...byRecord.fields, ...byName.fields], copied: [...byRecord.copied, ...byName.copied] };
    } else if (name === 'update' && (head?.name === 'query' || legacy)) {
      op = 'update';
      written = writtenBy(s, step.path, call.args[0]?.value, step.frame);
    } else if (name === 'delete' && (head?.name === 'query' || legacy)) op = 'delete';
    else if (/^(count|exists)$/.test(name)) counts = true;
  }
  return { model: modelName(model), op, filter, written, counts };
}

function modelArgument(call: CallExpr): string | undefined {
  for (const a of call.args) {
    const expr =
      a.value.kind === 'member' && /^[A-Z]/.test(dotted(a.value.object).split('.').at(-1) ?? '')
        ? a.value.object
        : a.value;
    const name = dotted(expr).split('.').at(-1) ?? '';
    if (expr.kind !== 'call' && /^[A-Z]/.test(name)) return name;
  }
  return undefined;
}

function alchemy(s: Semantics, step: Step, chain: Chain): Access | undefined {
  const direct = sqlAlchemy(s, step, chain);
  // `select(Note)` is a statement, not its execution.
  if (direct)
    return chain.links.some((l) => l.name === 'query') ||
      !chain.links.some((l) => /^(select|update|delete|insert)$/.test(l.name) && modelArgument(l.call))
      ? made(step, direct)
      : undefined;
  // `db.get(Note, id)`, `session.get_one(Note, id)`, `get_object_or_404(Note, pk=id)`, `db.add(note)`, `db.delete(note)`
  const link = chain.links.find(
    (l) =>
      /^(get|get_one|get_or_404|get_object_or_404|get_list_or_404|aget_object_or_404|merge)$/.test(l.name) &&
      l.call.args.length >= 2,
  );
  if (link && modelish(link.call.args[0]?.value)) {
    const [model, key] = link.call.args;
    const filter: FieldTest[] = [];
    if (key && !key.name && key.value.kind !== 'record')
      filter.push({ field: 'id', whole: 'id', value: s.evaluate(step.path, key.value, step.frame), expr: key.value });
    else if (key?.value.kind === 'record') filter.push(...testsOf(s, step.path, key.value, step.frame));
    filter.push(...namedTests(s, step.path, link.call.args, step.frame));
    if (filter.length === 0) return undefined;
    return made(step, {
      model: modelName(dotted(model?.value)),
      op: link.name === 'get_list_or_404' ? 'list' : 'read',
      filter,
    });
  }
  const last = chain.links.at(-1);
  if (
    last &&
    chain.root &&
    /^(add|delete|remove|merge|add_all|persist|save)$/.test(last.name) &&
    STORE.test(dotted(chain.root)) &&
    last.call.args[0]
  ) {
    const value = s.evaluate(step.path, last.call.args[0].value, step.frame);
    for (const v of alternatives(value)) {
      const creation = constructed(s, v, step);
      if (creation && last.name !== 'delete' && last.name !== 'remove') return made(step, creation);
      const loaded = accessOfValue(s, v, step.fn);
      if (loaded)
        return made(step, {
          model: loaded.model,
          op: last.name === 'delete' || last.name === 'remove' ? 'delete' : 'update',
          filter: loaded.filter,
          loaded,
        });
    }
  }
  return undefined;
}

function modelish(expr: Expr | undefined): boolean {
  return expr !== undefined && expr.kind !== 'call' && /^[A-Z]/.test(dotted(expr).split('.').at(-1) ?? '');
}

/** `Note(owner_id=…, **body)`: what a new record of a workspace class is made from. */
function constructed(s: Semantics, value: Value, step: Step): Parts | undefined {
  const site =
    value.kind === 'instance' ? value.site : value.kind === 'result' || value.kind === 'call' ? value.site : undefined;
  if (!site) return undefined;
  const name = dotted(site.call.callee).split('.').at(-1) ?? '';
  if (value.kind !== 'instance' && !/^[A-Z]/.test(name)) return undefined;
  const at: Step = { ...step, path: site.path, frame: site.frame, call: site.call };
  const first = site.call.args.find((a) => !a.name && !a.spread);
  const byRecord = first ? writtenBy(s, site.path, first.value, site.frame) : { fields: [], copied: [] };
  const byName = namedWritten(s, at, site.call);
  return {
    model: modelName(value.kind === 'instance' ? value.cls.name || name : name),
    op: 'create',
    written: { fields: [...byRecord.fields, ...byName.fields], copied: [...byRecord.copied, ...byName.copied] },
  };
}

/** `db.select().from(notes).where(…)`, `db.update(notes).set(…).where(…)`, `db.insert(notes).values(…)`, `db.delete(notes).where(…)`. */
function drizzle(s: Semantics, step: Step, chain: Chain): Access | undefined {
  if (!chain.root) return undefined;
  const head = chain.links[0];
  if (!head) return undefined;
  const from = chain.links.find((l) => l.name === 'from');
  const selects =
    /^(select|selectDistinct)$/.test(head.name) && from !== undefined && from.call.args[0]?.value.kind !== 'literal';
  const writes =
    /^(insert|update|delete)$/.test(head.name) &&
    head.call.args.length === 1 &&
    (head.call.args[0]?.value.kind === 'name' || head.call.args[0]?.value.kind === 'member');
  if (!selects && !writes) return undefined;
  if (
    writes &&
    !chain.links.some((l) => /^(values|set|where|returning|select)$/.test(l.name)) &&
    head.name !== 'delete'
  )
    return undefined;
  if (writes && !STORE.test(dotted(chain.root))) return undefined;
  const table = selects ? from?.call.args[0]?.value : head.call.args[0]?.value;
  const filter: FieldTest[] = [];
  let written: Written = { fields: [], copied: [] };
  for (const { name, call } of chain.links.slice(1)) {
    const first = call.args[0]?.value;
    if (!first) continue;
    if (name === 'where') filter.push(...testsOf(s, step.path, first, step.frame));
    else if (/Join$/.test(name) && call.args[1]) filter.push(...testsOf(s, step.path, call.args[1].value, step.frame));
    else if (name === 'values' || name === 'set') written = writtenBy(s, step.path, first, step.frame);
  }
  const op: AccessOp = selects
    ? keyed(filter)
      ? 'read'
      : 'list'
    : head.name === 'insert'
      ? 'create'
      : head.name === 'update'
        ? 'update'
        : 'delete';
  return made(step, { model: modelName(dotted(table)), op, filter, written });
}

/** Knex and Supabase: `knex('notes').where({ id }).update(…)`, `supabase.from('notes').delete().eq('id', id)`. */
function tableChain(s: Semantics, step: Step, chain: Chain): Access | undefined {
  const at = chain.links.findIndex(
    (l, i) =>
      (l.name === 'from' ||
        l.name === 'table' ||
        (i === 0 && chain.root === undefined && STORE.test(l.name)) ||
        l.name === 'collection') &&
      l.call.args.length <= 2 &&
      textOf(l.call.args[0] ? s.evaluate(step.path, l.call.args[0].value, step.frame) : UNKNOWN) !== undefined,
  );
  const link = chain.links[at];
  if (!link) return undefined;
  const table = textOf(s.evaluate(step.path, (link.call.args[0] as { value: Expr }).value, step.frame)) as string;
  if (!/^[\w.]+$/.test(table)) return undefined;
  const others = chain.links.filter((_, i) => i !== at);
  if (others.length === 0) return undefined;
  let op: AccessOp = 'list';
  const filter: FieldTest[] = [];
  let written: Written = { fields: [], copied: [] };
  for (const { name, call } of others) {
    const [first, second, third] = call.args.map((a) => a.value);
    if (/^(where|andWhere|eq|match|filter|is|contains)$/.test(name)) {
      if (first && second) {
        const field = textOf(s.evaluate(step.path, first, step.frame));
        const value = third ?? second;
        if (field) filter.push({ field, whole: field, value: s.evaluate(step.path, value, step.frame), expr: value });
      } else if (first) filter.push(...testsOf(s, step.path, first, step.frame));
    } else if (name === 'insert') {
      op = 'create';
      written = writtenBy(s, step.path, first, step.frame);
    } else if (/^(update|upsert|merge)$/.test(name)) {
      op = 'update';
      written = writtenBy(s, step.path, first, step.frame);
    } else if (/^(del|delete|remove)$/.test(name)) op = 'delete';
    else if (/^(first|single|maybeSingle)$/.test(name) && op === 'list') op = 'read';
    else if (
      /^(findOne|find_one|updateOne|update_one|deleteOne|delete_one|insertOne|insert_one|find|findOneAndUpdate)$/.test(
        name,
      )
    ) {
      const parts = byMethod(s, step, name, call);
      return made(step, { ...parts, model: modelName(table) });
    }
  }
  if (op === 'list' && keyed(filter)) op = 'read';
  return made(step, { model: modelName(table), op, filter, written });
}

/** `prisma.note.findMany({ where })`, `Note.findById(id)`, `notesRepo.update(id, data)`, `Note.objects.get(pk=pk)`, `noteService.remove(id)`. */
function modelCall(s: Semantics, step: Step, chain: Chain): Access | undefined {
  if (!chain.root) return undefined;
  const receiver = dotted(chain.root);
  if (!receiver) return undefined;
  const last = receiver.split('.').at(-1) ?? '';
  const specific = (name: string) =>
    READ_ONE.test(name) || READ_MANY.test(name) || CREATE.test(name) || UPDATE.test(name) || DELETE.test(name);
  const capital =
    /^[A-Z][a-z]/.test(last) &&
    !/^(Object|Array|Math|JSON|Promise|Date|Number|String|Buffer|Reflect|Map|Set|Error|Response|NextResponse|Request|URL|Headers|FormData|Router|Schema|Symbol|Intl|Types|Logger|Console|Session|Redis|Client|Axios|Path|Query|Body|Form|Depends|Field|Column|Enum|Decimal|Q|F)$/.test(
      last,
    );
  const underStore = STORE.test(receiver.split('.').slice(0, -1).join('.'));
  const manager = last === 'objects' || last === '_default_manager';
  const repository = REPOSITORY.test(last);
  let index = chain.links.findIndex((l) => specific(l.name) || COUNTS.test(l.name));
  const byName =
    index !== -1 && (capital || underStore || manager || repository || unmistakable(chain.links[index]?.name ?? ''));
  if (!byName) {
    if (!(capital || underStore || manager || repository)) return undefined;
    index = chain.links.findIndex((l) => l.name in GENERIC);
  }
  const link = chain.links[index];
  if (!link) return guessedCall(s, step, chain, capital || repository, last);
  const callee = s.callee({ path: step.path, call: link.call, frame: step.frame });
  if (alternatives(callee).some((v) => v.kind === 'function')) return undefined;
  if (isLanguageValue(s, step, chain.root)) return undefined;
  const parts = byMethod(s, step, link.name, link.call);
  const more: FieldTest[] = [];
  let counts = parts.counts ?? COUNTS.test(link.name);
  let { op } = parts;
  let written = parts.written;
  for (const { name, call } of chain.links.slice(index + 1)) {
    if (/^(where|filter|andWhere|exclude|equals|filter_by|get)$/.test(name)) {
      if (name === 'exclude') continue;
      for (const a of call.args) if (!a.name && !a.spread) more.push(...testsOf(s, step.path, a.value, step.frame));
      more.push(...namedTests(s, step.path, call.args, step.frame));
      if (name === 'get') op = 'read';
    } else if (/^(first|one|get)$/.test(name) && op === 'list') op = 'read';
    else if (name === 'update' && op === 'list') {
      op = 'update';
      const byNames = namedWritten(s, step, call);
      written = call.args.some((a) => a.name || a.spread)
        ? byNames
        : writtenBy(s, step.path, call.args[0]?.value, step.frame);
    } else if (name === 'delete' && op === 'list') op = 'delete';
    else if (/^(count|exists|aggregate)$/.test(name)) counts = true;
  }
  const filter = [...(parts.filter ?? []), ...more];
  if (op === 'list' && keyed(filter)) op = 'read';
  const owner = manager ? (receiver.split('.').at(-2) ?? '') : last;
  return made(step, { ...parts, model: named(s, step, owner), op, filter, counts, ...(written ? { written } : {}) });
}

/** Names that nothing but a store has. */
function unmistakable(name: string): boolean {
  return /^(find(Unique|First|One|By|Many|And)|find_one|find_many|get_or_404|first_or_404|(update|delete|insert)_?(One|Many|one|many)$|findById|bulk_?[cC]reate)/.test(
    name,
  );
}

/** A value of the language itself (a map, a list, a text) is a store only if it outlives the request: `inMemory` says so. */
function isLanguageValue(s: Semantics, step: Step, root: Expr): boolean {
  const value = s.evaluate(step.path, root, step.frame);
  return alternatives(value).some(
    (v) =>
      v.kind === 'list' ||
      v.kind === 'record' ||
      v.kind === 'literal' ||
      (v.kind === 'result' && /:(Map|Set|URLSearchParams|Headers|FormData|WeakMap)$/.test(v.callee)) ||
      requestInputOf(s, v) !== undefined,
  );
}

function byMethod(s: Semantics, step: Step, name: string, call: CallExpr): Parts {
  const op: AccessOp = READ_ONE.test(name)
    ? 'read'
    : READ_MANY.test(name) || COUNTS.test(name)
      ? 'list'
      : CREATE.test(name)
        ? 'create'
        : UPDATE.test(name)
          ? 'update'
          : DELETE.test(name)
            ? 'delete'
            : (GENERIC[name] ?? 'list');
  const positional = call.args.filter((a) => !a.name && !a.spread).map((a) => a.value);
  const [first, second] = positional;
  const named = call.args.some((a) => a.name || a.spread === 'record');
  const options = [first, second].find((e) => e?.kind === 'record' && e.entries.some((x) => x.key === 'where'));
  const data =
    first?.kind === 'record'
      ? first.entries.find((e) => e.key === 'data' || e.key === 'update' || e.key === 'create')
      : undefined;
  const idTest = (expr: Expr): FieldTest => ({
    field: 'id',
    whole: 'id',
    value: s.evaluate(step.path, expr, step.frame),
    expr,
  });
  const filter: FieldTest[] = [];
  let written: Written = { fields: [], copied: [] };
  if (options?.kind === 'record') {
    const where = options.entries.find((e) => e.key === 'where');
    if (where) filter.push(...testsOf(s, step.path, where.value, step.frame));
    if (data) written = writtenBy(s, step.path, data.value, step.frame);
    else if (options === second) written = writtenBy(s, step.path, first, step.frame);
  } else if (op === 'create') {
    written =
      data?.key === 'data'
        ? writtenBy(s, step.path, data.value, step.frame)
        : named
          ? namedWritten(s, step, call)
          : writtenBy(s, step.path, first, step.frame);
  } else if (BY_ID.test(name) && first && !(first.kind === 'record')) {
    filter.push(idTest(first));
    written = writtenBy(s, step.path, second, step.frame);
  } else if (op === 'update' || op === 'delete') {
    if (named && op === 'update' && !first) written = namedWritten(s, step, call);
    else if (named && !first) filter.push(...namedTests(s, step.path, call.args, step.frame));
    else if (first && second) {
      const tests = testsOf(s, step.path, first, step.frame);
      filter.push(...(tests.length > 0 || first.kind === 'record' ? tests : [idTest(first)]));
      written = writtenBy(s, step.path, second, step.frame);
    } else if (first) {
      if (first.kind === 'record' || op === 'update') {
        if (op === 'delete') filter.push(...testsOf(s, step.path, first, step.frame));
        else written = writtenBy(s, step.path, first, step.frame);
      } else {
        const value = s.evaluate(step.path, first, step.frame);
        const loaded = accessOfValue(s, value, step.fn);
        if (loaded) return { model: '', op, filter: loaded.filter, loaded };
        filter.push(idTest(first));
      }
    }
  } else {
    if (named) filter.push(...namedTests(s, step.path, call.args, step.frame));
    if (first) {
      const tests = testsOf(s, step.path, first, step.frame);
      if (tests.length > 0) filter.push(...tests);
      else if (first.kind !== 'record' && first.kind !== 'lambda') filter.push(...argumentTests(s, step, name, call));
    }
  }
  return { model: '', op, filter, written };
}

/** A method that only its name explains: `findByUserId(x)` demands `userId`; `getOrders(userId)` what its arguments are called. */
function argumentTests(s: Semantics, step: Step, name: string, call: CallExpr): readonly FieldTest[] {
  const by = /(?:By|_by|^by|^of)_?([A-Za-z]\w*)$/.exec(name)?.[1];
  const names = by?.split(/And|_and_/).map((n) => n.replace(/^_/, '')) ?? [];
  return call.args
    .filter((a) => !a.spread && a.value.kind !== 'record' && a.value.kind !== 'lambda')
    .map((a, i) => {
      const written = a.name ?? names[i] ?? lastName(a.value) ?? 'id';
      const field = written.charAt(0).toLowerCase() + written.slice(1);
      return { field, whole: field, value: s.evaluate(step.path, a.value, step.frame), expr: a.value };
    });
}

function lastName(expr: Expr): string | undefined {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') return expr.property;
  if (expr.kind === 'call' && expr.args[0] && expr.callee.kind === 'name') return lastName(expr.args[0].value);
  return undefined;
}

const VERBS: readonly (readonly [RegExp, AccessOp])[] = [
  [/^(delete|remove|destroy|archive|purge|drop|revoke|cancel|close)/i, 'delete'],
  [
    /^(update|save|set|edit|change|patch|put|rename|approve|reject|publish|move|assign|mark|transfer|add|append|enable|disable|toggle|reset|complete|upsert)/i,
    'update',
  ],
  [/^(create|insert|new|register|post|place|submit|make|store)/i, 'create'],
  [/^(list|all|search|query|browse|of_|for_|find_?all|get_?all|find_?many)/i, 'list'],
  [/^(get|find|load|fetch|read|by_|show|lookup|retrieve|view|download|export)/i, 'read'],
];

/** A method of a model, repository or service that can't be seen. */
function guessedCall(s: Semantics, step: Step, chain: Chain, likely: boolean, last: string): Access | undefined {
  const link = chain.links[0];
  if (!likely || !link || !chain.root) return undefined;
  const callee = s.callee({ path: step.path, call: link.call, frame: step.frame });
  if (alternatives(callee).some((v) => v.kind === 'function' || v.kind === 'external')) return undefined;
  if (isLanguageValue(s, step, chain.root)) return undefined;
  // A library's own object (a client, a validator) is no store of ours.
  if (/^(api|client|gateway)$/i.test(last)) return undefined;
  const op = VERBS.find(([pattern]) => pattern.test(link.name))?.[1];
  if (!op) return undefined;
  const record = link.call.args.find(
    (a) =>
      !a.name && (a.value.kind === 'record' || requestInputOf(s, s.evaluate(step.path, a.value, step.frame))?.whole),
  )?.value;
  return made(step, {
    model: named(s, step, last),
    op,
    filter: argumentTests(s, step, link.name, link.call).filter((t) => requestInputOf(s, t.value)?.whole !== true),
    ...(record ? { written: writtenBy(s, step.path, record, step.frame) } : {}),
    guessed: true,
  });
}

/** Stores that live in the process: a module's map, list or dictionary. */
function inMemory(s: Semantics, step: Step, chain: Chain): Access | undefined {
  const { root } = chain;
  const link = chain.links[0];
  if (!root || !link || !outlives(s, step.path, root)) return undefined;
  const value = s.evaluate(step.path, root);
  const kind = alternatives(value)
    .map((v) =>
      v.kind === 'list'
        ? 'list'
        : v.kind === 'record'
          ? 'map'
          : v.kind === 'result' && /:(Map|Set|dict|list|collections\.\w+)$/.test(v.callee)
            ? 'map'
            : undefined,
    )
    .find((k) => k !== undefined);
  if (!kind) return undefined;
  const model = modelName(dotted(root));
  const first = link.call.args[0]?.value;
  const idTest = (expr: Expr): FieldTest => ({
    field: 'id',
    whole: 'id',
    value: s.evaluate(step.path, expr, step.frame),
    expr,
  });
  switch (link.name) {
    case 'get':
    case 'has':
      return first
        ? made(step, { model, op: 'read', filter: [idTest(first)], counts: link.name === 'has' })
        : undefined;
    case 'delete':
    case 'pop':
      return first ? made(step, { model, op: 'delete', filter: [idTest(first)] }) : undefined;
    case 'set':
      return first && link.call.args[1]
        ? made(step, {
            model,
            op: 'update',
            filter: [idTest(first)],
            written: writtenBy(s, step.path, link.call.args[1].value, step.frame),
          })
        : undefined;
    case 'push':
    case 'append':
    case 'unshift':
    case 'add':
      return made(step, { model, op: 'create', written: writtenBy(s, step.path, first, step.frame) });
    case 'find':
    case 'findIndex':
    case 'some':
      return first ? made(step, { model, op: 'read', filter: testsOf(s, step.path, first, step.frame) }) : undefined;
    case 'filter':
      return first ? made(step, { model, op: 'list', filter: testsOf(s, step.path, first, step.frame) }) : undefined;
    case 'values':
    case 'entries':
    case 'items':
    case 'map': {
      const filter = chain.links.slice(1).find((l) => l.name === 'filter' || l.name === 'find')?.call.args[0]?.value;
      return made(step, { model, op: 'list', filter: filter ? testsOf(s, step.path, filter, step.frame) : [] });
    }
    case 'splice':
      return made(step, { model, op: 'delete' });
    default:
      return undefined;
  }
}

/** Whether a name lives longer than a request: bound at the top of a file, or imported. */
function outlives(s: Semantics, path: string, root: Expr): boolean {
  const base = baseName(root);
  if (!base) return false;
  const binding = s.index(path).lookup(base.name, base);
  return (
    binding !== undefined &&
    binding.scope.parent === undefined &&
    !binding.definitions.some((d) => d.how === 'function')
  );
}

function baseName(expr: Expr): Extract<Expr, { kind: 'name' }> | undefined {
  if (expr.kind === 'name') return expr;
  return expr.kind === 'member' ? baseName(expr.object) : undefined;
}

/** `NOTES[id]`, `notes[id] = …`: a subscript of a store that lives in the process. */
export function subscriptAccess(
  s: Semantics,
  step: Step,
  expr: Extract<Expr, { kind: 'index' }>,
  role: 'read' | 'update' | 'delete',
): Access | undefined {
  if (!outlives(s, step.path, expr.object)) return undefined;
  const value = s.evaluate(step.path, expr.object);
  if (
    !alternatives(value).some(
      (v) =>
        v.kind === 'record' || v.kind === 'list' || (v.kind === 'result' && /:(dict|collections\.\w+)$/.test(v.callee)),
    )
  )
    return undefined;
  const key = s.evaluate(step.path, expr.index, step.frame);
  if (key.kind === 'literal') return undefined;
  return made(
    step,
    {
      model: modelName(dotted(expr.object)),
      op: role,
      filter: [{ field: 'id', whole: 'id', value: key, expr: expr.index }],
    },
    expr,
  );
}

/** `note.save()`, `note.deleteOne()`, `user.update(body)`: a change of a record that was loaded before. */
function ofLoaded(s: Semantics, step: Step, chain: Chain): Access | undefined {
  const link = chain.links.at(-1);
  const object = link?.call.callee.kind === 'member' ? link.call.callee.object : undefined;
  if (!link || !object) return undefined;
  if (!/^(save|update|delete|deleteOne|remove|destroy|updateOne|set|overwrite|asave|adelete)$/.test(link.name))
    return undefined;
  const value = s.evaluate(step.path, object, step.frame);
  if (isLanguageValue(s, step, object)) return undefined;
  for (const v of alternatives(value)) {
    const creation = /^(save|asave)$/.test(link.name) ? constructed(s, v, step) : undefined;
    if (creation) return made(step, creation);
    const loaded = accessOfValue(s, v, step.fn);
    if (!loaded) continue;
    const op: AccessOp = /^(delete|deleteOne|remove|destroy|adelete)$/.test(link.name) ? 'delete' : 'update';
    const written =
      op === 'update' && link.name !== 'save'
        ? writtenBy(s, step.path, link.call.args[0]?.value, step.frame)
        : undefined;
    return made(step, { model: loaded.model, op, filter: loaded.filter, loaded, ...(written ? { written } : {}) });
  }
  return undefined;
}

/** `note.title = …` on a loaded record, as an update of it. */
export function assignedAccess(s: Semantics, step: Step, target: Expr, value: Expr, node: IrNode): Access | undefined {
  if (target.kind !== 'member') return undefined;
  void node;
  const object = s.evaluate(step.path, target.object, step.frame);
  const loaded = alternatives(object)
    .map((v) => accessOfValue(s, v, step.fn))
    .find((a) => a !== undefined);
  if (!loaded) return undefined;
  return made(
    step,
    {
      model: loaded.model,
      op: 'update',
      filter: loaded.filter,
      written: {
        fields: [
          {
            field: target.property,
            whole: target.property,
            value: s.evaluate(step.path, value, step.frame),
            expr: value,
          },
        ],
        copied: [],
      },
      loaded,
    },
    target,
  );
}

/** The model behind a receiver; a field that only says `repo` or `model` is named after its class. */
function named(s: Semantics, step: Step, receiver: string): string {
  const own = modelName(receiver);
  if (
    !/^(repo|repository|model|store|collection|dao|db|prisma|client|service|table|manager|crud|api|gateway|em|session|orm)$/.test(
      own,
    )
  )
    return own;
  const cls = s.index(step.path).classOf(step.call);
  return cls?.name ? modelName(cls.name.replace(/(Impl|Controller|Resolver|Handler)$/, '')) : own;
}

/** A model's name as it is compared: its last part, singular, in lower case, without what says what it is. */
export function modelName(name: string): string {
  const last = name.split('.').at(-1) ?? '';
  const bare = last.replace(
    /(Repository|Repositories|Repo|Service|Svc|Store|Dao|DAO|Model|Models|Collection|Table|Schema|Crud|Entity|DB|Db|_repo|_repository|_service|_store|_table|_model|_collection|_db)$/,
    '',
  );
  const plain = (bare || last).replaceAll('_', '').toLowerCase();
  if (/ies$/.test(plain)) return `${plain.slice(0, -3)}y`;
  if (/(ses|xes|ches|shes)$/.test(plain)) return plain.slice(0, -2);
  return plain.replace(/([^s])s$/, '$1');
}

/** `db.Where("id = ? AND user_id = ?", id, uid).First(&note)`, `db.Create(&note)`, `db.Delete(&Note{}, id)`, `db.Save(&note)`. */
function gorm(s: Semantics, step: Step, chain: Chain): Access | undefined {
  if (!chain.root || !STORE.test(dotted(chain.root))) return undefined;
  const last = chain.links.find((l) =>
    /^(First|Find|Take|Last|Create|Save|Delete|Updates|Update|UpdateColumn|Count|Scan|Pluck|FirstOrCreate)$/.test(
      l.name,
    ),
  );
  if (!last) return undefined;
  const model =
    chain.links.find((l) => l.name === 'Model' || l.name === 'Table')?.call.args[0]?.value ?? last.call.args[0]?.value;
  if (!model) return undefined;
  const name = goType(s, step, model);
  if (!name) return undefined;
  const filter: FieldTest[] = [];
  const condition = (args: readonly Expr[]) => {
    const [first, ...rest] = args;
    if (!first) return;
    const text = textOf(s.evaluate(step.path, first, step.frame));
    const statement = text === undefined ? undefined : readSql(`select x from t where ${text}`);
    if (statement && /[=?]/.test(text ?? '')) {
      for (const t of statement.where) {
        const given = typeof t.parameter === 'number' ? rest[t.parameter] : undefined;
        filter.push({
          field: t.column,
          whole: t.column,
          value: given ? s.evaluate(step.path, given, step.frame) : UNKNOWN,
        });
      }
    } else if (first.kind === 'record' || (first.kind === 'unary' && first.operand.kind === 'record'))
      filter.push(...testsOf(s, step.path, first.kind === 'unary' ? first.operand : first, step.frame));
    else filter.push({ field: 'id', whole: 'id', value: s.evaluate(step.path, first, step.frame), expr: first });
  };
  for (const l of chain.links) if (l.name === 'Where') condition(l.call.args.map((a) => a.value));
  if (/^(First|Find|Take|Last|Delete)$/.test(last.name)) condition(last.call.args.slice(1).map((a) => a.value));
  const op: AccessOp =
    last.name === 'Create'
      ? 'create'
      : last.name === 'Delete'
        ? 'delete'
        : /^(Save|Update|Updates|UpdateColumn)$/.test(last.name)
          ? 'update'
          : last.name === 'Find' && !keyed(filter)
            ? 'list'
            : 'read';
  return made(step, { model: modelName(name), op, filter, counts: last.name === 'Count' });
}

/** The struct that `&note`, `&Note{}` or `note` is. */
function goType(s: Semantics, step: Step, expr: Expr): string | undefined {
  const inner = expr.kind === 'unary' ? expr.operand : expr;
  if (inner.kind === 'record' || inner.kind === 'list')
    return inner.type ? dotted(inner.type).split('.').at(-1) : undefined;
  const value = s.evaluate(step.path, inner, step.frame);
  for (const v of alternatives(value)) {
    if (v.kind === 'instance') return v.cls.name;
    if (v.kind === 'record' && v.type) return v.type.split('.').at(-1);
  }
  return textOf(value) ?? (inner.kind === 'name' ? inner.name : undefined);
}
