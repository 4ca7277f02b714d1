/** The checklist of one file, for a panel: items in order, each with its places, worst first. */
import { CHECKLIST, type FileReport, type ItemState } from '../../engine/index.js';
import type { ChecklistEntry, ChecklistPlace, FileChecklist } from '../../protocol.js';
import type { Snapshot } from '../engine.js';
import type { Project } from '../project.js';
import { type Located, uriOf } from '../projects.js';

export function checklist(snapshot: Snapshot, uri: string, { project, path }: Located): FileChecklist | null {
  const report = snapshot.report(path);
  if (report === undefined) return null;
  const stateById = new Map(report.items.map((item) => [item.id, item]));
  const items = CHECKLIST.map((item): ChecklistEntry => {
    const state = stateById.get(item.id);
    return {
      id: item.id,
      number: item.number,
      question: item.question,
      about: item.about,
      verdict: state?.verdict ?? null,
      places: state === undefined ? [] : places(snapshot, project, report, state),
    };
  });
  return { uri, revision: snapshot.revision, items };
}

function places(snapshot: Snapshot, project: Project, report: FileReport, item: ItemState): ChecklistPlace[] {
  const findings = item.findings.flatMap((id) => findingById(snapshot, report, id) ?? []);
  return [
    ...findings.map(
      (finding): ChecklistPlace => ({
        kind: 'finding',
        message: finding.message,
        uri: uriOf(project, finding.path),
        range: finding.range,
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
function findingById(snapshot: Snapshot, report: FileReport, id: string) {
  const own = report.findings.find((finding) => finding.id === id);
  if (own !== undefined) return own;
  const path = id.slice(0, id.lastIndexOf('#'));
  return snapshot.report(path)?.findings.find((finding) => finding.id === id);
}
