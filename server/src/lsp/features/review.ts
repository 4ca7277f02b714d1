/** Files as a review shows them: verdicts with who has looked, and how far it has come. */
import { type Accepted, CHECKLIST, type FileReport, type Finding, type ItemState } from '../../engine/index.js';
import type { ChecklistEntry, ChecklistPlace, FileChecklist, FileReview } from '../../protocol.js';
import { markState, type ReviewMark } from '../../review/mark.js';
import { fileProgress, type ItemProgress, itemProgress, type Reviewable } from '../../review/progress.js';
import { acceptedReports } from '../accepted.js';
import type { Snapshot } from '../engine.js';
import type { Project } from '../project.js';
import { uriOf } from '../projects.js';

/** A project's reports, and the marks that belong to them. */
export interface ReviewView {
  readonly project: Project;
  readonly snapshot: Snapshot;
  marksOf(path: string): readonly ReviewMark[];
}

/** An item with its mark and progress. */
export interface ReviewedState extends Reviewable {
  readonly item: ItemState;
  readonly progress: ItemProgress;
}

/** The items of a file with who has looked at them. */
export function reviewedItems(view: ReviewView, report: FileReport): readonly ReviewedState[] {
  const marks = view.marksOf(report.path);
  const accepted = acceptedOf(view, report);
  return report.items.map((item): ReviewedState => {
    // The fingerprint is computed when somebody asks: a file without marks does not.
    const reviewed = marks.length === 0 ? null : markState(item, marks);
    const { id, verdict, findings } = item;
    const state = { id, verdict, findings, reviewed };
    return { ...state, item, progress: itemProgress(state, accepted) };
  });
}

/** How far the review of a file has come; `undefined` for a file that the workspace does not hold. */
export function fileReview(view: ReviewView, path: string): FileReview | undefined {
  const report = acceptedReports(view.snapshot).report(path);
  if (report === undefined) return undefined;
  return reviewOf(view, report, reviewedItems(view, report));
}

/** The same with its items in full. */
export function fileChecklist(view: ReviewView, path: string): FileChecklist | undefined {
  const report = acceptedReports(view.snapshot).report(path);
  if (report === undefined) return undefined;
  const items = reviewedItems(view, report);
  return {
    ...reviewOf(view, report, items),
    revision: view.snapshot.revision,
    items: CHECKLIST.map(({ id, number, title, question, about, subject }, i): ChecklistEntry => {
      const { item, progress, reviewed } = items[i]!;
      return {
        id,
        number,
        title,
        question,
        about,
        subject,
        verdict: item.verdict,
        progress,
        fingerprint: item.fingerprint ?? null,
        reviewed,
        places: places(view, report, item),
      };
    }),
  };
}

/** Whether a file holds anything to review. */
export function isAboutAuth({ verdicts }: FileReview): boolean {
  return verdicts.some((verdict) => verdict !== 'na' && verdict !== null);
}

function reviewOf(view: ReviewView, report: FileReport, items: readonly ReviewedState[]): FileReview {
  return {
    uri: uriOf(view.project, report.path),
    state: fileProgress(items, acceptedOf(view, report)),
    verdicts: items.map(({ verdict }) => verdict),
    progress: items.map(({ progress }) => progress),
  };
}

/** What is accepted of the findings behind a file's items, those in other files included. */
function acceptedOf(view: ReviewView, report: FileReport): ReadonlyMap<string, Accepted | null> {
  const accepted = new Map<string, Accepted | null>();
  for (const { verdict, findings } of report.items) {
    if (verdict !== 'fail') continue;
    for (const id of findings) accepted.set(id, findingById(view, report, id)?.accepted ?? null);
  }
  return accepted;
}

function places(view: ReviewView, report: FileReport, item: ItemState): ChecklistPlace[] {
  const { project } = view;
  const findings = item.findings.flatMap((id) => findingById(view, report, id) ?? []);
  return [
    ...findings.map(
      (finding): ChecklistPlace => ({
        kind: 'finding',
        message: finding.message,
        uri: uriOf(project, finding.path),
        range: finding.range,
        id: finding.id,
        rule: finding.rule,
        severity: finding.severity,
        ...(finding.accepted ? { accepted: finding.accepted.reason } : {}),
      }),
    ),
    ...item.questions.map(
      (question): ChecklistPlace => ({
        kind: 'question',
        message: question.text,
        uri: uriOf(project, question.path),
        range: question.range,
      }),
    ),
    ...item.evidence.map(
      (evidence): ChecklistPlace => ({
        kind: 'evidence',
        message: evidence.message,
        uri: uriOf(project, evidence.path),
        range: evidence.range,
      }),
    ),
  ];
}

/** An id begins with the path of the file that the finding sits in. */
export function findingById(view: Pick<ReviewView, 'snapshot'>, report: FileReport, id: string): Finding | undefined {
  const own = report.findings.find((finding) => finding.id === id);
  if (own !== undefined) return own;
  const path = id.slice(0, id.lastIndexOf('#'));
  return acceptedReports(view.snapshot)
    .report(path)
    ?.findings.find((finding) => finding.id === id);
}
