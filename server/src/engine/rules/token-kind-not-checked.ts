import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

const NAMES: Readonly<Record<string, string>> = {
  access: 'an access token',
  refresh: 'a refresh token',
  reset: 'a password-reset token',
  'verify-email': 'a verification token',
  'magic-link': 'a login-link token',
  invite: 'an invitation token',
  id: 'an ID token',
  mfa: 'a token of a half-finished login',
  download: 'a download token',
  service: "another service's token",
};

export default defineRule({
  id: 'token-kind-not-checked',
  item: 'issuer-audience',
  title: 'A token of one kind passes as another',
  why: 'Refresh, reset and ID tokens are made for other doors, and live longer.',
  attack:
    'The attacker steals the refresh token that lives for 30 days and sends it as an access token. Every route accepts it, and the short life of access tokens protects nothing.',
  remedy: 'Sign each kind with its own key, or put a `typ` or `type` into the token and compare it.',
  severities: ['error', 'warning'],
  precision: 'medium',
  cwe: [345, 287],
  references: ['RFC 8725 §3.11', 'RFC 8725 §3.12', 'ASVS 9.2.2'],
  noFix: 'Both the issuing and the verifying side have to name the kind.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nconst options = { algorithms: ['HS256'], issuer: 'shop', audience: 'web' };\nexports.refreshToken = (id) => jwt.sign({ sub: id }, process.env.KEY, { expiresIn: '30d', issuer: 'shop', audience: 'web' });\nexports.guard = (token) => jwt.verify(token, process.env.KEY, options);`,
      fixed: `const jwt = require('jsonwebtoken');\nconst options = { algorithms: ['HS256'], issuer: 'shop', audience: 'web' };\nexports.refreshToken = (id) => jwt.sign({ sub: id }, process.env.REFRESH_KEY, { expiresIn: '30d', issuer: 'shop', audience: 'web' });\nexports.guard = (token) => jwt.verify(token, process.env.KEY, options);`,
    },
  ],
  on: 'TokenVerify',
  *check({ roles, at }) {
    const other = textOf(roles.confused);
    if (other === undefined || textOf(roles.signature) === 'skipped') return;
    const use = textOf(roles.use) ?? 'access';
    const grave = use === 'access' && other !== 'id' && other !== 'service' && other !== 'access';
    yield {
      at,
      message: `${sentence(NAMES[other] ?? 'another token')} passes here as ${NAMES[use] ?? 'another one'}: the same key signs both, and no kind is compared.`,
      severity: grave ? 'error' : 'warning',
    };
  },
});

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
