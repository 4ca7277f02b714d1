/** Tokens put into browser, device and file stores. A wrapper is looked through to what its callers put in. */
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { type NamedCredential, credentialNamed } from '../../semantics/names-of-things.js';
import { frameOf, hasParameterOf, substitute } from '../../semantics/substitute.js';
import { UNKNOWN, type Value, isAbsent, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { type IssueByNode, credentialIn, credentialWritten, isPlain, issuesByNode } from '../token-kind.js';
import { formOf } from '../token-form.js';

export default defineRecogniser({
  name: 'token-stores',
  phase: 'workspace',
  order: 20,
  *recognise(view) {
    const writes = [...view.facts('StoreWrite'), ...propertyWrites(view)];
    if (writes.length === 0) return;
    const issues = issuesByNode(view.all('TokenIssue'));
    for (const write of writes) yield* storesOf(view, issues, write);
  },
});

function* storesOf(view: FileView, issues: IssueByNode, write: Fact<'StoreWrite'>): Iterable<Fact> {
  const { key, value } = write.roles;
  const own = kindOf(view, issues, key, value, exprOf(write, 'value'));
  if (own) {
    yield store(view, write, own, write.at, write.path, key, value);
    return;
  }
  const { fn } = write;
  if (!fn || !(hasParameterOf(key, fn) || hasParameterOf(value, fn))) return;
  for (const call of view.s.usage(fn).calls.slice(0, 16)) {
    const frame = frameOf(view.s, call, fn);
    const given = substitute(view.s, value, frame);
    const under = substitute(view.s, key, frame);
    const argument = call.call.args.find((a) => credentialWritten(a.value));
    const kind = kindOf(view, issues, under, given, argument?.value);
    if (kind) yield store(view, write, kind, { path: call.path, span: calleeSpan(call.call) }, call.path, under, given);
  }
}

function kindOf(
  view: FileView,
  issues: IssueByNode,
  key: Value,
  value: Value,
  expr: Expr | undefined,
): NamedCredential | undefined {
  const name = textOf(key);
  const named = name === undefined ? undefined : credentialNamed(name);
  if (named === 'csrf' || named === 'flow') {
    const inside = isPlain(value) ? undefined : credentialIn(view.s, issues, value);
    return inside === 'refresh' || inside === 'access' || inside === 'id' ? inside : undefined;
  }
  const declares = isAbsent(value) === true && value.kind === 'absent';
  if (!declares && isPlain(value)) return undefined;
  const carried = declares ? undefined : credentialIn(view.s, issues, value);
  const written = carried ?? credentialWritten(expr);
  const kind = written === 'refresh' || named === 'refresh' ? 'refresh' : (written ?? named);
  if (kind === 'csrf' || kind === 'flow') return undefined;
  // A session or `auth` key says nothing by itself: a profile, a flag.
  if (kind === 'session' && (!name || !/token|jwt|sid|session.?id/i.test(name)) && carried !== 'session')
    return undefined;
  return kind;
}

function store(
  view: FileView,
  write: Fact<'StoreWrite'>,
  kind: NamedCredential,
  at: Fact['at'],
  path: string,
  key: Value,
  value: Value,
): Fact {
  return {
    kind: 'TokenStore',
    roles: withAbsent({
      medium: write.roles.medium,
      tokenKind: { kind: 'literal', value: kind },
      form: { kind: 'literal', value: formOf(view.s, value) },
      by: { kind: 'literal', value: 'code' },
      key,
      value,
    }),
    spans: write.spans as Fact['spans'],
    at,
    path,
    library: 'token-stores',
    ...(write.site ? { site: write.site } : {}),
    ...(write.node ? { node: write.node } : {}),
    ...(write.fn ? { fn: write.fn } : {}),
  } as Fact;
}

function exprOf(write: Fact<'StoreWrite'>, role: 'value'): Expr | undefined {
  const span = write.spans[role];
  const node = write.node;
  if (!node || !('kind' in node)) return undefined;
  if (node.kind === 'let' || node.kind === 'assign') return node.value;
  if (node.kind !== 'call' || !span) return undefined;
  const argument = node.args.find((a) => a.span.start <= span.start && span.end <= a.span.end);
  if (argument?.value.kind === 'record') {
    const entry = argument.value.entries.find((e) => e.span.start === span.start);
    if (entry) return entry.value;
  }
  return argument?.value;
}

/** `localStorage.token = t`, `sessionStorage['token'] = t`, `window.accessToken = t`. */
function propertyWrites(view: FileView): readonly Fact<'StoreWrite'>[] {
  const found: Fact<'StoreWrite'>[] = [];
  if (view.s.project.ecosystem(view.path) !== 'npm') return found;
  for (const write of view.index.memberWrites) {
    const { target } = write;
    if (target.kind !== 'member' && target.kind !== 'index') continue;
    const medium = mediumOf(target.object, view);
    if (!medium) continue;
    const key: Value =
      target.kind === 'member' ? { kind: 'literal', value: target.property } : view.s.evaluate(view.path, target.index);
    if (medium === 'global' && credentialNamed(textOf(key) ?? '') === undefined) continue;
    const fn = view.index.functionOf(write.node);
    found.push({
      kind: 'StoreWrite',
      roles: withAbsent({
        medium: { kind: 'literal', value: medium },
        key,
        value: write.steps.length === 0 ? view.s.evaluate(view.path, write.value) : UNKNOWN,
      }) as Fact<'StoreWrite'>['roles'],
      spans: {},
      at: { path: view.path, span: target.span },
      path: view.path,
      library: 'token-stores',
      node: write.node as IrNode,
      ...(fn ? { fn } : {}),
    });
  }
  return found;
}

function mediumOf(object: Expr, view: FileView): string | undefined {
  const name = object.kind === 'name' ? object.name : object.kind === 'member' ? object.property : '';
  if (name === 'localStorage' || name === 'sessionStorage') {
    const isGlobal = object.kind === 'member' || view.index.lookup(name, object) === undefined;
    return isGlobal ? (name === 'localStorage' ? 'webLocal' : 'webSession') : undefined;
  }
  if (object.kind === 'name' && (name === 'window' || name === 'globalThis') && !view.index.lookup(name, object))
    return 'global';
  return undefined;
}
