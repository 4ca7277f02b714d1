/** Ways in, guards, stored data. Each role is a value; what each means stands beside it. */
export interface RouteFacts {
  /**
   * A way in is declared: `app.post('/x', guard, handler)`, `@app.get("/x")`. `transport` is `http`, `graphql`, `rpc`,
   * `socket`, `action` or `message`; `method` the verb (a text or a list); `path` as written; `handlers` the functions
   * given, in order, the handler last; `owner` the router's value; `guards` what else stands in front; `mode` how guards
   * compose (`sequence`, `scope`, `class`, `decorated`); `parameters` says which parameters of the handler the request
   * fills (`all`, `path`).
   */
  Route: 'transport' | 'method' | 'path' | 'handlers' | 'owner' | 'guards' | 'mode' | 'parameters';
  /** A router is hung into another. `isolated` mounts keep the parent's guards away. */
  RouterMount: 'parent' | 'child' | 'prefix' | 'guards' | 'mode';
  /** Guards are put in front of an app, a router, a class, a method, a parameter. */
  GuardBinding: 'owner' | 'path' | 'handlers' | 'mode' | 'event';
  /**
   * A value of the request. `source` is `body`, `query`, `path`, `header`, `host`, `cookie`, `message` or `args`; `name`
   * which one, absent for the whole object.
   */
  RequestInput: 'source' | 'name';
  /**
   * The caller is read. `slot` says where from (`req.user`, `session`), `name` which entry; `backing` how far it can be
   * trusted: `verified`, `session`, `decoded`, `unsigned`, `request`, `unknown`.
   */
  PrincipalRead: 'slot' | 'name' | 'backing';
}
