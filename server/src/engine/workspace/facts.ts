/** All facts of a workspace at one revision: by file, kept from earlier revisions where nothing they rest on changed. */
import { RECOGNISERS } from '../facts/recognise/index.js';
import type { Fact, FactKind } from '../facts/kinds.js';
import { modelFacts } from '../facts/recognise.js';
import type { FileView, Recogniser } from '../facts/recogniser.js';
import type { ModelIndex } from '../facts/models.js';
import type { ProjectView } from '../semantics/project.js';
import { createSemantics, type Semantics } from '../semantics/semantics.js';
import { collectUsage, namedUses, writtenUses } from '../semantics/usage.js';
import { isWideRead, lookWide, pathOfRead, sameLook, type ValueCache, valueCache } from '../semantics/value-cache.js';
import type { FileIndex } from '../semantics/file-index.js';

/** A result for one file, with the files it was computed from as they were. */
interface Kept<T> {
  readonly value: T;
  readonly reads: ReadonlyMap<string, FileIndex | undefined>;
  readonly signature: string;
  /** What it looked for in the whole workspace, and what was there. */
  readonly wide: readonly { readonly read: string; readonly seen: readonly unknown[] }[];
}

/** Results of earlier revisions. Cleared when the set of files or the models change. */
export interface FactCache {
  readonly facts: Map<string, Kept<readonly Fact[]>>;
  readonly values: ValueCache;
}

/** An empty cache. */
export function factCache(): FactCache {
  return { facts: new Map(), values: valueCache() };
}

export interface WorkspaceFacts {
  readonly s: Semantics;
  of(path: string): readonly Fact[];
  kind<K extends FactKind>(path: string, kind: K): readonly Fact<K>[];
  all<K extends FactKind>(kind: K): readonly Fact<K>[];
}

const byPhase = (phase: Recogniser['phase']) =>
  RECOGNISERS.filter((r) => r.phase === phase).sort(
    (a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.name < b.name ? -1 : 1),
  );
const FILE_RECOGNISERS = byPhase('file');
const WORKSPACE_RECOGNISERS = byPhase('workspace');

/** Computes the facts of all relevant files. `onError` hears of a recogniser that threw; its facts of that file are lost. */
export function workspaceFacts(
  project: ProjectView,
  models: ModelIndex,
  cache: FactCache,
  onError: (who: string, path: string, error: unknown) => void,
): WorkspaceFacts {
  const written = project.paths.flatMap((path) => writtenUses(project.file(path) as FileIndex));
  const writtenFns = new Set(written.map((use) => use.fn));
  const early = createSemantics(
    project,
    { all: collectUsage(written), written: writtenFns, stage: 'early' },
    cache.values,
  );
  const named = project.paths.flatMap((path) => namedUses(early, path));
  const s = createSemantics(
    project,
    { all: collectUsage([...written, ...named]), written: writtenFns, stage: 'full' },
    cache.values,
  );

  const facts = new Map<string, Fact[]>();
  for (const path of project.paths) {
    const signature = usageSignature(s, path);
    const found = keep(cache.facts, project, s, path, signature, () => fileFacts(s, models, path, onError));
    facts.set(path, [...found]);
    s.memo.work = 0;
  }
  const kinds = new Map<string, Fact[]>();
  const all = (kind: FactKind): readonly Fact[] => {
    let known = kinds.get(kind);
    if (!known) {
      known = project.paths.flatMap((path) => (facts.get(path) ?? []).filter((f) => f.kind === kind));
      kinds.set(kind, known);
    }
    return known;
  };
  const kindOf = (path: string, kind: FactKind) => (facts.get(path) ?? []).filter((f) => f.kind === kind);
  for (const recogniser of WORKSPACE_RECOGNISERS) {
    const additions: [string, Fact[]][] = [];
    for (const path of project.paths) {
      s.memo.work = 0;
      const view = viewOf(s, path, kindOf, all);
      try {
        if (recogniser.recognise) additions.push([path, [...recogniser.recognise(view)]]);
      } catch (error) {
        onError(recogniser.name, path, error);
      }
    }
    for (const [path, found] of additions) facts.get(path)?.push(...found);
    kinds.clear();
    if (!recogniser.refine) continue;
    const refined = project.paths.map((path): [string, Fact[]] => {
      s.memo.work = 0;
      return [path, refineFacts(recogniser, facts.get(path) ?? [], viewOf(s, path, kindOf, all), onError)];
    });
    for (const [path, found] of refined) facts.set(path, found);
    kinds.clear();
  }
  return {
    s,
    of: (path) => facts.get(path) ?? [],
    kind: (path, kind) => kindOf(path, kind) as never,
    all: (kind) => all(kind) as never,
  };
}

function viewOf(
  s: Semantics,
  path: string,
  kindOf: (path: string, kind: FactKind) => readonly Fact[],
  all: (kind: FactKind) => readonly Fact[],
): FileView {
  return {
    path,
    index: s.index(path),
    s,
    facts: (kind) => kindOf(path, kind) as never,
    factsOf: (other, kind) => kindOf(other, kind) as never,
    all: (kind) => all(kind) as never,
  };
}

function fileFacts(
  s: Semantics,
  models: ModelIndex,
  path: string,
  onError: (who: string, path: string, error: unknown) => void,
): readonly Fact[] {
  const found: Fact[] = [...modelFacts(s, models, path)];
  const kindOf = (other: string, kind: FactKind) => (other === path ? found.filter((f) => f.kind === kind) : []);
  for (const recogniser of FILE_RECOGNISERS) {
    const view = viewOf(s, path, kindOf, (kind) => kindOf(path, kind));
    try {
      if (recogniser.recognise) found.push(...recogniser.recognise(view));
    } catch (error) {
      onError(recogniser.name, path, error);
    }
    if (recogniser.refine) found.splice(0, found.length, ...refineFacts(recogniser, found, view, onError));
  }
  return found;
}

function refineFacts(
  recogniser: Recogniser,
  found: readonly Fact[],
  view: FileView,
  onError: (who: string, path: string, error: unknown) => void,
): Fact[] {
  return found.map((fact) => {
    try {
      return recogniser.refine?.(fact, view) ?? fact;
    } catch (error) {
      onError(recogniser.name, view.path, error);
      return fact;
    }
  });
}

/** How other files use a file's functions: what its parameters may be depends on it. */
function usageSignature(s: Semantics, path: string): string {
  let text = '';
  for (const fn of s.index(path).functions) {
    const { calls, passed } = s.usage(fn);
    if (calls.length + passed.length === 0) continue;
    text += `${fn.span.start}:`;
    for (const site of calls) text += `${site.path}@${site.call.span.start},`;
    for (const p of passed) if (p.site.path !== path) text += `${p.site.path}@${p.site.call.span.start}#${p.index},`;
  }
  return text;
}

function keep<T>(
  cache: Map<string, Kept<T>>,
  project: ProjectView,
  s: Semantics,
  path: string,
  signature: string,
  compute: () => T,
): T {
  const known = cache.get(path);
  if (
    known &&
    known.signature === signature &&
    [...known.reads].every(([read, index]) => project.file(read) === index) &&
    known.wide.every(({ read, seen }) => sameLook(lookWide(s, read), seen))
  )
    return known.value;
  const { result, paths } = s.reads.record(compute);
  const files = new Set([path, ...[...paths].flatMap((read) => pathOfRead(read) ?? [])]);
  const reads = new Map([...files].map((read) => [read, project.file(read)]));
  const wide = [...paths].filter(isWideRead).map((read) => ({ read, seen: lookWide(s, read) }));
  cache.set(path, { value: result, reads, signature, wide });
  return result;
}
