/** The request for an assistant that belongs to a finding. */
import { renderFixRequest } from '../../report/fix-request.js';
import { acceptedReports } from '../accepted.js';
import type { Engine, Snapshot } from '../engine.js';

/** Around code that stands in no function. */
const AROUND = 6;

export function fixRequest(engine: Engine, snapshot: Snapshot, path: string, id: string): string | undefined {
  const report = acceptedReports(snapshot).report(path);
  const finding = report?.findings.find((one) => one.id === id);
  if (report === undefined || finding === undefined) return undefined;
  const { range } = snapshot.ownerOf(path, finding.span) ?? finding;
  const isShort = range.end.line - range.start.line < LONGEST;
  const around = { first: Math.max(0, finding.range.start.line - AROUND), last: finding.range.end.line + AROUND };
  const isOwner = range !== finding.range && isShort;
  return renderFixRequest({
    finding,
    file: { ...report, text: snapshot.textOf(path) ?? '' },
    remedy: engine.RULES.find(({ id: rule }) => rule === finding.rule)?.remedy ?? '',
    lines: isOwner ? { first: range.start.line, last: range.end.line } : around,
  });
}

const LONGEST = 80;
