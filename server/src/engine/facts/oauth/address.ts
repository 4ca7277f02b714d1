/** Addresses with parameters, however they were put together: template, `URL`, `URLSearchParams`, `urlencode`, `join('&')`. */
import { queryOf, splitAddress } from '../../semantics/forms.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Value, alternatives, textOf } from '../../semantics/value.js';

/** A form or query: its fields by name, and whether there may be more. */
export interface Fields {
  readonly fields: ReadonlyMap<string, Value>;
  readonly open: boolean;
  readonly place: Value['place'];
}

export interface Address extends Fields {
  /** What stands before the parameters. */
  readonly base: Value;
}

/** What a value says as an address with parameters; `undefined` if it has none. One answer for each alternative. */
export function addressesOf(s: Semantics, value: Value): readonly Address[] {
  return alternatives(value).flatMap((option) => {
    const address = addressOf(s, option, 0);
    return address ? [address] : [];
  });
}

function addressOf(s: Semantics, value: Value, depth: number): Address | undefined {
  if (depth > 4) return undefined;
  if (value.kind === 'record') {
    const address = value.fields.get('address');
    if (!address) return undefined;
    const inner = splitAddress(address);
    const search = value.fields.get('search');
    const query = (search && fieldsOf(s, search)) ?? fieldsOf(s, value.fields.get('searchParams') ?? address);
    if (!query) return undefined;
    return { base: inner.base, fields: query.fields, open: query.open, place: value.place };
  }
  if (value.kind === 'literal' || value.kind === 'concat') {
    const parts = (value.kind === 'concat' ? value.parts : [value]).map((part) => readable(s, part));
    const whole = parts.length === 1 ? (parts[0] as Value) : ({ kind: 'concat', parts } as Value);
    if (whole.kind === 'record') return addressOf(s, whole, depth + 1);
    const { base, parameters } = splitAddress(whole);
    if (!parameters) {
      // `base + params` where the base ends in `?` of its own: `AUTH_URL + qs`.
      const last = parts.at(-1);
      if (parts.length < 2 || last?.kind !== 'record' || last.fields.size === 0) return undefined;
      return { base: parts[0] as Value, fields: last.fields, open: last.open, place: last.place };
    }
    return { base, fields: parameters.fields, open: parameters.open, place: parameters.place ?? value.place };
  }
  if (value.kind === 'call' || value.kind === 'result') return builtAddress(s, value.site);
  if (value.kind === 'member' && /^(?:url|href|search)$/.test(value.property))
    return addressOf(s, value.object, depth + 1);
  return undefined;
}

/** A form's fields: a record, a query text, what `join('&')` makes of a record. */
export function fieldsOf(s: Semantics, value: Value): Fields | undefined {
  const settled = readable(s, value);
  if (settled.kind === 'record') return { fields: settled.fields, open: settled.open, place: settled.place };
  if (settled.kind === 'literal' || settled.kind === 'concat') {
    const parts = (settled.kind === 'concat' ? settled.parts : [settled]).map((part) => readable(s, part));
    const query = queryOf(parts);
    return query && { fields: query.fields, open: query.open, place: query.place ?? value.place };
  }
  if (settled.kind === 'list') {
    const fields = new Map<string, Value>();
    for (const pair of settled.items) {
      const key = pair.kind === 'list' ? textOf(pair.items[0]) : undefined;
      if (pair.kind !== 'list' || key === undefined) return undefined;
      fields.set(key, pair.items[1] as Value);
    }
    return fields.size > 0 ? { fields, open: settled.open, place: settled.place } : undefined;
  }
  return undefined;
}

/** Libraries' own ways to put parameters behind an address. */
function builtAddress(s: Semantics, site: CallSite): Address | undefined {
  const { callee, args } = site.call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const at = (path: string) => s.access(site, path).value;
  switch (name) {
    case 'with_query':
    case 'update_query':
    case 'copy_merge_params':
    case 'include_query_params': {
      const base = at('receiver');
      const fields = args.some((a) => a.name) ? namedArguments(s, site) : fieldsOf(s, at('arg 0'));
      return fields && { ...fields, base };
    }
    case 'URL': {
      const fields = fieldsOf(s, at('named params'));
      return fields && { ...fields, base: at('arg 0') };
    }
    case 'Request':
    case 'PreparedRequest': {
      const fields = fieldsOf(s, at('named params'));
      return fields && { ...fields, base: at('arg 1|named url') };
    }
    case 'stringifyUrl':
      return withFields(at('arg 0 .url'), fieldsOf(s, at('arg 0 .query')));
    case 'format':
      return withFields(at('arg 0 .pathname'), fieldsOf(s, at('arg 0 .query')));
    case 'withQuery':
    case 'withParams':
    case 'appendQuery':
    case 'add_params_to_uri':
    case 'add_params_to_url':
    case 'url_concat':
    case 'buildUrl':
      return withFields(at('arg 0'), fieldsOf(s, at('arg 1')));
    case 'prepare':
    case 'geturl':
    case 'build':
      return callee.kind === 'member' ? addressOf(s, at('receiver'), 1) : undefined;
    default:
      return undefined;
  }
}

function withFields(base: Value, fields: Fields | undefined): Address | undefined {
  return fields && { ...fields, base };
}

function namedArguments(s: Semantics, site: CallSite): Fields {
  const fields = new Map<string, Value>();
  for (const a of site.call.args) if (a.name) fields.set(a.name, s.evaluate(site.path, a.value, site.frame));
  return { fields, open: site.call.args.some((a) => a.spread), place: { path: site.path, span: site.call.span } };
}

/** `Object.entries(params).map(…).join('&')`, `"&".join(f"{k}={v}" for k, v in params.items())`: the record inside. */
function readable(s: Semantics, value: Value): Value {
  if (value.kind !== 'call' && value.kind !== 'result') return value;
  let current: Value = value;
  for (let i = 0; i < 5; i++) {
    if (current.kind === 'record') return current;
    if (current.kind !== 'call' && current.kind !== 'result') return value;
    const { callee, args }: CallSite['call'] = current.site.call;
    if (callee.kind !== 'member') return value;
    const { site }: { site: CallSite } = current;
    if (callee.property === 'join') {
      const text = textOf(s.evaluate(site.path, callee.object, site.frame));
      // Python joins an argument, JavaScript its receiver.
      current = text === undefined ? s.evaluate(site.path, callee.object, site.frame) : s.access(site, 'arg 0').value;
      void args;
    } else if (/^(?:map|items|filter|toString|entries|slice|Encode|encode|String)$/.test(callee.property)) {
      current = s.evaluate(site.path, callee.object, site.frame);
      if (current.kind === 'external') current = s.access(site, 'arg 0').value;
    } else return value;
  }
  return current.kind === 'record' ? current : value;
}
