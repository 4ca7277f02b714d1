/** The sixteen questions of the checklist, in the article's order and words. Ids are public API: they never change. */
export interface ChecklistItem {
  readonly number: number;
  readonly id: string;
  /** A name for narrow places. */
  readonly title: string;
  readonly question: string;
  /** Whether the question is about who somebody is, about what they may do, or both. */
  readonly about: 'authentication' | 'authorization' | 'both';
  /** What is looked for: where there is none of it, the item is not relevant. */
  readonly subject: string;
}

export const CHECKLIST = [
  {
    number: 1,
    id: 'oauth-flow',
    title: 'OAuth flow',
    subject: 'OAuth flows and grants',
    about: 'authentication',
    question: 'Are we using the right OAuth flow for this use case?',
  },
  {
    number: 2,
    id: 'pkce',
    title: 'PKCE',
    subject: 'authorization codes that are asked for or exchanged',
    about: 'authentication',
    question: 'Is PKCE implemented for public clients?',
  },
  {
    number: 3,
    id: 'jwt-algorithms',
    title: 'JWT algorithms',
    subject: 'JWTs that are verified or decoded',
    about: 'authentication',
    question: 'Are JWTs validated with explicit algorithm specification?',
  },
  {
    number: 4,
    id: 'token-expiry',
    title: 'Token expiry',
    subject: 'tokens that are issued, and their lifetimes',
    about: 'authentication',
    question: 'Do access tokens have short expiry (`exp` claim set)?',
  },
  {
    number: 5,
    id: 'issuer-audience',
    title: 'Issuer and audience',
    subject: 'tokens that are accepted from elsewhere',
    about: 'authentication',
    question: 'Is the `iss` (issuer) and `aud` (audience) being validated?',
  },
  {
    number: 6,
    id: 'refresh-rotation',
    title: 'Refresh rotation',
    subject: 'refresh tokens that are traded for new ones',
    about: 'authentication',
    question: 'Is refresh token rotation implemented?',
  },
  {
    number: 7,
    id: 'refresh-storage',
    title: 'Token storage',
    subject: 'tokens in storage, cookies, files or databases',
    about: 'authentication',
    question: 'Are refresh tokens stored securely (not in localStorage)?',
  },
  {
    number: 8,
    id: 'revocation',
    title: 'Revocation',
    subject: 'logouts, and tokens that outlive them',
    about: 'authentication',
    question: 'Is there a token revocation strategy?',
  },
  {
    number: 9,
    id: 'redirect-uri',
    title: 'Redirect URIs',
    subject: 'redirects, and redirect URIs that are accepted or sent',
    about: 'both',
    question: 'Are redirect URIs strictly validated against a whitelist?',
  },
  {
    number: 10,
    id: 'state',
    title: 'State',
    subject: 'authorization requests and their callbacks',
    about: 'authentication',
    question: 'Is the `state` parameter used to prevent CSRF?',
  },
  {
    number: 11,
    id: 'token-logging',
    title: 'Tokens in logs',
    subject: 'logs, errors and URLs that could carry a credential',
    about: 'authentication',
    question: 'Are tokens being excluded from logs?',
  },
  {
    number: 12,
    id: 'scopes',
    title: 'Scopes',
    subject: 'scopes that are asked for, granted or checked',
    about: 'authorization',
    question: 'Does each OAuth scope request follow the principle of least privilege?',
  },
  {
    number: 13,
    id: 'identity-source',
    title: 'Source of identity',
    subject: 'data that is chosen by user, account or role',
    about: 'authorization',
    question: 'Is user identity derived from the token, not from request input?',
  },
  {
    number: 14,
    id: 'secrets',
    title: 'Keys and secrets',
    subject: 'keys, secrets and passwords',
    about: 'authentication',
    question: 'Are signing keys and client secrets strong, and kept out of the code and the repository?',
  },
  {
    number: 15,
    id: 'token-payload',
    title: 'Token payload',
    subject: 'payloads of tokens',
    about: 'authentication',
    question: 'Are JWT payloads free of passwords, personal data and secrets?',
  },
  {
    number: 16,
    id: 'endpoint-protection',
    title: 'Endpoint protection',
    subject: 'endpoints that touch data',
    about: 'authorization',
    question: 'Does every endpoint that needs it check who calls and what they may do?',
  },
] as const satisfies readonly ChecklistItem[];

export type ChecklistItemId = (typeof CHECKLIST)[number]['id'];

/** The item with this id, or `undefined`. */
export function itemById(id: string): ChecklistItem | undefined {
  return CHECKLIST.find((item) => item.id === id);
}
