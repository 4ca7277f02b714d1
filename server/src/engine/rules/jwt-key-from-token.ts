import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'jwt-key-from-token',
  item: 'jwt-algorithms',
  title: 'The token brings its own key, or says where to find it',
  why: 'Whoever can write the token can then choose the key, and every signature is genuine under its own key.',
  attack:
    'The attacker makes a key pair, signs a token for an administrator with it, and puts the public half, or the address of it, into the header. The server takes the key from there and finds the signature correct.',
  remedy:
    'Pin the keys: a fixed key set of an issuer you trust. Use `kid` only to pick among them, and compare an issuer with a list before you fetch anything.',
  severities: ['error'],
  precision: 'high',
  cwe: [347],
  references: ['RFC 8725 §3.10', 'ASVS 9.1.3'],
  noFix: 'The key has to come from a list of trusted ones, and only its author knows them.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `import { EmbeddedJWK, jwtVerify } from 'jose';\n\nconst { payload } = await jwtVerify(token, EmbeddedJWK);`,
      fixed: `import { createRemoteJWKSet, jwtVerify } from 'jose';\n\nconst keys = createRemoteJWKSet(new URL('https://login.example/jwks'));\nconst { payload } = await jwtVerify(token, keys, { algorithms: ['ES256'] });`,
    },
  ],
  on: 'TokenVerify',
  *check({ roles, at }) {
    const from = textOf(roles.keyFrom);
    if (from !== 'token' && from !== 'address') return;
    yield {
      at: roles.keyFrom.place ?? at,
      message:
        from === 'token'
          ? 'The key comes from the token itself, or from where its header points.'
          : 'The key is looked up under a name or address that is made from the unverified token.',
    };
  },
});
