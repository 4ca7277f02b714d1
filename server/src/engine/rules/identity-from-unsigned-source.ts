import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'identity-from-unsigned-source',
  item: 'identity-source',
  title: 'An unsigned cookie or header says who is calling',
  why: 'A cookie or header is a note in the caller’s own handwriting. Only a signature or a server-side session makes it yours.',
  attack: 'Open the developer tools, change `user_id=7` to `user_id=1`, reload.',
  remedy: 'Keep a session id or signed token in the cookie, and read the user from what the server keeps.',
  severities: ['error'],
  precision: 'medium',
  cwe: [565, 807, 290],
  references: ['ASVS 8.3.1', 'ASVS 4.1.3'],
  noFix: 'The identity has to come from a session or a verified token, which another part of the project makes.',
  examples: [
    {
      language: 'python',
      vulnerable: `from flask import Flask, request, jsonify

app = Flask(__name__)

@app.get("/orders")
def orders():
    user_id = request.cookies.get("user_id")
    return jsonify(Order.query.filter_by(user_id=user_id).all())
`,
      fixed: `from flask import Flask, session, jsonify

app = Flask(__name__)

@app.get("/orders")
def orders():
    return jsonify(Order.query.filter_by(user_id=session["user_id"]).all())
`,
    },
  ],
  on: 'UnsignedIdentity',
  *check({ roles, at }) {
    const source = textOf(roles.source) ?? 'request';
    const name = textOf(roles.name) ?? '';
    yield {
      at,
      message:
        source === 'slot'
          ? `\`${name}\` is filled from the request itself, and says who is calling.`
          : `The ${source} \`${name}\` says who is calling, and nothing signs it.`,
    };
  },
});
