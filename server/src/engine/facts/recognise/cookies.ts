/**
 * Cookies that hold a credential, with each attribute judged. Reads what libraries say (`CookieWrite`, `SessionConfig`),
 * and looks through a helper that sets the cookie to what its callers put in.
 */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import { credentialNamed } from '../../semantics/names-of-things.js';
import { frameOf, hasParameterOf, substitute } from '../../semantics/substitute.js';
import { ABSENT, type Value, numberOf, textOf } from '../../semantics/value.js';
import { sameSiteOf, switchOf } from '../cookie-attributes.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { type IssueByNode, credentialIn, credentialWritten, isPlain, issuesByNode } from '../token-kind.js';

type Attributes = Fact<'CookieWrite'> | Fact<'SessionConfig'>;

export default defineRecogniser({
  name: 'cookies',
  phase: 'workspace',
  order: 20,
  *recognise(view) {
    for (const config of view.facts('SessionConfig'))
      yield cookie(view, config, { kind: 'literal', value: 'session' }, config.roles, 'session');
    const writes = view.facts('CookieWrite').filter((write) => textOf(write.roles.op) === 'set');
    if (writes.length === 0) return;
    const issues = issuesByNode(view.all('TokenIssue'));
    for (const write of writes) {
      for (const roles of variants(view, write)) {
        if (isClear(roles)) continue;
        const kind = kindOf(view, issues, write, roles);
        yield cookie(view, write, kind ? { kind: 'literal', value: kind } : ABSENT, roles, 'cookie');
      }
    }
  },
});

type Roles = Readonly<Record<string, Value>>;

const ROLES = ['name', 'value', 'httpOnly', 'secure', 'sameSite', 'path', 'domain', 'maxAge', 'options'] as const;

/** The roles as they stand, or as each caller of the surrounding function fills them. */
function variants(view: FileView, write: Fact<'CookieWrite'>): readonly Roles[] {
  const { fn } = write;
  const own = Object.fromEntries(
    ROLES.map((role) => [role, role === 'sameSite' ? sameSiteBefore(view, write) : write.roles[role]]),
  );
  if (!fn || !ROLES.some((role) => hasParameterOf(write.roles[role], fn))) return [own];
  const calls = view.s.usage(fn).calls.slice(0, 12);
  if (calls.length === 0) return [own];
  const found = calls.map((call) => {
    const frame = frameOf(view.s, call, fn);
    return Object.fromEntries(ROLES.map((role) => [role, substitute(view.s, own[role] as Value, frame)]));
  });
  // Callers that fill it alike are one; those that clear it are told apart by their value.
  const seen = new Map<string, Roles>();
  for (const roles of found) {
    const key = `${textOf(roles.name) ?? ''}|${isClear(roles)}|${switchOf(roles.httpOnly as Value)}|${switchOf(roles.secure as Value)}`;
    if (!seen.has(key)) seen.set(key, roles);
  }
  return [...seen.values()];
}

/** `c.SetSameSite(mode)` before the cookie is set: the mode of all that follow. */
function sameSiteBefore(view: FileView, write: Fact<'CookieWrite'>): Value {
  const said = write.roles.sameSite;
  const { fn, node } = write;
  if (said.kind !== 'absent' || !fn || !node) return said;
  const earlier = view.index.calls.find(
    (call) =>
      call.callee.kind === 'member' &&
      call.callee.property === 'SetSameSite' &&
      view.index.functionOf(call) === fn &&
      call.span.end <= node.span.start,
  );
  return earlier?.args[0] ? view.s.evaluate(view.path, earlier.args[0].value) : said;
}

/** Whether a write takes the cookie away: an empty value, or an end that has passed. */
export function isClear(roles: Roles): boolean {
  const { value, maxAge } = roles;
  const age = numberOf(maxAge) ?? (maxAge?.kind === 'duration' ? maxAge.seconds : undefined);
  if (age !== undefined && age <= 0) return true;
  if (value?.kind === 'literal') return value.value === '' || value.value === null;
  return value?.kind === 'absent';
}

function kindOf(view: FileView, issues: IssueByNode, write: Fact<'CookieWrite'>, roles: Roles): string | undefined {
  const value = roles.value as Value;
  const name = textOf(roles.name);
  const named = name === undefined ? undefined : credentialNamed(name);
  if (named === 'csrf' || named === 'flow') return named;
  if (name === undefined && /csrf|xsrf/i.test(`${view.path} ${write.fn?.name ?? ''}`)) return 'csrf';
  if (isPlain(value)) return undefined;
  const carried = credentialIn(view.s, issues, value);
  if (carried && carried !== 'flow' && carried !== 'csrf')
    return carried === 'access' && named === 'refresh' ? named : carried;
  if (named) return named;
  if (carried) return carried;
  return name === undefined ? credentialWritten(valueExpr(write)) : undefined;
}

/** The expression that stands for the value at the call. */
function valueExpr(write: Fact<'CookieWrite'>): Expr | undefined {
  const span = write.spans.value;
  const node = write.node;
  if (!span || !node || !('kind' in node) || node.kind !== 'call') return undefined;
  return node.args.find((a) => a.span.start === span.start)?.value;
}

function cookie(view: FileView, fact: Attributes, valueKind: Value, roles: Roles, of: 'cookie' | 'session'): Fact {
  const home = homeOf(view, fact);
  const judged = (role: 'httpOnly' | 'secure', word: string, asked: boolean): Value => ({
    kind: 'literal',
    value: word === 'off' && !asked ? 'missing' : word,
    place: asked ? (writtenAt(view, fact, role, roles[role] as Value) ?? home) : home,
  });
  const asked = (role: 'httpOnly' | 'secure' | 'sameSite') =>
    fact.spans[role] !== undefined && (roles[role] as Value).place !== undefined;
  const sameSite = sameSiteOf(roles.sameSite as Value);
  return {
    kind: 'CookieSet',
    roles: withAbsent({
      name: roles.name as Value,
      value: (roles.value as Value | undefined) ?? ABSENT,
      valueKind,
      path: roles.path as Value,
      domain: roles.domain as Value,
      maxAge: roles.maxAge as Value,
      by: fact.kind === 'CookieWrite' ? fact.roles.by : { kind: 'literal', value: 'header' },
      protection: fact.roles.protection,
      of: { kind: 'literal', value: of },
      httpOnly: judged('httpOnly', switchOf(roles.httpOnly as Value), asked('httpOnly')),
      secure: judged('secure', switchOf(roles.secure as Value), asked('secure')),
      sameSite: {
        kind: 'literal',
        value: sameSite === 'off' && !asked('sameSite') ? 'missing' : sameSite,
        place: asked('sameSite') ? (writtenAt(view, fact, 'sameSite', roles.sameSite as Value) ?? home) : home,
      },
    }),
    spans: {},
    at: fact.at,
    path: fact.path,
    library: 'cookies',
    ...(fact.site ? { site: fact.site } : {}),
    ...(fact.node ? { node: fact.node } : {}),
    ...(fact.fn ? { fn: fact.fn } : {}),
    ...(fact.write ? { write: fact.write } : {}),
    ...(fact.paths ? { paths: fact.paths } : {}),
  } as Fact;
}

/** Where an attribute that was written stands: the entry at the call, or the literal in the shared options. */
function writtenAt(
  view: FileView,
  fact: Attributes,
  role: 'httpOnly' | 'secure' | 'sameSite',
  value: Value,
): Place | undefined {
  const span = fact.spans[role];
  const place = value.place;
  const call = fact.site?.call.span;
  if (place && (!call || place.path !== view.path || place.span.start < call.start || place.span.end > call.end))
    return place;
  return span ? { path: view.path, span } : place;
}

/** Where an attribute that is missing would be added: the options of the call, or the shared constant that holds them. */
function homeOf(view: FileView, fact: Attributes): Place {
  const node = fact.node;
  if (!node || !('kind' in node) || node.kind !== 'call') return fact.at;
  const span = fact.spans.options;
  for (const argument of node.args) {
    if (argument.spread === 'record') {
      const place = sharedOptions(view, argument.value, node);
      if (place) return place;
    }
    const inside = span && span.start >= argument.span.start && span.end <= argument.span.end;
    if (!inside) continue;
    if (argument.value.kind === 'record') {
      if (span.start > argument.span.start) return { path: view.path, span };
      for (const entry of argument.value.entries) {
        const place = entry.spread ? sharedOptions(view, entry.value, node) : undefined;
        if (place) return place;
      }
      return fact.at;
    }
    return sharedOptions(view, argument.value, node) ?? fact.at;
  }
  return fact.at;
}

function sharedOptions(view: FileView, expr: Expr, call: Expr): Place | undefined {
  const value = view.s.evaluate(view.path, expr);
  const record = value.kind === 'record' ? value : undefined;
  if (!record?.place) return undefined;
  const keys = [...record.fields.keys()].map((key) => key.toLowerCase().replace(/_/g, ''));
  if (!keys.some((key) => /^(?:httponly|secure|samesite|path|maxage|expires|domain)$/.test(key))) return undefined;
  const { path, span } = record.place;
  return path === view.path && span.start >= call.span.start && span.end <= call.span.end ? undefined : record.place;
}
