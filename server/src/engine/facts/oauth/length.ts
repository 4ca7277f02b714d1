/** How many characters a drawn value has after its encoding, where that can be told. */
import type { Semantics } from '../../semantics/semantics.js';
import type { Expr } from '../../ir/ir.js';
import type { Value } from '../../semantics/value.js';
import { originsOf } from './origins.js';

/** The number of characters of a value that is drawn at random; `undefined` if its encoding is not seen. */
export function lengthOf(s: Semantics, value: Value): number | undefined {
  const drawn = originsOf(s, value).find((v) => v.kind === 'random');
  if (drawn?.kind !== 'random' || !drawn.place) return undefined;
  const index = s.project.file(drawn.place.path);
  const span = drawn.place.span;
  const call = index?.calls.find((c) => c.span.start === span.start && c.span.end === span.end);
  if (!index || !call) return undefined;
  const name =
    call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
  if (/^(?:randomUUID|v4|uuid4)$/.test(name)) {
    // Two of them in one text are long enough.
    const parent = index.parentOf(call);
    return parent && 'kind' in parent && (parent.kind === 'binary' || parent.kind === 'concat') ? undefined : 36;
  }
  const { bytes } = drawn;
  if (bytes === undefined) return undefined;
  if (name === 'token_urlsafe') return Math.ceil((bytes * 4) / 3);
  if (name === 'token_hex') return bytes * 2;
  if (!/^(?:randomBytes|urandom|token_bytes)$/.test(name)) return undefined;
  // `randomBytes(16).toString('hex')`: the encoding right behind the draw.
  const parent = index.parentOf(call);
  const outer =
    parent && 'kind' in parent && parent.kind === 'member' && parent.object === call
      ? index.parentOf(parent)
      : undefined;
  if (outer && 'kind' in outer && outer.kind === 'call' && parent && 'kind' in parent && parent.kind === 'member') {
    if (parent.property === 'hex') return bytes * 2;
    if (parent.property !== 'toString') return undefined;
    const encoding = outer.args[0]?.value;
    if (encoding?.kind !== 'literal') return undefined;
    if (encoding.value === 'hex') return bytes * 2;
    if (encoding.value === 'base64url') return Math.ceil((bytes * 4) / 3);
    if (encoding.value === 'base64') return Math.ceil(bytes / 3) * 4;
  }
  if (parent && 'kind' in parent && parent.kind === 'call' && /b64encode$/.test(lastName(parent.callee)))
    return Math.ceil((bytes * 4) / 3);
  return undefined;
}

function lastName(callee: Expr): string {
  return callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
}
