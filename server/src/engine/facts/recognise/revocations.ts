/** Blocklists as they are written: whether a verification reads the same list, under the same key, for long enough. */
import { credentialNamed, namesBlocklist } from '../../semantics/names-of-things.js';
import { type Value, directParts, numberOf, textOf } from '../../semantics/value.js';
import type { IrNode } from '../../ir/walk.js';
import type { Fact } from '../kinds.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import type { RecordAct } from '../stored-records.js';
import { tokenEstate } from '../token-estate.js';
import { lifetimeOf } from '../token-life.js';

export default defineRecogniser({
  name: 'revocations',
  phase: 'workspace',
  order: 46,
  *recognise(view) {
    const estate = tokenEstate(view);
    const lists = estate.acts.filter((act) => isList(act));
    const reads = lists.filter((act) => act.op === 'read');
    for (const act of lists) {
      if (act.path !== view.path || act.op !== 'insert') continue;
      // Without a verification in sight, nobody can be missed.
      if (view.all('TokenVerify').length === 0 && reads.length === 0) continue;
      yield written(view, act, reads);
    }
  },
});

function isList(act: RecordAct): boolean {
  return namesBlocklist(act.container) && !/session/.test(act.container) && act.container !== '';
}

function written(view: FileView, act: RecordAct, reads: readonly RecordAct[]): Fact {
  const literal = (value: string, place?: Value['place']): Value => ({
    kind: 'literal',
    value,
    ...(place ? { place } : {}),
  });
  const same = reads.filter((read) => read.container === act.container);
  const other = reads.find((read) => read.kept === act.kept && read.kept !== 'table');
  const key = keyOf(act);
  const readKey = (same[0] ?? other) ? keyOf((same[0] ?? other) as RecordAct) : undefined;
  const reader = same[0] ?? other;
  const flaw =
    same.length > 0
      ? same.every((read) => differs(keyOf(read), key))
        ? 'other key'
        : undefined
      : other
        ? 'other container'
        : asksLibrary(view)
          ? undefined
          : 'never read';
  const node = act.node;
  const span = 'kind' in node && node.kind === 'call' ? calleeSpan(node) : node.span;
  const life = longest(view);
  const ttl = act.ttl ? secondsOf(act.ttl, act) : undefined;
  return {
    kind: 'Revocation',
    roles: withAbsent({
      target: literal('blocklist'),
      container: literal(act.container),
      kept: literal(act.kept),
      key: literal(sayKey(act, key)),
      ...(reader
        ? {
            readKey: literal(sayKey(reader, readKey), {
              path: reader.path,
              span: 'kind' in reader.node && reader.node.kind === 'call' ? calleeSpan(reader.node) : reader.node.span,
            }),
          }
        : {}),
      ...(flaw ? { flaw: literal(flaw) } : {}),
      ...(ttl !== undefined
        ? { ttl: { kind: 'duration', seconds: ttl, ...(act.ttl?.place ? { place: act.ttl.place } : {}) } }
        : {}),
      ...(life !== undefined ? { tokenLife: { kind: 'duration', seconds: life } } : {}),
      files: {
        kind: 'list',
        items: [
          ...new Set([
            act.path,
            ...view
              .all('TokenVerify')
              .filter((v) => textOf(v.roles.issuerKind) === 'own')
              .map((v) => v.path),
          ]),
        ].map((f) => literal(f)),
        open: false,
      },
    }),
    spans: {},
    at: { path: act.path, span },
    path: act.path,
    library: 'revocations',
    node,
  } as unknown as Fact;
}

/** What a key names of a token: its id, or itself. */
function keyOf(act: RecordAct): 'jti' | 'token' | undefined {
  for (const { field, value } of [...act.where, ...act.written]) {
    if (/^(?:jti|tokenid|token_id)$/i.test(field)) return 'jti';
    if (/^(?:token|jwt|access_?token)$/i.test(field)) return 'token';
    const named = named1(value, 5);
    if (named) return named;
  }
  return writtenKey(act.node);
}

/** What the expressions of a key are called where it is written. */
function writtenKey(node: IrNode): 'jti' | 'token' | undefined {
  const first = 'kind' in node && node.kind === 'call' ? node.args[0]?.value : undefined;
  const parts =
    first?.kind === 'concat'
      ? first.parts
      : first?.kind === 'binary'
        ? [first.left, first.right]
        : first
          ? [first]
          : [];
  for (const part of parts) {
    const name = part.kind === 'name' ? part.name : part.kind === 'member' ? part.property : '';
    if (/^(?:jti|jwtid|tokenid|token_id|jwt_id)$/i.test(name)) return 'jti';
    if (credentialNamed(name) === 'access' || credentialNamed(name) === 'refresh') return 'token';
  }
  return undefined;
}

function named1(value: Value, depth: number): 'jti' | 'token' | undefined {
  if (depth === 0) return undefined;
  const name =
    value.kind === 'member'
      ? value.property
      : value.kind === 'parameter'
        ? value.name
        : value.kind === 'element'
          ? (textOf(value.index) ?? '')
          : '';
  if (/^(?:jti|jwtid|tokenid|token_id|jwt_id)$/i.test(name)) return 'jti';
  if (name !== '' && credentialNamed(name) !== undefined) return 'token';
  for (const part of directParts(value)) {
    const found = named1(part, depth - 1);
    if (found) return found;
  }
  return undefined;
}

function differs(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function sayKey(act: RecordAct, key: string | undefined): string {
  const first = act.where[0]?.value;
  const prefix = first?.kind === 'concat' ? textOf(first.parts[0]) : undefined;
  const thing = key === 'jti' ? '<jti>' : key === 'token' ? '<token>' : '<key>';
  return `\`${prefix ?? (act.kept === 'cache' ? '' : `${act.container}.`)}${thing}\``;
}

/** Whether a function of the program answers a library that asks for ended tokens. */
function asksLibrary(view: FileView): boolean {
  return view
    .all('RevocationCheck')
    .some((check) => textOf(check.roles.how) === 'library' || textOf(check.roles.how) === 'blocklist');
}

/** How long the tokens of the workspace live at most: those that a logout lists. */
function longest(view: FileView): number | undefined {
  let most: number | undefined;
  for (const issue of view.all('TokenIssue')) {
    if (textOf(issue.roles.use) === 'refresh') continue;
    const life = lifetimeOf(issue);
    if (typeof life === 'number') most = Math.max(most ?? 0, life);
  }
  return most;
}

function secondsOf(ttl: Value, act: RecordAct): number | undefined {
  if (ttl.kind === 'duration') return ttl.seconds;
  const n = numberOf(ttl);
  if (n === undefined) return undefined;
  const node = act.node;
  const isMilliseconds =
    'kind' in node &&
    node.kind === 'call' &&
    node.args.some(
      (a) =>
        (a.value.kind === 'literal' && /^px$/i.test(String(a.value.value))) ||
        a.name === 'px' ||
        (a.value.kind === 'record' && a.value.entries.some((e) => /^px$/i.test(e.key ?? ''))),
    );
  return isMilliseconds ? n / 1000 : n;
}
