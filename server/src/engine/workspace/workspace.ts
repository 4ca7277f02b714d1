/** The one mutable object of the engine: files in, immutable snapshots out. */
import type { Span } from '../base/span.js';
import { CHECKLIST } from '../checklist/items.js';
import type { FileReport, Range } from '../checklist/report.js';
import { indexModels, type ModelIndex } from '../facts/models.js';
import type { LibraryModel } from '../facts/library-model.js';
import { languageById, languageIdOf } from '../languages/index.js';
import type { ImportTarget } from '../languages/language.js';
import { LIBRARIES } from '../libraries/index.js';
import { type Grammar, loadGrammar, startParserRuntime } from '../syntax/grammar.js';
import { type Checked, checkWorkspace } from './check.js';
import { CONFIG_FILE, type Config, DEFAULT_CONFIG, excludes, readConfig } from './config.js';
import { type FactCache, factCache, type WorkspaceFacts, workspaceFacts } from './facts.js';
import { type FileState, fileState, projectView } from './project.js';
import { fixAllOf, fixedCode, fixesFor, type Fix } from './fixes.js';
import { hoverAt, type Hover } from './hover.js';
import { statementAround } from './fingerprint.js';
import { type IgnorePlace, ignorePlace } from './ignore-place.js';
import { type Owner, ownerOf } from './owner.js';

export type { Fix, Hover, IgnorePlace, Owner };

export interface WorkspaceOptions {
  /** The bytes of a grammar's wasm file, by its name in `syntaxes/grammars.json`. */
  grammar(name: string): Promise<Uint8Array>;
  /** The bytes of `web-tree-sitter.wasm`. */
  runtime(): Promise<Uint8Array>;
  /** `YYYY-MM-DD`: what ignore-comments are held against. */
  readonly today: string;
  /** Looks at every file, whatever its words: to prove the pre-filter. */
  readonly everyFile?: boolean;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly languageId?: string }
  | {
      readonly kind: 'edit';
      readonly path: string;
      /** In order, each against the text after the one before. */
      readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
      /** The text after all edits. */
      readonly text: string;
    }
  | { readonly kind: 'remove'; readonly path: string };

export interface Workspace {
  apply(changes: readonly Change[]): Promise<void>;
  snapshot(): Snapshot;
  dispose(): void;
}

/** An immutable view of the workspace at one revision. Answers are computed when first asked for. */
export interface Snapshot {
  readonly revision: number;
  /** Files that rules look at, sorted. */
  readonly paths: readonly string[];
  /** Findings and checklist of a file; `undefined` if the workspace does not hold it. */
  report(path: string): FileReport | undefined;
  hover(path: string, offset: number): Hover | undefined;
  fixes(path: string, span: Span): readonly Fix[];
  /** All safe fixes of a file in one. */
  fixAll(path: string): Fix | undefined;
  /** Spans that do not parse. */
  broken(path: string): readonly Span[];
  /** Where the comment goes that accepts a finding. */
  ignorePlace(path: string, span: Span, rule: string): IgnorePlace | undefined;
  /** The smallest statement around an offset, or its line. */
  statementAt(path: string, offset: number): Span | undefined;
  /** The handler or function that a place belongs to; `undefined` at the top of a file. */
  ownerOf(path: string, span: Span): Owner | undefined;
  /** The facts of a file as text, for debugging and tests. */
  facts(path: string): WorkspaceFacts;
  /** What is wrong with configuration files. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  textOf(path: string): string | undefined;
}

export type { Range };

let started: Promise<void> | undefined;
const grammars = new Map<string, Promise<Grammar>>();

const MANIFESTS =
  /(?:^|\/)(?:package\.json|[jt]sconfig[^/]*\.json|go\.mod|pyproject\.toml|requirements[^/]*\.txt|pom\.xml|composer\.json|Gemfile|setup\.py|setup\.cfg|manage\.py|pnpm-workspace\.yaml)$/;

/** Opens an empty workspace. */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  started ??= options.runtime().then(startParserRuntime);
  await started;
  const files = new Map<string, FileState>();
  const manifests = new Map<string, string>();
  let configs: { folder: string; config: Config; problems: readonly string[]; path: string }[] = [];
  let resolved = new Map<string, ImportTarget>();
  let cache: FactCache = factCache();
  let models: ModelIndex | undefined;
  let revision = 0;
  let current: Snapshot | undefined;

  const grammarFor = async (languageId: string): Promise<Grammar | undefined> => {
    const name = languageById(languageId)?.grammar(languageId);
    if (!name) return undefined;
    let grammar = grammars.get(name);
    if (!grammar) {
      grammar = options.grammar(name).then(loadGrammar);
      grammars.set(name, grammar);
    }
    return grammar;
  };
  const forget = () => {
    resolved = new Map();
    cache = factCache();
    models = undefined;
  };

  async function write(path: string, text: string, languageId: string | undefined): Promise<void> {
    if (MANIFESTS.test(path)) {
      manifests.set(path, text);
      forget();
    }
    if (path === CONFIG_FILE || path.endsWith(`/${CONFIG_FILE}`)) {
      const folder = path.slice(0, path.length - CONFIG_FILE.length);
      configs = [...configs.filter((c) => c.path !== path), { folder, path, ...readConfig(text) }].sort(
        (a, b) => b.folder.length - a.folder.length,
      );
      forget();
      return;
    }
    const id = languageId ?? languageIdOf(path);
    if (!id) return;
    const before = files.get(path);
    if (before && before.languageId === id) {
      if (before.text !== text) files.set(path, before.changed(text, false));
      return;
    }
    before?.dispose();
    const language = languageById(id);
    files.set(
      path,
      fileState(path, text, id, language, language ? await grammarFor(id) : undefined, options.everyFile),
    );
    forget();
  }

  function remove(path: string): void {
    manifests.delete(path);
    const left = configs.filter((c) => c.path !== path);
    if (left.length < configs.length) forget();
    configs = left;
    files.get(path)?.dispose();
    if (files.delete(path)) forget();
  }

  return {
    async apply(changes) {
      for (const change of changes) {
        if (change.kind === 'remove') remove(change.path);
        else if (change.kind === 'edit') {
          const before = files.get(change.path);
          if (before) files.set(change.path, before.changed(change.text, true));
          else await write(change.path, change.text, undefined);
        } else await write(change.path, change.text, change.languageId);
      }
      revision++;
      current = undefined;
    },
    snapshot() {
      models ??= indexModels(LIBRARIES, versionsFrom(manifests));
      current ??= openSnapshot(
        revision,
        lookedAt(files, configs),
        manifests,
        configs,
        resolved,
        cache,
        models,
        options,
      );
      return current;
    },
    dispose() {
      for (const file of files.values()) file.dispose();
      files.clear();
    },
  };
}

/** The files that the nearest configuration does not leave out. */
function lookedAt(
  files: ReadonlyMap<string, FileState>,
  configs: readonly { readonly folder: string; readonly config: Config }[],
): ReadonlyMap<string, FileState> {
  if (configs.every(({ config }) => config.exclude.length === 0)) return new Map(files);
  return new Map(
    [...files].filter(([path]) => {
      const nearest = configs.find(({ folder }) => path.startsWith(folder));
      return nearest === undefined || !excludes(nearest.config, path.slice(nearest.folder.length));
    }),
  );
}

function openSnapshot(
  revision: number,
  files: ReadonlyMap<string, FileState>,
  manifests: ReadonlyMap<string, string>,
  configs: readonly { folder: string; config: Config; problems: readonly string[]; path: string }[],
  resolved: Map<string, ImportTarget>,
  cache: FactCache,
  models: ModelIndex,
  options: WorkspaceOptions,
): Snapshot {
  const project = projectView(files, manifests, models, resolved);
  const configOf = (path: string) => configs.find((c) => path.startsWith(c.folder))?.config ?? DEFAULT_CONFIG;
  const onError = (who: string, path: string, error: unknown) =>
    options.log(
      'error',
      `${who} failed on ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  let facts: WorkspaceFacts | undefined;
  let checked: Checked | undefined;
  const allFacts = () => {
    facts ??= workspaceFacts(project, models, cache, onError);
    return facts;
  };
  const check = () => {
    checked ??= checkWorkspace({
      files,
      paths: project.paths,
      facts: allFacts(),
      configOf,
      today: options.today,
      onError,
    });
    return checked;
  };
  const allReports = () => check().reports;
  const fixQuery = (path: string) => ({
    files,
    s: allFacts().s,
    report: allReports().get(path),
    intents: check().intents,
  });
  return {
    revision,
    paths: project.paths,
    report(path) {
      const known = allReports().get(path);
      if (known) return known;
      const state = files.get(path);
      return state ? emptyReport(state) : undefined;
    },
    hover: (path, offset) =>
      files.has(path)
        ? hoverAt({
            ...fixQuery(path),
            facts: allFacts(),
            path,
            offset,
            fixed: (finding) => fixedCode(fixQuery(path), finding),
          })
        : undefined,
    fixes: (path, span) => (files.has(path) ? fixesFor(fixQuery(path), span) : []),
    fixAll: (path) => (files.has(path) ? fixAllOf(fixQuery(path)) : undefined),
    broken: (path) => files.get(path)?.index().file.broken ?? [],
    ignorePlace(path, span, rule) {
      const state = files.get(path);
      return state && ignorePlace(state, span, rule);
    },
    statementAt(path, offset) {
      const state = files.get(path);
      return state && statementAround(state.index(), { start: offset, end: offset }, state.text);
    },
    ownerOf(path, span) {
      const state = files.get(path);
      return state && ownerOf(state, allFacts().of(path), span);
    },
    facts: () => allFacts(),
    problems: configs.flatMap((c) => c.problems.map((message) => ({ path: c.path, message }))),
    textOf: (path) => files.get(path)?.text,
  };
}

/** A file that holds nothing about auth: all items `na`. */
function emptyReport(state: FileState): FileReport {
  return { path: state.path, language: state.languageId, items: CHECKLIST_NA, findings: [] };
}

const CHECKLIST_NA = CHECKLIST.map((item) => ({
  id: item.id,
  verdict: 'na' as const,
  findings: [],
  evidence: [],
  questions: [],
}));

/** The version of a library that a manifest of the workspace names. */
function versionsFrom(manifests: ReadonlyMap<string, string>): (model: LibraryModel) => string | undefined {
  return (model) => {
    for (const [path, text] of manifests) {
      for (const module of model.modules) {
        const version = versionIn(path, text, model.ecosystem === 'npm' ? packageOf(module) : model.name);
        if (version) return version;
      }
    }
    return undefined;
  };
}

function packageOf(module: string): string {
  return module.startsWith('@') ? module.split('/').slice(0, 2).join('/') : (module.split('/')[0] as string);
}

function versionIn(path: string, text: string, name: string): string | undefined {
  if (name === '') return undefined;
  const escaped = name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const form = path.endsWith('package.json')
    ? new RegExp(`"${escaped}"\\s*:\\s*"[^"\\d]*(\\d[\\w.]*)`)
    : new RegExp(
        `(?:^|["'\\s])${escaped}(?:\\[[^\\]]*\\])?["']?\\s*(?:[=~^><]=?|\\s|v)\\s*["']?[=~^><]*\\s*v?(\\d[\\w.]*)`,
        'im',
      );
  return form.exec(text)?.[1];
}
