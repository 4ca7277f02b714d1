import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'account-matched-by-email',
  item: 'identity-source',
  title: 'An account is found by an address that the provider did not verify',
  why: 'An e-mail address is an attribute, not an identity. Providers let users type it, and addresses change hands; `sub` does not.',
  attack:
    'Mallory opens an account at the provider, or a tenant of her own, and enters Alice’s address. Your callback finds Alice’s account by it. Mallory is logged in as Alice.',
  remedy:
    'Look accounts up by issuer and `sub`; link by e-mail only when it is verified and the owner has logged in to the old account.',
  severities: ['error', 'warning', 'info'],
  precision: 'medium',
  cwe: [290, 287],
  references: ['ASVS 10.5.2'],
  noFix: 'The account has to be found by another column, which may have to be added first.',
  examples: [
    {
      language: 'python',
      vulnerable: `from flask import Flask, session, redirect

app = Flask(__name__)

@app.get("/auth/google/callback")
def google_callback():
    info = oauth.google.authorize_access_token()["userinfo"]
    user = User.query.filter_by(email=info["email"]).first()
    session["user_id"] = user.id
    return redirect("/")
`,
      fixed: `from flask import Flask, session, redirect

app = Flask(__name__)

@app.get("/auth/google/callback")
def google_callback():
    info = oauth.google.authorize_access_token()["userinfo"]
    user = User.query.filter_by(google_sub=info["sub"]).first()
    session["user_id"] = user.id
    return redirect("/")
`,
    },
  ],
  on: 'AccountMatch',
  *check({ roles, at }) {
    if (textOf(roles.verifiedEmail) === 'checked') {
      yield {
        at,
        severity: 'info',
        message: 'The account is found by a verified e-mail; the subject is not kept beside it.',
      };
      return;
    }
    yield {
      at,
      message:
        textOf(roles.by) === 'email'
          ? 'The account is found by an e-mail that nobody verified.'
          : 'The account is found by a name that its owner at the provider may change.',
    };
  },
});
