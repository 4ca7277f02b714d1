/**
 * One file's names: who is whose parent, which scopes there are, what each name is bound to, where it is written and
 * read. Built in one pass over the IR; knows no library and no other file.
 */
import type {
  CallExpr,
  ClassIR,
  ExportIR,
  Expr,
  FileIR,
  FunctionIR,
  ImportIR,
  NameExpr,
  Pattern,
  Stmt,
} from '../ir/ir.js';
import { type IrNode, walkStatements } from '../ir/walk.js';

/** One step from an assigned value to the part that a name receives. */
export type PatternStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'rest'; readonly without: readonly string[] }
  | { readonly kind: 'default'; readonly value: Expr };

/** One way in which a binding gets a value. */
export interface Definition {
  readonly how: 'let' | 'param' | 'import' | 'function' | 'class' | 'loop' | 'caught';
  /** The node that writes: a statement, an assignment expression, a function; absent for imports. */
  readonly node?: IrNode;
  readonly value?: Expr;
  readonly type?: Expr;
  readonly steps: readonly PatternStep[];
  readonly operator?: string;
  readonly import?: ImportIR;
  readonly fn?: FunctionIR;
  readonly cls?: ClassIR;
  readonly paramIndex?: number;
  /** Offset at which the write has happened; -1 for what holds from the start. */
  readonly at: number;
}

/** A write to a member: `claims.exp = …`, `obj['a'] = …`. */
export interface MemberWrite {
  readonly target: Expr;
  readonly value: Expr;
  readonly node: IrNode;
  readonly steps: readonly PatternStep[];
  readonly at: number;
}

export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly definitions: Definition[];
}

export interface Scope {
  readonly parent: Scope | undefined;
  /** The function or class that opens it; `undefined` for the file and for blocks. */
  readonly owner: FunctionIR | ClassIR | undefined;
  /** Blocks do not hold function-level declarations. */
  readonly block: boolean;
  readonly bindings: Map<string, Binding>;
}

export interface FileIndex {
  readonly file: FileIR;
  readonly top: Scope;
  /** All of these are in source order. */
  readonly calls: readonly CallExpr[];
  readonly functions: readonly FunctionIR[];
  readonly classes: readonly ClassIR[];
  readonly expressions: readonly Expr[];
  readonly statements: readonly Stmt[];
  readonly imports: readonly ImportIR[];
  readonly exports: readonly ExportIR[];
  readonly memberWrites: readonly MemberWrite[];
  parentOf(node: IrNode): IrNode | undefined;
  /** The list of statements that a statement stands in; `undefined` for other nodes. */
  listOf(node: IrNode): readonly Stmt[] | undefined;
  /** The innermost function around a node; `undefined` at the top of the file. */
  functionOf(node: IrNode): FunctionIR | undefined;
  classOf(node: IrNode): ClassIR | undefined;
  statementOf(node: IrNode): Stmt | undefined;
  /** What a name means at a node. */
  lookup(name: string, at: IrNode): Binding | undefined;
  /** All occurrences of a name that mean this binding, reads and mere mentions alike. */
  references(binding: Binding): readonly NameExpr[];
  scopeOf(node: IrNode): Scope;
}

interface Written {
  readonly node: IrNode;
  readonly pattern: Pattern;
  readonly value?: Expr | undefined;
  readonly type?: Expr | undefined;
  readonly how: 'let' | 'loop';
  readonly declares?: 'block' | 'function' | undefined;
  readonly operator?: string | undefined;
  readonly at: number;
}

/** Indexes a lowered file. */
export function indexFile(file: FileIR): FileIndex {
  const parents = new Map<IrNode, IrNode | undefined>();
  const lists = new Map<IrNode, readonly Stmt[]>();
  const calls: CallExpr[] = [];
  const functions: FunctionIR[] = [];
  const classes: ClassIR[] = [];
  const expressions: Expr[] = [];
  const statements: Stmt[] = [];
  const names = new Map<string, NameExpr[]>();
  const written: Written[] = [];
  const caught: { pattern: Pattern; list: readonly Stmt[]; node: Stmt }[] = [];

  const visitor = {
    expr(expr: Expr, parent: IrNode | undefined) {
      parents.set(expr, parent);
      expressions.push(expr);
      if (expr.kind === 'call') calls.push(expr);
      else if (expr.kind === 'name') push(names, expr.name, expr);
      else if (expr.kind === 'assign') {
        written.push({
          node: expr,
          pattern: expr.target,
          value: expr.value,
          how: 'let',
          operator: expr.operator,
          at: expr.span.end,
        });
      }
    },
    stmt(stmt: Stmt, parent: IrNode | undefined, list: readonly Stmt[]) {
      parents.set(stmt, parent);
      lists.set(stmt, list);
      statements.push(stmt);
      if (stmt.kind === 'let') {
        written.push({
          node: stmt,
          pattern: stmt.target,
          value: stmt.value,
          type: stmt.type,
          how: 'let',
          declares: stmt.declares,
          operator: stmt.operator,
          at: stmt.span.end,
        });
      } else if (stmt.kind === 'loop' && stmt.binding) {
        written.push({
          node: stmt,
          pattern: stmt.binding,
          value: stmt.over,
          how: 'loop',
          declares: 'block',
          at: stmt.span.start,
        });
      } else if (stmt.kind === 'try') {
        for (const handler of stmt.handlers) {
          if (handler.binding) caught.push({ pattern: handler.binding, list: handler.body, node: stmt });
        }
      }
    },
    fn(fn: FunctionIR, parent: IrNode | undefined) {
      parents.set(fn, parent);
      functions.push(fn);
    },
    cls(cls: ClassIR, parent: IrNode | undefined) {
      parents.set(cls, parent);
      classes.push(cls);
    },
  };
  for (const item of file.items) walkStatements(visitor, item.statements, undefined);

  const top: Scope = { parent: undefined, owner: undefined, block: false, bindings: new Map() };
  const ownerScopes = new Map<FunctionIR | ClassIR, Scope>();
  const blockScopes = new Map<readonly Stmt[], Scope>();

  function scopeOf(node: IrNode): Scope {
    let current: IrNode | undefined = node;
    while (current) {
      const parent: IrNode | undefined = parents.get(current);
      const list = lists.get(current);
      if (list && parent && 'kind' in parent) return blockScope(list, parent);
      if (parent && !('kind' in parent)) return ownerScope(parent);
      current = parent;
    }
    return top;
  }
  function ownerScope(owner: FunctionIR | ClassIR): Scope {
    let scope = ownerScopes.get(owner);
    if (!scope) {
      let outside = scopeOf(owner);
      // The names of a class body are not visible inside its methods.
      if (isFunction(owner)) while (outside.owner && isClass(outside.owner) && outside.parent) outside = outside.parent;
      scope = { parent: outside, owner, block: false, bindings: new Map() };
      ownerScopes.set(owner, scope);
    }
    return scope;
  }
  function blockScope(list: readonly Stmt[], holder: IrNode): Scope {
    let scope = blockScopes.get(list);
    if (!scope) {
      scope = { parent: scopeOf(holder), owner: undefined, block: true, bindings: new Map() };
      blockScopes.set(list, scope);
    }
    return scope;
  }
  function bind(scope: Scope, name: string): Definition[] {
    let binding = scope.bindings.get(name);
    if (!binding) {
      binding = { name, scope, definitions: [] };
      scope.bindings.set(name, binding);
    }
    return binding.definitions;
  }
  function functionLevel(scope: Scope): Scope {
    let current = scope;
    while (current.block && current.parent) current = current.parent;
    return current;
  }
  function find(from: Scope, name: string): Binding | undefined {
    for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
      const binding = scope.bindings.get(name);
      if (binding) return binding;
    }
    return undefined;
  }

  for (const item of file.items) {
    for (const imported of item.imports) {
      if (imported.local) bind(top, imported.local).push({ how: 'import', steps: [], import: imported, at: -1 });
    }
  }
  for (const cls of classes) {
    if (cls.name)
      bind(scopeOf(parents.get(cls) ?? cls), cls.name).push({ how: 'class', node: cls, steps: [], cls, at: -1 });
  }
  for (const fn of functions) {
    const holder = parents.get(fn);
    const isMethod = holder !== undefined && isClass(holder);
    if (fn.name && !isMethod && !fn.receiver) {
      const scope = holder && lists.has(holder) ? scopeOf(holder) : ownerScope(fn);
      bind(scope, fn.name).push({ how: 'function', node: fn, steps: [], fn, at: -1 });
    }
    fn.params.forEach((param, paramIndex) => {
      const first: PatternStep[] = param.default ? [{ kind: 'default', value: param.default }] : [];
      bindPattern(param.target, first, (name, steps) => {
        bind(ownerScope(fn), name).push({
          how: 'param',
          node: fn,
          steps,
          fn,
          paramIndex,
          at: -1,
          ...(param.type ? { type: param.type } : {}),
        });
      });
    });
  }
  for (const c of caught) {
    bindPattern(c.pattern, [], (name, steps) => {
      bind(blockScope(c.list, c.node), name).push({ how: 'caught', node: c.node, steps, at: c.node.span.start });
    });
  }
  const memberWrites: MemberWrite[] = [];
  // Declarations first, so that a write finds what was declared, whatever the order.
  for (const pass of ['declarations', 'writes'] as const) {
    for (const w of written) {
      if ((w.declares !== undefined) !== (pass === 'declarations')) continue;
      const here =
        w.node && 'kind' in w.node && w.node.kind === 'loop' ? blockScope(w.node.body, w.node) : scopeOf(w.node);
      const onName = (name: string, steps: readonly PatternStep[]) => {
        const scope =
          w.declares === 'block'
            ? here
            : w.declares === 'function'
              ? functionLevel(here)
              : (find(here, name)?.scope ?? top);
        bind(scope, name).push({
          how: w.how,
          node: w.node,
          steps,
          at: w.at,
          ...(w.value ? { value: w.value } : {}),
          ...(w.type ? { type: w.type } : {}),
          ...(w.operator ? { operator: w.operator } : {}),
        });
      };
      bindPattern(w.pattern, [], onName, (target, steps) => {
        if (w.value) memberWrites.push({ target, value: w.value, node: w.node, steps, at: w.at });
      });
    }
  }
  memberWrites.sort((a, b) => a.at - b.at);

  const referencesByBinding = new Map<Binding, NameExpr[]>();
  const resolvedNames = new Set<string>();
  return {
    file,
    top,
    calls,
    functions,
    classes,
    expressions,
    statements,
    memberWrites,
    scopeOf,
    imports: file.items.flatMap((item) => item.imports),
    exports: file.items.flatMap((item) => item.exports),
    parentOf: (node) => parents.get(node),
    listOf: (node) => lists.get(node),
    functionOf(node) {
      let current = parents.get(node);
      while (current && !isFunction(current)) current = parents.get(current);
      return current;
    },
    classOf(node) {
      let current = parents.get(node);
      while (current && !isClass(current)) current = parents.get(current);
      return current;
    },
    statementOf(node) {
      let current: IrNode | undefined = node;
      while (current && !lists.has(current)) current = parents.get(current);
      return current as Stmt | undefined;
    },
    lookup: (name, at) => find(scopeOf(at), name),
    references(binding) {
      if (!resolvedNames.has(binding.name)) {
        resolvedNames.add(binding.name);
        for (const name of names.get(binding.name) ?? []) {
          const meant = find(scopeOf(name), name.name);
          if (meant) push(referencesByBinding, meant, name);
        }
      }
      return referencesByBinding.get(binding) ?? [];
    },
  };
}

/** Calls `onName` for each name that a pattern binds, and `onPlace` for each member that it writes. */
export function bindPattern(
  pattern: Pattern,
  steps: readonly PatternStep[],
  onName: (name: string, steps: readonly PatternStep[]) => void,
  onPlace?: (place: Expr, steps: readonly PatternStep[]) => void,
): void {
  switch (pattern.kind) {
    case 'bind':
      onName(pattern.name, pattern.default ? [...steps, { kind: 'default', value: pattern.default }] : steps);
      return;
    case 'fields':
      for (const field of pattern.fields) {
        const inner: PatternStep[] = [...steps, { kind: 'field', name: field.key }];
        if (field.default) inner.push({ kind: 'default', value: field.default });
        bindPattern(field.target, inner, onName, onPlace);
      }
      if (pattern.rest) {
        bindPattern(
          pattern.rest,
          [...steps, { kind: 'rest', without: pattern.fields.map((f) => f.key) }],
          onName,
          onPlace,
        );
      }
      return;
    case 'items':
      pattern.items.forEach((item, index) => {
        if (item) bindPattern(item, [...steps, { kind: 'item', index }], onName, onPlace);
      });
      if (pattern.rest) bindPattern(pattern.rest, [...steps, { kind: 'rest', without: [] }], onName, onPlace);
      return;
    case 'place':
      onPlace?.(pattern.expression, steps);
  }
}

/** Whether an IR node is a function. */
export function isFunction(node: IrNode): node is FunctionIR {
  return !('kind' in node) && 'params' in node;
}

/** Whether an IR node is a class. */
export function isClass(node: IrNode): node is ClassIR {
  return !('kind' in node) && 'methods' in node;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
