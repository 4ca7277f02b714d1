/** Where secrets enter a role: keys of tokens, secrets of sessions and clients, variables of the environment that hold them. */
import type { Span } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import { settingsField } from '../../semantics/classes.js';
import {
  isLiveCredential,
  looksReal,
  isSecretName,
  isUnguessableName,
  purposeOf,
} from '../../semantics/credential-names.js';
import { type Value, alternatives, partsOf, textOf } from '../../semantics/value.js';
import type { Binding } from '../../semantics/file-index.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser, type FileView } from '../recogniser.js';
import type { Fact } from '../kinds.js';

/** Roles of other facts that are secrets: kind → role → purpose. */
const KEYS = [
  ['TokenIssue', 'key'],
  ['TokenVerify', 'key'],
  ['TokenRequest', 'clientSecret'],
  ['OAuthClientConfig', 'clientSecret'],
] as const;

export default defineRecogniser({
  name: 'secret-use',
  phase: 'workspace',
  order: 50,
  *recognise(view) {
    const taken = new Set<string>();
    const once = function* (facts: Iterable<Fact>): Iterable<Fact> {
      for (const fact of facts) {
        const key = `${fact.at.span.start}-${fact.at.span.end}`;
        if (taken.has(key)) continue;
        taken.add(key);
        yield fact;
      }
    };
    for (const known of view.facts('SecretUse')) taken.add(`${known.at.span.start}-${known.at.span.end}`);
    yield* once(keysOfFacts(view));
    yield* once(handedOver(view));
    yield* once(writtenSettings(view));
    yield* once(settingsWritten(view));
    yield* once(environmentReads(view));
    yield* once(environmentPatterns(view));
    yield* once(settingsFields(view));
    yield* once(liveCredentials(view));
    yield* once(guessableTokens(view));
  },
});

function* keysOfFacts(view: FileView): Iterable<Fact> {
  for (const [kind, role] of KEYS) {
    for (const fact of view.facts(kind as 'TokenIssue') as readonly Fact<'TokenIssue'>[]) {
      const value = fact.roles[role as 'key'];
      if (!value || value.kind === 'absent' || value.kind === 'function') continue;
      const purpose = role === 'key' ? keyPurpose(fact, value) : 'client-secret';
      if (!purpose) continue;
      yield secretUse(view, fact.spans[role as 'key'] ?? fact.at.span, purpose, value, {
        seen: true,
        ...(fact.node ? { node: fact.node } : {}),
        ...(fact.fn ? { fn: fact.fn } : {}),
      });
    }
  }
}

/** A public key is no secret. */
function keyPurpose(fact: Fact<'TokenIssue'>, value: Value): string | undefined {
  const texts = alternatives(value).map(textOf);
  if (texts.some((t) => t?.includes('PUBLIC KEY') || t?.includes('BEGIN CERTIFICATE'))) return undefined;
  if (texts.some((t) => t?.includes('PRIVATE KEY'))) return 'private-key';
  const algorithm = textOf(fact.roles.algorithm);
  const isVerify = (fact.kind as string) === 'TokenVerify';
  const listed = isVerify ? (fact as unknown as Fact<'TokenVerify'>).roles.algorithms : undefined;
  const first = listed?.kind === 'list' ? textOf(listed.items[0]) : textOf(listed);
  const used = first ?? (isVerify ? undefined : algorithm);
  const name = environmentNameIn(value) ?? '';
  if (used && !used.startsWith('HS')) return isVerify ? undefined : 'private-key';
  if (/public|jwks|certificate|_cert$/i.test(name)) return undefined;
  return 'hmac-key';
}

function environmentNameIn(value: Value): string | undefined {
  for (const part of partsOf(value)) if (part.kind === 'environment') return part.name;
  return undefined;
}

/** Secrets that are given to a library under a telling name: `session({ secret })`, `SessionMiddleware, secret_key=…`. */
function* handedOver(view: FileView): Iterable<Fact> {
  const { s, index, path } = view;
  for (const call of index.calls) {
    const named = call.args.filter((a) => a.name !== undefined && isHandedName(a.name));
    const entries = call.args.flatMap((a) =>
      a.value.kind === 'record' ? a.value.entries.filter((e) => e.key !== undefined && isHandedName(e.key)) : [],
    );
    if (named.length + entries.length === 0) continue;
    const isLibrary = s.names({ path, call, frame: undefined }).length > 0;
    for (const { key, expr } of [
      ...named.map((a) => ({ key: a.name as string, expr: a.value })),
      ...entries.map((e) => ({ key: e.key as string, expr: e.value })),
    ]) {
      // A form's field of that name is no library's option; `client_secret` is one wherever it goes.
      if (!isLibrary && !/^client_?secret$/i.test(key) && !/^[A-Z][A-Z0-9_]+$/.test(key)) continue;
      const value = s.evaluate(path, expr);
      if (!isSecretLike(value)) continue;
      yield secretUse(view, expr.span, purposeOf(key), value, { node: expr });
    }
  }
}

function isHandedName(name: string): boolean {
  return isSecretName(name) || /^(?:secretOrKey|secret_or_key|clientSecret|client_secret)$/.test(name);
}

/** A value that can be a secret's: a text, a variable, configuration; not a record, a number, a validator. */
function isSecretLike(value: Value): boolean {
  return alternatives(value).some(
    (v) =>
      (v.kind === 'literal' && typeof v.value === 'string') ||
      v.kind === 'environment' ||
      v.kind === 'random' ||
      (v.kind === 'list' && v.items.some(isSecretLike)),
  );
}

/** Settings that are written: `app.secret_key = …`, `app.config['SECRET_KEY'] = …`, `SECRET_KEY = …` at the top of a module. */
function* writtenSettings(view: FileView): Iterable<Fact> {
  const { s, index, path } = view;
  for (const write of index.memberWrites) {
    if (write.target.kind !== 'member' || !isSecretName(write.target.property)) continue;
    const value = s.evaluate(path, write.value);
    if (isSecretLike(value))
      yield secretUse(view, write.value.span, purposeOf(write.target.property), value, {
        node: write.value,
        name: write.target.property,
      });
  }
  for (const stmt of index.statements) {
    if (stmt.kind !== 'let' || !stmt.value || stmt.target.kind !== 'bind' || index.functionOf(stmt)) continue;
    const name = stmt.target.name;
    if (!isSecretName(name)) continue;
    const value = s.evaluate(path, stmt.value);
    const text = textOf(value);
    const isOwnLiteral =
      text !== undefined &&
      value.place?.path === path &&
      value.place.span.start >= stmt.span.start &&
      value.place.span.end <= stmt.span.end;
    if (isOwnLiteral && text.length >= 4 && !isNameOfThing(name, text))
      yield secretUse(view, stmt.value.span, purposeOf(name), value, { node: stmt.value, name });
  }
}

/** Settings that are written down as a record or a class: `SIMPLE_JWT = {"SIGNING_KEY": …}`, `class Config: SECRET_KEY = …`. */
function* settingsWritten(view: FileView): Iterable<Fact> {
  const { s, index, path } = view;
  const isConfiguration = /(?:^|[/._-])(?:config|settings|environment|env|constants)[^/]*$/i.test(path);
  const literalAt = (name: string, expr: Expr): Value | undefined => {
    const value = s.evaluate(path, expr);
    const text = textOf(value);
    return expr.kind === 'literal' && text !== undefined && text.length >= 4 && !isNameOfThing(name, text)
      ? value
      : undefined;
  };
  for (const expr of index.expressions) {
    if (expr.kind !== 'record') continue;
    for (const { key, value: written } of expr.entries) {
      if (key === undefined) continue;
      const isSetting = isSecretName(key) && (isConfiguration || /^[A-Z][A-Z0-9_]+$/.test(key));
      const value = isSetting ? literalAt(key, written) : undefined;
      if (value) yield secretUse(view, written.span, purposeOf(key), value, { node: written, name: key });
      const sent = /^(?:authorization|x-api-key|api-key|apikey)$/i.test(key)
        ? textOf(s.evaluate(path, written))
        : undefined;
      const credential = sent?.replace(/^(?:Bearer|Basic|Token) /, '');
      if (credential && looksReal(credential))
        yield secretUse(view, written.span, 'api-key', s.evaluate(path, written), { node: written });
    }
  }
  for (const cls of index.classes) {
    for (const field of cls.fields) {
      if (!field.value || !isSecretName(field.name)) continue;
      const value = literalAt(field.name, field.value);
      if (value) yield secretUse(view, field.value.span, purposeOf(field.name), value, { name: field.name });
    }
  }
}

/** `TOKEN_SECRET = 'token_secret'`: the name of a setting, a header or a key, not its value. */
function isNameOfThing(name: string, text: string): boolean {
  const plain = (t: string) => t.toLowerCase().replace(/[^a-z0-9]/g, '');
  return (
    plain(name) === plain(text) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text) ||
    /^X-[A-Za-z-]+$/.test(text) ||
    (text.includes('/') === true && /^(?:\/|[a-z]+:)/.test(text))
  );
}

/** Variables of the environment with a secret's name, where they are read. */
function* environmentReads(view: FileView): Iterable<Fact> {
  const { index, s, path } = view;
  for (const expr of index.expressions) {
    if (expr.kind !== 'member' && expr.kind !== 'index' && expr.kind !== 'call') continue;
    const parent = index.parentOf(expr);
    if (parent && 'kind' in parent && parent.kind === 'call' && parent.callee === expr) continue;
    if (!mayReadSecret(view, expr)) continue;
    const value = s.evaluate(path, expr);
    // A schema that is held against the whole environment: each of its keys is a reading.
    if (expr.kind === 'call' && value.kind === 'record') {
      for (const field of value.fields.values()) {
        if (
          field.kind !== 'environment' ||
          !field.name ||
          !isSecretName(field.name) ||
          !field.place ||
          field.place.path !== path
        )
          continue;
        yield secretUse(view, field.place.span, purposeOf(field.name), field, { name: field.name });
      }
    }
    const read = alternatives(value).find((v) => v.kind === 'environment');
    if (read?.kind !== 'environment' || !read.name || !isSecretName(read.name) || !readsHere(expr, read, path))
      continue;
    const outer = outermost(view, expr, read.name);
    if (isTested(view, outer)) continue;
    yield secretUse(view, outer.span, purposeOf(read.name), settledValue(view, outer), {
      node: outer,
      name: read.name,
    });
  }
}

/** A cheap look before an evaluation: most expressions cannot read a secret's variable. */
function mayReadSecret(view: FileView, expr: Extract<Expr, { kind: 'member' | 'index' | 'call' }>): boolean {
  if (expr.kind === 'member') return isSecretName(expr.property);
  if (expr.kind === 'index') return expr.object.kind === 'member' || expr.object.kind === 'name';
  const first = expr.args[0]?.value;
  if (first?.kind === 'literal') return typeof first.value === 'string' && isSecretName(first.value);
  // A schema is held against the environment where the module is loaded.
  return view.index.functionOf(expr) === undefined;
}

/** Whether this very expression reads the variable: `process.env.X`, `required('X')`; not a name that holds it. */
function readsHere(expr: Expr, read: Extract<Value, { kind: 'environment' }>, path: string): boolean {
  if (expr.kind === 'call') return expr.args.some((a) => a.value.kind === 'literal' && a.value.value === read.name);
  return (
    read.place?.path === path && read.place.span.start === expr.span.start && read.place.span.end === expr.span.end
  );
}

/** `const { SECRET = 'dev' } = process.env`: variables that a pattern takes out of the environment. */
function* environmentPatterns(view: FileView): Iterable<Fact> {
  const { index } = view;
  for (const stmt of index.statements) {
    if (stmt.kind !== 'let' || stmt.target.kind !== 'fields' || !stmt.value) continue;
    for (const field of stmt.target.fields) {
      if (field.target.kind !== 'bind' || !isSecretName(field.key)) continue;
      const binding = index.lookup(field.target.name, stmt);
      const value = binding ? lastSeen(view, binding) : undefined;
      const read = value && alternatives(value).find((v) => v.kind === 'environment');
      if (value && read?.kind === 'environment' && read.name === field.key) {
        yield secretUse(view, field.target.span, purposeOf(field.key), value, { node: stmt, name: field.key });
      }
    }
  }
}

/** Whether an expression is only asked whether it is there: the check itself is no use. */
function isTested(view: FileView, expr: Expr): boolean {
  let node: Expr = expr;
  for (;;) {
    const parent = view.index.parentOf(node);
    if (!parent || !('kind' in parent)) return false;
    if (parent.kind === 'if' || parent.kind === 'choice') return parent.test === node;
    if (parent.kind === 'unary' && (parent.operator === '!' || parent.operator === 'typeof')) return true;
    const isTest =
      parent.kind === 'binary' && ['==', '!=', '<', '>', '<=', '>=', '&&', '||', 'in'].includes(parent.operator);
    const isMethod =
      (parent.kind === 'member' && parent.object === node) || (parent.kind === 'call' && parent.callee === node);
    if (!isTest && !isMethod) return false;
    node = parent as Expr;
  }
}

/** What is read, as its uses see it: a check after the reading counts where a variable holds it. */
function settledValue(view: FileView, outer: Expr): Value {
  const { index, s, path } = view;
  const holder = index.parentOf(outer);
  if (holder && 'kind' in holder && holder.kind === 'let' && holder.value === outer && holder.target.kind === 'bind') {
    const binding = index.lookup(holder.target.name, holder);
    if (binding) return lastSeen(view, binding);
  }
  return s.evaluate(path, outer);
}

function lastSeen(view: FileView, binding: Binding): Value {
  const uses = view.index.references(binding).filter((name) => !isTested(view, name));
  const last = uses.at(-1);
  if (last) return view.s.evaluate(view.path, last);
  if (!binding.scope.parent) return view.s.moduleValue(view.path, binding);
  return view.s.bindingValue(view.path, binding, undefined);
}

/** The reading with its fallback, conversion or check around it. */
function outermost(view: FileView, expr: Expr, name: string): Expr {
  let outer = expr;
  for (;;) {
    const parent = view.index.parentOf(outer);
    if (!parent || !('kind' in parent)) return outer;
    const wraps =
      (parent.kind === 'binary' && (parent.operator === '||' || parent.operator === '??') && parent.left === outer) ||
      (parent.kind === 'call' && parent.callee !== outer && parent.args.length === 1) ||
      (parent.kind === 'unary' && parent.operator !== '!' && parent.operator !== 'typeof');
    if (!wraps) return outer;
    const value = view.s.evaluate(view.path, parent as Expr);
    if (!alternatives(value).some((v) => v.kind === 'environment' && v.name === name)) return outer;
    outer = parent as Expr;
  }
}

function* settingsFields(view: FileView): Iterable<Fact> {
  for (const cls of view.index.classes) {
    for (const field of cls.fields) {
      if (!isSecretName(field.name)) continue;
      const value = settingsField(view.s, cls, view.path, field);
      if (value) yield secretUse(view, field.nameSpan, purposeOf(field.name), value, { name: field.name });
    }
  }
}

/** Texts in code that are somebody's live credential by their format. */
function* liveCredentials(view: FileView): Iterable<Fact> {
  for (const expr of view.index.expressions) {
    const text = expr.kind === 'literal' && typeof expr.value === 'string' ? expr.value : undefined;
    if (text === undefined || text.length < 20 || !isLiveCredential(text)) continue;
    yield secretUse(
      view,
      expr.span,
      'api-key',
      { kind: 'literal', value: text, place: { path: view.path, span: expr.span } },
      { node: expr, form: 'live-credential' },
    );
  }
}

/** Tokens and codes that are made from a source that can be guessed. */
function* guessableTokens(view: FileView): Iterable<Fact> {
  const { index, s, path } = view;
  const consider = function* (name: string, value: Expr): Iterable<Fact> {
    // A name that holds the token was reported where the token was made.
    if (!isUnguessableName(name) || value.kind === 'lambda' || value.kind === 'name' || value.kind === 'member') return;
    const made = s.evaluate(path, value);
    if (!fromGuessable(view, made)) return;
    yield secretUse(view, value.span, 'token', made, { node: value, name });
  };
  for (const stmt of index.statements) {
    if (stmt.kind === 'let' && stmt.value) {
      if (stmt.target.kind === 'bind') yield* consider(stmt.target.name, stmt.value);
      if (stmt.target.kind === 'place' && stmt.target.expression.kind === 'member')
        yield* consider(stmt.target.expression.property, stmt.value);
    }
    if (stmt.kind === 'exit' && stmt.how === 'return' && stmt.value) {
      const fn = index.functionOf(stmt);
      const made = fn?.name ? /^(?:generate|create|make|new|random|gen|get)_?(.*)$/i.exec(fn.name)?.[1] : undefined;
      if (made) yield* consider(made, stmt.value);
    }
  }
  for (const expr of index.expressions) {
    if (expr.kind !== 'record') continue;
    for (const entry of expr.entries) if (entry.key) yield* consider(entry.key, entry.value);
  }
}

/** Whether a value comes from a source that can be guessed: a game's random numbers, or the time and what is known anyway. */
function fromGuessable(view: FileView, value: Value): boolean {
  const parts = [...partsOf(value, 8)];
  // The list grows while it is walked: a hash of a hash.
  for (const part of parts) if (parts.length < 60 && isHash(part)) parts.push(...hashedBy(view, part));
  if (parts.some((part) => part.kind === 'random' && part.source === 'cryptographic')) return false;
  if (parts.some((part) => part.kind === 'random')) return true;
  return parts.some((part) => part.kind === 'moment') && parts.every(isOpenlyKnown);
}

const HASH = /^(?:update|digest|hexdigest|createHash|md5|sha1|sha256|sha512|getHash)$/;

/** A step of hashing what somebody could write down too: no key goes in. */
function isHash(part: Value): boolean {
  const called = part.kind === 'call' || part.kind === 'result' ? part : undefined;
  if (!called) return false;
  const { callee } = called.site.call;
  return HASH.test(callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '');
}

function hashedBy(view: FileView, part: Value): readonly Value[] {
  if (part.kind !== 'call' && part.kind !== 'result') return [];
  const all = view.s.access(part.site, 'args').value;
  const receiver = view.s.access(part.site, 'receiver').value;
  return [...(all.kind === 'list' ? all.items : []), receiver].flatMap((item) => [...partsOf(item, 6)]);
}

/** A part that holds no secret of its own; a call that nothing is known of may have brought one. */
function isOpenlyKnown(part: Value): boolean {
  if (part.kind === 'external') return /[:.](?:createHash|crypto|hashlib|md5|sha\d+)$/.test(part.name);
  if (isHash(part)) return true;
  if (part.kind === 'call') return part.callee.kind === 'member' && part.callee.object.kind !== 'external';
  return !['result', 'environment', 'function', 'unknown', 'instance', 'object'].includes(part.kind);
}

interface Extra {
  readonly node?: Fact['node'];
  readonly fn?: Fact['fn'];
  readonly name?: string;
  readonly form?: string;
  /** The purpose is shown by the use, not only by a name. */
  readonly seen?: boolean;
}

function secretUse(view: FileView, span: Span, purpose: string, value: Value, extra: Extra): Fact {
  const literal = (text: string): Value => ({ kind: 'literal', value: text });
  return {
    kind: 'SecretUse',
    roles: withAbsent({
      purpose: literal(purpose),
      value,
      file: literal('code'),
      ...(extra.name ? { name: literal(extra.name) } : {}),
      ...(extra.form ? { form: literal(extra.form) } : {}),
    }),
    spans: {},
    at: { path: view.path, span },
    path: view.path,
    library: extra.seen ? 'secret-sink' : 'secret-name',
    ...(extra.node ? { node: extra.node } : {}),
    ...(extra.fn ? { fn: extra.fn } : {}),
  } as Fact;
}
