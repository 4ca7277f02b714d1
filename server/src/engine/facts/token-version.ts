/** The version of an account's tokens that a payload carries. */
import { namesTokenVersion } from '../semantics/names-of-things.js';
import type { Value } from '../semantics/value.js';

/** The claim that is fed from the account's version, and its value; `undefined` if a payload has none. */
export function versionIn(payload: Value): { readonly claim: string; readonly value: Value } | undefined {
  if (payload.kind !== 'record') return undefined;
  for (const [claim, value] of payload.fields)
    if (namesTokenVersion(claim) && value.kind === 'member' && namesTokenVersion(value.property))
      return { claim, value };
  return undefined;
}
