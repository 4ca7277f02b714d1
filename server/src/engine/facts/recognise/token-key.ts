/** What kind of key a token is checked with: a shared secret, a public key, a set of keys of an issuer. */
import type { Value } from '../../semantics/value.js';
import { alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { literal, withRoles } from './token-use.js';

export default defineRecogniser({
  name: 'token-key',
  phase: 'workspace',
  order: 5,
  refine(fact, view) {
    if (fact.kind !== 'TokenVerify') return undefined;
    const verify = fact as Fact<'TokenVerify'>;
    const kind = textOf(verify.roles.keyKind) ?? kindOfKey(view, verify);
    return kind ? withRoles(fact, { keyKind: literal(kind) }) : undefined;
  },
});

function kindOfKey(view: FileView, verify: Fact<'TokenVerify'>): string | undefined {
  const kinds = new Set<string>();
  for (const option of alternatives(resolved(view, verify.roles.key))) {
    const kind = kindOfValue(view, option, 0);
    if (!kind) return undefined;
    kinds.add(kind);
  }
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

/** A key resolver's results; the value itself if it is no function. */
function resolved(_view: FileView, key: Value): Value {
  return key;
}

function kindOfValue(view: FileView, value: Value, depth: number): string | undefined {
  if (depth > 4) return undefined;
  if (value.kind === 'result' || value.kind === 'call') {
    const material = view.all('KeyMaterial').find((m) => m.node === value.site.call);
    if (material) return textOf(material.roles.kind);
    return value.kind === 'call' && value.callee.kind === 'member'
      ? kindOfValue(view, value.callee.object, depth + 1)
      : undefined;
  }
  if (value.kind === 'member') return kindOfValue(view, value.object, depth + 1) ?? kindOfName(value.property);
  if (value.kind === 'environment') return value.name ? kindOfName(value.name) : undefined;
  const text = textOf(value);
  if (text !== undefined) return /-----BEGIN/.test(text) ? 'asymmetric' : 'symmetric';
  return undefined;
}

function kindOfName(name: string): string | undefined {
  if (/public|pub_?key|cert|pem|rsa|x509/i.test(name)) return 'asymmetric';
  if (/jwks?/i.test(name) && !/secret/i.test(name) && /jwks|jwk_/i.test(name)) return 'set';
  return /secret|hmac|hs256|signing_?key/i.test(name) ? 'symmetric' : undefined;
}
