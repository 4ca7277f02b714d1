import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'plain-challenge-accepted',
  item: 'pkce',
  title: 'An authorization server accepts the `plain` challenge',
  why: 'With `plain` the challenge is the verifier, so the request that travels through the browser carries the key.',
  attack: 'Whoever sees the login address (history, proxy, log) and the code can finish the login.',
  remedy: 'Accept S256 only, and refuse a challenge without a method.',
  severities: ['warning', 'info'],
  precision: 'high',
  cwe: [345],
  references: ['RFC 9700 §2.1.1', 'OAuth 2.1 §7.5.1', 'ASVS 10.4.6'],
  examples: [
    {
      language: 'javascript',
      vulnerable: `const metadata = {\n  issuer: 'https://id.example',\n  authorization_endpoint: 'https://id.example/authorize',\n  token_endpoint: 'https://id.example/token',\n  code_challenge_methods_supported: ['plain', 'S256'],\n};`,
      fixed: `const metadata = {\n  issuer: 'https://id.example',\n  authorization_endpoint: 'https://id.example/authorize',\n  token_endpoint: 'https://id.example/token',\n  code_challenge_methods_supported: ['S256'],\n};`,
    },
  ],
  on: 'AuthorizationServerConfig',
  *check({ roles, at }) {
    if (textOf(roles.pkceMethods) === 'plain')
      yield {
        at,
        message: 'The server accepts the `plain` challenge, which is the verifier itself.',
        severity: textOf(roles.by) === 'default' ? 'info' : 'warning',
      };
  },
});
