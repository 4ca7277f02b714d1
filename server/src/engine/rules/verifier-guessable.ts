import { pathsOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'verifier-guessable',
  item: 'pkce',
  title: 'The code verifier comes from a source that can be guessed',
  why: 'PKCE is only as strong as the verifier is unknown.',
  attack:
    'Ordinary random functions can be computed forward from a few outputs. With verifier and code the attacker finishes the login.',
  remedy: 'Draw 32 bytes from the platform’s cryptographic source, new for each login.',
  severities: ['warning'],
  precision: 'high',
  cwe: [338],
  references: ['RFC 9700 §4.5.3.1', 'OAuth 2.1 §7.5.1', 'ASVS 10.2.1'],
  examples: [
    {
      language: 'python',
      vulnerable: `import random, string\nfrom urllib.parse import urlencode\n\ndef start(session):\n    verifier = "".join(random.choices(string.ascii_letters, k=64))\n    session["verifier"] = verifier\n    return "https://idp.example/authorize?" + urlencode({"response_type": "code", "client_id": ID, "redirect_uri": CB, "state": session["state"], "code_challenge": s256(verifier), "code_challenge_method": "S256"})`,
      fixed: `import secrets\nfrom urllib.parse import urlencode\n\ndef start(session):\n    verifier = secrets.token_urlsafe(64)\n    session["verifier"] = verifier\n    return "https://idp.example/authorize?" + urlencode({"response_type": "code", "client_id": ID, "redirect_uri": CB, "state": session["state"], "code_challenge": s256(verifier), "code_challenge_method": "S256"})`,
    },
  ],
  on: 'RandomValue',
  *check({ roles, at, path }, ctx) {
    if (textOf(roles.use) !== 'verifier' || textOf(roles.source) !== 'guessable') return;
    yield {
      at,
      message: 'The code verifier comes from a source that is not cryptographic.',
      fix: { title: 'Make it from a cryptographic source', kind: 'suggestion', steps: [{ random: at }] },
      touches: pathsOf(ctx.all('AuthorizationRequest').filter((r) => r.path === path)),
    };
  },
});
