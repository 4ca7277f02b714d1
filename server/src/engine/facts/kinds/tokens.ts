/** Acts on tokens: making, checking, reading, ending them. Each role is a value; what each means stands beside it. */
export interface TokenFacts {
  /**
   * A token is made. `jwt.sign(payload, key, { expiresIn: '15m' })`, `jwt.encode(payload, key, algorithm="HS256")`.
   * `lifetime` is a duration (seconds); `expiresAt` the moment or number that stands in `exp`; `claims` the payload;
   * `protection` is `signed` or `encrypted`; `use` says for what the token is (`access`, `refresh`, `reset` …).
   */
  TokenIssue:
    | 'payload'
    | 'key'
    | 'algorithm'
    | 'lifetime'
    | 'expiresAt'
    | 'use'
    | 'issuer'
    | 'audience'
    | 'jti'
    | 'protection'
    | 'store'
    | 'result';
  /**
   * A token is checked. `algorithms` is what the caller lists; `choice` who chooses when nothing is listed
   * (`caller-lists`, `key-fixes-one`, `key-fixes-family`, `library-fixes`, `token-chooses`); `articleList` true where
   * the checklist asks for the list all the same; `signature` is `checked` or `skipped`; `expiry` is `checked`,
   * `required` or `skipped`; `failure` is `throws`, `returns`, `second value` or `promise`; `result` the payload.
   */
  TokenVerify:
    | 'token'
    | 'key'
    | 'algorithms'
    | 'choice'
    | 'articleList'
    | 'signature'
    | 'issuer'
    | 'audience'
    | 'expiry'
    | 'clockTolerance'
    | 'failure'
    | 'result'
    | 'keyFrom'
    | 'use'
    | 'callback';
  /** A token is read without a check: `jwt.decode(token)`, `atob(token.split('.')[1])`. `part` is `header` or `payload`. */
  TokenDecode: 'token' | 'part' | 'result';
}
