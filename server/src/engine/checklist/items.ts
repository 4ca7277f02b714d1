/** The sixteen questions of the checklist, in the article's order and words. Ids are public API: they never change. */
export interface ChecklistItem {
  readonly number: number;
  readonly id: string;
  readonly question: string;
  /** Whether the question is about who somebody is, about what they may do, or both. */
  readonly about: 'authentication' | 'authorization' | 'both';
}

export const CHECKLIST = [
  {
    number: 1,
    id: 'oauth-flow',
    about: 'authentication',
    question: 'Are we using the right OAuth flow for this use case?',
  },
  { number: 2, id: 'pkce', about: 'authentication', question: 'Is PKCE implemented for public clients?' },
  {
    number: 3,
    id: 'jwt-algorithms',
    about: 'authentication',
    question: 'Are JWTs validated with explicit algorithm specification?',
  },
  {
    number: 4,
    id: 'token-expiry',
    about: 'authentication',
    question: 'Do access tokens have short expiry (`exp` claim set)?',
  },
  {
    number: 5,
    id: 'issuer-audience',
    about: 'authentication',
    question: 'Is the `iss` (issuer) and `aud` (audience) being validated?',
  },
  { number: 6, id: 'refresh-rotation', about: 'authentication', question: 'Is refresh token rotation implemented?' },
  {
    number: 7,
    id: 'refresh-storage',
    about: 'authentication',
    question: 'Are refresh tokens stored securely (not in localStorage)?',
  },
  { number: 8, id: 'revocation', about: 'authentication', question: 'Is there a token revocation strategy?' },
  {
    number: 9,
    id: 'redirect-uri',
    about: 'both',
    question: 'Are redirect URIs strictly validated against a whitelist?',
  },
  { number: 10, id: 'state', about: 'authentication', question: 'Is the `state` parameter used to prevent CSRF?' },
  { number: 11, id: 'token-logging', about: 'authentication', question: 'Are tokens being excluded from logs?' },
  {
    number: 12,
    id: 'scopes',
    about: 'authorization',
    question: 'Does each OAuth scope request follow the principle of least privilege?',
  },
  {
    number: 13,
    id: 'identity-source',
    about: 'authorization',
    question: 'Is user identity derived from the token, not from request input?',
  },
  {
    number: 14,
    id: 'secrets',
    about: 'authentication',
    question: 'Are signing keys and client secrets strong, and kept out of the code and the repository?',
  },
  {
    number: 15,
    id: 'token-payload',
    about: 'authentication',
    question: 'Are JWT payloads free of passwords, personal data and secrets?',
  },
  {
    number: 16,
    id: 'endpoint-protection',
    about: 'authorization',
    question: 'Does every endpoint that needs it check who calls and what they may do?',
  },
] as const satisfies readonly ChecklistItem[];

export type ChecklistItemId = (typeof CHECKLIST)[number]['id'];

/** The item with this id, or `undefined`. */
export function itemById(id: string): ChecklistItem | undefined {
  return CHECKLIST.find((item) => item.id === id);
}
