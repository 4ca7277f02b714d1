/**
 * What code does with records by key, whatever keeps them: SQL text, an ORM's calls, a cache, a map. One act says which
 * container is touched, by which fields, what is written, so that a lookup and the write that ends it can be compared.
 * Made for tokens and sessions; others may use it.
 */
import type { CallExpr, Expr } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { Semantics } from '../semantics/semantics.js';
import { type Frame, UNKNOWN, type Value, alternatives, textOf } from '../semantics/value.js';
import { remembered } from '../semantics/value-cache.js';
import { type Visit, callsIn, expressionsIn, writesIn } from './reach.js';
import { statementsIn } from './sql-records.js';

/** A field and the value it is compared with, or set to. */
export interface RecordField {
  readonly field: string;
  readonly value: Value;
}

/** One act on records. */
export interface RecordAct {
  readonly op: 'read' | 'insert' | 'update' | 'delete';
  /** The container's name, normalised: `refresh_tokens` and `RefreshToken` are `refreshtoken`. Empty when not known. */
  readonly container: string;
  readonly kept: 'table' | 'cache' | 'memory';
  /** Conditions: which records. A cache's key has the field `key`. */
  readonly where: readonly RecordField[];
  /** All fields that the condition names, whatever it asks of them (`revoked_at IS NULL`). */
  readonly tested: readonly string[];
  readonly written: readonly RecordField[];
  /** How long it is kept, for caches. */
  readonly ttl?: Value;
  readonly path: string;
  readonly node: IrNode;
  readonly frame: Frame | undefined;
  /** A lazy query that nothing runs: no `await`, no `then`. */
  readonly idle?: boolean;
  /** A change of an object in memory, that something must still save. */
  readonly unsaved?: boolean;
}

const acts = new WeakMap<Semantics, Map<Visit, readonly RecordAct[]>>();

/** The acts on records of one visited function. */
export function recordActs(s: Semantics, visit: Visit): readonly RecordAct[] {
  let byVisit = acts.get(s);
  if (!byVisit) {
    byVisit = new Map();
    acts.set(s, byVisit);
  }
  let known = byVisit.get(visit);
  if (!known) {
    // In a frame of its own a function does what its caller hands over; by itself it does the same as long as it is the same.
    known = visit.frame ? compute(s, visit) : remembered(s, 'record-acts', visit.fn, () => compute(s, visit));
    byVisit.set(visit, known);
  }
  return known;
}

function compute(s: Semantics, visit: Visit): readonly RecordAct[] {
  const { path, fn, frame } = visit;
  const index = s.look(path);
  const found: RecordAct[] = [];
  for (const call of callsIn(index, fn)) found.push(...actsOfCall(s, path, call, frame));
  for (const expr of expressionsIn(index, fn)) {
    if (expr.kind === 'concat' && expr.tag) found.push(...sqlActs(s, path, expr, expr, undefined, frame));
    else if (expr.kind === 'binary' && (expr.operator === 'in' || expr.operator === 'not in')) {
      const container = memoryName(s, path, expr.right, frame);
      if (container)
        found.push(
          act({
            op: 'read',
            container,
            kept: 'memory',
            where: [key(s, path, expr.left, frame)],
            path,
            node: expr,
            frame,
          }),
        );
    } else if (expr.kind === 'unary' && expr.operator === 'delete') {
      const target = expr.operand;
      if (target.kind === 'index') {
        const container = memoryName(s, path, target.object, frame);
        if (container)
          found.push(
            act({
              op: 'delete',
              container,
              kept: 'memory',
              where: [key(s, path, target.index, frame)],
              path,
              node: expr,
              frame,
            }),
          );
      }
    } else if (expr.kind === 'index' && !isWritten(index, expr)) {
      const container = memoryName(s, path, expr.object, frame);
      if (container)
        found.push(
          act({
            op: 'read',
            container,
            kept: 'memory',
            where: [key(s, path, expr.index, frame)],
            path,
            node: expr,
            frame,
          }),
        );
    }
  }
  for (const write of writesIn(index, fn)) {
    const { target } = write;
    if (target.kind === 'index') {
      const container = memoryName(s, path, target.object, frame);
      if (container)
        found.push(
          act({
            op: 'insert',
            container,
            kept: 'memory',
            where: [key(s, path, target.index, frame)],
            written: [{ field: 'value', value: s.evaluate(path, write.value, frame) }],
            path,
            node: write.node,
            frame,
          }),
        );
    } else if (target.kind === 'member' && !(target.object.kind === 'name' && target.object.name === 'this')) {
      const container = recordContainer(s, s.evaluate(path, target.object, frame), 4);
      found.push(
        act({
          op: 'update',
          container:
            container ??
            nameOfContainer(
              target.object.kind === 'name'
                ? target.object.name
                : target.object.kind === 'member'
                  ? target.object.property
                  : '',
            ),
          kept: 'table',
          where: [],
          written: [{ field: target.property, value: s.evaluate(path, write.value, frame) }],
          path,
          node: write.node,
          frame,
          unsaved: true,
        }),
      );
    }
  }
  return found;
}

function isWritten(index: ReturnType<Semantics['index']>, expr: Expr): boolean {
  const parent = index.parentOf(expr);
  if (parent && 'kind' in parent && parent.kind === 'unary' && parent.operator === 'delete') return true;
  return index.memberWrites.some((write) => write.target === expr);
}

function act(
  fields: Omit<RecordAct, 'tested' | 'written'> & Partial<Pick<RecordAct, 'tested' | 'written'>>,
): RecordAct {
  return { tested: fields.where.map((w) => w.field), written: [], ...fields };
}

function key(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): RecordField {
  return { field: 'key', value: s.evaluate(path, expr, frame) };
}

/** A container's name in one form: letters and digits, lower case, singular, without words that say "store". */
export function nameOfContainer(name: string): string {
  const plain = name
    .replace(/^(?:db|app|public|schema|models|tables)\./i, '')
    .replace(/[^A-Za-z0-9]/g, '')
    .replace(/(?:Repository|Repo|Model|Collection|Table|Dao|Entity|Schema|Manager|DB)$/i, '')
    .toLowerCase();
  return plain.endsWith('ies')
    ? `${plain.slice(0, -3)}y`
    : plain.endsWith('s') && !plain.endsWith('ss')
      ? plain.slice(0, -1)
      : plain;
}

/** A field's name in one form: `revoked_at`, `revokedAt` → `revokedat`. */
export function nameOfField(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

const DELETES = new Set([
  'delete',
  'del',
  'destroy',
  'remove',
  'deletemany',
  'deleteone',
  'deletefrom',
  'findoneanddelete',
  'findbyidanddelete',
  'findoneandremove',
  'findbyidandremove',
  'findanddelete',
  'softdelete',
  'deleteby',
  'unlink',
  'getdel',
  'remove_one',
  'delete_one',
  'delete_many',
  'find_one_and_delete',
  'adelete',
  'hdel',
  'srem',
  'zrem',
  'lrem',
  'delete_or_404',
  'hardelete',
]);
const UPDATES = new Set([
  'update',
  'updatemany',
  'updateone',
  'findoneandupdate',
  'findbyidandupdate',
  'findoneandreplace',
  'replaceone',
  'increment',
  'update_one',
  'update_many',
  'find_one_and_update',
  'aupdate',
  'updateorfail',
  'bulk_update',
]);
const INSERTS = new Set([
  'insert',
  'insertone',
  'insertmany',
  'create',
  'createmany',
  'upsert',
  'save',
  'add',
  'insert_one',
  'acreate',
  'get_or_create',
  'update_or_create',
  'insertinto',
  'bulk_create',
  'findorcreate',
]);
const READS = new Set([
  'find',
  'findone',
  'findfirst',
  'findunique',
  'findfirstorthrow',
  'finduniqueorthrow',
  'findoneby',
  'findby',
  'findoneorfail',
  'findbyid',
  'findbypk',
  'findmany',
  'findall',
  'first',
  'get',
  'aget',
  'exists',
  'count',
  'countdocuments',
  'find_one',
  'filter',
  'filter_by',
  'scalar',
  'scalar_one_or_none',
  'one_or_none',
  'one',
  'all',
  'select',
  'query',
  'maybesingle',
  'single',
  'limit',
  'afirst',
  'aexists',
  'get_or_none',
  'get_object_or_404',
  'get_or_404',
  'first_or_404',
]);
const CONDITIONS =
  /^(?:where|andwhere|filter|filterby|filter_by|eq|match|exclude|having|wherenull|is|gt|gte|lt|lte|neq|wherenot|orwhere)$/i;
const WRITTEN = /^(?:set|values|data|update|insert|create|\$set|upsert|add|save|acreate|aupdate|defaults)$/i;

interface Link {
  readonly name: string;
  readonly call: CallExpr;
}

/** The acts of a call: only of the outermost in a chain, and not of those that it is an argument of. */
export function actsOfCall(s: Semantics, path: string, call: CallExpr, frame: Frame | undefined): readonly RecordAct[] {
  const sql = sqlOfCall(s, path, call, frame);
  if (sql.length > 0) return sql;
  const index = s.look(path);
  const above = index.parentOf(call);
  const isInner =
    above &&
    'kind' in above &&
    above.kind === 'member' &&
    above.object === call &&
    isCalled(index, above) &&
    !/^(?:then|catch|finally|rowcount|toString)$/.test(above.property);
  if (isInner) return [];
  const cache = cacheActs(s, path, call, frame);
  if (cache.length > 0) return cache;
  const query = queryAct(s, path, call, frame);
  return query ? [query] : [];
}

function isCalled(index: ReturnType<Semantics['index']>, member: Expr): boolean {
  const parent = index.parentOf(member);
  return Boolean(parent && 'kind' in parent && parent.kind === 'call' && parent.callee === member);
}

// --- SQL text ---

function sqlOfCall(s: Semantics, path: string, call: CallExpr, frame: Frame | undefined): readonly RecordAct[] {
  for (const [i, argument] of call.args.slice(0, 3).entries()) {
    if (
      argument.value.kind !== 'literal' &&
      argument.value.kind !== 'concat' &&
      argument.value.kind !== 'name' &&
      argument.value.kind !== 'call' &&
      argument.value.kind !== 'record' &&
      argument.value.kind !== 'member' &&
      argument.value.kind !== 'binary'
    )
      continue;
    const text = sqlText(s, path, argument.value, frame);
    if (!text) continue;
    const parameters = call.args.slice(i + 1).map((a) => s.evaluate(path, a.value, frame));
    const inside =
      argument.value.kind === 'record'
        ? argument.value.entries.find((e) => e.key === 'values' || e.key === 'args')?.value
        : undefined;
    if (inside) parameters.unshift(s.evaluate(path, inside, frame));
    return sqlActs(s, path, call, text, parameters, frame);
  }
  return [];
}

/** The expression that holds SQL text: itself, or what `text(…)`, `{ sql: … }` wraps. */
function sqlText(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): Value | undefined {
  if (expr.kind === 'call' && expr.args[0]) {
    const callee = expr.callee;
    const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
    return /^(?:text|sql|raw|SQL|prepare)$/.test(name) ? sqlText(s, path, expr.args[0].value, frame) : undefined;
  }
  if (expr.kind === 'record') {
    const entry = expr.entries.find((e) => e.key === 'text' || e.key === 'sql');
    return entry ? sqlText(s, path, entry.value, frame) : undefined;
  }
  const value = s.evaluate(path, expr, frame);
  const first = value.kind === 'concat' ? value.parts[0] : value;
  const text = textOf(first);
  return text !== undefined && /^\s*(?:with|select|insert|update|delete|replace)\b[\s\S]*\s/i.test(text)
    ? value
    : undefined;
}

function sqlActs(
  s: Semantics,
  path: string,
  node: IrNode,
  text: Value | Expr,
  parameters: readonly Value[] | undefined,
  frame: Frame | undefined,
): readonly RecordAct[] {
  const holes: Value[] = [];
  let flat = '';
  if ('span' in text) {
    if (text.kind !== 'concat') return [];
    for (const part of text.parts) {
      if (part.kind === 'literal') flat += String(part.value);
      else {
        const value = s.evaluate(path, part, frame);
        const inner = textOf(value);
        flat +=
          inner !== undefined && /^[\w."]+$/.test(inner) && /(?:from|into|update|join)\s+$/i.test(flat)
            ? inner
            : ` \uE000${holes.push(value) - 1}\uE000 `;
      }
    }
    if (!/^\s*(?:with|select|insert|update|delete|replace)\b/i.test(flat)) return [];
  } else {
    for (const part of text.kind === 'concat' ? text.parts : [text]) {
      const known = textOf(part);
      flat += known ?? ` \uE000${holes.push(part) - 1}\uE000 `;
    }
  }
  const given = parameters ?? [];
  const list =
    given.length === 1 && given[0]?.kind === 'list'
      ? given[0].items
      : given.length === 1 && given[0]?.kind === 'record'
        ? []
        : given;
  const record = given.find((v) => v.kind === 'record');
  const valueIn = (placeholder: string): Value => {
    const hole = /\uE000(\d+)\uE000/.exec(placeholder);
    if (hole) return holes[Number(hole[1])] ?? UNKNOWN;
    const position = /^#(\d+)$/.exec(placeholder);
    if (position) return list[Number(position[1])] ?? UNKNOWN;
    const named = /^[:@$](\w+)$|^%\((\w+)\)s$/.exec(placeholder);
    if (named && record?.kind === 'record') return record.fields.get((named[1] ?? named[2]) as string) ?? UNKNOWN;
    const literal = /^(?:'([^']*)'|(\d+)|(true|false|null))$/i.exec(placeholder);
    if (literal)
      return {
        kind: 'literal',
        value:
          literal[1] ??
          (literal[2]
            ? Number(literal[2])
            : literal[3]?.toLowerCase() === 'null'
              ? null
              : literal[3]?.toLowerCase() === 'true'),
      };
    return { kind: 'derived', how: 'sql', of: [{ kind: 'literal', value: placeholder }] };
  };
  return statementsIn(flat).map((statement) => ({
    op: statement.op,
    container: nameOfContainer(statement.table),
    kept: 'table' as const,
    where: statement.where.map(({ column, value }) => ({ field: column, value: valueIn(value) })),
    tested: statement.tested,
    written: statement.written.map(({ column, value }) => ({ field: column, value: valueIn(value) })),
    path,
    node,
    frame,
  }));
}

// --- caches, maps, sets ---

const CACHE_READ =
  /^(?:get|exists|has|hget|sismember|sIsMember|get_json|getItem|includes|indexOf|mget|hexists|contains|zscore|ttl|getex|getbuffer|hgetall|hGetAll|smembers|sMembers)$/i;
const CACHE_WRITE =
  /^(?:set|setex|setnx|psetex|add|put|sadd|hset|hmset|push|append|zadd|incr|set_json|setItem|lpush|rpush|setdefault|hsetnx)$/i;
const CACHE_END = /^(?:del|delete|unlink|getdel|remove|pop|discard|srem|hdel|expire|removeItem|zrem|splice|evict)$/i;
const CACHE_NAME =
  /redis|cache|(?:^|[^a-z])kv|valkey|memcache|upstash|keyv|(?:block|black|deny|revo|allow|white|valid|active|refresh|session|used|consumed|rotated).*(?:list|token|set|map|store|jti|id)s?$|^(?:tokens|sessions|refresh_?tokens|blocklist|blacklist|denylist|store|revoked|used)$/i;

function cacheActs(s: Semantics, path: string, call: CallExpr, frame: Frame | undefined): readonly RecordAct[] {
  const callee = call.callee;
  if (callee.kind !== 'member' || call.args.length === 0) return [];
  const method = callee.property;
  const op = CACHE_READ.test(method)
    ? 'read'
    : CACHE_WRITE.test(method)
      ? 'insert'
      : CACHE_END.test(method)
        ? 'delete'
        : undefined;
  if (!op) return [];
  const object = callee.object.kind === 'unary' ? callee.object.operand : callee.object;
  if (isSessionOrRequest(object)) return [];
  const memory = memoryName(s, path, object, frame);
  const name = nameOf(object);
  if (!memory && !CACHE_NAME.test(name) && !isCacheClient(s.evaluate(path, object, frame))) return [];
  const first = call.args[0]?.value;
  // A record of conditions is an ORM's call, whatever the object is called.
  if (!memory && (first?.kind === 'record' || (first && s.evaluate(path, first, frame).kind === 'record'))) return [];
  if (
    !memory &&
    call.args.some((a) => a.name !== undefined && !/^(?:ex|px|ttl|timeout|exat|nx|key|value|time|name)$/.test(a.name))
  )
    return [];
  const at = call.args.find((a) => a.name === 'key' || a.name === 'name')?.value ?? first;
  if (!at) return [];
  const value = s.evaluate(path, at, frame);
  const container = memory ?? prefixOf(value) ?? nameOfContainer(name);
  const where = [{ field: 'key', value }];
  // Members of a set: the member is part of the key.
  if (/^(?:sadd|srem|sismember|hget|hset|hdel|hexists|zadd|zrem)$/i.test(method) && call.args[1])
    where.push({ field: 'member', value: s.evaluate(path, call.args[1].value, frame) });
  const written =
    op === 'insert' && call.args[1]
      ? [
          {
            field: 'value',
            value: s.evaluate(
              path,
              (call.args.at(/^(?:setex|psetex)$/i.test(method) ? 2 : 1) ?? call.args[1]).value,
              frame,
            ),
          },
        ]
      : [];
  const ttl = op === 'insert' ? ttlOf(s, path, call, frame) : undefined;
  const base = act({
    op,
    container,
    kept: memory ? 'memory' : 'cache',
    where,
    written,
    path,
    node: call,
    frame,
    ...(ttl ? { ttl } : {}),
  });
  return /^(?:getdel|pop)$/i.test(method) ? [{ ...base, op: 'read' }, base] : [base];
}

/** Whether a value is a client of a cache, by its type or by what made it. */
function isCacheClient(value: Value): boolean {
  return alternatives(value).some((v) => {
    const text =
      v.kind === 'result'
        ? `${v.callee} ${v.type ?? ''}`
        : v.kind === 'object'
          ? v.type
          : v.kind === 'parameter'
            ? (v.type ?? '')
            : v.kind === 'external'
              ? v.name
              : '';
    return /redis|valkey|memcache|keyv/i.test(text);
  });
}

function isSessionOrRequest(expr: Expr): boolean {
  const name = nameOf(expr);
  return /^(?:headers|params|searchParams|query|cookies|cookieStore|session|localStorage|sessionStorage|formData|body|config|args|form|request|req|res|response|app|router|metadata|environ|env|os|classList|url|axios|http|api|client|fetch|state|ctx|context|c|g)$/.test(
    name,
  );
}

/** How long a cache keeps an entry, as it is written. */
function ttlOf(s: Semantics, path: string, call: CallExpr, frame: Frame | undefined): Value | undefined {
  const named = call.args.find((a) => a.name && /^(?:ex|px|ttl|timeout|time)$/.test(a.name));
  if (named) return s.evaluate(path, named.value, frame);
  const method = call.callee.kind === 'member' ? call.callee.property.toLowerCase() : '';
  if (method === 'setex' && call.args[1]) return s.evaluate(path, call.args[1].value, frame);
  const mode = call.args.findIndex((a) => a.value.kind === 'literal' && /^(?:ex|px)$/i.test(String(a.value.value)));
  if (mode >= 0 && call.args[mode + 1]) return s.evaluate(path, (call.args[mode + 1] as { value: Expr }).value, frame);
  const options = call.args[2]?.value;
  if (options?.kind === 'record') {
    const entry = options.entries.find((e) => e.key && /^(?:ex|px|ttl|expirationttl|exat)$/i.test(e.key));
    if (entry) return s.evaluate(path, entry.value, frame);
  }
  return undefined;
}

/** The literal text that a key begins with: `bl:`. */
function prefixOf(value: Value): string | undefined {
  const first = value.kind === 'concat' ? value.parts[0] : value.kind === 'literal' ? value : undefined;
  const text = textOf(first);
  return text ? text.replace(/[^A-Za-z0-9]+$/, '').toLowerCase() : undefined;
}

/** The name of a map, set, dict or list of the program, if that is what an expression is. */
function memoryName(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): string | undefined {
  if (expr.kind !== 'name' && expr.kind !== 'member') return undefined;
  const name = nameOf(expr);
  const value = s.evaluate(path, expr, frame);
  for (const v of alternatives(value)) {
    if (
      v.kind === 'result' &&
      /(?:^|:|\.)(?:Map|Set|WeakMap|WeakSet|LRUCache|NodeCache|set|dict|defaultdict|TTLCache|OrderedDict)$/.test(
        v.callee,
      )
    )
      return nameOfContainer(name);
    if ((v.kind === 'record' || v.kind === 'list' || v.kind === 'absent') && CACHE_NAME.test(name))
      return nameOfContainer(name);
  }
  return undefined;
}

function nameOf(expr: Expr): string {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'member':
      return expr.property;
    case 'call':
      return nameOf(expr.callee);
    case 'unary':
      return nameOf(expr.operand);
    default:
      return '';
  }
}

// --- queries of an ORM or a builder ---

function queryAct(s: Semantics, path: string, outer: CallExpr, frame: Frame | undefined): RecordAct | undefined {
  const chain = chainOf(outer);
  const links = chain.links;
  const names = links.map((l) => l.name.toLowerCase());
  const op = opOf(names, links, chain.root);
  if (!op) return undefined;
  const container = containerOf(s, path, chain.root, links, frame);
  if (container === undefined) return undefined;
  const where: RecordField[] = [];
  const tested: string[] = [];
  const written: RecordField[] = [];
  for (const link of innerLinks(links)) {
    for (const [i, argument] of link.call.args.entries()) {
      const isCondition = CONDITIONS.test(link.name);
      if (i === 1 && /^(?:get|aget)$/.test(link.name))
        where.push({ field: 'id', value: s.evaluate(path, argument.value, frame) });
      // `update(where, changes)`: what comes first says which.
      const saysWhich =
        i === 0 && /^(?:update|aupdate)$/i.test(link.name) && link.call.args.filter((a) => !a.name).length > 1;
      const isWritten = WRITTEN.test(link.name) && !saysWhich;
      if (argument.name) {
        const field: RecordField = {
          field: argument.name.split('__')[0] as string,
          value: s.evaluate(path, argument.value, frame),
        };
        if (isWritten && op !== 'read' && !isCondition) written.push(field);
        else {
          where.push(field);
          tested.push(field.field);
        }
        continue;
      }
      if (isCondition || !isWritten || i === 0) {
        const first = link.call.args[0]?.value;
        if (isCondition && i === 0 && first?.kind === 'literal' && typeof first.value === 'string') {
          const column = first.value.split(/[\s.]/).at(first.value.includes('.') ? -1 : 0) as string;
          tested.push(column);
          if (link.call.args[1])
            where.push({
              field: column,
              value: s.evaluate(path, (link.call.args.at(-1) as { value: Expr }).value, frame),
            });
          continue;
        }
      }
      collect(s, path, argument.value, frame, isCondition, isWritten, op, i, where, tested, written);
    }
  }
  const index = s.look(path);
  return act({
    op,
    container,
    kept: 'table',
    where,
    tested,
    written,
    path,
    node: outer,
    frame,
    ...(isIdle(index, outer, names) ? { idle: true } : {}),
  });
}

/** Sorts what an argument says into conditions and writes. */
function collect(
  s: Semantics,
  path: string,
  expr: Expr,
  frame: Frame | undefined,
  isCondition: boolean,
  isWritten: boolean,
  op: RecordAct['op'],
  position: number,
  where: RecordField[],
  tested: string[],
  written: RecordField[],
): void {
  if (expr.kind === 'record') {
    for (const entry of expr.entries) {
      const key = entry.key;
      if (key === undefined) {
        if (entry.spread) continue;
        continue;
      }
      if (/^(?:where|filter)$/.test(key)) conditions(s, path, entry.value, frame, where, tested, 4);
      else if (
        /^(?:data|\$set|\$unset|\$inc|\$push|\$pull|update|create|set)$/.test(key) &&
        entry.value.kind === 'record'
      )
        fields(s, path, entry.value, frame, written);
      else if (/^(?:select|include|relations|order|orderBy|upsert|new|returning|attributes|lean|populate)$/.test(key))
        continue;
      else if (
        isCondition ||
        (!isWritten && position === 0) ||
        (position === 0 && op !== 'insert' && !/^(?:set|values)$/i.test('') && !isWritten)
      )
        conditions(s, path, { ...expr, entries: [entry] }, frame, where, tested, 4);
      else written.push({ field: key, value: s.evaluate(path, entry.value, frame) });
    }
    return;
  }
  if (isCondition) conditions(s, path, expr, frame, where, tested, 4);
  else if (expr.kind === 'call' && /^[A-Z]/.test(nameOf(expr.callee))) constructed(s, path, expr, frame, written);
  else if (expr.kind === 'call' || expr.kind === 'binary') conditions(s, path, expr, frame, where, tested, 3);
  else if (op === 'insert' || isWritten) {
    const value = s.evaluate(path, expr, frame);
    for (const v of alternatives(value)) {
      if (v.kind === 'record') for (const [field, one] of v.fields) written.push({ field, value: one });
      else if (v.kind === 'instance' && v.site) constructed(s, v.site.path, v.site.call, frame, written);
      else if ((v.kind === 'result' || v.kind === 'call') && /^[A-Z]/.test(nameOf(v.site.call.callee)))
        constructed(s, v.site.path, v.site.call, v.site.frame ?? frame, written);
    }
  } else if (position === 0 && (expr.kind === 'name' || expr.kind === 'member' || expr.kind === 'literal')) {
    const value = s.evaluate(path, expr, frame);
    if (!alternatives(value).every((v) => v.kind === 'class' || v.kind === 'external'))
      where.push({ field: 'id', value });
  }
}

function fields(
  s: Semantics,
  path: string,
  expr: Extract<Expr, { kind: 'record' }>,
  frame: Frame | undefined,
  into: RecordField[],
): void {
  for (const entry of expr.entries)
    if (entry.key !== undefined) into.push({ field: entry.key, value: s.evaluate(path, entry.value, frame) });
}

/** `RefreshToken(user_id=…, token=…)`: what a record is made with. */
function constructed(s: Semantics, path: string, call: CallExpr, frame: Frame | undefined, into: RecordField[]): void {
  for (const argument of call.args) {
    if (argument.name) into.push({ field: argument.name, value: s.evaluate(path, argument.value, frame) });
    else if (argument.value.kind === 'record') fields(s, path, argument.value, frame, into);
  }
}

/** Reads conditions: records, comparisons of columns, `eq(column, value)`, `and(…)`. */
function conditions(
  s: Semantics,
  path: string,
  expr: Expr,
  frame: Frame | undefined,
  where: RecordField[],
  tested: string[],
  depth: number,
): void {
  if (depth === 0) return;
  const again = (e: Expr) => conditions(s, path, e, frame, where, tested, depth - 1);
  switch (expr.kind) {
    case 'record':
      for (const entry of expr.entries) {
        if (entry.key === undefined) continue;
        if (/^(?:AND|OR|NOT|\$and|\$or|where)$/.test(entry.key)) {
          again(entry.value);
          continue;
        }
        tested.push(entry.key);
        if (entry.value.kind === 'record') {
          // `{ token_hash: { equals: x } }`, or a compound key.
          for (const inner of entry.value.entries)
            if (inner.key && /^(?:equals|\$eq|eq|in|\$in)$/.test(inner.key))
              where.push({ field: entry.key, value: s.evaluate(path, inner.value, frame) });
            else if (inner.key && !/^(?:\$|gt|lt|not|gte|lte|contains)/.test(inner.key)) again(entry.value);
        } else where.push({ field: entry.key, value: s.evaluate(path, entry.value, frame) });
      }
      return;
    case 'list':
      for (const item of expr.items) again(item.value);
      return;
    case 'binary': {
      if (['&&', '||', '&', '|', 'and', 'or'].includes(expr.operator)) {
        again(expr.left);
        again(expr.right);
        return;
      }
      const column =
        expr.left.kind === 'member' ? expr.left.property : expr.left.kind === 'name' ? expr.left.name : undefined;
      if (column === undefined) return;
      tested.push(column);
      if (expr.operator === '==') where.push({ field: column, value: s.evaluate(path, expr.right, frame) });
      return;
    }
    case 'unary':
      again(expr.operand);
      return;
    case 'call': {
      const name = nameOf(expr.callee);
      if (/^(?:and|or|and_|or_|not_|not|Q|sql)$/.test(name)) {
        for (const a of expr.args) {
          if (a.name) {
            tested.push(a.name.split('__')[0] as string);
            where.push({ field: a.name.split('__')[0] as string, value: s.evaluate(path, a.value, frame) });
          } else again(a.value);
        }
        return;
      }
      const [column, value] = expr.args;
      if (/^(?:eq|isNull|isNotNull|gt|gte|lt|lte|ne|inArray)$/.test(name) && column?.value.kind === 'member') {
        tested.push(column.value.property);
        if (name === 'eq' && value)
          where.push({ field: column.value.property, value: s.evaluate(path, value.value, frame) });
      } else if (
        expr.callee.kind === 'member' &&
        /^(?:is_|isnot|is_not|in_|like)$/.test(expr.callee.property) &&
        expr.callee.object.kind === 'member'
      )
        tested.push(expr.callee.object.property);
      else if (/^(?:select|delete|update|insert|query)$/.test(name) || expr.callee.kind === 'member') {
        for (const link of chainOf(expr).links)
          if (CONDITIONS.test(link.name)) for (const a of link.call.args) again(a.value);
      }
      return;
    }
    default:
      return;
  }
}

interface Chain {
  readonly root: Expr;
  readonly links: readonly Link[];
}

/** A chain of calls from its root: `db.delete(x).where(y)` is `db` with `delete`, `where`. */
function chainOf(outer: CallExpr): Chain {
  const links: Link[] = [];
  let current: Expr = outer;
  for (let i = 0; i < 20; i++) {
    if (current.kind === 'unary') current = current.operand;
    else if (current.kind === 'call' && current.callee.kind === 'member') {
      links.unshift({ name: current.callee.property, call: current });
      current = current.callee.object;
    } else if (current.kind === 'call' && current.callee.kind === 'name') {
      links.unshift({ name: current.callee.name, call: current });
      return { root: current.callee, links };
    } else return { root: current, links };
  }
  return { root: current, links };
}

/** The links of a chain, and of a statement that is handed to `execute`, `scalar`: `db.execute(delete(X).where(…))`. */
function innerLinks(links: readonly Link[]): readonly Link[] {
  const found: Link[] = [];
  for (const link of links) {
    if (/^(?:execute|scalar|scalars|exec|scalar_one_or_none|run)$/.test(link.name)) {
      const statement = link.call.args[0]?.value;
      if (statement?.kind === 'call') found.push(...chainOf(statement).links);
    } else found.push(link);
  }
  return found;
}

function opOf(names: readonly string[], links: readonly Link[], root: Expr): RecordAct['op'] | undefined {
  const all = innerLinks(links).map((l) => l.name.toLowerCase());
  if (all.length === 0) return undefined;
  if (all.some((n) => DELETES.has(n))) return 'delete';
  if (all.some((n) => UPDATES.has(n))) return 'update';
  const last = names.at(-1) ?? '';
  if (all.some((n) => INSERTS.has(n)) && !all.some((n) => READS.has(n) && n !== 'get')) {
    // `set.add(x)`, `array.add`: only with a record or an object.
    return last === 'add' && root.kind === 'name' && /set$/i.test(root.name) ? undefined : 'insert';
  }
  if (all.some((n) => INSERTS.has(n))) return 'insert';
  if (all.some((n) => READS.has(n))) return 'read';
  // Methods of a repository that say by which field: `deleteByToken`, `findOneByHash`, `updateByHash`.
  const by =
    /^(delete|remove|destroy|update|replace|find|get|load|fetch)(?:One|All|Many|First|User|Session|Token|RefreshToken)?By[A-Z_]|^(delete|remove|update|find|get|load|fetch)(?:_one|_all|_many)?_by_/.exec(
      links.at(-1)?.name ?? '',
    );
  const verb = by?.[1] ?? by?.[2];
  if (verb === undefined) return undefined;
  return /^(?:delete|remove|destroy)$/.test(verb) ? 'delete' : /^(?:update|replace)$/.test(verb) ? 'update' : 'read';
}

function containerOf(
  s: Semantics,
  path: string,
  root: Expr,
  links: readonly Link[],
  frame: Frame | undefined,
): string | undefined {
  for (const link of innerLinks(links)) {
    if (
      /^(?:from|into|delete|update|insert|insertInto|deleteFrom|updateTable|selectFrom|query|select|get|table|collection|select_from|add|merge|aget|exec_driver_sql|get_object_or_404|get_or_404)$/.test(
        link.name,
      )
    ) {
      const first = link.call.args[0]?.value;
      // A text names a table only where one is asked for: `headers.get('x')` names none.
      const isText =
        first?.kind === 'literal' &&
        !/^(?:from|into|table|collection|insertInto|deleteFrom|updateTable|selectFrom)$/.test(link.name);
      const named = first && !isText ? modelNamed(s, path, first, frame) : undefined;
      if (named) return named;
    }
  }
  const first = links[0];
  if (root.kind === 'name' && first && first.call.callee.kind === 'name') {
    // `db('refresh_tokens')`, `select(X)`.
    const argument = first.call.args[0]?.value;
    return argument?.kind === 'literal' ? nameOfContainer(String(argument.value)) : undefined;
  }
  // `RefreshToken.findOne`, `prisma.refreshToken.delete`, `RefreshToken.objects.filter`, `this.tokenRepository.save`.
  const holder =
    root.kind === 'member' && /^(?:objects|query|session|_default_manager|collection)$/.test(root.property)
      ? root.object
      : root;
  const name = nameOf(holder);
  if (
    name === '' ||
    /^(?:db|session|conn|connection|cursor|pool|em|entityManager|prisma|knex|client|tx|trx|sql|app|req|res|request|response|jwt|console|Math|Object|JSON|Array|Date|String|router|logger|this|crypto|bcrypt|axios|api|http|fs|path|os|URLSearchParams|searchParams|params|headers|form|formData|hmac|hash)$/i.test(
      name,
    )
  )
    return modelOfValue(s, path, links, frame);
  const value = s.evaluate(path, holder, frame);
  const recordsOf = recordContainer(s, value, 4);
  if (recordsOf) return recordsOf;
  return nameOfContainer(name);
}

/** `db.delete(row)`, `session.add(RefreshToken(…))`: the model of the object that is given. */
function modelOfValue(
  s: Semantics,
  path: string,
  links: readonly Link[],
  frame: Frame | undefined,
): string | undefined {
  for (const link of links) {
    const first = link.call.args[0]?.value;
    if (!first) continue;
    const value = s.evaluate(path, first, frame);
    for (const v of alternatives(value)) {
      if (v.kind === 'instance') return nameOfContainer(v.cls.name);
      if ((v.kind === 'result' || v.kind === 'call') && /^[A-Z]/.test(nameOf(v.site.call.callee)))
        return nameOfContainer(nameOf(v.site.call.callee));
      const container = recordContainer(s, v, 4);
      if (container) return container;
    }
    if (first.kind === 'name' && /^(?:delete|add|merge|refresh)$/.test(link.name)) return nameOfContainer(first.name);
  }
  return undefined;
}

function modelNamed(s: Semantics, path: string, expr: Expr, frame: Frame | undefined): string | undefined {
  if (expr.kind === 'literal' && typeof expr.value === 'string') return nameOfContainer(expr.value);
  if (expr.kind === 'member' && /^[A-Z]/.test(nameOf(expr.object))) return nameOfContainer(nameOf(expr.object));
  if (expr.kind !== 'name' && expr.kind !== 'member') return undefined;
  const value = s.evaluate(path, expr, frame);
  for (const v of alternatives(value)) {
    if (v.kind === 'class') return nameOfContainer(v.cls.name);
    if (v.kind === 'instance') return nameOfContainer(v.cls.name);
    const record = recordContainer(s, v, 4);
    if (record) return record;
    if (v.kind === 'result' && /Table$/.test(v.callee)) return nameOfContainer(nameOf(expr));
  }
  return /^[A-Z]/.test(nameOf(expr)) || /s$/.test(nameOf(expr)) ? nameOfContainer(nameOf(expr)) : undefined;
}

/** The container that a record came from: the call that read it. */
export function recordContainer(s: Semantics, value: Value, depth: number): string | undefined {
  if (depth === 0) return undefined;
  switch (value.kind) {
    case 'result':
    case 'call': {
      const { site } = value;
      const found = actsOfOutermost(s, site.path, site.call, site.frame);
      return found?.container || undefined;
    }
    case 'member':
    case 'element':
      return recordContainer(s, value.object, depth - 1);
    case 'oneOf':
      for (const v of value.values) {
        const found = recordContainer(s, v, depth - 1);
        if (found) return found;
      }
      return undefined;
    case 'instance':
      return nameOfContainer(value.cls.name);
    default:
      return undefined;
  }
}

let running = 0;

/** The first act of a call, read from a record's value. Guarded against records that are read by themselves. */
function actsOfOutermost(s: Semantics, path: string, call: CallExpr, frame: Frame | undefined): RecordAct | undefined {
  if (running > 3) return undefined;
  running++;
  try {
    const sql = sqlOfCall(s, path, call, frame);
    if (sql[0]) return sql[0];
    return queryAct(s, path, call, frame);
  } finally {
    running--;
  }
}

const LAZY =
  /^(?:delete|deletemany|deleteone|update|updatemany|updateone|del|create|upsert|findoneandupdate|findoneanddelete|findbyidandupdate|findbyidanddelete|insert|where|set|eq)$/;

/** Whether a lazy query is built and thrown away: it stands alone, without `await`. */
function isIdle(index: ReturnType<Semantics['index']>, outer: CallExpr, names: readonly string[]): boolean {
  if (!LAZY.test(names.at(-1) ?? '')) return false;
  const parent = index.parentOf(outer);
  return Boolean(parent && 'kind' in parent && parent.kind === 'expr');
}
