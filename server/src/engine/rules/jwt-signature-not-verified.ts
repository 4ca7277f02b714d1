import { can, isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'jwt-signature-not-verified',
  item: 'jwt-algorithms',
  title: 'The signature of a token is not verified',
  why: 'The signature is the only thing that tells your tokens from ones that anybody typed.',
  attack:
    "The attacker writes a token by hand: an administrator's id as `sub`, an expiry in ten years, any signature. The code reads it as genuine, because nobody looks at the signature.",
  remedy: 'Verify the signature with the key and a list of algorithms, and use only the verified result.',
  severities: ['error'],
  precision: 'high',
  cwe: [347],
  references: ['RFC 8725 §3.1', 'ASVS 9.1.1'],
  examples: [
    {
      language: 'python',
      vulnerable: `import jwt\n\ndef current_user(token):\n    claims = jwt.decode(token, options={"verify_signature": False})\n    return load_user(claims["sub"])`,
      fixed: `import jwt\n\ndef current_user(token):\n    claims = jwt.decode(token, KEY, algorithms=["HS256"], issuer=ISSUER, audience=AUDIENCE)\n    return load_user(claims["sub"])`,
    },
  ],
  on: 'TokenVerify',
  *check({ roles, at }) {
    if (can(roles.signature, (s) => s === 'skipped') !== true) return;
    const reaches = textOf(roles.reaches);
    if (reaches === 'display' || reaches === 'key' || reaches === 'schedule' || reaches === 'caller') return;
    const place = roles.signature.place ?? at;
    const canCheck = isAbsent(roles.key) === false && isAbsent(roles.algorithms) === false;
    yield {
      at: place,
      ...(canCheck ? { fix: { title: 'Verify the signature', kind: 'suggestion', steps: [{ remove: place }] } } : {}),
      message:
        textOf(roles.signature) === 'skipped'
          ? 'Signature verification is switched off: anybody can write such a token.'
          : 'Signature verification can be switched off here: anybody can then write such a token.',
    };
  },
});
