/** What a verification asks beside the signature: a blocklist, a record, a version of the account; and the account's state. */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import {
  namesAccountState,
  namesBlocklist,
  namesTokenContainer,
  namesTokenVersion,
} from '../../semantics/names-of-things.js';
import { type Value, textOf } from '../../semantics/value.js';
import { aroundVerify } from '../guards-of-tokens.js';
import type { Fact } from '../kinds.js';
import { type Visit, expressionsIn, reach } from '../reach.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { type RecordAct, nameOfField, recordActs, recordContainer } from '../stored-records.js';
import { type TokenEstate, tokenEstate } from '../token-estate.js';

export default defineRecogniser({
  name: 'revocation-checks',
  phase: 'workspace',
  order: 44,
  *recognise(view) {
    const seen = new Set<IrNode>();
    const estate = tokenEstate(view);
    for (const verify of view.facts('TokenVerify')) {
      if (!verify.node || seen.has(verify.node) || isOneTime(textOf(verify.roles.use))) continue;
      seen.add(verify.node);
      const visits = aroundVerify(view, verify);
      yield* checksIn(view, estate, visits, verify.path);
      if (textOf(verify.roles.use) !== 'refresh') yield* accountsIn(view, estate, visits, verify.path);
    }
    // A session that carries the version it was begun under.
    if (seen.size === 0)
      for (const fn of view.index.functions)
        yield* versionsIn(view, estate, { path: view.path, fn, frame: undefined, via: undefined });
    // A function that a library asks: `@jwt.token_in_blocklist_loader`.
    for (const fn of view.index.functions) {
      const asks = fn.decorators.some((d) =>
        /(?:block|black)list_loader$/.test(
          d.value.kind === 'member' ? d.value.property : d.value.kind === 'name' ? d.value.name : '',
        ),
      );
      if (!asks) continue;
      const visits = reach(view.s, view.path, fn);
      const checks = [...checksIn(view, estate, visits, view.path, true)];
      yield* checks;
      const constant = fn.body.length === 1 && fn.body[0]?.kind === 'exit' && fn.body[0].value?.kind === 'literal';
      if (checks.length === 0 && !constant)
        yield check(view, 'library', { path: view.path, span: fn.nameSpan }, undefined, true, view.path);
    }
  },
});

function isOneTime(use: string | undefined): boolean {
  return use !== undefined && !/^(?:access|refresh|session|id|unknown|login|auth)$/.test(use);
}

function* checksIn(
  view: FileView,
  estate: TokenEstate,
  visits: readonly Visit[],
  file: string,
  any = false,
): Iterable<Fact> {
  const seen = new Set<IrNode>();
  for (const visit of visits) {
    for (const act of recordActs(view.s, visit)) {
      if (seen.has(act.node)) continue;
      const isRead =
        act.op === 'read' || (act.op === 'update' && act.kept === 'table' && act.where.length > 0 && !act.unsaved);
      if (!isRead) continue;
      const versioned =
        act.tested.some((field) => namesTokenVersion(field)) && act.where.some((w) => namesTokenVersion(w.field));
      const onList =
        namesBlocklist(act.container) ||
        (act.op === 'read' && namesTokenContainer(act.container) && act.where.length > 0);
      const keptToken =
        act.op === 'read' &&
        act.where.some((w) =>
          /^(?:current)?(?:access|auth|session)?(?:token|jwt|jti|sid)(?:hash)?$/.test(nameOfField(w.field)),
        );
      if (!versioned && !onList && !keptToken && !(any && act.op === 'read')) continue;
      seen.add(act.node);
      const how = versioned ? 'version' : namesBlocklist(act.container) || any ? 'blocklist' : 'record';
      const written =
        how === 'version'
          ? estate.acts.some((a) => a.op === 'update' && a.written.some((w) => namesTokenVersion(w.field)))
          : isWritten(estate, act, how);
      yield check(view, how, placeOf(act.path, act.node), act, written, file, onErrorOf(view, act));
    }
    for (const expr of expressionsIn(view.s.index(visit.path), visit.fn)) {
      if (expr.kind !== 'binary' || !/^(?:==|!=|<|<=|>|>=)$/.test(expr.operator) || seen.has(expr)) continue;
      const field = versionField(expr.left) ?? versionField(expr.right);
      if (field === undefined || expr.left.kind === 'literal' || expr.right.kind === 'literal') continue;
      seen.add(expr);
      const written = estate.acts.some(
        (a) => (a.op === 'update' || a.unsaved) && a.written.some((w) => namesTokenVersion(w.field)),
      );
      yield check(view, 'version', { path: visit.path, span: expr.span }, undefined, written, file);
    }
  }
}

/** Comparisons of two versions, where no token is verified: `session["epoch"] != user.session_epoch`. */
function* versionsIn(view: FileView, estate: TokenEstate, visit: Visit): Iterable<Fact> {
  for (const expr of expressionsIn(view.index, visit.fn)) {
    if (
      expr.kind !== 'binary' ||
      (expr.operator !== '!=' && expr.operator !== '==') ||
      view.index.functionOf(expr) !== visit.fn
    )
      continue;
    if (versionField(expr.left) === undefined || versionField(expr.right) === undefined) continue;
    const written = estate.acts.some(
      (a) => (a.op === 'update' || a.unsaved) && a.written.some((w) => namesTokenVersion(w.field)),
    );
    yield check(view, 'version', { path: visit.path, span: expr.span }, undefined, written, view.path);
  }
}

/** The version that a side of a comparison reads: `user.token_version`, `payload["ver"]`, `claims.get("ver")`. */
function versionField(expr: Expr): string | undefined {
  switch (expr.kind) {
    case 'member':
      return namesTokenVersion(expr.property) ? expr.property : versionField(expr.object);
    case 'call':
      return expr.args[0]?.value.kind === 'literal' && namesTokenVersion(String(expr.args[0].value.value))
        ? String(expr.args[0].value.value)
        : expr.callee.kind === 'member'
          ? versionField(expr.callee.object)
          : expr.args[0]
            ? versionField(expr.args[0].value)
            : undefined;
    case 'unary':
      return versionField(expr.operand);
    case 'binary':
      return versionField(expr.left) ?? versionField(expr.right);
    case 'name':
      return namesTokenVersion(expr.name) && expr.name.length > 4 ? expr.name : undefined;
    default:
      return undefined;
  }
}

function isWritten(estate: TokenEstate, act: RecordAct, how: string): boolean {
  return estate.acts.some(
    (a) =>
      a.container === act.container &&
      (how === 'blocklist' ? a.op === 'insert' || a.op === 'update' : a.op === 'delete' || a.op === 'update'),
  );
}

function check(
  view: FileView,
  how: string,
  at: Place,
  act: RecordAct | undefined,
  written: boolean,
  file: string,
  onError?: string,
): Fact {
  void view;
  const literal = (value: string | boolean): Value => ({ kind: 'literal', value });
  return {
    kind: 'RevocationCheck',
    roles: withAbsent({
      how: literal(how),
      container: literal(act?.container ?? ''),
      kept: literal(act?.kept ?? 'table'),
      written: literal(written),
      rejects: literal(true),
      files: { kind: 'list', items: [...new Set([file, at.path])].map((f) => literal(f)), open: false },
      ...(onError ? { onError: literal(onError) } : {}),
    }),
    spans: {},
    at,
    path: at.path,
    library: 'revocation-checks',
    ...(act ? { node: act.node } : {}),
  } as unknown as Fact;
}

/** Whether a token passes when the store fails: the read stands in a `try` whose handler goes on. */
function onErrorOf(view: FileView, act: RecordAct): string | undefined {
  const index = view.s.index(act.path);
  if (act.kept === 'memory') return undefined;
  for (let node: IrNode | undefined = act.node; node; node = index.parentOf(node)) {
    const parent: IrNode | undefined = index.parentOf(node);
    if (!parent || !('kind' in parent)) return undefined;
    if (parent.kind === 'try' && index.listOf(node) === parent.body) {
      const open = parent.handlers.some((h) => {
        const exits = view.s.exits(act.path, h.body);
        if (!exits) return true;
        const last = h.body.at(-1);
        return (
          last?.kind === 'exit' &&
          last.how === 'return' &&
          last.value?.kind === 'literal' &&
          last.value.value === false &&
          /revoked|black|block|denied/i.test(index.functionOf(act.node)?.name ?? '')
        );
      });
      return open ? 'open' : 'closed';
    }
  }
  return undefined;
}

function placeOf(path: string, node: IrNode): Place {
  return { path, span: 'kind' in node && node.kind === 'call' ? calleeSpan(node) : node.span };
}

// --- the account's state ---

function* accountsIn(view: FileView, estate: TokenEstate, visits: readonly Visit[], file: string): Iterable<Fact> {
  const loads = new Map<IrNode, RecordAct>();
  for (const visit of visits)
    for (const act of recordActs(view.s, visit))
      if (act.op === 'read' && isAccount(act.container) && byIdentity(act)) loads.set(act.node, act);
  const first = [...loads.values()].sort((a, b) => (a.path === file ? -1 : 1) - (b.path === file ? -1 : 1))[0];
  if (!first) return;
  const state = stateOf(view, estate, first);
  if (!state) return;
  const tested =
    visits.some((visit) => asksState(view, visit)) ||
    [...loads.values()].some(
      (act) => act.tested.some(namesAccountState) || act.where.some((w) => namesAccountState(w.field)),
    );
  const at = placeOf(first.path, first.node);
  const literal = (value: string | boolean): Value => ({ kind: 'literal', value });
  yield {
    kind: 'AccountState',
    roles: withAbsent({
      field: literal(state.field),
      from: literal(state.from),
      place: literal('verify'),
      tested: literal(tested),
      files: { kind: 'list', items: [...new Set([file, at.path])].map((f) => literal(f)), open: false },
    }),
    spans: {},
    at,
    path: at.path,
    library: 'revocation-checks',
    node: first.node,
  } as unknown as Fact;
}

function isAccount(container: string): boolean {
  return /^(?:app|auth|db|core|custom)?(?:user|account|member|customer|employee|admin|person|profile|student|staff|client|operator)(?:account|record|model|s)?$/.test(
    container,
  );
}

/** Whether an account is looked up by who it is: an id, a subject, an address; not as a list. */
function byIdentity(act: RecordAct): boolean {
  return act.where.some((w) =>
    /^(?:id|pk|sub|userid|uid|email|username|key|uuid|_id|subject|publicid|accountid)$/i.test(nameOfField(w.field)),
  );
}

/** The flag that says whether an account may be used: a field of its model, one that is asked elsewhere, or the library's. */
function stateOf(
  view: FileView,
  estate: TokenEstate,
  load: RecordAct,
): { field: string; from: 'field' | 'library' } | undefined {
  const { s } = view;
  for (const path of s.project.paths) {
    const index = s.index(path);
    for (const cls of index.classes) {
      if (
        !new RegExp(`^${load.container}(?:s|account|model|entity)?$`, 'i').test(cls.name) &&
        !(isAccount(cls.name.toLowerCase()) && /^(?:user|account)/i.test(cls.name))
      )
        continue;
      if (isSchemaOnly(cls.name)) continue;
      const field = cls.fields.find((f) => namesAccountState(f.name) && !/^status$/.test(f.name));
      if (field) return { field: field.name, from: 'field' };
      if (
        cls.bases.some((b) =>
          /^Abstract(?:Base)?User$/.test(b.kind === 'name' ? b.name : b.kind === 'member' ? b.property : ''),
        )
      )
        return { field: 'is_active', from: 'library' };
    }
    for (const expr of index.expressions) {
      if (
        expr.kind === 'member' &&
        namesAccountState(expr.property) &&
        !/^(?:status|deleted|closed|archived)$/.test(expr.property)
      ) {
        const name =
          expr.object.kind === 'name' ? expr.object.name : expr.object.kind === 'member' ? expr.object.property : '';
        if (isAccount(name.toLowerCase()) || recordContainer(s, s.evaluate(path, expr.object), 4) === load.container)
          return { field: expr.property, from: 'field' };
      }
    }
  }
  const asked = estate.acts.find((a) => a.container === load.container && a.tested.some((f) => namesAccountState(f)));
  const field = asked?.tested.find((f) => namesAccountState(f));
  if (field) return { field, from: 'field' };
  return librarysUser(view, load) ? { field: 'is_active', from: 'library' } : undefined;
}

/** A class that describes requests or answers, no stored record. */
function isSchemaOnly(name: string): boolean {
  return /(?:Create|Update|Out|In|Read|Response|Request|Dto|DTO|Schema|Login|Public|Base)$/.test(name);
}

/** The user model of a framework that has the flag itself. */
function librarysUser(view: FileView, load: RecordAct): boolean {
  const call = load.node;
  if (!('kind' in call) || call.kind !== 'call') return false;
  let root: Expr = call;
  for (let i = 0; i < 12; i++) {
    if (root.kind === 'call') root = root.callee;
    else if (root.kind === 'member') root = root.object;
    else break;
  }
  const models = [root, ...call.args.map((a) => a.value)];
  return models.some((expr) => {
    const value = view.s.evaluate(load.path, expr);
    const name =
      value.kind === 'external' ? value.name : value.kind === 'result' ? `${value.callee} ${value.type ?? ''}` : '';
    return /django\.contrib\.auth\.(?:models\.User|get_user_model)|django\.UserModel/.test(name);
  });
}

/** Whether a function asks for a state of the account, or leaves that to something named so. */
function asksState(view: FileView, visit: Visit): boolean {
  const index = view.s.index(visit.path);
  const written = new Set<Expr>(index.memberWrites.map((w) => w.target));
  return expressionsIn(index, visit.fn).some((expr) => {
    if (expr.kind === 'member') return namesAccountState(expr.property) && !written.has(expr);
    if (expr.kind === 'call') {
      const callee = expr.callee;
      const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
      return /(?:is|check|ensure|require|assert|get|find)_?(?:user_?|account_?)?(?:active|enabled|disabled|locked|banned|suspended)/i.test(
        name,
      );
    }
    if (expr.kind === 'record') return expr.entries.some((e) => e.key !== undefined && namesAccountState(e.key));
    return false;
  });
}
