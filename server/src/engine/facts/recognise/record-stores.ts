/** Tokens kept in records: refresh tokens and tokens of a provider in a database or cache, in clear, hashed or encrypted. */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { credentialNamed, namesBlocklist, namesTokenField, wordsOf } from '../../semantics/names-of-things.js';
import { frameOf, hasParameterOf, substitute } from '../../semantics/substitute.js';
import { type Value, alternatives, directParts, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { callsIn } from '../reach.js';
import { calledName } from '../token-estate.js';
import { type RecordAct, nameOfContainer, nameOfField, recordActs } from '../stored-records.js';
import { type TokenForm, formOf } from '../token-form.js';
import { type IssueByNode, credentialIn, isPlain, issuesByNode } from '../token-kind.js';

export default defineRecogniser({
  name: 'record-stores',
  phase: 'workspace',
  order: 25,
  *recognise(view) {
    const issues = issuesByNode(view.all('TokenIssue'));
    const seen = new Set<IrNode>();
    for (const fn of view.index.functions) {
      for (const act of recordActs(view.s, { path: view.path, fn, frame: undefined, via: undefined })) {
        if (
          act.op === 'read' ||
          act.op === 'delete' ||
          act.kept === 'memory' ||
          seen.has(act.node) ||
          namesBlocklist(act.container)
        )
          continue;
        if (act.unsaved && !isSaved(view, act, fn)) continue;
        const kept = keptIn(view, issues, act, fn);
        if (!kept) continue;
        seen.add(act.node);
        yield store(view, act, modelHides(view, act.container, kept.field) ? { ...kept, form: 'encrypted' } : kept, fn);
      }
    }
  },
});

/** Whether an object that is changed in memory is a record that the same function saves; the state of a page is none. */
function isSaved(view: FileView, act: RecordAct, fn: FunctionIR): boolean {
  if (act.written.some((w) => /^(?:value|current)$/.test(w.field))) return false;
  return callsIn(view.index, fn).some((call) =>
    /^(?:save|asave|commit|flush|persist|saveChanges|merge)$/.test(calledName(call)),
  );
}

/** Whether the model itself encrypts or hashes a field: by a decorator, its type, the column's kind. */
function modelHides(view: FileView, container: string, field: string): boolean {
  for (const path of view.s.project.paths) {
    for (const cls of view.s.index(path).classes) {
      if (nameOfContainer(cls.name) !== container) continue;
      const column = cls.fields.find((f) => nameOfField(f.name) === nameOfField(field));
      if (!column) continue;
      const says = JSON.stringify([column.decorators.map((d) => d.value), column.value ?? null, column.type ?? null]);
      if (/encrypt|fernet|hash(?:ed)?(?:field|column|type)/i.test(says)) return true;
    }
  }
  return false;
}

interface Kept {
  readonly kind: 'refresh' | 'access';
  readonly form: TokenForm;
  readonly owner: 'own' | 'provider';
  readonly field: string;
  readonly value: Value;
}

/** What token an act keeps, and in what form. */
function keptIn(view: FileView, issues: IssueByNode, act: RecordAct, fn: FunctionIR): Kept | undefined {
  const inTokens =
    /refresh|(?:^|[^a-z])rt(?:$|[^a-z])/i.test(act.container) ||
    (/token|session/i.test(act.container) &&
      !/reset|verif|invite|access|push|api|csrf|email|activation|device/i.test(act.container));
  const candidates = act.kept === 'cache' ? [...act.written, ...act.where] : act.written;
  for (const { field, value } of candidates) {
    if (isPlain(value) || isVoid(value)) continue;
    const name = nameOfField(field);
    const words = wordsOf(field);
    if (
      /^(?:jti|tokenid|familyid|id|userid|expiresat|createdat|replacedby|replacedbytoken|sessionid|lastused)$/.test(
        name,
      )
    )
      continue;
    const named = credentialNamed(field);
    const isCacheKey = act.kept === 'cache';
    const about =
      named === 'refresh' || words.includes('refresh') || (inTokens && (namesTokenField(field) || isCacheKey));
    const carried = credentialIn(view.s, issues, value);
    const provider = fromProvider(view, value, 8);
    if (provider && (carried === 'refresh' || carried === 'access' || named === 'refresh' || named === 'access')) {
      const form = worst(view, act, fn, value);
      if (form)
        return {
          kind: carried === 'refresh' || named === 'refresh' ? 'refresh' : 'access',
          form,
          owner: 'provider',
          field,
          value,
        };
      continue;
    }
    if (!about && carried !== 'refresh') continue;
    if (carried === 'access' && !words.includes('refresh') && !inTokens) continue;
    const form = worst(view, act, fn, value);
    if (!form) continue;
    // A clear one must surely be a token: drawn, signed, or called one.
    if (
      form === 'clear' &&
      !(
        carried === 'refresh' ||
        isDrawn(value, 6) ||
        (carried === 'access' && about) ||
        givenToken(view, act, fn, value)
      )
    )
      continue;
    return { kind: 'refresh', form, owner: 'own', field, value };
  }
  return undefined;
}

function isVoid(value: Value): boolean {
  return value.kind === 'derived' && value.how === 'sql';
}

/** The weakest form in which callers hand the value over. */
function worst(view: FileView, act: RecordAct, fn: FunctionIR, value: Value): TokenForm | undefined {
  if (!hasParameterOf(value, fn)) return formOf(view.s, value);
  const own = formOf(view.s, value);
  if (own === 'hashed' || own === 'encrypted') return own;
  const calls = view.s.usage(fn).calls.slice(0, 8);
  if (calls.length === 0) return own;
  const forms = calls.map((call) => formOf(view.s, substitute(view.s, value, frameOf(view.s, call, fn))));
  void act;
  return forms.includes('clear') ? 'clear' : (forms[0] ?? own);
}

/** Whether a parameter that is stored is called a refresh token, or callers hand one over. */
function givenToken(view: FileView, act: RecordAct, fn: FunctionIR, value: Value): boolean {
  void act;
  const named = (v: Value): boolean =>
    (v.kind === 'parameter' && /^(?:refresh_?token|rt|raw_?token|token|raw|new_?token|next_?token)$/i.test(v.name)) ||
    (v.kind === 'member' && credentialNamed(v.property) === 'refresh') ||
    alternatives(v).some((a) => a !== v && named(a));
  if (named(value)) return true;
  if (!hasParameterOf(value, fn)) return false;
  return view.s
    .usage(fn)
    .calls.slice(0, 6)
    .some((call) => {
      const given = substitute(view.s, value, frameOf(view.s, call, fn));
      return isDrawn(given, 6) || named(given);
    });
}

function isDrawn(value: Value, depth: number): boolean {
  if (depth === 0) return false;
  if (value.kind === 'random') return value.bytes === undefined || value.bytes >= 16;
  return directParts(value).some((part) => isDrawn(part, depth - 1));
}

/** Whether a value came from another party: the answer of a token endpoint, a strategy's callback. */
function fromProvider(view: FileView, value: Value, depth: number): boolean {
  if (depth === 0) return false;
  if (value.kind === 'result' || value.kind === 'call') {
    const { site } = value;
    const callee = site.call.callee;
    const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
    if (
      /^(?:authorize_access_token|fetch_token|getToken|exchangeCodeAsync|exchangeCode|validateAuthorizationCode|authorizationCodeGrant|oauthCallback|callback|exchange_code|getTokenFromCode|acquireTokenByCode|acquire_token_by_authorization_code|refreshAccessToken)$/.test(
        name,
      )
    )
      return true;
    if (
      /^(?:fetch|post|request)$/.test(name) &&
      site.call.args.some((a) => /token/i.test(addressOf(view.s.evaluate(site.path, a.value, site.frame))))
    )
      return true;
    return (
      callee.kind === 'member' && fromProvider(view, view.s.evaluate(site.path, callee.object, site.frame), depth - 1)
    );
  }
  if (value.kind === 'parameter') {
    // `(accessToken, refreshToken, profile, done)`: a strategy's callback.
    const names = value.fn.params.map((p) => (p.target.kind === 'bind' ? p.target.name : ''));
    return names.includes('profile') && names.some((n) => /access_?token/i.test(n));
  }
  return directParts(value).some((part) => fromProvider(view, part, depth - 1));
}

function addressOf(value: Value): string {
  if (value.kind === 'concat') return value.parts.map((p) => textOf(p) ?? '').join('');
  return textOf(value) ?? '';
}

function store(view: FileView, act: RecordAct, kept: Kept, fn: FunctionIR): Fact {
  const literal = (value: string): Value => ({ kind: 'literal', value });
  const node = act.node;
  const span = 'kind' in node && node.kind === 'call' ? calleeSpan(node) : targetSpan(node);
  return {
    kind: 'TokenStore',
    roles: withAbsent({
      medium: literal(act.kept === 'cache' ? 'cache' : 'db'),
      tokenKind: literal(kept.kind),
      form: literal(kept.form),
      owner: literal(kept.owner),
      by: literal('code'),
      key: literal(act.kept === 'cache' ? act.container : kept.field),
      value: kept.value,
    }),
    spans: {},
    at: { path: act.path, span },
    path: view.path,
    library: 'record-stores',
    node,
    fn,
  } as unknown as Fact;
}

function targetSpan(node: IrNode): Expr['span'] {
  if ('kind' in node && (node.kind === 'let' || node.kind === 'assign') && node.target.kind === 'place')
    return node.target.expression.span;
  return node.span;
}
