/**
 * What belongs to a class though it stands beside it: a function with a receiver is a method of the type of that name in
 * its package, and the literals of that type say what its fields hold.
 */
import type { ClassIR, FunctionIR, RecordExpr } from '../ir/ir.js';
import type { FileIndex } from './file-index.js';
import type { Semantics } from './semantics.js';

/** A method of a class, written in it or beside it. */
export function methodNamed(
  s: Semantics,
  cls: ClassIR,
  path: string,
  name: string,
): { readonly fn: FunctionIR; readonly path: string } | undefined {
  const own = cls.methods.find((method) => method.name === name && method.accessor !== 'set');
  if (own) return { fn: own, path };
  for (const { index, path: other } of filesOf(s, path)) {
    const fn = besideOf(index)
      .methods.get(cls.name)
      ?.find((method) => method.name === name);
    if (fn) return { fn, path: other };
  }
  return undefined;
}

/** All literals of a class in its package: `Server{store: s}`. */
export function literalsOf(
  s: Semantics,
  cls: ClassIR,
  path: string,
): readonly { readonly literal: RecordExpr; readonly path: string }[] {
  return filesOf(s, path).flatMap(({ index, path: other }) =>
    (besideOf(index).literals.get(cls.name) ?? []).map((literal) => ({ literal, path: other })),
  );
}

/** The files that see each other's names without an import: the whole package, or the file alone. */
export function filesOf(s: Semantics, path: string): readonly { readonly index: FileIndex; readonly path: string }[] {
  const paths = [path, ...s.project.packageFiles(path).filter((other) => other !== path)];
  return paths.flatMap((other) => {
    const index = s.project.file(other);
    if (!index) return [];
    // Without a package, all that belongs to a class stands inside it.
    if (paths.length > 1 || s.project.visibility(path) === 'package') s.reads.add(other);
    return [{ index, path: other }];
  });
}

interface Beside {
  readonly methods: ReadonlyMap<string, readonly FunctionIR[]>;
  readonly literals: ReadonlyMap<string, readonly RecordExpr[]>;
}

const besideByIndex = new WeakMap<FileIndex, Beside>();

function besideOf(index: FileIndex): Beside {
  let known = besideByIndex.get(index);
  if (!known) {
    const methods = new Map<string, FunctionIR[]>();
    for (const fn of index.functions) if (fn.receiver) push(methods, fn.receiver, fn);
    const literals = new Map<string, RecordExpr[]>();
    for (const expr of index.expressions)
      if (expr.kind === 'record' && expr.type?.kind === 'name') push(literals, expr.type.name, expr);
    known = { methods, literals };
    besideByIndex.set(index, known);
  }
  return known;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
