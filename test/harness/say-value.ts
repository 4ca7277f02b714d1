/** A value as fixtures write it. */
import type { Value } from '../../server/src/engine/semantics/value.js';

/** `"text"`, `12`, `["a","b"]`, `900s`, `absent`, `env:NAME`, `random`, `record`, or `unknown`. */
export function sayRole(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map(sayRole).join(',')}${value.open ? ',…' : ''}]`;
    case 'oneOf':
      return value.values.map(sayRole).join('|');
    case 'duration':
      return value.seconds === undefined ? 'unknown' : `${value.seconds}s`;
    case 'moment':
      return value.plus === undefined ? 'unknown' : `now+${value.plus}s`;
    case 'environment':
      return `env:${value.name ?? '?'}${value.checked ? '!' : ''}${value.fallback ? `??${sayRole(value.fallback)}` : ''}`;
    case 'absent':
      return 'absent';
    case 'random':
    case 'record':
    case 'function':
    case 'result':
    case 'parameter':
      return value.kind;
    default:
      return 'unknown';
  }
}
