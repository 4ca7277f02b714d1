/** Runs the engine over the inputs and makes the plain report. */
import type { FileReport, ItemState } from '../engine/index.js';
import { byCodeUnits, type FileError, isAboutAuth, type Report, type ReviewedFile } from '../report/report.js';
import { acceptByBaseline, type BaselineEntry, folderOfBaseline, parseBaseline } from '../review/baseline.js';
import type { Engine, Grammars, Snapshot } from './engine-door.js';
import type { InputFile, Inputs } from './inputs.js';
import type { Shard } from './options.js';

export interface ReviewOptions {
  readonly engine: Engine;
  readonly grammars: Grammars;
  readonly version: string;
  readonly today: string;
  readonly rules: ReadonlySet<string> | undefined;
  readonly shard: Shard | undefined;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
  progress(done: number, of: number): void;
}

/** What the engine says of every input, folded into one report. */
export async function review(inputs: Inputs, options: ReviewOptions): Promise<Report> {
  const workspace = await options.engine.createWorkspace({
    ...options.grammars,
    today: options.today,
    log: options.log,
  });
  try {
    await workspace.apply(inputs.files.map(writeOf));
    const snapshot = workspace.snapshot();
    const baselines = readBaselines(inputs);
    const scope = inputs.files.filter(({ role }) => role !== 'context').filter(inShard(options.shard));
    const files: ReviewedFile[] = [];
    const errors = [...inputs.errors, ...baselines.errors, ...snapshot.problems].filter(inShard(options.shard));
    for (const [done, input] of scope.entries()) {
      options.progress(done, scope.length);
      const answer = attempt(() => snapshot.report(input.path));
      if (answer.kind === 'failed') {
        options.log('error', `${input.path}: ${answer.message}`);
        errors.push({ path: input.path, message: 'could not be reviewed: an internal error' });
      } else if (answer.value !== undefined) {
        const file = reviewedFile(input, onlyRules(answer.value, options), baselines.entriesFor(input.path), snapshot);
        if (input.role === 'named' || isAboutAuth(file)) files.push(file);
      }
    }
    return {
      version: options.version,
      files: files.sort((a, b) => byCodeUnits(a.path, b.path)),
      skipped: inputs.skipped.filter(inShard(options.shard)),
      errors: errors.sort((a, b) => byCodeUnits(a.path, b.path)),
      looked: scope.length,
    };
  } finally {
    workspace.dispose();
  }
}

function writeOf({ path, text, languageId }: InputFile) {
  return { kind: 'write' as const, path, text, ...(languageId === undefined ? {} : { languageId }) };
}

/** A file belongs to a part by its path alone, so that an error or a skipped file does not move the others. */
function inShard(shard: Shard | undefined): (file: { readonly path: string }) => boolean {
  if (shard === undefined) return () => true;
  return ({ path }) => hashOf(path) % shard.of === shard.part - 1;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

function reviewedFile(
  input: InputFile,
  file: FileReport,
  accepted: readonly BaselineEntry[],
  snapshot: Snapshot,
): ReviewedFile {
  return {
    ...file,
    items: file.items.map((item) => ({ ...item, reviewed: null, before: null })),
    findings: file.findings.map((finding) => ({
      ...acceptByBaseline(finding, accepted),
      change: null,
      fixes: finding.fixable ? snapshot.fixes(file.path, finding.span).filter(({ rule }) => rule === finding.rule) : [],
    })),
    text: input.text,
  };
}

interface Baselines {
  readonly errors: readonly FileError[];
  /** The entries of every baseline whose folder holds a file. */
  entriesFor(path: string): readonly BaselineEntry[];
}

function readBaselines(inputs: Inputs): Baselines {
  const read = inputs.files.flatMap(({ path, text }) => {
    const folder = folderOfBaseline(path);
    return folder === undefined ? [] : [{ path, folder, file: parseBaseline(text) }];
  });
  return {
    errors: read.flatMap(({ path, file }) => (file.kind === 'corrupt' ? [{ path, message: file.message }] : [])),
    entriesFor: (path) =>
      read.flatMap(({ folder, file }) => {
        return file.kind === 'baseline' && isWithin(folder, path) ? file.entries : [];
      }),
  };
}

/** `../` folders hold everything below the working directory. */
function isWithin(folder: string, path: string): boolean {
  return path.startsWith(folder) || /^(?:\.\.\/)+$/.test(folder);
}

/** Leaves the findings of some rules. An item whose rules are not all among them is `pass` no more: nobody looked. */
function onlyRules(file: FileReport, { rules, engine }: ReviewOptions): FileReport {
  if (rules === undefined) return file;
  const isChosen = (id: string) => rules.has(ruleOfFinding(id));
  const items = file.items.map((item): ItemState => {
    const own = engine.RULES.filter((rule) => rule.item === item.id);
    if (own.length > 0 && own.every(({ id }) => rules.has(id))) return item;
    const findings = item.findings.filter(isChosen);
    if (item.verdict === 'fail' && findings.length > 0) return { ...item, findings };
    return { id: item.id, verdict: null, findings: [], evidence: [], questions: [] };
  });
  return { ...file, items, findings: file.findings.filter(({ rule }) => rules.has(rule)) };
}

/** The rule in `path#rule@line:column`. */
function ruleOfFinding(id: string): string {
  return /#([^#@]+)@\d+:\d+$/.exec(id)?.[1] ?? '';
}

type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'failed'; readonly message: string };

/** The engine is total; should it fail all the same, one file is lost and not the run. */
function attempt<T>(ask: () => T): Answer<T> {
  try {
    return { kind: 'answered', value: ask() };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
