import jwt from 'jsonwebtoken';

const ISSUER = 'https://notes.example.com';
const AUDIENCE = 'https://api.notes.example.com';

/** The signing key. The process does not start without one that is long enough for HS256. */
function signingKey() {
  const key = process.env.ACCESS_TOKEN_KEY;
  if (!key || Buffer.byteLength(key) < 32) {
    throw new Error('ACCESS_TOKEN_KEY must be set, with at least 32 bytes');
  }
  return key;
}

const KEY = signingKey();

/** An access token for a user: who, and for how long. Nothing else is in it. */
export function issueAccessToken(userId) {
  return jwt.sign({ sub: userId, typ: 'access' }, KEY, {
    algorithm: 'HS256',
    expiresIn: '10m',
    issuer: ISSUER,
    audience: AUDIENCE,
  });
}

/** The user id of a valid access token. Throws for every other text. */
export function userOf(token) {
  const claims = jwt.verify(token, KEY, { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE });
  if (claims.typ !== 'access') {
    throw new Error('This is no access token');
  }
  return claims.sub;
}
