/** Where credentials can leak: logs, errors, addresses. Each role is a value; what each means stands beside it. */
export interface LeakFacts {
  /** The file handles a credential: `kind` as in `semantics/credential-kinds.ts`, `name` as written. One for each kind and file. */
  Credential: 'kind' | 'name';
  /** Something is logged or printed: `logger.info(…)`, `print(…)`. `level` is the method's name. */
  LogWrite: 'level';
  /** An error is answered to the client, or thrown with a message: `res.status(500).json(…)`, `raise HTTPException(…)`. */
  ErrorResponse: 'status' | 'body';
  /**
   * A credential flows into a log, an error or an address. `kinds` is the list of credential kinds, `sink` is `log`,
   * `error` or `url`; `carrier` is `scalar` or says in words what holds it (`request headers`); `source` is `value`,
   * `container` or `http error`; `parameter` the name in the URL; `redactor` a function that may take it out, which
   * cannot be told.
   */
  CredentialFlow: 'kinds' | 'sink' | 'carrier' | 'source' | 'parameter' | 'redactor' | 'gravity';
  /** A token is accepted from the query string; `name` is the parameter's. */
  QueryToken: 'name';
  /**
   * A logger of requests is configured. `writes` says what it prints unmasked (`request headers`, `bodies`, or
   * other words); `named` is a format or list that names what is printed; `redacted` the paths, keys or names that it masks; absent where there is no such option.
   */
  HttpLogConfig: 'writes' | 'named' | 'redacted';
  /** A switch that makes a library print credentials: `on` is its value, `prints` what it writes, in words. */
  LibraryDebug: 'on' | 'prints';
  /**
   * An HTTP request is sent. `failure` says what its error object or message holds: `request` (headers, body, URL), `url`
   * or `nothing`; the other roles are where the request's parts stand.
   */
  ClientRequest: 'url' | 'options' | 'body' | 'query' | 'failure';
}
