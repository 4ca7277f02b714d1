/**
 * What one place of a workspace configures for all others: the registration of a module, a plugin's options, a setting of a
 * framework. Everything is looked for by name, in files of the same ecosystem.
 */
import type { Place, Span } from '../base/span.js';
import type { CallExpr, Expr } from '../ir/ir.js';
import type { FileIndex } from './file-index.js';
import type { Semantics } from './semantics.js';
import type { ProjectView } from './project.js';
import { callsRead, settingRead } from './value-cache.js';
import { type CallSite, type Value, oneOf } from './value.js';

/** Everything of one ecosystem that is looked for by name; made once for each revision. */
interface Register {
  readonly settings: ReadonlyMap<string, readonly Setting[]>;
  readonly calls: Map<string, readonly { readonly path: string; readonly call: CallExpr }[]>;
}

const registers = new WeakMap<ProjectView, Map<string, Register>>();

function registerOf(s: Semantics, ecosystem: string): Register {
  let known = registers.get(s.project);
  if (!known) {
    known = new Map();
    registers.set(s.project, known);
  }
  let register = known.get(ecosystem);
  if (!register) {
    const settings = new Map<string, Setting[]>();
    for (const path of pathsOf(s, ecosystem)) {
      for (const setting of settingsIn(s.look(path))) {
        const list = settings.get(setting.name);
        if (list) list.push(setting);
        else settings.set(setting.name, [setting]);
      }
    }
    register = { settings, calls: new Map() };
    known.set(ecosystem, register);
  }
  return register;
}

function pathsOf(s: Semantics, ecosystem: string): readonly string[] {
  return s.project.paths.filter((path) => s.project.ecosystem(path) === ecosystem);
}

/** The settings of that name in all files of an ecosystem. */
export function settingsOf(s: Semantics, ecosystem: string, name: string): readonly Setting[] {
  return registerOf(s, ecosystem).settings.get(name) ?? [];
}

/** The calls whose callee ends with that name, in all files of an ecosystem. */
export function callsEnding(
  s: Semantics,
  ecosystem: string,
  last: string,
): readonly { readonly path: string; readonly call: CallExpr }[] {
  const { calls } = registerOf(s, ecosystem);
  let known = calls.get(last);
  if (!known) {
    known = pathsOf(s, ecosystem).flatMap((path) =>
      s.look(path).calls.flatMap((call) => {
        const { callee } = call;
        const written = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
        return written === last ? [{ path, call }] : [];
      }),
    );
    calls.set(last, known);
  }
  return known;
}

/** Calls by a library's full name, wherever they are. */
export function callsNamed(s: Semantics, from: string, name: string): readonly CallSite[] {
  const ecosystem = s.project.ecosystem(from);
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1);
  s.reads.add(callsRead(ecosystem, last));
  return callsEnding(s, ecosystem, last).flatMap(({ path, call }): CallSite[] => {
    const site: CallSite = { path, call, frame: undefined };
    return s.names(site).includes(name) ? [site] : [];
  });
}

/** Calls that are given this library's value as an argument: `app.register(jwt, options)`. */
export function callsGiven(s: Semantics, from: string, name: string): readonly CallSite[] {
  const ecosystem = s.project.ecosystem(from);
  return ['register', 'use'].flatMap((last) => {
    s.reads.add(callsRead(ecosystem, last));
    return callsEnding(s, ecosystem, last).flatMap(({ path, call }): CallSite[] => {
      const first = call.args[0]?.value;
      if (!first || (first.kind !== 'name' && first.kind !== 'module' && first.kind !== 'member')) return [];
      const value = s.evaluate(path, first);
      return value.kind === 'external' && value.name === name ? [{ path, call, frame: undefined }] : [];
    });
  });
}

/** One setting: where it is written, and what it is set to. */
export interface Setting {
  readonly name: string;
  readonly path: string;
  readonly key: Span;
  readonly expr: Expr;
}

const NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const byFile = new WeakMap<FileIndex, readonly Setting[]>();

/** The settings of a file: names of its module, fields of its classes, keys of an application's configuration. */
export function settingsIn(index: FileIndex): readonly Setting[] {
  const known = byFile.get(index);
  if (known) return known;
  const { path } = index.file;
  const found: Setting[] = [];
  const add = (name: string, key: Span, expr: Expr | undefined) => {
    if (expr && NAME.test(name)) found.push({ name, path, key, expr });
  };
  for (const stmt of index.statements) {
    if (stmt.kind === 'let' && stmt.target.kind === 'bind' && index.functionOf(stmt) === undefined)
      add(stmt.target.name, stmt.target.span, stmt.value);
  }
  for (const cls of index.classes) for (const field of cls.fields) add(field.name, field.nameSpan, field.value);
  for (const write of index.memberWrites) {
    if (write.target.kind === 'member' && write.steps.length === 0 && isConfig(write.target.object))
      add(write.target.property, write.target.span, write.value);
  }
  for (const call of index.calls) {
    const { callee } = call;
    if (callee.kind !== 'member' || !/^(?:update|from_mapping)$/.test(callee.property) || !isConfig(callee.object))
      continue;
    for (const argument of call.args) {
      if (argument.name) add(argument.name, argument.nameSpan ?? argument.span, argument.value);
      if (argument.value.kind === 'record')
        for (const entry of argument.value.entries)
          if (entry.key) add(entry.key, entry.keySpan ?? entry.span, entry.value);
    }
  }
  byFile.set(index, found);
  return found;
}

function isConfig(expr: Expr): boolean {
  if (expr.kind === 'member') return /^(?:config|conf)$/.test(expr.property);
  return expr.kind === 'name' && /^(?:config|conf|settings)$/.test(expr.name);
}

/** The value of a setting of that name, and where it is written; `undefined` if no file sets it. */
export function settingNamed(
  s: Semantics,
  ecosystem: string,
  name: string,
): { readonly value: Value; readonly place: Place } | undefined {
  s.reads.add(settingRead(ecosystem, name));
  // What a test sets is not what runs.
  const settings = settingsOf(s, ecosystem, name).filter(({ path }) => !/(?:^|[/_.])tests?(?:[/_.]|$)/.test(path));
  const setting = settings[0];
  if (!setting) return undefined;
  const values = settings.map(({ path, expr }) => s.evaluate(path, expr));
  return { value: oneOf(values), place: { path: setting.path, span: setting.key } };
}
