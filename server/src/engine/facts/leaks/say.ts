/** Flows in words: what was logged, and how bad it is. */
import { type Value, textOf, textsOf } from '../../semantics/value.js';

/** `the access token and the refresh token`. */
export function sayKinds(kinds: Value): string {
  const texts = (textsOf(kinds) ?? []).slice(0, 3).map((kind) => `${/^cookie$/.test(kind) ? 'session ' : ''}${kind}`);
  const [last, ...before] = texts.toReversed();
  return before.length === 0 ? `the ${last}` : `the ${before.toReversed().join(', ')} and the ${last}`;
}

/** The severity that a flow's gravity stands for. */
export function severityOf(gravity: Value): 'error' | 'warning' | 'info' {
  const text = textOf(gravity);
  return text === 'error' || text === 'info' ? text : 'warning';
}
