/** The acts of OAuth and OpenID Connect. Each role is a value; what each means stands beside it. */
export interface OAuthFacts {
  /**
   * A browser is sent to an authorization endpoint: a URL by hand, or a library's call. `client` is the kind of client
   * (`browser`, `mobile`, `desktop`, `cli`, `server`, `worker`, `unknown`), its place the evidence. `stateBy` and
   * `pkceBy` are `library` where the library does the whole work by itself, `off` where it does not, `caller`
   * where the caller must, `configured` where another place has said it (`strategy` names which). `clientSecret` is a secret that travels along. `verifier` is what the library
   * hashes itself; `exposed` a verifier that travels in the address.
   */
  AuthorizationRequest:
    | 'responseType'
    | 'responseMode'
    | 'state'
    | 'nonce'
    | 'challenge'
    | 'challengeMethod'
    | 'verifier'
    | 'exposed'
    | 'scope'
    | 'redirectUri'
    | 'endpoint'
    | 'clientId'
    | 'clientSecret'
    | 'client'
    | 'stateBy'
    | 'pkceBy'
    | 'provider'
    | 'strategy';
  /**
   * The answer of an authorization request arrives. `check` is how `state` is compared (`equality`, `lookup`,
   * `signature`, `presence`, `library`, `none`, `unknown`), its place where; `missing` what a missing value does
   * (`rejects`, `skips`), `failure` what a wrong one does (`rejects`, `continues`), `bound` whether the kept value is
   * this browser's (`yes`, `no`, `unknown`), `order` when it stops (`before`, `after`: after the exchange but before
   * the sign-in, `late`).
   */
  CallbackHandler: 'code' | 'state' | 'route' | 'check' | 'missing' | 'failure' | 'bound' | 'order';
  /**
   * The token endpoint is called (`side` is `sends`) or answered (`serves`). `presents` says of a verifier that is
   * sent whether it is the kept one. `auth` is another proof of the client: an assertion, a certificate, a Basic header.
   * `stateBy` is `library` where the library compares `state` by itself, `expectedState` what it is told to compare with. Where it
   * is answered, `verifierCheck` is `demanded`, `optional` (only if a challenge was stored), `skipped` (if the verifier is left
   * out), `none` or `unknown`; `secretCheck` whether a client secret is `read`.
   */
  TokenRequest:
    | 'grantType'
    | 'clientId'
    | 'clientSecret'
    | 'client'
    | 'verifier'
    | 'verifierBy'
    | 'code'
    | 'redirectUri'
    | 'scope'
    | 'endpoint'
    | 'side'
    | 'auth'
    | 'username'
    | 'password'
    | 'refreshToken'
    | 'stateBy'
    | 'expectedState'
    | 'verifierCheck'
    | 'secretCheck';
  /**
   * A value that must be unforeseeable is made: `use` is `state`, `nonce` or `verifier`, `source` is `crypto`, `guessable`,
   * `constant`, `once` (made once, for many logins), `length` the number of characters after encoding.
   */
  RandomValue: 'use' | 'source' | 'length' | 'value' | 'client';
  /** A route takes a user name and a password in the shape of the password grant. `checkedAgainst` is `ownStore` or `unknown`. */
  CredentialForm: 'checkedAgainst' | 'form';
  /** The device flow is started, or its code traded in. */
  DeviceRequest: 'endpoint' | 'scope';
  /**
   * A person, a code or a token is sent to an address that the request had a say in. `purpose` is `afterLogin`, `afterLogout`,
   * `authorizationResponse`, `clientRedirectUri` or `mailLink`; `check` is `none`, `weak`, `strong`, `unknown`, `fixed`
   * (a constant or a setting), `host` or `parameter`, its place the check; `lets` an address that gets through;
   * `absolute` whether any site does; `carries` is `code`, `token` or `nothing`.
   */
  RedirectDecision: 'target' | 'purpose' | 'check' | 'lets' | 'absolute' | 'carries' | 'source';
  /**
   * Something is posted to another window, or taken from one (`side` is `posts` or `listens`). `targetOrigin` is where to,
   * `carries` is `code`, `token` or `nothing`, `originCheck` `checked` or `none`.
   */
  WindowMessage: 'side' | 'message' | 'targetOrigin' | 'carries' | 'originCheck';
  /**
   * One scope is asked for. `level` is `identity`, `neutral`, `read`, `write`, `full`, `admin` or `unknown`; `family` what it
   * opens (`identity`, `mail`, `files`, `calendar`, `sheets`, `contacts`, `repositories`, `directory`, `cloud`, `own`);
   * `narrower` a scope that would do for reading; `use` is `used`, `read`, `identity`, `unseen`; `from` is `code`, `request` or
   * `configuration`; `grant` is `user` or `client`.
   */
  ScopeRequest: 'scope' | 'provider' | 'level' | 'family' | 'narrower' | 'use' | 'from' | 'grant' | 'client';
  /** A server decides what a new token may do. `limitedBy` is `nothing`, `list` or `unknown`. */
  ScopeGrant: 'scopes' | 'limitedBy';
  /** A token's scopes are looked at. `comparison` is `membership`, `substring`, `prefix`, `whole` or `library`. */
  ScopeCheck: 'required' | 'presented' | 'comparison';
  /** A provider's API is called. `effect` is `reads` or `writes`. */
  ApiUse: 'family' | 'effect';
  /** The `nonce` of an ID token is compared (`compares` is `equality`), or an ID token is verified without that (`none`). */
  StateCheck: 'subject' | 'compares';
  /** An OAuth client is configured, for a flow that starts elsewhere. */
  OAuthClientConfig: 'redirectUri' | 'clientId' | 'clientSecret';
  /** An authorization server is configured. `pkceMethods` are the challenge methods it accepts, `by` whether `code` or `default` says so. */
  AuthorizationServerConfig: 'pkceMethods' | 'by';
}
