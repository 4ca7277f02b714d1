/** What a token is for, by the names that code gives it, and by the claims that say so. */

/** What a token is for. Unknown ones count as access tokens. */
export type TokenUse =
  | 'access'
  | 'refresh'
  | 'id'
  | 'reset'
  | 'verify-email'
  | 'magic-link'
  | 'invite'
  | 'download'
  | 'mfa'
  | 'code'
  | 'service';

/** Tokens that are used once, from a mail or a link. */
export const ONE_TIME_USES: ReadonlySet<string> = new Set(['reset', 'verify-email', 'magic-link', 'invite']);

/** Claims that say what a token is for. */
export const USE_CLAIMS: readonly string[] = [
  'type',
  'typ',
  'token_use',
  'tokenUse',
  'token_type',
  'tokenType',
  'purpose',
  'use',
  'kind',
  'scope',
  'action',
  'aud',
];

/** Words of a name that decide, in this order: a name may hold several (`verifyPasswordResetToken`). */
const BY_WORDS: readonly (readonly [RegExp, TokenUse])[] = [
  [/\b(?:refresh|renew(?:al)?)\b/, 'refresh'],
  [/\b(?:reset|forgot|forgotten|recover|recovery)\b/, 'reset'],
  [/\b(?:magic|passwordless)\b|\blogin (?:link|email)\b/, 'magic-link'],
  [/\b(?:invit(?:e|ation|es|ations)|invitee)\b/, 'invite'],
  [
    /\bemail\b.*\b(?:verif(?:y|ication)|confirm(?:ation)?|change|token)\b|\b(?:verif(?:y|ication)|confirm(?:ation)?)\b.*\b(?:e ?mail|account|address|link)\b|\b(?:activat(?:e|ion)|verification|confirmation)\b/,
    'verify-email',
  ],
  [/\b(?:mfa|2fa|totp|otp|two factor|second factor|step up|pre auth|preauth|challenge)\b/, 'mfa'],
  [/\bid token\b/, 'id'],
  [/\b(?:auth(?:orization)? code|authcode)\b/, 'code'],
  [/\b(?:download|signed url|share link|unsubscribe|export)\b/, 'download'],
  [/\b(?:client assertion|service|machine|m2m|internal|s2s|webhook|licen[cs]e|app jwt)\b/, 'service'],
  [/\b(?:access|session|bearer|login|auth|at jwt)\b/, 'access'],
];

/** Whether a name says outright that its token is an access token. */
export function saysAccess(name: string): boolean {
  return /\b(?:access|bearer)\b|\bat jwt\b/.test(wordsOf(name));
}

/** The use that a name speaks of; `undefined` if it speaks of none. */
export function useOfName(name: string): TokenUse | undefined {
  const words = wordsOf(name);
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

/** What is longer is no name that somebody gave. */
const LONGEST_NAME = 300;

/** A name as lower-case words: `refreshTokenTTL` → `refresh token ttl`. */
export function wordsOf(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}
