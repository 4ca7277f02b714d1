import { versionIn } from '../facts/token-version.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-version-unchecked',
  item: 'revocation',
  title: 'A token carries a version that nobody compares',
  why: 'A version in the token ends it only if verification compares it with the account’s. Written and never read, it is decoration: raising the version at logout changes nothing.',
  attack:
    'After a theft the owner presses "log out everywhere", and the account’s version goes up. The thief’s token still says the old one, and no verification looks.',
  remedy: 'Load the account at verification (or cache its version), and refuse a token whose version differs.',
  severities: ['warning'],
  precision: 'high',
  cwe: [613],
  references: ['ASVS 7.4.1'],
  noFix: 'The version has to be compared with the stored one, in the way that the model is asked.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nexports.issue = (user) => jwt.sign({ sub: user.id, tokenVersion: user.tokenVersion }, process.env.KEY, { expiresIn: '15m' });\nexports.guard = (req) => jwt.verify(req.token, process.env.KEY);`,
      fixed: `const jwt = require('jsonwebtoken');\nexports.issue = (user) => jwt.sign({ sub: user.id, tokenVersion: user.tokenVersion }, process.env.KEY, { expiresIn: '15m' });\nexports.guard = async (req) => {\n  const claims = jwt.verify(req.token, process.env.KEY);\n  const user = await User.findById(claims.sub);\n  if (user.tokenVersion !== claims.tokenVersion) throw new Error('ended');\n};`,
    },
  ],
  on: 'TokenIssue',
  *check({ roles, at }, ctx) {
    const use = textOf(roles.use);
    if (use !== undefined && use !== 'access' && use !== 'refresh' && use !== 'session') return;
    const version = versionIn(roles.payload);
    if (!version) return;
    // Nobody who verifies is in sight: it may be compared elsewhere.
    const verifiers = ctx.all('TokenVerify').filter((v) => textOf(v.roles.issuerKind) !== 'provider');
    if (verifiers.length === 0 || ctx.all('RevocationCheck').some((c) => textOf(c.roles.how) === 'version')) return;
    yield {
      at: version.value.place ?? at,
      touches: verifiers.map((v) => v.path),
      message: `The token carries \`${version.claim}\`, and no verification compares it.`,
    };
  },
});
