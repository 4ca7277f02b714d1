/** How a cookie's attributes are to be read: switches that depend on the stage, spellings of `SameSite`. */
import { namesStage, stageFlag, stageText } from '../semantics/names-of-things.js';
import { type Value, booleanOf, textOf } from '../semantics/value.js';

export type Switch = 'on' | 'off' | 'inverted' | 'unknown';

/** Whether a flag is on in production. */
export function switchOf(value: Value, depth = 5): Switch {
  if (depth === 0) return 'unknown';
  switch (value.kind) {
    case 'literal':
      if (typeof value.value === 'string')
        return value.value === 'auto' || /^(?:true|1|yes|on)$/i.test(value.value) ? 'on' : 'off';
      return value.value ? 'on' : 'off';
    case 'absent':
      return 'off';
    case 'oneOf': {
      const all = new Set(value.values.map((v) => switchOf(v, depth - 1)));
      return all.size === 1 ? ([...all][0] as Switch) : 'unknown';
    }
    case 'derived': {
      const holds = holdsInProduction(value, depth);
      return holds === undefined ? 'unknown' : holds ? 'on' : 'inverted';
    }
    case 'operation':
      if (value.operator === '||' || value.operator === '&&') {
        const all = value.operands.map((v) => switchOf(v, depth - 1));
        if (value.operator === '||' && all.includes('on')) return 'on';
        if (all.every((a) => a === all[0])) return all[0] as Switch;
      }
      return 'unknown';
    case 'member': {
      // `req.secure`, `request.is_secure`, `url.protocol`: on behind TLS.
      if (/^(?:secure|is_secure|isSecure|encrypted)$/.test(value.property)) return 'on';
      const flag = stageFlag(value.property);
      return flag === undefined ? 'unknown' : flag ? 'on' : 'inverted';
    }
    case 'parameter': {
      const flag = stageFlag(value.name);
      return flag === undefined ? 'unknown' : flag ? 'on' : 'inverted';
    }
    case 'environment': {
      const flag = value.name ? stageFlag(value.name) : undefined;
      if (flag !== undefined && !value.fallback) return flag ? 'on' : 'inverted';
      if (value.fallback && switchOf(value.fallback, depth - 1) === 'on') return 'on';
      return 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** What a comparison or negation gives in production; `undefined` if it does not ask for the stage. */
function holdsInProduction(value: Extract<Value, { kind: 'derived' }>, depth: number): boolean | undefined {
  if (value.operator === '!' && value.of[0]) {
    const inner = value.of[0];
    const state = switchOf(inner, depth - 1);
    return state === 'on' ? false : state === 'inverted' ? true : undefined;
  }
  if (value.how === 'boolean' && value.of[0]) {
    const state = switchOf(value.of[0], depth - 1);
    return state === 'on' ? true : state === 'inverted' ? false : undefined;
  }
  const [left, right] = value.of;
  if (!left || !right || value.how !== 'comparison') return undefined;
  if (value.operator === 'in' || value.operator === 'not in') {
    const stages = right.kind === 'list' ? right.items.map((i) => stageText(textOf(i) ?? '')) : [];
    if (!asksStage(left) || stages.length === 0) return undefined;
    const named = stages.includes(true);
    return value.operator === 'in' ? named : !named;
  }
  const [subject, text] = textOf(left) === undefined ? [left, textOf(right) ?? flagText(right)] : [right, textOf(left)];
  if (text === undefined) return undefined;
  if (/^https/i.test(text) && value.operator === '==') return true;
  if (subject.kind === 'environment' && /^(?:true|1|yes|on)$/i.test(text)) {
    const flag = subject.name ? stageFlag(subject.name) : undefined;
    const fallback = subject.fallback ? textOf(subject.fallback) : undefined;
    if (flag !== undefined && !fallback) return value.operator === '==' ? flag : !flag;
    if (fallback !== undefined && /^(?:true|1|yes|on)$/i.test(fallback))
      return value.operator === '==' ? true : undefined;
    return undefined;
  }
  const stage = stageText(text);
  if (stage === undefined || !asksStage(subject)) return undefined;
  const same = value.operator === '==';
  if (value.operator !== '==' && value.operator !== '!=') return undefined;
  // Equal to production holds there; equal to development does not; the negations are the other way round.
  return same ? stage : !stage;
}

function flagText(value: Value): string | undefined {
  const flag = booleanOf(value);
  return flag === undefined ? undefined : String(flag);
}

function asksStage(value: Value): boolean {
  switch (value.kind) {
    case 'environment':
      return value.name !== undefined && namesStage(value.name);
    case 'member':
      return namesStage(value.property) || asksStage(value.object);
    case 'parameter':
      return namesStage(value.name);
    case 'oneOf':
      return value.values.some(asksStage);
    case 'external':
      return namesStage(value.name.slice(Math.max(value.name.lastIndexOf('.'), value.name.lastIndexOf(':')) + 1));
    default:
      return false;
  }
}

/** How `SameSite` is set in production: `strict`, `lax`, `none`, `off` or `unknown`. */
export function sameSiteOf(value: Value): 'strict' | 'lax' | 'none' | 'off' | 'unknown' {
  if (value.kind === 'external') {
    const mode = /SameSite(Strict|Lax|None|Default)Mode$/.exec(value.name)?.[1]?.toLowerCase();
    return mode === 'default' ? 'off' : ((mode as 'strict' | 'lax' | 'none' | undefined) ?? 'unknown');
  }
  if (value.kind === 'absent') return 'off';
  if (value.kind === 'literal') {
    if (value.value === true) return 'strict';
    if (value.value === false || value.value === null) return 'off';
    const text = String(value.value).toLowerCase();
    if (text === 'auto') return 'lax';
    return text === 'strict' || text === 'lax' || text === 'none' ? text : text === '' ? 'off' : 'unknown';
  }
  if (value.kind === 'oneOf') {
    const all = new Set(value.values.map(sameSiteOf));
    if (all.size === 1) return [...all][0] as ReturnType<typeof sameSiteOf>;
    // `isProd ? 'none' : 'lax'`: the weaker one is in production, as `None` needs `Secure`.
    if (all.has('none') && !all.has('unknown')) return 'none';
    if ([...all].every((a) => a === 'strict' || a === 'lax')) return 'lax';
    return 'unknown';
  }
  if (value.kind === 'environment' && value.fallback) {
    const fallback = sameSiteOf(value.fallback);
    return fallback === 'strict' || fallback === 'lax' ? fallback : 'unknown';
  }
  return 'unknown';
}
