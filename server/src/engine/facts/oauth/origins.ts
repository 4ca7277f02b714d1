/** What a value was computed from, through calls whose result says nothing of it: hashes, encodings, unknown helpers. */
import { returnsOf } from '../../semantics/calls.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Value, directParts } from '../../semantics/value.js';

/** How many values one question may look at. */
const LIMIT = 240;

/** All values that went into a value: its parts, and receivers and arguments of the calls that gave them. Itself first. */
export function originsOf(s: Semantics, value: Value): readonly Value[] {
  const found: Value[] = [];
  const seen = new Set<Value>();
  const sites = new Set<unknown>();
  const queue: Value[] = [value];
  while (queue.length > 0 && found.length < LIMIT) {
    const current = queue.shift() as Value;
    if (seen.has(current)) continue;
    seen.add(current);
    found.push(current);
    queue.push(...directParts(current));
    if ((current.kind === 'call' || current.kind === 'result') && !sites.has(current.site.call)) {
      sites.add(current.site.call);
      queue.push(...argumentsOf(s, current.site));
    }
    if (current.kind === 'function' && !sites.has(current.fn)) {
      sites.add(current.fn);
      for (const returned of returnsOf(current.fn))
        if (returned) queue.push(s.evaluate(current.path, returned, current.frame));
    }
  }
  return found;
}

function argumentsOf(s: Semantics, site: CallSite): readonly Value[] {
  const found: Value[] = [];
  if (site.call.callee.kind === 'member') found.push(s.evaluate(site.path, site.call.callee.object, site.frame));
  for (const argument of site.call.args) found.push(s.evaluate(site.path, argument.value, site.frame));
  return found;
}
