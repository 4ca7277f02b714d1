/**
 * What semantics may ask about names that are not defined in the workspace. The answers come from library models, which
 * semantics does not know; `facts/models.ts` implements this.
 */

/**
 * Where a role's value stands at a call. Steps, left to right: `arg 0` · `named key` · `receiver` · `return` ·
 * `made` (the call that made that object: `receiver made arg 0`) ·
 * `chain setIssuer` (the call of that method on the same builder) · `option WithIssuer` (the call of that name
 * among the arguments) · `.field` · `[0]` · `param 1` (of a function argument).
 * `returns` (what a function would return). A path may begin elsewhere: `elsewhere npm:x.Module.register` (the call of that
 * name in the workspace) · `given npm:x` (the call that registers it) · `setting NAME` (a setting of a framework).
 * `|` separates alternatives: the first that is there. `args` is all positional arguments as a list.
 */
export type AccessPath = string;

/** What a library call gives as a value, where that is more than "its result". */
export type Gives =
  /** The same value: `String(x)`, `Buffer.from(x)`, `await`-like wrappers. */
  | { readonly same: AccessPath }
  | { readonly environment: AccessPath; readonly fallback?: AccessPath; readonly missing?: 'throws' | 'absent' }
  /** The whole environment as a record: `process.env`. */
  | { readonly environmentRecord: true; readonly missing?: 'throws' }
  /** The settings of the application: each member is the setting of that name, wherever it is written. */
  | { readonly settings: true }
  /** One setting by its name: `app.config.get("X")`. */
  | { readonly setting: AccessPath; readonly fallback?: AccessPath }
  | { readonly random: 'cryptographic' | 'guessable'; readonly bytes?: AccessPath | number }
  /** Now, or the moment that the path holds, in that unit; `plus` adds so many of `per` seconds. */
  | {
      readonly moment: 's' | 'ms' | 'object';
      readonly of?: AccessPath;
      readonly plus?: AccessPath;
      readonly per?: number;
    }
  /** A duration: seconds for each named or positional argument. */
  | { readonly duration: Readonly<Record<string, number>> }
  /** A duration of so many seconds: `time.Hour`. */
  | { readonly seconds: number }
  /** Several results, each by itself: `value, ok := os.LookupEnv(name)`. */
  | { readonly results: readonly Gives[] }
  /** A text with `%s` and the like in it, filled in with the arguments after it. */
  | { readonly format: AccessPath }
  /** Records merged left to right: `Object.assign(a, b)`. */
  | { readonly merge: AccessPath }
  /** A value that keeps no text of its sources: `hash`, `length`, `boolean`, `slice`. */
  | { readonly derived: string; readonly of?: AccessPath }
  /** What a function argument returns, called with these: `promise.then(f)`. */
  | { readonly apply: AccessPath; readonly to?: AccessPath }
  | { readonly literal: string | number | boolean | null }
  /** A form, a query: fields that methods set and read later. Made from a record, a list of pairs, a text `a=b&c=d`, or nothing. */
  | { readonly fieldsOf: AccessPath; readonly type: string }
  /** An address as a record: `address` is its text, `searchParams` its query (of the type `query`). */
  | { readonly address: AccessPath; readonly type: string; readonly query: string }
  /** The member of that name: `form.get('code')`. */
  | { readonly member: AccessPath; readonly of: AccessPath }
  /** A list with the items of that path. */
  | { readonly items: AccessPath }
  /** A validated record: each key of the schema; a key without a default is demanded (`z.object({...}).parse(process.env)`). */
  | { readonly schemaOf: AccessPath };

export interface CallKnowledge {
  readonly gives?: Gives;
  /** The type of the result, as a full name; `receiver` for builders. */
  readonly returns?: string;
  /** Never returns: `process.exit`, `abort`, `redirect`. */
  readonly exits?: boolean;
}

export interface MemberKnowledge {
  readonly gives?: Gives;
  readonly type?: string;
}

/** What a library model says of a name beside its value: a fact kind, its fixed roles, and where its other roles stand at a call. */
export interface Saying {
  readonly is: string;
  readonly fixed: Readonly<Record<string, string | number | boolean | null>>;
  readonly roles: Readonly<Record<string, AccessPath>>;
  /** The literals, `absent` or `present`, that must stand at these paths of the call. */
  readonly when?: Readonly<Record<string, unknown>>;
}

export interface Knowledge {
  /** What models say of calling or reading this name. */
  says(name: string): readonly Saying[];
  /** The types of the parameters of a function that a file of this path exports under this name, where a framework calls it. */
  fileHandler(path: string, name: string): readonly string[] | undefined;
  /** What is known of calling this name. */
  call(name: string): CallKnowledge | undefined;
  /** What is known of a method on a receiver of unknown type (`.toString()`, `.trim()`), by ecosystem. */
  anyMethod(ecosystem: string, method: string): CallKnowledge | undefined;
  member(name: string): MemberKnowledge | undefined;
  /** The types of the parameters of a function that is given as argument `index` to `callee`. */
  callbackTypes(callee: string, index: number, named: string | undefined): readonly (string | undefined)[] | undefined;
  /** The type that instances of a class with this base have, and what its bare fields are. */
  base(name: string): { readonly type: string; readonly fields?: 'environment' } | undefined;
  /** Whether a full name is a type that models speak of. */
  isType(name: string): boolean;
  /** Whether a type name written in code is this library's type: the full name of it. */
  typeNamed(name: string): string | undefined;
  /** Types of handler parameters that are known by their names alone (`req`, `res`), for code whose route is not seen. */
  conventionalType(ecosystem: string, parameter: string, position: number, count: number): string | undefined;
}
