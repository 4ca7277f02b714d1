/** Acts on tokens: making, checking, reading, ending them. Each role is a value; what each means stands beside it. */
export interface TokenFacts {
  /**
   * A token is made. `jwt.sign(payload, key, { expiresIn: '15m' })`, `jwt.encode(payload, key, algorithm="HS256")`.
   * `lifetime` is a duration (seconds); `expiresAt` what stands in `exp`: a duration from now, or a moment or number that
   * is in the wrong unit; `payload` the claims; `claims` each claim as a record of `name` and `class`; `whole` what kind of
   * whole object is among them (`record`, `narrowed record`, `request body`, `provider profile`, `unknown`);
   * `protection` is `signed` or `encrypted`; `use` says for what the token is (`access`, `refresh`, `reset` …), and
   * `useFrom` why (`claim`, `name`, `default`); `unit` names a unit that the lifetime was meant in and is not read in.
   */
  TokenIssue:
    | 'payload'
    | 'claims'
    | 'whole'
    | 'key'
    | 'algorithm'
    | 'lifetime'
    | 'expiresAt'
    | 'unit'
    | 'use'
    | 'useFrom'
    | 'issuer'
    | 'audience'
    | 'jti'
    | 'protection'
    | 'store'
    | 'result';
  /**
   * A token is checked. `algorithms` is what the caller lists; `choice` who chooses when nothing is listed
   * (`caller-lists`, `key-fixes-one`, `key-fixes-family`, `library-fixes`, `token-chooses`); `articleList` true where
   * the checklist asks for the list all the same; `algorithmsFrom` and `keyFrom` are `token` where the token itself
   * decides; `keyKind` is `symmetric`, `asymmetric` or `set`; `unsigned` true where a token without signature may pass;
   * `signature` is `checked` or `skipped`; `expiry` is `checked`, `required` or `skipped`; `issuer` and `audience` are
   * the expected values, or `checked` where the library sees to it; `issuerMatch` and `audienceMatch` how they are
   * compared (`exact`, `loose`, `ignored`, `any`); `missingIssuer` and `missingAudience` are `accepted` where a token
   * without the claim passes; `emptyMeansSkip` true where an empty expectation switches the check off; `issuerKind` is
   * `own` or `provider`; `failure` is `throws`, `returns`, `second value` or `promise`; `handled` is `ignored` where the
   * failure has no effect; `result` the payload; `use` the kind of token that is expected, `kinds` how kinds are told
   * apart (`claim`, `key`, `library`), `confused` what passes in its place; `issuerPattern` and `audiencePattern` say what the library does with a
   * pattern (`searched`, `ignored`); `callback` is called with the claims as its parameter number `claimsAt`.
   */
  TokenVerify:
    | 'token'
    | 'key'
    | 'keyKind'
    | 'keyFrom'
    | 'algorithms'
    | 'algorithmsFrom'
    | 'choice'
    | 'articleList'
    | 'unsigned'
    | 'signature'
    | 'issuer'
    | 'audience'
    | 'issuerMatch'
    | 'audienceMatch'
    | 'missingIssuer'
    | 'missingAudience'
    | 'emptyMeansSkip'
    | 'issuerKind'
    | 'expiry'
    | 'clockTolerance'
    | 'failure'
    | 'handled'
    | 'result'
    | 'use'
    | 'useFrom'
    | 'kinds'
    | 'confused'
    | 'reaches'
    | 'issuerPattern'
    | 'audiencePattern'
    | 'callback'
    | 'claimsAt';
  /**
   * A token is read without a check: `jwt.decode(token)`, `atob(token.split('.')[1])`. `part` is `header`, `payload` or
   * `all`; `reaches` what the result is used for: `decision` (who somebody is, what they may do), `display`, `key`
   * (picks a key), `schedule` (reads `exp`), `caller` (leaves the file); `source` is `token endpoint` for an ID token
   * that came straight from there; `afterExpiry` true where it stands in the handler of an expired token.
   */
  TokenDecode: 'token' | 'part' | 'result' | 'reaches' | 'source' | 'afterExpiry';
  /**
   * A claim of a verified token is compared. `claim` is its name, `expected` the value, `match` `exact`, `loose`
   * (a prefix, a part, an open pattern), `whenMissing` `rejects` or `skips`, `onFailure` `rejects` or `continues`.
   */
  ClaimCheck: 'claim' | 'expected' | 'match' | 'whenMissing' | 'onFailure' | 'issuerKind';
  /**
   * A key that tokens are checked or made with, where its kind is plain: `kind` is `symmetric`, `asymmetric` or `set`;
   * `from` is `token` where the token itself brings it; `source` the address or text.
   */
  KeyMaterial: 'kind' | 'from' | 'source';
  /** A signed link or cookie that is no JWT is opened; `lifetime` is how old it may be. */
  LinkOpen: 'token' | 'lifetime';
  /** A token of another party is kept for later calls. `renewal` is `before end`, `on 401` or `none`. */
  TokenCache: 'token' | 'expiresIn' | 'renewal';
  /**
   * An old refresh token is turned in for new tokens. `side` is `server`, `client` or `settings`; `presented` `refresh` or
   * `access` (an access token that renews itself); `recognisedBy` `library`, `route`, `grant` or `shape`; `newRefresh`
   * `fresh`, `absent` or `unknown`; `end` how the old one ends: `delete`, `mark`, `replace`, `version`, `blocklist`,
   * `binding`, `none`, `unknown`; `flaw` what is wrong with that end: `mark unread`, `other key`, `never runs`,
   * `some paths`; `reuse` `family`, `rejected` or `unnoticed`; `record` true where the lookup asks a record; `files` the
   * files that take part; `taken` where the old one is looked at; `grace` how long a used one is accepted. On the client side `kept` says what is stored
   * (`new`, `new or old`, `access only`, `unknown`) and `clientKind` whether a secret is at hand.
   */
  RefreshExchange:
    | 'side'
    | 'presented'
    | 'recognisedBy'
    | 'newRefresh'
    | 'end'
    | 'flaw'
    | 'reuse'
    | 'record'
    | 'files'
    | 'grace'
    | 'kept'
    | 'clientKind'
    | 'endless'
    | 'taken';
  /**
   * A token is written down as ended. `target` is `blocklist`; `container` where the entry is written; `flaw` is
   * `never read`, `other container` or `other key`; `key` and `readKey` how both sides name it; `kept` `table`, `cache` or
   * `memory`; `ttl` how long the entry lives, `tokenLife` how long the token does.
   */
  Revocation:
    | 'target'
    | 'container'
    | 'trigger'
    | 'read'
    | 'flaw'
    | 'kept'
    | 'ttl'
    | 'tokenLife'
    | 'key'
    | 'readKey'
    | 'files';
  /**
   * A verification asks whether the token was ended. `how` is `blocklist`, `record`, `version`, `library`; `rejects`
   * true where an exit follows; `onError` `open` where a failure lets the token pass; `kept` as in `Revocation`;
   * `written` true where something writes what is asked for.
   */
  RevocationCheck: 'how' | 'container' | 'rejects' | 'onError' | 'kept' | 'written' | 'files';
  /**
   * A person logs out. `effects` is a list of `cookieClear`, `clientClear`, `sessionDestroy`, `sessionClear`, `recordEnd`,
   * `blocklist`, `versionBump`, `providerRevoke`, `providerEndSession`, `unknown`; `side` `server` or `client`;
   * `session` how the session is kept where one is cleared (`cookie`, `server`, `unknown`).
   */
  Logout: 'effects' | 'side' | 'session' | 'leaves' | 'files';
  /**
   * An account is loaded for a token. `field` is the flag that says whether it may be used; `place` `verify` or `refresh`;
   * `tested` true where it is asked; `from` `field` (the model's own) or `library`.
   */
  AccountState: 'field' | 'place' | 'tested' | 'from' | 'guardTests' | 'files';
}
