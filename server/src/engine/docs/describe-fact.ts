/** What was understood of a call, in words: its kind, its library, the values of its roles. Secrets are never shown. */
import type { Fact } from '../facts/kinds.js';
import { sayDuration } from '../semantics/operators.js';
import type { Value } from '../semantics/value.js';

const SECRET_ROLES = new Set(['key', 'value', 'clientSecret', 'token', 'presented', 'password', 'verifier']);

/** A fact as Markdown. */
export function describeFact(fact: Fact): string {
  const lines = [`**${fact.kind}** (${fact.library})`];
  for (const [role, value] of Object.entries(fact.roles) as [string, Value][]) {
    if (value.kind === 'absent') continue;
    lines.push(`- ${role}: ${SECRET_ROLES.has(role) ? sayOrigin(value) : sayValue(value)}`);
  }
  return lines.join('\n');
}

/** A value in a few words. */
export function sayValue(value: Value, depth = 2): string {
  switch (value.kind) {
    case 'literal':
      return `\`${JSON.stringify(value.value)}\``;
    case 'list':
      return depth === 0 ? 'a list' : `[${value.items.map((v) => sayValue(v, depth - 1)).join(', ')}${value.open ? ', …' : ''}]`;
    case 'oneOf':
      return value.values.map((v) => sayValue(v, depth - 1)).join(' or ');
    case 'record':
      return depth === 0 ? 'a record' : `{ ${[...value.fields.keys()].join(', ')}${value.open ? ', …' : ''} }`;
    case 'duration':
      return value.seconds === undefined ? 'a duration that is not known' : sayDuration(value.seconds);
    case 'moment':
      return value.plus === undefined ? 'a moment that is not known' : `now + ${sayDuration(value.plus)}`;
    default:
      return sayOrigin(value);
  }
}

/** Where a value comes from, without its text. */
export function sayOrigin(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return 'a literal';
    case 'environment':
      return `the environment variable \`${value.name ?? '…'}\`${value.fallback ? ', with a fallback' : ''}${value.checked ? ', checked' : ''}`;
    case 'parameter':
      return `the parameter \`${value.name}\``;
    case 'absent':
      return 'not given';
    case 'random':
      return `a ${value.source} random value`;
    case 'oneOf':
      return value.values.map(sayOrigin).join(' or ');
    default:
      return 'not known';
  }
}
