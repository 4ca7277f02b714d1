/** Secrets that must be there: read from the environment, and the program stops without them. */
import type { Place } from '../../base/span.js';
import type { CallExpr, Expr, LetStmt, Stmt } from '../../ir/ir.js';
import { isFunction } from '../../semantics/file-index.js';
import { alternatives, type Value } from '../../semantics/value.js';
import type { Edit } from './edit.js';
import { removeArgument } from './insert.js';
import { fill } from './names.js';
import { lineAfter, lineBreak, parentExpr, type Source, type Sources, sourceOf, spotAt, textAt } from './source.js';

/** Replaces a secret's literal, or the fallback that a literal is. */
export function demandSecret(sources: Sources, place: Place, name: string | undefined): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source) return undefined;
  if (!spot) return undefined;
  const { expr } = spot;
  const fallback =
    dropOperand(source, expr) ??
    dropPatternDefault(source, expr) ??
    stopInIf(source, expr) ??
    dropDefaultCall(source, expr) ??
    dropDefaultArgument(source, expr);
  if (fallback) return fallback;
  const settings = emptyField(source, expr);
  if (settings) return settings;
  const own = nameFor(source, expr);
  return read(source, expr, own && !TOO_PLAIN.test(own) ? own : (name ?? own));
}

/** `VARIABLE || 'literal'`: the literal goes, and what is left is asked for. */
function dropOperand(source: Source, expr: Expr): readonly Edit[] | undefined {
  const parent = parentExpr(source, expr);
  if (parent?.kind !== 'binary' || parent.right !== expr || (parent.operator !== '||' && parent.operator !== '??'))
    return undefined;
  const name = environmentName(source.s.evaluate(source.path, parent));
  if (!name) return undefined;
  return whole(source, parent, name, textAt(source, parent.left.span));
}

/** A reading in the whole of an expression: a check after its statement, or a function that checks. */
function whole(source: Source, target: Expr, name: string, plain: string): readonly Edit[] | undefined {
  const { demandInto, demand } = source.edits;
  const holder = holderOf(source, target);
  if (demandInto && holder?.target.kind === 'bind') {
    const { check } = demandInto(name, holder.target.name, source.text);
    const after = lineAfter(source, holder.span, check);
    return [
      { path: source.path, span: target.span, text: plain },
      { path: source.path, span: { start: after.at, end: after.at }, text: after.text, joins: true },
    ];
  }
  const demanded = demand(name, source.text);
  const filled = fill(source, demanded.code, undefined);
  const bytes = source.edits.bytes?.(textAt(source, target.span));
  return (
    filled && [
      { path: source.path, span: target.span, text: bytes ? bytes(filled.code) : filled.code },
      ...filled.edits,
      ...helperOf(source, demanded.helper),
    ]
  );
}

/** The statement that gives a name just this value. */
function holderOf(source: Source, expr: Expr): LetStmt | undefined {
  const parent = source.index.parentOf(expr);
  return parent && 'kind' in parent && parent.kind === 'let' && parent.value === expr ? parent : undefined;
}

function helperOf(
  source: Source,
  helper: { readonly name: string; readonly code: string } | undefined,
): readonly Edit[] {
  if (!helper || source.index.functions.some((fn) => fn.name === helper.name)) return [];
  const filled = fill(source, helper.code, undefined);
  if (!filled) return [];
  const nl = lineBreak(source);
  const end = source.text.trimEnd().length;
  const at = source.index.file.items.at(-1)?.span.end ?? end;
  const text = `${nl}${nl}${filled.code.replaceAll('\n', nl)}`;
  return [{ path: source.path, span: { start: at, end: at }, text, joins: true }, ...filled.edits];
}

/** `if (!secret) { secret = 'literal' }`: stops there instead. */
function stopInIf(source: Source, expr: Expr): readonly Edit[] | undefined {
  const { index, s, path } = source;
  const write = index.parentOf(expr);
  if (!write || !('kind' in write) || (write.kind !== 'let' && write.kind !== 'assign') || write.value !== expr)
    return undefined;
  const statement = index.statementOf(write);
  const around = statement && index.parentOf(statement);
  if (!statement || !around || !('kind' in around) || around.kind !== 'if' || !isThen(around.then, statement))
    return undefined;
  const { target } = write;
  if (target.kind !== 'bind') return undefined;
  const binding = index.lookup(target.name, around);
  const read = binding?.definitions.find((d) => d.value && d.value !== expr)?.value;
  const name = read && environmentName(s.evaluate(path, read));
  if (!name) return undefined;
  return [{ path, span: statement.span, text: source.edits.stop(`${name} is not set`, source.text) }];
}

function isThen(list: readonly Stmt[], statement: Stmt): boolean {
  return list.length === 1 && list[0] === statement;
}

/** `schema.default('literal')`: the link of the chain goes. */
function dropDefaultCall(source: Source, expr: Expr): readonly Edit[] | undefined {
  const call = parentExpr(source, expr);
  if (call?.kind !== 'call' || call.args.length !== 1 || call.callee.kind !== 'member') return undefined;
  const { object } = call.callee;
  if (object.kind !== 'call' || environmentName(source.s.evaluate(source.path, call))) return undefined;
  if (!/default|orElse|fallback/i.test(call.callee.property)) return undefined;
  return [{ path: source.path, span: { start: object.span.end, end: call.span.end }, text: '' }];
}

/** `getenv("NAME", "literal")`: without the literal if that makes it demanded, else a reading that is. */
function dropDefaultArgument(source: Source, expr: Expr): readonly Edit[] | undefined {
  const { s, path } = source;
  const call = parentExpr(source, expr);
  if (call?.kind !== 'call') return undefined;
  const argument = call.args.find((a) => a.value === expr);
  const name = environmentName(s.evaluate(path, call));
  if (!argument || !name || call.args.length < 2) return undefined;
  if (isDemandedWithout(source, call)) return [removeArgument(source, call, argument)];
  const { code, helper } = source.edits.demand(name, source.text);
  if (helper && source.edits.demandInto && holderOf(source, call))
    return whole(source, call, name, source.edits.demandInto(name, '', source.text).code);
  const filled = fill(source, code, undefined);
  return filled && [{ path, span: call.span, text: filled.code }, ...filled.edits, ...helperOf(source, helper)];
}

/** Whether the library's function stops by itself when it is given no fallback. */
function isDemandedWithout({ s, path }: Source, call: CallExpr): boolean {
  return s.names({ path, call, frame: undefined }).some((name) => {
    const gives = s.project.knowledge.call(name)?.gives;
    return gives !== undefined && 'environment' in gives && gives.missing === 'throws';
  });
}

/** A field of a settings class: without a default it is demanded. */
function emptyField(source: Source, expr: Expr): readonly Edit[] | undefined {
  for (const cls of source.index.classes) {
    const field = cls.fields.find(
      (f) => f.value === expr || (f.value?.kind === 'call' && f.value.args.some((a) => a.value === expr)),
    );
    if (!field?.value || !field.type) continue;
    if (field.value !== expr) {
      const call = field.value as CallExpr;
      const argument = call.args.find((a) => a.value === expr);
      return argument && [removeArgument(source, call, argument)];
    }
    const read = source.index.classOf(expr) === cls ? field.value.span.start : -1;
    const equals = source.text.lastIndexOf('=', read);
    if (read === -1 || equals < field.type.span.end) return undefined;
    return [{ path: source.path, span: { start: field.type.span.end, end: field.value.span.end }, text: '' }];
  }
  return undefined;
}

/** `const { SECRET = 'literal' } = process.env`: without it, and a check after it. */
function dropPatternDefault(source: Source, expr: Expr): readonly Edit[] | undefined {
  const holder = source.index.parentOf(expr);
  const { demandInto } = source.edits;
  if (!demandInto || !holder || !('kind' in holder) || holder.kind !== 'let' || holder.target.kind !== 'fields')
    return undefined;
  for (const field of holder.target.fields) {
    if (field.target.kind !== 'bind' || (field.default !== expr && field.target.default !== expr)) continue;
    const equals = source.text.lastIndexOf('=', expr.span.start);
    const start = source.text.slice(0, equals).trimEnd().length;
    const after = lineAfter(source, holder.span, demandInto(field.key, field.target.name, source.text).check);
    return [
      { path: source.path, span: { start, end: expr.span.end }, text: '' },
      { path: source.path, span: { start: after.at, end: after.at }, text: after.text, joins: true },
    ];
  }
  return undefined;
}

/** A literal becomes a reading. */
function read(source: Source, expr: Expr, name: string | undefined): readonly Edit[] | undefined {
  if (!name || expr.kind !== 'literal' || typeof expr.value !== 'string') return undefined;
  // A parameter's default is somebody else's choice.
  const parent = source.index.parentOf(expr);
  if (parent && isFunction(parent)) return undefined;
  const { demandInto, variable } = source.edits;
  const plain = demandInto?.(name, '', source.text).code ?? '';
  const edits = whole(source, expr, name, plain);
  const statement = source.index.statementOf(expr);
  if (!edits || !statement || !variable) return edits;
  const lineStart = source.text.lastIndexOf('\n', statement.span.start - 1) + 1;
  const line = source.text.slice(lineStart, expr.span.start);
  const changed = variable(line);
  if (changed === undefined) return undefined;
  if (changed === line) return edits;
  return [...edits, { path: source.path, span: { start: lineStart, end: expr.span.start }, text: changed }];
}

/** The variable's name for what a literal is given to: the name, field or option that holds it. */
function nameFor(source: Source, expr: Expr): string | undefined {
  let node: Expr | undefined = expr;
  for (let i = 0; node && i < 4; i++) {
    const parent = source.index.parentOf(node);
    if (!parent || !('kind' in parent)) return undefined;
    if (parent.kind === 'let' && parent.target.kind === 'bind') return shout(parent.target.name);
    if (parent.kind === 'let' && parent.target.kind === 'place' && parent.target.expression.kind === 'member')
      return shout(parent.target.expression.property);
    if (parent.kind === 'record') {
      const key = parent.entries.find((e) => e.value === node)?.key;
      return key && shout(key);
    }
    if (parent.kind === 'call') {
      const argument = parent.args.find((a) => a.value === node);
      if (argument?.name) return shout(argument.name);
    }
    node = source.index.listOf(parent) ? undefined : (parent as Expr);
  }
  return undefined;
}

/** Names that say nothing of the purpose. */
const TOO_PLAIN = /^(?:KEY|SECRET|TOKEN|PASSWORD|VALUE|SECRETS|KEYS|APP_SECRET)$/;

/** `jwtSecret` → `JWT_SECRET`. */
function shout(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toUpperCase();
}

function environmentName(value: Value): string | undefined {
  for (const one of alternatives(value)) if (one.kind === 'environment' && one.name) return one.name;
  return undefined;
}
