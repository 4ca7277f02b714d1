/** Library models as answers: the index by full name that semantics and the recogniser ask. */
import type { CallKnowledge, Knowledge, MemberKnowledge, Saying } from '../semantics/knowledge.js';
import type { CallRow, LibraryModel, MemberRow, HookRow, SettingRow } from './library-model.js';

export interface IndexedRow<R> {
  readonly row: R;
  readonly model: LibraryModel;
}

export interface ModelIndex extends Knowledge {
  calls(name: string): readonly IndexedRow<CallRow>[];
  members(name: string): readonly IndexedRow<MemberRow>[];
  /** Whether any member row that is a fact ends in this name. */
  speaksOfMember(last: string): boolean;
  /** Rows for a method on a receiver of unknown type. */
  untyped(ecosystem: string, method: string): readonly (IndexedRow<CallRow> & { readonly receiver: string })[];
  /** Rows for a setting of that name. */
  settings(ecosystem: string, name: string): readonly IndexedRow<SettingRow>[];
  /** Rows for functions that libraries call: by `full.Base#method` or `@full.decorator`. */
  hooks(name: string): readonly IndexedRow<HookRow>[];
  /** Whether any library calls a method of that name, or functions under a decorator of that name. */
  speaksOfHook(last: string): boolean;
}

/** Indexes models by full name. `versionOf` says which version the workspace uses, or `undefined`. */
export function indexModels(
  models: readonly LibraryModel[],
  versionOf: (model: LibraryModel) => string | undefined,
): ModelIndex {
  const calls = new Map<string, IndexedRow<CallRow>[]>();
  const members = new Map<string, IndexedRow<MemberRow>[]>();
  const untyped = new Map<string, (IndexedRow<CallRow> & { receiver: string })[]>();
  const anyMethods = new Map<string, CallKnowledge>();
  const bases = new Map<string, { type: string; fields?: 'environment' }>();
  const types = new Map<string, string>();
  const files: { path: RegExp; exports: readonly string[]; parameters: readonly string[] }[] = [];
  const conventions = new Map<string, { type: string; position?: number; min: number; max: number }[]>();

  const settings = new Map<string, IndexedRow<SettingRow>[]>();
  const hooks = new Map<string, IndexedRow<HookRow>[]>();
  const hookEnds = new Set<string>();
  for (const model of models) {
    for (const row of model.hooks ?? []) {
      const isDecorator = row.hook.startsWith('@');
      for (const name of namesFor(model, row.hook.replace(/^@/, '')))
        push(hooks, isDecorator ? `@${name}` : name, { row, model });
      hookEnds.add(row.hook.replace(/^.*[#.@]/, ''));
    }
    for (const row of model.settings ?? []) push(settings, `${model.ecosystem}:${row.setting}`, { row, model });
    const own = (name: string) => qualify(model, name);
    const version = versionOf(model);
    for (const row of model.calls ?? []) {
      if (row.versions && !satisfies(version, row.versions)) continue;
      const shape = /^\?(.*)#(.+)$/.exec(row.call);
      if (shape) push(untyped, `${model.ecosystem}:${shape[2]}`, { row, model, receiver: shape[1] ?? '' });
      else for (const name of namesFor(model, row.call)) push(calls, name, { row, model });
    }
    for (const row of model.members ?? []) {
      if (row.versions && !satisfies(version, row.versions)) continue;
      for (const name of namesFor(model, row.member)) push(members, name, { row, model });
    }
    for (const row of model.bases ?? []) {
      for (const name of namesFor(model, row.base))
        bases.set(name, { type: row.type ? own(row.type) : name, ...(row.fields ? { fields: row.fields } : {}) });
    }
    for (const [written, type] of Object.entries(model.types ?? {})) {
      for (const name of namesFor(model, written)) types.set(name, type === 'first' ? 'first' : own(type));
    }
    for (const [method, known] of Object.entries(model.anyMethod ?? {}))
      anyMethods.set(`${model.ecosystem}:${method}`, known);
    for (const f of model.files ?? [])
      files.push({ path: new RegExp(f.path), exports: f.exports, parameters: f.parameters.map(own) });
    for (const c of model.conventions ?? []) {
      const key = `${model.ecosystem}:${c.parameter}`;
      const list = conventions.get(key) ?? [];
      list.push({
        type: own(c.type),
        min: c.min,
        max: c.max,
        ...(c.position === undefined ? {} : { position: c.position }),
      });
      conventions.set(key, list);
    }
  }

  const callKnowledge = new Map<string, CallKnowledge>();
  for (const [name, rows] of calls) {
    const merged: { -readonly [K in keyof CallKnowledge]: CallKnowledge[K] } = {};
    for (const { row, model } of rows) {
      if (row.gives) merged.gives = row.gives;
      if (row.returns) merged.returns = row.returns === 'receiver' ? 'receiver' : qualify(model, row.returns);
      if (row.exits) merged.exits = true;
    }
    callKnowledge.set(name, merged);
  }
  const memberKnowledge = new Map<string, MemberKnowledge>();
  for (const [name, rows] of members) {
    const merged: { -readonly [K in keyof MemberKnowledge]: MemberKnowledge[K] } = {};
    for (const { row, model } of rows) {
      if (row.gives) merged.gives = row.gives;
      if (row.type) merged.type = qualify(model, row.type);
    }
    memberKnowledge.set(name, merged);
  }

  const memberEnds = new Set<string>();
  for (const [name, rows] of members)
    if (rows.some(({ row }) => row.is)) memberEnds.add(name.slice(name.search(/[^.#:]*$/)));
  const knownTypes = new Set(types.values());
  const says = new Map<string, Saying[]>();
  for (const rows of [...calls, ...members]) {
    for (const { row } of rows[1]) {
      if (!row.is) continue;
      push(says, rows[0], {
        is: row.is,
        fixed: { ...row.defaults, ...row.fixed } as Saying['fixed'],
        ...(row.when ? { when: row.when } : {}),
        roles: Object.fromEntries(
          Object.entries(('call' in row && row.roles) || {}).map(([role, at]) => [
            role,
            typeof at === 'string' ? at : (at as { at: string }).at,
          ]),
        ),
      });
    }
  }

  return {
    says: (name) => says.get(name) ?? [],
    fileHandler(path, name) {
      for (const f of files)
        if (f.path.test(path) && (f.exports.includes(name) || f.exports.includes('*'))) return f.parameters;
      return undefined;
    },
    speaksOfMember: (last) => memberEnds.has(last),
    calls: (name) => calls.get(name) ?? [],
    members: (name) => members.get(name) ?? [],
    untyped: (ecosystem, method) => untyped.get(`${ecosystem}:${method}`) ?? [],
    hooks: (name) => hooks.get(name) ?? [],
    speaksOfHook: (last) => hookEnds.has(last),
    settings: (ecosystem, name) => settings.get(`${ecosystem}:${name}`) ?? [],
    call: (name) => callKnowledge.get(name),
    anyMethod: (ecosystem, method) => anyMethods.get(`${ecosystem}:${method}`),
    member: (name) => memberKnowledge.get(name),
    base: (name) => bases.get(name),
    typeNamed: (name) => types.get(name),
    isType: (name) => knownTypes.has(name),
    callbackTypes(callee, index, named) {
      for (const { row, model } of calls.get(callee) ?? []) {
        const found = row.callbacks?.[named ? `named ${named}` : `arg ${index}`] ?? row.callbacks?.args;
        if (found) return found.map((type) => (type ? qualify(model, type) : undefined));
      }
      return undefined;
    },
    conventionalType(ecosystem, parameter, position, count) {
      for (const c of conventions.get(`${ecosystem}:${parameter}`) ?? []) {
        if (count >= c.min && count <= c.max && (c.position === undefined || c.position === position)) return c.type;
      }
      return undefined;
    },
  };
}

/** A name of a model as a full name. Names that have an ecosystem already are kept. */
export function qualify(model: LibraryModel, name: string): string {
  if (/^(npm|pypi|go|maven|nuget|composer|gem):/.test(name)) return name;
  return join(model.ecosystem, model.modules[0] ?? '', name);
}

function namesFor(model: LibraryModel, names: string): readonly string[] {
  return names.split('|').flatMap((name) => fullNames(model, name));
}

function fullNames(model: LibraryModel, name: string): readonly string[] {
  if (/^(npm|pypi|go|maven|nuget|composer|gem):/.test(name)) return [name];
  // Types are named after the first module, so that instances are known by one name whatever the import was.
  if (name.includes('#')) return [join(model.ecosystem, model.modules[0] ?? '', name)];
  return model.modules.map((module) => join(model.ecosystem, module, name));
}

function join(ecosystem: string, module: string, name: string): string {
  if (module === '') return `${ecosystem}:${name}`;
  if (name === '') return `${ecosystem}:${module}`;
  return name.startsWith('(') ? `${ecosystem}:${module}${name}` : `${ecosystem}:${module}.${name}`;
}

/** Whether a version is in a simple range: space-separated comparisons (`>=6.1 <9`). An unknown version is the newest. */
export function satisfies(version: string | undefined, range: string): boolean {
  const actual = version === undefined ? [9999] : numbers(version);
  return range.split(/\s+/).every((part) => {
    const match = /^(>=|<=|>|<|=)?(.*)$/.exec(part);
    const order = compare(actual, numbers(match?.[2] ?? ''));
    switch (match?.[1] ?? '=') {
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      default:
        return order === 0;
    }
  });
}

function numbers(version: string): number[] {
  return (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(b.length, 1); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
