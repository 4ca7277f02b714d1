import { pathsOf, requestsOf } from '../checklist/flows.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'state-not-compared',
  item: 'state',
  title: 'The callback does not compare `state` with the one that was kept',
  why: 'A `state` that nobody compares is decoration: the callback accepts anybody’s answer.',
  attack:
    'The attacker starts a login, keeps the code, and makes the victim’s browser open your callback with it and any `state`. The victim is now logged in to the attacker’s account, or has linked the attacker’s identity.',
  remedy:
    'Keep `state` in the session or an `HttpOnly` cookie when the login starts. In the callback refuse the request if either is missing or they differ, before the code is used.',
  severities: ['error'],
  precision: 'high',
  cwe: [352],
  references: ['RFC 9700 §2.1', 'RFC 9700 §4.7.1', 'OAuth 2.1 §2.3.3', 'ASVS 10.2.1'],
  noFix: 'What this browser kept has to be read, and only its author knows where it is.',
  examples: [
    {
      language: 'python',
      vulnerable: `import secrets, requests\nfrom urllib.parse import urlencode\nfrom flask import Flask, redirect, request, session\napp = Flask(__name__)\n\n@app.get("/login")\ndef login():\n    session["state"] = secrets.token_urlsafe(16)\n    return redirect("https://idp.example/authorize?" + urlencode({"response_type": "code", "client_id": ID, "redirect_uri": CB, "state": session["state"]}))\n\n@app.get("/callback")\ndef callback():\n    requests.post(TOKEN_URL, data={"grant_type": "authorization_code", "code": request.args["code"], "client_id": ID, "client_secret": SECRET})`,
      fixed: `import secrets, requests\nfrom urllib.parse import urlencode\nfrom flask import Flask, abort, redirect, request, session\napp = Flask(__name__)\n\n@app.get("/login")\ndef login():\n    session["state"] = secrets.token_urlsafe(16)\n    return redirect("https://idp.example/authorize?" + urlencode({"response_type": "code", "client_id": ID, "redirect_uri": CB, "state": session["state"]}))\n\n@app.get("/callback")\ndef callback():\n    kept = session.pop("state", None)\n    if not kept or request.args.get("state") != kept:\n        return "bad state", 400\n    requests.post(TOKEN_URL, data={"grant_type": "authorization_code", "code": request.args["code"], "client_id": ID, "client_secret": SECRET})`,
    },
  ],
  on: 'CallbackHandler',
  *check(fact, ctx) {
    const { roles, at } = fact;
    const check = textOf(roles.check);
    if (check !== 'none' && check !== 'presence' && check !== 'signature') return;
    const requests = requestsOf(fact, ctx).filter(
      (r) =>
        textOf(r.roles.stateBy) === 'caller' && isAbsent(r.roles.state) !== true && r.roles.state.kind !== 'unknown',
    );
    if (requests.length === 0) return;
    const message =
      check === 'none'
        ? 'The code is used, and `state` is compared with nothing.'
        : check === 'presence'
          ? '`state` only has to be there: it is compared with nothing that this browser kept.'
          : 'Only the signature of `state` is checked, not whether this browser asked.';
    yield { at: roles.check.place ?? at, message, touches: pathsOf(requests) };
  },
});
