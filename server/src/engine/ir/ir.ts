/**
 * The lowered form (IR) that all languages share. Adapters produce it, `semantics` reads it; nobody above `languages`
 * sees a syntax node. All spans are absolute offsets into the file. Every node is plain data: no parent links, no
 * methods; `semantics/file-index.ts` computes parents, scopes and functions.
 *
 * Normal forms that every adapter keeps to, so that semantics needs no language switch:
 * - operators are C-like: `==` (loose and strict, `is`, `eql?`), `!=`, `&&`, `||`, `!`, `??` (also `?:` of Kotlin), `in`
 *   (JS `in`, Python `in`), `not in`, `<` `<=` `>` `>=` `+` `-` `*` `/` `//` `%` `**` `instanceof`, `matches`.
 * - `a["b"]` with a literal text index is a `member`; any other subscript is an `index`.
 * - a template string, f-string or interpolated text is a `concat`; a text without parts is a `literal`.
 * - a parenthesised, cast, non-null-asserted or type-annotated expression is the inner expression, unwrapped.
 * - `switch`/`match` is a chain of `if` (tests are `subject == case`); a comprehension is a call of `map` on the iterated
 *   expression with a lambda; `a?.b` is a member with `optional: true`.
 * - what an adapter does not know is `opaque` and keeps its children, so that calls inside are still found.
 */
import type { Span } from '../base/span.js';

export type Expr =
  | LiteralExpr
  | RegexExpr
  | NameExpr
  | MemberExpr
  | IndexExpr
  | CallExpr
  | RecordExpr
  | ListExpr
  | ConcatExpr
  | BinaryExpr
  | UnaryExpr
  | ChoiceExpr
  | LambdaExpr
  | ClassExpr
  | AssignExpr
  | ModuleExpr
  | OpaqueExpr;

export interface LiteralExpr {
  readonly kind: 'literal';
  readonly span: Span;
  /** `null` is the language's own nothing: `null`, `undefined`, `None`, `nil`. */
  readonly value: string | number | boolean | null;
}

export interface RegexExpr {
  readonly kind: 'regex';
  readonly span: Span;
  readonly pattern: string;
  readonly flags: string;
}

export interface NameExpr {
  readonly kind: 'name';
  readonly span: Span;
  /** `this` and `self` receivers are the name `this` (adapters rename Python's first method parameter's uses too). */
  readonly name: string;
}

export interface MemberExpr {
  readonly kind: 'member';
  readonly span: Span;
  readonly object: Expr;
  readonly property: string;
  readonly propertySpan: Span;
  readonly optional?: boolean;
}

export interface IndexExpr {
  readonly kind: 'index';
  readonly span: Span;
  readonly object: Expr;
  readonly index: Expr;
}

export interface CallExpr {
  readonly kind: 'call';
  readonly span: Span;
  /** `new` is an explicit construction; calling a class in Python is `call`. `jsx` is an element: callee its tag, one record of attributes, then children. */
  readonly form: 'call' | 'new' | 'jsx';
  readonly callee: Expr;
  readonly args: readonly Argument[];
}

export interface Argument {
  readonly span: Span;
  /** A keyword argument's name. */
  readonly name?: string;
  readonly nameSpan?: Span;
  /** `...xs`, `*xs` are `list`; `**kw` is `record`. */
  readonly spread?: 'list' | 'record';
  readonly value: Expr;
}

/** An object literal, dict, struct or map literal. */
export interface RecordExpr {
  readonly kind: 'record';
  readonly span: Span;
  readonly entries: readonly RecordEntry[];
  /** The named type of a composite literal (Go `jwt.MapClaims{…}`). */
  readonly type?: Expr;
}

export interface RecordEntry {
  readonly span: Span;
  /** Known key text; absent for spreads and computed keys. Methods and accessors are entries whose value is a lambda. */
  readonly key?: string;
  readonly keySpan?: Span;
  readonly computedKey?: Expr;
  readonly spread?: boolean;
  /** `{ name }` in JavaScript. */
  readonly shorthand?: boolean;
  readonly value: Expr;
}

/** An array, tuple, list or set literal. */
export interface ListExpr {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly { readonly value: Expr; readonly spread?: boolean }[];
  readonly type?: Expr;
}

export interface ConcatExpr {
  readonly kind: 'concat';
  readonly span: Span;
  /** Literal parts are `literal` expressions. */
  readonly parts: readonly Expr[];
  /** The tag of a tagged template (`sql`…``). */
  readonly tag?: Expr;
}

export interface BinaryExpr {
  readonly kind: 'binary';
  readonly span: Span;
  readonly operator: string;
  readonly left: Expr;
  readonly right: Expr;
}

export interface UnaryExpr {
  readonly kind: 'unary';
  readonly span: Span;
  /** `!`, `-`, `await`, `yield`, `typeof`, `delete`, `void`, `&`, `*`, `try` (an expression that propagates an error). */
  readonly operator: string;
  readonly operand: Expr;
}

export interface ChoiceExpr {
  readonly kind: 'choice';
  readonly span: Span;
  readonly test: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
}

export interface LambdaExpr {
  readonly kind: 'lambda';
  readonly span: Span;
  readonly function: FunctionIR;
}

export interface ClassExpr {
  readonly kind: 'class';
  readonly span: Span;
  readonly class: ClassIR;
}

export interface AssignExpr {
  readonly kind: 'assign';
  readonly span: Span;
  readonly target: Pattern;
  readonly value: Expr;
  /** `+=`, `??=`, `||=` …; absent for `=`. */
  readonly operator?: string;
}

/** `require('x')`, `import('x')`: the module itself. */
export interface ModuleExpr {
  readonly kind: 'module';
  readonly span: Span;
  readonly specifier: string;
}

export interface OpaqueExpr {
  readonly kind: 'opaque';
  readonly span: Span;
  readonly children: readonly Expr[];
}

/** What is bound or written by an assignment, a parameter, a loop or a catch. */
export type Pattern =
  | { readonly kind: 'bind'; readonly span: Span; readonly name: string; readonly default?: Expr }
  | {
      readonly kind: 'fields';
      readonly span: Span;
      readonly fields: readonly { readonly key: string; readonly target: Pattern; readonly default?: Expr }[];
      /** `...rest`: everything but the named fields. */
      readonly rest?: Pattern;
    }
  | {
      readonly kind: 'items';
      readonly span: Span;
      /** `undefined` is a hole (`_` of Go, `[, b]`). */
      readonly items: readonly (Pattern | undefined)[];
      readonly rest?: Pattern;
    }
  /** A write to a member or subscript: `a.b = …`, `a[k] = …`. */
  | { readonly kind: 'place'; readonly span: Span; readonly expression: Expr };

export type Stmt = LetStmt | ExprStmt | IfStmt | LoopStmt | TryStmt | BlockStmt | ExitStmt | FunctionStmt | ClassStmt;

/** A declaration or an assignment in statement position. */
export interface LetStmt {
  readonly kind: 'let';
  readonly span: Span;
  readonly target: Pattern;
  readonly value?: Expr;
  /** The annotated type, lowered as an expression (`A<B>` and `A[B]` are an `index`). */
  readonly type?: Expr;
  /** `block` declares in the nearest block (JS `let`/`const`, Go `:=`); `function` in the function (Python, `var`); absent writes to what is there. */
  readonly declares?: 'block' | 'function';
  readonly operator?: string;
}

export interface ExprStmt {
  readonly kind: 'expr';
  readonly span: Span;
  readonly value: Expr;
}

export interface IfStmt {
  readonly kind: 'if';
  readonly span: Span;
  readonly test: Expr;
  readonly then: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
}

export interface LoopStmt {
  readonly kind: 'loop';
  readonly span: Span;
  /** The loop variable of `for … of`, `for … in`, `range`. */
  readonly binding?: Pattern;
  readonly over?: Expr;
  readonly test?: Expr;
  readonly body: readonly Stmt[];
}

export interface TryStmt {
  readonly kind: 'try';
  readonly span: Span;
  readonly body: readonly Stmt[];
  readonly handlers: readonly {
    readonly span: Span;
    readonly binding?: Pattern;
    /** Exception types that are caught; empty catches everything. */
    readonly types: readonly Expr[];
    readonly body: readonly Stmt[];
  }[];
  readonly finally: readonly Stmt[];
}

/** A nested block; `with x as y:` and `using` are a block that begins with a `let`. */
export interface BlockStmt {
  readonly kind: 'block';
  readonly span: Span;
  readonly body: readonly Stmt[];
}

export interface ExitStmt {
  readonly kind: 'exit';
  readonly span: Span;
  /** Python's `raise`, Go's `panic`: `throw`. */
  readonly how: 'return' | 'throw' | 'break' | 'continue';
  readonly value?: Expr;
}

export interface FunctionStmt {
  readonly kind: 'function';
  readonly span: Span;
  readonly function: FunctionIR;
}

export interface ClassStmt {
  readonly kind: 'class';
  readonly span: Span;
  readonly class: ClassIR;
}

export interface FunctionIR {
  readonly span: Span;
  /** Empty for an anonymous function. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Without the receiver (`self`, Go's receiver): that is the name `this`. */
  readonly params: readonly Param[];
  readonly returns?: Expr;
  readonly decorators: readonly Decorator[];
  /** An arrow function with an expression body has one `exit return` statement. */
  readonly body: readonly Stmt[];
  readonly async?: boolean;
  readonly generator?: boolean;
  /** An arrow function does not bind `this`. */
  readonly arrow?: boolean;
  readonly static?: boolean;
  /** `get`, `set` accessors and Python properties. */
  readonly accessor?: 'get' | 'set';
  /** Go: the receiver's type name. */
  readonly receiver?: string;
  /** `'use server'`, `"use client"` and the like as the first statement. */
  readonly directive?: string;
}

export interface Param {
  readonly span: Span;
  readonly target: Pattern;
  readonly default?: Expr;
  readonly type?: Expr;
  readonly rest?: 'list' | 'record';
  readonly decorators: readonly Decorator[];
  /** TypeScript's `constructor(private readonly x: X)`: declares a field of the same name. */
  readonly property?: boolean;
}

/** A decorator, annotation or attribute: an expression, nearly always a call or a name. */
export interface Decorator {
  readonly span: Span;
  readonly value: Expr;
}

export interface ClassIR {
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** Base classes and interfaces. Keyword arguments of a Python class are left out. */
  readonly bases: readonly Expr[];
  readonly decorators: readonly Decorator[];
  readonly fields: readonly Field[];
  /** The constructor is the method `constructor` in every language (`__init__` is renamed). */
  readonly methods: readonly FunctionIR[];
  /** Nested classes (Django's `Meta`) and other statements of the class body. */
  readonly body: readonly Stmt[];
}

export interface Field {
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly type?: Expr;
  readonly value?: Expr;
  readonly static?: boolean;
  readonly decorators: readonly Decorator[];
  /** The tag text of a Go struct field. */
  readonly tag?: string;
}

/** One imported name. */
export interface ImportIR {
  readonly span: Span;
  readonly specifier: string;
  /** The name in this file; empty for an import for its effect. */
  readonly local: string;
  /** The exported name; `default`; `*` for the whole module. */
  readonly imported: string;
  /** Only a type: `import type`. */
  readonly typeOnly?: boolean;
}

/** One exported name. */
export interface ExportIR {
  readonly span: Span;
  /** `default`; `*` with `from` re-exports all; `=` is the module's whole value (`module.exports = …`). */
  readonly name: string;
  /** The exported local name, when it has one. */
  readonly local?: string;
  readonly value?: Expr;
  /** Re-exported from there: `local` is then the name over there. */
  readonly from?: string;
}

/** The unit of lowering and caching: one top-level syntax node. */
export interface Item {
  readonly span: Span;
  readonly statements: readonly Stmt[];
  readonly imports: readonly ImportIR[];
  readonly exports: readonly ExportIR[];
}

/** A comment's text without its markers. */
export interface CommentIR {
  readonly span: Span;
  readonly text: string;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
}

/** One key of a configuration file (`.env`, YAML, JSON, TOML, properties): its path, its scalar value. */
export interface SettingIR {
  readonly path: readonly string[];
  readonly keySpan: Span;
  readonly value: string | number | boolean | null;
  /** As written, quotes included; empty where there is no value. */
  readonly valueSpan: Span;
}

/** One whole file, lowered. */
export interface FileIR {
  readonly path: string;
  /** The language id of `cli.md`. */
  readonly language: string;
  readonly items: readonly Item[];
  readonly comments: readonly CommentIR[];
  /** Only configuration files have settings. */
  readonly settings: readonly SettingIR[];
  /** `'use client'`, `'use server'`, a Svelte or Vue component, a shebang: what the first line says of the file. */
  readonly directive?: string;
  /** Spans that did not parse. */
  readonly broken: readonly Span[];
}
