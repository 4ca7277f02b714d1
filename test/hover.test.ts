/** What a hover says of a recognised call: that every row of every model has words, and a dozen of them in full. */
import assert from 'node:assert/strict';
import { describeFact } from '../server/src/engine/docs/describe-fact.js';
import { wordsFor } from '../server/src/engine/docs/fact-words.js';
import { sayOrigin, sayValue } from '../server/src/engine/docs/say-value.js';
import type { Fact, FactKind } from '../server/src/engine/facts/kinds.js';
import { plainValue, withAbsent } from '../server/src/engine/facts/recognise.js';
import { LIBRARIES } from '../server/src/engine/libraries/index.js';
import type { Value } from '../server/src/engine/semantics/value.js';
import { snapshotOf } from './harness/memory-workspace.js';

interface Row {
  readonly is?: FactKind;
  readonly call?: string;
  readonly member?: string;
  readonly defaults?: Readonly<Record<string, never>>;
  readonly fixed?: Readonly<Record<string, never>>;
}

const CASES: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly at: string;
  readonly says: readonly string[] | undefined;
}[] = [
  {
    name: 'a token that is verified, with a setting of another file',
    files: {
      'verify.ts': `import jwt from 'jsonwebtoken';\nimport { issuer } from './config';\nexport const check = (token: string) =>\n  jwt.verify(token, process.env.KEY!, { algorithms: ['RS256'], issuer, audience: 'shop' });`,
      'config.ts': `export const issuer = 'https://login.example';`,
    },
    at: 'jwt.verify',
    says: [
      "**Verifies a token's signature**, with [jsonwebtoken](https://github.com/auth0/node-jsonwebtoken#readme)",
      '',
      '- Token: `token`',
      '- Key: the environment variable `KEY`',
      '- Accepted algorithms: `RS256`',
      '- Expected issuer: `https://login.example` (from `config.ts:1`)',
      '- Expected audience: `shop`',
      "- Expiry (`exp`): checked, the library's default",
      '- A bad token gives: an exception',
    ],
  },
  {
    name: 'a token that is made',
    files: {
      'issue.ts': `import jwt from 'jsonwebtoken';\nconst KEY = 'an-own-key-that-nobody-must-see-0123';\nexport const issue = (id: string) =>\n  jwt.sign({ sub: id }, KEY, { expiresIn: '15m', audience: 'shop' });`,
    },
    at: 'jwt.sign',
    says: [
      '**Makes a signed access token**, with [jsonwebtoken](https://github.com/auth0/node-jsonwebtoken#readme)',
      '',
      '- Payload: fields `sub`',
      "- Algorithm: `HS256`, the library's default",
      '- Key: a literal, not shown (from line 2)',
      '- Lifetime: 15 minutes',
      '- Issuer (`iss`): `issuer` is not set',
      '- Audience (`aud`): `shop`',
    ],
  },
  {
    name: 'a cookie, with what is not set',
    files: {
      'cookie.js': `const express = require('express');\nconst app = express();\napp.get('/', (req, res) => {\n  res.cookie('theme', req.query.theme, { secure: true });\n});`,
    },
    at: 'res.cookie',
    says: [
      '**Sets a cookie**, with [express](https://expressjs.com/en/5x/api.html#res.cookie)',
      '',
      '- Name: `theme`',
      "- `HttpOnly` (scripts cannot read it): `false`, the library's default",
      '- `Secure` (sent over TLS only): `true`',
      '- `SameSite` (not sent from other sites): `sameSite` is not set',
    ],
  },
  {
    name: 'an endpoint',
    files: {
      'route.js': `const express = require('express');\nconst app = express();\napp.get('/health', function health(req, res) { res.send('ok'); });`,
    },
    at: 'app.get',
    says: [
      '**Declares an endpoint**, with [express](https://expressjs.com/en/4x/api.html)',
      '',
      '- Method: `GET`',
      '- Path: `/health`',
      '- Handlers: the function `health`',
    ],
  },
  {
    name: 'a token in Python',
    files: {
      'tokens.py': `import os\nimport jwt\nfrom datetime import datetime, timedelta, timezone\n\ndef issue(user):\n    return jwt.encode({"sub": user.id, "exp": datetime.now(timezone.utc) + timedelta(minutes=15)}, os.environ["KEY"])\n`,
    },
    at: 'jwt.encode',
    says: [
      '**Makes a signed access token**, with [jwt](https://pyjwt.readthedocs.io/en/stable/api.html)',
      '',
      '- Payload: fields `sub`, `exp`',
      "- Algorithm: `HS256`, the library's default",
      '- Key: the environment variable `KEY`, checked at the start',
      '- Lifetime: 15 minutes',
      '- Issuer (`iss`): `iss` is not set',
      '- Audience (`aud`): `aud` is not set',
    ],
  },
  {
    name: 'a verification in Python',
    files: {
      'verify.py': `import jwt\nfrom settings import KEY\n\ndef read(token):\n    return jwt.decode(token, KEY, algorithms=["ES256"], audience="a", issuer="b", leeway=30)\n`,
    },
    at: 'jwt.decode',
    says: [
      "**Verifies a token's signature**, with [jwt](https://pyjwt.readthedocs.io/en/stable/api.html)",
      '',
      '- Token: `token`',
      '- Key: `settings.KEY`',
      '- Accepted algorithms: `ES256`',
      '- Expected issuer: `b`',
      '- Expected audience: `a`',
      "- Expiry (`exp`): checked, the library's default",
      '- Clock tolerance: 30 seconds',
      '- A bad token gives: an exception',
    ],
  },
  {
    name: 'a secret that is read',
    files: {
      'key.js': `const JWT_SECRET = process.env.JWT_SECRET;\nif (!JWT_SECRET) throw new Error('no secret');\nmodule.exports = JWT_SECRET;`,
    },
    at: 'process.env.JWT_SECRET',
    says: [
      '**Takes a secret**, written by hand',
      '',
      '- Serves as: a signing key',
      '- Comes from: the environment variable `JWT_SECRET`',
      '- Name: `JWT_SECRET`',
    ],
  },
  {
    name: 'an authorization request by hand',
    files: {
      'login.ts': `export function login(req, res) {\n  const state = crypto.randomUUID();\n  req.session.state = state;\n  const query = new URLSearchParams({ response_type: 'code', client_id: 'shop', redirect_uri: 'https://shop.example/cb', scope: 'openid email', state, code_challenge: req.session.challenge, code_challenge_method: 'S256' });\n  res.redirect('https://idp.example/authorize?' + query);\n}`,
    },
    at: 'response_type',
    says: [
      '**Sends a browser to an authorization server**, written by hand',
      '',
      '- Endpoint: `https://idp.example/authorize`',
      '- `response_type`: `code`',
      '- Client: `shop`',
      '- `redirect_uri`: `https://shop.example/cb`',
      '- Scopes: `openid email`',
      '- `state`: 16 random bytes from a cryptographic source (from line 2)',
      '- Code challenge (PKCE): `req.session.challenge`',
      '- Challenge method: `S256`',
      '- Kind of client: server (from line 1)',
    ],
  },
  {
    name: 'a token request by hand',
    files: {
      'exchange.py': `import os\nimport requests\n\ndef exchange(code, verifier):\n    return requests.post("https://idp.example/token", data={"grant_type": "authorization_code", "code": code, "client_id": "shop", "client_secret": os.environ["CLIENT_SECRET"], "code_verifier": verifier, "redirect_uri": "https://shop.example/cb"})\n`,
    },
    at: 'requests.post',
    says: [
      '**Asks an authorization server for tokens**, with requests',
      '',
      '- Endpoint: `https://idp.example/token`',
      '- `grant_type`: `authorization_code`',
      '- Client: `shop`',
      '- Client secret: the environment variable `CLIENT_SECRET`, checked at the start',
      '- Code verifier: `verifier`',
      '- `redirect_uri`: `https://shop.example/cb`',
    ],
  },
  {
    name: 'who is calling',
    files: {
      'me.js': `const express = require('express');\nconst app = express();\napp.get('/me', (req, res) => res.json({ id: req.session.userId }));`,
    },
    at: 'req.session',
    says: [
      '**Reads who is calling**, with [express](https://expressjs.com/en/4x/api.html)',
      '',
      '- From: req.session',
      '- Backed by: session',
    ],
  },
  {
    name: 'sessions',
    files: {
      'session.js': `const session = require('express-session');\nmodule.exports = session({ name: 'sid', secret: process.env.SESSION_SECRET, cookie: { secure: true, sameSite: 'lax' } });`,
    },
    at: 'session({',
    says: [
      '**Sets a cookie that holds a session credential**, with express-session',
      '',
      '- Name: `sid`',
      '- `HttpOnly`: on',
      '- `Secure`: on',
      '- `SameSite`: lax',
    ],
  },
  {
    name: 'nothing is said of other calls',
    files: { 'plain.js': `const jwt = require('jsonwebtoken');\nconst x = Math.max(1, 2);` },
    at: 'Math.max',
    says: undefined,
  },
];

describe('hovers on recognised calls', () => {
  for (const model of LIBRARIES) {
    const rows = [...(model.calls ?? []), ...(model.members ?? [])] as unknown as readonly Row[];
    const facts = rows.filter((row) => row.is !== undefined);
    if (facts.length === 0) continue;
    it(`${model.ecosystem}: ${model.name} says what each of its ${facts.length} rows does`, () => {
      for (const row of facts) {
        const text = describeFact(factOf(row), { library: { name: model.name, docs: model.docs } });
        const name = row.call ?? row.member ?? '';
        assert.ok(text.includes(`[${model.name}](${model.docs})`), `${name} does not name its library: ${text}`);
        assert.match(text, /^\*\*[A-Z][\w' `(),.…-]+\*\*, /, `${name} does not begin with a sentence: ${text}`);
      }
    });
  }

  it('never shows a secret', () => {
    const key: Value = { kind: 'literal', value: 'hunter2hunter2' };
    assert.equal(sayOrigin(key), 'a literal, not shown');
    assert.equal(sayValue({ kind: 'literal', value: 'sk_live_51H8xQ2eZvKYlo2C9aBcD3fGh' }), 'a text that is not shown');
    assert.equal(
      sayOrigin({ kind: 'environment', name: 'KEY', fallback: key, checked: false }),
      'the environment variable `KEY`, or else a literal, not shown',
    );
  });

  it('has words for a kind that nobody described', () => {
    assert.deepEqual(wordsFor('SomethingNew' as FactKind, {}), { does: 'Something new', shows: [] });
  });

  for (const { name, files, at, says } of CASES) {
    it(name, async () => {
      const [path, text] = Object.entries(files)[0] as [string, string];
      const hover = (await snapshotOf(files)).hover(path, text.indexOf(at));
      assert.equal(hover?.markdown, says?.join('\n'));
    });
  }
});

function factOf(row: Row): Fact {
  const roles: Record<string, Value> = {};
  for (const [role, plain] of Object.entries({ ...row.defaults, ...row.fixed }))
    roles[role] = plainValue(plain, undefined);
  return {
    kind: row.is as FactKind,
    roles: withAbsent(roles),
    spans: {},
    at: { path: 'a', span: { start: 0, end: 1 } },
    path: 'a',
    library: '',
  } as Fact;
}
