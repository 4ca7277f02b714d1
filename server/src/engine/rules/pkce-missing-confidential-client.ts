import { clientOf, configuredWith, flowOf, isCodeFlow, lacksChallenge, pathsOf } from '../checklist/flows.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'pkce-missing-confidential-client',
  item: 'pkce',
  title: 'A confidential client sends no code challenge',
  why: 'A client secret says which application trades the code in, not which login the code belongs to.',
  attack:
    'An attacker gets hold of a victim’s code and injects it into their own login with your application. Your server exchanges it with its secret, and the attacker is the victim.',
  remedy: 'Send an S256 challenge and present the verifier at the exchange, if the provider supports it.',
  severities: ['info'],
  precision: 'high',
  cwe: [345],
  references: ['RFC 9700 §2.1.1', 'OAuth 2.1 §7.5.1', 'ASVS 10.2.1'],
  stricter: 'RFC 9700 recommends PKCE for confidential clients and demands it of public ones only.',
  examples: [
    {
      language: 'python',
      vulnerable: `import requests\nfrom urllib.parse import urlencode\nfrom flask import Flask, redirect, session\napp = Flask(__name__)\n\n@app.get("/login")\ndef login():\n    return redirect("https://idp.example/authorize?" + urlencode({"response_type": "code", "client_id": ID, "redirect_uri": CB, "state": session["state"]}))`,
      fixed: `import requests\nfrom urllib.parse import urlencode\nfrom flask import Flask, redirect, session\napp = Flask(__name__)\n\n@app.get("/login")\ndef login():\n    return redirect("https://idp.example/authorize?" + urlencode({"response_type": "code", "client_id": ID, "redirect_uri": CB, "state": session["state"], "code_challenge": challenge_of(session["verifier"]), "code_challenge_method": "S256"}))`,
    },
  ],
  on: 'AuthorizationRequest',
  *check(fact, ctx) {
    if (!isCodeFlow(fact) || !lacksChallenge(fact) || clientOf(fact, ctx) !== 'confidential') return;
    const { callbacks, exchanges } = flowOf(fact, ctx);
    yield {
      at: fact.at,
      fix: [
        { title: 'Send a code challenge', kind: 'suggestion', steps: [{ set: 'challenge', of: fact }] },
        ...(fact.roles.pkceBy.place
          ? [
              {
                title: 'Send a code challenge',
                kind: 'suggestion' as const,
                steps: [{ remove: fact.roles.pkceBy.place }],
              },
            ]
          : []),
      ],
      message: 'The authorization request of a server carries no `code_challenge`.',
      touches: pathsOf(callbacks, exchanges, configuredWith(fact, ctx)),
    };
  },
});
