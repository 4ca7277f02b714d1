import { pathsOf, requestsOf } from '../checklist/flows.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'state-not-bound',
  item: 'state',
  title: '`state` is checked, but not against this browser',
  why: 'A map that all browsers share, or a signature, only shows that this server once made the value. It does not show that this browser asked for it.',
  attack:
    'The attacker starts a login in their own browser: the server makes a valid `state`. They give the callback link with it, and their own code, to the victim, and it is accepted there.',
  remedy:
    'Keep `state` where only this browser can bring it back: in its session or an `HttpOnly` cookie; and compare with that.',
  severities: ['error'],
  precision: 'medium',
  cwe: [352],
  references: ['RFC 9700 §4.7.1', 'OAuth 2.1 §7.10', 'ASVS 10.2.1'],
  noFix: 'What this browser kept has to be read, and only its author knows where it is.',
  examples: [
    {
      language: 'python',
      vulnerable: `import requests\nfrom fastapi import FastAPI, HTTPException\napp = FastAPI()\nSTATES = {}\n\n@app.get("/callback")\ndef callback(code: str, state: str):\n    if state not in STATES:\n        raise HTTPException(400)\n    requests.post(TOKEN_URL, data={"grant_type": "authorization_code", "code": code, "client_id": ID, "client_secret": SECRET})`,
      fixed: `import requests\nfrom fastapi import FastAPI, HTTPException, Request\napp = FastAPI()\n\n@app.get("/callback")\ndef callback(request: Request, code: str, state: str):\n    if not state or state != request.session.get("state"):\n        raise HTTPException(400)\n    requests.post(TOKEN_URL, data={"grant_type": "authorization_code", "code": code, "client_id": ID, "client_secret": SECRET})`,
    },
  ],
  on: 'CallbackHandler',
  *check(fact, ctx) {
    const { roles, at } = fact;
    if (textOf(roles.bound) !== 'no') return;
    yield {
      at: roles.bound.place ?? at,
      message: '`state` is compared with something that is not this browser’s own.',
      touches: pathsOf(requestsOf(fact, ctx)),
    };
  },
});
