/** Forms, queries and addresses as records: what `a=b&c=d`, a list of pairs or a record says, field by field. */
import type { Semantics } from './semantics.js';
import { memberOf } from './members.js';
import { concat } from './operators.js';
import { ABSENT, type Value, isAbsent, mapAlternatives, textOf } from './value.js';

type RecordValue = Extract<Value, { kind: 'record' }>;

/** A form of a library type, made from what its constructor is given. */
export function formOf(source: Value, type: string): Value {
  if (isAbsent(source) === true) return { kind: 'record', fields: new Map(), open: false, spreads: [], type };
  return mapAlternatives(source, (v): Value => {
    const place = v.place ? { place: v.place } : {};
    if (v.kind === 'record') return { ...v, type };
    if (v.kind === 'list') {
      const fields = new Map<string, Value>();
      let open = v.open;
      for (const pair of v.items) {
        const key = pair.kind === 'list' ? textOf(pair.items[0]) : undefined;
        if (pair.kind === 'list' && key !== undefined) fields.set(key, pair.items[1] ?? ABSENT);
        else open = true;
      }
      return { kind: 'record', fields, open, spreads: [], type, ...place };
    }
    const query = queryOf(v.kind === 'concat' ? v.parts : [v]);
    return query ? { ...query, type, ...place } : { kind: 'record', fields: new Map(), open: true, spreads: [v], type };
  });
}

/** An address as a record: members that nobody has set are those of the address itself. */
export function addressOf(s: Semantics, address: Value, type: string, query: string): Value {
  return mapAlternatives(address, (v): Value => {
    if (v.kind === 'record' && v.type === type) return v;
    const { parameters } = splitAddress(v);
    const own: Value = parameters
      ? { ...parameters, type: query }
      : v.kind === 'literal' || v.kind === 'concat' || v.kind === 'environment'
        ? { kind: 'record', fields: new Map(), open: false, spreads: [], type: query }
        : { kind: 'record', fields: new Map(), open: true, spreads: [memberOf(s, v, 'searchParams')], type: query };
    const fields = new Map<string, Value>([
      ['address', v],
      ['searchParams', own],
    ]);
    return { kind: 'record', fields, open: true, spreads: [v], type };
  });
}

/** An address in two: what stands before `?`, and the parameters after it (`undefined` if it has none). */
export function splitAddress(address: Value): { base: Value; parameters: RecordValue | undefined } {
  const parts = address.kind === 'concat' ? address.parts : [address];
  for (const [i, part] of parts.entries()) {
    const text = textOf(part);
    const at = text?.indexOf('?') ?? -1;
    if (text === undefined || at === -1) continue;
    const before: Value[] = [...parts.slice(0, i)];
    if (at > 0) before.push({ ...part, kind: 'literal', value: text.slice(0, at) } as Value);
    const after: Value[] = [...parts.slice(i + 1)];
    if (at + 1 < text.length) after.unshift({ ...part, kind: 'literal', value: text.slice(at + 1) } as Value);
    return { base: before.length === 1 ? (before[0] as Value) : concat(before), parameters: queryOf(after) ?? EMPTY };
  }
  return { base: address, parameters: undefined };
}

const EMPTY: RecordValue = { kind: 'record', fields: new Map(), open: false, spreads: [] };

/** The fields of a query text, put together from parts; `undefined` if it holds no name that can be read. */
export function queryOf(parts: readonly Value[]): RecordValue | undefined {
  const fields = new Map<string, Value>();
  const spreads: Value[] = [];
  let open = false;
  let seen = false;
  /** The name before `=`, and what has come after it so far. */
  let name: string | undefined;
  let value: Value[] = [];
  let pending = '';
  const finish = () => {
    if (name !== undefined) {
      seen = true;
      fields.set(name, value.length === 1 ? (value[0] as Value) : value.length === 0 ? EMPTY_TEXT : concat(value));
    }
    name = undefined;
    value = [];
    pending = '';
  };
  for (const part of parts) {
    const text = textOf(part);
    if (text !== undefined) {
      const pieces = text.split('&');
      pieces.forEach((piece, i) => {
        if (i > 0) finish();
        if (name !== undefined) {
          if (piece) value.push({ ...part, kind: 'literal', value: decode(piece) } as Value);
          return;
        }
        const at = piece.indexOf('=');
        if (at === -1) pending += piece;
        else {
          name = decode(pending + piece.slice(0, at)).trim();
          pending = '';
          if (at + 1 < piece.length)
            value.push({ ...part, kind: 'literal', value: decode(piece.slice(at + 1)) } as Value);
        }
      });
    } else if (name !== undefined) value.push(part);
    else if (part.kind === 'record') {
      seen = true;
      for (const [key, field] of part.fields) fields.set(key, field);
      open ||= part.open;
      spreads.push(...part.spreads);
    } else {
      open = true;
      spreads.push(part);
    }
  }
  finish();
  if (!seen) return undefined;
  const place = parts.find((p) => p.kind === 'record' && p.place)?.place ?? parts[0]?.place;
  return { kind: 'record', fields, open, spreads, ...(place ? { place } : {}) };
}

const EMPTY_TEXT: Value = { kind: 'literal', value: '' };

/** What `%20` and `+` stand for; the text itself where it is no encoding. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  return spaced.replace(/%([0-9A-Fa-f]{2})/g, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : whole;
  });
}
