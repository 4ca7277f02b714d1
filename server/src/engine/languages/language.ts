/**
 * What the engine knows about a language. An adapter turns syntax nodes into IR and finds where imports lead; it knows
 * no library and no fact. Adding a language is adding one folder with one of these.
 */
import type { Node } from 'web-tree-sitter';
import type { CommentIR, FileIR, Item, SettingIR } from '../ir/ir.js';
import type { BracketRules } from '../syntax/closers.js';

export interface Language {
  /** The ids of `cli.md` that this adapter serves, by file ending: `{ '.ts': 'typescript', '.tsx': 'typescriptreact' }`. */
  readonly extensions: Readonly<Record<string, string>>;
  /** The grammar for a language id: a key of `syntaxes/grammars.json`. */
  grammar(languageId: string): string;
  /** The part of the text that the grammar reads, all else blanked out (a component's scripts). Absent: all of it. */
  source?(text: string, languageId: string): string;
  /** How brackets are found, to close what is still being written. Absent: it is parsed as it is. */
  readonly brackets?: BracketRules;
  /** What a file's first line says of it: `FileIR.directive`. */
  directive?(root: Node, text: string, languageId: string): string | undefined;
  /** Node types at the top of a file that are items; containers (a `program`, a namespace) are looked through. */
  items(root: Node): readonly Node[];
  /** Turns one top-level node into an item. Total: what it does not know becomes `opaque`. Never throws. */
  lower(node: Node, text: string): Item;
  /** All comments of the tree. */
  comments(root: Node, text: string): readonly CommentIR[];
  /** How a line comment begins: for ignore-comments and fixture annotations. */
  readonly lineComment: string;
  /** Where an import specifier leads. Pure: it may only ask which files exist. */
  resolve(specifier: string, from: string, project: ProjectFiles): ImportTarget;
  /** Every top-level name can be imported (Python), or is visible in the whole folder (`package`: Go, Java). */
  readonly visibility: 'exports' | 'all' | 'package';
  /** Which ecosystem's library models apply: `npm`, `pypi`, `go` … */
  readonly ecosystem: string;
  /** How fixes are written. Absent: there are none in this language. */
  readonly edits?: LanguageEdits;
}

/** How a language writes the few things that fixes need. All texts are code; `text` is the file's. */
export interface LanguageEdits {
  literal(value: string | number | boolean | null, text: string): string;
  /** A text is no value for a field of another type: only what a library model writes can stand there. */
  readonly hasTypedFields?: true;
  /** A list of these expressions. */
  list(items: readonly string[]): string;
  /** One entry of a record, and a record of these entries. */
  entry(key: string, value: string, text: string): string;
  record(entries: readonly string[]): string;
  /** A keyword argument; absent where the language has none. */
  named?(name: string, value: string): string;
  /** Code of a library model in the manner of this file (its quotes). */
  restyle?(code: string, text: string): string;
  /** A duration of so many seconds as an object. `{{module.name}}` as in `RoleWriting`. */
  duration?(seconds: number): string;
  /** Whether two expressions are the same. */
  equal(left: string, right: string): string;
  /** Whether something is missing, or else a check holds. */
  missingOr(expression: string, check: string): string;
  /** A text of so many random bytes. */
  random(bytes: number, file: FileIR, text: string): string;
  /** A call of the language's own guessable source, as the same of a cryptographic one: it can stand in its place anywhere. */
  unguessable?(call: string): string | undefined;
  /** Reads a variable of the environment that must be there: at once, or with a function that is added to the file. */
  demand(
    name: string,
    text: string,
  ): { readonly code: string; readonly helper?: { readonly name: string; readonly code: string } };
  /** Reads it in a statement of its own, and what stands after that statement to stop where it is empty. Absent where `demand` does. */
  demandInto?(name: string, variable: string, text: string): { readonly code: string; readonly check: string };
  /** The begin of a declaration whose value is computed: what was a constant becomes a variable; `undefined` where it can't. */
  variable?(begin: string): string | undefined;
  /** For a literal of bytes: how a text that stands in its place becomes bytes. */
  bytes?(literal: string): ((code: string) => string) | undefined;
  /** The words of a text, as a list; whether an item is in a list. */
  words(expression: string): string;
  contains(list: string, item: string): string;
  not(test: string): string;
  startsWith(text: string, prefix: string): string;
  or(left: string, right: string): string;
  /** The page's own origin; absent where there are no pages. */
  readonly ownOrigin?: string;
  /** Ends a function, as a statement. */
  readonly giveUp: string;
  /** Stops the program, as a statement. */
  stop(message: string, text: string): string;
  /** Where an import of names goes, how it reads (with its line break), and what each name is called then. */
  addImport(
    file: FileIR,
    text: string,
    module: string,
    names: readonly string[],
  ): { readonly at: number; readonly text: string; readonly locals: readonly string[] };
  /** What stands between a template's parts: `${…}`; absent where there are no templates with names in them. */
  readonly interpolation?: { readonly open: string; readonly close: string };
  /** The text of an error without what came with it (headers, addresses). */
  errorText?(expression: string): string;
}

/** A configuration file's reader: text in, settings out. Total. */
export interface ConfigLanguage {
  readonly languageId: string;
  /** Whether this reader takes the file, by its workspace-relative path. */
  matches(path: string): boolean;
  settings(text: string): readonly SettingIR[];
  /** Its comments: for ignore-comments. */
  comments(text: string): readonly CommentIR[];
  /** What stands in the place of a secret: nothing, or a reference to the environment. Absent: it can't be written. */
  blank?(setting: SettingIR): string;
}

/** Which files exist, and what manifests say of names, in one state of the workspace: adapters may remember what they read of it. */
export interface ProjectFiles {
  has(path: string): boolean;
  /** Paths below a folder, sorted. */
  under(folder: string): readonly string[];
  /** The text of a small manifest (`package.json`, `tsconfig.json`, `go.mod`, `pyproject.toml`). */
  manifest(path: string): string | undefined;
}

export type ImportTarget =
  /** Files of the workspace; several for a Go package. */
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  /** A library: the module's name in its ecosystem's own spelling (`jsonwebtoken`, `jose/jwt/verify`, `fastapi.security`). */
  | { readonly kind: 'library'; readonly module: string }
  | { readonly kind: 'unresolved' };
