/** What the engine says of files, with what a baseline accepts. Findings keep their ids, items their verdicts. */
import type { FileReport } from '../engine/index.js';
import { acceptByBaseline, BASELINE_PATH, type BaselineFile, parseBaseline } from '../review/baseline.js';
import type { Snapshot } from './engine.js';

export interface AcceptedReports {
  report(path: string): FileReport | undefined;
  /** Baselines that can't be read. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

const known = new WeakMap<Snapshot, AcceptedReports>();

/** The reports of a snapshot, computed once. */
export function acceptedReports(snapshot: Snapshot): AcceptedReports {
  let reports = known.get(snapshot);
  if (reports === undefined) {
    reports = read(snapshot);
    known.set(snapshot, reports);
  }
  return reports;
}

function read(snapshot: Snapshot): AcceptedReports {
  const baselines = new Map<string, BaselineFile>();
  const problems: { path: string; message: string }[] = [];
  const baselineOf = (folder: string): BaselineFile => {
    let file = baselines.get(folder);
    if (file === undefined) {
      const text = snapshot.textOf(folder + BASELINE_PATH);
      file = text === undefined ? NO_BASELINE : parseBaseline(text);
      if (file.kind === 'corrupt') problems.push({ path: folder + BASELINE_PATH, message: file.message });
      baselines.set(folder, file);
    }
    return file;
  };
  const reports = new Map<string, FileReport | undefined>();
  // The one at the root is told even if no file is asked for.
  baselineOf('');
  return {
    problems,
    report(path) {
      if (!reports.has(path)) reports.set(path, accept(snapshot.report(path)));
      return reports.get(path);
    },
  };

  function accept(report: FileReport | undefined): FileReport | undefined {
    if (report === undefined || report.findings.length === 0) return report;
    const entries = foldersAbove(report.path).flatMap((folder) => {
      const file = baselineOf(folder);
      return file.kind === 'baseline' ? file.entries : [];
    });
    if (entries.length === 0) return report;
    return { ...report, findings: report.findings.map((finding) => acceptByBaseline(finding, entries)) };
  }
}

const NO_BASELINE: BaselineFile = { kind: 'baseline', entries: [] };

/** `''`, `a/`, `a/b/` of `a/b/c.ts`. */
function foldersAbove(path: string): string[] {
  const folders = [''];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at + 1));
  return folders;
}
