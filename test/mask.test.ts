/** Credentials in shown code lose all but their first characters; everything else stays as it is. */
import assert from 'node:assert/strict';
import { maskSecrets } from '../server/src/report/mask.js';

describe('maskSecrets', () => {
  const masked: readonly (readonly [before: string, after: string])[] = [
    [`const JWT_SECRET = 'hunter2-hunter2';`, `const JWT_SECRET = 'hun••••••••••••';`],
    [`JWT_SECRET=hunter2-hunter2`, `JWT_SECRET=hun••••••••••••`],
    [`os.getenv("SECRET_KEY", "change-me")`, `os.getenv("SECRET_KEY", "cha••••••")`],
    [`process.env.JWT_SECRET || 'fallback'`, `process.env.JWT_SECRET || 'fal•••••'`],
    [`client_secret: "GOCSPX-abcdefghijkl"`, `client_secret: "GOC••••••••••••••••"`],
    [`x = "ghp_abcdefghijklmnopqrst"`, `x = "ghp•••••••••••••••••••••"`],
    ['-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END', '-----BEGIN PRIVATE KEY-----\nMI••••\n-----END'],
  ];
  for (const [before, after] of masked) {
    it(`masks ${JSON.stringify(before)}`, () => assert.equal(maskSecrets(before, []), after));
  }

  const left: readonly string[] = [
    'const secret = process.env.JWT_SECRET;',
    'jwt.encode(payload, SECRET_KEY, algorithm=ALGORITHM)',
    'jwt.verify(token, config.jwt.secret, { algorithms: ["HS256"] })',
    'password: String,',
    'const passwordHash = await bcrypt.hash(password, 12);',
    'hashed_password = Column(String)',
    'payload = {"hashed_password": user.hashed_password}',
    'secretOrKey: getSigningKey(request)',
  ];
  for (const text of left) it(`leaves ${text}`, () => assert.equal(maskSecrets(text, []), text));
});
