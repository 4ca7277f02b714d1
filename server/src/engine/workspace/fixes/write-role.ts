/** Writes a role at a call: walks the access path of the model's row, and makes what is missing on the way. */
import type { Argument, CallExpr, Expr } from '../../ir/ir.js';
import { type AccessStep, parseAccess } from '../../semantics/access.js';
import type { CallSite } from '../../semantics/value.js';
import type { Edit } from './edit.js';
import { insertArgument, insertArgumentBefore, insertEntry } from './insert.js';
import { fill } from './names.js';
import { indentAt, lineAfter, lineBefore, lineBreak, type Source, type Sources, sourceOf } from './source.js';

export interface Writing {
  readonly at: string;
  /** Code, with holes. */
  readonly code: string;
  readonly wrap?: string;
}

/** The edits that write code at an access path of a call; `undefined` where it can't be written. */
export function writeRole(sources: Sources, site: CallSite, writing: Writing): readonly Edit[] | undefined {
  const source = sourceOf(sources, site.path);
  if (!source) return undefined;
  const filled = fill(source, writing.code, site.call);
  if (!filled) return undefined;
  const edit = writeCode(sources, source, site, { ...writing, code: filled.code });
  return edit && [edit, ...filled.edits];
}

function writeCode(sources: Sources, source: Source, site: CallSite, { at, code, wrap }: Writing): Edit | undefined {
  const option = /^(?:receiver made )?option (?:\w+\.)?(\w+)(?: arg 0)?$/.exec(at)?.[1];
  if (option) return writeOption(sources, source, site, option, code);
  if (at === 'option') return insertArgument(source, site.call, code, 'last');
  if (at === 'before' || at === 'after') return writeBeside(source, site.call, at, code);
  const wrapped = wrap === undefined ? undefined : wrapPlain(source, site.call, at, wrap, code);
  if (wrapped) return wrapped;
  const ways = parseAccess(at);
  const given = ways.find((steps) => isGiven(sources.s, site, steps, at));
  for (const steps of given ? [given] : ways) {
    const edit = writeAtCall(sources, source, site, steps, code);
    if (edit) return edit;
  }
  return undefined;
}

/** A functional option: its argument, or one more at the end, named as the call's own package is. */
function writeOption(sources: Sources, source: Source, site: CallSite, name: string, code: string): Edit | undefined {
  // A method takes none: they are given where its object is made.
  if (sources.s.names(site).some((full) => full.includes('#'))) {
    const made = sources.s.access(site, 'receiver').value;
    const maker = made.kind === 'result' || made.kind === 'instance' ? made.site : undefined;
    const there = maker && sourceOf(sources, maker.path);
    return maker && there && !sources.s.names(maker).some((full) => full.includes('#'))
      ? writeOption(sources, there, maker, name, code)
      : undefined;
  }
  const { call } = site;
  const given = call.args.find(
    ({ value }) => value.kind === 'call' && value.callee.kind === 'member' && value.callee.property === name,
  )?.value;
  if (given?.kind === 'call') {
    const [first] = given.args;
    return first && { path: source.path, span: first.value.span, text: code };
  }
  const scope =
    call.callee.kind === 'member' && call.callee.object.kind === 'name' ? `${call.callee.object.name}.` : '';
  return insertArgument(source, call, `${scope}${name}(${code})`, 'last');
}

/** `verify(token, key, 'HS256')` → `verify(token, key, { alg: 'HS256', iss: … })`. */
function wrapPlain(source: Source, call: CallExpr, at: string, wrap: string, code: string): Edit | undefined {
  const [step, field, ...more] = parseAccess(at)[0] ?? [];
  const argument = step?.kind === 'arg' ? call.args.filter((a) => a.name === undefined)[step.index] : undefined;
  if (!argument || field?.kind !== 'field' || more.length > 0) return undefined;
  const { value } = argument;
  if (value.kind !== 'literal' || value.value === null) return undefined;
  const { edits, text } = source;
  const entries = [
    edits.entry(wrap, text.slice(value.span.start, value.span.end), text),
    edits.entry(field.name, code, text),
  ];
  const write = (all: readonly string[]) => edits.record([...new Set(all)]);
  return { path: source.path, span: value.span, text: write(entries), grows: { entries, write } };
}

function isGiven(s: Sources['s'], site: CallSite, steps: readonly AccessStep[], at: string): boolean {
  const index = parseAccess(at).indexOf(steps);
  const alternative = at.split('|')[index];
  return alternative !== undefined && s.access(site, alternative.trim()).value.kind !== 'absent';
}

function writeBeside(source: Source, call: CallExpr, where: 'before' | 'after', code: string): Edit | undefined {
  const statement = source.index.statementOf(call);
  if (!statement) return undefined;
  const { at, text } = (where === 'after' ? lineAfter : lineBefore)(source, statement.span, code);
  return { path: source.path, span: { start: at, end: at }, text, joins: true };
}

function writeAtCall(
  sources: Sources,
  source: Source,
  site: CallSite,
  steps: readonly AccessStep[],
  code: string,
): Edit | undefined {
  const [step, ...rest] = steps;
  if (!step) return undefined;
  switch (step.kind) {
    case 'arg':
      return writeArgument(sources, source, site, step.index, rest, code);
    case 'named': {
      const argument = site.call.args.find((a) => a.name === step.name);
      if (argument) return writeInside(sources, source, site.path, argument.value, rest, code);
      const { named } = source.edits;
      const value = nested(source, rest, code);
      return named && value
        ? growing(source, value, (made) => insertArgument(source, site.call, named(step.name, made), 'last'))
        : undefined;
    }
    case 'receiver': {
      if (rest[0]?.kind !== 'made') return undefined;
      const made = sources.s.access(site, 'receiver').value;
      const maker = made.kind === 'result' || made.kind === 'instance' ? made.site : undefined;
      const there = maker && sourceOf(sources, maker.path);
      return maker && there && writeAtCall(sources, there, maker, rest.slice(1), code);
    }
    case 'chain':
      return writeChained(sources, source, site, step.name, rest, code);
    default:
      return undefined;
  }
}

function writeArgument(
  sources: Sources,
  source: Source,
  site: CallSite,
  index: number,
  rest: readonly AccessStep[],
  code: string,
): Edit | undefined {
  const { call } = site;
  const positional = call.args.filter((a) => a.name === undefined);
  if (positional.slice(0, index + 1).some((a) => a.spread)) return undefined;
  const argument: Argument | undefined = positional[index];
  const value = nested(source, rest, code);
  if (!argument)
    return index === positional.length && value
      ? growing(source, value, (made) => insertArgument(source, call, made, 'positional'))
      : undefined;
  // Options that stand before a callback may be left out.
  if (rest.length > 0 && value && isCallback(sources, site.path, argument.value))
    return growing(source, value, (made) => insertArgumentBefore(source, argument, made));
  return writeInside(sources, source, site.path, argument.value, rest, code);
}

function isCallback({ s }: Sources, path: string, expr: Expr): boolean {
  return expr.kind === 'lambda' || s.evaluate(path, expr).kind === 'function';
}

/** Writes below an expression: itself, or the field of the record that it is or names. */
function writeInside(
  sources: Sources,
  source: Source,
  path: string,
  expr: Expr,
  fields: readonly AccessStep[],
  code: string,
): Edit | undefined {
  const [field, ...rest] = fields;
  if (!field) return { path: source.path, span: expr.span, text: code };
  if (field.kind !== 'field') return undefined;
  if (expr.kind === 'unary' && expr.operator === '&')
    return writeInside(sources, source, path, expr.operand, fields, code);
  if (expr.kind === 'literal' && expr.value === null) {
    const value = nested(source, fields, code);
    return value && growing(source, value, (made) => ({ path: source.path, span: expr.span, text: made }));
  }
  if (expr.kind === 'record') {
    const entry = expr.entries.findLast((e) => e.key === field.name);
    if (!entry) {
      if (!takesKey(source, expr, field.name)) return undefined;
      const value = nested(source, rest, code);
      return value && insertEntry(source, expr, entryCode(source, expr, field.name, value.code));
    }
    if (rest.length === 0)
      return entry.shorthand
        ? { path: source.path, span: entry.span, text: source.edits.entry(field.name, code, source.text) }
        : { path: source.path, span: entry.value.span, text: code };
    return writeInside(sources, source, path, entry.value, rest, code);
  }
  // A record that is written elsewhere: a constant, a shared option object.
  const place = sources.s.evaluate(path, expr);
  const record = place.kind === 'record' && place.place ? recordAt(sources, place.place) : undefined;
  if (record) return writeInside(sources, record.source, record.source.path, record.expr, fields, code);
  // A record that is made by a call with keyword arguments.
  if (expr.kind === 'call' && place.kind === 'record' && source.edits.named && rest.length === 0)
    return insertArgument(source, expr, source.edits.named(field.name, code), 'last');
  return undefined;
}

/** A typed literal is a struct or a map: its keys are all names, or all texts. */
function takesKey(source: Source, record: Extract<Expr, { kind: 'record' }>, key: string): boolean {
  const first = record.entries.find((e) => e.keySpan);
  if (!record.type || !first?.keySpan) return true;
  const isText = /["'`]/.test(source.text[first.keySpan.start] ?? '');
  return isText !== /^\p{Lu}/u.test(key);
}

/** A record's entries keep the form that they have: `"key": …` beside such ones, `Key: …` in a struct. */
function entryCode(source: Source, record: Extract<Expr, { kind: 'record' }>, key: string, value: string): string {
  const first = record.entries.find((e) => e.keySpan);
  const written = first?.keySpan ? source.text.slice(first.keySpan.start, first.keySpan.end) : '';
  const isEmptyMap = record.type !== undefined && first === undefined && !/^\p{Lu}/u.test(key);
  const quote = /^(["'])/.exec(written)?.[1] ?? (isEmptyMap ? '"' : undefined);
  const code = source.edits.entry(key, value, source.text);
  return quote && !/^["']/.test(code) ? code.replace(/^[^:=]*/, (name) => `${quote}${name}${quote}`) : code;
}

function recordAt(
  sources: Sources,
  place: { readonly path: string; readonly span: { readonly start: number; readonly end: number } },
): { source: Source; expr: Expr } | undefined {
  const source = sourceOf(sources, place.path);
  const expr = source?.index.expressions.find(
    (e) => e.kind === 'record' && e.span.start === place.span.start && e.span.end === place.span.end,
  );
  return source && expr && { source, expr };
}

/** Code for a value, with records around it for the fields that are still to come. */
interface Value {
  readonly code: string;
  /** The entry of the outermost record, if there is one. */
  readonly entry?: string;
}

function nested(source: Source, fields: readonly AccessStep[], code: string): Value | undefined {
  if (fields.some((f) => f.kind !== 'field')) return undefined;
  return fields.reduceRight<Value>(
    (inner, field) => {
      const entry = source.edits.entry(field.name, inner.code, source.text);
      return { code: source.edits.record([entry]), entry };
    },
    { code },
  );
}

/** The edit that inserts a value; what makes a record at a place can hold more entries. */
function growing(source: Source, value: Value, insert: (code: string) => Edit | undefined): Edit | undefined {
  const edit = insert(value.code);
  if (!edit || value.entry === undefined) return edit;
  const write = (entries: readonly string[]) => insert(source.edits.record(entries))?.text ?? edit.text;
  return { ...edit, joins: false, grows: { entries: [value.entry], write } };
}

/** A call on the same builder: changes the one that is there, or adds one. */
function writeChained(
  sources: Sources,
  source: Source,
  site: CallSite,
  method: string,
  rest: readonly AccessStep[],
  code: string,
): Edit | undefined {
  const known = sources.s.access(site, `chain ${method}`).value;
  if (known.kind !== 'absent' && known.place) {
    const { place } = known;
    const call = source.index.calls.find((c) => c.span.start === place.span.start && c.span.end === place.span.end);
    return call && rest.length > 0 ? writeAtCall(sources, source, { ...site, call }, rest, code) : undefined;
  }
  const { callee } = site.call;
  const isLink = callee.kind === 'member' && callee.object.kind === 'call';
  const at = isLink ? callee.object.span.end : site.call.span.end;
  const gap = isLink ? source.text.slice(at, callee.propertySpan.start) : '';
  const lead = gap.includes('\n')
    ? `${lineBreak(source)}${indentAt(source, callee.kind === 'member' ? callee.propertySpan.start : at)}`
    : '';
  return {
    path: source.path,
    span: { start: at, end: at },
    text: `${lead}.${method}(${rest.length > 0 || code ? code : ''})`,
    joins: true,
  };
}
