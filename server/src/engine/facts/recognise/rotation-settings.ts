/**
 * Rotation as a library's settings say: keys that switch it, and those that end the old token. What a key means stands in
 * one table; the settings may be a record in a settings file or the options of a call.
 */
import type { Place } from '../../base/span.js';
import type { Expr } from '../../ir/ir.js';
import { type Value, booleanOf, numberOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';

export default defineRecogniser({
  name: 'rotation-settings',
  phase: 'workspace',
  order: 42,
  *recognise(view) {
    for (const expr of view.index.expressions) {
      if (expr.kind !== 'record') continue;
      const fact = fromRecord(view, expr);
      if (fact) yield fact as unknown as Fact;
    }
  },
});

/** A switch that makes a library hand out a new refresh token and end the old one. */
const SWITCHES: readonly string[] = [
  'rotateRefreshToken',
  'alwaysIssueNewRefreshToken',
  'ROTATE_REFRESH_TOKEN',
  'HEADLESS_JWT_ROTATE_REFRESH_TOKEN',
  'rotate_refresh_token',
  'RotateRefreshTokens',
];

function fromRecord(view: FileView, record: Extract<Expr, { kind: 'record' }>): Fact<'RefreshExchange'> | undefined {
  const entry = (key: string) => record.entries.find((e) => e.key === key);
  const place = (key: string): Place | undefined => {
    const found = entry(key);
    return found ? { path: view.path, span: found.span } : undefined;
  };
  const holder = holderOf(view, record);
  if (holder?.name === 'SIMPLE_JWT') {
    const rotates = entry('ROTATE_REFRESH_TOKENS');
    const blacklists = entry('BLACKLIST_AFTER_ROTATION');
    const on = rotates ? booleanOf(view.s.evaluate(view.path, rotates.value)) : false;
    const ends = blacklists ? booleanOf(view.s.evaluate(view.path, blacklists.value)) : false;
    const installed = mentions(view, 'rest_framework_simplejwt.token_blacklist');
    const at = place('ROTATE_REFRESH_TOKENS') ?? { path: view.path, span: holder.span };
    if (on === undefined) return undefined;
    if (!on) return settings(view, at, 'off', undefined);
    if (ends === undefined) return undefined;
    if (ends && installed) return settings(view, at, 'settings', undefined);
    return settings(view, place('BLACKLIST_AFTER_ROTATION') ?? at, 'none', undefined);
  }
  for (const key of SWITCHES) {
    const found = entry(key);
    if (!found) continue;
    const value = view.s.evaluate(view.path, found.value);
    const on = booleanOf(value);
    const grace = record.entries.find((e) => e.key === 'REFRESH_TOKEN_GRACE_PERIOD_SECONDS');
    const seconds = grace ? numberOf(view.s.evaluate(view.path, grace.value)) : undefined;
    if (on === false) return settings(view, { path: view.path, span: found.span }, 'off', undefined);
    if (on === true || value.kind === 'function')
      return settings(view, { path: view.path, span: found.span }, 'settings', seconds);
  }
  return undefined;
}

/** The name that a record is kept under. */
function holderOf(view: FileView, record: Expr): { name: string; span: Place['span'] } | undefined {
  const parent = view.index.parentOf(record);
  if (parent && 'kind' in parent && parent.kind === 'let' && parent.target.kind === 'bind')
    return { name: parent.target.name, span: parent.target.span };
  return undefined;
}

function mentions(view: FileView, text: string): boolean {
  return view.s.project.paths.some((path) =>
    view.s.index(path).expressions.some((e) => e.kind === 'literal' && e.value === text),
  );
}

function settings(
  view: FileView,
  at: Place,
  end: 'off' | 'none' | 'settings',
  grace: number | undefined,
): Fact<'RefreshExchange'> {
  const literal = (value: string): Value => ({ kind: 'literal', value });
  return {
    kind: 'RefreshExchange',
    roles: withAbsent({
      side: literal('settings'),
      presented: literal('refresh'),
      recognisedBy: literal('library'),
      newRefresh: literal(end === 'off' ? 'absent' : 'fresh'),
      end: literal(end),
      files: { kind: 'list', items: [literal(view.path)], open: false },
      ...(grace === undefined ? {} : { grace: { kind: 'duration', seconds: grace } }),
    }) as Fact<'RefreshExchange'>['roles'],
    spans: {},
    at,
    path: view.path,
    library: 'rotation-settings',
  };
}
