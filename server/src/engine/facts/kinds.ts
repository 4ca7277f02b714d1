/**
 * The one vocabulary that libraries speak and rules listen to: fact kind → the names of its roles. A kind is a noun phrase
 * for an act in the domain of authentication, never of a library and never a judgement. Kinds live in `kinds/`, by domain.
 */
import type { Place, Span } from '../base/span.js';
import type { FunctionIR } from '../ir/ir.js';
import type { IrNode } from '../ir/walk.js';
import type { CallSite, Value } from '../semantics/value.js';
import type { LeakFacts } from './kinds/leaks.js';
import type { OAuthFacts } from './kinds/oauth.js';
import type { RouteFacts } from './kinds/routes.js';
import type { SecretFacts } from './kinds/secrets.js';
import type { StorageFacts } from './kinds/storage.js';
import type { TokenFacts } from './kinds/tokens.js';

export interface FactRoles extends TokenFacts, SecretFacts, OAuthFacts, StorageFacts, RouteFacts, LeakFacts {}

export type FactKind = keyof FactRoles & string;
export type Role<K extends FactKind> = FactRoles[K];

/** One act, found at one place. Every role has a value: `absent` when nothing was given. */
export interface Fact<K extends FactKind = FactKind> {
  readonly kind: K;
  readonly roles: Readonly<Record<Role<K>, Value>>;
  /** Where a role was written at the call, for squiggles: the option, the argument. */
  readonly spans: Readonly<Partial<Record<Role<K>, Span>>>;
  /** The smallest text that stands for the act: the callee, the decorator, the setting's key. */
  readonly at: Place;
  readonly path: string;
  /** The library model's name, or the recogniser's. */
  readonly library: string;
  readonly site?: CallSite;
  /** The calls of workspace functions through which the act was reached, nearest first, where its roles depend on them. */
  readonly through?: readonly CallSite[];
  /** The node in the IR, and the function around it. */
  readonly node?: IrNode;
  readonly fn?: FunctionIR;
  /** How a role is written with this library: for fixes and the remedy's code. */
  readonly write?: Readonly<Partial<Record<string, RoleWriting>>>;
  /** Where a library's call takes a role, as an access path: where it can be written if `write` says nothing. */
  readonly paths?: Readonly<Partial<Record<string, string>>>;
  /** Roles of which the library decides when the caller says nothing. */
  readonly defaults?: readonly string[];
}

/**
 * How a role is written: at an access path of the call, as this text. `at` is an access path, or one of:
 * - `option`: one more argument at the end, the whole of which is the text (`jwt.WithIssuer("…")`);
 * - `option WithIssuer`: that option's argument, at the call or where the receiver was made;
 * - `before`, `after`: a statement of its own beside the call's.
 * In the text, `{{module.name}}` is a name of that module as the file imports it (an import is added where none does),
 * `{{:result}}` the variable that holds the call's result, `{{:receiver}}` what the call is called on, `{{:duration}}`,
 * `{{:seconds}}` and `{{:short}}` (`15m`) a lifetime: an object of the language, a number, a text.
 */
export interface RoleWriting {
  readonly at: string;
  readonly text: string;
  /** Where a plain value may stand in the place of a record: the field that it becomes. */
  readonly wrap?: string;
}
