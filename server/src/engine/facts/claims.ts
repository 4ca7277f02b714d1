/** The claims of an issued token, as the recogniser sorted them. */
import type { Place } from '../base/span.js';
import { fieldOf, textOf } from '../semantics/value.js';
import type { Fact } from './kinds.js';

export interface IssuedClaim {
  readonly name: string;
  /** What it tells; absent where it tells nothing. */
  readonly tells: string | undefined;
  readonly place: Place | undefined;
}

/** The claims of a token, in the order written. */
export function claimsOf(fact: Fact<'TokenIssue'>): readonly IssuedClaim[] {
  const { claims } = fact.roles;
  if (claims.kind !== 'list') return [];
  return claims.items.map((item) => ({
    name: textOf(fieldOf(item, 'name')) ?? '',
    tells: textOf(fieldOf(item, 'class')),
    place: item.place,
  }));
}

/** Names in backquotes, joined as in a sentence. */
export function sayNames(names: readonly string[]): string {
  const quoted = [...new Set(names)].map((name) => `\`${name}\``);
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

/** Where claims stand in the payload; none where one of them can't be told. */
export function placesOf(claims: readonly IssuedClaim[]): readonly Place[] {
  const places = claims.flatMap(({ place }) => (place ? [place] : []));
  return places.length === claims.length ? places : [];
}
