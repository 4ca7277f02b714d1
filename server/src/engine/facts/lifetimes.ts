/** How long an issued token lives, as far as it is known, and where that is written. */
import type { Place } from '../base/span.js';
import { type Value, alternatives } from '../semantics/value.js';
import type { Fact } from './kinds.js';

/** One lifetime that a token may have. */
export interface Lifetime {
  readonly seconds: number;
  readonly place: Place | undefined;
  /** The environment may give another one. */
  readonly byEnvironment: boolean;
}

/** The lifetimes that an issued token may have; the explicit one counts before the one in `exp`. */
export function lifetimesOf(fact: Fact<'TokenIssue'>): readonly Lifetime[] {
  const { lifetime, expiresAt } = fact.roles;
  const given = lifetime.kind === 'absent' ? expiresAt : lifetime;
  return alternatives(given).flatMap((option): Lifetime[] => {
    if (option.kind !== 'duration' || option.seconds === undefined) return [];
    return [{ seconds: option.seconds, place: option.place, byEnvironment: hasEnvironment(option) }];
  });
}

function hasEnvironment(value: Extract<Value, { kind: 'duration' }>): boolean {
  return value.by?.kind === 'environment';
}

/** Where a finding about a lifetime sits: where it is written, else at the call that leads here, else at the act. */
export function reportPlace(fact: Fact<'TokenIssue'>, place: Place | undefined): Place {
  if (place) return place;
  const span = fact.spans.lifetime ?? fact.spans.expiresAt;
  return span ? { path: fact.path, span } : fact.at;
}
