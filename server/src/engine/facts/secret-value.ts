/** What can be said of a secret's value: where it comes from, whether a literal stands in for it, how strong it is. */
import { type Value, alternatives, partsOf } from '../semantics/value.js';

/** The literal texts that a secret surely can be: itself, a branch, an item of a key list; not fallbacks of variables. */
export function literalTexts(value: Value): readonly Extract<Value, { kind: 'literal' }>[] {
  return alternatives(value).flatMap((v): readonly Extract<Value, { kind: 'literal' }>[] => {
    if (v.kind === 'literal') return typeof v.value === 'string' ? [v] : [];
    if (v.kind === 'list') return v.items.flatMap(literalTexts);
    if (v.kind === 'derived' && v.how === 'hash') return v.of.flatMap(literalTexts);
    return [];
  });
}

/** A literal that steps in when the variable is missing. */
export function literalFallback(
  value: Value,
): { readonly name: string | undefined; readonly fallback: Extract<Value, { kind: 'literal' }> } | undefined {
  for (const option of alternatives(value)) {
    for (const v of option.kind === 'list' ? option.items.flatMap(alternatives) : [option]) {
      if (v.kind !== 'environment' || !v.fallback) continue;
      const literal = literalTexts(v.fallback)[0];
      if (literal) return { name: v.name, fallback: literal };
    }
  }
  const environment = alternatives(value).find((v) => v.kind === 'environment');
  const literal = literalTexts(value)[0];
  if (environment?.kind === 'environment' && literal) return { name: environment.name, fallback: literal };
  return undefined;
}

/** The variable of the environment that a secret is read from. */
export function environmentOf(value: Value): Extract<Value, { kind: 'environment' }> | undefined {
  for (const option of alternatives(value)) {
    if (option.kind === 'environment') return option;
    if (option.kind === 'list' || option.kind === 'concat') {
      for (const part of partsOf(option, 2)) if (part.kind === 'environment') return part;
    }
  }
  return undefined;
}

/** Whether every way in which the secret can come makes the program stop when it is missing. */
export function isDemanded(value: Value): boolean {
  const options = alternatives(value);
  return (
    options.length > 0 &&
    options.every(
      (v) =>
        (v.kind === 'environment' && v.checked && !v.fallback) ||
        (v.kind === 'list' && v.items.length > 0 && v.items.every(isDemanded)),
    )
  );
}
