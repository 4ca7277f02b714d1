/**
 * What is known of a library, as data: no functions inside, so that users may supply the same as JSON. A row maps a
 * callable to a fact kind and its roles to access paths (`semantics/knowledge.ts` has their grammar), or says what a
 * call gives as a value. One library is one file.
 */
import type { Gives } from '../semantics/knowledge.js';
import type { FactKind, FactRoles, RoleWriting } from './kinds.js';

export type { Gives };

/** A role's place, and how its number or text is to be read. */
export type RolePath =
  | string
  | {
      readonly at: string;
      /** Durations: what a number means (a text is read by the `ms` grammar). `expiry`: an absolute moment. */
      readonly as: 'seconds' | 'milliseconds' | 'minutes' | 'hours' | 'days' | 'expiry';
    };

/** A plain value for a role that no argument gives. `null` stands for nothing. */
export type Plain = string | number | boolean | null | readonly string[];

/** What the literal at a place means for a role; of several, the first that says something counts. */
export interface Meaning {
  readonly at: string;
  readonly when: Readonly<Record<string, Plain>>;
}

interface FactRow<K extends FactKind> {
  readonly is: K;
  readonly roles?: { readonly [R in FactRoles[K]]?: RolePath };
  /** What the library does when the caller says nothing. */
  readonly defaults?: { readonly [R in FactRoles[K]]?: Plain };
  /** What is true of every such call. */
  readonly fixed?: { readonly [R in FactRoles[K]]?: Plain };
  /** Role → access path → what its literal means: `signature: { 'arg 2 .verify': { false: 'skipped' } }`. */
  readonly meaning?: { readonly [R in FactRoles[K]]?: Meaning | readonly Meaning[] };
  readonly write?: { readonly [R in FactRoles[K]]?: RoleWriting };
}

type AnyFactRow = { [K in FactKind]: FactRow<K> }[FactKind];

interface RowBasics {
  /** A semver range of the library's versions for which the row holds; absent for all. */
  readonly versions?: string;
  /** Only if these access paths have these literal values (`'absent'` and `'present'` too), or are this name of a library. */
  readonly when?: Readonly<Record<string, Plain | 'absent' | 'present'>>;
  /** The page from which a default or a behaviour was read. */
  readonly source?: string;
}

/**
 * A callable: `verify`, `SignJWT` (its construction), `Application#get` (a method), `''` (the module itself).
 * `?#setCookie` is that method on a receiver of unknown type, `?cookies#set` only if the receiver's last name is `cookies`:
 * they count where this file (or else any file of the workspace) imports the library.
 */
export type CallRow = RowBasics & {
  readonly call: string;
  readonly gives?: Gives;
  /** The type of the result: a name of this model, `receiver`, or a full name (`npm:express.Request`). */
  readonly returns?: string;
  readonly exits?: boolean;
  /** Types of the parameters of functions given as arguments: `{ 'arg 1': ['Request', 'Response'], 'args': […] }`. */
  readonly callbacks?: Readonly<Record<string, readonly string[]>>;
} & (AnyFactRow | { readonly is?: undefined });

/** A property: `Request#body`, `env`. */
export type MemberRow = RowBasics & {
  readonly member: string;
  readonly gives?: Gives;
  readonly type?: string;
} & (AnyFactRow | { readonly is?: undefined });

/** A setting of a framework by its name: `SIMPLE_JWT = {…}`, `app.config["JWT_…"] = …`. Roles begin at the value: `value .KEY`. */
export type SettingRow = RowBasics & {
  readonly setting: string;
  /** The name alone says whose setting it is; otherwise the library must be imported somewhere. */
  readonly plain?: true;
} & AnyFactRow;

/**
 * A function of the workspace that a library calls to learn more: a method that overrides a base class's, or one under a
 * decorator. Roles begin at what it returns, with what it writes into that: `value`, `value .key`.
 */
export type HookRow = RowBasics & {
  /** `Base#method`, or `@decorator`. */
  readonly hook: string;
} & AnyFactRow;

/** A base class of the library, for classes of the workspace that extend it. */
export interface BaseRow {
  readonly base: string;
  readonly type?: string;
  /** Bare fields are read from the environment. */
  readonly fields?: 'environment';
}

export interface LibraryModel {
  readonly name: string;
  readonly ecosystem: 'npm' | 'pypi' | 'go' | 'maven' | 'nuget' | 'composer' | 'gem';
  /** Module names by which code imports it. The first is the one that rows' names belong to. Globals: `['']`. */
  readonly modules: readonly string[];
  readonly docs: string;
  readonly calls?: readonly CallRow[];
  readonly members?: readonly MemberRow[];
  readonly bases?: readonly BaseRow[];
  readonly settings?: readonly SettingRow[];
  readonly hooks?: readonly HookRow[];
  /** Type names that code writes in annotations → the name that rows use (`{ 'Request': 'Request' }`); `first` takes the type argument. */
  readonly types?: Readonly<Record<string, string>>;
  /** Methods on a receiver of unknown type: only for the language's own. */
  readonly anyMethod?: Readonly<Record<string, { readonly gives?: Gives; readonly returns?: string }>>;
  /** Handlers known by the file they are exported from (Next, SvelteKit): the file's path, the exports (`*` for any), the types of their parameters. */
  readonly files?: readonly {
    readonly path: string;
    readonly exports: readonly string[];
    readonly parameters: readonly string[];
  }[];
  /** Handler parameters known by name alone: name → type, if the function has between `min` and `max` parameters. */
  readonly conventions?: readonly {
    readonly parameter: string;
    readonly type: string;
    readonly position?: number;
    readonly min: number;
    readonly max: number;
  }[];
}
