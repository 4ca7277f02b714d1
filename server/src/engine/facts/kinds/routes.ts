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
   * A library's own guard: `passport.authenticate('jwt')`, `@login_required`. `proves` is `authenticated`, `role` or `owner`;
   * `outcome` is `rejects` or `optional`.
   */
  Guard: 'proves' | 'outcome' | 'names';
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
  /**
   * A way in that lacks what it needs in front of it. `lacks` is `caller` (nobody asks who is calling), `role` (an
   * administrative one asks only for a login), `sibling-role` (a write asks for less than another on the same model);
   * `sibling` names that other one; `effect` is `write` or `read`; `why` says what makes a read private.
   */
  Endpoint: 'method' | 'route' | 'effect' | 'lacks' | 'sibling' | 'model' | 'why' | 'severity' | 'section' | 'related';
  /**
   * Stored data is touched under a key or with a field that the request chooses. `key` is `object` (any row), `subject`
   * (whose rows), `owner` or `rights` (a written field); `lacks` is `check` where nothing ties it to the caller; `sibling`
   * names an access of the model that is checked.
   */
  ObjectAccess: 'model' | 'op' | 'key' | 'field' | 'source' | 'lacks' | 'sibling' | 'route' | 'related';
  /** A request's body is copied onto a record. `fields` are those that a client must not set; `target` the model. */
  BulkAssign: 'source' | 'target' | 'fields' | 'listed' | 'related';
  /** Who is calling is taken from what the client can write: a cookie without a signature, a header. */
  UnsignedIdentity: 'source' | 'name' | 'route';
  /** An external identity is matched with a local account: `by` `email`; `verifiedEmail` `unchecked`, or `checked` without the subject being kept. */
  AccountMatch: 'by' | 'verifiedEmail';
  /** A guard whose failure lets the request go on. `how` is `answered` (a refusal is written, and the handler runs) or `caught`. */
  GuardFlaw: 'guard' | 'how' | 'severity';
  /** A path, domain or role is tested by a part of it. `of` is `path`, `domain` or `role`; `form` `contains`, `ends`, `starts`. */
  PartialTest: 'of' | 'form' | 'text';
  /** A pattern in front of routes misses one of them. */
  PatternGap: 'pattern' | 'route' | 'kind';
  /** What an item rests on, for its examiner: a sentence (`evidence`) or what a person must decide (`question`). */
  AccessStatement: 'item' | 'evidence' | 'question';
}
