/** How long an issued token lives, as far as it is known. */
import { sayDuration } from '../semantics/operators.js';
import { type Value, alternatives, isAbsent } from '../semantics/value.js';
import type { Fact } from './kinds.js';

/** Seconds, `never` (no end is set), or `undefined` where it can't be told. Of several, the longest. */
export function lifetimeOf({ roles }: Fact<'TokenIssue'>): number | 'never' | undefined {
  const lifetime = secondsOf(roles.lifetime);
  const end = secondsOf(roles.expiresAt);
  if (lifetime !== undefined || end !== undefined) return Math.max(lifetime ?? 0, end ?? 0);
  return isAbsent(roles.lifetime) === true && isAbsent(roles.expiresAt) === true ? 'never' : undefined;
}

function secondsOf(value: Value): number | undefined {
  let longest: number | undefined;
  for (const one of alternatives(value)) {
    const seconds = one.kind === 'duration' ? one.seconds : one.kind === 'moment' ? one.plus : undefined;
    if (seconds === undefined) {
      if (one.kind !== 'absent') return undefined;
    } else longest = Math.max(longest ?? 0, seconds);
  }
  return longest;
}

/** A lifetime in words. */
export function sayLife(seconds: number): string {
  return sayDuration(seconds);
}
