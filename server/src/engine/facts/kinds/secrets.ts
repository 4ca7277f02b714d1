/** Secrets and where they come from. */
export interface SecretFacts {
  /**
   * A secret enters a role, or stands in a setting. `purpose` is `hmac-key`, `private-key`, `session`, `cookie-signing`,
   * `client-secret`, `api-key`, `webhook`, `encryption-key`, `password`, `token` (one that is made here) or `setting`
   * (read from the environment or a file, its use not seen); `value` what is known of it (never print it); `whenMissing`
   * is `throws` (at start-up), `throws at use` or `accepted`, where the library decides; `form` is `live-credential`
   * where the text itself has a known format; `file` is `code`, `configuration`, `example` or `client`.
   * `session({ secret })`, `SECRET_KEY = os.environ["SECRET_KEY"]`.
   */
  SecretUse: 'purpose' | 'value' | 'whenMissing' | 'form' | 'file' | 'name';
}
