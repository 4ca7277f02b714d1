/** Annotations of a GitHub workflow: one command a finding, the worst first, since GitHub shows only the first few. */
import type { Severity } from '../engine/index.js';
import { findingsOf, type Report, type ReviewedFinding, summarise } from './report.js';
import { oneLine } from './visible.js';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };
const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The report as workflow commands and a closing line; accepted and unchanged findings are left out. */
export function renderGithub(report: Report): string {
  const open = findingsOf(report)
    .map(({ finding }) => finding)
    .filter((finding) => finding.accepted === null && finding.change !== 'unchanged')
    .sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const errors = report.errors.map(({ path, message }) => `::error file=${property(path)}::${data(message)}`);
  const { findings, verdicts } = summarise(report.files);
  const sum = `AuthLens: ${findings.error} errors, ${findings.warning} warnings, ${findings.info} notes; ${verdicts.review} to review`;
  return `${[...errors, ...open.map(annotation), sum].join('\n')}\n`;
}

function annotation(finding: ReviewedFinding): string {
  const { start, end } = finding.range;
  const columns =
    start.line === end.line
      ? [`col=${start.character + 1}`, `endColumn=${Math.max(start.character + 1, end.character)}`]
      : [];
  const properties = [
    `file=${property(finding.path)}`,
    `line=${start.line + 1}`,
    `endLine=${end.line + 1}`,
    ...columns,
    `title=${property(finding.rule)}`,
  ];
  return `::${COMMAND[finding.severity]} ${properties.join(',')}::${data(oneLine(finding.message))}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
