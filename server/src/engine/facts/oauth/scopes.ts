/** Scopes in all the forms in which they are written: a text, a list, a list that is joined. */
import type { Place } from '../../base/span.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';

export interface NamedScope {
  readonly name: string;
  readonly place: Place | undefined;
}

/** The scopes that a value names; `undefined` where a part of it is not known. The default of a setting counts. */
export function readScopes(s: Semantics, value: Value, depth = 0): readonly NamedScope[] | undefined {
  if (depth > 5) return undefined;
  const found: NamedScope[] = [];
  for (const option of alternatives(value)) {
    const one = readOne(s, option, depth);
    if (!one) return undefined;
    found.push(...one);
  }
  return found;
}

function readOne(s: Semantics, value: Value, depth: number): readonly NamedScope[] | undefined {
  const text = textOf(value);
  if (text !== undefined)
    return text
      .split(/[\s,+]+/)
      .filter(Boolean)
      .map((name) => ({ name, place: value.place }));
  switch (value.kind) {
    case 'absent':
      return [];
    case 'list': {
      if (value.open) return undefined;
      const all = value.items.map((item) => readScopes(s, item, depth + 1));
      return all.every((a) => a !== undefined) ? all.flat() : undefined;
    }
    case 'concat': {
      const all = value.parts.map((part) => readScopes(s, part, depth + 1));
      return all.every((a) => a !== undefined) ? all.flat() : undefined;
    }
    case 'environment':
      return value.fallback ? readScopes(s, value.fallback, depth + 1) : undefined;
    case 'call':
    case 'result': {
      const { callee } = value.site.call;
      if (callee.kind !== 'member' || !/^(?:join|Join|filter|concat|split)$/.test(callee.property)) return undefined;
      const receiver = s.evaluate(value.site.path, callee.object, value.site.frame);
      // Python and Go join an argument, JavaScript its receiver.
      const given =
        textOf(receiver) !== undefined || receiver.kind === 'external' ? s.access(value.site, 'arg 0').value : receiver;
      return readScopes(s, given, depth + 1);
    }
    default:
      return undefined;
  }
}
