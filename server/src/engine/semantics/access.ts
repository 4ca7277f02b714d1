/** Access paths: which value of a call plays a role. The grammar is in `knowledge.ts`. */
import type { Span } from '../base/span.js';
import type { Argument, CallExpr, Expr } from '../ir/ir.js';
import { returnsOf } from './calls.js';
import { callsGiven, callsNamed, settingNamed } from './elsewhere.js';
import { memberOf } from './members.js';
import type { Semantics } from './semantics.js';
import {
  ABSENT,
  type CallSite,
  UNKNOWN,
  type Value,
  alternatives,
  isAbsent,
  mapAlternatives,
  oneOf,
  partsOf,
} from './value.js';

/** One step of an access path. */
export interface AccessStep {
  readonly kind:
    | 'arg'
    | 'named'
    | 'receiver'
    | 'made'
    | 'return'
    | 'option'
    | 'chain'
    | 'field'
    | 'param'
    | 'args'
    | 'literal'
    | 'elsewhere'
    | 'given'
    | 'setting'
    | 'returns';
  readonly name: string;
  readonly index: number;
}

const parsed = new Map<string, readonly (readonly AccessStep[])[]>();

/** Parses an access path; remembered by its text. */
export function parseAccess(path: string): readonly (readonly AccessStep[])[] {
  let known = parsed.get(path);
  if (!known) {
    known = path.split('|').map((alternative) => steps(alternative.trim()));
    parsed.set(path, known);
  }
  return known;
}

function steps(text: string): AccessStep[] {
  const found: AccessStep[] = [];
  const words = text.split(/\s+/);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word.startsWith('.'))
      for (const name of word.slice(1).split('.')) found.push({ kind: 'field', name, index: 0 });
    else if (/^\[\d+\]$/.test(word)) found.push({ kind: 'field', name: word.slice(1, -1), index: 0 });
    else if (word === 'arg' || word === 'param') found.push({ kind: word, name: '', index: Number(words[++i]) });
    else if (
      word === 'named' ||
      word === 'chain' ||
      word === 'option' ||
      word === 'elsewhere' ||
      word === 'given' ||
      word === 'setting'
    )
      found.push({ kind: word, name: words[++i] ?? '', index: 0 });
    else if (word === 'literal') found.push({ kind: 'literal', name: words.slice(++i).join(' '), index: 0 });
    else if (word === 'receiver' || word === 'made' || word === 'return' || word === 'returns' || word === 'args')
      found.push({ kind: word, name: '', index: 0 });
    if (word === 'literal') break;
  }
  return found;
}

/** The value at an access path of a call, and the text at the call that gives it (`undefined` when nothing stands there). */
export function accessArgument(s: Semantics, site: CallSite, path: string): { value: Value; span: Span | undefined } {
  let last: { value: Value; span: Span | undefined } = { value: ABSENT, span: undefined };
  for (const alternative of parseAccess(path)) {
    last = followFrom(s, site, alternative);
    if (last.value.kind !== 'absent') return last;
  }
  return last;
}

/** A path that begins elsewhere is followed from each place that is meant. */
function followFrom(
  s: Semantics,
  site: CallSite,
  path: readonly AccessStep[],
): { value: Value; span: Span | undefined } {
  const first = path[0];
  if (first?.kind === 'elsewhere' || first?.kind === 'given') {
    const sites =
      first.kind === 'elsewhere' ? callsNamed(s, site.path, first.name) : callsGiven(s, site.path, first.name);
    const values = sites.map((there) => follow(s, there, path.slice(1)).value).filter((v) => v.kind !== 'absent');
    return { value: values.length > 0 ? oneOf(values) : ABSENT, span: undefined };
  }
  if (first?.kind === 'setting') {
    const setting = settingNamed(s, s.project.ecosystem(site.path), first.name);
    return { value: setting ? fieldsOf(s, setting.value, path.slice(1)) : ABSENT, span: undefined };
  }
  return follow(s, site, path);
}

/** The fields of a value that stands at no call. */
export function fieldsOf(s: Semantics, value: Value, path: readonly AccessStep[]): Value {
  let current = value;
  for (const step of path) if (step.kind === 'field') current = optionOf(s, current, step.name);
  return current;
}

/** An option of what is a plain text or a function is absent, as where a library takes either. */
function optionOf(s: Semantics, value: Value, name: string): Value {
  return mapAlternatives(value, (v) => (v.kind === 'literal' || v.kind === 'function' ? ABSENT : memberOf(s, v, name)));
}

function follow(s: Semantics, start: CallSite, path: readonly AccessStep[]): { value: Value; span: Span | undefined } {
  let site = start;
  let value: Value = ABSENT;
  let span: Span | undefined;
  let expr: Expr | undefined;
  for (const step of path) {
    switch (step.kind) {
      case 'arg':
      case 'named': {
        const argument = argumentOf(site.call, step);
        const spread = argument ? undefined : spreadOf(site.call, step);
        expr = argument?.value;
        span = argument?.span;
        if (argument) value = s.evaluate(site.path, argument.value, site.frame);
        else if (spread) {
          const all = s.evaluate(site.path, spread.value, site.frame);
          value = memberOf(s, all, step.kind === 'named' ? step.name : String(step.index));
          if (value.kind === 'member') value = UNKNOWN;
        } else value = ABSENT;
        break;
      }
      case 'args':
        value = {
          kind: 'list',
          items: site.call.args.filter((a) => !a.name).map((a) => s.evaluate(site.path, a.value, site.frame)),
          open: site.call.args.some((a) => a.spread),
        };
        span = site.call.span;
        break;
      case 'receiver':
        expr = site.call.callee.kind === 'member' ? site.call.callee.object : undefined;
        value = expr ? s.evaluate(site.path, expr, site.frame) : ABSENT;
        span = expr?.span;
        break;
      case 'made': {
        // The call that made the object at hand: its arguments follow.
        const options = alternatives(value).map((v) =>
          v.kind === 'result' || v.kind === 'instance' ? v.site : undefined,
        );
        const made = options[0];
        // An object that was made elsewhere: nothing is known of what it was given, and nothing is absent.
        if (!made || options.includes(undefined))
          return { value: value.kind === 'absent' ? ABSENT : UNKNOWN, span: undefined };
        site = made;
        value = { kind: 'literal', value: true };
        break;
      }
      case 'return':
        value = s.evaluate(site.path, site.call, site.frame);
        span = site.call.span;
        expr = site.call;
        break;
      case 'option': {
        // A functional option among the arguments: `jwt.WithIssuer("me")`.
        const call = functionalOption(s, site, step.name);
        if (!call) return { value: ABSENT, span: undefined };
        site = call;
        value = { kind: 'literal', value: true, place: { path: site.path, span: call.call.span } };
        span = call.call.span;
        break;
      }
      case 'returns':
        value = resultsOf(s, value);
        expr = undefined;
        break;
      case 'chain': {
        const call = chained(s, site, step.name);
        if (!call) return { value: ABSENT, span: undefined };
        site = call;
        value = { kind: 'literal', value: true, place: { path: site.path, span: call.call.span } };
        span = call.call.span;
        break;
      }
      case 'field': {
        const entry = entryOf(expr, step.name);
        value = optionOf(s, value, step.name);
        expr = entry?.value;
        if (entry) span = entry.span;
        break;
      }
      case 'param': {
        const fn = value.kind === 'function' ? value : undefined;
        const param = fn?.fn.params[step.index];
        if (!fn || !param) return { value: ABSENT, span: undefined };
        value = {
          kind: 'parameter',
          fn: fn.fn,
          path: fn.path,
          index: step.index,
          name: param.target.kind === 'bind' ? param.target.name : '',
          type: undefined,
        };
        span = param.span;
        break;
      }
      case 'literal':
        value = { kind: 'literal', value: step.name === 'true' ? true : step.name === 'false' ? false : step.name };
        break;
    }
    if (isAbsent(value) && step.kind !== 'literal' && step !== path.at(-1))
      return { value: value.kind === 'absent' ? ABSENT : value, span };
  }
  return { value, span };
}

/** The call of an option's constructor among a call's arguments, or among what they hold. */
function functionalOption(s: Semantics, site: CallSite, name: string): CallSite | undefined {
  for (const argument of site.call.args) {
    const value = s.evaluate(site.path, argument.value, site.frame);
    for (const part of partsOf(value, 2)) {
      if (part.kind !== 'result' && part.kind !== 'call') continue;
      const { callee } = part.site.call;
      const last = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
      if (last === name) return part.site;
    }
  }
  return undefined;
}

/** What a function returns when it does not fail: of several results the first; not its ways out without a value. */
function resultsOf(s: Semantics, value: Value): Value {
  if (value.kind !== 'function') return ABSENT;
  const found = returnsOf(value.fn).flatMap((expr) => {
    const returned = expr ? s.evaluate(value.path, expr, value.frame) : ABSENT;
    const first = returned.kind === 'list' && returned.items.length > 1 ? (returned.items[0] as Value) : returned;
    return isAbsent(first) === true ? [] : [first];
  });
  return found.length > 0 ? oneOf(found) : UNKNOWN;
}

function argumentOf(call: CallExpr, step: AccessStep): Argument | undefined {
  if (step.kind === 'named') return call.args.find((a) => a.name === step.name);
  const before = call.args.slice(0, step.index + 1);
  if (before.some((a) => a.spread)) return undefined;
  return call.args.filter((a) => !a.name)[step.index];
}

function spreadOf(call: CallExpr, step: AccessStep): Argument | undefined {
  if (step.kind === 'named') return call.args.find((a) => a.spread === 'record');
  const at = call.args.findIndex((a) => a.spread === 'list');
  return at !== -1 && at <= step.index ? call.args[at] : undefined;
}

function entryOf(expr: Expr | undefined, key: string): { value: Expr; span: Span } | undefined {
  if (expr?.kind !== 'record') return undefined;
  const entry = expr.entries.find((e) => e.key === key);
  return entry ? { value: entry.value, span: entry.span } : undefined;
}

/** The call of a method on the same builder: before or after this call in the chain, or on the variable that holds it. */
function chained(s: Semantics, site: CallSite, method: string): CallSite | undefined {
  const index = s.look(site.path);
  // Inwards: what this call was called on.
  let inner: Expr = site.call;
  while (inner.kind === 'call' && inner.callee.kind === 'member') {
    if (inner.callee.property === method) return { ...site, call: inner };
    inner = inner.callee.object;
    if (inner.kind === 'unary') inner = inner.operand;
    if (inner.kind === 'name') {
      const binding = index.lookup(inner.name, inner);
      // A builder at the top of the file may be used anywhere in it.
      if (!binding?.scope.parent) s.reads.add(site.path);
      const made = binding?.definitions.length === 1 ? binding.definitions[0]?.value : undefined;
      if (made?.kind === 'call') {
        const found =
          onVariable(index, site, inner.name, method, binding as NonNullable<typeof binding>) ??
          chained(s, { ...site, call: made }, method);
        if (found) return found;
        return undefined;
      }
    }
  }
  // Outwards: what was called on this call.
  let outer: Expr = site.call;
  for (;;) {
    const member = index.parentOf(outer);
    if (!member || !('kind' in member) || member.kind !== 'member' || member.object !== outer) break;
    const call = index.parentOf(member);
    if (!call || !('kind' in call) || call.kind !== 'call' || call.callee !== member) break;
    if (member.property === method) return { ...site, call };
    outer = call;
  }
  const holder = index.parentOf(outer);
  if (holder && 'kind' in holder && holder.kind === 'let' && holder.target.kind === 'bind') {
    const binding = index.lookup(holder.target.name, holder);
    if (!binding?.scope.parent) s.reads.add(site.path);
    if (binding) return onVariable(index, site, holder.target.name, method, binding);
  }
  return undefined;
}

function onVariable(
  index: ReturnType<Semantics['index']>,
  site: CallSite,
  name: string,
  method: string,
  binding: NonNullable<ReturnType<ReturnType<Semantics['index']>['lookup']>>,
): CallSite | undefined {
  for (const reference of index.references(binding)) {
    let current: Expr = reference;
    for (;;) {
      const member = index.parentOf(current);
      if (!member || !('kind' in member) || member.kind !== 'member' || member.object !== current) break;
      const call = index.parentOf(member);
      if (!call || !('kind' in call) || call.kind !== 'call' || call.callee !== member) break;
      if (member.property === method) return { ...site, call };
      current = call;
    }
  }
  void name;
  return undefined;
}
