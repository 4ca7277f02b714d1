/**
 * Values that outlive a revision: an expression that is still there has the same value as long as nothing that its value
 * was read from has changed. What was read is noted as finely as it pays: a name at the top of a file, a file's exports,
 * the uses of a function; a whole file where code looks through all of it.
 */
import type { Expr, FunctionIR } from '../ir/ir.js';
import { callsEnding, settingsOf } from './elsewhere.js';
import type { FileIndex } from './file-index.js';
import type { Semantics } from './semantics.js';
import type { Value } from './value.js';

export interface Remembered<T> {
  readonly value: T;
  readonly reads: ReadonlySet<string>;
}

interface Entry<T = Value> extends Remembered<T> {
  /** What each read gave, in the order of `reads`. */
  readonly seen: readonly (readonly unknown[])[];
  /** The last revision in which it was found valid. */
  epoch: object;
}

/** One for each workspace; begun anew when files come or go. */
export interface ValueCache {
  readonly plain: WeakMap<Expr, Entry>;
  /** Values that rest on who uses a function: while uses are being collected they are other ones. */
  readonly byUse: { readonly early: WeakMap<Expr, Entry>; readonly full: WeakMap<Expr, Entry> };
  /** Other answers about a node, by what was asked and the node. */
  readonly answers: Map<string, WeakMap<object, Entry<unknown>>>;
}

/** An empty cache. */
export function valueCache(): ValueCache {
  return { plain: new WeakMap(), byUse: { early: new WeakMap(), full: new WeakMap() }, answers: new Map() };
}

/** The mark of an answer that was cut short by a cycle or a limit, and depends on where the question began. */
export const CUT_SHORT = '\0cut';

const USE = '\0use\0';
const NAME = '\0name\0';
const TOP = '\0top';
const EXPORTS = '\0exports';
const IMPORTS = '\0imports';

/** The read of a name at the top of a file: what defines it, and what is written to it. */
export const nameRead = (path: string, name: string): string => `${path}${NAME}${name}`;
/** The read of what surely holds once a module has run. */
export const topRead = (path: string): string => `${path}${TOP}`;
/** The read of a file's list of exports. */
export const exportsRead = (path: string): string => `${path}${EXPORTS}`;

/** The read of what a file imports. */
export const importsRead = (path: string): string => `${path}${IMPORTS}`;

const WIDE = '\0wide\0';

/** The read of a setting of that name, whichever file sets it. */
export const settingRead = (ecosystem: string, name: string): string => `${WIDE}setting\0${ecosystem}\0${name}`;
/** The read of all calls whose callee ends with that name. */
export const callsRead = (ecosystem: string, last: string): string => `${WIDE}calls\0${ecosystem}\0${last}`;
/** Whether a read looked through the whole workspace. */
export const isWideRead = (read: string): boolean => read.startsWith(WIDE);

const functions: (WeakRef<FunctionIR> | undefined)[] = [];
const numbers = new WeakMap<FunctionIR, number>();

/** The read of the uses of a function. */
export function useRead(fn: FunctionIR): string {
  let number = numbers.get(fn);
  if (number === undefined) {
    number = functions.length;
    functions.push(new WeakRef(fn));
    numbers.set(fn, number);
  }
  return `${USE}${number}`;
}

/** The file that a read looked into; `undefined` for reads of no one file. */
export function pathOfRead(read: string): string | undefined {
  const end = read.indexOf('\0');
  return end === -1 ? read : end === 0 ? undefined : read.slice(0, end);
}

/** The value of an expression from an earlier question, if it still holds. */
export function recall(s: Semantics, expr: Expr): Remembered<Value> | undefined {
  const entry = s.cache.plain.get(expr) ?? s.cache.byUse[s.stage].get(expr);
  return entry && holds(s, entry) ? entry : undefined;
}

/** Remembers a value, unless it holds for this question only. */
export function remember(s: Semantics, expr: Expr, value: Value, reads: ReadonlySet<string>): boolean {
  if (reads.has(CUT_SHORT)) return false;
  let rests = false;
  for (const read of reads) rests ||= read.startsWith(USE);
  (rests ? s.cache.byUse[s.stage] : s.cache.plain).set(expr, entryOf(s, value, reads));
  return true;
}

/** The answer to a question about a node: from an earlier time if it still holds, else computed and remembered. */
export function remembered<T>(s: Semantics, question: string, node: object, compute: () => T): T {
  const key = `${s.stage} ${question}`;
  let answers = s.cache.answers.get(key) as WeakMap<object, Entry<T>> | undefined;
  if (!answers) {
    answers = new WeakMap();
    s.cache.answers.set(key, answers as WeakMap<object, Entry<unknown>>);
  }
  const known = answers.get(node);
  if (known && holds(s, known)) {
    for (const read of known.reads) s.reads.add(read);
    return known.value;
  }
  const { result, paths } = s.reads.record(compute);
  if (!paths.has(CUT_SHORT)) answers.set(node, entryOf(s, result, paths));
  return result;
}

function entryOf<T>(s: Semantics, value: T, reads: ReadonlySet<string>): Entry<T> {
  return { value, reads, seen: [...reads].map((read) => look(s, read)), epoch: s.project };
}

function holds(s: Semantics, entry: Entry<unknown>): boolean {
  if (entry.epoch === s.project) return true;
  let i = 0;
  for (const read of entry.reads) if (!same(look(s, read), entry.seen[i++] as readonly unknown[])) return false;
  entry.epoch = s.project;
  return true;
}

const NOTHING: readonly unknown[] = [];
const looks = new WeakMap<FileIndex, Map<string, readonly unknown[]>>();

/** What a read of the whole workspace gives now. */
export function lookWide(s: Semantics, read: string): readonly unknown[] {
  const [kind, ecosystem, name] = read.slice(WIDE.length).split('\0');
  if (kind === 'setting') return settingsOf(s, ecosystem ?? '', name ?? '').map((setting) => setting.expr);
  return callsEnding(s, ecosystem ?? '', name ?? '').map((one) => one.call);
}

/** Whether two looks gave the same. */
export function sameLook(a: readonly unknown[], b: readonly unknown[]): boolean {
  return same(a, b);
}

/** What a read gives now: nodes of the lowered code, whose identity says whether they are still the same. */
function look(s: Semantics, read: string): readonly unknown[] {
  if (read.startsWith(USE)) {
    const fn = functions[Number(read.slice(USE.length))]?.deref();
    return fn ? s.usesSeen(fn) : NOTHING;
  }
  if (isWideRead(read)) return lookWide(s, read);
  const path = pathOfRead(read) as string;
  const index = s.project.file(path);
  if (!index) return NOTHING;
  if (path === read) return [index];
  let known = looks.get(index);
  if (!known) {
    known = new Map();
    looks.set(index, known);
  }
  let seen = known.get(read);
  if (!seen) {
    const rest = read.slice(path.length);
    if (rest === EXPORTS) seen = index.exports;
    else if (rest === IMPORTS) seen = [...index.imports, ...index.expressions.filter((e) => e.kind === 'module')];
    else seen = rest === TOP ? s.topSeen(path) : nameSeen(s, index, rest.slice(NAME.length));
    known.set(read, seen);
  }
  return seen;
}

function nameSeen(s: Semantics, index: FileIndex, name: string): readonly unknown[] {
  const binding = index.top.bindings.get(name);
  if (!binding) return index.imports.filter((i) => i.imported === '*' && !i.local);
  return [...binding.definitions.map((d) => d.import ?? d.node), ...s.writesSeen(index, binding)];
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((one, i) => one === b[i]));
}
