/**
 * What would put a finding right, as plain data: no library, no language, no text of code. `workspace/fixes/` turns it
 * into edits, by the library model's `write` rows and the language adapter's spelling, when somebody asks for them.
 */
import type { Place } from '../base/span.js';
import type { Fact } from '../facts/kinds.js';

export interface FixIntent {
  /** An order, as a menu shows it: "List the accepted algorithms". */
  readonly title: string;
  /** `safe`: nothing can break that was right before; it can be applied to a whole file at once. */
  readonly kind: 'safe' | 'suggestion';
  /** All of them, or none. */
  readonly steps: readonly FixStep[];
}

/** The fact whose call is written to. */
export type FixTarget = Pick<Fact, 'path' | 'site' | 'node' | 'write' | 'paths'>;

/** A value that each language writes in its own way. */
export type Spelled = string | number | boolean | null | readonly string[];

export type FixStep =
  /**
   * Gives a role at the fact's call, where and as the library's model writes it. `to` is another value than the model's;
   * `or` the value where the model only knows the place; `seconds` how long a lifetime is, by default 15 minutes.
   */
  | {
      readonly set: string;
      readonly of: FixTarget;
      readonly to?: Spelled;
      readonly or?: Spelled;
      readonly seconds?: number;
    }
  | { readonly replace: Place; readonly with: Spelled }
  /** Takes out the option, argument, entry or list item that stands there; a switch that stands alone is turned over. */
  | { readonly remove: Place }
  /** Takes out all of these at once. */
  | { readonly removeAll: readonly Place[] }
  /** Keeps of `a || b`, or of a choice, what does not stand there. */
  | { readonly dropAlternative: Place }
  /** Says of an error only what it is called, not what came with it. */
  | { readonly errorText: Place }
  /** Where what a call loaded is rejected when it is missing: rejects it as well by a field of it, when that is so. */
  | { readonly alsoReject: FixTarget; readonly field: string; readonly when: boolean }
  /** Ends the function after the statement that stands there. */
  | { readonly endAfter: Place }
  /** Makes a lifetime that is `was` seconds long this long, in the form in which it is written. */
  | { readonly lifetime: Place; readonly was: number; readonly seconds: number }
  /** Puts `[redacted]` in the place of a value that is shown somewhere, or leaves it out. */
  | { readonly redact: Place }
  /** Compares for equality in place of a prefix, a part or a pattern. */
  | { readonly compareWhole: Place }
  /** Looks for the beginning of a text in place of any part of it. */
  | { readonly comparePrefix: Place }
  /** Turns `x && x != y` (or its operand `x`) around: what is missing fails as well. */
  | { readonly demandCompared: Place }
  /** Reads a secret from the environment and stops without it, in place of a literal or of a literal fallback. */
  | { readonly demand: Place; readonly name?: string }
  /** Takes words out of a list of them, or out of a text with spaces between them (scopes); one stands in their place. */
  | { readonly dropWords: Place; readonly words: readonly string[]; readonly instead?: string }
  /** Looks a word up among the words of a text, not in the text or as the whole of it. */
  | { readonly inWords: Place }
  /** Posts to the page's own origin. */
  | { readonly ownOrigin: Place }
  /** A value from a cryptographic source in place of what stands there; `keepForm` where its length or alphabet counts. */
  | { readonly random: Place; readonly keepForm?: boolean }
  /** Empties a setting of a configuration file, or refers to the environment where the format can. */
  | { readonly blank: Place };
