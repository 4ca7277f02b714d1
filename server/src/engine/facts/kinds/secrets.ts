/** Secrets and where they come from. */
export interface SecretFacts {
  /**
   * A secret enters a role, or stands in a setting. `purpose` is `hmac-key`, `private-key`, `session`, `cookie-signing`,
   * `client-secret`, `api-key`, `webhook`, `encryption-key` or `password`; `value` what is known of it (never print it);
   * `whenMissing` is `throws` (at start-up), `throws at use`, or `accepted`, where the library decides.
   */
  SecretUse: 'purpose' | 'value' | 'whenMissing' | 'audience';
}
