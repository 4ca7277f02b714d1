/**
 * What one place of a workspace configures for all others: the registration of a module, a plugin's options, a setting of a
 * framework. Everything is looked for by name, in files of the same ecosystem.
 */
import type { Place, Span } from '../base/span.js';
import type { Expr } from '../ir/ir.js';
import type { FileIndex } from './file-index.js';
import type { Semantics } from './semantics.js';
import type { CallSite, Value } from './value.js';

function filesOf(s: Semantics, like: string): readonly string[] {
  const ecosystem = s.project.ecosystem(like);
  return s.project.paths.filter((path) => s.project.ecosystem(path) === ecosystem);
}

/** Calls by a library's full name, wherever they are. */
export function callsNamed(s: Semantics, from: string, name: string): readonly CallSite[] {
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1);
  return filesOf(s, from).flatMap((path) =>
    s.index(path).calls.flatMap((call): CallSite[] => {
      const { callee } = call;
      const written = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
      if (written !== last) return [];
      const site: CallSite = { path, call, frame: undefined };
      return s.names(site).includes(name) ? [site] : [];
    }),
  );
}

/** Calls that are given this library's value as an argument: `app.register(jwt, options)`. */
export function callsGiven(s: Semantics, from: string, name: string): readonly CallSite[] {
  const found: CallSite[] = [];
  for (const path of filesOf(s, from)) {
    for (const call of s.index(path).calls) {
      const first = call.args[0]?.value;
      if (!first || (first.kind !== 'name' && first.kind !== 'module' && first.kind !== 'member')) continue;
      const callee = call.callee.kind === 'member' ? call.callee.property : '';
      if (callee !== 'register' && callee !== 'use') continue;
      const value = s.evaluate(path, first);
      if (value.kind === 'external' && value.name === name) found.push({ path, call, frame: undefined });
    }
  }
  return found;
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
export function settingNamed(s: Semantics, from: string, name: string): { value: Value; place: Place } | undefined {
  for (const path of filesOf(s, from)) {
    const setting = settingsIn(s.index(path)).find((one) => one.name === name);
    if (setting) return { value: s.evaluate(path, setting.expr), place: { path, span: setting.key } };
  }
  return undefined;
}
