/** In what form a token is kept: as it is, hashed, or encrypted. */
import type { Semantics } from '../semantics/semantics.js';
import { wordsOf } from '../semantics/names-of-things.js';
import { type CallSite, type Value, directParts } from '../semantics/value.js';

export type TokenForm = 'clear' | 'hashed' | 'encrypted' | 'unknown';

/** The form of a value: what the functions that it passed through say. */
export function formOf(s: Semantics, value: Value): TokenForm {
  for (const name of calledOn(s, value, 8)) {
    const words = wordsOf(name);
    if (words.some((w) => HASHES.test(w))) return 'hashed';
    if (words.some((w) => ENCRYPTS.test(w))) return 'encrypted';
  }
  return value.kind === 'unknown' ? 'unknown' : 'clear';
}

const HASHES =
  /^(?:hash|hashed|digest|hexdigest|hmac|sha|sha1|sha256|sha512|sha3|blake2b|blake3|md5|bcrypt|argon2|scrypt|pbkdf2|fingerprint|createhash|sum256)$/;
const ENCRYPTS = /^(?:encrypt|encrypted|seal|sealed|cipher|fernet|kms|protect|wrap|box|secretbox|aes|gcm)$/;

/** The names of all functions that a value went through, outermost first: callees, receivers of chains, arguments. */
export function* calledOn(s: Semantics, value: Value, depth: number): Generator<string> {
  if (depth === 0) return;
  if (value.kind === 'derived') yield value.how;
  if (value.kind === 'result' || value.kind === 'call') {
    const { site } = value;
    yield nameOf(site);
    const callee = site.call.callee;
    if (callee.kind === 'member') yield* calledOn(s, s.evaluate(site.path, callee.object, site.frame), depth - 1);
    for (const argument of site.call.args.slice(0, 3))
      yield* calledOn(s, s.evaluate(site.path, argument.value, site.frame), depth - 2 > 0 ? depth - 2 : 0);
    return;
  }
  for (const part of directParts(value)) yield* calledOn(s, part, depth - 1);
}

function nameOf(site: CallSite): string {
  const callee = site.call.callee;
  return callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
}
