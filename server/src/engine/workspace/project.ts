/** The files of a workspace at one revision, lowered when first asked for. */
import { type FileIndex, indexFile } from '../semantics/file-index.js';
import type { Knowledge } from '../semantics/knowledge.js';
import type { ProjectView } from '../semantics/project.js';
import type { ImportTarget, Language, ProjectFiles } from '../languages/language.js';
import { itemCache, lowerFile, type ItemCache } from '../languages/lower-file.js';
import type { FileIR } from '../ir/ir.js';
import { lineIndex, type LineIndex } from '../base/line-index.js';
import { CONFIG_LANGUAGES } from '../languages/index.js';
import type { Grammar } from '../syntax/grammar.js';
import { parse, parseFrom } from '../syntax/parse.js';
import type { Tree } from 'web-tree-sitter';
import { mayHoldAuth } from './pre-filter.js';

/** One file as the workspace holds it. */
export interface FileState {
  readonly path: string;
  readonly text: string;
  readonly languageId: string;
  readonly language: Language | undefined;
  readonly lines: LineIndex;
  /** Whether rules look at it. A file that holds nothing about auth is lowered only when another one asks for its names. */
  readonly relevant: boolean;
  /** Lowered and indexed; computed at the first call. */
  index(): FileIndex;
  /** The same file with another text; keeps what can be kept. */
  changed(text: string, keepTree: boolean): FileState;
  dispose(): void;
}

/** Opens a file. `grammar` is there for every file with an adapter. */
export function fileState(
  path: string,
  text: string,
  languageId: string,
  language: Language | undefined,
  grammar: Grammar | undefined,
  everyFile = false,
): FileState {
  const cache = itemCache();
  return make(text, undefined, cache);

  function make(current: string, before: { tree: Tree; text: string } | undefined, items: ItemCache): FileState {
    let index: FileIndex | undefined;
    let lines: LineIndex | undefined;
    let tree = before;
    const lowered = (keep: boolean): FileIR => {
      if (current.length > LONGEST_TEXT) return nothingIn(path, languageId);
      if (!language || !grammar) return configFile(path, current, languageId);
      const source = language.source ? language.source(current, languageId) : current;
      // The last tree without errors is where the next parse begins: typing breaks the code and mends it again.
      const good = tree;
      const next = good ? parseFrom(grammar, good.tree, good.text, source) : parse(grammar, source);
      const ir = lowerFile({ path, text: source, languageId, language, tree: next, cache: items, grammar });
      if (next.rootNode.hasError || !(keep || good)) next.delete();
      else {
        good?.tree.delete();
        tree = { tree: next, text: source };
      }
      return ir;
    };
    return {
      path,
      text: current,
      languageId,
      language,
      relevant: everyFile || mayHoldAuth(path, current, languageId),
      get lines() {
        lines ??= lineIndex(current);
        return lines;
      },
      index() {
        index ??= indexFile(lowered(before !== undefined));
        return index;
      },
      changed(next, keepTree) {
        if (keepTree && !tree && language && grammar && current.length <= LONGEST_TEXT) {
          const source = language.source ? language.source(current, languageId) : current;
          tree = { tree: parse(grammar, source), text: source };
        }
        const kept = tree;
        tree = undefined;
        return make(next, kept, items);
      },
      dispose() {
        tree?.tree.delete();
        tree = undefined;
      },
    };
  }
}

/** A longer text is not read: nobody wrote it by hand, and an editor must not wait for it. */
const LONGEST_TEXT = 2 * 1024 * 1024;

function nothingIn(path: string, language: string): FileIR {
  return { path, language, items: [], comments: [], settings: [], broken: [] };
}

function configFile(path: string, text: string, language: string): FileIR {
  const reader =
    CONFIG_LANGUAGES.find((config) => config.languageId === language && config.matches(path)) ??
    CONFIG_LANGUAGES.find((config) => config.languageId === language);
  const [settings, comments] = reader ? [reader.settings(text), reader.comments(text)] : [[], []];
  return { path, language, items: [], comments, settings, broken: [] };
}

/** What semantics sees of the workspace's files. `resolved` is remembered as long as the set of files stays. */
export function projectView(
  files: ReadonlyMap<string, FileState>,
  manifests: ReadonlyMap<string, string>,
  knowledge: Knowledge,
  resolved: Map<string, ImportTarget>,
): ProjectView {
  const paths = [...files.keys()].sort();
  const relevant = paths.filter((path) => files.get(path)?.relevant);
  const projectFiles: ProjectFiles = {
    has: (path) => files.has(path) || manifests.has(path),
    under: (folder) => {
      const prefix = folder === '' || folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
      return paths.filter((path) => path.startsWith(prefix));
    },
    manifest: (path) => manifests.get(path) ?? files.get(path)?.text,
  };
  const packages = new Map<string, string[]>();
  /** Only files of the same ecosystem see each other. */
  const packageOf = (path: string): string | undefined => {
    const language = files.get(path)?.language;
    if (language?.visibility !== 'package') return undefined;
    return `${language.ecosystem}:${path.slice(0, Math.max(0, path.lastIndexOf('/')))}`;
  };
  for (const path of paths) {
    const key = packageOf(path);
    if (key === undefined) continue;
    const members = packages.get(key);
    if (members) members.push(path);
    else packages.set(key, [path]);
  }
  return {
    paths: relevant,
    file: (path) => files.get(path)?.index(),
    ecosystem: (path) => files.get(path)?.language?.ecosystem ?? '',
    visibility: (path) => files.get(path)?.language?.visibility ?? 'exports',
    packageFiles: (path) => packages.get(packageOf(path) ?? '') ?? [],
    resolve(specifier, from) {
      const key = `${from}\0${specifier}`;
      let target = resolved.get(key);
      if (!target) {
        target = files.get(from)?.language?.resolve(specifier, from, projectFiles) ?? { kind: 'unresolved' };
        resolved.set(key, target);
      }
      return target;
    },
    knowledge,
  };
}
