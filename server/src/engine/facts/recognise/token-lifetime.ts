/** Lifetimes whose unit cannot be the one in which they are read: milliseconds where seconds count, and the like. */
import type { Expr } from '../../ir/ir.js';
import { wordsOf } from '../../semantics/token-uses.js';
import { alternatives, numberOf, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { literal, withRoles } from './token-use.js';

const DAY = 86_400;

export default defineRecogniser({
  name: 'token-lifetime',
  phase: 'file',
  order: 6,
  refine(fact, view) {
    if (fact.kind !== 'TokenIssue') return undefined;
    const unit = unitOf(fact as Fact<'TokenIssue'>, view);
    return unit ? withRoles(fact, { unit: literal(unit) }) : undefined;
  },
});

function unitOf(fact: Fact<'TokenIssue'>, view: FileView): string | undefined {
  for (const role of ['lifetime', 'expiresAt'] as const) {
    const options = alternatives(fact.roles[role]).flatMap((v) =>
      v.kind === 'duration' && v.seconds !== undefined ? [v.seconds] : [],
    );
    if (options.length === 0) continue;
    if (options.every(isMilliseconds)) return 'milliseconds';
    const words = wordsOf(nameAt(fact, view, role) ?? '');
    const seconds = options[0] as number;
    if (role !== 'lifetime') continue;
    if (/\b(?:ms|millis|milliseconds)\b/.test(words) && seconds >= 60_000) return 'milliseconds';
    if (/\b(?:minutes?|mins?)\b/.test(words) && isPlainNumber(fact, seconds) && seconds <= 1440) return 'minutes';
    if (/\bhours?\b/.test(words) && isPlainNumber(fact, seconds) && seconds <= 720) return 'hours';
    if (/\bdays?\b/.test(words) && isPlainNumber(fact, seconds) && seconds <= 365) return 'days';
    // `"3600"` is a text without a unit: milliseconds to libraries that read texts.
    if (seconds < 60 && isDigits(fact, view)) return 'seconds';
  }
  return undefined;
}

/** Whole minutes in milliseconds, and no whole number of days in seconds. Nobody means 10.4 days. */
function isMilliseconds(seconds: number): boolean {
  if (seconds < 60_000 || seconds % 60_000 !== 0) return false;
  return seconds % DAY !== 0 || seconds > 3 * 365 * DAY;
}

/** The name that stands at the call for a lifetime: `expiresIn: config.accessTokenMinutes`. */
function nameAt(fact: Fact<'TokenIssue'>, view: FileView, role: 'lifetime' | 'expiresAt'): string | undefined {
  const expr = exprAt(fact, view, role);
  if (expr?.kind === 'name') return expr.name;
  return expr?.kind === 'member' ? expr.property : undefined;
}

function exprAt(fact: Fact<'TokenIssue'>, view: FileView, role: 'lifetime' | 'expiresAt'): Expr | undefined {
  const span = fact.spans[role];
  if (!span) return undefined;
  const inside = view.index.expressions.filter((e) => e.span.start >= span.start && e.span.end <= span.end);
  return inside
    .filter((e) => e.span.end === span.end && e.kind !== 'record')
    .sort((a, b) => a.span.start - b.span.start)[0];
}

function isPlainNumber(fact: Fact<'TokenIssue'>, seconds: number): boolean {
  return Number.isInteger(seconds) && alternatives(fact.roles.lifetime).length === 1;
}

function isDigits(fact: Fact<'TokenIssue'>, view: FileView): boolean {
  const expr = exprAt(fact, view, 'lifetime');
  if (!expr) return false;
  const value = view.s.evaluate(view.path, expr, fact.site?.frame);
  const text = textOf(value) ?? (value.kind === 'environment' ? textOf(value.fallback) : undefined);
  return text !== undefined && /^\d+$/.test(text) && numberOf(value) === undefined;
}
