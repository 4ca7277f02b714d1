/** Tokens and cookies at rest. */
export interface StorageFacts {
  /**
   * A cookie is written or cleared, as the library is told: attributes as they stand at the call, or the library's
   * defaults. `by` is `header` or `script`; `op` is `set` or `clear`; `protection` is `signed` or `encrypted`.
   */
  CookieWrite:
    | 'name'
    | 'value'
    | 'options'
    | 'httpOnly'
    | 'secure'
    | 'sameSite'
    | 'path'
    | 'domain'
    | 'maxAge'
    | 'by'
    | 'op'
    | 'protection';
  /**
   * A cookie is set, with each attribute judged: `on`, `off` (said so), `missing` (by the library's default), `inverted`
   * (off in production), `unknown`; `sameSite` is `strict`, `lax`, `none`, `off`, `missing` or `unknown`. `valueKind` is
   * `refresh`, `access`, `id`, `session`, `csrf`, `flow` or absent; `from` the call or setting that sets it; `of` is
   * `cookie` or `session` (a framework's own session cookie).
   */
  CookieSet:
    | 'name'
    | 'value'
    | 'valueKind'
    | 'httpOnly'
    | 'secure'
    | 'sameSite'
    | 'path'
    | 'domain'
    | 'maxAge'
    | 'by'
    | 'of'
    | 'protection';
  /** A framework's session is configured. `kept` is `server`, `cookie` or `memory`; `protection` of the cookie's value. */
  SessionConfig:
    | 'name'
    | 'httpOnly'
    | 'secure'
    | 'sameSite'
    | 'path'
    | 'domain'
    | 'maxAge'
    | 'options'
    | 'kept'
    | 'protection'
    | 'store';
  /** Something is written to a store by key, whatever it is. `medium` as in `TokenStore`. */
  StoreWrite: 'medium' | 'key' | 'value' | 'form';
  /**
   * A token is put somewhere. `medium`: `webLocal`, `webSession`, `indexedDb`, `scriptCookie`, `global`, `memory`,
   * `devicePlain`, `deviceSecure`, `extensionLocal`, `extensionSession`, `file`, `osKeyring`, `db`, `cache`.
   * `form`: `clear`, `hashed`, `encrypted`, `unknown`; `owner`: `own` or `provider`; `by`: `code`, `setting`, `default`.
   */
  TokenStore: 'medium' | 'tokenKind' | 'form' | 'key' | 'owner' | 'value' | 'by';
  /** A token goes out in a response's body. */
  TokenResponse: 'tokenKind' | 'alsoInCookie' | 'audience' | 'value';
  /** Cross-origin reads are configured, as the library is told. `wildcard` is `reflected` where `*` takes any origin. */
  CorsConfig: 'origins' | 'pattern' | 'credentials' | 'wildcard';
  /** Which origins may read answers: `origins` is `list`, `any`, `reflected`, `pattern` or `unknown`; `credentials` `on`, `off` or `unknown`. */
  CorsPolicy: 'origins' | 'credentials';
  /** A check against cross-site requests: `kind` is `token`, `originCheck` or `customHeader`. */
  CsrfDefence: 'kind';
}
