/** Runs the engine over the inputs and makes the plain report. */
import { compareReports, hasChanged } from '../changes/compare.js';
import { addedComments } from '../changes/silencing.js';
import type { FileReport, Finding, ItemState } from '../engine/index.js';
import {
  byCodeUnits,
  type FileError,
  type FindingFix,
  isAboutAuth,
  type Report,
  type ReviewedFile,
} from '../report/report.js';
import { maskSecrets } from '../report/mask.js';
import { acceptByBaseline } from '../review/baseline.js';
import { codeBehind } from '../review/code-behind.js';
import { type DiffLine, diffLines } from '../review/diff.js';
import { markFor, markState, type ReviewMark } from '../review/mark.js';
import { itemProgress } from '../review/progress.js';
import { readBaselines } from './baselines.js';
import type { ChangePlan } from './change.js';
import type { Engine, Grammars, Snapshot, Workspace } from './engine-door.js';
import type { InputFile, Inputs } from './inputs.js';
import { type Marks, readMarks } from './marks.js';
import type { Shard } from './options.js';

export interface ReviewOptions {
  readonly engine: Engine;
  readonly grammars: Grammars;
  readonly version: string;
  readonly cwd: string;
  readonly today: string;
  readonly rules: ReadonlySet<string> | undefined;
  readonly shard: Shard | undefined;
  /** The change that the review is about; its inputs are the ones to review. */
  readonly change: ChangePlan | undefined;
  /** `others`: marks by an author of the change do not count. */
  readonly marksBy: 'anybody' | 'others';
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
  progress(done: number, of: number): void;
}

/** What the engine says of every input, folded into one report. */
export async function review(inputs: Inputs, options: ReviewOptions): Promise<Report> {
  const { change } = options;
  const workspace = await options.engine.createWorkspace({
    ...options.grammars,
    today: options.today,
    log: options.log,
  });
  try {
    await workspace.apply(inputs.files.map(writeOf));
    const snapshot = workspace.snapshot();
    const baselines = readBaselines(inputs);
    const scope = inputs.files.filter(({ role }) => role !== 'context');
    const today = askAll(
      snapshot,
      scope.map(({ path }) => path),
      options,
    );
    const accepted = today.reports.map((report) => ({
      ...report,
      findings: report.findings.map((finding) => acceptByBaseline(finding, baselines.entriesFor(report.path))),
    }));
    const fixes = fixesOf(snapshot, accepted);
    // From here on the workspace holds the base: today's snapshot is spent.
    const base = change === undefined ? [] : await baseReports(workspace, change, scope, options);
    const comparison = change === undefined ? undefined : compareReports(base, accepted, change.pathBefore);
    const marks = await readMarks(options.cwd, accepted);
    const inputByPath = new Map(scope.map((input) => [input.path, input]));
    const acceptedById = new Map(
      accepted.flatMap(({ findings }) => findings.map((one) => [one.id, one.accepted] as const)),
    );
    const textOf = (path: string) => inputs.files.find((input) => input.path === path)?.text;
    const files = accepted.map((report): ReviewedFile => {
      const own = marksOf(marks, report.path, options);
      return {
        ...report,
        items: report.items.map((item) => {
          const before = comparison?.before(report.path, item.id);
          const reviewed = markState(item, own);
          const isOpen = itemProgress({ ...item, reviewed }, acceptedById) === 'open';
          const open = isOpen && (comparison === undefined || hasChanged(item, before));
          const sinceReviewed = reviewed?.stale === true ? staleLines(item, report, own, textOf) : [];
          return { ...item, reviewed, before: before?.verdict ?? null, open, sinceReviewed };
        }),
        findings: report.findings.map((finding) => ({
          ...finding,
          change: comparison?.changeOf.get(finding.id) ?? null,
          fixes: fixes.get(finding.id) ?? [],
        })),
        text: inputByPath.get(report.path)!.text,
      };
    });
    const shown = files
      .filter((file) => isShown(file, inputByPath.get(file.path)!, change))
      .filter(inShard(options.shard));
    const errors = [...inputs.errors, ...baselines.errors, ...snapshot.problems, ...marks.errors, ...today.errors];
    return {
      version: options.version,
      files: shown.sort((a, b) => byCodeUnits(a.path, b.path)),
      skipped: inputs.skipped
        .filter(({ path }) => change === undefined || change.isTouched(path))
        .filter(inShard(options.shard)),
      errors: distinct(errors).filter(inShard(options.shard)),
      looked: scope.filter(inShard(options.shard)).length,
      ...(change === undefined
        ? {}
        : {
            change: {
              revision: change.revision,
              base: change.base,
              fixed: comparison!.fixed.filter(inShard(options.shard)),
              silencing: [
                ...addedComments(
                  accepted.flatMap(({ findings }) => findings),
                  base.flatMap(({ findings }) => findings),
                ),
                ...change.silencing,
              ],
            },
          }),
    };
  } finally {
    workspace.dispose();
  }
}

/** With a change, only what it touched, or what is not any more what it was. */
function isShown(file: ReviewedFile, input: InputFile, change: ChangePlan | undefined): boolean {
  if (change === undefined) return input.role === 'named' || isAboutAuth(file);
  const isAffected =
    file.findings.some((finding) => finding.change === 'new') ||
    file.items.some(({ before, verdict }) => before !== null && verdict !== null && before !== verdict);
  return isAffected || (change.isTouched(file.path) && isAboutAuth(file));
}

/** The base's reports of the files in scope, under the paths that they had. */
async function baseReports(
  workspace: Workspace,
  change: ChangePlan,
  scope: readonly InputFile[],
  options: ReviewOptions,
): Promise<readonly FileReport[]> {
  await workspace.apply(change.toBase);
  const paths = scope.flatMap(({ path }) => change.pathBefore(path) ?? []);
  return askAll(workspace.snapshot(), [...new Set([...paths, ...change.deleted])], options).reports;
}

interface Answers {
  readonly reports: readonly FileReport[];
  readonly errors: readonly FileError[];
}

function askAll(snapshot: Snapshot, paths: readonly string[], options: ReviewOptions): Answers {
  const reports: FileReport[] = [];
  const errors: FileError[] = [];
  for (const [done, path] of paths.entries()) {
    options.progress(done, paths.length);
    const answer = attempt(() => snapshot.report(path));
    if (answer.kind === 'failed') {
      options.log('error', `${path}: ${answer.message}`);
      errors.push({ path, message: 'could not be reviewed: an internal error' });
    } else if (answer.value !== undefined) {
      reports.push(onlyRules(answer.value, options));
    }
  }
  return { reports, errors };
}

function fixesOf(snapshot: Snapshot, reports: readonly FileReport[]): ReadonlyMap<string, readonly FindingFix[]> {
  const fixable = reports.flatMap(({ findings }) => findings.filter((finding) => finding.fixable));
  const fixesFor = (finding: Finding) =>
    snapshot.fixes(finding.path, finding.span).filter(({ rule }) => rule === finding.rule);
  return new Map(fixable.map((finding) => [finding.id, fixesFor(finding)]));
}

function marksOf(marks: Marks, path: string, { marksBy, change }: ReviewOptions): readonly ReviewMark[] {
  const all = marks.of(path);
  return marksBy === 'anybody' ? all : all.filter(({ by }) => change?.authors.has(by.toLowerCase()) !== true);
}

function staleLines(
  item: ItemState,
  report: FileReport,
  marks: readonly ReviewMark[],
  textOf: (path: string) => string | undefined,
): readonly DiffLine[] {
  return diffLines(markFor(item, marks)?.code ?? '', maskSecrets(codeBehind(item, report, textOf), []));
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

function distinct(errors: readonly FileError[]): readonly FileError[] {
  const byText = new Map(errors.map((error) => [`${error.path}\n${error.message}`, error]));
  return [...byText.values()].sort((a, b) => byCodeUnits(a.path, b.path) || byCodeUnits(a.message, b.message));
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
