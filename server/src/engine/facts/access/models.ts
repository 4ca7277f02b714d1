/** The fields of stored models, where the code declares them. */
import type { Place } from '../../base/span.js';
import type { ClassIR, Expr } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { textOf } from '../../semantics/value.js';
import { modelName } from './object-access.js';
import { dotted } from './steps.js';

export interface ModelFields {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Place>;
}

const tables = new WeakMap<Semantics, ReadonlyMap<string, ModelFields>>();

/** The declared fields of a model, by its compared name; `undefined` where nobody declares it in sight. */
export function modelFields(s: Semantics, model: string): ModelFields | undefined {
  let known = tables.get(s);
  if (!known) {
    known = read(s);
    tables.set(s, known);
  }
  return known.get(model);
}

/** The fields that a class declares, its workspace bases included. */
export function classFields(s: Semantics, path: string, cls: ClassIR, depth = 4): ReadonlyMap<string, Place> {
  const fields = new Map<string, Place>();
  if (depth > 0) {
    for (const base of cls.bases) {
      const value = s.evaluate(path, base);
      if (value.kind === 'class' && value.cls !== cls)
        for (const [name, place] of classFields(s, value.path, value.cls, depth - 1)) fields.set(name, place);
    }
  }
  for (const field of cls.fields) {
    if (/^(__\w+__|model_config|Config|Meta|objects|query)$/.test(field.name)) continue;
    fields.set(field.name, { path, span: field.nameSpan });
    // `owner = models.ForeignKey(User)`: the column is `owner_id` too.
  }
  return fields;
}

function read(s: Semantics): ReadonlyMap<string, ModelFields> {
  const found = new Map<string, ModelFields>();
  const put = (name: string, fields: ReadonlyMap<string, Place>) => {
    const key = modelName(name);
    if (fields.size > 0 && !found.has(key)) found.set(key, { name, fields });
  };
  for (const path of s.project.paths) {
    const index = s.index(path);
    for (const cls of index.classes)
      if (cls.name && cls.fields.length > 0 && isStored(s, path, cls)) put(cls.name, classFields(s, path, cls));
    for (const call of index.calls) {
      const name = dotted(call.callee).split('.').at(-1) ?? '';
      if (/^(model|define)$/.test(name) && call.args[0] && call.args[1]) {
        const title = textOf(s.evaluate(path, call.args[0].value));
        const record = recordOf(s, path, call.args[1].value, 3);
        if (title && record) put(title, keysOf(record.path, record.expr));
      } else if (/^(pg|mysql|sqlite|singlestore)Table$/.test(name) && call.args[1]) {
        const record = recordOf(s, path, call.args[1].value, 2);
        const title = call.args[0] ? textOf(s.evaluate(path, call.args[0].value)) : undefined;
        if (record) {
          const parent = index.parentOf(call);
          if (parent && 'kind' in parent && parent.kind === 'let' && parent.target.kind === 'bind')
            put(parent.target.name, keysOf(record.path, record.expr));
          if (title) put(title, keysOf(record.path, record.expr));
        }
      } else if (name === 'init' && call.callee.kind === 'member' && call.args[0]?.value.kind === 'record') {
        put(dotted(call.callee.object), keysOf(path, call.args[0].value));
      }
    }
  }
  return found;
}

/** Whether a class is kept in a store: not a schema of a request or an answer. */
function isStored(s: Semantics, path: string, cls: ClassIR): boolean {
  if (
    cls.decorators.some((d) =>
      /^(Entity|Table|Schema|ObjectType|modelOptions)$/.test(dotted(d.value).split('.').at(-1) ?? ''),
    )
  )
    return true;
  if (cls.fields.some((f) => f.name === '__tablename__')) return true;
  if (
    cls.fields.some((f) =>
      f.decorators.some((d) => /Column|Prop|PrimaryKey|PrimaryGeneratedColumn/.test(dotted(d.value))),
    )
  )
    return true;
  return cls.bases.some((b) => {
    const name = dotted(b);
    return (
      /(^|\.)(Base|Model|DeclarativeBase|Document|AbstractUser|AbstractBaseUser|EmbeddedDocument|SQLModel|Entity|BaseEntity|Node|TimeStampedModel)$/.test(
        name,
      ) ||
      (/Base$/.test(name) &&
        !/BaseModel$/.test(name) &&
        s.evaluate(path, b).kind === 'class' &&
        cls.fields.some(
          (f) => f.value?.kind === 'call' && /(mapped_column|Column|Field|relationship)$/.test(dotted(f.value.callee)),
        ))
    );
  });
}

function recordOf(
  s: Semantics,
  path: string,
  expr: Expr,
  depth: number,
): { path: string; expr: Extract<Expr, { kind: 'record' }> } | undefined {
  if (depth === 0) return undefined;
  if (expr.kind === 'record') return { path, expr };
  if (expr.kind === 'call') {
    const first = expr.args[0]?.value;
    return first ? recordOf(s, path, first, depth - 1) : undefined;
  }
  if (expr.kind === 'name') {
    const value = s.index(path).lookup(expr.name, expr)?.definitions.at(-1)?.value;
    return value ? recordOf(s, path, value, depth - 1) : undefined;
  }
  return undefined;
}

function keysOf(path: string, record: Extract<Expr, { kind: 'record' }>): ReadonlyMap<string, Place> {
  const keys = new Map<string, Place>();
  for (const e of record.entries) if (e.key !== undefined) keys.set(e.key, { path, span: e.keySpan ?? e.span });
  return keys;
}
